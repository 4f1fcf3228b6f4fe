//! The account that is open, and who Keyfob is in it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountLook, KeyId, UserName};

/// Who we are signed in as, read from the ARN that `GetCallerIdentity` answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// An IAM user; the key that signs is one of this user's.
    User(UserName),
    /// A session of a role.
    Role {
        role: String,
        session: String,
    },
    Root,
    /// A federated user, or an ARN of a shape that this version does not know: the part after the account id.
    Other(String),
}

impl Caller {
    /// Reads `arn:PARTITION:iam::ID:user/PATH/NAME`, `…:assumed-role/ROLE/SESSION`, `…:root`.
    pub fn from_arn(arn: &str) -> Self {
        let resource = arn.splitn(6, ':').nth(5).unwrap_or(arn);
        let mut parts = resource.split('/');
        match (parts.next(), parts.next(), parts.next_back()) {
            (Some("root"), None, None) => Self::Root,
            (Some("user"), Some(first), last) => Self::User(UserName::new(last.unwrap_or(first))),
            (Some("assumed-role"), Some(role), Some(session)) => {
                Self::Role { role: role.to_owned(), session: session.to_owned() }
            }
            _ => Self::Other(resource.to_owned()),
        }
    }
}

/// Where an endpoint that is not AWS's own comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointSource {
    CommandLine,
    /// A variable of the environment.
    Variable(&'static str),
    /// `endpoint_url` of the profile.
    Profile,
    /// The `services` section that the profile names.
    Services,
}

/// Where the requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// AWS itself; the host name.
    Aws(String),
    Override {
        url: String,
        source: EndpointSource,
    },
    /// The practice account inside the process.
    Practice,
}

/// A service beside IAM that is not asked at AWS, nor where IAM is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEndpoint {
    /// `STS`
    pub service: &'static str,
    pub url: String,
    pub source: EndpointSource,
}

/// What an account is for: decides the colour of its strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Plain,
    Development,
    Staging,
    Production,
    /// Never read or written: no real account can be called so.
    #[serde(skip)]
    Practice,
}

impl Kind {
    /// Until an administrator says so, what has the word `prod` in one of its names is taken for production.
    pub fn guess<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let named_prod = |name: &str| {
            let lower = name.to_lowercase();
            lower.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with("prod"))
        };
        if names.into_iter().any(named_prod) { Self::Production } else { Self::Plain }
    }
}

/// The account that is open. All of it was answered by the same client that does the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// 12 digits.
    pub id: String,
    /// `ListAccountAliases`; `None` if there is none or it may not be read.
    pub alias: Option<String>,
    /// The profile that was picked.
    pub profile: String,
    pub caller: Caller,
    pub caller_arn: String,
    /// The id of the access key that signs, if it is a long-term key (`AKIA…`).
    pub signing_key: Option<KeyId>,
    /// The id of the long-term key that the session which signs was made with, and is renewed with.
    pub session_key: Option<KeyId>,
    pub endpoint: Endpoint,
    /// Of the services that sign in: STS, which names the account, and IAM Identity Center.
    pub other_endpoints: Vec<ServiceEndpoint>,
    /// When the credentials end for good. `None` if they do not, if they renew themselves, or if nobody tells.
    pub expires: Option<Timestamp>,
    /// They come from a user's own key, and none of an MFA device was given for them: one can be.
    pub takes_mfa: bool,
}

