//! Refusals: which action is not allowed, why, and what would allow it.

use crate::core::{Forbidden, OpenAccount, ReadOnly};
use crate::domain::{Account, AccountKind, Denial, Failure, PolicyKind, Refusal, spell_out_hidden};

use super::caller;

/// The account in one line: its name, its id and the caller.
pub fn account(open: &OpenAccount) -> String {
    let (name, given) = (open.name(), open.account.name());
    let names = if name == given { name.to_owned() } else { format!("{name}, {given}") };
    format!("{names}, {}, {}", open.account.grouped_id(), caller(&open.account.caller))
}

/// The kind of an account in a word; empty for a standard one.
pub fn account_kind(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Plain => "",
        AccountKind::Development => "Development",
        AccountKind::Staging => "Staging",
        AccountKind::Production => "Production",
        AccountKind::Practice => "Not AWS",
    }
}

/// Why a control is disabled.
pub fn forbidden(why: &Forbidden) -> String {
    match why {
        Forbidden::ReadOnly(_) => "Read-only: nothing can be changed".to_owned(),
        Forbidden::NotAllowed(refusal) => not_allowed(refusal),
    }
}

/// The missing permission, or the policy that forbids the action.
pub fn not_allowed(refusal: &Refusal) -> String {
    let action = spell_out_hidden(refusal.missing());
    match &refusal.denial {
        Denial { explicit: true, by, .. } => format!("Not allowed: {} forbids {action}", a_policy(*by)),
        Denial { by: Some(by), .. } if *by != PolicyKind::IdentityBased => {
            format!("Not allowed: {} does not allow {action}", a_policy(Some(*by)))
        }
        Denial { .. } => format!("Not allowed: {action} is missing"),
    }
}

/// The key quota could not be read, so AWS's default is assumed.
pub fn quota_not_read(refusal: &Refusal, quota: u32) -> String {
    format!("The key quota could not be read; assuming AWS's default of {quota}. {}", not_allowed(refusal))
}

/// A change that was not attempted: the sentence, and what to do.
pub fn not_changed(why: &Forbidden) -> (String, String) {
    match why {
        Forbidden::ReadOnly(why) => ("Nothing was changed".to_owned(), read_only(*why).to_owned()),
        Forbidden::NotAllowed(refusal) => (
            format!("Nothing was changed. {}", not_allowed(refusal)),
            "If it has been allowed since, refresh.".to_owned(),
        ),
    }
}

/// Why the account is read-only, and how to leave that mode.
pub fn read_only(why: ReadOnly) -> &'static str {
    match why {
        ReadOnly::Program => {
            "Keyfob was started with --read-only. To make changes, start it without that option."
        }
        ReadOnly::Opened => {
            "The account was opened read-only. To make changes, choose “Allow changes…” under “Switch account”."
        }
        ReadOnly::Account => {
            "This account always opens read-only. To make changes until it is next opened, choose “Allow changes…” under “Switch \
             account”."
        }
    }
}

/// The question before read-only mode is left.
pub fn allow_changes(open: &OpenAccount) -> String {
    let kind = account_kind(open.kind());
    let of = if kind.is_empty() { String::new() } else { format!(" ({kind})") };
    format!(
        "{}{of} is open read-only. If you allow changes, you can create, deactivate and delete keys until you close the account.",
        spell_out_hidden(open.name())
    )
}

/// A note below the preferences of an account.
pub const LOOK_IS_KEPT_HERE: &str = "Stored in Keyfob's settings on this computer only, not in AWS.";

pub const PRODUCTION_IS_GUESSED: &str = "Treated as production because of its name.";

/// Explains a denial.
pub(super) fn denied(failure: &Failure, denial: &Denial, account: Option<&Account>) -> String {
    let action = denial.action.as_deref().unwrap_or(failure.action);
    let on = denial.resource.as_deref();
    let on =
        on.map(|resource| format!(" on {}", spell_out_hidden(within(resource, account)))).unwrap_or_default();
    let to = account.map(|account| format!(" to {}", caller(&account.caller))).unwrap_or_default();
    let because = match denial.by {
        Some(by) if denial.explicit => format!(" because {} forbids it", a_policy(Some(by))),
        Some(by) if by != PolicyKind::IdentityBased => {
            format!(" because {} does not allow it", a_policy(Some(by)))
        }
        _ => String::new(),
    };
    format!("AWS denied {}{on}{to}{because}. {}", spell_out_hidden(action), remedy(denial))
}

fn remedy(denial: &Denial) -> &'static str {
    use PolicyKind as P;
    match denial.by {
        Some(P::ServiceControl | P::ResourceControl) => {
            "Ask the administrators of the organisation; a permission in this account does not help."
        }
        Some(P::VpcEndpoint) => "Ask the network administrators, or connect another way.",
        _ if denial.explicit => "That policy must be changed; another permission does not help.",
        Some(P::PermissionsBoundary) => {
            "The boundary must allow it too. Ask for that, or switch to a profile that has this permission."
        }
        Some(P::Session) => {
            "The session has fewer permissions than its role. Sign in without that policy, or switch to another profile."
        }
        _ => "Ask for this permission, or switch to a profile that has it.",
    }
}

fn a_policy(by: Option<PolicyKind>) -> &'static str {
    match by {
        None => "a policy",
        Some(PolicyKind::IdentityBased) => "an identity-based policy",
        Some(PolicyKind::ResourceBased) => "a resource-based policy",
        Some(PolicyKind::PermissionsBoundary) => "a permissions boundary",
        Some(PolicyKind::Session) => "a session policy",
        Some(PolicyKind::ServiceControl) => "a service control policy",
        Some(PolicyKind::ResourceControl) => "a resource control policy",
        Some(PolicyKind::VpcEndpoint) => "a VPC endpoint policy",
    }
}

/// `user/service/bob`: an ARN of the open account without the prefix that all of them share.
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
    fn a_denial_that_no_permission_would_fix_says_so() {
        let text = told(denial(true, Some(PolicyKind::ServiceControl)));
        assert!(
            text.contains("because a service control policy forbids it. Ask the administrators"),
            "{text}"
        );
        let text = told(denial(true, None));
        assert!(text.ends_with("That policy must be changed; another permission does not help."), "{text}");
        let text = told(denial(false, Some(PolicyKind::PermissionsBoundary)));
        assert!(text.contains("because a permissions boundary does not allow it. The boundary"), "{text}");
        let reason = reason(denial(true, Some(PolicyKind::IdentityBased)));
        assert_eq!(reason, "Not allowed: an identity-based policy forbids iam:CreateAccessKey");
    }
}
