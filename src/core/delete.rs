//! Deleting a key, in a dialog that shows the evidence first.

use super::notice::Topic;
use super::{Call, Forbidden, KeyChange, Model, NoticeKind, OpenAccount, SessionId};
use crate::domain::{Action, Cause, Failure, KeyId, KeyStatus, NotDeleted, UserName};

/// The open delete dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteDialog {
    pub user: UserName,
    pub key: KeyId,
    /// The deletion is under way.
    pub deleting: bool,
    pub failure: Option<Failure>,
}

/// Why *Delete for good* is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeleteBlocked {
    /// AWS has refused it.
    Forbidden(Forbidden),
    /// It must be switched off first: that can be undone. Also where its status is not known.
    Active,
    NotTyped,
    WrongEnd,
    Deleting,
}

impl DeleteDialog {
    /// Whether the typed text confirms the deletion: the last four characters, or the full id.
    fn accepts(&self, typed: &str) -> bool {
        let typed = typed.trim();
        typed == self.key.last_four() || typed == self.key.as_str()
    }
}

impl OpenAccount {
    /// Off, or gone already. The key that signs cannot be switched off first: Keyfob could not delete it then.
    fn may_be_deleted(&self, delete_dialog: &DeleteDialog) -> bool {
        if self.pending.switching.contains_key(&delete_dialog.key) {
            return false;
        }
        let off = match self.status_of(&delete_dialog.user, &delete_dialog.key) {
            Some(status) => status.is_off(),
            None => self.is_gone(&delete_dialog.user, &delete_dialog.key),
        };
        off || self.signs_with(&delete_dialog.key)
    }

    /// The tag may be there without being known: the tags could not be read, or are still on their way.
    pub(super) fn may_be_described(&self, user: &UserName, key: &KeyId) -> bool {
        self.keys_of(user).is_none_or(|known| known.may_be_described(key))
    }

    /// The list of the user's keys is known, and this one is not on it.
    pub fn is_gone(&self, user: &UserName, key: &KeyId) -> bool {
        let listed = self.keys_of(user).filter(|known| known.list.value.is_some());
        listed.is_some_and(|known| known.key(key).is_none())
    }
}

impl Model {
    /// Why the key in the open dialog cannot be deleted yet.
    pub fn gate_block(&self, typed: &str) -> Option<DeleteBlocked> {
        let open = self.open.as_ref()?;
        let delete_dialog = open.pending.delete_dialog.as_ref()?;
        if delete_dialog.deleting {
            return Some(DeleteBlocked::Deleting);
        }
        if let Some(why) = open.access.forbidden(Action::DeleteAccessKey, &delete_dialog.user) {
            return Some(DeleteBlocked::Forbidden(why));
        }
        if !open.may_be_deleted(delete_dialog) {
            return Some(DeleteBlocked::Active);
        }
        if delete_dialog.accepts(typed) {
            return None;
        }
        let typed_enough = typed.trim().chars().count() >= delete_dialog.key.last_four().chars().count();
        Some(if typed_enough { DeleteBlocked::WrongEnd } else { DeleteBlocked::NotTyped })
    }

    pub(super) fn ask_delete(&mut self, user: UserName, key: KeyId) {
        let Some(open) = &mut self.open else { return };
        if open.status_of(&user, &key).is_none() || open.pending.delete_dialog.is_some() {
            return;
        }
        let session = open.session;
        let delete_dialog = DeleteDialog { user, key, deleting: false, failure: None };
        open.pending.delete_dialog = Some(delete_dialog.clone());
        // The evidence may be hours old, or of a user who was never picked.
        self.read_last_uses(&delete_dialog.user, vec![delete_dialog.key]);
        self.relist(session, &delete_dialog.user);
    }

    pub(super) fn deactivate_first(&mut self) {
        let Some(delete_dialog) = self.open.as_mut().and_then(|open| open.pending.delete_dialog.as_mut())
        else {
            return;
        };
        delete_dialog.failure = None;
        let (user, key) = (delete_dialog.user.clone(), delete_dialog.key.clone());
        self.ask_status(user, key, KeyStatus::Inactive);
    }

    pub(super) fn cancel_delete(&mut self) {
        if let Some(open) = &mut self.open {
            open.pending.cancel_delete();
        }
    }