impl Account {
    /// What to call it: the alias, else the profile.
    pub fn name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.profile)
    }

    /// As the administrator has said, else as the alias and the profile tell.
    pub fn kind(&self, look: &AccountLook) -> Kind {
        if self.endpoint == Endpoint::Practice {
            return Kind::Practice;
        }
        let names = self.alias.iter().chain([&self.profile]).map(String::as_str);
        look.kind.unwrap_or_else(|| Kind::guess(names))
    }

    /// Where the requests go, if not to AWS. Two servers may use the same account id.
    pub fn elsewhere(&self) -> Option<&str> {
        match &self.endpoint {
            Endpoint::Aws(_) => None,
            Endpoint::Override { url, .. } => Some(url),
            Endpoint::Practice => Some("practice"),
        }
    }

    /// The same user or role in the same place. A program may give each session of a role another name; that of IAM Identity
    /// Center is the person's.
    pub fn has_same_caller(&self, other: &Self) -> bool {
        self.id == other.id
            && self.endpoint == other.endpoint
            && without_session(&self.caller_arn) == without_session(&other.caller_arn)
    }

    /// `aws`, `aws-cn`, …, as the caller's ARN has it.
    pub fn partition(&self) -> &str {
        self.caller_arn.split(':').nth(1).filter(|partition| !partition.is_empty()).unwrap_or("aws")
    }

    /// `1234-5678-9012`, as AWS prints it; anything that is not 12 digits stays as it is.
    pub fn grouped_id(&self) -> String {
        grouped(&self.id)
    }
}

/// An account id in groups of four.
pub fn grouped(id: &str) -> String {
    match (id.get(..4), id.get(4..8), id.get(8..)) {
        (Some(a), Some(b), Some(c)) if id.len() == 12 && id.is_ascii() => format!("{a}-{b}-{c}"),
        _ => id.to_owned(),
    }
}

/// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`; of any other caller, all of its ARN.
fn without_session(arn: &str) -> &str {
    let is_session = arn.contains(":assumed-role/") && !arn.contains(":assumed-role/AWSReservedSSO_");
    arn.rsplit_once('/').filter(|_| is_session).map_or(arn, |(role, _)| role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(alias: Option<&str>, profile: &str) -> Account {
        Account {
            id: "123456789012".into(),
            alias: alias.map(Into::into),
            profile: profile.into(),
            caller: Caller::Root,
            caller_arn: "arn:aws:iam::123456789012:root".into(),
            signing_key: None,
            session_key: None,
            endpoint: Endpoint::Aws("iam.amazonaws.com".into()),
            expires: None,
            takes_mfa: false,
            other_endpoints: Vec::new(),
        }
    }

    #[test]
    fn the_caller_is_read_from_the_arn() {
        let user = |arn| Caller::from_arn(arn);
        assert_eq!(user("arn:aws:iam::123456789012:user/bob"), Caller::User(UserName::new("bob")));
        assert_eq!(user("arn:aws-cn:iam::123456789012:user/a/b/bob"), Caller::User(UserName::new("bob")));
        assert_eq!(
            user("arn:aws:sts::123456789012:assumed-role/AdminRole/anna"),
            Caller::Role { role: "AdminRole".into(), session: "anna".into() }
        );
        assert_eq!(user("arn:aws:iam::123456789012:root"), Caller::Root);
        assert_eq!(
            user("arn:aws:sts::123456789012:federated-user/eve"),
            Caller::Other("federated-user/eve".into())
        );
        assert_eq!(user("nonsense"), Caller::Other("nonsense".into()));
    }

    #[test]
    fn production_is_a_word_and_not_a_part_of_one() {
        let kind = |account: Account| account.kind(&AccountLook::default());
        assert_eq!(kind(account(Some("acme-production"), "x")), Kind::Production);
        assert_eq!(kind(account(None, "acme_PROD")), Kind::Production);
        assert_eq!(kind(account(Some("reproducible"), "x")), Kind::Plain);
        assert_eq!(kind(account(None, "sandbox")), Kind::Plain);
    }

    #[test]
    fn what_the_administrator_says_goes_before_the_name() {
        let look = AccountLook { kind: Some(Kind::Plain), ..AccountLook::default() };
        assert_eq!(account(Some("acme-production"), "x").kind(&look), Kind::Plain);
        let practice = Account { endpoint: Endpoint::Practice, ..account(None, "x") };
        assert_eq!(practice.kind(&look), Kind::Practice, "but cannot hide the practice account");
    }

    #[test]
    fn an_account_id_is_grouped_in_fours() {
        assert_eq!(account(None, "x").grouped_id(), "1234-5678-9012");
        assert_eq!(grouped("12"), "12");
        assert_eq!(grouped("äöüäöü"), "äöüäöü", "12 bytes that are not 12 digits");
    }
}
