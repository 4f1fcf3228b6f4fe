//! Sending a batch, and what follows from the answers.

use std::time::Duration;

use super::run::Next;
use super::{BatchItem, BatchRun, Halt};
use crate::core::notice::Topic;
use crate::core::{Call, Effect, KeyChange, Model, NoticeKind, SessionId, Switch, TimeLeft};
use crate::domain::{
    AccessKey, BatchKey, BatchRecord, BatchResult, Cause, Failure, KeyStatus, NotSwitched, UserName,
};

/// When a list that could not be read is asked for again.
const RECHECK_AFTER: Duration = Duration::from_secs(15);

impl Model {
    /// After each message: whatever has changed, the next calls go out as soon as they may.
    pub(in crate::core) fn drive_batches(&mut self) {
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
                    if let Some(why) = open.access.read_only.filter(|_| run.is_active()) {
                        run.halt = Some(Halt::ReadOnly(why));
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
        while let Some(open) = self
            .open
            .as_mut()
            .filter(|open| open.access.read_only.is_none() && open.time_left(now) != TimeLeft::Over)
        {
            let session = open.session;
            let is_here = |run: &&mut BatchRun| run.is_open && run.session == Some(session);
            let Some(run) = self.batches.runs.iter_mut().filter(is_here).find(|run| run.is_active()) else {
                return;
            };
            let Some((row, key)) = run.next() else { return };
            if open.pending.switching.contains_key(&key.key) {
                // Switched by hand a moment ago: what becomes of that comes first.
                run.postpone(row);
                return;
            }
            let item = BatchItem { batch: run.id().clone(), row };
            let is_undo = run.batch.undoes.is_some();
            let status = run.batch.action.status();
            self.forget_told(session, Topic::State(&key.key));
            if let Some(status) = status {
                self.send_status(item, key, status, is_undo);
            } else {
                let BatchKey { user, key } = key;
                self.call(session, Call::DeleteKey { user, key, even_active: false, batch: Some(item) });
            }
        }
    }

    /// Shown at once, as a single switch is.
    fn send_status(&mut self, item: BatchItem, key: BatchKey, status: KeyStatus, is_undo: bool) {
        let now = self.now;
        let BatchKey { user, key } = key;
        let Some(open) = &mut self.open else { return };
        let session = open.session;
        let from = open.status_of(&user, &key).unwrap_or(status);
        // A list may not know yet what was changed here a moment ago, and would say that there is nothing to do.
        let checks = !is_undo && !open.keys.get(&user).is_some_and(|known| known.was_just_changed(&key, now));
        open.keys.apply_change(&user, KeyChange::Begin { key: key.clone(), status }, now);
        let switch = Switch { user: user.clone(), key: key.clone(), from, to: status };
        open.pending.switching.insert(key.clone(), switch);
        self.call(session, Call::SetStatus { user, key, status, batch: Some(item), checks });
    }

    pub(in crate::core) fn batch_status_set(
        &mut self,
        session: SessionId,
        item: &BatchItem,
        key: &BatchKey,
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
                Err(Failure { cause: Cause::NotSwitched(NotSwitched::AlreadySet(_)), .. }) => {
                    KeyChange::GiveUp { key: id, status }
                }
                Err(_) => KeyChange::GiveUp { key: id, status: switch.from },
            };
            open.keys.apply_change(&key.user, change, now);
        }
        self.item_answered(session, item, key, answer);
    }

    pub(in crate::core) fn batch_deleted(
        &mut self,
        session: SessionId,
        item: &BatchItem,
        key: &BatchKey,
        answer: Result<(), Failure>,
    ) {
        let now = self.now;
        if let Some(status) = answer.as_ref().err().and_then(Failure::listed_status)
            && let Some(open) = self.open_as(session)
        {
            open.keys.apply_change(&key.user, KeyChange::Listed { key: key.key.clone(), status }, now);
        }
        self.item_answered(session, item, key, answer);
    }

    pub(in crate::core) fn batch_undescribed(&mut self, item: &BatchItem, is_done: bool) {
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
            Next::Recheck => {
                // The account may have been left and opened again since the call was sent.
                let run = self.batches.run(&item.batch).filter(|run| run.is_open);
                if let Some(session) = run.and_then(|run| run.session) {
                    self.recheck_unconfirmed(session, &key.user);
                }
            }
            Next::RecheckLater => {
                let user = key.user.clone();
                self.send(Effect::Relist { session, user, after: RECHECK_AFTER });
            }
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
        open.pending.delete_dialog.take_if(|dialog| dialog.key == *key);
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
    pub(in crate::core) fn batch_list_is_due(&mut self, session: SessionId, user: &UserName) {
        let now = self.now;
        if self.batches.runs.is_empty() {
            return;
        }
        let last = self.run.next_number();
        for run in self.batches.runs.iter_mut().filter(|run| run.session == Some(session)) {
            run.list_is_due(user, last, now);
        }
    }

    /// A list of keys has arrived, as AWS sent it.
    pub(in crate::core) fn batch_listed(
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
    pub(in crate::core) fn recheck_batches(&mut self) {
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
            let selected = self.open.as_ref().and_then(|open| open.selected_user().cloned());
            if let (Some(session), Some(user)) = (session.filter(|session| self.is_open(*session)), selected)
            {
                self.look_again(session, &user);
            }
        }
    }
}
