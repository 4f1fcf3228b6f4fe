//! Every sentence that a person reads, in one place.
//!
//! Sentence case, no full stop after a single sentence, `…` on a control that asks for more. Name the thing, the user and the time.

pub mod account_keys;
mod activity;
mod batch;
mod console;
mod failures;
mod find;
mod keyboard;
mod network;
mod new_key;
mod not_opened;
mod permissions;
pub mod policy;
pub mod settings;
mod sign_in;
mod times;
mod told;

pub use activity::{deed_spoken, deed_text, entries, entry, outcome, reason, report_file, what};
pub use batch::{
    batch_block, batch_consequence, batch_ended, batch_halted, batch_progress, batch_rest, batch_row,
    batch_selected, batch_summary, batch_verb, keys, planned, planned_age, planned_use,
};
pub use console::{CONSOLE_ACCOUNT, no_console, open_console};
pub use failures::{details, explain, odd_date};
pub use find::{FIND_HINT, whereabouts};
#[cfg(test)]
pub(super) use keyboard::keys_in_place;
pub(super) use keyboard::{ANYWHERE, KEYS, OUTSIDE_FIELDS};
pub use network::{
    APPLIES as NETWORK_APPLIES, CA_FIELD, NO_PROXY_FIELD, PROXY_FIELD, ca_field_problem, clock_off,
    clock_off_text, proxy_field_problem,
};
pub use new_key::{check, clipboard, handed_over, not_handed_over, profile_change};
pub use not_opened::not_opened;
pub use permissions::{
    LOOK_IS_KEPT_HERE, PRODUCTION_IS_GUESSED, account, account_kind, allow_changes, forbidden, not_allowed,
    not_changed, quota_not_read, read_only,
};
use settings::settings_not_read;
pub use sign_in::{
    MFA_SERIAL_HINT, SESSION_ENDS, SESSION_HINT, SESSION_OVER, SESSION_RENEWS, choice, flaw, login_wanted,
    mfa_refused, mfa_wanted, plain_http, sso_wanted, time_left,
};
pub use times::{Zone, ago, clock_time, date, days, exact, long_age, since};
pub use told::{event, unfinished, unfinished_elsewhere};

use crate::core::{CreateBlock, DeleteBlocked, OpenAccount, SwitchBlock};
use crate::domain::{
    Account, Caller, ClipboardClears, DescriptionFault, Endpoint, EndpointSource, Finding, KeyId, KeyStatus,
    LastUse, Moment, Profile, ProfileKind, RequestRate, ServiceEndpoint, Severity, SimulatedFault, UserName,
    UserOrder, spell_out_hidden,
};

/// "bob", "anna via Admin"
pub fn caller(caller: &Caller) -> String {
    match caller {
        Caller::User(user) => spell_out_hidden(user.as_str()).into_owned(),
        Caller::Role { role, session } => {
            format!("{} via {}", spell_out_hidden(session), spell_out_hidden(role))
        }
        Caller::Root => "the root user".to_owned(),
        Caller::Other(text) if text.is_empty() => {
            "unknown caller (this endpoint does not report it)".to_owned()
        }
        Caller::Other(text) => spell_out_hidden(text).into_owned(),
    }
}

pub fn kind(kind: &ProfileKind) -> String {
    match kind {
        ProfileKind::Keys { mfa: false } => "Keys".to_owned(),
        ProfileKind::Keys { mfa: true } => "Keys and MFA".to_owned(),
        ProfileKind::Role { role, source: Some(source), .. } => {
            format!("Role {} · from {}", spell_out_hidden(role), spell_out_hidden(source))
        }
        ProfileKind::Role { role, source: None, .. } => format!("Role {}", spell_out_hidden(role)),
        ProfileKind::Sso { role: Some(role) } => format!("SSO · {}", spell_out_hidden(role)),
        ProfileKind::Sso { role: None } => "SSO".to_owned(),
        ProfileKind::Login => "Login · console session".to_owned(),
        ProfileKind::Process { program } => format!("Process · {}", spell_out_hidden(program)),
        ProfileKind::WebIdentity { role } => format!("Web identity · {}", spell_out_hidden(role)),
        ProfileKind::Empty => "No credentials".to_owned(),
    }
}

pub fn state(profile: &Profile) -> String {
    if let Some(flaw) = &profile.flaw {
        return format!("Line {} is wrong", flaw.line);
    }
    if let Some(problem) = &profile.problem {
        return sign_in::short_problem(problem);
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
            format!("Not AWS: {} (from {})", spell_out_hidden(url), endpoint_source(*source))
        }
        Endpoint::Practice => "Practice account – not AWS".to_owned(),
    }
}

