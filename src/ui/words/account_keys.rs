//! The page of all keys, in words.

use jiff::Timestamp;

use super::{Zone, advice, ago, clock_time, explain, finding, long_age, since, status, thousands, users};
use crate::core::{Model, OpenAccount, SweepPause, SweepState};
use crate::domain::{Finding, KeyReportFormat, KeyStatus, LastUse, Moment, Policy, spell_out_hidden};
use crate::ui::account_keys::Chip;
use crate::ui::widgets::TabCount;

pub const FILTER_HINT: &str = "Filter by user, key id, description";
pub const NOT_KNOWN_YET: &str = "Not known yet";
pub const ID_NOT_KNOWN: &str =
    "The credential report contains no key ids. They load user by user, those in view first";
pub const ROOT_HAS_NO_ID: &str = "AWS does not report the ids of the root user's keys";
pub const ROOT_HAS_NO_PAGE: &str = "Only the root user itself can manage its keys";

/// Why the id of a key cannot be copied.
pub fn no_id(is_root: bool) -> &'static str {
    if is_root { ROOT_HAS_NO_ID } else { ID_NOT_KNOWN }
}

/// "312" and "312 keys", on the tab, once all keys are known.
pub(in crate::ui) fn tab_count(model: &Model) -> TabCount {
    // Before that, a part of the keys would look like all of them.
    let is_known = |open: &&OpenAccount| {
        open.inventory.report.report.value.is_some() || open.inventory.sweep.state() == SweepState::Done
    };
    match model.open.as_ref().filter(is_known).map(|open| open.keys.count()) {
        None => TabCount::None,
        Some(keys) => TabCount::Listed(thousands(keys), count(keys)),
    }
}

/// "1 key", "312 keys"
pub fn count(keys: usize) -> String {
    let noun = if keys == 1 { "key" } else { "keys" };
    format!("{} {noun}", thousands(keys))
}

/// The number of hits, and the rest of the sentence: "121" and "of 312 keys".
pub fn hits(shown: usize, all: usize) -> (String, String) {
    if shown == all {
        let noun = if all == 1 { "key" } else { "keys" };
        return (thousands(all), noun.to_owned());
    }
    (thousands(shown), format!("of {}", count(all)))
}

pub(in crate::ui) fn chip(chip: Chip, policy: &Policy) -> String {
    match chip {
        Chip::Active => "Active".to_owned(),
        Chip::Inactive => "Inactive".to_owned(),
        Chip::Old => format!("Older than {} days", policy.max_age_days.get()),
        Chip::Unused => format!("Unused for {} days", policy.max_unused_days.get()),
        Chip::NeverUsed => "Never used".to_owned(),
        Chip::SeveralActive => "Two active".to_owned(),
        Chip::LongInactive => "Long inactive".to_owned(),
        Chip::WithFindings => "With findings".to_owned(),
        Chip::Root => "Root".to_owned(),
        Chip::Keyfob => "In use by Keyfob".to_owned(),
    }
}

/// What a chip means, on hover.
pub(in crate::ui) fn chip_tip(chip: Chip, policy: &Policy) -> String {
    match chip {
        Chip::Active => "Active keys".to_owned(),
        Chip::Inactive => "Inactive keys".to_owned(),
        Chip::Old => "Older than the maximum key age of their user, active or not".to_owned(),
        Chip::Unused => {
            let days = policy.max_unused_days.get();
            format!("Not used for more than {days} days. A key that was never used counts from its creation")
        }
        Chip::NeverUsed => "Never used since AWS began to track it".to_owned(),
        Chip::SeveralActive => "Active keys of users with more than one active key".to_owned(),
        Chip::LongInactive => {
            let days = policy.max_unused_days.get();
            format!("Inactive, and not used for more than {days} days")
        }
        Chip::WithFindings => "Keys with a finding to review".to_owned(),
        Chip::Root => "Keys of the root user".to_owned(),
        Chip::Keyfob => "Keyfob itself signs in with this key".to_owned(),
    }
}

/// "90 to 119 days", "360 days or more"
pub fn ages(first: u32, last: Option<u32>) -> String {
    match last {
        Some(last) => format!("{first} to {last} days"),
        None => format!("{first} days or more"),
    }
}

/// What a row tells assistive technology beside its key: "Active, 412 d old, used 3 hours ago, Older than 90 days".
pub fn row(
    is: KeyStatus,
    created: Option<Timestamp>,
    last_use: Option<&LastUse>,
    findings: &[Finding],
    now: Moment,
) -> String {
    let mut parts = vec![status(is).to_owned()];
    parts.extend(created.map(|created| format!("{} old", long_age(created, now.date))));
    parts.push(match last_use {
        None => "last use not known yet".to_owned(),
        Some(LastUse::Never) => "never used".to_owned(),
        Some(LastUse::At { when, .. }) => format!("used {}", ago(*when, now)),
    });
    parts.extend(findings.iter().map(|one| finding(*one)));
    parts.join(", ")
}

