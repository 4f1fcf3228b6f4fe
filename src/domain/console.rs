//! Pages of the AWS console.

use super::{Account, Endpoint, User, UserName};

/// Why there is no page to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoConsole {
    /// Requests go to another server; a console page would show another account's user of that name, or none.
    NotAws,
    /// The console address of this partition is not public.
    NotPublic { partition: String },
}

impl Account {
    /// The page of a user with its access keys. The console shows the account that the browser is signed in to.
    ///
    /// The hosts are from the AWS references for China, `GovCloud` and the European Sovereign Cloud. None is published for the
    /// ISO partitions.
    pub fn console_page(&self, user: &UserName) -> Result<String, NoConsole> {
        if !matches!(self.endpoint, Endpoint::Aws(_)) {
            return Err(NoConsole::NotAws);
        }
        let host = match self.partition() {
            "aws" => "us-east-1.console.aws.amazon.com",
            "aws-cn" => "console.amazonaws.cn",
            "aws-us-gov" => "console.amazonaws-us-gov.com",
            "aws-eusc" => "eusc-de-east-1.console.amazonaws-eusc.eu",
            other => return Err(NoConsole::NotPublic { partition: other.to_owned() }),
        };
        let name = percent_encoded(user.as_str());
        Ok(format!("https://{host}/iam/home#/users/details/{name}?section=security_credentials"))
    }

    /// `arn:aws:iam::123456789012:user/service/bob`
    pub fn arn_of(&self, user: &User) -> String {
        format!("arn:{}:iam::{}:user{}{}", self.partition(), self.id, user.path, user.name)
    }
}

/// Encodes every byte that is not unreserved (RFC 3986): names may contain `+`, `=`, `,` and `@`, which are special in URLs.
fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Caller, EndpointSource};

    fn account(partition: &str) -> Account {
        Account {
            id: "123456789012".into(),
            alias: None,
            profile: "lab".into(),
            caller: Caller::Root,
            caller_arn: format!("arn:{partition}:iam::123456789012:root"),
            signing_key: None,
            session_key: None,
            endpoint: Endpoint::Aws("iam.amazonaws.com".into()),
            expires: None,
            takes_mfa: false,
            other_endpoints: Vec::new(),
        }
    }

    fn page(partition: &str, user: &str) -> Result<String, NoConsole> {
        account(partition).console_page(&UserName::new(user))
    }

    #[test]
    fn each_partition_has_its_console() {
        let rest = "/iam/home#/users/details/bob?section=security_credentials";
        for (partition, host) in [
            ("aws", "us-east-1.console.aws.amazon.com"),
            ("aws-cn", "console.amazonaws.cn"),
            ("aws-us-gov", "console.amazonaws-us-gov.com"),
            ("aws-eusc", "eusc-de-east-1.console.amazonaws-eusc.eu"),
        ] {
            assert_eq!(page(partition, "bob"), Ok(format!("https://{host}{rest}")));
        }
    }

    #[test]
    fn where_none_is_known_none_is_opened() {
        for partition in ["aws-iso", "aws-iso-b", "aws-new"] {
            assert_eq!(page(partition, "bob"), Err(NoConsole::NotPublic { partition: partition.into() }));
        }
        let url = "http://127.0.0.1:5000".to_owned();
        for endpoint in [Endpoint::Practice, Endpoint::Override { url, source: EndpointSource::CommandLine }]
        {
            let account = Account { endpoint, ..account("aws") };
            assert_eq!(account.console_page(&UserName::new("bob")), Err(NoConsole::NotAws));
        }
    }

    #[test]
    fn a_name_is_one_part_of_the_address_whatever_is_in_it() {
        let name = |user| {
            let page = page("aws", user).expect("an address");
            let (_, rest) = page.split_once("/details/").expect("the user");
            rest.split_once('?').expect("the section").0.to_owned()
        };
        assert_eq!(name("a+b=c,d@e.f_g-h"), "a%2Bb%3Dc%2Cd%40e.f_g-h");
        assert_eq!(name("grün"), "gr%C3%BCn");
        assert_eq!(name("a/b?c#d e%41"), "a%2Fb%3Fc%23d%20e%2541");
    }

    #[test]
    fn the_arn_has_the_path() {
        let user = User {
            name: UserName::new("bob"),
            path: "/service/ci/".into(),
            created: None,
            password_last_used: None,
        };
        assert_eq!(account("aws-cn").arn_of(&user), "arn:aws-cn:iam::123456789012:user/service/ci/bob");
    }
}
