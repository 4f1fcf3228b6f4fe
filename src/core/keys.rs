//! The keys of a user: list, last use, descriptions.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Effect, KeysMsg, Model, Overlay, Remote, SessionId, Stage};
use crate::domain::{AccessKey, Failure, KeyId, KeyStatus, LastUse, UserName};

/// When to look again after a change, because lists may lag (IAM is eventually consistent).
const LOOK_AGAIN: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(15)];

/// What is known about one user's keys.
#[derive(Default)]
pub struct UserKeys {
    pub list: Remote<Vec<AccessKey>>,
    pub last_uses: BTreeMap<KeyId, Remote<LastUse>>,
    pub descriptions: Remote<BTreeMap<KeyId, String>>,
    pub(super) overlay: Overlay,
}

impl UserKeys {
    /// The keys that are known, oldest first.
    pub fn list(&self) -> &[AccessKey] {
        self.list.value.as_deref().unwrap_or_default()
    }

    /// How many there are, once that is known.
    pub fn count(&self) -> Option<usize> {
        self.list.value.as_ref().map(Vec::len)
    }

    pub fn key(&self, id: &KeyId) -> Option<&AccessKey> {
        self.list().iter().find(|key| key.id == *id)
    }

    /// `None` while it is not known.
    pub fn last_use(&self, id: &KeyId) -> Option<&LastUse> {
        self.last_uses.get(id)?.value.as_ref()
    }

    /// `None` while it is not known, and for a key without one.
    pub fn description(&self, id: &KeyId) -> Option<&str> {
        self.descriptions.value.as_ref()?.get(id).map(String::as_str)
    }

    pub(super) fn set_status(&mut self, id: &KeyId, status: KeyStatus) {
        let keys = self.list.value.iter_mut().flatten();
        keys.filter(|key| key.id == *id).for_each(|key| key.status = status);
    }

    /// Shows an own change at once.
    pub(super) fn reapply(&mut self, now: jiff::Timestamp) {
        let known = self.list.value.take().unwrap_or_default();
        self.list.value = Some(sorted(self.overlay.apply(known, now)));
    }
}

fn sorted(mut keys: Vec<AccessKey>) -> Vec<AccessKey> {
    keys.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    keys
}

impl Model {
    pub(super) fn update_keys(&mut self, msg: KeysMsg) -> Vec<Effect> {
        match msg {
            KeysMsg::Listed { session, user, load, answer } => self.take_keys(session, &user, load, answer),
            KeysMsg::LastUse { session, user, key, load, answer } => {
                let now = self.now;
                if let Some(open) = self.open_as(session) {
                    open.keys_mut(&user).last_uses.entry(key).or_default().finish(load, answer, now);
                }
                Vec::new()
            }
            KeysMsg::Descriptions { session, user, load, answer } => {
                self.take_descriptions(session, &user, load, answer)
            }
            KeysMsg::RelistDue { session, user } => self.relist(session, &user),
            KeysMsg::Describe { user, key, text } => self.describe(user, key, &text),
            KeysMsg::Described { session, user, key, text, answer } => {
                self.described(session, &user, key, text, answer)
            }
            KeysMsg::SetStatus { user, key, status } => self.ask_status(user, key, status),
            KeysMsg::ConfirmSwitch => self.confirm_switch(),
            KeysMsg::CancelSwitch => self.cancel_switch(),
            KeysMsg::StatusSet { session, user, key, status, answer } => {
                self.status_set(session, &user, key, status, answer)
            }
            KeysMsg::AskDelete { user, key } => self.ask_delete(user, key),
            KeysMsg::DeactivateFirst => self.deactivate_first(),
            KeysMsg::Delete { typed } => self.delete(&typed),
            KeysMsg::CancelDelete => self.cancel_delete(),
            KeysMsg::Deleted { session, user, key, answer } => self.deleted(session, &user, key, answer),
            KeysMsg::Undescribed { session, user, key, answer } => {
                self.undescribed(session, user, key, answer)
            }
        }
    }

    /// Everything about the user that is picked, at once.
    pub(super) fn load_picked(&mut self) -> Vec<Effect> {
        let load = self.next_number();
        let Some(open) = &mut self.open else {
            return Vec::new();
        };
        let Some(user) = open.picked.clone() else {
            return Vec::new();
        };
        let session = open.session;
        let known = open.keys_mut(&user);
        known.list.start(load);
        known.descriptions.start(load);
        let mut effects = vec![
            Effect::ListKeys { session, user: user.clone(), load, paced: false },
            Effect::ReadDescriptions { session, user: user.clone(), load },
        ];
        // Keys that are known already need not wait for the list.
        let ids: Vec<KeyId> = known.list().iter().map(|key| key.id.clone()).collect();
        effects.extend(self.read_last_uses(&user, ids));
        effects
    }

