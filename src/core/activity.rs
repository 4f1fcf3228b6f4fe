//! What was done: each change that is asked of AWS becomes a deed once it is answered, whatever its conversation makes of it.
//!
//! Every call passes here on its way out and on its way in: nothing that changes something can be forgotten.

mod under_way;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Answered, Call, Effect, Event, Model, Notice, NoticeId, Page, SessionId};
use crate::domain::{Account, Deed, Failure, NotHandedOver, UserName};
use under_way::{Completed, UnderWay};

/// So many messages of this run are kept; of a fault that comes again and again, the last ones tell enough.
const MESSAGES: usize = 500;

/// What is known of what was done, in this run and in earlier ones.
#[derive(Default)]
pub struct Activity {
    /// The oldest first.
    deeds: Vec<Arc<Deed>>,
    /// What was told in this run and is no deed, the oldest first. It is not written down.
    told: VecDeque<Arc<Notice>>,
    /// What earlier runs did has been read.
    pub is_read: bool,
    /// Raised when there are more deeds, so that a view need not search anew in each frame.
    pub revision: u64,
    pub export: Option<Export>,
    /// The session whose account is known to be open.
    met: Option<SessionId>,
    under_way: UnderWay,
}

/// A report that is being written, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    UnderWay,
    Done(PathBuf),
    Failed(NotHandedOver),
}

pub enum ActivityMsg {
    /// At the start: what earlier runs did, the oldest first.
    Found(Vec<Deed>),
    NotRead {
        reason: String,
    },
    NotWritten {
        reason: String,
    },
    /// Writes a report of these.
    Export {
        deeds: Vec<Arc<Deed>>,
        path: PathBuf,
        replace: bool,
    },
    Exported {
        answer: Result<PathBuf, NotHandedOver>,
    },
    /// What came of the last export is known.
    ForgetExport,
}

impl Activity {
    /// The newest first.
    pub fn deeds(&self) -> impl DoubleEndedIterator<Item = &Arc<Deed>> {
        self.deeds.iter().rev()
    }

    /// Messages that are of no deed, the newest first; also those that were dismissed.
    pub fn told(&self) -> impl Iterator<Item = &Arc<Notice>> {
        self.told.iter().rev()
    }

    /// Said twice in a row it is kept once, with its last time.
    pub(super) fn keep(&mut self, notice: &Notice) {
        if notice.event.is_of_a_deed() {
            return;
        }
        self.told.pop_back_if(|last| last.session == notice.session && last.event == notice.event);
        self.told.push_back(Arc::new(notice.clone()));
        let over = self.told.len().saturating_sub(MESSAGES);
        self.told.drain(..over);
        self.revision += 1;
    }

    /// A call goes out; if it changes something, it is waited for.
    pub(super) fn note(&mut self, session: SessionId, call: &Call, accounts: &BTreeMap<SessionId, Account>) {
        self.under_way.note(session, call, accounts);
    }

    /// The deed that an answer completes.
    pub(super) fn complete(&mut self, answered: &Answered, now: Timestamp) -> Option<Completed> {
        self.under_way.complete(answered, now)
    }

    fn add(&mut self, deed: Deed) {
        self.deeds.push(Arc::new(deed));
        self.revision += 1;
    }
}

impl Model {
    pub(super) fn update_activity(&mut self, msg: ActivityMsg) {
        match msg {
            ActivityMsg::Found(found) => self.take_found(found),
            ActivityMsg::NotRead { reason } => {
                self.activity.is_read = true;
                self.notify_once(Event::ActivityNotKept { reason });
            }
            ActivityMsg::NotWritten { reason } => self.notify_once(Event::ActivityNotKept { reason }),
            ActivityMsg::Export { deeds, path, replace } => {
                if self.activity.export == Some(Export::UnderWay) {
                    return;
                }
                self.activity.export = Some(Export::UnderWay);
                self.send(Effect::Export { deeds, path, replace });
            }
            ActivityMsg::Exported { answer } => {
                self.activity.export = Some(answer.map_or_else(Export::Failed, Export::Done));
            }
            ActivityMsg::ForgetExport => _ = self.activity.export.take_if(|now| *now != Export::UnderWay),
        }
    }

    fn take_found(&mut self, found: Vec<Deed>) {
        let now = std::mem::take(&mut self.activity.deeds);
        self.activity.deeds = found.into_iter().map(Arc::new).chain(now).collect();
        self.activity.is_read = true;
        self.activity.revision += 1;
        self.recall_inactive();
    }

    /// The page tells it as long as it is so; the activity remembers that it was.
    pub(super) fn note_not_read(&mut self, session: SessionId, user: Option<&UserName>, failure: Failure) {
        let event = Event::NotRead { user: user.cloned(), failure };
        let id = NoticeId(self.next_number());
        self.activity.keep(&Notice { id, at: self.now, session: Some(session), event });
    }

    /// Not beside the same words that nobody has dismissed yet.
    pub(super) fn notify_once(&mut self, event: Event) {
        if !self.notices.iter().any(|notice| notice.event == event) {
            self.notify(event);
        }
    }

    /// A change was answered.
    pub(super) fn remember(&mut self, change: Option<Completed>) {
        let Some(Completed { deed, kept }) = change else { return };
        if kept {
            self.send(Effect::WriteDeed(Box::new(deed.clone())));
        }
        self.activity.add(deed);
    }

    /// An account was opened: which of its keys were switched off in earlier runs?
    pub(super) fn meet_account(&mut self) {
        let session = self.open.as_ref().map(|open| open.session);
        if self.activity.met == session {
            return;
        }
        self.activity.met = session;
        self.page = Page::default();
        self.recall_inactive();
    }
}
