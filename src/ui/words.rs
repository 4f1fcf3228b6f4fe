//! Every sentence that a person reads, in one place.
//!
//! Sentence case, no full stop after a single sentence, `…` on what asks for more. Say what, to whom, since when.

mod failures;
mod times;

pub use failures::{details, explain};
pub use times::{Zone, ago, clock_time, date, days, exact};

use jiff::Timestamp;

use crate::core::{Clipboard, CreateBlock, Event, GateBlock, SwitchBlock};
use crate::domain::{
    Account, Caller, Endpoint, EndpointSource, Finding, KeyId, KeyStatus, LastUse, ProfileKind, Trouble,
    UserName, UserOrder, visible,
};

/// "bob", "anna via Admin"
pub fn caller(account: &Account) -> String {
    match &account.caller {
        Caller::User(user) => visible(user.as_str()).into_owned(),
        Caller::Role { role, session } => format!("{} via {}", visible(session), visible(role)),
        Caller::Root => "the root user".to_owned(),
        Caller::Other(text) if text.is_empty() => "caller not told by this endpoint".to_owned(),
        Caller::Other(text) => visible(text).into_owned(),
    }
}

pub fn kind(kind: &ProfileKind) -> String {
    match kind {
        ProfileKind::Keys => "Keys".to_owned(),
        ProfileKind::Role { role, source: Some(source), .. } => {
            format!("Role {} · from {}", visible(role), visible(source))
        }
        ProfileKind::Role { role, source: None, .. } => format!("Role {}", visible(role)),
        ProfileKind::Sso { role: Some(role) } => format!("SSO · {}", visible(role)),
        ProfileKind::Sso { role: None } => "SSO".to_owned(),
        ProfileKind::Login => "Login · console session".to_owned(),
        ProfileKind::Process { program } => format!("Process · {}", visible(program)),
        ProfileKind::WebIdentity { role } => format!("Web identity · {}", visible(role)),
        ProfileKind::Empty => "No credentials".to_owned(),
    }
}

pub fn state(kind: &ProfileKind) -> &'static str {
    match kind {
        ProfileKind::Keys => "Ready",
        ProfileKind::Role { mfa: true, .. } => "Needs an MFA code",
        ProfileKind::Role { .. } | ProfileKind::WebIdentity { .. } => "Assumes a role",
        ProfileKind::Sso { .. } | ProfileKind::Login => "Signed in by AWS CLI",
        ProfileKind::Process { .. } => "Runs a program",
        ProfileKind::Empty => "Nothing to sign in with",
    }
}

pub fn endpoint(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Aws(host) => format!("Endpoint {host}"),
        Endpoint::Override { url, source } => {
            format!("Not AWS: {} (from {})", visible(url), endpoint_source(*source))
        }
        Endpoint::Practice => "Practice account – not AWS".to_owned(),
    }
}

fn endpoint_source(source: EndpointSource) -> &'static str {
    match source {
        EndpointSource::CommandLine => "the command line",
        EndpointSource::Environment => "the environment",
        EndpointSource::Profile => "the profile",
    }
}

pub fn order(order: UserOrder) -> &'static str {
    match order {
        UserOrder::Name => "By name",
        UserOrder::OldestFirst => "Oldest first",
        UserOrder::NewestFirst => "Newest first",
    }
}

pub fn status(status: KeyStatus) -> &'static str {
    match status {
        KeyStatus::Active => "Active",
        KeyStatus::Inactive => "Inactive",
        KeyStatus::Expired => "Expired",
        KeyStatus::Unknown => "Not known",
    }
}

/// "3 hours ago" and "s3 · eu-west-1"
pub fn last_use(last_use: &LastUse, now: Timestamp) -> (String, String) {
    match last_use {
        LastUse::Never => ("Never".to_owned(), String::new()),
        LastUse::At { when, service, region } => {
            let parts: Vec<_> = [service, region].into_iter().flatten().map(|part| visible(part)).collect();
            (ago(*when, now), parts.join(" · "))
        }
    }
}

/// What the column cannot know.
pub const LAST_USE_LIMITS: &str =
    "AWS updates this about every 15 minutes, and tracks it since 22 April 2015";

pub fn finding(finding: Finding) -> String {
    match finding {
        Finding::Old { .. } => "Older than 90 days".to_owned(),
        Finding::Unused { days } => format!("Unused for {days} days"),
        Finding::NeverUsed { .. } => "Never used".to_owned(),
        Finding::SecondActive => "Second active key".to_owned(),
        Finding::SignsForKeyfob => "In use by Keyfob".to_owned(),
    }
}

/// The sentence after the key id: what is so, and what to do.
pub fn advice(finding: Finding, used: Option<&LastUse>, now: Timestamp) -> String {
    match finding {
        Finding::Old { days } => match used.and_then(LastUse::when) {
            Some(when) => {
                format!(
                    "is {days} days old and was used {}: replace it before you switch it off",
                    ago(when, now)
                )
            }
            None if used.is_some() => format!("is {days} days old and was never used: switch it off"),
            None => format!("is {days} days old: replace it"),
        },
        Finding::Unused { days } => format!("was not used for {days} days: switch it off"),
        Finding::NeverUsed { days, .. } => {
            format!("was created {days} days ago and nothing has used it since")
        }
        Finding::SecondActive => {
            "is active beside an older key: one is enough, unless you are replacing it".to_owned()
        }
        Finding::SignsForKeyfob => "signs the requests of Keyfob itself".to_owned(),
    }
}

