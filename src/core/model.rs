//! The model, and the one place where messages are handed to their conversation.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::{
    Activity, CaFileCheck, Call, Clipboard, Creation, DeleteDialog, Describing, Effect, Find, KeyStore, Msg,
    Notice, NoticeId, NoticeKind, Page, ProfilePreview, ReadOnly, Remote, SessionState, SignIn, Switch,
    Unfinished, UserKeys, UserList,
};
use crate::domain::{
    About, Account, AccountKind, AccountPrefs, Action, Denial, Failure, Finding, KeyId, KeyStatus, Moment,
    Profiles, Settings, SignInChoice, SimulatedFault, Steady, UserName, Workstation,
};

/// A sign-in and all that follows from it. Raised at each sign-in; answers for an earlier one are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId(pub u64);

/// One press of *Create*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpId(pub u64);

/// The quota where the account does not tell it: two keys a user (IAM quotas, not adjustable).
pub(super) const DEFAULT_QUOTA: u32 = 2;

/// An account that is open.
pub struct OpenAccount {
    pub session: SessionId,
    pub choice: SignInChoice,
    pub account: Account,
    pub life: SessionState,
    /// What the administrator has said about it.
    pub prefs: AccountPrefs,
    /// Why nothing may be changed, if so. The core refuses, whatever the interface offers.
    pub read_only: Option<ReadOnly>,
    /// What AWS refused, for which user.
    pub(super) refused: BTreeMap<(Action, Option<UserName>), Denial>,
    /// Keys that a user may have.
    pub quota: u32,
    pub(super) quota_is_known: bool,
    pub users: UserList,
    pub selected_user: Option<UserName>,
    pub keys: KeyStore,
    /// Status changes that are under way.
    pub switching: BTreeMap<KeyId, Switch>,
    /// Descriptions that are being written.
    pub describing: BTreeMap<KeyId, Describing>,
    /// A status change that waits for a yes.
    pub confirming: Option<Switch>,
    pub delete_dialog: Option<DeleteDialog>,
    /// When Keyfob switched a key off; IAM itself does not tell.
    pub inactive_since: BTreeMap<KeyId, Timestamp>,
    /// Keys whose deletion got no answer, and whose they are.
    pub(super) unconfirmed_deletions: BTreeMap<KeyId, UserName>,
    /// The user that was picked until it was found deleted.
    pub vanished: Option<UserName>,
    /// The server's clock, as its answers have told it.
    pub(super) server_clock: Option<Moment>,
    /// The last pick: when it was, and its number while its keys are not asked for yet.
    pub(super) last_selection: (Option<Steady>, Option<u64>),
}

impl OpenAccount {
    /// What is known about the keys of the user that is picked.
    pub fn keys_of_selected_user(&self) -> Option<&UserKeys> {
        self.keys.get(self.selected_user.as_ref()?)
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
    /// Of this run of the program.
    pub about: About,
    pub workstation: Workstation,
    pub profiles: Remote<Profiles>,
    /// Every session of this start is read-only.
    pub always_read_only: bool,
    pub sign_in: Option<SignIn>,
    /// Why the last sign-in failed.
    pub sign_in_failure: Option<(SignInChoice, Failure)>,
    pub open: Option<OpenAccount>,
    /// The accounts that were opened in this run: what is told later of one that was left names it.
    pub(super) accounts: BTreeMap<SessionId, Account>,
    pub page: Page,
    pub find: Find,
    pub activity: Activity,
    /// Accounts that were left and whose connection is still needed.
    pub(super) left: BTreeSet<SessionId>,
    /// The new key that is being made or shown. It belongs to no session: it outlives a change of user and account.
    pub creation: Option<Creation>,
    /// Creations that neither ended well nor were refused, of this run and of earlier ones.
    pub unfinished: Vec<Unfinished>,
    /// The profile that a key pair may be written to.
    pub profile_preview: Option<ProfilePreview>,
    /// The file with certificate authorities that is being set.
    pub ca_file_check: Option<CaFileCheck>,
    pub clipboard: Clipboard,
    /// The creation whose secret that is about.
    pub clipboard_of: Option<OpId>,
    /// Whose secrets the clipboard was asked to take and has not answered for, the oldest first. It answers each, in order.
    pub(super) copying: VecDeque<OpId>,
    /// How many texts that are no secrets the clipboard has accepted in this run.
    pub copied_texts: u64,
    pub notices: Vec<Notice>,
    /// Troubles of the practice account that are switched on.
    pub troubles: BTreeSet<SimulatedFault>,
    /// Keys whose secrets were shown in this run.
    pub(super) delivered: BTreeSet<KeyId>,
    pub(super) started: Timestamp,
    /// The last number that was handed out, for sessions, requests and notices alike.
    counter: u64,
    /// What the message that is being handled asks for.
    pub(super) outbox: Vec<Effect>,
}

impl Model {
    pub fn new(settings: Settings, always_read_only: bool, now: Moment) -> Self {
        Self {
            now,
            clock_ahead: SignedDuration::ZERO,
            settings,
            about: About::default(),
            workstation: Workstation::default(),
            profiles: Remote::default(),
            always_read_only,
            sign_in: None,
            sign_in_failure: None,
            open: None,
            accounts: BTreeMap::new(),
            page: Page::default(),
            find: Find::default(),
            activity: Activity::default(),
            left: BTreeSet::new(),
            creation: None,
            unfinished: Vec::new(),
            profile_preview: None,
            ca_file_check: None,
            delivered: BTreeSet::new(),
            started: now.date,
            clipboard: Clipboard::Idle,
            clipboard_of: None,
            copying: VecDeque::new(),
            copied_texts: 0,
            notices: Vec::new(),
            troubles: BTreeSet::new(),
            counter: 0,
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
        self.sign_out_left();
        std::mem::take(&mut self.outbox)
    }

    fn follow(&mut self, msg: Msg) {
        match msg {
            Msg::Start(msg) => self.update_start(msg),
            Msg::Account(msg) => self.update_account(msg),
            Msg::Users(msg) => self.update_users(msg),
            Msg::Keys(msg) => self.update_keys(msg),
            Msg::Create(msg) => self.update_create(msg),
            Msg::Profile(msg) => self.update_profile(msg),
            Msg::Journal(msg) => self.update_journal(msg),
            Msg::Activity(msg) => self.update_activity(msg),
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
            Msg::SetFault { trouble, on } => self.set_trouble(trouble, on),
        }
    }

    /// The session that an answer belongs to, if it is still open.
    pub(super) fn open_as(&mut self, session: SessionId) -> Option<&mut OpenAccount> {
        self.open.as_mut().filter(|open| open.session == session)
    }

    pub(super) fn is_open(&self, session: SessionId) -> bool {
        self.open.as_ref().is_some_and(|open| open.session == session)
    }

    pub(super) fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
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
        // The administrator may have been given what was missing.
        open.refused.clear();
        let (session, asks_quota) = (open.session, !open.quota_is_known);
        self.forget_not_changed();
        self.list_users();
        if asks_quota {
            self.call(session, Call::ReadQuota);
        }
        self.load_selected_user();
        self.look_for_orphans();
        self.count_again();
    }

    fn set_trouble(&mut self, trouble: SimulatedFault, on: bool) {
        if on {
            self.troubles.insert(trouble);
        } else {
            self.troubles.remove(&trouble);
        }
        self.send(Effect::SetFault { trouble, on });
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
