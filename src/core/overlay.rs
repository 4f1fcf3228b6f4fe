//! What was just done, held against lists that lag behind.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{AccessKey, KeyId, KeyStatus};

/// How long a list may contradict what was just done. IAM is eventually consistent; tools that wait give it 15 to 60 s.
const HOLD: SignedDuration = SignedDuration::from_secs(30);

#[derive(Clone, Debug)]
enum Expected {
    Made(AccessKey),
    Status(KeyStatus),
    Gone,
}

/// Own changes of the last 30 seconds to one user's keys.
#[derive(Clone, Debug, Default)]
pub struct Overlay(BTreeMap<KeyId, (Expected, Timestamp)>);

impl Overlay {
    pub fn made(&mut self, key: AccessKey, now: Timestamp) {
        self.0.insert(key.id.clone(), (Expected::Made(key), now + HOLD));
    }

    pub fn gone(&mut self, id: KeyId, now: Timestamp) {
        self.0.insert(id, (Expected::Gone, now + HOLD));
    }

    /// A key that was made a moment ago stays expected, with its new status.
    pub fn status(&mut self, id: &KeyId, status: KeyStatus, now: Timestamp) {
        let expected = match self.0.remove(id) {
            Some((Expected::Made(key), _)) => Expected::Made(AccessKey { status, ..key }),
            _ => Expected::Status(status),
        };
        self.0.insert(id.clone(), (expected, now + HOLD));
    }

    /// AWS refused: the list is right again, but for a key so new that it may not know it.
    pub fn forget(&mut self, id: &KeyId) {
        self.0.retain(|key, (expected, _)| key != id || matches!(expected, Expected::Made(_)));
    }

    /// What a list that was answered just now means: the list with the own changes that it may not know yet.
    pub fn apply(&mut self, mut keys: Vec<AccessKey>, now: Timestamp) -> Vec<AccessKey> {
        self.0.retain(|_, (_, until)| *until > now);
        for (id, (expected, _)) in &self.0 {
            let listed = keys.iter().position(|key| key.id == *id);
            match (expected, listed.and_then(|at| keys.get_mut(at))) {
                (Expected::Made(made), Some(key)) => key.status = made.status,
                (Expected::Made(made), None) => keys.push(made.clone()),
                (Expected::Status(status), Some(key)) => key.status = *status,
                (Expected::Gone, Some(_)) => keys.retain(|key| key.id != *id),
                (Expected::Status(_) | Expected::Gone, None) => {}
            }
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str, status: KeyStatus) -> AccessKey {
        AccessKey { id: KeyId::new(id), status, created: None }
    }

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(secs).unwrap()
    }

    #[test]
    fn a_lagging_list_does_not_undo_what_was_just_done() {
        let mut overlay = Overlay::default();
        overlay.made(key("new", KeyStatus::Active), at(0));
        overlay.status(&KeyId::new("old"), KeyStatus::Inactive, at(0));
        overlay.gone(KeyId::new("dead"), at(0));
        let lagging = vec![key("old", KeyStatus::Active), key("dead", KeyStatus::Inactive)];
        let shown = overlay.apply(lagging, at(5));
        assert_eq!(shown, [key("old", KeyStatus::Inactive), key("new", KeyStatus::Active)]);
    }

    #[test]
    fn after_half_a_minute_the_list_is_believed() {
        let mut overlay = Overlay::default();
        overlay.status(&KeyId::new("old"), KeyStatus::Inactive, at(0));
        let list = vec![key("old", KeyStatus::Active)];
        assert_eq!(overlay.apply(list.clone(), at(31)), list, "somebody switched it back on");
    }

    #[test]
    fn a_new_key_that_is_switched_off_stays_listed() {
        let mut overlay = Overlay::default();
        overlay.made(key("new", KeyStatus::Active), at(0));
        overlay.status(&KeyId::new("new"), KeyStatus::Inactive, at(1));
        assert_eq!(overlay.apply(vec![], at(2)), [key("new", KeyStatus::Inactive)]);
    }

    #[test]
    fn a_refused_change_leaves_no_trace() {
        let mut overlay = Overlay::default();
        overlay.status(&KeyId::new("old"), KeyStatus::Inactive, at(0));
        overlay.forget(&KeyId::new("old"));
        let list = vec![key("old", KeyStatus::Active)];
        assert_eq!(overlay.apply(list.clone(), at(1)), list);
    }
}