pub fn create_block(block: &CreateBlock, user: &UserName) -> String {
    match block {
        CreateBlock::ReadOnly => "Read-only: nothing can be changed".to_owned(),
        CreateBlock::UnderWay(user) => format!("A key for {} is being created…", visible(user.as_str())),
        CreateBlock::PanelOpen(_) => "Finish with the new key below first".to_owned(),
        CreateBlock::NotKnown => "The keys are not known yet".to_owned(),
        CreateBlock::Limit { count, quota } => {
            format!("{} has {count} of {quota} keys; delete one first", visible(user.as_str()))
        }
    }
}

pub const PREFER_ROLES: &str =
    "Prefer a role or IAM Identity Center where you can: they need no long-lived secret";

pub fn switch_block(block: SwitchBlock) -> Option<String> {
    match block {
        SwitchBlock::ReadOnly => Some("Read-only: nothing can be changed".to_owned()),
        SwitchBlock::UnderWay => None,
    }
}

pub fn gate_block(block: GateBlock) -> &'static str {
    match block {
        GateBlock::Active => "Deactivate it first: that can be undone",
        GateBlock::NotTyped => "Type the last four characters of the key id, or paste the id",
        GateBlock::WrongEnd => "That is not the end of this key id",
        GateBlock::Deleting => "Deleting…",
    }
}

/// The line beside the panel's title.
pub fn clipboard(clipboard: &Clipboard, now: Timestamp) -> Option<String> {
    Some(match clipboard {
        Clipboard::Idle => return None,
        Clipboard::Copying => "Copying…".to_owned(),
        Clipboard::Holds { until } => {
            let left = until.duration_since(now).as_secs().max(0);
            format!("Secret is on the clipboard, clears in {left} s")
        }
        Clipboard::Cleared => "Clipboard cleared".to_owned(),
        Clipboard::NotOurs => "The clipboard holds something else now, it was left alone".to_owned(),
        Clipboard::NotCleared => "The clipboard could not be cleared: clear it by hand".to_owned(),
        Clipboard::NotCopied => "Not copied: the clipboard could not be reached".to_owned(),
    })
}

/// What a toast or a banner says: the sentence, and what is behind it.
pub fn event(event: &Event, account: Option<&Account>) -> (String, String) {
    let of = |key: &KeyId, user: &UserName| format!("{} of {}", key.short(), visible(user.as_str()));
    let because = |failure| explain(failure, account);
    match event {
        Event::StatusSet { user, key, status: set } => {
            (format!("{} is {}", of(key, user), status(*set).to_lowercase()), String::new())
        }
        Event::Deleted { key, .. } => (format!("{} is deleted", key.short()), String::new()),
        Event::Described { key } => (format!("Description of {} saved", key.short()), String::new()),
        Event::StatusRefused { user, key, status: wanted, failure } => {
            let deed = if *wanted == KeyStatus::Active { "activated" } else { "deactivated" };
            (format!("{} could not be {deed}", of(key, user)), because(failure))
        }
        Event::DeleteRefused { user, key, failure } => {
            (format!("{} could not be deleted", of(key, user)), because(failure))
        }
        Event::CreateRefused { user, failure } => {
            (format!("No key was created for {}", visible(user.as_str())), because(failure))
        }
        Event::NotDescribed { key, failure } => (
            format!("The description of {} was not saved; the key itself is fine", key.short()),
            because(failure),
        ),
        Event::NotUndescribed { key, failure, .. } => (
            format!("{} is deleted, but its description is still among the user's tags", key.short()),
            because(failure),
        ),
        Event::NotCopied { reason } => ("Not copied".to_owned(), reason.clone()),
        Event::NotCleared { reason } => {
            ("The clipboard could not be cleared: clear it by hand".to_owned(), reason.clone())
        }
        Event::SettingsNotSaved { reason } => ("The settings could not be saved".to_owned(), reason.clone()),
    }
}

pub fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Slow => "Slow: answers take 5 seconds",
        Trouble::Throttled => "Throttled by IAM",
        Trouble::Denied => "Denied: changes and key lists",
        Trouble::AnswerLost => "Answers to changes get lost",
        Trouble::KeyNotYetValid => "New keys are not valid yet",
        Trouble::ListsLag => "Key lists lag 10 seconds behind",
    }
}

/// "4,812 users"
pub fn users(count: usize) -> String {
    let noun = if count == 1 { "user" } else { "users" };
    format!("{} {noun}", thousands(count))
}

fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(users(1), "1 user");
        assert_eq!(users(999), "999 users");
        assert_eq!(users(4812), "4,812 users");
        assert_eq!(users(1_234_567), "1,234,567 users");
    }

    #[test]
    fn the_limit_names_the_user_and_the_way_out() {
        let block = CreateBlock::Limit { count: 2, quota: 2 };
        assert_eq!(
            create_block(&block, &UserName::new("ci-deployer")),
            "ci-deployer has 2 of 2 keys; delete one first"
        );
    }
}
