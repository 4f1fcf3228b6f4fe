//! What the administrator says about the account that is open: its name, what it is for, whether it may be changed.

use super::{Model, OpenAccount, ReadOnly};
use crate::domain::{AccountKind, AccountPrefs};

/// About the account that is open.
pub enum AccountMsg {
    /// Kept in the settings, and applied at once.
    SetLook(AccountPrefs),
    /// Ends read-only until the account is opened again. It was asked before.
    AllowChanges,
    /// What AWS refused may have been allowed meanwhile: it is asked anew.
    ForgetRefused,
    /// The failure of the last sign-in was read.
    DismissFailure,
}

impl OpenAccount {
    /// What to call it: the administrator's own name for it, else the alias, else the profile.
    pub fn name(&self) -> &str {
        self.prefs.name.as_deref().unwrap_or_else(|| self.account.name())
    }

    pub fn kind(&self) -> AccountKind {
        self.account.kind(&self.prefs)
    }
}

impl Model {
    pub(super) fn update_account(&mut self, msg: AccountMsg) {
        match msg {
            AccountMsg::SetLook(prefs) => self.set_prefs(prefs.tidy()),
            AccountMsg::AllowChanges => {
                if let Some(open) = self.open.as_mut().filter(|open| open.access.may_leave_read_only()) {
                    open.access.read_only = None;
                    self.forget_not_changed();
                }
            }
            AccountMsg::ForgetRefused => {
                if let Some(open) = &mut self.open {
                    open.access.forget_refused();
                }
                self.forget_not_changed();
            }
            AccountMsg::DismissFailure => {
                self.sessions.failure = None;
            }
        }
    }

    fn set_prefs(&mut self, prefs: AccountPrefs) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        match (prefs.read_only, open.access.read_only) {
            (true, None) => open.become_read_only(ReadOnly::Account),
            (false, Some(ReadOnly::Account)) => open.access.read_only = None,
            (true, Some(_)) | (false, None | Some(ReadOnly::Program | ReadOnly::Opened)) => {}
        }
        self.settings.set_prefs(&open.account, prefs.clone());
        open.keys.set_rules(&open.account, prefs.policy.clone(), now);
        open.prefs = prefs;
        self.save();
    }

    /// Why an account is opened read-only, if it is.
    pub(super) fn read_only_of(&self, opened_so: bool, prefs: &AccountPrefs) -> Option<ReadOnly> {
        if self.run.always_read_only {
            Some(ReadOnly::Program)
        } else if opened_so {
            Some(ReadOnly::Opened)
        } else {
            prefs.read_only.then_some(ReadOnly::Account)
        }
    }
}

impl OpenAccount {
    fn become_read_only(&mut self, why: ReadOnly) {
        self.access.read_only = Some(why);
        self.pending.drop_questions();
    }
}
