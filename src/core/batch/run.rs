//! A confirmed batch: which keys wait, which calls are under way, and what became of each key.

use std::collections::{BTreeSet, VecDeque};

use jiff::SignedDuration;

use crate::core::{ReadOnly, SessionId, overlay};
use crate::domain::{
    AccessKey, Batch, BatchId, BatchKey, BatchResult, Cause, Failure, KeptBatch, KeyId, KeyStatus, Moment,
    NotDeleted, NotSwitched, Reason, UserName,
};

/// Calls under way at once. The rate limiter decides how fast they follow each other.
pub(super) const AT_ONCE: usize = 4;

/// A key whose call is refused as one too many, or is not carried out, is sent so many times in all.
const ATTEMPTS: u8 = 5;

/// After this time a list is believed that contradicts a change whose response was lost.
pub(super) const SETTLED_AFTER: SignedDuration = overlay::HOLD;

/// Where a key stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing was sent, or certainly nothing was changed.
    Waiting,
    /// The call is under way.
    Changing,
    /// The response was lost, or Keyfob was ended meanwhile: lists settle it.
    Unconfirmed {
        since: Moment,
        /// Lists that were asked for later than this request are believed, whatever they show.
        believed_after: Option<u64>,
    },
    /// The key is deleted; its description is being removed.
    Undescribing,
    Ended(BatchResult),
}

/// A key of the batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    pub user: UserName,
    pub key: KeyId,
    pub step: Step,
    /// The key is deleted; its description is still among the user's tags.
    pub description_left: bool,
    attempts: u8,
}

/// Why no further calls are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// *Stop* was pressed.
    Stopped,
    /// The account was left, or the window is closing.
    Left,
    /// Keyfob was ended before the batch was complete.
    Restarted,
    /// The account has become read-only.
    ReadOnly(ReadOnly),
    /// Every call would fail for this reason: the network, the caller's key, the clock.
    Failing(Failure),
}

/// How many keys stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub done: usize,
    /// Nothing had to be changed, or there was nothing left to change.
    pub unchanged: usize,
    pub failed: usize,
    pub unknown: usize,
    /// Under way, or being checked.
    pub pending: usize,
    pub waiting: usize,
}

impl Tally {
    pub fn total(&self) -> usize {
        self.ended() + self.pending + self.waiting
    }

    pub fn ended(&self) -> usize {
        self.done + self.unchanged + self.failed + self.unknown
    }
}

/// A batch that was confirmed, in this run or in an earlier one.
#[derive(Clone, Debug)]
pub struct BatchRun {
    pub batch: Batch,
    pub rows: Vec<BatchRow>,
    pub halt: Option<Halt>,
    /// The session in which it was sent last.
    pub session: Option<SessionId>,
    /// Its account is open, in that session.
    pub is_open: bool,
    /// Its records are written.
    pub(super) is_kept: bool,
    /// Its end was reported.
    pub(super) is_reported: bool,
    waiting: VecDeque<usize>,
}

/// What follows from an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Nothing,
    /// The key has its result.
    Record(BatchResult),
    /// Lists of the user's keys will tell.
    Recheck,
    /// The last list failed, and a later one may not.
    RecheckLater,
}

impl BatchRun {
    pub(super) fn new(batch: Batch, keys: Vec<BatchKey>, session: SessionId, is_kept: bool) -> Self {
        let rows: Vec<BatchRow> = keys.into_iter().map(|key| BatchRow::new(key, Step::Waiting)).collect();
        Self {
            batch,
            halt: None,
            session: Some(session),
            is_open: true,
            is_kept,
            is_reported: false,
            waiting: (0..rows.len()).collect(),
            rows,
        }
    }

    /// A batch of an earlier run of the program.
    pub(super) fn kept(kept: KeptBatch, now: Moment) -> Self {
        let KeptBatch { batch, keys, sent, mut results, .. } = kept;
        let mut waiting = VecDeque::new();
        let mut rows = Vec::with_capacity(keys.len());
        for (at, key) in keys.into_iter().enumerate() {
            let step = match results.remove(&at) {
                Some(result) => Step::Ended(result),
                None if sent.contains(&at) => Step::Unconfirmed { since: now, believed_after: None },
                None => {
                    waiting.push_back(at);
                    Step::Waiting
                }
            };
            rows.push(BatchRow::new(key, step));
        }
        Self {
            batch,
            rows,
            halt: Some(Halt::Restarted),
            session: None,
            is_open: false,
            is_kept: true,
            is_reported: true,
            waiting,
        }
    }

