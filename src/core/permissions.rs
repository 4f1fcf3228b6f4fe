//! What the caller may not do, as AWS has said, and what nobody may do in an account that is open read-only.
//!
//! The guard is here and not in the buttons: shortcuts, stale buttons and assistive technology all end up here.

use std::collections::BTreeMap;

use super::{Answered, Call, CreateMsg, KeysMsg, Model, Msg, NoticeKind, OpenAccount, SessionId};
use crate::domain::{Action, Denial, Refusal, UserName};

/// The quota until AWS has answered: two keys a user (IAM quotas, not adjustable).
const DEFAULT_QUOTA: u32 = 2;

/// Why nothing may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// The program was started so. There is no way out of it.
    Program,
    /// The account was opened so this time.
    Opened,
    /// The account is always opened so.
    Account,
}

/// Why a change may not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forbidden {
    ReadOnly(ReadOnly),
    /// AWS has refused it for this user, and is not asked again before a refresh.
    NotAllowed(Refusal),
}

/// A change that a message asks for.
struct Change {
    session: SessionId,
    /// `None`: AWS is asked, whatever it has said before.
    action: Option<Action>,
    user: UserName,
}

/// What may be done in the account that is open.
pub struct Access {
    /// Why nothing may be changed, if so. The core refuses, whatever the interface offers.
    pub read_only: Option<ReadOnly>,
    /// What AWS refused, for which user.
    refused: BTreeMap<(Action, Option<UserName>), Denial>,
    /// Keys that a user may have; `None` until AWS has answered.
    quota: Option<u32>,
}

impl Access {
    pub(super) fn new(read_only: Option<ReadOnly>) -> Self {
        Self { read_only, refused: BTreeMap::new(), quota: None }
    }

    /// Keys that a user may have.
    pub fn quota(&self) -> u32 {
        self.quota.unwrap_or(DEFAULT_QUOTA)
    }

    pub(super) fn knows_quota(&self) -> bool {
        self.quota.is_some()
    }

    pub(super) fn set_quota(&mut self, quota: u32) {
        self.quota = Some(quota);
    }

    /// False also where there is nothing to leave.
    pub fn may_leave_read_only(&self) -> bool {
        matches!(self.read_only, Some(ReadOnly::Opened | ReadOnly::Account))
    }

    /// Why a change may not be made for this user, if so. What AWS refused is forgotten by a refresh.
    pub fn forbidden(&self, action: Action, user: &UserName) -> Option<Forbidden> {
        if let Some(why) = self.read_only {
            return Some(Forbidden::ReadOnly(why));
        }
        // The keys are listed right before one is made or deleted.
        let lists = matches!(action, Action::CreateAccessKey | Action::DeleteAccessKey);
        let needed = [Some(action), lists.then_some(Action::ListAccessKeys)];
        let refused = |action| self.refusal(action, Some(user));
        needed.into_iter().flatten().find_map(refused).map(Forbidden::NotAllowed)
    }

    /// What AWS has refused, of the account (`None`) or for a user.
    pub fn refusal(&self, action: Action, user: Option<&UserName>) -> Option<Refusal> {
        let user = user.cloned();
        let denial = self.refused.get(&(action, user.clone()))?.clone();
        Some(Refusal { action, user, denial })
    }

    /// The administrator may have been given what was missing.
    pub(super) fn forget_refused(&mut self) {
        self.refused.clear();
    }
}

impl OpenAccount {
    /// The policy that would allow it.
    pub fn policy(&self, refusal: &Refusal) -> Option<String> {
        let user = refusal.user.as_ref().and_then(|user| self.users.get(user));
        refusal.policy(&self.account, user.map(|user| user.path.as_str()))
    }
}

impl Model {
    /// True if `msg` asks for a change that may not be made; then the administrator is told why.
    pub(super) fn forbids(&mut self, msg: &Msg) -> bool {
        let Some(change) = self.change(msg) else { return false };
        let Some(why) = self.objection(&change) else { return false };
        // Once is enough, however often it is pressed.
        self.forget_not_changed();
        self.notify_of(change.session, NoticeKind::NotChanged { why });
        true
    }

    /// What kept changes from being made is so no more.
    pub(super) fn forget_not_changed(&mut self) {
        self.notices.retain(|notice| !matches!(notice.event, NoticeKind::NotChanged { .. }));
    }

