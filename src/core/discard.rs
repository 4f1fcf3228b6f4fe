//! How the panel of a new key closes: the secret is saved or discarded, or the key is deactivated first.

use super::{Call, Creation, Model, NewKey, OpenAccount, Stage, Switch, Writing};
use crate::domain::{KeyId, KeyStatus};

impl Model {
    pub(super) fn saved(&mut self) {
        match self.creations.new_key_mut() {
            Some(new_key) if !new_key.kept() => new_key.asking = true,
            Some(_) | None => self.close_panel(),
        }
    }

    /// While the request is under way there is nothing to close, and while it is being written nobody knows yet.
    pub(super) fn close_panel(&mut self) {
        let done = |creation: &mut Creation| match &creation.stage {
            Stage::Made(new_key) => !matches!(new_key.writing, Some(Writing::UnderWay(_))),
            Stage::Preparing | Stage::InFlight => false,
        };
        let Some(closed) = self.creations.current.take_if(done) else { return };
        self.close_intent(&closed.intent.id);
    }

    /// The window closes; a key whose secret nobody has must not stay active.
    pub(super) fn deactivate_and_discard(&mut self) {
        let Some(creation) = &mut self.creations.current else { return };
        let (session, user) = (creation.session, creation.user().clone());
        let Stage::Made(new_key) = &mut creation.stage else { return };
        let key = new_key.pair.id.clone();
        // Switched by hand a moment ago: what comes of that is seen first.
        let switching =
            |open: &OpenAccount| open.session == session && open.pending.switching.contains_key(&key);
        if new_key.confirming_discard || self.open.as_ref().is_some_and(switching) {
            return;
        }
        new_key.confirming_discard = true;
        let to = KeyStatus::Inactive;
        let Some(open) = self.open_as(session) else {
            self.call(session, Call::SetStatus { user, key, status: to, batch: None, checks: false });
            return;
        };
        // As by the switch in its row: if the window stays after all, the table tells it, and it can be undone.
        let from = open.status_of(&user, &key).unwrap_or(KeyStatus::Active);
        self.switch(Switch { user, key, from, to });
    }

    /// The answer to a change of status, which may be the deactivation before a secret is discarded.
    pub(super) fn discard_answered(&mut self, key: &KeyId, status: KeyStatus, is_done: bool) {
        let asked = |new_key: &&mut NewKey| {
            new_key.confirming_discard && new_key.pair.id == *key && status == KeyStatus::Inactive
        };
        let Some(new_key) = self.creations.new_key_mut().filter(asked) else { return };
        new_key.confirming_discard = false;
        if is_done {
            self.close_panel();
        }
    }
}
