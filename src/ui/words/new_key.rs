//! A new key, in words: the clipboard, where the pair was saved, whether the key works.

use super::explain;
use crate::core::{CHECKS_ENOUGH, Check, ClipboardState};
use crate::domain::{
    Caller, Moment, ProfileChange, ProfileChangeKind, SaveError, SavedPair, spell_out_hidden,
};

/// The line beside the panel's title.
pub fn clipboard(clipboard: &ClipboardState, now: Moment) -> Option<String> {
    Some(match clipboard {
        ClipboardState::Idle => return None,
        ClipboardState::Copying => "Copying…".to_owned(),
        ClipboardState::Holds { until: Some(until), .. } => {
            let left = until.since(now.steady).as_secs().max(0);
            format!("Secret is on the clipboard, clears in {left} s")
        }
        ClipboardState::Holds { until: None, .. } => {
            "Secret is on the clipboard until Keyfob closes".to_owned()
        }
        ClipboardState::Cleared => "Clipboard cleared".to_owned(),
        ClipboardState::NotOurs => "The clipboard holds something else now, so it was not cleared".to_owned(),
        ClipboardState::NotCleared => "The clipboard could not be cleared. Clear it by hand".to_owned(),
        ClipboardState::NotCopied => "Not copied: the clipboard is not available".to_owned(),
    })
}

/// Where a pair was saved.
pub fn handed_over(written: &SavedPair) -> String {
    let path = written.path.display().to_string();
    match &written.profile {
        Some(profile) => {
            format!("Saved as profile {} in {}", spell_out_hidden(profile), spell_out_hidden(&path))
        }
        None => format!("Saved to {}", spell_out_hidden(&path)),
    }
}

pub fn not_handed_over(why: &SaveError) -> String {
    match why {
        SaveError::Exists(path) => {
            format!("{} already exists", spell_out_hidden(&path.display().to_string()))
        }
        SaveError::Failed(why) => spell_out_hidden(why).into_owned(),
    }
}

/// The effect of saving to a profile.
pub fn profile_change(change: &ProfileChange) -> String {
    let file = change.file.display().to_string();
    let file = spell_out_hidden(&file);
    match &change.kind {
        ProfileChangeKind::New => format!("Adds a profile to {file}:"),
        ProfileChangeKind::GetsKey => format!("Adds this key to the existing profile in {file}:"),
        ProfileChangeKind::Replaces(key) => format!("Replaces {} in {file}:", spell_out_hidden(key.as_str())),
    }
}

/// Whether a new key works; `None` before the check.
pub fn check(check: &Check, now: Moment) -> Option<String> {
    Some(match check {
        Check::Idle => return None,
        Check::UnderWay { answered: false, .. } => "Asking AWS…".to_owned(),
        Check::UnderWay { since, successes, .. } => {
            let secs = now.steady.since(*since).as_secs().max(0);
            match successes {
                0 => format!("Not accepted yet; AWS needs a few seconds ({secs} s)"),
                _ => format!("Accepted {successes} of {CHECKS_ENOUGH} times ({secs} s)"),
            }
        }
        Check::Works { arn } => match Caller::from_arn(arn) {
            Caller::User(user) => format!("Works: signed in as {}", spell_out_hidden(user.as_str())),
            _ => "Works".to_owned(),
        },
        Check::NotYet => "Not accepted within 60 s. This is rare; check again in a minute".to_owned(),
        Check::NotAsked(failure) => format!("Could not be checked. {}", explain(failure, None)),
    })
}
