//! Changes of the account on screen that are under way, or that wait for the administrator.

use std::collections::BTreeMap;

use super::{DeleteDialog, Describing, Switch};
use crate::domain::{KeyId, UserName};

/// What was asked for and has not ended.
#[derive(Default)]
pub struct PendingChanges {
    /// Status changes that are under way.
    pub switching: BTreeMap<KeyId, Switch>,
    /// Descriptions that are being written.
    pub describing: BTreeMap<KeyId, Describing>,
    /// A status change that waits to be confirmed.
    pub confirming: Option<Switch>,
    pub delete_dialog: Option<DeleteDialog>,
    /// Keys whose deletion got no answer, and whose they are.
    pub(super) unconfirmed_deletions: BTreeMap<KeyId, UserName>,
}

impl PendingChanges {
    /// Drops what only waits for the administrator; what is under way goes on.
    pub(super) fn drop_questions(&mut self) {
        self.confirming = None;
        self.cancel_delete();
    }

    pub(super) fn cancel_delete(&mut self) {
        self.delete_dialog.take_if(|dialog| !dialog.deleting);
    }
}
