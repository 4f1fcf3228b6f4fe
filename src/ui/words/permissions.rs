//! What may not be done, why, and what would allow it.

use crate::core::{Forbidden, Open, ReadOnly};
use crate::domain::{Account, AccountKind, Denial, Failure, PolicyKind, Refusal, visible};

use super::caller;

/// The account in one line: what it is called, its id, who we are in it.
pub fn account(open: &Open) -> String {
    let (name, given) = (open.name(), open.account.name());
    let names = if name == given { name.to_owned() } else { format!("{name}, {given}") };
    format!("{names}, {}, {}", open.account.grouped_id(), caller(&open.account.caller))
}

/// What an account is for, in a word; empty where nothing is to be said.
pub fn account_kind(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Plain => "",
        AccountKind::Development => "Development",
        AccountKind::Staging => "Staging",
        AccountKind::Production => "Production",
        AccountKind::Practice => "Not AWS",
    }
}

/// Why a control is off.
pub fn forbidden(why: &Forbidden) -> String {
    match why {
        Forbidden::ReadOnly(_) => "Read-only: nothing can be changed".to_owned(),
        Forbidden::NotAllowed(refusal) => not_allowed(refusal),
    }
}

/// What is missing, or what forbids it.
pub fn not_allowed(refusal: &Refusal) -> String {
    let action = visible(refusal.missing());
    match &refusal.denial {
        Denial { explicit: true, by, .. } => format!("Not allowed: {} forbids {action}", a_policy(*by)),
        Denial { by: Some(by), .. } if *by != PolicyKind::IdentityBased => {
            format!("Not allowed: {} does not allow {action}", a_policy(Some(*by)))
        }
        Denial { .. } => format!("Not allowed: {action} is missing"),
    }
}

/// How many keys a user may have is not known, only what AWS gives every account.
pub fn quota_not_read(refusal: &Refusal, quota: u32) -> String {
    format!("How many keys a user may have was not read, {quota} is what AWS gives. {}", not_allowed(refusal))
}

/// A change that was not even tried: the sentence, and what to do.
pub fn not_changed(why: &Forbidden) -> (String, String) {
    match why {
        Forbidden::ReadOnly(why) => ("Nothing was changed".to_owned(), read_only(*why).to_owned()),
        Forbidden::NotAllowed(refusal) => (
            format!("Nothing was changed. {}", not_allowed(refusal)),
            "Refresh if it has been allowed meanwhile.".to_owned(),
        ),
    }
}

/// Where read-only comes from, and how to leave it.
pub fn read_only(why: ReadOnly) -> &'static str {
    match why {
        ReadOnly::Program => "Keyfob was started with --read-only. Start it without to change something.",
        ReadOnly::Opened => {
            "The account was opened read-only. “Allow changes…” below “Switch account” ends that."
        }
        ReadOnly::Account => {
            "This account is always opened read-only. “Allow changes…” below “Switch account” ends that until it is opened \
             again."
        }
    }
}

/// Before it is left.
pub fn allow_changes(open: &Open) -> String {
    let kind = account_kind(open.kind());
    let of = if kind.is_empty() { String::new() } else { format!(" ({kind})") };
    format!(
        "{}{of} is open read-only. From now on keys can be created, switched and deleted in it, until it is closed.",
        visible(open.name())
    )
}

/// Below what can be said about an account.
pub const LOOK_IS_KEPT_HERE: &str = "Kept in Keyfob's settings on this computer. AWS is not told.";

pub const PRODUCTION_IS_GUESSED: &str = "Taken for production because its name says so.";

