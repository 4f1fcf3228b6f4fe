//! Entries of the activity, in words.

use jiff::Timestamp;

use super::{Zone, ago, caller};
use crate::domain::{Caller, Deed, Outcome, Reason, What, visible};

pub fn what(what: What) -> &'static str {
    match what {
        What::Create => "Create a key for",
        What::Activate => "Activate a key of",
        What::Deactivate => "Deactivate a key of",
        What::Delete => "Delete a key of",
        What::Describe => "Describe a key of",
        What::RemoveDescription => "Remove the description for",
    }
}

/// "Deactivate a key of bob"
pub fn deed(deed: &Deed) -> String {
    format!("{} {}", what(deed.what), visible(deed.user.as_str()))
}

pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "Done",
        Outcome::NotDone => "Failed",
        Outcome::NotKnown => "Unknown",
    }
}

pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Denied(action) => format!("AWS denied {}", visible(action)),
        Reason::SessionOver => "The session had expired".to_owned(),
        Reason::CallerNotAccepted => "AWS rejected the caller's key or clock".to_owned(),
        Reason::Throttled => "Throttled by AWS".to_owned(),
        Reason::Limit => "The limit was reached".to_owned(),
        Reason::Gone => "It no longer existed".to_owned(),
        Reason::Refused(code) => format!("AWS refused it: {}", visible(code)),
        Reason::Failed(status) => format!("AWS returned an internal error (HTTP {status})"),
        Reason::NoAnswer => "AWS's response was lost".to_owned(),
        Reason::NotSent => "The request did not reach AWS".to_owned(),
    }
}

/// The accessible name of a row.
pub fn deed_spoken(one: &Deed, now: Timestamp) -> String {
    let key = one.key.as_ref().map(|key| format!(", {key}")).unwrap_or_default();
    let why = one.reason.as_ref().map(|why| format!(": {}", reason(why))).unwrap_or_default();
    format!(
        "{}{key}, {}{why}, {}, by {}",
        deed(one),
        outcome(one.outcome),
        ago(one.at, now),
        caller(&Caller::from_arn(&one.caller))
    )
}

/// The text that the search looks at: everything that a row shows, and its tooltips.
pub fn deed_text(one: &Deed) -> String {
    let key = one.key.as_ref().map(ToString::to_string).unwrap_or_default();
    let why = one.reason.as_ref().map(reason).unwrap_or_default();
    let id = one.request_id.as_deref().unwrap_or_default();
    let (what, outcome) = (deed(one), outcome(one.outcome));
    format!("{what} {key} {outcome} {why} {id} {} {} {}", one.caller, one.account.name, one.account.id)
        .to_lowercase()
}

/// "214 entries", "3 of 214 entries"
pub fn entries(shown: usize, all: usize) -> String {
    let noun = if all == 1 { "entry" } else { "entries" };
    if shown == all { format!("{all} {noun}") } else { format!("{shown} of {all} {noun}") }
}

/// The suggested name of an exported file.
pub fn report_file(now: Timestamp, zone: &Zone) -> String {
    format!("keyfob-activity-{}.csv", super::times::iso_date(now, zone))
}
