//! What is to be told: done, or failed.

use super::{BatchMsg, CreateMsg, CreateOptions, Forbidden, KeysMsg, Model, Msg, SessionId, Tally};
use crate::domain::{
    Account, BatchAction, BatchId, Failure, KeyId, KeyStatus, Moment, SaveError, SettingsProblem, UserName,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub u64);

/// Something to tell the administrator. Successes go away by themselves; failures stay until dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub at: Moment,
    /// The sign-in that it belongs to, which may have been left meanwhile. `None`: it is about this workstation.
    pub session: Option<SessionId>,
    pub event: NoticeKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    StatusSet {
        user: UserName,
        key: KeyId,
        status: KeyStatus,
        /// Not for the key that signs: without it, Keyfob cannot switch anything back.
        undoable: bool,
    },
    Deleted {
        user: UserName,
        key: KeyId,
    },
    /// Nothing was sent: the list right before the deletion does not show the key.
    GoneAlready {
        user: UserName,
        key: KeyId,
    },
    /// It failed, or its answer was lost, after the account was left. While the account is open, the delete dialog reports it.
    NotDeleted {
        user: UserName,
        key: KeyId,
        failure: Failure,
    },
    /// An empty text: the description is removed.
    Described {
        user: UserName,
        key: KeyId,
        text: String,
        /// As it was, if that is known.
        before: Option<String>,
    },
    StatusRefused {
        user: UserName,
        key: KeyId,
        status: KeyStatus,
        failure: Failure,
    },
    /// The answer got lost: it may have happened.
    StatusLost {
        user: UserName,
        key: KeyId,
        status: KeyStatus,
        failure: Failure,
    },
    CreateRefused {
        user: UserName,
        wish: CreateOptions,
        failure: Failure,
    },
    /// It was not even tried.
    NotChanged {
        why: Forbidden,
    },
    /// The place that was wished for cannot take a key pair, so none was made.
    PlaceRefused {
        user: UserName,
        why: SaveError,
    },
    /// A creation of an earlier run has made no key.
    NothingWasCreated {
        user: UserName,
    },
    /// A crash while a key is being made would go unnoticed.
    JournalNotWritten {
        reason: String,
    },
    /// The key itself is fine.
    NotDescribed {
        user: UserName,
        key: KeyId,
        text: String,
        failure: Failure,
    },
    /// The key is deleted; its description tag is left over.
    NotUndescribed {
        user: UserName,
        key: KeyId,
        failure: Failure,
    },
    NotCopied {
        reason: String,
    },
    /// The text did not come in time, or its field no longer had the focus.
    NotPasted {
        reason: String,
    },
    NotCleared {
        reason: String,
    },
    SettingsNotSaved {
        reason: String,
    },
    /// No browser came up.
    PageNotOpened {
        url: String,
        reason: String,
    },
    /// The keys of a user, or without one the users. It stands on the page while it is so; here it is only remembered.
    NotRead {
        user: Option<UserName>,
        failure: Failure,
    },
    /// Defaults are used instead of some, or of all.
    SettingsNotRead {
        trouble: SettingsProblem,
    },
    /// All that could be sent of a batch was answered.
    BatchEnded {
        id: BatchId,
        action: BatchAction,
        tally: Tally,
        /// It takes back an earlier one.
        undoes: bool,
        undoable: bool,
    },
    /// After a crash in the middle of a batch, nobody would know what it has changed.
    BatchNotKept {
        reason: String,
    },
    /// What is done is not written down, or what was done cannot be read.
    ActivityNotKept {
        reason: String,
    },
}

