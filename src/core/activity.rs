//! What was done: each change that is asked of AWS becomes a deed once it is answered, whatever its conversation makes of it.
//!
//! Changes are seen on their way out, as effects, and their answers on their way in: nothing that changes something can be
//! forgotten here.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{CreateMsg, CreateOutcome, Effect, Event, KeysMsg, Model, Msg, OpId, SessionId, Tab};
use crate::domain::{
    Account, Cause, Deed, Endpoint, Failure, KeyId, KeyStatus, NotHandedOver, Outcome, Place, Reason,
    UserName, What,
};

/// What is known of what was done, in this run and in earlier ones.
#[derive(Default)]
pub struct Activity {
    /// The oldest first.
    deeds: Vec<Arc<Deed>>,
    /// What earlier runs did has been read.
    pub is_read: bool,
    /// Raised when there are more deeds, so that a view need not search anew in each frame.
    pub revision: u64,
    pub export: Option<Export>,
    /// The session whose account is known to be open.
    met: Option<SessionId>,
    under_way: Vec<UnderWay>,
}

/// A change that was asked and is not answered.
struct UnderWay {
    asked: Asked,
    what: What,
    user: UserName,
    place: Place,
    caller: String,
    kept: bool,
}

/// What tells the answer to a change from others.
#[derive(PartialEq, Eq)]
enum Asked {
    Create(OpId),
    Status(SessionId, KeyId, KeyStatus),
    Delete(SessionId, KeyId),
    Describe(SessionId, KeyId),
    Undescribe(SessionId, KeyId),
}

/// A deed, and whether it is to be kept.
pub(super) struct Answered {
    deed: Deed,
    kept: bool,
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

    fn add(&mut self, deed: Deed) {
        self.deeds.push(Arc::new(deed));
        self.revision += 1;
    }

    /// The deed that `msg` completes: only the first answer to what was asked does.
    pub(super) fn answered(
        &mut self,
        msg: &Msg,
        request_id: Option<String>,
        now: jiff::Timestamp,
    ) -> Option<Answered> {
        let (asked, result) = answer_of(msg)?;
        let at = self.under_way.iter().position(|change| change.asked == asked)?;
        let UnderWay { asked, what, user, place, caller, kept } = self.under_way.remove(at);
        let mut deed = Deed {
            at: now,
            place,
            caller,
            what,
            user,
            key: asked.key().cloned(),
            outcome: Outcome::Done,
            reason: None,
            request_id,
        };
        match result {
            Answer::Done(key) => deed.key = key.or(deed.key),
            Answer::Failed(outcome, key, failure) => {
                deed.key = key.or(deed.key);
                deed.outcome = outcome;
                deed.reason = Some(Reason::from(failure));
                deed.request_id = deed.request_id.or_else(|| failure.request_id.clone());
            }
        }
        Some(Answered { deed, kept })
    }

    fn note_asked(&mut self, effect: &Effect, accounts: &BTreeMap<SessionId, Account>) {
        let (session, asked, what, user) = match effect {
            Effect::CreateKey { session, op, intent } => {
                (session, Asked::Create(*op), What::Create, &intent.user)
            }
            Effect::SetStatus { session, user, key, status } => {
                let asked = Asked::Status(*session, key.clone(), *status);
                (session, asked, What::switch(*status), user)
            }
            Effect::DeleteKey { session, user, key } => {
                (session, Asked::Delete(*session, key.clone()), What::Delete, user)
            }
            Effect::Describe { session, user, key, text } => {
                let what = if text.is_empty() { What::RemoveDescription } else { What::Describe };
                (session, Asked::Describe(*session, key.clone()), what, user)
            }
            Effect::Undescribe { session, user, key } => {
                (session, Asked::Undescribe(*session, key.clone()), What::RemoveDescription, user)
            }
            _ => return,
        };
        let Some(account) = accounts.get(session) else { return };
        self.under_way.push(UnderWay {
            asked,
            what,
            user: user.clone(),
            place: Place::of(account),
            caller: account.caller_arn.clone(),
            // What is done in the practice account is over with the program.
            kept: account.endpoint != Endpoint::Practice,
        });
    }
}

impl Asked {
    fn key(&self) -> Option<&KeyId> {
        match self {
            Self::Create(_) => None,
            Self::Status(_, key, _)
            | Self::Delete(_, key)
            | Self::Describe(_, key)
            | Self::Undescribe(_, key) => Some(key),
        }
    }
}

