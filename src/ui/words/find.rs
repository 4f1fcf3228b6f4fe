//! Where a key is, in words.

use super::{choice, explain};
use crate::core::{Model, Whereabouts};
use crate::domain::{Cause, Failure, KeyId, grouped_account_id, visible};

pub const FIND_HINT: &str = "Type a user name or a path, or paste a key id or a text that has one in it";

/// The sentence under a key id.
pub fn whereabouts(model: &Model, key: &KeyId, place: &Whereabouts) -> String {
    match place {
        Whereabouts::Here(user) => format!("Key of {}", visible(user.as_str())),
        Whereabouts::Nobodys => "Of this account, and of no IAM user: it may be the root user's".to_owned(),
        Whereabouts::Elsewhere(account) => {
            let known = opened_as(model, account);
            let known = known.map(|name| format!(" ({name})")).unwrap_or_default();
            format!("This key belongs to account {}{known}, not to this one", grouped_account_id(account))
        }
        Whereabouts::Temporary(account) => {
            let of = account.as_ref().map(|id| format!(" in account {}", grouped_account_id(id)));
            format!("The temporary key of a session{}: it ends by itself", of.unwrap_or_default())
        }
        Whereabouts::NotKnown | Whereabouts::Looking => "Asking AWS whose it is…".to_owned(),
        Whereabouts::Failed(failure) => not_found(model, key, failure),
    }
}

/// AWS answers the same for a key that is nowhere, one of another account, and a question that is not allowed.
fn not_found(model: &Model, key: &KeyId, failure: &Failure) -> String {
    let account = model.open.as_ref().map(|open| &open.account);
    let ours = account.is_some_and(|account| key.account().as_ref() == Some(&account.id));
    match &failure.cause {
        Cause::Denied(_) | Cause::NoSuchEntity(_) if ours => {
            "Of this account, but deleted, or iam:GetAccessKeyLastUsed is denied".to_owned()
        }
        Cause::Denied(_) | Cause::NoSuchEntity(_) => {
            "Not found in this account, or iam:GetAccessKeyLastUsed is denied".to_owned()
        }
        _ => explain(failure, account),
    }
}

/// As what an account was opened before.
fn opened_as(model: &Model, account: &str) -> Option<String> {
    let opened = model.settings.opened.iter().find(|opened| opened.account_id == account)?;
    Some(choice(&opened.choice))
}
