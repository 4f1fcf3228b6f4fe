//! Parses a request: its form, and its signer.

use std::collections::HashMap;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use super::fault::Fault;

/// A parsed request.
pub(super) struct Request {
    form: HashMap<String, String>,
    pub(super) signer: Option<Signer>,
}

/// Parses the signature's header: `Credential=KEY/20260825/us-east-1/iam/aws4_request`.
pub(super) struct Signer {
    pub(super) key_id: String,
    pub(super) region: String,
    pub(super) service: String,
}

impl Request {
    pub(super) fn read(http: &HttpRequest) -> Self {
        let body = http.body().bytes().unwrap_or_default();
        Self::new(body, http.headers().get("authorization"))
    }

    pub(super) fn new(body: &[u8], authorization: Option<&str>) -> Self {
        let form = form_urlencoded::parse(body).into_owned().collect();
        Self { form, signer: authorization.and_then(Signer::read) }
    }

    /// A parameter as sent. It may be empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.form.get(name).map(String::as_str)
    }

    pub(super) fn action(&self) -> &str {
        self.get("Action").unwrap_or_default()
    }

    pub(super) fn version(&self) -> &str {
        self.get("Version").unwrap_or_default()
    }

    /// A required parameter. Violations name it in lower camel case, as on AWS.
    pub(super) fn required(&self, name: &str) -> Result<&str, Fault> {
        self.get(name).ok_or_else(|| Fault::constraint(&member(name), None, "not be null"))
    }

    /// `UserName`, if present: 1 to 128 of `[\w+=,.@-]`.
    pub(super) fn user_name(&self) -> Result<Option<&str>, Fault> {
        let Some(name) = self.get("UserName") else {
            return Ok(None);
        };
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
        if name.is_empty() || !name.bytes().all(letter) {
            return Err(Fault::validation(
                "The specified value for userName is invalid. \
                 It must contain only alphanumeric characters and/or the following: +=,.@_-",
            ));
        }
        length("userName", name, 1, 128)?;
        Ok(Some(name))
    }

    /// `AccessKeyId`: 16 to 128 of `[\w]`.
    pub(super) fn key_id(&self) -> Result<&str, Fault> {
        let id = self.required("AccessKeyId")?;
        length("accessKeyId", id, 16, 128)?;
        if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            Ok(id)
        } else {
            Err(Fault::constraint("accessKeyId", Some(id), r"satisfy regular expression pattern: [\w]+"))
        }
    }

    /// The members of a list of structures or of plain values: `Tags.member.1.Key` is field `.Key` of list `Tags`.
    /// The list ends at the first missing number.
    pub(super) fn members<'a>(&'a self, list: &'a str, field: &'a str) -> impl Iterator<Item = &'a str> {
        (1..).map_while(move |number: u32| self.get(&format!("{list}.member.{number}{field}")))
    }
}

impl Signer {
    fn read(authorization: &str) -> Option<Self> {
        let (_, credential) = authorization.split_once("Credential=")?;
        let (scope, _) = credential.split_once(',')?;
        let mut parts = scope.split('/').map(str::to_owned);
        let (key_id, _date) = (parts.next()?, parts.next()?);
        Some(Self { key_id, region: parts.next()?, service: parts.next()? })
    }
}

/// Rejects a value that is too short or too long, counted in characters.
pub(super) fn length(member: &str, value: &str, least: usize, most: usize) -> Result<(), Fault> {
    let count = value.chars().count();
    let bound = match count {
        _ if count < least => format!("greater than or equal to {least}"),
        _ if count > most => format!("less than or equal to {most}"),
        _ => return Ok(()),
    };
    Err(Fault::constraint(member, Some(value), format_args!("have length {bound}")))
}

/// AWS writes `UserName` as `userName` in violations.
fn member(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body: &str) -> Request {
        Request::new(body.as_bytes(), None)
    }

    #[test]
    fn the_signer_is_in_the_credential() {
        let header = "AWS4-HMAC-SHA256 Credential=AKIAX/20260825/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0";
        let signer = Request::new(b"", Some(header)).signer.expect("a signer");
        let read = (signer.key_id.as_str(), signer.region.as_str(), signer.service.as_str());
        assert_eq!(read, ("AKIAX", "us-east-1", "iam"));
        for broken in ["", "Bearer x", "Credential=AKIAX", "Credential=AKIAX/1,"] {
            assert!(Request::new(b"", Some(broken)).signer.is_none(), "{broken:?}");
        }
    }

    #[test]
    fn values_are_decoded() {
        let request = request("UserName=a%40b&X=1+2%C3%BC");
        assert_eq!(request.user_name().expect("valid"), Some("a@b"));
        assert_eq!(request.get("X"), Some("1 2ü"));
    }

    #[test]
    fn user_names_are_checked_as_iam_does() {
        for wrong in ["", "a b", "a/b", "ü", &"a".repeat(129)] {
            let fault = request(&format!("UserName={wrong}")).user_name().expect_err(wrong);
            assert_eq!((fault.status, fault.code), (400, "ValidationError"), "{wrong:?}");
        }
        assert_eq!(request("").user_name().expect("may be absent"), None);
    }

    #[test]
    fn a_missing_key_id_is_named() {
        let fault = request("").key_id().expect_err("required");
        assert_eq!(
            fault.message,
            "1 validation error detected: Value null at 'accessKeyId' failed to satisfy constraint: Member must not be null"
        );
    }

    #[test]
    fn members_end_at_the_first_gap() {
        let request = request("TagKeys.member.1=a&TagKeys.member.2=b&TagKeys.member.4=d");
        assert_eq!(request.members("TagKeys", "").collect::<Vec<_>>(), ["a", "b"]);
    }
}
