//! One action on many keys: proposed, confirmed, sent at the pace that IAM allows, stopped, continued and undone.
//!
//! A batch belongs to its account and not to a session: it outlives a change of page and user, pauses while the session is
//! over, and can be continued or undone when the account is open again, also by a later run of the program.

mod plan;
mod run;

use super::notice::Topic;
use super::{Call, Effect, Forbidden, KeyChange, Model, NoticeKind, OpenAccount, SessionId, Switch, TimeLeft};
use crate::domain::{
    AccessKey, AccountRef, Batch, BatchAction, BatchId, BatchKey, BatchRecord, BatchResult, Cause, CliTarget,
    Endpoint, Failure, KeptBatch, KeyId, KeyStatus, NotSwitched, SignInChoice, UserName, aws_commands, plan_records,
};
pub use plan::{BatchPlan, Concern, LeftOut, PlannedKey, Proposal, Verdict};
use run::Next;
pub use run::{Halt, Row, Run, Step, Tally};

/// Last uses that are read at once while a proposal is on screen.
const READING_AT_ONCE: usize = 4;

/// What is to be done with many keys.
pub enum BatchMsg {
    /// Opens the dialog with the plan.
    Propose { action: BatchAction, keys: Vec<KeyId> },
    /// Whether a key that the plan asks about is part of it.
    Include { key: KeyId, on: bool },
    Cancel,
    /// `typed`: the number of keys, for a deletion.
    Confirm { typed: String },
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
    NotKept { reason: String },
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
    pub runs: Vec<Run>,
}

impl Batches {
    pub fn run(&self, id: &BatchId) -> Option<&Run> {
        self.runs.iter().find(|run| run.id() == id)
    }

