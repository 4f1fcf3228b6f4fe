//! The open account and its caller.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountPrefs, KeyId, UserName};

/// The caller, parsed from the ARN that `GetCallerIdentity` returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// An IAM user, who owns the signing key.
    User(UserName),
    /// A session of a role.
    Role {
        role: String,
        session: String,
    },
    Root,
    /// A federated user, or another kind of ARN: the part after the account id.
    Other(String),
}

impl Caller {
    /// Parses `arn:PARTITION:iam::ID:user/PATH/NAME`, `…:assumed-role/ROLE/SESSION`, `…:root`.
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

/// Where a custom endpoint is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointSource {
    CommandLine,
    /// An environment variable.
    Variable(&'static str),
    /// `endpoint_url` of the profile.
    Profile,
    /// The `services` section that the profile names.
    Services,
}

/// The destination of requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// AWS itself; the host name.
    Aws(String),
    Override {
        url: String,
        source: EndpointSource,
    },
    /// The practice account.
    Practice,
}

/// A custom endpoint of a service other than IAM that differs from IAM's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEndpoint {
    /// `STS`
    pub service: &'static str,
    pub url: String,
    pub source: EndpointSource,
}

/// The kind of an account, which decides the colour of its strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Plain,
    Development,
    Staging,
    Production,
    /// Never read or written, so no real account can have this kind.
    #[serde(skip)]
    Practice,
}

impl Kind {
    /// The kind by default: production if one of the names contains the word `prod`.
    pub fn guess<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let named_prod = |name: &str| {
            let lower = name.to_lowercase();
            lower.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with("prod"))
        };
        if names.into_iter().any(named_prod) { Self::Production } else { Self::Plain }
    }
}

/// The open account. All facts come from the client that also makes the other calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// 12 digits.
    pub id: String,
    /// From `ListAccountAliases`; `None` if there is no alias or the action is denied.
    pub alias: Option<String>,
    /// The selected profile.
    pub profile: String,
    pub caller: Caller,
    pub caller_arn: String,
    /// The id of the signing key, if it is a long-term key (`AKIA…`).
    pub signing_key: Option<KeyId>,
    /// The id of the long-term key that started the signing session and renews it.
    pub session_key: Option<KeyId>,
    pub endpoint: Endpoint,
    /// Custom endpoints of the services for signing in: STS, which identifies the account, and IAM Identity Center.
    pub other_endpoints: Vec<ServiceEndpoint>,
    /// When the credentials expire for good. `None` if they do not, if they renew themselves, or if it is unknown.
    pub expires: Option<Timestamp>,
    /// The credentials come from a user's own key without an MFA code, so one can be given.
    pub takes_mfa: bool,
}

impl Account {
    /// The alias, or otherwise the profile.
    pub fn name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.profile)
    }

    /// The kind that the administrator set, or otherwise the default for the alias and profile.
    pub fn kind(&self, prefs: &AccountPrefs) -> Kind {
        if self.endpoint == Endpoint::Practice {
            return Kind::Practice;
        }
        let names = self.alias.iter().chain([&self.profile]).map(String::as_str);
        prefs.kind.unwrap_or_else(|| Kind::guess(names))
    }

    /// The endpoint if it is not AWS. Two servers may use the same account id.
    pub fn elsewhere(&self) -> Option<&str> {
        match &self.endpoint {
            Endpoint::Aws(_) => None,
            Endpoint::Override { url, .. } => Some(url),
            Endpoint::Practice => Some("practice"),
        }
    }

    /// True for the same user or role in the same account. Programs may give each role session another name, but in IAM
    /// Identity Center the session name is the person.
    pub fn has_same_caller(&self, other: &Self) -> bool {
        self.id == other.id
            && self.endpoint == other.endpoint
            && without_session(&self.caller_arn) == without_session(&other.caller_arn)
    }

    /// `aws`, `aws-cn`, …, from the caller's ARN.
    pub fn partition(&self) -> &str {
        self.caller_arn.split(':').nth(1).filter(|partition| !partition.is_empty()).unwrap_or("aws")
    }

    /// `1234-5678-9012`, as printed by AWS; anything but 12 digits is unchanged.
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

/// The ARN of a role session without its session name; of any other caller, the complete ARN.
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
        let kind = |account: Account| account.kind(&AccountPrefs::default());
        assert_eq!(kind(account(Some("acme-production"), "x")), Kind::Production);
        assert_eq!(kind(account(None, "acme_PROD")), Kind::Production);
        assert_eq!(kind(account(Some("reproducible"), "x")), Kind::Plain);
        assert_eq!(kind(account(None, "sandbox")), Kind::Plain);
    }

    #[test]
    fn what_the_administrator_says_goes_before_the_name() {
        let prefs = AccountPrefs { kind: Some(Kind::Plain), ..AccountPrefs::default() };
        assert_eq!(account(Some("acme-production"), "x").kind(&prefs), Kind::Plain);
        let practice = Account { endpoint: Endpoint::Practice, ..account(None, "x") };
        assert_eq!(practice.kind(&prefs), Kind::Practice, "but cannot hide the practice account");
    }

    #[test]
    fn an_account_id_is_grouped_in_fours() {
        assert_eq!(account(None, "x").grouped_id(), "1234-5678-9012");
        assert_eq!(grouped("12"), "12");
        assert_eq!(grouped("äöüäöü"), "äöüäöü", "12 bytes that are not 12 digits");
    }
}
