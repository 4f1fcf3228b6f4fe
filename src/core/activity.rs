//! The activity: each change becomes an entry once AWS has answered, whatever its conversation makes of the answer.
//!
//! Every call passes here on its way out and on its way in: nothing that changes something can be forgotten.

mod pending_calls;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Answered, Call, Effect, FileRequest, Model, Notice, NoticeId, NoticeKind, Page, SessionId};
use crate::domain::{Account, ActivityEntry, Failure, SaveError, UserName};
use pending_calls::{Completed, PendingCalls};

/// So many messages of this run are kept; of a fault that comes again and again, the last ones tell enough.
const MESSAGES: usize = 500;

/// What is known of what was done, in this run and in earlier ones.
#[derive(Default)]
pub struct Activity {
    /// The oldest first.
    entries: Vec<Arc<ActivityEntry>>,
    /// Notices of this run that report no change, the oldest first. They are not written to the file.
    notices: VecDeque<Arc<Notice>>,
    /// What earlier runs did has been read.
    pub is_read: bool,
    /// Raised with each new entry, so that a view need not filter again in each frame.
    pub revision: u64,
    pub export: Option<Export>,
    /// The session whose account is known to be open.
    met: Option<SessionId>,
    pending_calls: PendingCalls,
}

/// A report that is being written, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    Running,
    Done(PathBuf),
    Failed(SaveError),
}

pub enum ActivityMsg {
    /// At the start: what earlier runs did, the oldest first.
    Found(Vec<ActivityEntry>),
    NotRead {
        reason: String,
    },
    NotWritten {
        reason: String,
    },
    /// Writes a report of these.
    Export {
        entries: Vec<Arc<ActivityEntry>>,
        path: PathBuf,
        replace: bool,
    },
    Exported {
        answer: Result<PathBuf, SaveError>,
    },
    /// What came of the last export is known.
    ForgetExport,
}

impl Activity {
    /// The newest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<ActivityEntry>> {
        self.entries.iter().rev()
    }

    /// Notices that report no change, the newest first, including dismissed ones.
    pub fn notices(&self) -> impl Iterator<Item = &Arc<Notice>> {
        self.notices.iter().rev()
    }

    /// Said twice in a row it is kept once, with its last time.
    pub(super) fn keep(&mut self, notice: &Notice) {
        if notice.event.is_change() {
            return;
        }
        self.notices.pop_back_if(|last| last.session == notice.session && last.event == notice.event);
        self.notices.push_back(Arc::new(notice.clone()));
        let over = self.notices.len().saturating_sub(MESSAGES);
        self.notices.drain(..over);
        self.revision += 1;
    }

    /// A call goes out; if it changes something, it is waited for.
    pub(super) fn note(&mut self, session: SessionId, call: &Call, accounts: &BTreeMap<SessionId, Account>) {
        self.pending_calls.note(session, call, accounts);
    }

    /// The entry that an answer completes.
    pub(super) fn complete(&mut self, answered: &Answered, call: &Call, now: Timestamp) -> Option<Completed> {
        self.pending_calls.complete(answered, call, now)
    }

    fn add(&mut self, entry: ActivityEntry) {
        self.entries.push(Arc::new(entry));
        self.revision += 1;
    }
}

impl Model {
    pub(super) fn update_activity(&mut self, msg: ActivityMsg) {
        match msg {
            ActivityMsg::Found(found) => self.take_found(found),
            ActivityMsg::NotRead { reason } => {
                self.activity.is_read = true;
                self.notify_once(NoticeKind::ActivityNotKept { reason });
            }
            ActivityMsg::NotWritten { reason } => self.notify_once(NoticeKind::ActivityNotKept { reason }),
            ActivityMsg::Export { entries, path, replace } => {
                if self.activity.export == Some(Export::Running) {
                    return;
                }
                self.activity.export = Some(Export::Running);
                self.send(Effect::File(FileRequest::Export { entries, path, replace }));
            }
            ActivityMsg::Exported { answer } => {
                self.activity.export = Some(answer.map_or_else(Export::Failed, Export::Done));
            }
            ActivityMsg::ForgetExport => _ = self.activity.export.take_if(|now| *now != Export::Running),
        }
    }

    fn take_found(&mut self, found: Vec<ActivityEntry>) {
        let now = std::mem::take(&mut self.activity.entries);
        self.activity.entries = found.into_iter().map(Arc::new).chain(now).collect();
        self.activity.is_read = true;
        self.activity.revision += 1;
        self.recall_inactive();
    }

    /// The page tells it as long as it is so; the activity remembers that it was.
    pub(super) fn note_not_read(&mut self, session: SessionId, user: Option<&UserName>, failure: Failure) {
        let event = NoticeKind::NotRead { user: user.cloned(), failure };
        let id = NoticeId(self.run.next_number());
        self.activity.keep(&Notice { id, at: self.now, session: Some(session), event });
    }

    /// Not beside the same words that nobody has dismissed yet.
    pub(super) fn notify_once(&mut self, event: NoticeKind) {
        if !self.notices.iter().any(|notice| notice.event == event) {
            self.notify(event);
        }
    }

    /// A change was answered.
    pub(super) fn remember(&mut self, change: Option<Completed>) {
        let Some(Completed { entry, kept }) = change else { return };
        if kept {
            self.send(Effect::WriteDeed(Box::new(entry.clone())));
        }
        self.activity.add(entry);
    }

    /// An account was opened: which of its keys were switched off in earlier runs?
    pub(super) fn on_account_changed(&mut self) {
        let session = self.open.as_ref().map(|open| open.session);
        if self.activity.met == session {
            return;
        }
        self.activity.met = session;
        self.page = Page::default();
        self.recall_inactive();
    }
}
