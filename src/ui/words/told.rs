//! Toasts and banners: changes, failures, and creations whose result is unknown.

use super::{
    Zone, ago, batch_ended, batch_rest, clock_time, explain, not_changed, not_handed_over, settings_not_read,
    status,
};
use crate::core::{NoticeKind, Search, Unfinished};
use crate::domain::{Account, KeyId, KeyStatus, Moment, UserName, grouped_account_id, spell_out_hidden};

/// An unfinished creation: a title and the details.
pub fn unfinished(one: &Unfinished, zone: &Zone, now: Moment) -> (String, String) {
    let user = spell_out_hidden(one.intent.user.as_str());
    let at = format!("{} ({})", clock_time(one.intent.at, zone), ago(one.intent.at, now));
    let why = one.failure.as_ref().map(|failure| explain(failure, None)).unwrap_or_default();
    let lost = "Its secret is lost and cannot be retrieved. Delete the key and create another.";
    match (&one.search, &one.failure) {
        (Search::Orphans(keys), Some(_)) if keys.len() == 1 => {
            let key = list(keys);
            (format!("{key} of {user} was created, but AWS's response was lost"), format!("{lost} {why}"))
        }
        (Search::Orphans(keys), Some(_)) => (
            format!("Keyfob created one of {} for {user}, but AWS's response was lost", list(keys)),
            format!("Somebody else created the others. Delete the one that nobody recognises. {why}"),
        ),
        (Search::Orphans(keys), None) if one.intent.made.is_some() => (
            format!(
                "{} of {user} was created at {at}, but Keyfob closed before its secret was saved",
                list(keys)
            ),
            "If nobody has the secret, delete the key and create another.".to_owned(),
        ),
        (Search::Orphans(keys), None) => (
            format!("{} of {user} was created at {at}, when Keyfob closed while creating a key", list(keys)),
            "Unless somebody else created it then, nobody has its secret. Delete the key and create another."
                .to_owned(),
        ),
        (Search::Nothing, _) => (
            format!("Probably no key was created for {user}"),
            format!("AWS's response was lost, and no new key appeared within 30 seconds. {why}"),
        ),
        (Search::NotListed(failure), _) => (
            format!("A key may have been created for {user} at {at}"),
            format!(
                "The user's keys could not be listed. Refresh before you create another key. {}",
                explain(failure, None)
            ),
        ),
        (Search::Waiting, _) => (
            format!("A key for {user} was being created at {at} when Keyfob closed"),
            "Checking whether AWS created it…".to_owned(),
        ),
    }
}

/// The same for an account that is not open, where nothing can be checked.
pub fn unfinished_elsewhere(one: &Unfinished) -> (String, String) {
    let user = spell_out_hidden(one.intent.user.as_str());
    let (account, id) =
        (spell_out_hidden(&one.intent.account.name), grouped_account_id(&one.intent.account.id));
    let (when, what) = if one.failure.is_some() {
        ("and AWS's response was lost", "Open this account to see whether the key exists.")
    } else {
        ("when Keyfob closed", "Open this account to see whether the key exists.")
    };
    (format!("A key for {user} in {account} {id} was being created {when}"), what.to_owned())
}

fn list(keys: &[KeyId]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| spell_out_hidden(key.as_str())).collect();
    keys.join(", ")
}

/// An event: a title and the details.
pub fn event(event: &NoticeKind, account: Option<&Account>) -> (String, String) {
    let of = |key: &KeyId, user: &UserName| format!("{} of {}", key.short(), spell_out_hidden(user.as_str()));
    let because = |failure| explain(failure, account);
    match event {
        NoticeKind::StatusSet { user, key, status: set, .. } => {
            (format!("{} is {}", of(key, user), status(*set).to_lowercase()), String::new())
        }
        NoticeKind::Deleted { key, .. } => (format!("{} was deleted", key.short()), String::new()),
        NoticeKind::GoneAlready { user, key } => {
            (format!("{} no longer exists: it was deleted outside Keyfob", of(key, user)), String::new())
        }
        NoticeKind::NotDeleted { user, key, failure } => {
            let of = of(key, user);
            let what = if failure.is_lost() {
                format!("AWS did not confirm whether {of} was deleted")
            } else {
                format!("{of} could not be deleted")
            };
            (what, because(failure))
        }
        NoticeKind::Described { key, text, .. } => {
            let done = if text.is_empty() { "removed" } else { "saved" };
            (format!("Description of {} {done}", key.short()), String::new())
        }
        NoticeKind::StatusRefused { user, key, status: wanted, failure } => {
            let done = if *wanted == KeyStatus::Active { "activated" } else { "deactivated" };
            (format!("{} could not be {done}", of(key, user)), because(failure))
        }
        NoticeKind::StatusLost { user, key, status: wanted, failure } => {
            let done = if *wanted == KeyStatus::Active { "activated" } else { "deactivated" };
            (
                format!("AWS did not confirm whether {} was {done}", of(key, user)),
                format!("{} Keyfob is checking again; the list will show the result.", because(failure)),
            )
        }
        NoticeKind::CreateRefused { user, failure, .. } => {
            (format!("No key was created for {}", spell_out_hidden(user.as_str())), because(failure))
        }
        NoticeKind::NotChanged { why } => not_changed(why),
        NoticeKind::PlaceRefused { user, why } => {
            (format!("No key was created for {}", spell_out_hidden(user.as_str())), not_handed_over(why))
        }
        NoticeKind::NothingWasCreated { user } => (
            format!("No key was created for {} when Keyfob closed", spell_out_hidden(user.as_str())),
            String::new(),
        ),
        NoticeKind::JournalNotWritten { reason } => (
            "The recovery journal cannot be written: a key created during a crash could go unnoticed"
                .to_owned(),
            reason.clone(),
        ),
        NoticeKind::NotDescribed { key, failure, .. } => (
            format!("The description of {} was not saved; the key itself is not affected", key.short()),
            because(failure),
        ),
        NoticeKind::NotUndescribed { key, failure, .. } => (
            format!(
                "{} was deleted, but its description, if it had one, is still in the user's tags",
                key.short()
            ),
            because(failure),
        ),
        NoticeKind::NotCopied { reason } => ("Not copied".to_owned(), reason.clone()),
        NoticeKind::NotPasted { reason } => ("Nothing was pasted".to_owned(), reason.clone()),
        NoticeKind::NotCleared { reason } => {
            ("The clipboard could not be cleared. Clear it by hand".to_owned(), reason.clone())
        }
        NoticeKind::SettingsNotSaved { reason } => {
            ("The settings could not be saved".to_owned(), reason.clone())
        }
        NoticeKind::NotRead { user, failure } => {
            let what = user.as_ref().map(|user| format!("keys of {}", spell_out_hidden(user.as_str())));
            let what = what.unwrap_or_else(|| "users".to_owned());
            (format!("The {what} could not be loaded"), because(failure))
        }
        NoticeKind::PageNotOpened { url, reason } => {
            (format!("The browser could not be opened for {}", spell_out_hidden(url)), reason.clone())
        }
        NoticeKind::BatchEnded { action, tally, undoes, .. } => {
            (batch_ended(*action, tally, *undoes), batch_rest(tally))
        }
        NoticeKind::BatchNotKept { reason } => (
            "The records of batches cannot be read or written: after a crash, Keyfob could not tell what a batch has changed"
                .to_owned(),
            reason.clone(),
        ),
        NoticeKind::SettingsNotRead { trouble } => settings_not_read(trouble),
        NoticeKind::ActivityNotKept { reason } => {
            ("The activity file could not be read or written".to_owned(), reason.clone())
        }
    }
}
