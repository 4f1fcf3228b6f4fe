//! The answer of `ListAccessKeys`.

use std::collections::BTreeMap;

use super::{AccessKey, Failure, KeyId, KeyStatus};

/// What a server says of a key in a form that cannot be understood. For display only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OddValues {
    pub status: Option<String>,
    pub created: Option<String>,
}

/// The keys of a user, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyList {
    pub keys: Vec<AccessKey>,
    pub odd: BTreeMap<KeyId, OddValues>,
    /// Why there may be more.
    pub incomplete: Option<Failure>,
}

impl KeyList {
    /// Adds an entry; one that is there already counts once. Where the two contradict each other, nothing is certain.
    pub fn add(&mut self, key: AccessKey, odd: OddValues) {
        if odd != OddValues::default() {
            self.odd.insert(key.id.clone(), odd);
        }
        match self.keys.iter_mut().find(|known| known.id == key.id) {
            Some(known) if known.status != key.status => known.status = KeyStatus::Unknown,
            Some(_) => {}
            None => self.keys.push(key),
        }
    }

    /// All keys, or why they are not known.
    ///
    /// # Errors
    /// If the list is incomplete.
    pub fn complete(self) -> Result<Vec<AccessKey>, Failure> {
        match self.incomplete {
            None => Ok(self.keys),
            Some(failure) => Err(failure),
        }
    }
}

impl From<Vec<AccessKey>> for KeyList {
    fn from(keys: Vec<AccessKey>) -> Self {
        Self { keys, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_comes_twice_counts_once() {
        let key = |status| AccessKey { id: KeyId::new("AKIA1"), status, created: None };
        let mut list = KeyList::default();
        list.add(key(KeyStatus::Active), OddValues::default());
        list.add(key(KeyStatus::Active), OddValues::default());
        assert_eq!(list.keys, [key(KeyStatus::Active)]);
        list.add(key(KeyStatus::Inactive), OddValues::default());
        assert_eq!(list.keys, [key(KeyStatus::Unknown)], "neither is certain");
    }
}
