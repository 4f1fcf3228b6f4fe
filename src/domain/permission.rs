//! The IAM actions that Keyfob calls, their denials, and the policies that would allow them.

use serde::Serialize;

use super::{Account, Cause, Denial, Failure, PolicyKind, UserName};

/// Declares each action once, with the name that policies use.
macro_rules! actions {
    ($($action:ident,)+) => {
        /// An IAM action that Keyfob calls. `sts:GetCallerIdentity` needs no permission; other calls of a sign-in depend on the profile.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Action {
            $($action,)+
        }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$action,)+];

            /// The name in policies: `iam:ListUsers`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$action => concat!("iam:", stringify!($action)),)+
                }
            }
        }
    };
}

actions! {
    ListAccountAliases,
    GetAccountSummary,
    ListUsers,
    ListAccessKeys,
    GetAccessKeyLastUsed,
    ListUserTags,
    GenerateCredentialReport,
    GetCredentialReport,
    UpdateAccessKey,
    TagUser,
    UntagUser,
    CreateAccessKey,
    DeleteAccessKey,
}

impl Action {
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// True for actions that apply to a user; the others apply to the account, and their resource is `*`
    /// (Service Authorization Reference, "Actions defined by IAM").
    fn is_about_a_user(self) -> bool {
        !matches!(
            self,
            Self::ListAccountAliases
                | Self::GetAccountSummary
                | Self::ListUsers
                | Self::GenerateCredentialReport
                | Self::GetCredentialReport
        )
    }
}

/// An action that AWS denied, and the user concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub action: Action,
    pub user: Option<UserName>,
    pub denial: Denial,
}

impl Refusal {
    /// The refusal in a failure, if AWS denied one of the actions.
    pub fn of(failure: &Failure, user: Option<&UserName>) -> Option<Self> {
        let Cause::Denied(denial) = &failure.cause else { return None };
        let action = Action::from_name(failure.action)?;
        Some(Self { action, user: user.cloned(), denial: denial.clone() })
    }

    /// The missing permission: the one that AWS names, or otherwise the action that was attempted.
    pub fn missing(&self) -> &str {
        self.denial.action.as_deref().unwrap_or_else(|| self.action.name())
    }

    /// A policy that would allow the action; `path` is the user's, if known. `None` if that would not help, because a policy, the
    /// organisation or the network forbids the action.
    pub fn policy(&self, account: &Account, path: Option<&str>) -> Option<String> {
        if self.denial.explicit || self.denial.by.is_some_and(PolicyKind::is_out_of_reach) {
            return None;
        }
        let statement =
            Statement { effect: "Allow", action: self.missing(), resource: self.resources(account, path) };
        let policy = PolicyDocument { version: "2012-10-17", statement: [statement] };
        serde_json::to_string_pretty(&policy).ok()
    }

    fn resources(&self, account: &Account, path: Option<&str>) -> Vec<String> {
        let Some(user) = self.user.as_ref().filter(|_| self.action.is_about_a_user()) else {
            return vec!["*".to_owned()];
        };
        let named = self.denial.resource.as_deref().and_then(|resource| resource.split_once(":user/"));
        if let Some((before, name)) = named.filter(|(before, _)| before.starts_with("arn:")) {
            return vec![format!("{before}:user/{}", literal(name))];
        }
        let id = if account.id.is_empty() { "*" } else { &account.id };
        let users = format!("arn:{}:iam::{id}:user", account.partition());
        let name = literal(user.as_str());
        match path {
            Some(path) => vec![format!("{users}{}{name}", literal(path))],
            // The name is unique regardless of the path; `*` before it would match other names.
            None => vec![format!("{users}/{name}"), format!("{users}/*/{name}")],
        }
    }
}

