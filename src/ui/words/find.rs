//! Where a key belongs, in words.

use super::{choice, explain};
use crate::core::{KeyLocation, Model};
use crate::domain::{Cause, Failure, KeyId, grouped_account_id, spell_out_hidden};

pub const FIND_HINT: &str = "Type a user name or path, or paste text that contains a key id";

/// The sentence under a key id.
pub fn whereabouts(model: &Model, key: &KeyId, place: &KeyLocation) -> String {
    match place {
        KeyLocation::Here(user) => format!("Key of {}", spell_out_hidden(user.as_str())),
        KeyLocation::NoUser => {
            "In this account, but not owned by an IAM user; possibly a root key".to_owned()
        }
        KeyLocation::Elsewhere(account) => {
            let known = opened_as(model, account);
            let known = known.map(|name| format!(" ({name})")).unwrap_or_default();
            format!("This key belongs to account {}{known}, not to this account", grouped_account_id(account))
        }
        KeyLocation::Temporary(account) => {
            let of = account.as_ref().map(|id| format!(" in account {}", grouped_account_id(id)));
            format!("Temporary key of a session{}; it expires by itself", of.unwrap_or_default())
        }
        KeyLocation::NotKnown | KeyLocation::Looking => "Asking AWS who owns it…".to_owned(),
        KeyLocation::Failed(failure) => not_found(model, key, failure),
    }
}

/// AWS gives the same answer for a key that does not exist, a key of another account and a request that is not allowed.
fn not_found(model: &Model, key: &KeyId, failure: &Failure) -> String {
    let account = model.open.as_ref().map(|open| &open.account);
    let ours = account.is_some_and(|account| key.account().as_ref() == Some(&account.id));
    match &failure.cause {
        Cause::Denied(_) | Cause::NoSuchEntity(_) if ours => {
            "In this account, but deleted, or iam:GetAccessKeyLastUsed is denied".to_owned()
        }
        Cause::Denied(_) | Cause::NoSuchEntity(_) => {
            "Not found in this account, or iam:GetAccessKeyLastUsed is denied".to_owned()
        }
        _ => explain(failure, account),
    }
}

/// The profile with which an account was opened before.
fn opened_as(model: &Model, account: &str) -> Option<String> {
    let opened = model.settings.opened.iter().find(|opened| opened.account_id == account)?;
    Some(choice(&opened.choice))
}