/// The practice account, in one line.
pub const PRACTICE: &str = "Practice account: a simulated IAM inside Keyfob. Nothing reaches AWS";

/// The endpoints that are not AWS, and the settings that name them. `None` if every request goes to AWS.
pub fn endpoints(account: &Account) -> Option<(String, String)> {
    let (mut places, mut sources) = (Vec::new(), Vec::new());
    if let Endpoint::Override { url, source } = &account.endpoint {
        places.push(format!("requests go to {}", spell_out_hidden(url)));
        sources.push(*source);
    }
    let as_one = |a: &ServiceEndpoint, b: &ServiceEndpoint| (&a.url, a.source) == (&b.url, b.source);
    for services in account.other_endpoints.chunk_by(as_one) {
        let names: Vec<_> = services.iter().map(|other| other.service).collect();
        let Some(ServiceEndpoint { url, source, .. }) = services.first() else { continue };
        places.push(format!("{} requests go to {}", names.join(", "), spell_out_hidden(url)));
        sources.push(*source);
    }
    let origins: Vec<_> = sources.into_iter().map(|source| origin(source, &account.profile)).collect();
    (!places.is_empty())
        .then(|| (format!("Not AWS: {}", places.join("; ")), format!("set by {}", origins.join("; "))))
}

fn origin(source: EndpointSource, profile: &str) -> String {
    match source {
        EndpointSource::CommandLine => "--endpoint-url on the command line".to_owned(),
        EndpointSource::Variable(name) => format!("{name} in the environment"),
        EndpointSource::Profile => format!("endpoint_url in the profile {}", spell_out_hidden(profile)),
        EndpointSource::Services => {
            format!("the services section of the profile {}", spell_out_hidden(profile))
        }
    }
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
        KeyStatus::Unknown => "Unknown",
    }
}

/// "3 hours ago" and "s3 · eu-west-1"
pub fn last_use(last_use: &LastUse, now: Moment) -> (String, String) {
    match last_use {
        LastUse::Never => ("Never".to_owned(), String::new()),
        LastUse::At { when, service, region } => {
            let parts: Vec<_> =
                [service, region].into_iter().flatten().map(|part| spell_out_hidden(part)).collect();
            (ago(*when, now), parts.join(" · "))
        }
    }
}

/// How exact the column is.
pub const LAST_USE_LIMITS: &str =
    "AWS updates this about every 15 minutes and has tracked it since 22 April 2015";

pub fn finding(finding: Finding) -> String {
    match finding {
        Finding::Old { limit, .. } => format!("Older than {limit} days"),
        Finding::Unused { days } => format!("Unused for {days} days"),
        Finding::NeverUsed { .. } => "Never used".to_owned(),
        Finding::SecondActive => "Second active key".to_owned(),
        Finding::SignsForKeyfob => "In use by Keyfob".to_owned(),
        Finding::Exempt => "Exempt".to_owned(),
    }
}

/// The sentence after the key id: the finding, and what to do about it.
pub fn advice(finding: Finding, used: Option<&LastUse>, now: Moment) -> String {
    match finding {
        Finding::Old { days, .. } => match used.and_then(LastUse::when) {
            Some(when) => {
                format!("is {days} days old and was used {}. Replace it, then deactivate it", ago(when, now))
            }
            None if used.is_some() => format!("is {days} days old and has never been used. Deactivate it"),
            None => format!("is {days} days old. Replace it"),
        },
        Finding::Unused { days } => format!("has not been used for {days} days. Deactivate it"),
        Finding::NeverUsed { days, .. } => {
            format!("was created {days} days ago and has never been used")
        }
        Finding::SecondActive => {
            "is active alongside an older key. One is enough unless you are replacing it".to_owned()
        }
        Finding::SignsForKeyfob => "Keyfob itself signs in with it".to_owned(),
        Finding::Exempt => "belongs to an exempt user: its age and use are not checked".to_owned(),
    }
}

/// Shown before a key that Keyfob uses is deactivated. `signs`: it signs the requests, not only the sign-in.
pub fn own_key_goes(key: &KeyId, signs: bool) -> String {
    let key = spell_out_hidden(key.as_str());
    if signs {
        return format!(
            "{key} signs Keyfob's own requests. Deactivating it ends this session, and Keyfob cannot activate it again."
        );
    }
    format!(
        "This session was started with {key}. If you deactivate it, the session cannot be renewed and nobody can sign in with \
         the key until it is active again."
    )
}

