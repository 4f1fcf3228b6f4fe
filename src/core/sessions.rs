//! The sessions of this run: the sign-in that is under way, the accounts that were opened, and those that were left.

use std::collections::{BTreeMap, BTreeSet};

use super::{Effect, Model, OpenAccount, SignIn};
use crate::domain::{Account, Failure, SignInChoice};

/// A sign-in and all that follows from it. Raised at each sign-in; answers for an earlier one are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId(pub u64);

/// All sessions but the one on screen, which is [`Model::open`].
#[derive(Default)]
pub struct Sessions {
    pub(super) sign_in: Option<SignIn>,
    /// Why the last sign-in failed.
    pub(super) failure: Option<(SignInChoice, Failure)>,
    /// The accounts that were opened in this run: a message about one that was left names it.
    pub(super) accounts: BTreeMap<SessionId, Account>,
    /// Accounts that were left and whose connection is still needed.
    left: BTreeSet<SessionId>,
}

impl Sessions {
    /// Removes the accounts that were left and whose connection `needed` does not name.
    fn take_unneeded(&mut self, needed: Option<SessionId>) -> impl Iterator<Item = SessionId> {
        self.left.extract_if(.., move |session| Some(*session) != needed)
    }
}

impl Model {
    /// The sign-in that is under way.
    pub fn sign_in(&self) -> Option<&SignIn> {
        self.sessions.sign_in.as_ref()
    }

    /// Why the last sign-in failed, and of what choice it was.
    pub fn sign_in_failure(&self) -> Option<&(SignInChoice, Failure)> {
        self.sessions.failure.as_ref()
    }

    /// The session that an answer belongs to, if it is still open.
    pub(super) fn open_as(&mut self, session: SessionId) -> Option<&mut OpenAccount> {
        self.open.as_mut().filter(|open| open.session == session)
    }

    pub(super) fn is_open(&self, session: SessionId) -> bool {
        self.open.as_ref().is_some_and(|open| open.session == session)
    }

    /// The connection is dropped once nothing needs it.
    pub(super) fn leave(&mut self, session: SessionId) {
        self.forget_undoable(session);
        self.sessions.left.insert(session);
    }

    /// Drops the connections of accounts that were left, except that of the new key panel: the key is described, checked and
    /// switched off over it.
    pub(super) fn sign_out_left(&mut self) {
        let needed = self.creations.current.as_ref().map(|creation| creation.session);
        let done = self.sessions.take_unneeded(needed);
        self.outbox.extend(done.map(|session| Effect::SignOut { session }));
    }
}