    pub fn id(&self) -> &BatchId {
        &self.batch.id
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for row in &self.rows {
            let count = match &row.step {
                Step::Waiting => &mut tally.waiting,
                Step::Changing | Step::Unconfirmed { .. } | Step::Undescribing => &mut tally.pending,
                Step::Ended(BatchResult::Done) => &mut tally.done,
                Step::Ended(BatchResult::AlreadySet | BatchResult::Gone) => &mut tally.unchanged,
                Step::Ended(BatchResult::Active | BatchResult::Failed(_)) => &mut tally.failed,
                Step::Ended(BatchResult::Unknown) => &mut tally.unknown,
            };
            *count += 1;
        }
        tally
    }

    /// Calls are sent, now or once the session is renewed.
    pub fn is_active(&self) -> bool {
        self.halt.is_none() && !self.is_over()
    }

    /// Nothing is sent or checked any more.
    pub fn is_over(&self) -> bool {
        (self.halt.is_some() || self.waiting.is_empty()) && self.is_settled()
    }

    /// Every key has its result.
    pub fn is_complete(&self) -> bool {
        self.rows.iter().all(|row| matches!(row.step, Step::Ended(_)))
    }

    /// Its action has an opposite.
    pub fn can_be_undone(&self) -> bool {
        self.batch.action.opposite().is_some()
    }

    /// Some keys were not sent, and can still be.
    pub fn is_incomplete(&self) -> bool {
        self.halt.is_some() && !self.waiting.is_empty()
    }

    /// What became of each key that was sent is known. Without the account, nothing is found out.
    pub fn is_settled(&self) -> bool {
        !self.rows.iter().any(|row| match row.step {
            Step::Changing | Step::Undescribing => true,
            Step::Unconfirmed { .. } => self.is_open,
            Step::Waiting | Step::Ended(_) => false,
        })
    }

    /// The keys that it has changed.
    pub fn changed(&self) -> impl Iterator<Item = BatchKey> {
        let done = self.rows.iter().filter(|row| row.step == Step::Ended(BatchResult::Done));
        done.map(|row| BatchKey { user: row.user.clone(), key: row.key.clone() })
    }