/// The sentences of a denial.
pub(super) fn denied(failure: &Failure, denial: &Denial, account: Option<&Account>) -> String {
    let action = denial.action.as_deref().unwrap_or(failure.action);
    let on = denial.resource.as_deref();
    let on = on.map(|resource| format!(" on {}", visible(within(resource, account)))).unwrap_or_default();
    let to = account.map(|account| format!(" to {}", caller(&account.caller))).unwrap_or_default();
    let because = match denial.by {
        Some(by) if denial.explicit => format!(" because {} forbids it", a_policy(Some(by))),
        Some(by) if by != PolicyKind::IdentityBased => {
            format!(" because {} does not allow it", a_policy(Some(by)))
        }
        _ => String::new(),
    };
    format!("AWS denied {}{on}{to}{because}. {}", visible(action), remedy(denial))
}

fn remedy(denial: &Denial) -> &'static str {
    use PolicyKind as P;
    match denial.by {
        Some(P::ServiceControl | P::ResourceControl) => {
            "Ask those who administer the organisation: another permission in this account does not help."
        }
        Some(P::VpcEndpoint) => "Ask those who administer the network, or connect another way.",
        _ if denial.explicit => "That policy must be changed: another permission does not help.",
        Some(P::PermissionsBoundary) => {
            "The boundary must allow it too: ask for that, or switch to a profile that has it."
        }
        Some(P::Session) => {
            "The session was made with less than its role has: sign in without that policy, or switch to another profile."
        }
        _ => "Ask for this permission, or switch to a profile that has it.",
    }
}

fn a_policy(by: Option<PolicyKind>) -> &'static str {
    match by {
        None => "a policy",
        Some(PolicyKind::IdentityBased) => "a policy of the caller",
        Some(PolicyKind::ResourceBased) => "a resource-based policy",
        Some(PolicyKind::PermissionsBoundary) => "a permissions boundary",
        Some(PolicyKind::Session) => "a session policy",
        Some(PolicyKind::ServiceControl) => "a service control policy",
        Some(PolicyKind::ResourceControl) => "a resource control policy",
        Some(PolicyKind::VpcEndpoint) => "a VPC endpoint policy",
    }
}

/// `user/service/bob`: an ARN of the account that is open, without what all of them begin with.
fn within<'a>(resource: &'a str, account: Option<&Account>) -> &'a str {
    let mut parts = resource.splitn(6, ':');
    match (parts.nth(4), parts.next(), account) {
        (Some(id), Some(rest), Some(account)) if id == account.id => rest,
        _ => resource,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Action, Cause, UserName};
    use crate::ui::words::explain;

    fn denial(explicit: bool, by: Option<PolicyKind>) -> Denial {
        let resource = Some("arn:aws:iam::123456789012:user/bob".to_owned());
        Denial { action: Some("iam:CreateAccessKey".to_owned()), resource, explicit, by, mfa_may_help: false }
    }

    fn told(denial: Denial) -> String {
        explain(&Failure::new("iam:CreateAccessKey", Cause::Denied(denial)), None)
    }

    fn reason(denial: Denial) -> String {
        not_allowed(&Refusal { action: Action::CreateAccessKey, user: Some(UserName::new("bob")), denial })
    }

    #[test]
    fn a_denial_names_what_is_missing() {
        assert_eq!(
            told(denial(false, Some(PolicyKind::IdentityBased))),
            "AWS denied iam:CreateAccessKey on arn:aws:iam::123456789012:user/bob. Ask for this permission, or switch to a \
             profile that has it."
        );
        assert_eq!(reason(denial(false, None)), "Not allowed: iam:CreateAccessKey is missing");
    }

    #[test]
    fn what_a_permission_does_not_help_against_is_told() {
        let text = told(denial(true, Some(PolicyKind::ServiceControl)));
        assert!(text.contains("because a service control policy forbids it. Ask those"), "{text}");
        let text = told(denial(true, None));
        assert!(text.ends_with("That policy must be changed: another permission does not help."), "{text}");
        let text = told(denial(false, Some(PolicyKind::PermissionsBoundary)));
        assert!(text.contains("because a permissions boundary does not allow it. The boundary"), "{text}");
        let reason = reason(denial(true, Some(PolicyKind::IdentityBased)));
        assert_eq!(reason, "Not allowed: a policy of the caller forbids iam:CreateAccessKey");
    }
}