    pub(super) fn delete(&mut self, typed: &str) {
        if self.gate_block(typed).is_some() {
            return;
        }
        let Some(open) = &mut self.open else { return };
        let session = open.session;
        let Some(delete_dialog) = &mut open.pending.delete_dialog else { return };
        delete_dialog.deleting = true;
        delete_dialog.failure = None;
        let (user, key) = (delete_dialog.user.clone(), delete_dialog.key.clone());
        let even_active = open.signs_with(&key);
        self.forget_told(session, Topic::State(&key));
        self.call(session, Call::DeleteKey { user, key, even_active, batch: None });
    }

    pub(super) fn deleted(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        answer: Result<(), Failure>,
    ) {
        // A delete that was sent again after its answer got lost: what was wanted is done.
        let answer = match answer {
            Err(Failure { cause: Cause::NoSuchEntity(_), .. }) => Ok(()),
            answer => answer,
        };
        let Some(open) = self.open_as(session) else {
            self.deleted_after_leaving(session, user, key, answer);
            return;
        };
        // Only the first answer counts.
        if !open
            .pending
            .delete_dialog
            .as_ref()
            .is_some_and(|delete_dialog| delete_dialog.deleting && delete_dialog.key == key)
        {
            return;
        }
        match answer {
            Ok(()) => self.is_deleted(session, user, key),
            Err(failure) if self.is_gone_already(session, user, &key, &failure) => {
                self.forget_deleted(session, user, &key);
                self.notify_of(session, NoticeKind::GoneAlready { user: user.clone(), key });
            }
            Err(failure) => self.not_deleted(session, user, key, failure),
        }
    }

    /// The list right before the deletion does not show the key, and it is not so new that the list may not know it yet.
    fn is_gone_already(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: &KeyId,
        failure: &Failure,
    ) -> bool {
        let now = self.now;
        let is_new = self
            .open_as(session)
            .and_then(|open| open.keys_of(user))
            .is_some_and(|known| known.is_new(key, now));
        failure.cause == Cause::NotDeleted(NotDeleted::Gone) && !is_new
    }

    /// The dialog that would report it is closed.
    fn deleted_after_leaving(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        answer: Result<(), Failure>,
    ) {
        let user = user.clone();
        match answer {
            Ok(()) => {
                self.notify_of(session, NoticeKind::Deleted { user, key: key.clone() });
                self.orphan_deleted(&key);
            }
            Err(Failure { cause: Cause::NotDeleted(NotDeleted::Gone), .. }) => {
                self.notify_of(session, NoticeKind::GoneAlready { user, key });
            }
            Err(failure) => {
                self.notify_of(session, NoticeKind::NotDeleted { user, key, failure });
            }
        }
    }

    /// Reported in the dialog, which stays open for another attempt.
    fn not_deleted(&mut self, session: SessionId, user: &UserName, key: KeyId, failure: Failure) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        let (lost, status) = (failure.is_lost(), failure.listed_status());
        if lost {
            open.pending.unconfirmed_deletions.insert(key.clone(), user.clone());
        }
        if let Some(delete_dialog) = &mut open.pending.delete_dialog {
            delete_dialog.deleting = false;
            delete_dialog.failure = Some(failure);
        }
        if let Some(status) = status {
            open.keys.apply_change(user, KeyChange::Listed { key, status }, now);
        }
        // A list that contradicts what was just done here is settled once it is believed.
        if lost || status.is_some() {
            self.recheck_unconfirmed(session, user);
        } else {
            self.relist(session, user);
        }
    }

    /// It is certain that the key does not exist any more.
    pub(super) fn is_deleted(&mut self, session: SessionId, user: &UserName, key: KeyId) {
        self.forget_deleted(session, user, &key);
        self.notify_of(session, NoticeKind::Deleted { user: user.clone(), key });
    }

    /// Takes a key that does not exist any more off the screen, and its description out of the user's tags.
    fn forget_deleted(&mut self, session: SessionId, user: &UserName, key: &KeyId) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        open.pending.delete_dialog.take_if(|delete_dialog| delete_dialog.key == *key);
        open.pending.unconfirmed_deletions.remove(key);
        open.keys.apply_change(user, KeyChange::Delete(key.clone()), now);
        let described = open.may_be_described(user, key);
        self.look_again(session, user);
        self.orphan_deleted(key);
        if described {
            self.call(session, Call::Undescribe { user: user.clone(), key: key.clone(), batch: None });
        }
    }
}