/// What an answer says, with the key where the question did not know it.
enum Answer<'a> {
    Done(Option<KeyId>),
    Failed(Outcome, Option<KeyId>, &'a Failure),
}

impl<'a> From<&'a Result<(), Failure>> for Answer<'a> {
    fn from(answer: &'a Result<(), Failure>) -> Self {
        match answer {
            Ok(()) => Self::Done(None),
            Err(failure) => Self::Failed(Outcome::of(failure), None, failure),
        }
    }
}

fn answer_of(msg: &Msg) -> Option<(Asked, Answer<'_>)> {
    Some(match msg {
        Msg::Create(CreateMsg::Answered { op, outcome }) => {
            let answer = match outcome {
                CreateOutcome::Made(pair) => Answer::Done(Some(pair.id.clone())),
                CreateOutcome::Refused(failure) => Answer::Failed(Outcome::NotDone, None, failure),
                CreateOutcome::Unknown { failure, orphans, .. } => {
                    let only = if let [key] = &orphans[..] { Some(key.clone()) } else { None };
                    Answer::Failed(Outcome::NotKnown, only, failure)
                }
            };
            (Asked::Create(*op), answer)
        }
        Msg::Keys(KeysMsg::StatusSet { session, key, status, answer, .. }) => {
            (Asked::Status(*session, key.clone(), *status), answer.into())
        }
        Msg::Keys(KeysMsg::Deleted { session, key, answer, .. }) => {
            let answer = match answer {
                // Sent again after its answer got lost: what was wanted is done.
                Err(failure @ Failure { cause: Cause::NoSuchEntity(_), .. }) => {
                    Answer::Failed(Outcome::Done, None, failure)
                }
                answer => answer.into(),
            };
            (Asked::Delete(*session, key.clone()), answer)
        }
        Msg::Keys(KeysMsg::Described { session, key, answer, .. }) => {
            (Asked::Describe(*session, key.clone()), answer.into())
        }
        Msg::Keys(KeysMsg::Undescribed { session, key, answer, .. }) => {
            (Asked::Undescribe(*session, key.clone()), answer.into())
        }
        _ => return None,
    })
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

    fn notify_once(&mut self, event: Event) {
        if !self.notices.iter().any(|notice| notice.event == event) {
            self.notify(event);
        }
    }

    /// Called after each message: what it has completed is remembered, and what it has begun is waited for.
    pub(super) fn remember(&mut self, answered: Option<Answered>, effects: &mut Vec<Effect>) {
        self.meet_account();
        for effect in &*effects {
            self.activity.note_asked(effect, &self.accounts);
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
        self.tab = Tab::default();
        self.recall_inactive();
    }

    /// Since when keys of this account are inactive, from what Keyfob did. A later change by somebody else is not known.
    fn recall_inactive(&mut self) {
        let Some(open) = &mut self.open else { return };
        let here = self.activity.deeds.iter().filter(|deed| deed.place.is(&open.account));
        let mut since = BTreeMap::new();
        for deed in here.filter(|deed| deed.outcome == Outcome::Done) {
            let Some(key) = &deed.key else { continue };
            match deed.what {
                What::Deactivate => _ = since.insert(key.clone(), deed.at),
                What::Activate | What::Delete | What::Create => _ = since.remove(key),
                What::Describe | What::RemoveDescription => {}
            }
        }
        let active = |key: &KeyId| {
            let known = open.keys.values().find_map(|keys| keys.key(key));
            known.is_some_and(|key| key.status == KeyStatus::Active)
        };
        since.retain(|key, _| !active(key));
        for (key, at) in since {
            open.inactive_since.entry(key).or_insert(at);
        }
    }

    /// A list shows which keys somebody else has switched on again.
    pub(super) fn forget_inactive(&mut self, listed: Option<UserName>) {
        let Some((open, user)) = self.open.as_mut().zip(listed) else { return };
        let Some(known) = open.keys.get(&user) else { return };
        for key in known.list().iter().filter(|key| key.status == KeyStatus::Active) {
            open.inactive_since.remove(&key.id);
        }
    }
}

/// The user whose keys `msg` lists.
pub(super) fn listed(msg: &Msg) -> Option<UserName> {
    match msg {
        Msg::Keys(KeysMsg::Listed { user, answer: Ok(_), .. }) => Some(user.clone()),
        _ => None,
    }
}