    fn objection(&self, change: &Change) -> Option<Forbidden> {
        let open = self.open.as_ref().filter(|open| open.session == change.session)?;
        match change.action {
            Some(action) => open.access.forbidden(action, &change.user),
            None => open.access.read_only.map(Forbidden::ReadOnly),
        }
    }

    /// What a message would change. Each new message has to be sorted in here.
    fn change(&self, msg: &Msg) -> Option<Change> {
        match msg {
            Msg::Keys(msg) => self.change_of_key(msg),
            Msg::Create(msg) => self.change_of_creation(msg),
            Msg::Start(_)
            | Msg::Account(_)
            | Msg::Users(_)
            | Msg::AccountKeys(_)
            | Msg::Profile(_)
            | Msg::Journal(_)
            // A batch is confirmed key by key, with what is known then.
            | Msg::Batch(_)
            | Msg::Activity(_)
            | Msg::KeyExport(_)
            | Msg::Find(_)
            | Msg::Show(_)
            | Msg::Answered(_)
            | Msg::Clipboard(_)
            | Msg::CopyText(_)
            | Msg::OpenPage { .. }
            | Msg::PageNotOpened { .. }
            | Msg::ClearClipboard
            | Msg::Refresh
            | Msg::Dismiss(_)
            | Msg::Settings(_)
            | Msg::Network(_)
            | Msg::SetFault { .. } => None,
        }
    }

    fn change_of_key(&self, msg: &KeysMsg) -> Option<Change> {
        let open = self.open.as_ref()?;
        let delete_dialog = open.pending.delete_dialog.as_ref().map(|delete_dialog| &delete_dialog.user);
        let (action, user) = match msg {
            KeysMsg::SetStatus { user, .. } => (Action::UpdateAccessKey, Some(user)),
            KeysMsg::ConfirmSwitch => {
                (Action::UpdateAccessKey, open.pending.confirming.as_ref().map(|switch| &switch.user))
            }
            KeysMsg::DeactivateFirst => (Action::UpdateAccessKey, delete_dialog),
            KeysMsg::AskDelete { user, .. } => (Action::DeleteAccessKey, Some(user)),
            KeysMsg::Delete { .. } => (Action::DeleteAccessKey, delete_dialog),
            KeysMsg::Describe { user, text, .. } if text.trim().is_empty() => (Action::UntagUser, Some(user)),
            KeysMsg::Describe { user, .. } => (Action::TagUser, Some(user)),
            KeysMsg::RelistDue { .. } | KeysMsg::CancelSwitch | KeysMsg::CancelDelete => return None,
        };
        Some(Change { session: open.session, action: Some(action), user: user?.clone() })
    }

    fn change_of_creation(&self, msg: &CreateMsg) -> Option<Change> {
        match msg {
            CreateMsg::Create { user, .. } => {
                let session = self.open.as_ref()?.session;
                Some(Change { session, action: Some(Action::CreateAccessKey), user: user.clone() })
            }
            CreateMsg::DeactivateAndDiscard => {
                let creation = self.creations.current.as_ref()?;
                let user = creation.user().clone();
                // The window is about to close: there is nothing to refresh first.
                Some(Change { session: creation.session, action: None, user })
            }
            // The key is there: what is done with its secret changes nothing at AWS.
            CreateMsg::DestinationChecked { .. }
            | CreateMsg::ForgetDestination
            | CreateMsg::Copy(_)
            | CreateMsg::Save(_)
            | CreateMsg::SaveEnded { .. }
            | CreateMsg::Check
            | CreateMsg::Saved
            | CreateMsg::DiscardSecret
            | CreateMsg::DropUnsent
            | CreateMsg::Keep => None,
        }
    }

    /// Remembers what AWS refuses, for as long as the same caller is signed in and nothing is refreshed.
    pub(super) fn note_refusal(&mut self, answered: &Answered, call: &Call) {
        let Some(failure) = answered.reply.failure() else { return };
        let Some(Refusal { action, user, denial }) = Refusal::of(failure, call.user()) else {
            return;
        };
        if let Some(open) = self.open_as(answered.session) {
            open.access.refused.insert((action, user), denial);
        }
    }
}
