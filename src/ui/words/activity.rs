//! What was done, in words.

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
        Outcome::NotDone => "Not done",
        Outcome::NotKnown => "Not known",
    }
}

pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Denied(action) => format!("AWS denied {}", visible(action)),
        Reason::SessionOver => "The session was over".to_owned(),
        Reason::CallerNotAccepted => "AWS did not accept the caller's key or clock".to_owned(),
        Reason::Throttled => "Throttled by AWS".to_owned(),
        Reason::Limit => "The limit was reached".to_owned(),
        Reason::Gone => "It did not exist any more".to_owned(),
        Reason::Refused(code) => format!("AWS refused it: {}", visible(code)),
        Reason::Failed(status) => format!("AWS had a failure of its own (HTTP {status})"),
        Reason::NoAnswer => "AWS's answer was lost".to_owned(),
        Reason::NotSent => "It did not reach AWS".to_owned(),
    }
}

/// What a screen reader says of a row.
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

/// What is searched: everything that a row shows or tells on hover.
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

/// The name of a report's file.
pub fn report_file(now: Timestamp, zone: &Zone) -> String {
    format!("keyfob-activity-{}.csv", super::times::iso_date(now, zone))
}
