//! Every sentence that a person reads, in one place.
//!
//! Sentence case, no full stop after a single sentence, `…` on what asks for more. Say what, to whom, since when.

mod activity;
mod failures;
mod find;
mod keyboard;
mod network;
mod permissions;
mod sign_in;
mod times;

pub use activity::{deed, deed_caller, deed_spoken, deed_text, entries, outcome, reason, report_file, what};
pub use failures::{details, explain};
pub use find::{FIND_HINT, whereabouts};
pub(super) use keyboard::{KEYS, shortcut};
pub use network::{
    APPLIES as NETWORK_APPLIES, CA_FIELD, NO_PROXY_FIELD, PROXY_FIELD, ca_field_problem, proxy_field_problem,
};
pub use permissions::{
    LOOK_IS_KEPT_HERE, PRODUCTION_IS_GUESSED, account, account_kind, allow_changes, forbidden, not_allowed,
    not_changed, quota_not_read, read_only,
};
pub use sign_in::{
    MFA_REFUSED, MFA_SERIAL_HINT, SESSION_ENDS, SESSION_HINT, SESSION_OVER, SESSION_RENEWS, choice, flaw,
    login_wanted, mfa_wanted, plain_http, sso_wanted, time_left,
};
pub use times::{Zone, ago, clock_time, date, days, exact, since};

use jiff::Timestamp;

