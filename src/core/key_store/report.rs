//! What a credential report says about keys. It holds no key ids, and lists two keys of a user at most.

use jiff::Timestamp;

use crate::domain::{AccessKey, KeyStatus, LastUse, UserName};

/// A report of the keys of an account.
pub struct Report {
    /// When AWS made it: up to four hours before it is read.
    pub as_of: Timestamp,
    pub users: Vec<(UserName, Vec<ReportedKey>)>,
}

/// A key as a report lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedKey {
    /// 1 or 2.
    pub slot: u8,
    pub status: KeyStatus,
    /// `access_key_N_last_rotated`, which is when the key was created.
    pub created: Option<Timestamp>,
    pub last_use: LastUse,
}

impl ReportedKey {
    /// The key that this is about: the only one that was created in the same second.
    pub(super) fn only_one_of<'a>(&self, keys: impl Iterator<Item = &'a AccessKey>) -> Option<&'a AccessKey> {
        let second = self.created?.as_second();
        let mut same = keys.filter(|key| key.created.is_some_and(|created| created.as_second() == second));
        same.next().filter(|_| same.next().is_none())
    }
}
