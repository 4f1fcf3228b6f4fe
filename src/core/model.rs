//! The model, and the one place where messages are handed to their conversation.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{
    Access, Activity, Batches, Call, Clipboard, Creations, Effect, Export, Find, Inventory, KeyStore,
    LocalFiles, Msg, Notice, NoticeId, NoticeKind, Page, PendingChanges, Run, Selection, SessionId,
    SessionState, Sessions, UserKeys, UserList,
};
use crate::domain::{
    Account, AccountKind, AccountPrefs, Finding, KeyId, KeyStatus, Moment, Settings, SignInChoice, UserName,
};

/// The account on screen.
pub struct OpenAccount {
    pub session: SessionId,
    pub choice: SignInChoice,
    pub account: Account,
    pub life: SessionState,
    /// What the administrator has set for it.
    pub prefs: AccountPrefs,
    pub access: Access,
    pub users: UserList,
    pub selection: Selection,
    pub keys: KeyStore,
    /// How reading the keys of all users stands.
    pub inventory: Inventory,
    pub pending: PendingChanges,
    /// When Keyfob switched a key off; IAM itself does not tell.
    pub inactive_since: BTreeMap<KeyId, Timestamp>,
    /// The server's clock, as its answers have told it.
    pub(super) server_clock: Option<Moment>,
}

impl OpenAccount {
    /// The user on screen.
    pub fn selected_user(&self) -> Option<&UserName> {
        self.selection.user.as_ref()
    }

    /// What is known about the keys of the user on screen.
    pub fn keys_of_selected_user(&self) -> Option<&UserKeys> {
        self.keys.get(self.selected_user()?)
    }

    pub fn keys_of(&self, user: &UserName) -> Option<&UserKeys> {
        self.keys.get(user)
    }

    /// It signs the requests of this session.
    pub fn signs_with(&self, key: &KeyId) -> bool {
        self.account.signing_key.as_ref() == Some(key)
    }

    /// Keyfob signs in with it: it signs, or the session that signs was made with it.
    pub fn signs_in_with(&self, key: &KeyId) -> bool {
        self.signs_with(key) || self.account.session_key.as_ref() == Some(key)
    }

    /// The findings of one key, the worst first.
    pub fn findings(&self, user: &UserName, key: &KeyId, now: Moment) -> Vec<Finding> {
        self.keys.findings(user, key, now).into_owned()
    }

    /// The worst finding of all keys of a user, as far as they are known.
    pub fn worst_finding(&self, user: &UserName, now: Moment) -> Option<Finding> {
        self.keys.worst_finding(user, now)
    }

    pub(super) fn status_of(&self, user: &UserName, key: &KeyId) -> Option<KeyStatus> {
        Some(self.keys.get(user)?.key(key)?.status)
    }
}

/// All that the program knows. The interface reads it and never changes it.
pub struct Model {
    /// When the last message was handled. The date is the server's while an account is open.
    pub now: Moment,
    /// How far this computer's clock is ahead of that date.
    pub(super) clock_ahead: SignedDuration,
    pub settings: Settings,
    pub run: Run,
    pub files: LocalFiles,
    pub sessions: Sessions,
    pub open: Option<OpenAccount>,
    pub page: Page,
    pub find: Find,
    pub activity: Activity,
    pub batches: Batches,
    /// The report of keys that is being written, or was.
    pub key_export: Option<Export>,
    pub creations: Creations,
    pub clipboard: Clipboard,
    pub notices: Vec<Notice>,
    /// What the message that is being handled asks for.
    pub(super) outbox: Vec<Effect>,
}

impl Model {
    pub fn new(settings: Settings, always_read_only: bool, now: Moment) -> Self {
        Self {
            now,
            clock_ahead: SignedDuration::ZERO,
            settings,
            run: Run::new(always_read_only, now.date),
            files: LocalFiles::default(),
            sessions: Sessions::default(),
            open: None,
            page: Page::default(),
            find: Find::default(),
            activity: Activity::default(),
            batches: Batches::default(),
            key_export: None,
            creations: Creations::default(),
            clipboard: Clipboard::default(),
            notices: Vec::new(),
            outbox: Vec::new(),
        }
    }

    /// Handles one message; `now` is the time at which it arrived, by this computer's clocks.
    pub fn update(&mut self, msg: Msg, now: Moment) -> Vec<Effect> {
        self.set_now(now);
        if !self.forbids(&msg) {
            self.follow(msg);
        }
        self.on_account_changed();
        if let Some(open) = &mut self.open {
            open.keys.refresh(self.now);
        }
        self.drive_batches();
        self.sign_out_left();
        std::mem::take(&mut self.outbox)
    }

    fn follow(&mut self, msg: Msg) {
        match msg {
            Msg::Start(msg) => self.update_start(msg),
            Msg::Account(msg) => self.update_account(msg),
            Msg::Users(msg) => self.update_users(msg),
            Msg::Keys(msg) => self.update_keys(msg),
            Msg::AccountKeys(msg) => self.update_account_keys(msg),
            Msg::Create(msg) => self.update_create(msg),
            Msg::Profile(msg) => self.update_profile(msg),
            Msg::Journal(msg) => self.update_journal(msg),
            Msg::Batch(msg) => self.update_batch(msg),
            Msg::Activity(msg) => self.update_activity(msg),
            Msg::KeyExport(msg) => self.update_key_export(msg),
            Msg::Find(msg) => self.update_find(msg),
            Msg::Show(page) => self.show(page),
            Msg::Answered(answered) => self.answered(answered),
            Msg::Clipboard(event) => self.update_clipboard(event),
            Msg::CopyText(text) => self.send(Effect::CopyText { text }),
            Msg::OpenPage { url } => {
                self.notices.retain(|notice| !matches!(notice.event, NoticeKind::PageNotOpened { .. }));
                self.send(Effect::OpenPage { url });
            }
            Msg::PageNotOpened { url, reason } => {
                self.notify(NoticeKind::PageNotOpened { url, reason });
            }
            Msg::ClearClipboard => self.send(Effect::ClearClipboard),
            Msg::Refresh => self.refresh(),
            Msg::Dismiss(notice) => self.dismiss(notice),
            Msg::Settings(msg) => self.update_settings(msg),
            Msg::Network(msg) => self.update_network(msg),
            Msg::SetFault { trouble, on } => self.set_fault(trouble, on),
        }
    }

    pub(super) fn save(&mut self) {
        self.send(Effect::Save(Box::new(self.settings.clone())));
    }

    pub(super) fn notify(&mut self, event: NoticeKind) {
        self.tell(None, event);
    }

    fn dismiss(&mut self, id: NoticeId) {
        self.notices.retain(|notice| notice.id != id);
    }

    pub(super) fn refresh(&mut self) {
        let Some(open) = &mut self.open else {
            self.find_profiles();
            return;
        };
        open.access.forget_refused();
        let (session, asks_quota) = (open.session, !open.access.knows_quota());
        self.forget_not_changed();
        self.list_users();
        if asks_quota {
            self.call(session, Call::ReadQuota);
        }
        self.load_selected_user();
        self.look_for_orphans();
        self.recheck_batches();
        self.refresh_inventory();
    }

    /// True while the keys of a user are on screen.
    pub fn shows_keys(&self) -> bool {
        let known =
            |open: &OpenAccount| open.keys_of_selected_user().is_some_and(|keys| keys.list.value.is_some());
        self.page == Page::Keys && self.open.as_ref().is_some_and(known)
    }

    /// What the strip at the left edge says.
    pub fn account_kind(&self) -> Option<AccountKind> {
        self.open.as_ref().map(OpenAccount::kind)
    }
}
