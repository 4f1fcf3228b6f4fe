//! What toasts and banners say: what was done, what failed, what became of a creation that did not end.

use jiff::Timestamp;

use super::{Zone, ago, clock_time, explain, not_changed, not_handed_over, settings_not_read, status};
use crate::core::{Event, Search, Unfinished};
use crate::domain::{Account, KeyId, KeyStatus, UserName, grouped_account_id, visible};

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

/// The same where its account is not open, and nothing can be found out.
pub fn unfinished_elsewhere(one: &Unfinished) -> (String, String) {
    let user = visible(one.intent.user.as_str());
    let (account, id) = (visible(&one.intent.account.name), grouped_account_id(&one.intent.account.id));
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
        Event::NotDeleted { user, key, failure } => {
            let of = of(key, user);
            let what = if failure.is_lost() {
                format!("AWS did not say whether {of} was deleted")
            } else {
                format!("{of} could not be deleted")
            };
            (what, because(failure))
        }
        Event::Described { key, text, .. } => {
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
        Event::NotRead { user, failure } => {
            let what = user.as_ref().map(|user| format!("keys of {}", visible(user.as_str())));
            let what = what.unwrap_or_else(|| "users".to_owned());
            (format!("The {what} could not be read"), because(failure))
        }
        Event::PageNotOpened { url, reason } => {
            (format!("The browser could not be opened for {}", visible(url)), reason.clone())
        }
        Event::SettingsNotRead { trouble } => settings_not_read(trouble),
        Event::ActivityNotKept { reason } => {
            ("The activity of this computer could not be written or read".to_owned(), reason.clone())
        }
    }
}
