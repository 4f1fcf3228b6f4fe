//! Switching a key off and on.

use super::notice::Topic;
use super::{Call, Forbidden, KeyChange, Model, NoticeKind, OpenAccount, SessionId};
use crate::domain::{Action, Failure, KeyId, KeyStatus, Moment, UserName};

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
    /// The server's word for its status is none that Keyfob knows: nobody can tell what a change would do.
    UnknownStatus,
}

impl OpenAccount {
    /// The change that an answer is about. Only the first answer counts.
    pub(super) fn end_switch(&mut self, key: &KeyId, to: KeyStatus) -> Option<Switch> {
        self.pending.switching.get(key).filter(|switch| switch.to == to)?;
        self.pending.switching.remove(key)
    }

    /// It is certain that a key has this status from now on.
    pub(super) fn note_status(&mut self, key: &KeyId, status: KeyStatus, now: Moment) {
        if status == KeyStatus::Inactive {
            self.inactive_since.insert(key.clone(), now.date);
        } else {
            self.inactive_since.remove(key);
        }
    }
}

impl Model {
    /// Why the switch of a key does not move, if so.
    pub fn switch_block(&self, user: &UserName, key: &KeyId) -> Option<SwitchBlock> {
        let open = self.open.as_ref()?;
        if let Some(why) = open.access.forbidden(Action::UpdateAccessKey, user) {
            return Some(SwitchBlock::Forbidden(why));
        }
        if open.pending.switching.contains_key(key) {
            return Some(SwitchBlock::UnderWay);
        }
        (open.status_of(user, key) == Some(KeyStatus::Unknown)).then_some(SwitchBlock::UnknownStatus)
    }

    pub(super) fn ask_status(&mut self, user: UserName, key: KeyId, to: KeyStatus) {
        if self.switch_block(&user, &key).is_some() {
            return;
        }
        let Some(open) = &mut self.open else { return };
        let Some(from) = open.status_of(&user, &key).filter(|from| *from != to) else { return };
        let switch = Switch { user, key, from, to };
        if to == KeyStatus::Inactive && open.signs_in_with(&switch.key) {
            open.pending.confirming = Some(switch);
            return;
        }
        self.switch(switch);
    }

    pub(super) fn confirm_switch(&mut self) {
        let confirmed = self.open.as_mut().and_then(|open| open.pending.confirming.take());
        if let Some(switch) = confirmed {
            self.switch(switch);
        }
    }

    pub(super) fn cancel_switch(&mut self) {
        if let Some(open) = &mut self.open {
            open.pending.confirming = None;
        }
    }

    /// Shown at once, and taken back if AWS refuses.
    pub(super) fn switch(&mut self, switch: Switch) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        let session = open.session;
        let Switch { user, key, to, .. } = switch.clone();
        open.keys.apply_change(&user, KeyChange::Begin { key: key.clone(), status: to }, now);
        open.pending.switching.insert(key.clone(), switch);
        self.forget_told(session, Topic::State(&key));
        self.call(session, Call::SetStatus { user, key, status: to, batch: None, checks: false });
    }

    pub(super) fn status_set(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        status: KeyStatus,
        answer: Result<(), Failure>,
    ) {
        self.discard_answered(&key, status, answer.is_ok());
        match answer {
            Ok(()) => self.status_was_set(session, user, key, status),
            Err(failure) => self.status_was_not_set(session, user, key, status, failure),
        }
    }

    fn status_was_set(&mut self, session: SessionId, user: &UserName, key: KeyId, status: KeyStatus) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        if open.end_switch(&key, status).is_none() {
            return;
        }
        let signs = open.signs_with(&key);
        // A list that arrived meanwhile may have said otherwise.
        open.keys.apply_change(user, KeyChange::SetStatus { key: key.clone(), status }, now);
        self.status_is(session, user, key, status, !signs);
        self.look_again(session, user);
    }

    /// Told also once the account was left: somebody wanted the key off.
    fn status_was_not_set(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        status: KeyStatus,
        failure: Failure,
    ) {
        let now = self.now;
        let is_open = self.open_as(session).is_some();
        if let Some(open) = self.open_as(session) {
            let Some(switch) = open.end_switch(&key, status) else { return };
            open.keys.apply_change(user, KeyChange::GiveUp { key: key.clone(), status: switch.from }, now);
        }
        let lost = failure.is_lost();
        let user = user.clone();
        let event = if lost {
            NoticeKind::StatusLost { user: user.clone(), key, status, failure }
        } else {
            NoticeKind::StatusRefused { user: user.clone(), key, status, failure }
        };
        self.notify_of(session, event);
        match (is_open, lost) {
            (false, _) => {}
            (true, true) => self.recheck_unconfirmed(session, &user),
            (true, false) => self.relist(session, &user),
        }
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
        open.note_status(&key, status, now);
        self.notify_of(session, NoticeKind::StatusSet { user: user.clone(), key, status, undoable });
    }
}
