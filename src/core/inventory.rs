//! Reading the keys of a whole account: first its credential report, then the key ids and descriptions of each user.

use jiff::SignedDuration;

use super::{Model, ReportStatus, Sweep};
use crate::domain::{Cause, UserName};

/// A report that was read within this time is not asked for again when the page is shown. AWS makes a new one after four hours.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// The keys of all users, as the page *Account keys* shows them.
pub enum AccountKeysMsg {
    /// The page is shown from now on: asks for the credential report, and then for the key ids and descriptions. Does nothing
    /// while that is under way, or was done within the last ten minutes.
    Load,
    /// The users whose rows are on screen: they are read first.
    InView(Vec<UserName>),
    /// Stops sending. What is under way is still answered.
    Pause,
    /// Goes on after a pause, and begins again what was cancelled.
    Resume,
    /// Reads no more key ids and descriptions until [`Self::Resume`].
    Cancel,
}

/// How reading the keys of all users stands. The keys are in the [`KeyStore`](super::KeyStore).
#[derive(Debug, Default)]
pub struct Inventory {
    pub report: ReportStatus,
    pub sweep: Sweep,
    /// The page was shown since the account was opened.
    is_wanted: bool,
}

impl Inventory {
    /// What was refused because the session was over may be asked for again.
    pub(super) fn forget_end(&mut self) {
        self.report.report.forget_failure(|failure| failure.cause == Cause::SessionOver);
    }
}

impl Model {
    pub(super) fn update_account_keys(&mut self, msg: AccountKeysMsg) {
        match msg {
            AccountKeysMsg::Load => self.load_inventory(),
            AccountKeysMsg::InView(users) => self.sweep_in_view(users),
            AccountKeysMsg::Pause => self.pause_sweep(),
            AccountKeysMsg::Resume => self.resume_sweep(),
            AccountKeysMsg::Cancel => self.cancel_sweep(),
        }
    }

    fn load_inventory(&mut self) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        open.inventory.is_wanted = true;
        let report = &open.inventory.report.report;
        let is_fresh = report.as_of.is_some_and(|as_of| now.since(as_of) < FRESH);
        let is_refused = report.failure().is_some_and(|(failure, _)| !failure.may_pass());
        if !is_fresh && !is_refused {
            self.ask_report();
        }
        self.start_sweep();
    }

    /// The report is asked for again once its page was shown.
    pub(super) fn refresh_inventory(&mut self) {
        if self.open.as_ref().is_some_and(|open| open.inventory.is_wanted) {
            self.ask_report();
        }
        self.refresh_sweep();
    }

    /// All users are known: those that were deleted have no keys any more.
    pub(super) fn users_listed(&mut self) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        open.keys.retain_users(open.users.all(), now);
        self.plan_sweep();
    }
}
