//! One action on many keys: proposed, confirmed, sent at the pace that IAM allows, stopped, continued and undone.
//!
//! A batch belongs to its account and not to a session: it outlives a change of page and user, pauses while the session is
//! over, and can be continued or undone when the account is open again, also by a later run of the program.

mod drive;
mod plan;
mod run;

use super::{Effect, Forbidden, Model, NoticeKind, OpenAccount, SessionId, TimeLeft};
use crate::domain::{
    AccountRef, Batch, BatchAction, BatchId, BatchKey, BatchRecord, CliTarget, Endpoint, KeptBatch, KeyId,
    SignInChoice, UserName, aws_commands, plan_records,
};
pub use plan::{BatchPlan, Concern, LeftOut, PlannedKey, Proposal, Verdict};
pub use run::{BatchRow, BatchRun, Halt, Step, Tally};

/// Last uses that are read at once while a proposal is on screen.
const READING_AT_ONCE: usize = 4;

/// What is to be done with many keys.
pub enum BatchMsg {
    /// Opens the dialog with the plan.
    Propose {
        action: BatchAction,
        keys: Vec<KeyId>,
    },
    /// Whether a key that the plan asks about is part of it.
    Include {
        key: KeyId,
        on: bool,
    },
    Cancel,
    /// `typed`: the number of keys, for a deletion.
    Confirm {
        typed: String,
    },
    /// What is sent is finished, the rest is not sent.
    Stop,
    /// Goes on with what was not sent.
    Resume(BatchId),
    Undo(BatchId),
    /// The results have been read.
    Close(BatchId),
    /// The window is closed: nothing more is sent in this run of the program.
    Quit,
    /// At the start: what earlier runs have left.
    Found(Vec<KeptBatch>),
    /// The records cannot be read or written: after a crash, nobody would know.
    NotKept {
        reason: String,
    },
}

/// The part of a batch that a call carries out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchItem {
    pub batch: BatchId,
    /// The position of the key in the batch, from 0.
    pub row: usize,
}

/// Why the proposal cannot be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchBlocked {
    /// No key is included.
    Nothing,
    /// Another batch is under way.
    UnderWay,
    SessionOver,
    /// The number of keys to delete must be typed.
    NotTyped,
    WrongNumber,
}

/// All batches that are open: proposed, under way, or not closed yet.
#[derive(Default)]
pub struct Batches {
    pub proposal: Option<Proposal>,
    /// The oldest first.
    pub runs: Vec<BatchRun>,
}

impl Batches {
    pub fn run(&self, id: &BatchId) -> Option<&BatchRun> {
        self.runs.iter().find(|run| run.id() == id)
    }

    fn run_mut(&mut self, id: &BatchId) -> Option<&mut BatchRun> {
        self.runs.iter_mut().find(|run| run.id() == id)
    }

    /// The batch that is under way in this session, or that waits for its renewal.
    pub fn active(&self) -> Option<&BatchRun> {
        self.runs.iter().find(|run| run.is_active())
    }

    fn active_mut(&mut self) -> Option<&mut BatchRun> {
        self.runs.iter_mut().find(|run| run.is_active())
    }

    /// The batches of the account that is open in `session`.
    pub fn here(&self, session: SessionId) -> impl DoubleEndedIterator<Item = &BatchRun> {
        self.runs.iter().filter(move |run| run.is_open && run.session == Some(session))
    }

    /// Lists of this user's keys are waited for.
    pub(super) fn awaits_list(&self, user: &UserName) -> bool {
        self.runs.iter().any(|run| run.unconfirmed_users().contains(user))
    }
}

impl Model {
    pub(super) fn update_batch(&mut self, msg: BatchMsg) {
        match msg {
            BatchMsg::Propose { action, keys } => self.propose_batch(action, keys),
            BatchMsg::Include { key, on } => self.include_in_batch(key, on),
            BatchMsg::Cancel => self.batches.proposal = None,
            BatchMsg::Confirm { typed } => self.confirm_batch(&typed),
            BatchMsg::Stop => self.halt_batch(Halt::Stopped),
            BatchMsg::Resume(id) => self.resume_batch(&id),
            BatchMsg::Undo(id) => self.undo_batch(&id),
            BatchMsg::Close(id) => self.close_batch(&id),
            BatchMsg::Quit => self.halt_batch(Halt::Left),
            BatchMsg::Found(kept) => self.take_kept_batches(kept),
            BatchMsg::NotKept { reason } => self.notify_once(NoticeKind::BatchNotKept { reason }),
        }
    }

    fn propose_batch(&mut self, action: BatchAction, keys: Vec<KeyId>) {
        let now = self.now;
        let Some(open) = self.open.as_ref().filter(|_| !keys.is_empty()) else { return };
        self.batches.proposal = Some(Proposal::new(open, action, keys, now));
        self.read_evidence();
    }

    fn include_in_batch(&mut self, key: KeyId, on: bool) {
        let Some(proposal) = &mut self.batches.proposal else { return };
        if on {
            proposal.included.insert(key);
        } else {
            proposal.included.remove(&key);
        }
    }

    /// What confirming the proposal would do now.
    pub fn batch_plan(&self) -> Option<BatchPlan> {
        let open = self.open.as_ref()?;
        Some(self.batches.proposal.as_ref()?.plan(open, self.now))
    }