/// What an event is about. A later one about the same makes an earlier one old news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic<'a> {
    State(&'a KeyId),
    Description(&'a KeyId),
    Creation(&'a UserName),
}

/// What one kind of notice is about.
#[derive(Default)]
struct About<'a> {
    user: Option<&'a UserName>,
    topic: Option<Topic<'a>>,
    failure: Option<&'a Failure>,
    /// It reports a change to AWS, which the activity lists as well.
    is_change: bool,
    is_success: bool,
}

impl<'a> About<'a> {
    /// A change that was made.
    fn done(user: &'a UserName, topic: Topic<'a>) -> Self {
        Self { user: Some(user), topic: Some(topic), failure: None, is_change: true, is_success: true }
    }

    /// A change that failed, or whose answer was lost.
    fn failed(user: &'a UserName, topic: Topic<'a>, failure: &'a Failure) -> Self {
        Self { failure: Some(failure), is_success: false, ..Self::done(user, topic) }
    }
}

/// What the administrator can do about a notice at once.
enum Remedy {
    Undo(Msg),
    Retry(Msg),
    None,
}

impl NoticeKind {
    /// Each kind is listed once, here.
    fn about(&self) -> About<'_> {
        match self {
            Self::StatusSet { user, key, .. }
            | Self::Deleted { user, key }
            | Self::GoneAlready { user, key } => About::done(user, Topic::State(key)),
            Self::Described { user, key, .. } => About::done(user, Topic::Description(key)),
            Self::StatusRefused { user, key, failure, .. }
            | Self::StatusLost { user, key, failure, .. }
            | Self::NotDeleted { user, key, failure } => About::failed(user, Topic::State(key), failure),
            Self::NotDescribed { user, key, failure, .. } | Self::NotUndescribed { user, key, failure } => {
                About::failed(user, Topic::Description(key), failure)
            }
            Self::CreateRefused { user, failure, .. } => About::failed(user, Topic::Creation(user), failure),
            Self::PlaceRefused { user, .. } => {
                About { user: Some(user), topic: Some(Topic::Creation(user)), ..About::default() }
            }
            Self::NotRead { user, failure } => {
                About { user: user.as_ref(), failure: Some(failure), ..About::default() }
            }
            Self::NotChanged { why: Forbidden::NotAllowed(refusal) } => {
                About { user: refusal.user.as_ref(), ..About::default() }
            }
            Self::NothingWasCreated { .. } => About { is_success: true, ..About::default() },
            Self::BatchEnded { tally, .. } => {
                About { is_success: tally.done == tally.total(), ..About::default() }
            }
            Self::NotChanged { why: Forbidden::ReadOnly(_) }
            | Self::JournalNotWritten { .. }
            | Self::NotCopied { .. }
            | Self::NotPasted { .. }
            | Self::NotCleared { .. }
            | Self::SettingsNotSaved { .. }
            | Self::PageNotOpened { .. }
            | Self::SettingsNotRead { .. }
            | Self::BatchNotKept { .. }
            | Self::ActivityNotKept { .. } => About::default(),
        }
    }

    fn remedy(&self) -> Remedy {
        let describe = |user: &UserName, key: &KeyId, text: &str| {
            Msg::Keys(KeysMsg::Describe { user: user.clone(), key: key.clone(), text: text.to_owned() })
        };
        let set_status = |user: &UserName, key: &KeyId, status| {
            Msg::Keys(KeysMsg::SetStatus { user: user.clone(), key: key.clone(), status })
        };
        match self {
            Self::StatusSet { user, key, status, undoable: true } => {
                let back =
                    if *status == KeyStatus::Inactive { KeyStatus::Active } else { KeyStatus::Inactive };
                Remedy::Undo(set_status(user, key, back))
            }
            Self::Described { user, key, before: Some(text), .. } => Remedy::Undo(describe(user, key, text)),
            Self::BatchEnded { id, undoable: true, .. } => {
                Remedy::Undo(Msg::Batch(BatchMsg::Undo(id.clone())))
            }
            Self::StatusRefused { user, key, status, .. } | Self::StatusLost { user, key, status, .. } => {
                Remedy::Retry(set_status(user, key, *status))
            }
            Self::CreateRefused { user, wish, .. } => {
                Remedy::Retry(Msg::Create(CreateMsg::Create { user: user.clone(), wish: wish.clone() }))
            }
            Self::NotDescribed { user, key, text, .. } => Remedy::Retry(describe(user, key, text)),
            Self::NotUndescribed { user, key, .. } => Remedy::Retry(describe(user, key, "")),
            Self::StatusSet { undoable: false, .. }
            | Self::Described { before: None, .. }
            | Self::BatchEnded { undoable: false, .. }
            | Self::BatchNotKept { .. }
            | Self::Deleted { .. }
            | Self::GoneAlready { .. }
            | Self::NotDeleted { .. }
            | Self::NotChanged { .. }
            | Self::PlaceRefused { .. }
            | Self::NothingWasCreated { .. }
            | Self::JournalNotWritten { .. }
            | Self::NotCopied { .. }
            | Self::NotPasted { .. }
            | Self::NotCleared { .. }
            | Self::SettingsNotSaved { .. }
            | Self::PageNotOpened { .. }
            | Self::NotRead { .. }
            | Self::SettingsNotRead { .. }
            | Self::ActivityNotKept { .. } => Remedy::None,
        }
    }

    /// The user whose page it is about.
    pub fn user(&self) -> Option<&UserName> {
        self.about().user
    }

    /// The key whose row it is about.
    pub fn key(&self) -> Option<&KeyId> {
        match self.topic()? {
            Topic::State(key) | Topic::Description(key) => Some(key),
            Topic::Creation(_) => None,
        }
    }

    /// True for what went as it should.
    pub fn is_success(&self) -> bool {
        self.about().is_success
    }

    /// It reports a change to AWS, which the activity lists as well.
    pub(super) fn is_change(&self) -> bool {
        self.about().is_change
    }

    /// The failure behind it, if there is one.
    pub fn failure(&self) -> Option<&Failure> {
        self.about().failure
    }

    fn topic(&self) -> Option<Topic<'_>> {
        self.about().topic
    }

    /// True if `old` is no news any more beside this.
    fn outdates(&self, old: &Self) -> bool {
        let same = self.topic().is_some() && self.topic() == old.topic();
        // Nobody cares any more what could not be written about a key that is gone.
        let gone = matches!(self, Self::Deleted { key, .. } | Self::GoneAlready { key, .. } if old.topic() == Some(Topic::Description(key)));
        same || gone
    }
}