    fn calls_under_way(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.step, Step::Changing | Step::Undescribing)).count()
    }

    /// The next row to send, which counts as sent from here on.
    pub(super) fn next(&mut self) -> Option<(usize, BatchKey)> {
        if self.halt.is_some() || self.waiting.is_empty() || self.calls_under_way() >= AT_ONCE {
            return None;
        }
        let number = self.waiting.pop_front()?;
        let row = self.rows.get_mut(number)?;
        row.step = Step::Changing;
        Some((number, BatchKey { user: row.user.clone(), key: row.key.clone() }))
    }

    /// The answer to the call of a row.
    pub(super) fn answered(&mut self, number: usize, answer: Result<(), Failure>, now: Moment) -> Next {
        let deletes = self.batch.action.status().is_none();
        let Some(row) = self.rows.get_mut(number).filter(|row| row.step == Step::Changing) else {
            return Next::Nothing;
        };
        let failure = match answer {
            Ok(()) => return row.end(BatchResult::Done),
            Err(failure) => failure,
        };
        let result = match &failure.cause {
            Cause::NotSwitched(NotSwitched::AlreadySet(_)) => BatchResult::AlreadySet,
            Cause::NotDeleted(NotDeleted::NotInactive(_)) => BatchResult::Active,
            Cause::NotSwitched(NotSwitched::NotListed(_)) | Cause::NotDeleted(NotDeleted::NotListed(_)) => {
                return self.try_again(number, BatchResult::Failed(Reason::NoAnswer));
            }
            // The deletion was sent again after its response got lost.
            Cause::NoSuchEntity(_) if deletes => BatchResult::Done,
            Cause::NoSuchEntity(_) | Cause::NotDeleted(NotDeleted::Gone) => BatchResult::Gone,
            cause if cause.is_lost() => {
                row.step = Step::Unconfirmed { since: now, believed_after: None };
                return Next::Recheck;
            }
            _ => BatchResult::Failed(Reason::from(&failure)),
        };
        match result {
            BatchResult::Failed(Reason::SessionOver) if failure.cause == Cause::SessionOver => {
                self.wait_again(number, 0);
                Next::Nothing
            }
            BatchResult::Failed(Reason::Throttled) => self.try_again(number, result),
            BatchResult::Failed(Reason::SessionOver | Reason::CallerNotAccepted | Reason::NotSent) => {
                self.halt.get_or_insert(Halt::Failing(failure));
                self.try_again(number, result)
            }
            result => row.end(result),
        }
    }

    /// `result`: what it comes to if it was tried often enough.
    fn try_again(&mut self, number: usize, result: BatchResult) -> Next {
        let Some(row) = self.rows.get_mut(number) else { return Next::Nothing };
        if row.attempts + 1 >= ATTEMPTS {
            return row.end(result);
        }
        self.wait_again(number, 1);
        Next::Nothing
    }

    fn wait_again(&mut self, number: usize, attempt: u8) {
        if let Some(row) = self.rows.get_mut(number) {
            row.step = Step::Waiting;
            row.attempts += attempt;
            self.waiting.push_back(number);
        }
    }

    /// The description of a deleted key is being removed too.
    pub(super) fn begin_undescribing(&mut self, number: usize) {
        if let Some(row) = self.rows.get_mut(number) {
            row.step = Step::Undescribing;
        }
    }

    pub(super) fn undescribed(&mut self, number: usize, is_done: bool) {
        let Some(row) = self.rows.get_mut(number).filter(|row| row.step == Step::Undescribing) else {
            return;
        };
        row.description_left = !is_done;
        row.step = Step::Ended(BatchResult::Done);
    }

    /// The users for whom it is not known what became of a key.
    pub(super) fn unconfirmed_users(&self) -> BTreeSet<UserName> {
        let open = self.rows.iter().filter(|row| matches!(row.step, Step::Unconfirmed { .. }));
        open.map(|row| row.user.clone()).collect()
    }

    /// It was switched by hand a moment ago.
    pub(super) fn postpone(&mut self, number: usize) {
        self.wait_again(number, 0);
    }

    /// The account is not open any more: nothing is sent until it is open again and the administrator says so.
    pub(super) fn leave(&mut self) {
        if self.is_active() {
            self.halt = Some(Halt::Left);
        }
        self.is_open = false;
    }

    /// The account is open: the time to wait for lists begins now.
    pub(super) fn attach(&mut self, session: SessionId, now: Moment) {
        self.session = Some(session);
        self.is_open = true;
        for row in &mut self.rows {
            if let Step::Unconfirmed { since, believed_after } = &mut row.step {
                (*since, *believed_after) = (now, None);
            }
        }
    }

    /// A list is about to be asked for; `last`: the number of the last request.
    pub(super) fn list_is_due(&mut self, user: &UserName, last: u64, now: Moment) {
        for row in self.rows.iter_mut().filter(|row| row.user == *user) {
            if let Step::Unconfirmed { since, believed_after: believed_after @ None } = &mut row.step
                && now.since(*since) >= SETTLED_AFTER
            {
                *believed_after = Some(last);
            }
        }
    }

    /// A list of the user's keys has arrived, as AWS sent it. Gives back the rows that it settles.
    ///
    /// What was not carried out waits again.
    pub(super) fn listed(
        &mut self,
        user: &UserName,
        load: u64,
        answer: &Result<Vec<AccessKey>, Failure>,
    ) -> Vec<(usize, Next)> {
        let mut settled = Vec::new();
        for number in 0..self.rows.len() {
            let Some(row) = self.rows.get(number).filter(|row| row.user == *user) else { continue };
            let Step::Unconfirmed { believed_after, .. } = row.step else { continue };
            let is_believed = believed_after.is_some_and(|last| load > last);
            let next = match self.found(&row.key, answer) {
                Some(true) => self.end(number, BatchResult::Done),
                Some(false) if is_believed => self.try_again(number, BatchResult::Failed(Reason::NoAnswer)),
                None if is_believed && answer.as_ref().is_err_and(Failure::may_pass) => Next::RecheckLater,
                None if is_believed => self.end(number, BatchResult::Unknown),
                Some(false) | None => continue,
            };
            settled.push((number, next));
        }
        settled
    }

    /// Whether the change was made, if the list tells.
    fn found(&self, key: &KeyId, answer: &Result<Vec<AccessKey>, Failure>) -> Option<bool> {
        let keys = match answer {
            Ok(keys) => keys.as_slice(),
            // The user is gone, and its keys with it.
            Err(Failure { cause: Cause::NoSuchEntity(_), .. }) => &[],
            Err(_) => return None,
        };
        let listed: Option<KeyStatus> = keys.iter().find(|listed| listed.id == *key).map(|key| key.status);
        Some(match self.batch.action.status() {
            Some(wanted) => listed == Some(wanted),
            None => listed.is_none(),
        })
    }

    fn end(&mut self, number: usize, result: BatchResult) -> Next {
        self.rows.get_mut(number).map_or(Next::Nothing, |row| row.end(result))
    }

    /// Goes on with what was not sent.
    pub(super) fn resume(&mut self) {
        self.halt = None;
        self.is_reported = false;
    }
}

impl BatchRow {
    fn new(BatchKey { user, key }: BatchKey, step: Step) -> Self {
        Self { user, key, step, description_left: false, attempts: 0 }
    }

    fn end(&mut self, result: BatchResult) -> Next {
        self.step = Step::Ended(result.clone());
        Next::Record(result)
    }
}