/// Escapes characters of a path that are special in a policy.
fn literal(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '*' | '?' | '$' => quoted.extend(['$', '{', sign, '}']),
            _ => quoted.push(sign),
        }
    }
    quoted
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyDocument<'a> {
    version: &'a str,
    statement: [Statement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement<'a> {
    effect: &'a str,
    action: &'a str,
    resource: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Caller, Endpoint};

    fn account(caller_arn: &str) -> Account {
        Account {
            id: "123456789012".into(),
            alias: None,
            profile: "lab".into(),
            caller: Caller::from_arn(caller_arn),
            caller_arn: caller_arn.into(),
            signing_key: None,
            session_key: None,
            expires: None,
            takes_mfa: false,
            other_endpoints: Vec::new(),
            endpoint: Endpoint::Aws("iam.amazonaws.com".into()),
        }
    }

    fn refusal(action: Action, resource: Option<&str>) -> Refusal {
        let denial = Denial { resource: resource.map(str::to_owned), ..Denial::default() };
        Refusal { action, user: Some(UserName::new("bob")), denial }
    }

    fn resources(refusal: &Refusal, caller: &str, path: Option<&str>) -> Vec<String> {
        let policy = refusal.policy(&account(caller), path).expect("a policy");
        let policy: serde_json::Value = serde_json::from_str(&policy).expect("JSON");
        let statement = &policy["Statement"][0];
        assert_eq!((&policy["Version"], &statement["Effect"]), (&"2012-10-17".into(), &"Allow".into()));
        assert_eq!(statement["Action"], refusal.missing());
        serde_json::from_value(statement["Resource"].clone()).expect("a list")
    }

    const ANNA: &str = "arn:aws:iam::123456789012:user/anna";

    #[test]
    fn the_policy_is_for_the_user_and_the_partition() {
        let create = refusal(Action::CreateAccessKey, None);
        let path = Some("/service/ci/");
        assert_eq!(resources(&create, ANNA, path), ["arn:aws:iam::123456789012:user/service/ci/bob"]);
        assert_eq!(resources(&create, ANNA, Some("/")), ["arn:aws:iam::123456789012:user/bob"]);
        let china = "arn:aws-cn:sts::123456789012:assumed-role/Admin/anna";
        assert_eq!(resources(&create, china, Some("/")), ["arn:aws-cn:iam::123456789012:user/bob"]);
    }

    #[test]
    fn a_resource_that_aws_names_in_full_is_taken_as_it_is() {
        let arn = "arn:aws:iam::123456789012:user/ops/bob";
        assert_eq!(resources(&refusal(Action::CreateAccessKey, Some(arn)), ANNA, Some("/")), [arn]);
        let short = refusal(Action::CreateAccessKey, Some("user bob"));
        assert_eq!(resources(&short, ANNA, Some("/")), ["arn:aws:iam::123456789012:user/bob"]);
    }

    #[test]
    fn without_the_path_no_other_user_is_meant() {
        let both = ["arn:aws:iam::123456789012:user/bob", "arn:aws:iam::123456789012:user/*/bob"];
        assert_eq!(resources(&refusal(Action::TagUser, None), ANNA, None), both);
    }

    #[test]
    fn what_is_about_the_account_is_for_all_of_it() {
        let arn = "arn:aws:iam::123456789012:user/";
        assert_eq!(resources(&refusal(Action::ListUsers, Some(arn)), ANNA, None), ["*"]);
    }

    #[test]
    fn a_star_in_a_path_is_no_wildcard() {
        let create = refusal(Action::CreateAccessKey, None);
        let odd = resources(&create, ANNA, Some("/a*b$c?/"));
        assert_eq!(odd, ["arn:aws:iam::123456789012:user/a${*}b${$}c${?}/bob"]);
    }

    #[test]
    fn where_a_permission_would_not_help_there_is_no_policy() {
        let mut refusal = refusal(Action::CreateAccessKey, None);
        refusal.denial.by = Some(PolicyKind::PermissionsBoundary);
        assert!(refusal.policy(&account(ANNA), None).is_some(), "the boundary can be widened");
        refusal.denial.by = Some(PolicyKind::ServiceControl);
        assert_eq!(refusal.policy(&account(ANNA), None), None);
        refusal.denial = Denial { explicit: true, ..Denial::default() };
        assert_eq!(refusal.policy(&account(ANNA), None), None);
    }

    #[test]
    fn each_action_is_found_by_its_name() {
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(*action));
        }
        assert_eq!(Action::from_name("iam:Fly"), None);
    }
}