impl Model {
    /// Tells what happened in a session, instead of what was told about the same before.
    pub(super) fn notify_of(&mut self, session: SessionId, event: NoticeKind) {
        self.notices.retain(|old| old.session != Some(session) || !event.outdates(&old.event));
        self.tell(Some(session), event);
    }

    pub(super) fn tell(&mut self, session: Option<SessionId>, event: NoticeKind) {
        let notice = Notice { id: NoticeId(self.run.next_number()), at: self.now, session, event };
        self.activity.keep(&notice);
        self.notices.push(notice);
    }

    /// It is tried again: how it went before is no news any more.
    pub(super) fn forget_told(&mut self, session: SessionId, topic: Topic<'_>) {
        self.notices.retain(|old| old.session != Some(session) || old.event.topic() != Some(topic));
    }

    /// Nothing can be undone in an account that was left.
    pub(super) fn forget_undoable(&mut self, session: SessionId) {
        self.notices.retain(|old| old.session != Some(session) || Self::undo(&old.event).is_none());
    }

    /// The account of a sign-in of this run, also of one that was left.
    pub fn account_of(&self, session: SessionId) -> Option<&Account> {
        self.sessions.accounts.get(&session)
    }

    /// The message that takes a change back: of a status, or of a description whose former text is known.
    pub fn undo(event: &NoticeKind) -> Option<Msg> {
        match event.remedy() {
            Remedy::Undo(msg) => Some(msg),
            Remedy::Retry(_) | Remedy::None => None,
        }
    }

    /// The message that tries again what failed, in the account and for the user that are on screen.
    pub fn retry(event: &NoticeKind) -> Option<Msg> {
        match event.remedy() {
            Remedy::Retry(msg) => Some(msg),
            Remedy::Undo(_) | Remedy::None => None,
        }
    }
}
