//! What was done: each change that is asked of AWS becomes a deed once it is answered, whatever its conversation makes of it.
//!
//! Changes are seen on their way out, as effects, and their answers on their way in: nothing that changes something can be
//! forgotten here.

mod under_way;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Effect, Event, Model, Msg, Notice, NoticeId, Page, SessionId};
use crate::domain::{Deed, Failure, NotHandedOver, UserName};
use under_way::{Answered, UnderWay};

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

    /// The deed that `msg` completes.
    pub(super) fn answered(
        &mut self,
        msg: &Msg,
        request_id: Option<&str>,
        now: Timestamp,
    ) -> Option<Answered> {
        self.under_way.answered(msg, request_id, now)
    }

    fn add(&mut self, deed: Deed) {
        self.deeds.push(Arc::new(deed));
        self.revision += 1;
    }
}

impl Model {
    pub(super) fn update_activity(&mut self, msg: ActivityMsg) -> Vec<Effect> {
        match msg {
            ActivityMsg::Found(found) => self.take_found(found),
            ActivityMsg::NotRead { reason } => {
                self.activity.is_read = true;
                self.notify_once(Event::ActivityNotKept { reason });
            }
            ActivityMsg::NotWritten { reason } => self.notify_once(Event::ActivityNotKept { reason }),
            ActivityMsg::Export { deeds, path, replace } => {
                if self.activity.export == Some(Export::UnderWay) {
                    return Vec::new();
                }
                self.activity.export = Some(Export::UnderWay);
                return vec![Effect::Export { deeds, path, replace }];
            }
            ActivityMsg::Exported { answer } => {
                self.activity.export = Some(answer.map_or_else(Export::Failed, Export::Done));
            }
            ActivityMsg::ForgetExport => _ = self.activity.export.take_if(|now| *now != Export::UnderWay),
        }
        Vec::new()
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

    /// Called after each message: what it has completed is remembered, and what it has begun is waited for.
    pub(super) fn remember(&mut self, answered: Option<Answered>, effects: &mut Vec<Effect>) {
        self.meet_account();
        for effect in &*effects {
            self.activity.under_way.note(effect, &self.accounts);
        }
        if let Some(Answered { deed, kept }) = answered {
            effects.extend(kept.then(|| Effect::WriteDeed(Box::new(deed.clone()))));
            self.activity.add(deed);
        }
    }

    /// An account was opened: which of its keys were switched off in earlier runs?
    fn meet_account(&mut self) {
        let session = self.open.as_ref().map(|open| open.session);
        if self.activity.met == session {
            return;
        }
        self.activity.met = session;
        self.page = Page::default();
        self.recall_inactive();
    }
}
