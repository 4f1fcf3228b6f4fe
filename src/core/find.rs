//! Finding a user or a key, wherever one is: by its owner, whom AWS tells, and by the account that its id holds.

use std::collections::BTreeMap;

use super::{Call, Model, Msg, Page, Remote, SessionId, UsersMsg};
use crate::domain::{Endpoint, Failure, KeyId, UserName};

/// What was found out about key ids that are in no list.
#[derive(Default)]
pub struct Find {
    /// The owners are those of this session's account.
    session: Option<SessionId>,
    owners: BTreeMap<KeyId, Remote<Option<UserName>>>,
    /// The key that is to be shown in its user's table, once it is listed there.
    pub reveal: Option<(UserName, KeyId)>,
}

/// Where a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    Here(UserName),
    /// Of this account, and of no user: the root user's.
    NoUser,
    /// Its id holds another account.
    Elsewhere(String),
    /// The key of a session, and the account that its id holds.
    Temporary(Option<String>),
    /// Nobody was asked yet.
    NotKnown,
    Looking,
    Failed(Failure),
}

pub enum FindMsg {
    /// Whose is this key?
    LookUp(KeyId),
    /// Shows the user, and selects the key.
    OpenAccount { user: UserName, key: Option<KeyId> },
    /// The key is selected.
    Revealed,
}

impl Model {
    pub(super) fn update_find(&mut self, msg: FindMsg) {
        match msg {
            FindMsg::LookUp(key) => self.look_up(key),
            FindMsg::OpenAccount { user, key } => {
                self.page = Page::Keys;
                self.find.reveal = key.map(|key| (user.clone(), key));
                self.update_users(UsersMsg::Select(user));
            }
            FindMsg::Revealed => {
                self.find.reveal = None;
            }
        }
    }

    /// Where a key is, as far as that is known: from the lists, from its id, and from what AWS answered.
    pub fn whereabouts(&self, key: &KeyId) -> KeyLocation {
        let Some(open) = &self.open else { return KeyLocation::NotKnown };
        if let Some(user) = open.keys.owner(key) {
            return KeyLocation::Here(user.clone());
        }
        // Other servers write what they like into their ids.
        let told =
            if matches!(open.account.endpoint, Endpoint::Override { .. }) { None } else { key.account() };
        if key.is_temporary() {
            return KeyLocation::Temporary(told);
        }
        if let Some(account) = told.filter(|account| *account != open.account.id) {
            return KeyLocation::Elsewhere(account);
        }
        if self.find.session != Some(open.session) {
            return KeyLocation::NotKnown;
        }
        match self.find.owners.get(key) {
            None => KeyLocation::NotKnown,
            Some(owner) if owner.is_loading() => KeyLocation::Looking,
            Some(Remote { value: Some(Some(user)), .. }) => KeyLocation::Here(user.clone()),
            Some(owner) => match owner.failure() {
                Some((failure, _)) => KeyLocation::Failed(failure.clone()),
                None => KeyLocation::NoUser,
            },
        }
    }

    /// Asks only what cannot be told without asking.
    fn look_up(&mut self, key: KeyId) {
        if !matches!(self.whereabouts(&key), KeyLocation::NotKnown | KeyLocation::Failed(_)) {
            return;
        }
        let load = self.run.next_number();
        let Some(session) = self.open.as_ref().map(|open| open.session) else { return };
        if self.find.session != Some(session) {
            self.find.owners.clear();
            self.find.session = Some(session);
        }
        self.find.owners.entry(key.clone()).or_default().start(load);
        self.call(session, Call::FindOwner { load, key });
    }

    pub(super) fn take_owner(
        &mut self,
        session: SessionId,
        load: u64,
        key: &KeyId,
        answer: Result<Option<UserName>, Failure>,
    ) {
        let now = self.now;
        if self.find.session != Some(session) {
            return;
        }
        if let Some(owner) = self.find.owners.get_mut(key) {
            owner.finish(load, answer, now);
        }
    }

    /// The message that shows a key, or a user.
    pub fn go_to(user: &UserName, key: Option<&KeyId>) -> Msg {
        Msg::Find(FindMsg::OpenAccount { user: user.clone(), key: key.cloned() })
    }
}
