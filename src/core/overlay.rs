//! What was just done, held against lists that lag behind.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use crate::domain::{AccessKey, KeyId, KeyStatus, Moment, Steady};

/// How long a list may contradict what was just done. IAM is eventually consistent; tools that wait give it 15 to 60 s.
pub(super) const HOLD: SignedDuration = SignedDuration::from_secs(30);

#[derive(Clone, Debug)]
enum Expected {
    Made(AccessKey),
    /// It is there; how it is, a list says as soon as it has it.
    Found(AccessKey),
    Status(KeyStatus),
    Gone,
}

/// Own changes to one user's keys: those under way, and those of the last 30 seconds.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    done: BTreeMap<KeyId, (Expected, Steady)>,
    under_way: BTreeMap<KeyId, KeyStatus>,
    /// An empty text: the description was removed.
    described: BTreeMap<KeyId, (String, Steady)>,
}

impl Overlay {
    pub fn made(&mut self, key: AccessKey, now: Steady) {
        self.done.insert(key.id.clone(), (Expected::Made(key), now + HOLD));
    }

    pub fn found(&mut self, key: AccessKey, now: Steady) {
        self.done.insert(key.id.clone(), (Expected::Found(key), now + HOLD));
    }

    pub fn gone(&mut self, id: KeyId, now: Steady) {
        self.done.insert(id, (Expected::Gone, now + HOLD));
    }

    /// A change is under way.
    pub fn is_busy(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Lists may not know yet what was done with this key.
    pub fn holds(&self, id: &KeyId, now: Moment) -> bool {
        self.done.get(id).is_some_and(|(_, until)| *until > now.steady)
    }

    /// Lists may not know this key yet.
    pub fn is_new(&self, id: &KeyId, now: Steady) -> bool {
        let is_new = |(expected, until): &(Expected, Steady)| {
            matches!(expected, Expected::Made(_) | Expected::Found(_)) && *until > now
        };
        self.done.get(id).is_some_and(is_new)
    }

    /// Shown until AWS answers, however long that takes.
    pub fn begin(&mut self, id: KeyId, status: KeyStatus) {
        self.under_way.insert(id, status);
    }

    /// AWS did it. A key that was made a moment ago stays expected, with its new status.
    pub fn status(&mut self, id: &KeyId, status: KeyStatus, now: Steady) {
        self.under_way.remove(id);
        let expected = match self.done.remove(id) {
            Some((Expected::Made(key) | Expected::Found(key), _)) => {
                Expected::Made(AccessKey { status, ..key })
            }
            Some((Expected::Status(_) | Expected::Gone, _)) | None => Expected::Status(status),
        };
        self.done.insert(id.clone(), (expected, now + HOLD));
    }

    /// AWS did not do it, or did not say so. What was done before is held as it was.
    pub fn give_up(&mut self, id: &KeyId) {
        self.under_way.remove(id);
    }

    pub fn described(&mut self, id: KeyId, text: String, now: Steady) {
        self.described.insert(id, (text, now + HOLD));
    }

    /// What a list that was answered just now means: the list with the own changes that it may not know yet.
    pub fn apply(&mut self, mut keys: Vec<AccessKey>, now: Steady) -> Vec<AccessKey> {
        self.done.retain(|_, (_, until)| *until > now);
        for (id, (expected, _)) in &self.done {
            let listed = keys.iter().position(|key| key.id == *id);
            match (expected, listed.and_then(|at| keys.get_mut(at))) {
                (Expected::Made(made), Some(key)) => key.status = made.status,
                (Expected::Made(key) | Expected::Found(key), None) => keys.push(key.clone()),
                (Expected::Status(status), Some(key)) => key.status = *status,
                (Expected::Gone, Some(_)) => keys.retain(|key| key.id != *id),
                (Expected::Status(_) | Expected::Gone, None) | (Expected::Found(_), Some(_)) => {}
            }
        }
        for key in &mut keys {
            if let Some(status) = self.under_way.get(&key.id) {
                key.status = *status;
            }
        }
        keys
    }

    /// The same for the tags that describe keys.
    pub fn apply_descriptions(&mut self, texts: &mut BTreeMap<KeyId, String>, now: Steady) {
        self.described.retain(|_, (_, until)| *until > now);
        for (id, (text, _)) in &self.described {
            if text.is_empty() {
                texts.remove(id);
            } else {
                texts.insert(id.clone(), text.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str, status: KeyStatus) -> AccessKey {
        AccessKey { id: KeyId::new(id), status, created: None }
    }

    fn at(secs: i64) -> Steady {
        Steady::new(secs, 0)
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
    fn a_change_is_shown_while_it_is_under_way_and_leaves_no_trace_when_it_fails() {
        let mut overlay = Overlay::default();
        overlay.begin(KeyId::new("old"), KeyStatus::Inactive);
        let list = vec![key("old", KeyStatus::Active)];
        assert_eq!(overlay.apply(list.clone(), at(90)), [key("old", KeyStatus::Inactive)], "no answer yet");
        overlay.give_up(&KeyId::new("old"));
        assert_eq!(overlay.apply(list.clone(), at(91)), list);
    }

    #[test]
    fn a_failed_change_does_not_end_the_hold_of_the_one_before() {
        let mut overlay = Overlay::default();
        let old = KeyId::new("old");
        overlay.status(&old, KeyStatus::Inactive, at(0));
        overlay.begin(old.clone(), KeyStatus::Active);
        overlay.give_up(&old);
        let lagging = vec![key("old", KeyStatus::Active)];
        assert_eq!(overlay.apply(lagging, at(5)), [key("old", KeyStatus::Inactive)]);
    }
}
