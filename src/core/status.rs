//! Switching a key off and on.

use super::notice::Topic;
use super::{Effect, Event, Forbidden, Model, SessionId};
use crate::domain::{Action, Failure, KeyId, KeyStatus, UserName};

/// A status change: under way, or waiting for a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    pub user: UserName,
    pub key: KeyId,
    pub from: KeyStatus,
    pub to: KeyStatus,
}

/// Why a switch cannot be moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SwitchBlock {
    Forbidden(Forbidden),
    UnderWay,
}

impl Model {
    /// Why the switch of a key does not move, if so.
    pub fn switch_block(&self, user: &UserName, key: &KeyId) -> Option<SwitchBlock> {
        let open = self.open.as_ref()?;
        if let Some(why) = open.forbidden(Action::UpdateAccessKey, user) {
            return Some(SwitchBlock::Forbidden(why));
        }
        open.switching.contains_key(key).then_some(SwitchBlock::UnderWay)
    }

    pub(super) fn ask_status(&mut self, user: UserName, key: KeyId, to: KeyStatus) -> Vec<Effect> {
        if self.switch_block(&user, &key).is_some() {
            return Vec::new();
        }
        let Some(open) = &mut self.open else {
            return Vec::new();
        };
        let Some(from) = open.status_of(&user, &key).filter(|from| *from != to) else {
            return Vec::new();
        };
        let switch = Switch { user, key, from, to };
        if to == KeyStatus::Inactive && open.signs_in_with(&switch.key) {
            open.confirming = Some(switch);
            return Vec::new();
        }
        self.switch(switch)
    }

    pub(super) fn confirm_switch(&mut self) -> Vec<Effect> {
        let confirmed = self.open.as_mut().and_then(|open| open.confirming.take());
        confirmed.map(|switch| self.switch(switch)).unwrap_or_default()
    }

    pub(super) fn cancel_switch(&mut self) -> Vec<Effect> {
        if let Some(open) = &mut self.open {
            open.confirming = None;
        }
        Vec::new()
    }

    /// Shown at once, and taken back if AWS refuses.
    fn switch(&mut self, switch: Switch) -> Vec<Effect> {
        let now = self.now;
        let Some(open) = &mut self.open else {
            return Vec::new();
        };
        let session = open.session;
        let Switch { user, key, to, .. } = switch.clone();
        let known = open.keys_mut(&user);
        known.overlay.begin(key.clone(), to);
        known.reapply(now);
        open.switching.insert(key.clone(), switch);
        self.forget_told(session, Topic::State(&key));
        vec![Effect::SetStatus { session, user, key, status: to }]
    }

    pub(super) fn status_set(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        status: KeyStatus,
        answer: Result<(), Failure>,
    ) -> Vec<Effect> {
        let now = self.now;
        let closing = self.let_go_answered(&key, status, &answer);
        let Some(open) = self.open_as(session) else {
            return closing;
        };
        let Some(switch) = open.switching.remove(&key) else {
            return closing;
        };
        let Err(failure) = answer else {
            let signs = open.signs_with(&key);
            let known = open.keys_mut(user);
            known.overlay.status(&key, status, now);
            // A list that arrived meanwhile may have said otherwise.
            known.reapply(now);
            self.status_is(session, user, key, status, !signs);
            return Self::look_again(session, user);
        };
        let known = open.keys_mut(user);
        known.overlay.give_up(&key);
        known.set_status(&key, switch.from);
        known.reapply(now);
        let user = user.clone();
        if failure.is_lost() {
            self.notify_of(session, Event::StatusLost { user: user.clone(), key, status, failure });
            return self.look_for_lost(session, &user);
        }
        self.notify_of(session, Event::StatusRefused { user: user.clone(), key, status, failure });
        self.relist(session, &user)
    }

    /// It is certain that the status was changed.
    pub(super) fn status_is(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        status: KeyStatus,
        undoable: bool,
    ) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        if status == KeyStatus::Inactive {
            open.inactive_since.insert(key.clone(), now);
        } else {
            open.inactive_since.remove(&key);
        }
        self.notify_of(session, Event::StatusSet { user: user.clone(), key, status, undoable });
    }
}
