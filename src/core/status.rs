//! Switching a key off and on.

use super::{Effect, Event, Forbidden, KeysMsg, Model, Msg, SessionId};
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
        if to == KeyStatus::Inactive && open.signs_with(&switch.key) {
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
        known.overlay.status(&key, to, now);
        known.reapply(now);
        open.switching.insert(key.clone(), switch);
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
        match answer {
            Ok(()) => {
                let known = open.keys_mut(user);
                known.overlay.status(&key, status, now);
                // A list that arrived meanwhile may have said otherwise.
                known.reapply(now);
                if status == KeyStatus::Inactive {
                    open.inactive_since.insert(key.clone(), now);
                } else {
                    open.inactive_since.remove(&key);
                }
                // One toast a key is enough: the last one tells how it is.
                self.notices.retain(
                    |notice| !matches!(&notice.event, Event::StatusSet { key: old, .. } if *old == key),
                );
                self.notify(Event::StatusSet { user: user.clone(), key, status });
                Self::look_again(session, user)
            }
            Err(failure) => {
                let known = open.keys_mut(user);
                known.overlay.status(&key, switch.from, now);
                known.reapply(now);
                known.overlay.forget(&key);
                self.notify(Event::StatusRefused { user: user.clone(), key, status, failure });
                self.update_keys(KeysMsg::RelistDue { session, user: user.clone() })
            }
        }
    }

    /// The message that takes a status change back.
    pub fn undo(event: &Event) -> Option<Msg> {
        let Event::StatusSet { user, key, status } = event else {
            return None;
        };
        let status = match status {
            KeyStatus::Inactive => KeyStatus::Active,
            _ => KeyStatus::Inactive,
        };
        Some(Msg::Keys(KeysMsg::SetStatus { user: user.clone(), key: key.clone(), status }))
    }
}