    fn run_mut(&mut self, id: &BatchId) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.id() == id)
    }

    /// The batch that is under way in this session, or that waits for its renewal.
    pub fn active(&self) -> Option<&Run> {
        self.runs.iter().find(|run| run.is_active())
    }

    fn active_mut(&mut self) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.is_active())
    }

    /// The batches of the account that is open in `session`.
    pub fn here(&self, session: SessionId) -> impl DoubleEndedIterator<Item = &Run> {
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
        let id = BatchId::new(self.started, self.next_number());
        let Some(open) = &self.open else { return };
        let batch =
            Batch { id: id.clone(), account: AccountRef::from(&open.account), action, at: self.now, undoes };
        // What is done in the practice account is over with the program.
        let is_kept = open.account.endpoint != Endpoint::Practice;
        let records = plan_records(&batch, &keys);
        self.batches.runs.push(Run::new(batch, keys, open.session, is_kept));
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
        let Some(why) = open.read_only else { return false };
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
        if self.batches.run(id).is_some_and(Run::is_over) {
            self.record_batch(id, vec![BatchRecord::Closed { id: id.clone() }]);
            self.batches.runs.retain(|run| run.id() != id);
            self.notices.retain(
                |notice| !matches!(&notice.event, NoticeKind::BatchEnded { id: ended, .. } if ended == id),
            );
        }
    }

    fn take_kept_batches(&mut self, kept: Vec<KeptBatch>) {
        for kept in kept {
            let run = Run::kept(kept, self.now);
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

    /// After each message: whatever has changed, the next calls go out as soon as they may.
    pub(super) fn drive_batches(&mut self) {
        if let Some(open) = &self.open {
            let session = open.session;
            self.batches.proposal.take_if(|proposal| proposal.session != session);
        } else {
            self.batches.proposal = None;
        }
        if self.batches.runs.is_empty() {
            return;
        }
        self.follow_account();
        self.send_batch();
        self.report_batches();
    }

    /// Batches of the account that is open go on in its session; those of others are not sent any further.
    fn follow_account(&mut self) {
        let now = self.now;
        let open = self.open.as_ref();
        let mut unconfirmed = Vec::new();
        for run in &mut self.batches.runs {
            match open {
                Some(open) if run.batch.account.is(&open.account) => {
                    if open.read_only.is_some() && run.is_active() {
                        run.halt = Some(open.read_only.map_or(Halt::Stopped, Halt::ReadOnly));
                    }
                    if !(run.is_open && run.session == Some(open.session)) {
                        run.leave();
                        run.attach(open.session, now);
                        let users = run.unconfirmed_users();
                        unconfirmed.extend(users.into_iter().map(|user| (open.session, user)));
                    }
                }
                _ => run.leave(),
            }
        }
        for (session, user) in unconfirmed {
            self.recheck_unconfirmed(session, &user);
        }
    }

    fn send_batch(&mut self) {
        let now = self.now;
        while let Some(open) =
            self.open.as_mut().filter(|open| open.read_only.is_none() && open.time_left(now) != TimeLeft::Over)
        {
            let session = open.session;
            let is_here = |run: &&mut Run| run.is_open && run.session == Some(session);
            let Some(run) = self.batches.runs.iter_mut().filter(is_here).find(|run| run.is_active()) else {
                return;
            };
            let Some((row, BatchKey { user, key })) = run.next() else { return };
            if open.switching.contains_key(&key) {
                // Switched by hand a moment ago: what becomes of that comes first.
                run.postpone(row);
                return;
            }
            let item = BatchItem { batch: run.id().clone(), row };
            let is_undo = run.batch.undoes.is_some();
            match run.batch.action.status() {
                Some(status) => self.send_status(session, item, user, key, status, is_undo),
                None => {
                    self.forget_told(session, Topic::State(&key));
                    let (batch, even_active) = (Some(item), false);
                    self.call(session, Call::DeleteKey { user, key, even_active, batch });
                }
            }
        }
    }

    /// Shown at once, as a single switch is.
    fn send_status(
        &mut self,
        session: SessionId,
        item: BatchItem,
        user: UserName,
        key: KeyId,
        status: KeyStatus,
        is_undo: bool,
    ) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        let from = open.status_of(&user, &key).unwrap_or(status);
        // A list may not know yet what was changed here a moment ago, and would say that there is nothing to do.
        let checks = !is_undo && !open.keys.get(&user).is_some_and(|known| known.was_just_changed(&key, now));
        open.keys.apply_change(&user, KeyChange::Begin { key: key.clone(), status }, now);
        let switch = Switch { user: user.clone(), key: key.clone(), from, to: status };
        open.switching.insert(key.clone(), switch);
        self.forget_told(session, Topic::State(&key));
        self.call(session, Call::SetStatus { user, key, status, batch: Some(item), checks });
    }

    pub(super) fn batch_status_set(
        &mut self,
        session: SessionId,
        item: &BatchItem,
        key: BatchKey,
        status: KeyStatus,
        answer: Result<(), Failure>,
    ) {
        let now = self.now;
        if let Some(open) = self.open_as(session)
            && let Some(switch) = open.end_switch(&key.key, status)
        {
            let id = key.key.clone();
            let change = match &answer {
                Ok(()) => KeyChange::SetStatus { key: id, status },
                Err(Failure { cause: Cause::NotSwitched(NotSwitched::AlreadySet(_)), .. }) => KeyChange::GiveUp { key: id, status },
                Err(_) => KeyChange::GiveUp { key: id, status: switch.from },
            };
            open.keys.apply_change(&key.user, change, now);
        }
        self.item_answered(session, item, &key, answer);
    }

    pub(super) fn batch_deleted(
        &mut self,
        session: SessionId,
        item: &BatchItem,
        key: BatchKey,
        answer: Result<(), Failure>,
    ) {
        let now = self.now;
        if let Some(status) = answer.as_ref().err().and_then(Failure::listed_status)
            && let Some(open) = self.open_as(session)
        {
            open.keys.apply_change(&key.user, KeyChange::Listed { key: key.key.clone(), status }, now);
        }
        self.item_answered(session, item, &key, answer);
    }

    pub(super) fn batch_undescribed(&mut self, item: &BatchItem, is_done: bool) {
        if let Some(run) = self.batches.run_mut(&item.batch) {
            run.undescribed(item.row, is_done);
        }
    }

    fn item_answered(
        &mut self,
        session: SessionId,
        item: &BatchItem,
        key: &BatchKey,
        answer: Result<(), Failure>,
    ) {
        let now = self.now;
        let Some(run) = self.batches.run_mut(&item.batch) else { return };
        let next = run.answered(item.row, answer, now);
        self.follow_item(session, item, key, next);
    }

    fn follow_item(&mut self, session: SessionId, item: &BatchItem, key: &BatchKey, next: Next) {
        match next {
            Next::Nothing => {}
            Next::Recheck if self.is_open(session) => self.recheck_unconfirmed(session, &key.user),
            Next::Recheck => {}
            Next::Record(result) => {
                let is_done = result == BatchResult::Done;
                let record = BatchRecord::Ended { id: item.batch.clone(), row: item.row, result };
                self.record_batch(&item.batch, vec![record]);
                if is_done {
                    self.item_done(session, item, key);
                }
            }
        }
    }

    /// It is certain that the change was made.
    fn item_done(&mut self, session: SessionId, item: &BatchItem, BatchKey { user, key }: &BatchKey) {
        let now = self.now;
        let Some(run) = self.batches.run(&item.batch) else { return };
        let (status, is_halted) = (run.batch.action.status(), run.halt.is_some());
        if status.is_none() {
            self.orphan_deleted(key);
        }
        let Some(open) = self.open_as(session) else { return };
        if let Some(status) = status {
            return open.note_status(key, status, now);
        }
        let is_described = open.may_be_described(user, key);
        open.delete_dialog.take_if(|dialog| dialog.key == *key);
        open.keys.apply_change(user, KeyChange::Delete(key.clone()), now);
        let Some(run) = self.batches.run_mut(&item.batch) else { return };
        // A batch of an earlier run changes nothing before it is asked to go on.
        if is_described && !(is_halted && run.is_reported) {
            run.begin_undescribing(item.row);
            let (user, key, batch) = (user.clone(), key.clone(), Some(item.clone()));
            self.call(session, Call::Undescribe { user, key, batch });
        }
    }

    /// A list is about to be asked for.
    pub(super) fn batch_list_is_due(&mut self, session: SessionId, user: &UserName) {
        let now = self.now;
        if self.batches.runs.is_empty() {
            return;
        }
        let last = self.next_number();
        for run in self.batches.runs.iter_mut().filter(|run| run.session == Some(session)) {
            run.list_is_due(user, last, now);
        }
    }

    /// A list of keys has arrived, as AWS sent it.
    pub(super) fn batch_listed(
        &mut self,
        session: SessionId,
        user: &UserName,
        load: u64,
        answer: &Result<Vec<AccessKey>, Failure>,
    ) {
        // After the renewal the list is asked for again.
        if matches!(answer, Err(Failure { cause: Cause::SessionOver, .. })) {
            return;
        }
        let mut settled = Vec::new();
        for run in self.batches.runs.iter_mut().filter(|run| run.session == Some(session)) {
            for (row, next) in run.listed(user, load, answer) {
                let key = run.rows.get(row).map(|row| row.key.clone());
                settled.extend(key.map(|key| (BatchItem { batch: run.id().clone(), row }, key, next)));
            }
        }
        for (item, key, next) in settled {
            let key = BatchKey { user: user.clone(), key };
            self.follow_item(session, &item, &key, next);
        }
    }

    /// The session was renewed, or everything is to be read again.
    pub(super) fn recheck_batches(&mut self) {
        let Some(session) = self.open.as_ref().map(|open| open.session) else { return };
        let users: Vec<UserName> =
            self.batches.here(session).flat_map(|run| run.unconfirmed_users()).collect();
        for user in users {
            self.relist(session, &user);
        }
    }

    /// One notice for a batch, not one for each key.
    fn report_batches(&mut self) {
        let mut ended = Vec::new();
        for run in self.batches.runs.iter_mut().filter(|run| run.is_over() && !run.is_reported) {
            run.is_reported = true;
            let (id, action, tally) = (run.id().clone(), run.batch.action, run.tally());
            let undoable = run.is_open && run.can_be_undone() && tally.done > 0;
            let undoes = run.batch.undoes.is_some();
            ended.push((run.session, NoticeKind::BatchEnded { id, action, tally, undoes, undoable }));
        }
        for (session, event) in ended {
            self.tell(session, event);
            let selected = self.open.as_ref().and_then(|open| open.selected_user.clone());
            if let (Some(session), Some(user)) = (session.filter(|session| self.is_open(*session)), selected) {
                self.look_again(session, &user);
            }
        }
    }
}