pub fn create_block(block: &CreateBlock, user: &UserName) -> String {
    match block {
        CreateBlock::Forbidden(why) => forbidden(why),
        CreateBlock::UnderWay(user) => {
            format!("A key for {} is being created…", spell_out_hidden(user.as_str()))
        }
        CreateBlock::PanelOpen(_) => "Save the new key below first".to_owned(),
        CreateBlock::NotKnown => "The keys have not loaded yet".to_owned(),
        CreateBlock::Limit { count, quota } => {
            format!("{} has {count} of {quota} keys. Delete one first", spell_out_hidden(user.as_str()))
        }
    }
}

pub const PREFER_ROLES: &str =
    "Use a role or IAM Identity Center instead if you can: they need no long-lived secret";

pub fn switch_block(block: &SwitchBlock) -> Option<String> {
    match block {
        SwitchBlock::Forbidden(why) => Some(forbidden(why)),
        SwitchBlock::UnderWay => None,
        SwitchBlock::UnknownStatus => Some(
            "Its status is none that this version of Keyfob supports, so it cannot be changed here"
                .to_owned(),
        ),
    }
}

/// Beside the field in which a description is typed.
pub fn description_fault(fault: DescriptionFault) -> String {
    match fault {
        DescriptionFault::TooLong => "At most 256 characters".to_owned(),
        DescriptionFault::Character(refused) => format!(
            "AWS does not accept “{}” here. Use letters, numbers, spaces and _ . : / = + - @",
            spell_out_hidden(&refused.to_string())
        ),
    }
}

pub fn gate_block(block: &DeleteBlocked) -> String {
    let text = match block {
        DeleteBlocked::Forbidden(why) => return forbidden(why),
        DeleteBlocked::Active => "Deactivate it first. You can undo that",
        DeleteBlocked::NotTyped => "Type the last four characters of the key id, or paste the id",
        DeleteBlocked::WrongEnd => "These are not the last four characters of this key id",
        DeleteBlocked::Deleting => "Deleting…",
    };
    text.to_owned()
}

/// How fast background reads are sent.
pub fn request_rate(rate: RequestRate) -> String {
    match rate {
        RequestRate::PerSecond(requests) => format!("{requests} per second"),
        RequestRate::Unlimited => "Unlimited".to_owned(),
    }
}

/// Why the key in the delete dialog was not deleted: AWS lists it with a status other than inactive. `shown`: its status here.
pub fn not_inactive(listed: KeyStatus, shown: Option<KeyStatus>) -> (&'static str, String) {
    let (title, text) = match (listed, shown) {
        // What was just done here is shown, although the list does not have it.
        (_, Some(KeyStatus::Inactive | KeyStatus::Expired)) => (
            "Not deleted: AWS still lists this key as active",
            "A list can lag behind a change for some seconds. Try again shortly.",
        ),
        (KeyStatus::Active, _) => (
            "Not deleted: somebody activated this key again",
            "It may be in use. Check who needs it before you deactivate it.",
        ),
        _ => (
            "Not deleted: AWS does not list this key as inactive",
            "Its status is one that this version of Keyfob does not support.",
        ),
    };
    (title, text.to_owned())
}

/// Why a new key was not deleted: the list right before does not show it.
pub fn not_listed_yet() -> (&'static str, String) {
    let text = "A list can lag behind a change for some seconds. Try again shortly.";
    ("Not deleted: AWS does not list this key yet", text.to_owned())
}

/// "After 45 seconds", "After 5 minutes"
pub fn clipboard_clears(clears: ClipboardClears) -> String {
    match clears.after().map(|after| after.as_secs()) {
        Some(secs) if secs >= 120 => format!("After {} minutes", secs / 60),
        Some(secs) => format!("After {secs} seconds"),
        None => "When Keyfob closes".to_owned(),
    }
}

pub fn trouble(trouble: SimulatedFault) -> &'static str {
    match trouble {
        SimulatedFault::Slow => "Slow: responses take 5 seconds",
        SimulatedFault::Throttled => "Throttled by IAM",
        SimulatedFault::Denied => "Denied: changes and key lists",
        SimulatedFault::AnswerLost => "Responses to changes are lost",
        SimulatedFault::KeyNotYetValid => "New keys are not valid yet",
        SimulatedFault::SessionOver => "Session expired, until you sign in again",
        SimulatedFault::ClockAhead => "Server's clock is 14 minutes ahead",
        SimulatedFault::ListsLag => "Key lists are 10 seconds behind",
    }
}

/// What the row of a user shows beside the name: "2 keys, Older than 90 days".
pub fn user_row(open: &OpenAccount, user: &UserName, now: Moment) -> String {
    let count = open.keys_of(user).and_then(|keys| keys.count());
    let mut text = match count {
        None => "key count not loaded yet".to_owned(),
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

/// "4,812"
pub fn number(count: usize) -> String {
    thousands(count)
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
            "ci-deployer has 2 of 2 keys. Delete one first"
        );
    }
}
