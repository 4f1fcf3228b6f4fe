//! Which user is on screen. Arrow keys run through many: only where they stay is loaded and remembered.

use std::time::Duration;

use jiff::SignedDuration;

use super::{Effect, Model, SessionId};
use crate::domain::UserName;

/// A second pick within this time may be one of many.
const PAUSE: SignedDuration = SignedDuration::from_millis(150);
const WAIT: Duration = Duration::from_millis(150);

impl Model {
    pub(super) fn pick(&mut self, user: UserName) {
        let (now, pick) = (self.now.steady, self.next_number());
        let Some(open) = &mut self.open else { return };
        if open.selected_user.as_ref() == Some(&user) {
            return;
        }
        open.selected_user = Some(user);
        open.vanished = None;
        open.confirming = None;
        let (before, _) = std::mem::replace(&mut open.last_selection, (Some(now), Some(pick)));
        let session = open.session;
        if before.is_some_and(|before| now.since(before) < PAUSE) {
            self.send(Effect::DebounceSelection { session, pick, after: WAIT });
            return;
        }
        self.pick_stays(session, pick);
    }

    pub(super) fn pick_stays(&mut self, session: SessionId, pick: u64) {
        let Some(open) = self.open_as(session).filter(|open| open.last_selection.1 == Some(pick)) else {
            return;
        };
        open.last_selection.1 = None;
        let (account, Some(user)) = (open.account.clone(), open.selected_user.clone()) else { return };
        self.settings.remember_user(&account, user);
        self.save();
        self.load_selected_user();
    }

    /// All users are known now. `first`: for the first time since the account was opened.
    pub(super) fn keep_selection(&mut self, first: bool) {
        let Some(open) = &mut self.open else { return };
        let lost = open.selected_user.take_if(|name| open.users.get(name).is_none());
        if !first {
            // Another user in its place would be taken for it.
            open.vanished = lost.or_else(|| open.vanished.take());
            return;
        }
        let (None, Some(first)) =
            (&open.selected_user, open.users.all().first().map(|user| user.name.clone()))
        else {
            return;
        };
        self.pick(first);
        // Nobody pressed anything: the first press must not wait.
        if let Some(open) = &mut self.open {
            open.last_selection.0 = None;
        }
    }
}
