//! The keys of a user: list, last use, descriptions.

use std::collections::BTreeMap;
use std::time::Duration;

use super::sweep::Read;
use super::{Call, Effect, KeysMsg, Model, SessionId, Stage};
use crate::domain::{Failure, KeyId, KeyList, LastUse, UserName};

/// When to look again after a change, because lists may lag (IAM is eventually consistent).
const LOOK_AGAIN: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(15)];

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
    pub(super) fn load_selected_user(&mut self) {
        let load = self.run.next_number();
        let Some(open) = &mut self.open else { return };
        let Some(user) = open.selected_user().cloned() else { return };
        let session = open.session;
        open.keys.start_list(&user, load);
        open.keys.start_descriptions(&user, load);
        // Keys that are known already need not wait for the list.
        let ids: Vec<KeyId> =
            open.keys_of(&user).map(|known| known.ids().cloned().collect()).unwrap_or_default();
        self.call(session, Call::ListKeys { user: user.clone(), load, paced: false });
        self.call(session, Call::ReadDescriptions { user: user.clone(), load, paced: false });
        self.read_last_uses(&user, ids);
    }

    pub(super) fn take_keys(
        &mut self,
        session: SessionId,
        user: &UserName,
        load: u64,
        answer: Result<KeyList, Failure>,
    ) {
        let now = self.now;
        if self.open_as(session).is_none() {
            return;
        }
        let (answer, some, odd) = match answer {
            Ok(KeyList { keys, odd, incomplete: Some(failure) }) => (Err(failure), keys, odd),
            Ok(KeyList { keys, odd, incomplete: None }) => (Ok(keys), Vec::new(), odd),
            Err(failure) => (Err(failure), Vec::new(), BTreeMap::new()),
        };
        self.search_list(session, user, &answer);
        self.batch_listed(session, user, load, &answer);
        let Some(open) = self.open_as(session) else { return };
        let is_picked = open.selected_user() == Some(user);
        let taken = open.keys.apply_list(user, load, answer, now);
        if taken && !some.is_empty() {
            open.keys.apply_some(user, some, now);
        }
        open.keys.set_odd(user, odd);
        let failed = open.keys_of(user).and_then(|known| known.list.failure()).filter(|_| is_picked && taken);
        if let Some(failure) = failed.map(|(failure, _)| failure.clone()) {
            self.note_not_read(session, Some(user), failure);
        }
        if taken {
            self.look_for_new_key(session, user);
            self.reconcile(session, user);
        }
        self.sweep_answered(&Read::KeyIds(user.clone()));
        if taken {
            // Of the others only what was read before grows old: it is in the mark beside the name.
            let ids = if is_picked { self.ids_without_last_use(user) } else { self.ids_with_last_use(user) };
            self.read_last_uses(user, ids);
        }
    }

    /// The new key that is on screen may be deleted elsewhere; its panel stays and says so.
    fn look_for_new_key(&mut self, session: SessionId, user: &UserName) {
        let Some(creation) =
            self.creations.current.as_ref().filter(|new| new.session == session && new.user() == user)
        else {
            return;
        };
        let Stage::Made(new_key) = &creation.stage else { return };
        let known = self.open.as_ref().and_then(|open| open.keys_of(user));
        let gone = known
            .is_some_and(|known| known.list.failure().is_none() && known.key(&new_key.pair.id).is_none());
        if let Some(new_key) = self.creations.new_key_mut() {
            new_key.gone = gone;
        }
    }

    pub(super) fn take_last_use(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: &KeyId,
        load: u64,
        answer: Result<LastUse, Failure>,
    ) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        open.keys.apply_last_use(user, key, load, answer, now);
        self.evidence_read(key);
        self.sweep_answered(&Read::LastUse(user.clone(), key.clone()));
    }

    fn ids_without_last_use(&self, user: &UserName) -> Vec<KeyId> {
        self.ids_where(user, |is_read| !is_read)
    }

    fn ids_with_last_use(&self, user: &UserName) -> Vec<KeyId> {
        self.ids_where(user, |is_read| is_read)
    }

    /// The keys whose last use is not being read right now, by whether it was read before.
    fn ids_where(&self, user: &UserName, wanted: impl Fn(bool) -> bool) -> Vec<KeyId> {
        let Some(known) = self.open.as_ref().and_then(|open| open.keys_of(user)) else { return Vec::new() };
        let is_wanted = |id: &&KeyId| {
            let last_use = known.last_use_of(id).filter(|last_use| !last_use.is_loading());
            // What a report says may be hours old.
            last_use.is_some_and(|last_use| wanted(last_use.is_answer()))
        };
        known.ids().filter(is_wanted).cloned().collect()
    }

    pub(super) fn read_last_uses(&mut self, user: &UserName, ids: Vec<KeyId>) {
        for key in ids {
            self.read_last_use(user, key, false);
        }
    }

    pub(super) fn read_last_use(&mut self, user: &UserName, key: KeyId, paced: bool) {
        let load = self.run.next_number();
        let Some(open) = &mut self.open else { return };
        let session = open.session;
        open.keys.start_last_use(user, &key, load);
        self.call(session, Call::ReadLastUse { user: user.clone(), key, load, paced });
    }

    pub(super) fn relist(&mut self, session: SessionId, user: &UserName) {
        self.batch_list_is_due(session, user);
        let paced = self.batches.awaits_list(user);
        let load = self.run.next_number();
        let Some(open) = self.open_as(session) else { return };
        open.keys.start_list(user, load);
        self.call(session, Call::ListKeys { user: user.clone(), load, paced });
    }

    /// Two later looks at a list that may not know yet what was just done.
    pub(super) fn look_again(&mut self, session: SessionId, user: &UserName) {
        for after in LOOK_AGAIN {
            self.send(Effect::Relist { session, user: user.clone(), after });
        }
    }
}
