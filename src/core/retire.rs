//! Deleting a key, behind a gate that shows the evidence.

use super::notice::Topic;
use super::{Call, Event, Forbidden, Model, Open, SessionId};
use crate::domain::{Action, Cause, Failure, KeyId, KeyStatus, UserName};

/// The open delete gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    pub user: UserName,
    pub key: KeyId,
    /// The deletion is under way.
    pub deleting: bool,
    pub failure: Option<Failure>,
}

/// Why *Delete for good* is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateBlock {
    /// AWS has refused it.
    Forbidden(Forbidden),
    /// It must be switched off first: that can be undone. Also where its status is not known.
    Active,
    NotTyped,
    WrongEnd,
    Deleting,
}

impl Gate {
    /// What was typed opens the gate: the last four characters, or the whole id.
    fn accepts(&self, typed: &str) -> bool {
        let typed = typed.trim();
        typed == self.key.last_four() || typed == self.key.as_str()
    }
}

impl Open {
    /// Off, or gone already. The key that signs cannot be switched off first: Keyfob could not delete it then.
    fn may_be_deleted(&self, gate: &Gate) -> bool {
        if self.switching.contains_key(&gate.key) {
            return false;
        }
        let off = match self.status_of(&gate.user, &gate.key) {
            Some(status) => matches!(status, KeyStatus::Inactive | KeyStatus::Expired),
            None => self.is_gone(&gate.user, &gate.key),
        };
        off || self.signs_with(&gate.key)
    }

    /// The list of the user's keys is known, and this one is not on it.
    pub fn is_gone(&self, user: &UserName, key: &KeyId) -> bool {
        let listed = self.keys_of(user).filter(|known| known.list.value.is_some());
        listed.is_some_and(|known| known.key(key).is_none())
    }
}

impl Model {
    /// Why the key of the open gate cannot be deleted yet.
    pub fn gate_block(&self, typed: &str) -> Option<GateBlock> {
        let open = self.open.as_ref()?;
        let gate = open.gate.as_ref()?;
        if gate.deleting {
            return Some(GateBlock::Deleting);
        }
        if let Some(why) = open.forbidden(Action::DeleteAccessKey, &gate.user) {
            return Some(GateBlock::Forbidden(why));
        }
        if !open.may_be_deleted(gate) {
            return Some(GateBlock::Active);
        }
        if gate.accepts(typed) {
            return None;
        }
        let typed_enough = typed.trim().chars().count() >= gate.key.last_four().chars().count();
        Some(if typed_enough { GateBlock::WrongEnd } else { GateBlock::NotTyped })
    }

    pub(super) fn ask_delete(&mut self, user: UserName, key: KeyId) {
        let Some(open) = &mut self.open else { return };
        if open.status_of(&user, &key).is_none() || open.gate.is_some() {
            return;
        }
        let session = open.session;
        let gate = Gate { user, key, deleting: false, failure: None };
        open.gate = Some(gate.clone());
        // The evidence may be hours old, or of a user who was never picked.
        self.read_last_uses(&gate.user, vec![gate.key]);
        self.relist(session, &gate.user);
    }

    pub(super) fn deactivate_first(&mut self) {
        let Some(gate) = self.open.as_ref().and_then(|open| open.gate.clone()) else { return };
        self.ask_status(gate.user, gate.key, KeyStatus::Inactive);
    }

    pub(super) fn cancel_delete(&mut self) {
        if let Some(open) = &mut self.open {
            open.gate.take_if(|gate| !gate.deleting);
        }
    }

    pub(super) fn delete(&mut self, typed: &str) {
        if self.gate_block(typed).is_some() {
            return;
        }
        let Some(open) = &mut self.open else { return };
        let session = open.session;
        let Some(gate) = &mut open.gate else { return };
        gate.deleting = true;
        gate.failure = None;
        let (user, key) = (gate.user.clone(), gate.key.clone());
        self.forget_told(session, Topic::State(&key));
        self.call(session, Call::DeleteKey { user, key });
    }

    pub(super) fn deleted(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        answer: Result<(), Failure>,
    ) {
        // A delete that was sent again after its answer got lost: what was wanted is done.
        let answer = match answer {
            Err(Failure { cause: Cause::NoSuchEntity(_), .. }) => Ok(()),
            answer => answer,
        };
        let Some(open) = self.open_as(session) else {
            self.deleted_after_leaving(session, user, key, answer);
            return;
        };
        // Only the first answer counts.
        if !open.gate.as_ref().is_some_and(|gate| gate.deleting && gate.key == key) {
            return;
        }
        match answer {
            Ok(()) => self.is_deleted(session, user, key),
            Err(failure) => self.not_deleted(session, user, key, failure),
        }
    }

    /// There is no gate any more that could tell it.
    fn deleted_after_leaving(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        answer: Result<(), Failure>,
    ) {
        let user = user.clone();
        match answer {
            Ok(()) => {
                self.notify_of(session, Event::Deleted { user, key: key.clone() });
                self.orphan_deleted(&key);
            }
            Err(failure) => {
                self.notify_of(session, Event::NotDeleted { user, key, failure });
            }
        }
    }

    /// Told in the gate, which stays open for another try.
    fn not_deleted(&mut self, session: SessionId, user: &UserName, key: KeyId, failure: Failure) {
        let Some(open) = self.open_as(session) else { return };
        let lost = failure.is_lost();
        if lost {
            open.deletions_lost.insert(key, user.clone());
        }
        if let Some(gate) = &mut open.gate {
            gate.deleting = false;
            gate.failure = Some(failure);
        }
        if lost {
            self.look_for_lost(session, user);
        } else {
            self.relist(session, user);
        }
    }

    /// It is certain that the key does not exist any more.
    pub(super) fn is_deleted(&mut self, session: SessionId, user: &UserName, key: KeyId) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        open.gate.take_if(|gate| gate.key == key);
        open.deletions_lost.remove(&key);
        let known = open.keys_mut(user);
        known.overlay.gone(key.clone(), now);
        known.reapply(now);
        // The tag may be there without being known: the tags could not be read, or are still on their way.
        let described = known.descriptions.value.as_ref().is_none_or(|texts| texts.contains_key(&key));
        self.look_again(session, user);
        self.orphan_deleted(&key);
        if described {
            self.call(session, Call::Undescribe { user: user.clone(), key: key.clone() });
        }
        self.notify_of(session, Event::Deleted { user: user.clone(), key });
    }
}
