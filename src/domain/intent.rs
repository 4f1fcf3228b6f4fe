//! The intent to create one key, recorded before the request is sent, so that no crash leaves an unnoticed key.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::account_ref::FlatAccountRef;
use super::{AccessKey, Account, AccountRef, KeyId, UserName};

/// How far the clocks of this computer and AWS may differ. The SDK corrects a wrong clock for its requests, and the most common
/// wrong clock is set to the local time of another zone: up to 26 hours apart.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_hours(26);

/// Unique across all runs on this computer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IntentId(String);

impl IntentId {
    /// `started`: when the program started; `number`: counts the creations of this run.
    pub fn new(started: Timestamp, number: u64) -> Self {
        Self(format!("{}-{number}", started.as_nanosecond()))
    }
}

impl fmt::Display for IntentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One `CreateAccessKey`, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    pub id: IntentId,
    #[serde(flatten, with = "FlatAccountRef")]
    pub account: AccountRef,
    pub user: UserName,
    pub at: Timestamp,
    /// The user's keys immediately before the request.
    pub known: Vec<KeyId>,
    /// The new key, once its secret has arrived.
    pub made: Option<KeyId>,
}

impl Intent {
    pub fn new(id: IntentId, account: &Account, user: UserName, at: Timestamp) -> Self {
        Self { id, account: AccountRef::from(account), user, at, known: Vec::new(), made: None }
    }

    /// The listed keys that this intent may have created: by id once it is known; otherwise those that did not exist before
    /// and are about as old as the intent. Somebody else may have created one of them.
    pub fn made_of<'a>(&self, keys: &'a [AccessKey]) -> impl Iterator<Item = &'a KeyId> {
        keys.iter().filter(|key| self.may_have_made(key)).map(|key| &key.id)
    }

    fn may_have_made(&self, key: &AccessKey) -> bool {
        if let Some(made) = &self.made {
            return *made == key.id;
        }
        let of_then = key.created.is_none_or(|at| at.duration_since(self.at).abs() <= CLOCKS_DIFFER);
        of_then && !self.known.contains(&key.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::KeyStatus;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(secs).unwrap()
    }

    fn intent() -> Intent {
        Intent {
            id: IntentId::new(at(0), 1),
            account: AccountRef {
                id: "123456789012".into(),
                name: "lab".into(),
                endpoint: "iam.amazonaws.com".into(),
            },
            user: UserName::new("bob"),
            at: at(1_000_000),
            known: vec![KeyId::new("old")],
            made: None,
        }
    }

    fn key(id: &str, created: i64) -> AccessKey {
        AccessKey { id: KeyId::new(id), status: KeyStatus::Active, created: Some(at(created)) }
    }

    #[test]
    fn the_key_that_was_not_there_before_is_the_one() {
        let keys = [key("old", 1_000_001), key("new", 1_000_002), key("later", 1_200_000)];
        let found: Vec<_> = intent().made_of(&keys).cloned().collect();
        assert_eq!(found, [KeyId::new("new")], "neither a known one nor one that was made days later");
    }

    #[test]
    fn once_its_id_is_known_no_other_key_is_taken_for_it() {
        let intent = Intent { made: Some(KeyId::new("mine")), ..intent() };
        let keys = [key("other", 1_000_001), key("mine", 1_000_001)];
        assert_eq!(intent.made_of(&keys).collect::<Vec<_>>(), [&KeyId::new("mine")]);
    }

    #[test]
    fn its_text_is_the_one_of_earlier_versions() {
        let text = r#"{"id":"0-1","account_id":"123456789012","account_name":"lab","endpoint":"iam.amazonaws.com","user":"bob","at":"1970-01-12T13:46:40Z","known":["old"],"made":null}"#;
        assert_eq!(serde_json::to_string(&intent()).unwrap(), text);
        assert_eq!(serde_json::from_str::<Intent>(text).unwrap(), intent());
    }
}