/// A sentence for each finding, one a line, with its item of the benchmark.
pub fn findings(found: &[Finding], used: Option<&LastUse>, now: Moment) -> String {
    let line = |one: &Finding| {
        let item = one.cis_item().map(|item| format!(" (CIS {item})")).unwrap_or_default();
        format!("{}{item}: this key {}", finding(*one), advice(*one, used, now))
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// "3 keys selected", and "2 active, of 3 users".
pub fn selected(keys: usize, active: usize, users: usize) -> (String, String) {
    let noun = if users == 1 { "user" } else { "users" };
    (
        format!("{} selected", count(keys)),
        format!("{} active, of {} {noun}", thousands(active), thousands(users)),
    )
}

/// The limit in the histogram.
pub fn limit(days: u32) -> String {
    format!("Limit {days} days")
}

pub const EXPORT_HINT: &str = "With key ids, findings and the time of the data. The file contains no secrets";

/// The suggested name of an exported file.
pub fn report_file(now: Timestamp, zone: &Zone, format: KeyReportFormat) -> String {
    format!("keyfob-keys-{}.{}", super::times::iso_date(now, zone), format.extension())
}

/// How old the data of a report is, in UTC.
pub fn data(open: &OpenAccount) -> String {
    let time = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    let source = match (&open.inventory.report.report.value, open.users.list.as_of) {
        (Some(report), _) => format!("credential report of {}", time(report.made)),
        (None, Some(as_of)) => format!("key lists, users as of {}", time(as_of.date)),
        (None, None) => "key lists, not all users have loaded".to_owned(),
    };
    let progress = open.inventory.sweep.progress();
    let known = progress.users.saturating_sub(progress.key_ids);
    format!("{source}; key ids known for {known} of {}", users(progress.users))
}

/// What findings are measured by, for a report.
pub fn limits(policy: &Policy) -> Vec<String> {
    vec![
        format!("maximum key age {} days", policy.max_age_days.get()),
        format!("{} days for machine users", policy.machine_max_age_days.get()),
        format!("maximum time unused {} days", policy.max_unused_days.get()),
        format!("grace period {} days", policy.grace_days.get()),
    ]
}

/// "Report of 14:02 today, 6 min old · key ids known for 214 of 312 users"
pub fn freshness(open: &OpenAccount, now: Moment, zone: &Zone) -> String {
    let parts: Vec<String> = report(open, now, zone).into_iter().chain(sweep(open)).collect();
    parts.join(" · ")
}

fn report(open: &OpenAccount, now: Moment, zone: &Zone) -> Option<String> {
    let status = &open.inventory.report;
    let known = status.report.value.as_ref().map(|summary| summary.made);
    if status.report.is_loading() && known.is_none() {
        let text = match status.generating_since {
            Some(_) => "AWS is generating the credential report…",
            None => "Loading the credential report…",
        };
        return Some(text.to_owned());
    }
    if let Some(failure) = status.fallback() {
        return Some(if failure.is_denied() {
            format!("Built from key lists because {} is missing", spell_out_hidden(failure.action))
        } else {
            "Built from key lists because the credential report could not be loaded".to_owned()
        });
    }
    let made = known?;
    let when = since(made, now, zone);
    let today = if when == clock_time(made, zone) { " today" } else { "" };
    let refreshing = if status.report.is_loading() { ", refreshing…" } else { "" };
    let failed = if status.report.failure().is_some() { ", refresh failed" } else { "" };
    Some(format!("Report of {when}{today}, {}{refreshing}{failed}", old(made, now.date)))
}

/// "6 min old", "2 h old"
fn old(then: Timestamp, now: Timestamp) -> String {
    match now.duration_since(then).as_mins() {
        ..1 => "just generated".to_owned(),
        minutes @ 1..60 => format!("{minutes} min old"),
        minutes @ 60..1440 => format!("{} h old", minutes / 60),
        minutes => format!("{} d old", minutes / 1440),
    }
}

fn sweep(open: &OpenAccount) -> Option<String> {
    let sweep = &open.inventory.sweep;
    let progress = sweep.progress();
    let of_users = |what: &str, left: usize| {
        let known = progress.users.saturating_sub(left);
        format!("{what} known for {} of {}", thousands(known), users(progress.users))
    };
    let known = if progress.key_ids > 0 {
        of_users("key ids", progress.key_ids)
    } else if progress.last_uses > 0 {
        format!("{} last uses to load", thousands(progress.last_uses))
    } else {
        of_users("descriptions", progress.descriptions)
    };
    match sweep.state() {
        SweepState::Running => Some(known),
        SweepState::Paused(SweepPause::Administrator) => Some(format!("{known}, paused")),
        SweepState::Paused(SweepPause::SessionOver) => {
            Some(format!("{known}, continues once you sign in again"))
        }
        SweepState::Paused(SweepPause::Failing(_)) => Some(format!("{known}, paused after several errors")),
        SweepState::Cancelled => Some(format!("{known}, cancelled")),
        SweepState::Done if progress.failed > 0 => {
            Some(format!("{} requests failed", thousands(progress.failed)))
        }
        SweepState::Off | SweepState::Done => None,
    }
}

/// Why something could not be loaded, in full.
pub fn trouble(open: &OpenAccount) -> Option<String> {
    let of_report = open.inventory.report.report.failure().map(|(failure, _)| failure);
    let of_sweep = match open.inventory.sweep.state() {
        SweepState::Paused(SweepPause::Failing(failure)) => Some(failure),
        _ => None,
    };
    let all: Vec<String> =
        of_report.into_iter().chain(of_sweep).map(|failure| explain(failure, Some(&open.account))).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}