    fn take_keys(
        &mut self,
        session: SessionId,
        user: &UserName,
        load: u64,
        answer: Result<Vec<AccessKey>, Failure>,
    ) -> Vec<Effect> {
        let now = self.now;
        if self.open_as(session).is_none() {
            return Vec::new();
        }
        let searched = self.search_list(session, user, &answer);
        let Some(open) = self.open_as(session) else {
            return Vec::new();
        };
        open.users.counting.remove(user);
        let is_picked = open.picked.as_ref() == Some(user);
        let known = open.keys_mut(user);
        let answer = answer.map(|keys| sorted(known.overlay.apply(keys, now)));
        let taken = known.list.finish(load, answer, now);
        let failed = known.list.failure.as_ref().filter(|_| is_picked && taken);
        if let Some(failure) = failed.map(|(failure, _)| failure.clone()) {
            self.note_not_read(session, Some(user), failure);
        }
        let Some(open) = self.open_as(session) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        if taken {
            open.lists += 1;
            self.look_for_new_key(session, user);
            effects.extend(self.settle_by_list(session, user));
        }
        effects.extend(self.count_next());
        effects.extend(searched);
        if taken {
            // Of the others only what was read before grows old: it is in the mark beside the name.
            let ids = if is_picked { self.ids_without_last_use(user) } else { self.ids_with_last_use(user) };
            effects.extend(self.read_last_uses(user, ids));
        }
        effects
    }

    /// The new key that is on screen may be deleted elsewhere; its panel stays and says so.
    fn look_for_new_key(&mut self, session: SessionId, user: &UserName) {
        let Some(creation) =
            self.creation.as_ref().filter(|new| new.session == session && new.user() == user)
        else {
            return;
        };
        let Stage::Made(new_key) = &creation.stage else { return };
        let known = self.open.as_ref().and_then(|open| open.keys_of(user));
        let gone =
            known.is_some_and(|known| known.list.failure.is_none() && known.key(&new_key.pair.id).is_none());
        if let Some(new_key) = self.new_key_mut() {
            new_key.gone = gone;
        }
    }

    fn ids_without_last_use(&self, user: &UserName) -> Vec<KeyId> {
        let Some(known) = self.open.as_ref().and_then(|open| open.keys_of(user)) else {
            return Vec::new();
        };
        let missing = |id: &KeyId| {
            known.last_uses.get(id).is_none_or(|remote| remote.value.is_none() && !remote.is_loading())
        };
        known.list().iter().map(|key| &key.id).filter(|id| missing(id)).cloned().collect()
    }

    fn ids_with_last_use(&self, user: &UserName) -> Vec<KeyId> {
        let Some(known) = self.open.as_ref().and_then(|open| open.keys_of(user)) else {
            return Vec::new();
        };
        let read = |id: &KeyId| {
            known.last_uses.get(id).is_some_and(|remote| remote.value.is_some() && !remote.is_loading())
        };
        known.list().iter().map(|key| &key.id).filter(|id| read(id)).cloned().collect()
    }

    pub(super) fn read_last_uses(&mut self, user: &UserName, ids: Vec<KeyId>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for key in ids {
            let load = self.next_number();
            let Some(open) = &mut self.open else { break };
            let session = open.session;
            open.keys_mut(user).last_uses.entry(key.clone()).or_default().start(load);
            effects.push(Effect::ReadLastUse { session, user: user.clone(), key, load });
        }
        effects
    }

    pub(super) fn relist(&mut self, session: SessionId, user: &UserName) -> Vec<Effect> {
        let load = self.next_number();
        let Some(open) = self.open_as(session) else {
            return Vec::new();
        };
        open.keys_mut(user).list.start(load);
        vec![Effect::ListKeys { session, user: user.clone(), load, paced: false }]
    }

    /// Two later looks at a list that may not know yet what was just done.
    pub(super) fn look_again(session: SessionId, user: &UserName) -> Vec<Effect> {
        let relist = |after| Effect::Relist { session, user: user.clone(), after };
        LOOK_AGAIN.into_iter().map(relist).collect()
    }
}
