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
                if let Some(open) = self.open.as_mut().filter(|open| open.may_leave_read_only()) {
                    open.read_only = None;
                    self.forget_not_changed();
                }
            }
            AccountMsg::ForgetRefused => {
                if let Some(open) = &mut self.open {
                    open.refused.clear();
                }
                self.forget_not_changed();
            }
            AccountMsg::DismissFailure => {
                self.sign_in_failure = None;
            }
        }
    }

    fn set_prefs(&mut self, prefs: AccountPrefs) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        match (prefs.read_only, open.read_only) {
            (true, None) => open.become_read_only(ReadOnly::Account),
            (false, Some(ReadOnly::Account)) => open.read_only = None,
            _ => {}
        }
        self.settings.set_prefs(&open.account, prefs.clone());
        open.keys.set_rules(&open.account, prefs.policy.clone(), now);
        open.prefs = prefs;
        self.save();
    }

    /// Why an account is opened read-only, if it is.
    pub(super) fn read_only_of(&self, opened_so: bool, prefs: &AccountPrefs) -> Option<ReadOnly> {
        if self.always_read_only {
            Some(ReadOnly::Program)
        } else if opened_so {
            Some(ReadOnly::Opened)
        } else {
            prefs.read_only.then_some(ReadOnly::Account)
        }
    }
}

impl OpenAccount {
    /// False also where there is nothing to leave.
    pub fn may_leave_read_only(&self) -> bool {
        matches!(self.read_only, Some(ReadOnly::Opened | ReadOnly::Account))
    }

    /// What was only asked is not done any more; what is under way goes on.
    fn become_read_only(&mut self, why: ReadOnly) {
        self.read_only = Some(why);
        self.confirming = None;
        self.delete_dialog.take_if(|delete_dialog| !delete_dialog.deleting);
    }
}
