//! What is asked beside the identity, so that the keys of the remembered user are there as soon as the account is.
//!
//! A choice mostly leads to the account that it led to last time. What that account answers is held until AWS has confirmed
//! that it is that one; in any other case it is dropped unread.

use super::{Answered, Call, Effect, Model, SessionId};
use crate::domain::{Account, Opened, UserName};

/// Requests that were sent over a connection whose account is not confirmed yet.
pub(super) struct Prefetch {
    expected: Opened,
    user: UserName,
    /// The number of all of its reads.
    load: u64,
    answers: Vec<Answered>,
}

impl Prefetch {
    /// It is this account that was expected, and this user that is on screen first.
    pub(super) fn is_of(&self, account: &Account, user: Option<&UserName>) -> bool {
        self.expected.is(account) && user == Some(&self.user)
    }
}

impl Model {
    /// The connection of a sign-in is there; now AWS names its account.
    pub(super) fn connected(&mut self, session: SessionId) {
        if self.is_open(session) {
            return;
        }
        let Some(sign_in) = self.sessions.sign_in.as_mut().filter(|sign_in| sign_in.session == session)
        else {
            // Cancelled, or another account was picked meanwhile.
            self.leave(session);
            return;
        };
        if std::mem::replace(&mut sign_in.connected, true) {
            return;
        }
        let renews = sign_in.renews.is_some();
        self.send(Effect::Identify { session });
        if !renews {
            self.prefetch(session);
        }
    }

    fn prefetch(&mut self, session: SessionId) {
        let load = self.run.next_number();
        let Some(sign_in) = &mut self.sessions.sign_in else { return };
        let Some(expected) = self.settings.opened(&sign_in.choice).cloned() else { return };
        let Some(user) = self.settings.user_of(&expected).cloned() else { return };
        sign_in.prefetch = Some(Prefetch { expected, user: user.clone(), load, answers: Vec::new() });
        // The keys first: they are what is waited for.
        self.call(session, Call::ListKeys { user: user.clone(), load, paced: false });
        self.call(session, Call::ListUsers { load, marker: None });
        self.call(session, Call::ReadDescriptions { user, load, paced: false });
        self.call(session, Call::ReadQuota);
    }

    /// Keeps an answer whose account is not confirmed yet; gives any other one back.
    pub(super) fn hold(&mut self, answered: Answered) -> Option<Answered> {
        let sign_in = self.sessions.sign_in.as_mut().filter(|sign_in| sign_in.session == answered.session);
        match sign_in.and_then(|sign_in| sign_in.prefetch.as_mut()) {
            Some(prefetch) => {
                prefetch.answers.push(answered);
                None
            }
            None => Some(answered),
        }
    }

    /// The account is confirmed and open: what has come already counts, and the rest is awaited.
    pub(super) fn take_prefetched(&mut self, prefetch: Prefetch) {
        let Prefetch { user, load, answers, .. } = prefetch;
        if let Some(open) = &mut self.open {
            open.users.list.start(load);
            open.keys.start_list(&user, load);
            open.keys.start_descriptions(&user, load);
        }
        for answered in answers {
            self.answered(answered);
        }
    }
}