use crate::core::{
    CHECKS_ENOUGH, Check, Clipboard, CreateBlock, Event, GateBlock, Open, Search, SwitchBlock, Unfinished,
};
use crate::domain::{
    Account, Caller, ClipboardClears, DescriptionFault, Endpoint, EndpointSource, Finding, HandedOver, KeyId,
    KeyStatus, LastUse, NotHandedOver, Profile, ProfileChange, ProfileChangeKind, ProfileKind, Severity,
    Trouble, UserName, UserOrder, grouped_account_id, visible,
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
        ProfileKind::Keys { mfa: false } => "Keys".to_owned(),
        ProfileKind::Keys { mfa: true } => "Keys and MFA".to_owned(),
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

pub fn state(profile: &Profile) -> String {
    if let Some(flaw) = &profile.flaw {
        return format!("Line {} is wrong", flaw.line);
    }
    let word = match profile.kind {
        ProfileKind::Keys { mfa: false } => "Ready",
        ProfileKind::Keys { mfa: true } | ProfileKind::Role { mfa: true, .. } => "Needs an MFA code",
        ProfileKind::Role { .. } | ProfileKind::WebIdentity { .. } => "Assumes a role",
        ProfileKind::Sso { .. } | ProfileKind::Login => "Uses the browser",
        ProfileKind::Process { .. } => "Runs a program",
        ProfileKind::Empty => "Nothing to sign in with",
    };
    word.to_owned()
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

/// The account that is not AWS, in one line.
pub const PRACTICE: &str = "Practice account: an IAM inside Keyfob, nothing reaches AWS";

/// Where the requests go instead of to AWS, and which setting says so.
pub fn endpoint_override(url: &str, source: EndpointSource, profile: &str) -> (String, String) {
    let origin = match source {
        EndpointSource::CommandLine => "set by --endpoint-url on the command line".to_owned(),
        EndpointSource::Variable(name) => format!("set by {name} in the environment"),
        EndpointSource::Profile => format!("set by endpoint_url in the profile {}", visible(profile)),
        EndpointSource::Services => {
            format!("set by the services section of the profile {}", visible(profile))
        }
    };
    (format!("Not AWS: requests go to {}", visible(url)), origin)
}

fn endpoint_source(source: EndpointSource) -> &'static str {
    match source {
        EndpointSource::CommandLine => "the command line",
        EndpointSource::Variable(_) => "the environment",
        EndpointSource::Profile | EndpointSource::Services => "the profile",
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
        CreateBlock::Forbidden(why) => forbidden(why),
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

pub fn switch_block(block: &SwitchBlock) -> Option<String> {
    match block {
        SwitchBlock::Forbidden(why) => Some(forbidden(why)),
        SwitchBlock::UnderWay => None,
    }
}

/// Beside the field in which a description is typed.
pub fn description_fault(fault: DescriptionFault) -> String {
    match fault {
        DescriptionFault::TooLong => "At most 256 characters".to_owned(),
        DescriptionFault::Character(refused) => format!(
            "AWS does not take “{}” here: letters, numbers, spaces and _ . : / = + - @ , only",
            visible(&refused.to_string())
        ),
    }
}

pub fn gate_block(block: &GateBlock) -> String {
    let text = match block {
        GateBlock::Forbidden(why) => return forbidden(why),
        GateBlock::Active => "Deactivate it first: that can be undone",
        GateBlock::NotTyped => "Type the last four characters of the key id, or paste the id",
        GateBlock::WrongEnd => "That is not the end of this key id",
        GateBlock::Deleting => "Deleting…",
    };
    text.to_owned()
}

/// The line beside the panel's title.
pub fn clipboard(clipboard: &Clipboard, now: Timestamp) -> Option<String> {
    Some(match clipboard {
        Clipboard::Idle => return None,
        Clipboard::Copying => "Copying…".to_owned(),
        Clipboard::Holds { until: Some(until), .. } => {
            let left = until.duration_since(now).as_secs().max(0);
            format!("Secret is on the clipboard, clears in {left} s")
        }
        Clipboard::Holds { until: None, .. } => {
            "Secret is on the clipboard until Keyfob is closed".to_owned()
        }
        Clipboard::Cleared => "Clipboard cleared".to_owned(),
        Clipboard::NotOurs => "The clipboard holds something else now, it was left alone".to_owned(),
        Clipboard::NotCleared => "The clipboard could not be cleared: clear it by hand".to_owned(),
        Clipboard::NotCopied => "Not copied: the clipboard could not be reached".to_owned(),
    })
}

/// Where a pair was written to.
pub fn handed_over(written: &HandedOver) -> String {
    let path = written.path.display().to_string();
    match &written.profile {
        Some(profile) => format!("Saved as profile {} in {}", visible(profile), visible(&path)),
        None => format!("Saved to {}", visible(&path)),
    }
}

pub fn not_handed_over(why: &NotHandedOver) -> String {
    match why {
        NotHandedOver::Exists(path) => format!("{} is there already", visible(&path.display().to_string())),
        NotHandedOver::Failed(why) => visible(why).into_owned(),
    }
}

/// What writing to a profile does.
pub fn profile_change(change: &ProfileChange) -> String {
    let file = change.file.display().to_string();
    let file = visible(&file);
    match &change.kind {
        ProfileChangeKind::New => format!("A new profile in {file}:"),
        ProfileChangeKind::GetsKey => format!("The profile is in {file} already and gets this key:"),
        ProfileChangeKind::Replaces(key) => format!("Replaces {} in {file}:", visible(key.as_str())),
    }
}

/// What is known about a new key's validity; `None` before it was asked.
pub fn check(check: &Check, now: Timestamp) -> Option<String> {
    Some(match check {
        Check::Idle => return None,
        Check::UnderWay { answered: false, .. } => "Asking AWS…".to_owned(),
        Check::UnderWay { since, successes, .. } => {
            let secs = now.duration_since(*since).as_secs().max(0);
            match successes {
                0 => format!("Not accepted yet, AWS needs a few seconds ({secs} s)"),
                _ => format!("Accepted {successes} of {CHECKS_ENOUGH} times ({secs} s)"),
            }
        }
        Check::Works { arn } => match Caller::from_arn(arn) {
            Caller::User(user) => format!("Works: signed in as {}", visible(user.as_str())),
            _ => "Works".to_owned(),
        },
        Check::NotYet => {
            "Not accepted within 60 s. That is rare, and may still come: check again in a minute".to_owned()
        }
        Check::NotAsked(failure) => format!("Could not be checked. {}", explain(failure, None)),
    })
}

/// What is known about a creation that has not ended: the sentence, and what is behind it.
pub fn unfinished(one: &Unfinished, zone: &Zone, now: Timestamp) -> (String, String) {
    let user = visible(one.intent.user.as_str());
    let at = format!("{} ({})", clock_time(one.intent.at, zone), ago(one.intent.at, now));
    let why = one.failure.as_ref().map(|failure| explain(failure, None)).unwrap_or_default();
    let lost = "Its secret is lost and cannot be read again. Delete it and create another.";
    match (&one.search, &one.failure) {
        (Search::Orphans(keys), Some(_)) if keys.len() == 1 => {
            let key = list(keys);
            (format!("{key} of {user} was created, but AWS's answer was lost"), format!("{lost} {why}"))
        }
        (Search::Orphans(keys), Some(_)) => (
            format!("One of {} of {user} was created, and AWS's answer was lost", list(keys)),
            format!(
                "Keyfob asked for one key; somebody else made the others. Delete the one that nobody knows. {why}"
            ),
        ),
        (Search::Orphans(keys), None) if one.intent.made.is_some() => (
            format!(
                "{} of {user} was created at {at}, and Keyfob ended before its secret was saved",
                list(keys)
            ),
            "If nobody has its secret, delete it and create another.".to_owned(),
        ),
        (Search::Orphans(keys), None) => (
            format!(
                "{} of {user} appeared at {at}, when Keyfob was ended while it created a key",
                list(keys)
            ),
            "Unless somebody else made it at that time, nobody has its secret: delete it and create another."
                .to_owned(),
        ),
        (Search::Nothing, _) => (
            format!("Probably no key was created for {user}"),
            format!("AWS's answer was lost, and no new key appeared within 30 seconds. {why}"),
        ),
        (Search::NotListed(failure), _) => (
            format!("Whether a key was created for {user} at {at} is not known"),
            format!(
                "Its keys could not be listed. Refresh before you create another. {}",
                explain(failure, None)
            ),
        ),
        (Search::Waiting, _) => (
            format!("A key for {user} was being created at {at} when Keyfob was ended"),
            "Looking whether AWS made it…".to_owned(),
        ),
    }
}

/// The same on the start screen, where nothing can be found out.
pub fn unfinished_elsewhere(one: &Unfinished) -> (String, String) {
    let user = visible(one.intent.user.as_str());
    let (account, id) = (visible(&one.intent.account_name), grouped_account_id(&one.intent.account_id));
    let (when, what) = if one.failure.is_some() {
        ("and AWS's answer was lost", "Open this account to see what became of it.")
    } else {
        ("when Keyfob was ended", "Open this account to see whether AWS made it.")
    };
    (format!("A key for {user} in {account} {id} was being created {when}"), what.to_owned())
}

fn list(keys: &[KeyId]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| visible(key.as_str())).collect();
    keys.join(", ")
}

/// What a toast or a banner says: the sentence, and what is behind it.
pub fn event(event: &Event, account: Option<&Account>) -> (String, String) {
    let of = |key: &KeyId, user: &UserName| format!("{} of {}", key.short(), visible(user.as_str()));
    let because = |failure| explain(failure, account);
    match event {
        Event::StatusSet { user, key, status: set, .. } => {
            (format!("{} is {}", of(key, user), status(*set).to_lowercase()), String::new())
        }
        Event::Deleted { key, .. } => (format!("{} is deleted", key.short()), String::new()),
        Event::Described { key, text } => {
            let deed = if text.is_empty() { "removed" } else { "saved" };
            (format!("Description of {} {deed}", key.short()), String::new())
        }
        Event::StatusRefused { user, key, status: wanted, failure } => {
            let deed = if *wanted == KeyStatus::Active { "activated" } else { "deactivated" };
            (format!("{} could not be {deed}", of(key, user)), because(failure))
        }
        Event::StatusLost { user, key, status: wanted, failure } => {
            let deed = if *wanted == KeyStatus::Active { "activated" } else { "deactivated" };
            (
                format!("AWS did not say whether {} was {deed}", of(key, user)),
                format!("{} Keyfob looks again a few times; the list tells how it is.", because(failure)),
            )
        }
        Event::CreateRefused { user, failure, .. } => {
            (format!("No key was created for {}", visible(user.as_str())), because(failure))
        }
        Event::NotChanged { why } => not_changed(why),
        Event::PlaceRefused { user, why } => {
            (format!("No key was created for {}", visible(user.as_str())), not_handed_over(why))
        }
        Event::NothingWasCreated { user } => (
            format!("No key was created for {} when Keyfob was ended", visible(user.as_str())),
            String::new(),
        ),
        Event::JournalNotWritten { reason } => (
            "If Keyfob is ended while it creates a key, nobody will be told: its journal cannot be written"
                .to_owned(),
            reason.clone(),
        ),
        Event::NotDescribed { key, failure, .. } => (
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
        Event::ActivityNotKept { reason } => {
            ("The activity of this computer could not be written or read".to_owned(), reason.clone())
        }
    }
}

/// "45 s", "5 min"
pub fn clipboard_clears(clears: ClipboardClears) -> String {
    match clears.after().map(|after| after.as_secs()) {
        Some(secs) if secs >= 120 => format!("After {} minutes", secs / 60),
        Some(secs) => format!("After {secs} seconds"),
        None => "When Keyfob is closed".to_owned(),
    }
}

pub fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Slow => "Slow: answers take 5 seconds",
        Trouble::Throttled => "Throttled by IAM",
        Trouble::Denied => "Denied: changes and key lists",
        Trouble::AnswerLost => "Answers to changes get lost",
        Trouble::KeyNotYetValid => "New keys are not valid yet",
        Trouble::SessionOver => "Session over, until you sign in again",
        Trouble::ListsLag => "Key lists lag 10 seconds behind",
    }
}

/// What the row of a user shows beside the name: "2 keys, Older than 90 days".
pub fn user_row(open: &Open, user: &UserName, now: Timestamp) -> String {
    let count = open.keys_of(user).and_then(|keys| keys.count());
    let mut text = match count {
        None => "number of keys not known yet".to_owned(),
        Some(1) => "1 key".to_owned(),
        Some(count) => format!("{count} keys"),
    };
    if let Some(worst) = open.worst_finding(user, now).filter(|worst| worst.severity() > Severity::Know) {
        text.push_str(", ");
        text.push_str(&finding(worst));
    }
    text
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
