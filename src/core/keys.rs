//! The keys of a user: list, last use, descriptions.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Call, Effect, KeysMsg, Model, Overlay, Remote, SessionId, Stage};
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
    pub(super) fn update_keys(&mut self, msg: KeysMsg) {
        match msg {
            KeysMsg::RelistDue { session, user } => self.relist(session, &user),
            KeysMsg::Describe { user, key, text } => self.describe(user, key, &text),
            KeysMsg::SetStatus { user, key, status } => self.ask_status(user, key, status),
            KeysMsg::ConfirmSwitch => self.confirm_switch(),
            KeysMsg::CancelSwitch => self.cancel_switch(),
            KeysMsg::AskDelete { user, key } => self.ask_delete(user, key),
            KeysMsg::DeactivateFirst => self.deactivate_first(),
            KeysMsg::Delete { typed } => self.delete(&typed),
            KeysMsg::CancelDelete => self.cancel_delete(),
        }
    }

    /// Everything about the user that is picked, at once.
    pub(super) fn load_picked(&mut self) {
        let load = self.next_number();
        let Some(open) = &mut self.open else { return };
        let Some(user) = open.picked.clone() else { return };
        let session = open.session;
        let known = open.keys_mut(&user);
        known.list.start(load);
        known.descriptions.start(load);
        // Keys that are known already need not wait for the list.
        let ids: Vec<KeyId> = known.list().iter().map(|key| key.id.clone()).collect();
        self.call(session, Call::ListKeys { user: user.clone(), load, paced: false });
        self.call(session, Call::ReadDescriptions { user: user.clone(), load });
        self.read_last_uses(&user, ids);
    }

    pub(super) fn take_keys(
        &mut self,
        session: SessionId,
        user: &UserName,
        load: u64,
        answer: Result<Vec<AccessKey>, Failure>,
    ) {
        let now = self.now;
        if self.open_as(session).is_none() {
            return;
        }
        self.search_list(session, user, &answer);
        let Some(open) = self.open_as(session) else { return };
        open.users.counting.remove(user);
        let is_picked = open.picked.as_ref() == Some(user);
        let known = open.keys_mut(user);
        let answer = answer.map(|keys| sorted(known.overlay.apply(keys, now)));
        let taken = known.list.finish(load, answer, now);
        let failed = known.list.failure.as_ref().filter(|_| is_picked && taken);
        if let Some(failure) = failed.map(|(failure, _)| failure.clone()) {
            self.note_not_read(session, Some(user), failure);
        }
        let Some(open) = self.open_as(session) else { return };
        if taken {
            open.lists += 1;
            self.look_for_new_key(session, user);
            self.settle_by_list(session, user);
        }
        self.count_next();
        if taken {
            // Of the others only what was read before grows old: it is in the mark beside the name.
            let ids = if is_picked { self.ids_without_last_use(user) } else { self.ids_with_last_use(user) };
            self.read_last_uses(user, ids);
        }
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

    pub(super) fn take_last_use(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        load: u64,
        answer: Result<LastUse, Failure>,
    ) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        open.keys_mut(user).last_uses.entry(key).or_default().finish(load, answer, now);
    }

    fn ids_without_last_use(&self, user: &UserName) -> Vec<KeyId> {
        let Some(known) = self.open.as_ref().and_then(|open| open.keys_of(user)) else { return Vec::new() };
        let missing = |id: &KeyId| {
            known.last_uses.get(id).is_none_or(|remote| remote.value.is_none() && !remote.is_loading())
        };
        known.list().iter().map(|key| &key.id).filter(|id| missing(id)).cloned().collect()
    }

    fn ids_with_last_use(&self, user: &UserName) -> Vec<KeyId> {
        let Some(known) = self.open.as_ref().and_then(|open| open.keys_of(user)) else { return Vec::new() };
        let read = |id: &KeyId| {
            known.last_uses.get(id).is_some_and(|remote| remote.value.is_some() && !remote.is_loading())
        };
        known.list().iter().map(|key| &key.id).filter(|id| read(id)).cloned().collect()
    }

    pub(super) fn read_last_uses(&mut self, user: &UserName, ids: Vec<KeyId>) {
        for key in ids {
            let load = self.next_number();
            let Some(open) = &mut self.open else { break };
            let session = open.session;
            open.keys_mut(user).last_uses.entry(key.clone()).or_default().start(load);
            self.call(session, Call::ReadLastUse { user: user.clone(), key, load });
        }
    }

    pub(super) fn relist(&mut self, session: SessionId, user: &UserName) {
        let load = self.next_number();
        let Some(open) = self.open_as(session) else { return };
        open.keys_mut(user).list.start(load);
        self.call(session, Call::ListKeys { user: user.clone(), load, paced: false });
    }

    /// Two later looks at a list that may not know yet what was just done.
    pub(super) fn look_again(&mut self, session: SessionId, user: &UserName) {
        for after in LOOK_AGAIN {
            self.send(Effect::Relist { session, user: user.clone(), after });
        }
    }
}
