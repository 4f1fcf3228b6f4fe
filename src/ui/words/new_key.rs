//! A new key, in words: the clipboard, where the pair was saved, whether the key works.

use jiff::Timestamp;

use super::explain;
use crate::core::{CHECKS_ENOUGH, Check, Clipboard};
use crate::domain::{Caller, HandedOver, NotHandedOver, ProfileChange, ProfileChangeKind, visible};

/// The line beside the panel's title.
pub fn clipboard(clipboard: &Clipboard, now: Timestamp) -> Option<String> {
    Some(match clipboard {
        Clipboard::Idle => return None,
        Clipboard::Copying => "Copying…".to_owned(),
        Clipboard::Holds { until: Some(until), .. } => {
            let left = until.duration_since(now).as_secs().max(0);
            format!("Secret is on the clipboard, clears in {left} s")
        }
        Clipboard::Holds { until: None, .. } => "Secret is on the clipboard until Keyfob closes".to_owned(),
        Clipboard::Cleared => "Clipboard cleared".to_owned(),
        Clipboard::NotOurs => "The clipboard holds something else now, so it was not cleared".to_owned(),
        Clipboard::NotCleared => "The clipboard could not be cleared. Clear it by hand".to_owned(),
        Clipboard::NotCopied => "Not copied: the clipboard is not available".to_owned(),
    })
}

/// Where a pair was saved.
pub fn handed_over(written: &HandedOver) -> String {
    let path = written.path.display().to_string();
    match &written.profile {
        Some(profile) => format!("Saved as profile {} in {}", visible(profile), visible(&path)),
        None => format!("Saved to {}", visible(&path)),
    }
}

pub fn not_handed_over(why: &NotHandedOver) -> String {
    match why {
        NotHandedOver::Exists(path) => format!("{} already exists", visible(&path.display().to_string())),
        NotHandedOver::Failed(why) => visible(why).into_owned(),
    }
}

/// The effect of saving to a profile.
pub fn profile_change(change: &ProfileChange) -> String {
    let file = change.file.display().to_string();
    let file = visible(&file);
    match &change.kind {
        ProfileChangeKind::New => format!("Adds a profile to {file}:"),
        ProfileChangeKind::GetsKey => format!("Adds this key to the existing profile in {file}:"),
        ProfileChangeKind::Replaces(key) => format!("Replaces {} in {file}:", visible(key.as_str())),
    }
}

/// Whether a new key works; `None` before the check.
pub fn check(check: &Check, now: Timestamp) -> Option<String> {
    Some(match check {
        Check::Idle => return None,
        Check::UnderWay { answered: false, .. } => "Asking AWS…".to_owned(),
        Check::UnderWay { since, successes, .. } => {
            let secs = now.duration_since(*since).as_secs().max(0);
            match successes {
                0 => format!("Not accepted yet; AWS needs a few seconds ({secs} s)"),
                _ => format!("Accepted {successes} of {CHECKS_ENOUGH} times ({secs} s)"),
            }
        }
        Check::Works { arn } => match Caller::from_arn(arn) {
            Caller::User(user) => format!("Works: signed in as {}", visible(user.as_str())),
            _ => "Works".to_owned(),
        },
        Check::NotYet => "Not accepted within 60 s. This is rare; check again in a minute".to_owned(),
        Check::NotAsked(failure) => format!("Could not be checked. {}", explain(failure, None)),
    })
}
