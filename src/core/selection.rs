//! Which user is on screen. Arrow keys run through many: only where they stay is loaded and remembered.

use std::time::Duration;

use jiff::SignedDuration;

use super::{Effect, Model, SessionId};
use crate::domain::{Steady, UserName};

/// A second selection within this time may be one of many.
const PAUSE: SignedDuration = SignedDuration::from_millis(150);
const WAIT: Duration = Duration::from_millis(150);

/// The user on screen.
#[derive(Default)]
pub struct Selection {
    pub(super) user: Option<UserName>,
    /// The user that was selected until it was found deleted.
    pub vanished: Option<UserName>,
    /// When the last user was selected.
    at: Option<Steady>,
    /// The number of that selection while its keys are not asked for yet.
    unsettled: Option<u64>,
}

impl Selection {
    pub(super) fn of(user: Option<UserName>) -> Self {
        Self { user, ..Self::default() }
    }

    /// The selection settles at once, unless it comes right after another one.
    fn select(&mut self, user: UserName, number: u64, now: Steady) -> Settles {
        let before = self.at.replace(now);
        *self = Self { user: Some(user), vanished: None, at: self.at, unsettled: Some(number) };
        if before.is_some_and(|before| now.since(before) < PAUSE) { Settles::Later } else { Settles::Now }
    }

    /// True if `number` is the last selection, and has not settled yet.
    fn settle(&mut self, number: u64) -> bool {
        self.unsettled.take_if(|unsettled| *unsettled == number).is_some()
    }
}

enum Settles {
    Now,
    Later,
}

impl Model {
    pub(super) fn select_user(&mut self, user: UserName) {
        let now = self.now.steady;
        let Some(open) = &mut self.open else { return };
        if open.selected_user() == Some(&user) {
            return;
        }
        let (session, number) = (open.session, self.run.next_number());
        open.pending.confirming = None;
        match open.selection.select(user, number, now) {
            Settles::Now => self.selection_settled(session, number),
            Settles::Later => self.send(Effect::DebounceSelection { session, pick: number, after: WAIT }),
        }
    }

    pub(super) fn selection_settled(&mut self, session: SessionId, number: u64) {
        let Some(open) = self.open_as(session) else { return };
        if !open.selection.settle(number) {
            return;
        }
        let (account, Some(user)) = (open.account.clone(), open.selected_user().cloned()) else { return };
        self.settings.remember_user(&account, user);
        self.save();
        self.load_selected_user();
    }

    /// All users are known now. `first`: for the first time since the account was opened.
    pub(super) fn keep_selection(&mut self, first: bool) {
        let Some(open) = &mut self.open else { return };
        let lost = open.selection.user.take_if(|name| open.users.get(name).is_none());
        if !first {
            // Another user in its place would be taken for it.
            open.selection.vanished = lost.or_else(|| open.selection.vanished.take());
            return;
        }
        let (None, Some(first)) =
            (open.selected_user(), open.users.all().first().map(|user| user.name.clone()))
        else {
            return;
        };
        self.select_user(first);
        // Nobody pressed anything: the first press must not wait.
        if let Some(open) = &mut self.open {
            open.selection.at = None;
        }
    }
}