    /// Why this plan cannot be confirmed, with what was typed so far.
    pub fn batch_block(&self, plan: &BatchPlan, typed: &str) -> Option<BatchBlocked> {
        let count = plan.count();
        let is_over = |open: &OpenAccount| open.time_left(self.now) == TimeLeft::Over;
        if count == 0 {
            Some(BatchBlocked::Nothing)
        } else if self.batches.active().is_some() {
            Some(BatchBlocked::UnderWay)
        } else if self.open.as_ref().is_none_or(is_over) {
            Some(BatchBlocked::SessionOver)
        } else if plan.action != BatchAction::Delete || typed.trim() == count.to_string() {
            None
        } else if typed.trim().len() < count.to_string().len() {
            Some(BatchBlocked::NotTyped)
        } else {
            Some(BatchBlocked::WrongNumber)
        }
    }

    /// The plan as commands of the AWS CLI. `None` where it cannot reach the account, or where a name cannot be pasted.
    pub fn batch_commands(&self, plan: &BatchPlan) -> Option<String> {
        let open = self.open.as_ref()?;
        let endpoint_url = match &open.account.endpoint {
            Endpoint::Aws(_) => None,
            Endpoint::Override { url, .. } => Some(url.clone()),
            Endpoint::Practice => return None,
        };
        let profile = match &open.choice {
            SignInChoice::Profile(name) => Some(name.clone()),
            SignInChoice::Environment | SignInChoice::Container | SignInChoice::Practice => None,
        };
        aws_commands(plan.action, &plan.included(), &CliTarget { profile, endpoint_url })
    }

    fn confirm_batch(&mut self, typed: &str) {
        let Some(plan) = self.batch_plan() else { return };
        if self.batch_block(&plan, typed).is_none() {
            self.batches.proposal = None;
            self.begin_batch(plan.action, plan.included(), None);
        }
    }

    fn begin_batch(&mut self, action: BatchAction, keys: Vec<BatchKey>, undoes: Option<BatchId>) {
        let id = BatchId::new(self.run.started, self.run.next_number());
        let Some(open) = &self.open else { return };
        let batch = Batch {
            id: id.clone(),
            account: AccountRef::from(&open.account),
            action,
            at: self.now.date,
            undoes,
        };
        // What is done in the practice account is over with the program.
        let is_kept = open.account.endpoint != Endpoint::Practice;
        let records = plan_records(&batch, &keys);
        self.batches.runs.push(BatchRun::new(batch, keys, open.session, is_kept));
        self.record_batch(&id, records);
    }

    /// The last use of each key of the proposal, a few at once: they end with it.
    fn read_evidence(&mut self) {
        loop {
            let Some(proposal) = &mut self.batches.proposal else { return };
            if proposal.reading.len() >= READING_AT_ONCE {
                return;
            }
            let Some((user, key)) = proposal.to_read.pop_front() else { return };
            proposal.reading.insert(key.clone());
            self.read_last_use(&user, key, true);
        }
    }

    pub(super) fn evidence_read(&mut self, key: &KeyId) {
        if let Some(proposal) = &mut self.batches.proposal
            && proposal.reading.remove(key)
        {
            self.read_evidence();
        }
    }

    fn halt_batch(&mut self, why: Halt) {
        if let Some(run) = self.batches.active_mut() {
            run.halt = Some(why);
        }
    }

    /// Why a batch of the open account can be neither continued nor undone now.
    pub fn batch_is_blocked(&self, id: &BatchId) -> bool {
        let Some(open) = &self.open else { return true };
        let here = self.batches.here(open.session).any(|run| run.id() == id && run.is_over());
        !here || self.batches.active().is_some() || open.time_left(self.now) == TimeLeft::Over
    }

    /// Tells why nothing may be changed, if so.
    fn refuses_batch(&mut self) -> bool {
        let Some(open) = &self.open else { return true };
        let Some(why) = open.access.read_only else { return false };
        let session = open.session;
        self.forget_not_changed();
        self.notify_of(session, NoticeKind::NotChanged { why: Forbidden::ReadOnly(why) });
        true
    }

    fn resume_batch(&mut self, id: &BatchId) {
        if self.batch_is_blocked(id) || self.refuses_batch() {
            return;
        }
        if let Some(run) = self.batches.run_mut(id).filter(|run| run.is_incomplete()) {
            run.resume();
        }
    }

    /// Gives the keys that the batch has changed the status that they had. The rest of it is not sent any more.
    fn undo_batch(&mut self, id: &BatchId) {
        if self.batch_is_blocked(id) || self.refuses_batch() {
            return;
        }
        let Some(run) = self.batches.run(id) else { return };
        let (Some(action), changed) = (run.batch.action.opposite(), run.changed().collect::<Vec<_>>()) else {
            return;
        };
        if !changed.is_empty() {
            self.begin_batch(action, changed, Some(id.clone()));
            self.close_batch(id);
        }
    }

    fn close_batch(&mut self, id: &BatchId) {
        if self.batches.run(id).is_some_and(BatchRun::is_over) {
            self.record_batch(id, vec![BatchRecord::Closed { id: id.clone() }]);
            self.batches.runs.retain(|run| run.id() != id);
            self.notices.retain(
                |notice| !matches!(&notice.event, NoticeKind::BatchEnded { id: ended, .. } if ended == id),
            );
        }
    }

    fn take_kept_batches(&mut self, kept: Vec<KeptBatch>) {
        for kept in kept {
            let run = BatchRun::kept(kept, self.now);
            let is_of_use = !run.is_complete() || (run.can_be_undone() && run.changed().next().is_some());
            let id = run.id().clone();
            self.batches.runs.push(run);
            if !is_of_use {
                self.close_batch(&id);
            }
        }
    }

    fn record_batch(&mut self, id: &BatchId, records: Vec<BatchRecord>) {
        if self.batches.run(id).is_some_and(|run| run.is_kept) {
            self.send(Effect::RecordBatch(records));
        }
    }
}
