//! Entries of the activity, in words.

use super::{Zone, ago, caller};
use crate::domain::{ActionKind, ActivityEntry, Caller, Moment, Outcome, Reason, spell_out_hidden};

pub fn what(what: ActionKind) -> &'static str {
    match what {
        ActionKind::Create => "Create a key for",
        ActionKind::Activate => "Activate a key of",
        ActionKind::Deactivate => "Deactivate a key of",
        ActionKind::Delete => "Delete a key of",
        ActionKind::Describe => "Describe a key of",
        ActionKind::RemoveDescription => "Remove the description for",
    }
}

/// "Deactivate a key of bob"
pub fn entry(entry: &ActivityEntry) -> String {
    format!("{} {}", what(entry.what), spell_out_hidden(entry.user.as_str()))
}

pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "Done",
        Outcome::Failed => "Failed",
        Outcome::Unknown => "Unknown",
    }
}

pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Denied(action) => format!("AWS denied {}", spell_out_hidden(action)),
        Reason::SessionOver => "The session had expired".to_owned(),
        Reason::CallerNotAccepted => "AWS rejected the caller's key or clock".to_owned(),
        Reason::Throttled => "Throttled by AWS".to_owned(),
        Reason::Limit => "The limit was reached".to_owned(),
        Reason::AlreadySet => "It had this status already".to_owned(),
        Reason::Gone => "It no longer existed".to_owned(),
        Reason::Refused(code) => format!("AWS refused it: {}", spell_out_hidden(code)),
        Reason::Failed(status) => format!("AWS returned an internal error (HTTP {status})"),
        Reason::NoAnswer => "AWS's response was lost".to_owned(),
        Reason::NotSent => "The request did not reach AWS".to_owned(),
        Reason::NotInactive => "The key was not inactive".to_owned(),
    }
}

/// The accessible name of a row.
pub fn deed_spoken(one: &ActivityEntry, now: Moment) -> String {
    let key = one.key.as_ref().map(|key| format!(", {key}")).unwrap_or_default();
    let why = one.reason.as_ref().map(|why| format!(": {}", reason(why))).unwrap_or_default();
    format!(
        "{}{key}, {}{why}, {}, by {}",
        entry(one),
        outcome(one.outcome),
        ago(one.at, now),
        caller(&Caller::from_arn(&one.caller))
    )
}

/// The text that the search looks at: everything that a row shows, and its tooltips.
pub fn deed_text(one: &ActivityEntry) -> String {
    let key = one.key.as_ref().map(ToString::to_string).unwrap_or_default();
    let why = one.reason.as_ref().map(reason).unwrap_or_default();
    let id = one.request_id.as_deref().unwrap_or_default();
    let (what, outcome) = (entry(one), outcome(one.outcome));
    format!("{what} {key} {outcome} {why} {id} {} {} {}", one.caller, one.account.name, one.account.id)
        .to_lowercase()
}

/// "214 entries", "3 of 214 entries"
pub fn entries(shown: usize, all: usize) -> String {
    let noun = if all == 1 { "entry" } else { "entries" };
    if shown == all { format!("{all} {noun}") } else { format!("{shown} of {all} {noun}") }
}

/// The suggested name of an exported file.
pub fn report_file(now: Moment, zone: &Zone) -> String {
    format!("keyfob-activity-{}.csv", super::times::iso_date(now.date, zone))
}
