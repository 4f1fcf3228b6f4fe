//! The sweep: the keys of all users, read one user at a time and paced, what is on screen first.
//!
//! While the page *Account keys* is not used, only the users whose rows are on screen are asked about, so that the user list can
//! show how many keys they have. From then on the sweep reads the key ids of every user, then the descriptions. Nothing that
//! is known and fresh is asked for again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;

use super::{Call, KeyStore, Model, UserKeys};
use crate::domain::{Failure, KeyId, Moment, Severity, Steady, UserName};

/// Reads that are under way at once. Each answer makes room for one more.
const AT_ONCE: usize = 4;

/// What was read within this time is not read again.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// How often a read is repeated that failed and may succeed later, besides the repetitions of the SDK.
const TRIES: u8 = 5;

/// So many failures in a row are no chance: the network is gone, or something is not allowed.
const MOST_FAILURES: usize = 10;

/// What one call of the sweep reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Read {
    KeyIds(UserName),
    /// Only where there is no credential report: it has the last uses of all keys.
    LastUse(UserName, KeyId),
    Descriptions(UserName),
}

/// The kind of a read. They come in this order, but for the users on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    KeyIds,
    LastUses,
    Descriptions,
}

impl Read {
    fn step(&self) -> Step {
        match self {
            Self::KeyIds(_) => Step::KeyIds,
            Self::LastUse(..) => Step::LastUses,
            Self::Descriptions(_) => Step::Descriptions,
        }
    }

    /// The read is under way, whoever has asked for it.
    fn is_loading(&self, keys: &KeyStore) -> bool {
        match self {
            Self::KeyIds(user) => keys.get(user).is_some_and(|known| known.list.is_loading()),
            Self::LastUse(user, key) => {
                let last_use = keys.get(user).and_then(|known| known.last_use_of(key));
                last_use.is_some_and(|last_use| last_use.is_loading())
            }
            Self::Descriptions(user) => keys.get(user).is_some_and(|known| known.descriptions.is_loading()),
        }
    }

    /// Why it failed, if it did the last time.
    fn failure<'a>(&self, keys: &'a KeyStore) -> Option<&'a Failure> {
        let failure = match self {
            Self::KeyIds(user) => keys.get(user)?.list.failure(),
            Self::LastUse(user, key) => keys.get(user)?.last_use_of(key)?.failure(),
            Self::Descriptions(user) => keys.get(user)?.descriptions.failure(),
        };
        failure.map(|(failure, _)| failure)
    }
}

/// Whose keys are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Scope {
    /// Of the users on screen.
    #[default]
    InView,
    Everybody,
    /// As `InView`, because the administrator has cancelled it.
    Cancelled,
}

/// Why a sweep waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SweepPause {
    Administrator,
    /// It goes on once the session is renewed.
    SessionOver,
    /// Ten reads in a row have failed, the last one so.
    Failing(Failure),
}

/// How a sweep stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepState<'a> {
    /// Not started.
    Off,
    Running,
    /// Nothing is sent.
    Paused(&'a SweepPause),
    /// By the administrator, before everything was read.
    Cancelled,
    Done,
}

/// What a sweep has still to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SweepProgress {
    /// Users in all.
    pub users: usize,
    /// Users whose key ids are not read yet.
    pub key_ids: usize,
    /// Keys whose last use is not read yet; 0 where a report has them.
    pub last_uses: usize,
    /// Users whose descriptions are not read yet.
    pub descriptions: usize,
    /// Reads that have failed for good. The reason is with the user's keys.
    pub failed: usize,
}

/// Reads that are waited for, in the order in which they are sent.
#[derive(Debug, Default)]
struct Queue {
    reads: BTreeMap<Rank, Read>,
    ranks: BTreeMap<Read, Rank>,
    /// How many there are of each step.
    counts: [usize; 3],
    /// Of the last read that was added.
    number: u64,
}

/// A lower one is sent earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    step: Step,
    urgency: Urgency,
    number: u64,
}

/// Of the users that are not on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    /// Some key has a finding.
    Flagged,
    Normal,
    /// A report says that there are no keys.
    NoKeys,
    /// It has failed before.
    Again,
}

impl Urgency {
    fn of(user: &UserName, keys: &KeyStore, now: Moment) -> Self {
        let is_flagged =
            keys.worst_finding(user, now).is_some_and(|worst| worst.severity() >= Severity::Look);
        match keys.get(user).and_then(UserKeys::count) {
            _ if is_flagged => Self::Flagged,
            Some(0) => Self::NoKeys,
            _ => Self::Normal,
        }
    }
}

impl Queue {
    fn insert(&mut self, read: Read, urgency: Urgency) {
        if self.ranks.contains_key(&read) {
            return;
        }
        self.number += 1;
        let rank = Rank { step: read.step(), urgency, number: self.number };
        self.count(rank.step, |count| count + 1);
        self.ranks.insert(read.clone(), rank);
        self.reads.insert(rank, read);
    }

    /// False if it is not in the queue.
    fn remove(&mut self, read: &Read) -> bool {
        let Some(rank) = self.ranks.remove(read) else { return false };
        self.reads.remove(&rank);
        self.count(rank.step, |count| count.saturating_sub(1));
        true
    }

    fn first(&self) -> Option<&Read> {
        self.reads.values().next()
    }

    fn remove_step(&mut self, step: Step) {
        self.ranks.retain(|_, rank| rank.step != step);
        self.reads.retain(|rank, _| rank.step != step);
        self.count(step, |_| 0);
    }

    fn count(&mut self, step: Step, change: impl FnOnce(usize) -> usize) {
        if let Some(count) = self.counts.get_mut(step as usize) {
            *count = change(*count);
        }
    }

    fn is_empty(&self) -> bool {
        self.reads.is_empty()
    }
}

/// The sweep of an account.
#[derive(Debug, Default)]
pub struct Sweep {
    scope: Scope,
    pause: Option<SweepPause>,
    /// The users whose rows are on screen.
    in_view: Vec<UserName>,
    waiting: Queue,
    under_way: BTreeSet<Read>,
    /// What was read before is not fresh any more.
    fresh_since: Option<Steady>,
    tries: BTreeMap<Read, u8>,
    failed: BTreeSet<Read>,
    failures_in_a_row: usize,
    users: usize,
    /// There is no report, which would have the last uses of all keys.
    reads_last_uses: bool,
}

impl Sweep {
    pub fn state(&self) -> SweepState<'_> {
        match (self.scope, &self.pause) {
            (Scope::InView, _) => SweepState::Off,
            (Scope::Cancelled, _) => SweepState::Cancelled,
            (Scope::Everybody, _) if self.is_done() => SweepState::Done,
            (Scope::Everybody, Some(pause)) => SweepState::Paused(pause),
            (Scope::Everybody, None) => SweepState::Running,
        }
    }

    fn is_done(&self) -> bool {
        let is_planned = self.fresh_since.is_some();
        is_planned && self.waiting.is_empty() && self.under_way.is_empty()
    }

    pub fn progress(&self) -> SweepProgress {
        let left = |step: Step| {
            let waiting = self.waiting.counts.get(step as usize).copied().unwrap_or_default();
            waiting + self.under_way.iter().filter(|read| read.step() == step).count()
        };
        SweepProgress {
            users: self.users,
            key_ids: left(Step::KeyIds),
            last_uses: left(Step::LastUses),
            descriptions: left(Step::Descriptions),
            failed: self.failed.len(),
        }
    }

    /// Nothing more is sent. The first reason stays.
    pub(super) fn pause(&mut self, why: SweepPause) {
        self.pause.get_or_insert(why);
    }

    /// A pause of its own is over; that of the administrator is not.
    fn try_again(&mut self) {
        self.pause.take_if(|pause| *pause != SweepPause::Administrator);
        self.forget_failures();
    }

    fn forget_failures(&mut self) {
        self.tries.clear();
        self.failed.clear();
        self.failures_in_a_row = 0;
    }

    fn is_due(&self, read: &Read, keys: &KeyStore, again: bool) -> bool {
        if self.under_way.contains(read) || self.failed.contains(read) {
            return false;
        }
        if !again && read.failure(keys).is_some_and(|failure| !failure.may_pass()) {
            return false;
        }
        let is_fresh =
            |as_of: Option<Moment>| as_of.is_some_and(|as_of| Some(as_of.steady) >= self.fresh_since);
        match read {
            Read::KeyIds(user) => !keys.get(user).is_some_and(|known| is_fresh(known.list.as_of)),
            Read::LastUse(user, key) => keys.get(user).and_then(|known| known.last_use(key)).is_none(),
            Read::Descriptions(user) => {
                !keys.get(user).is_some_and(|known| is_fresh(known.descriptions.as_of))
            }
        }
    }

    /// The rows on screen have changed. A row that has left it is not worth a call any more, unless all users are read.
    fn set_in_view(&mut self, users: Vec<UserName>, keys: &KeyStore) {
        self.in_view = users;
        if self.scope != Scope::Everybody {
            self.plan_in_view(keys, |known| known.count().is_none(), false);
        }
    }

    fn plan_in_view(&mut self, keys: &KeyStore, wanted: impl Fn(&UserKeys) -> bool, again: bool) {
        self.waiting = Queue::default();
        for user in self.in_view.clone() {
            let read = Read::KeyIds(user.clone());
            let refused = read.failure(keys).is_some_and(|failure| !failure.may_pass());
            if keys.get(&user).is_none_or(&wanted) && (again || !refused) {
                self.waiting.insert(read, Urgency::Normal);
            }
        }
    }

    /// All that is not known or not fresh. `again`: also what was refused, and what is on screen.
    fn plan<'a>(
        &mut self,
        users: impl Iterator<Item = &'a UserName>,
        keys: &KeyStore,
        now: Moment,
        again: bool,
    ) {
        self.waiting = Queue::default();
        self.fresh_since = Some(now.steady + -FRESH);
        self.users = 0;
        for user in users {
            self.users += 1;
            let urgency = Urgency::of(user, keys, now);
            self.add(Read::KeyIds(user.clone()), urgency, keys, again);
            self.add_rest(user, urgency, keys, again);
        }
        if again {
            for user in self.in_view.clone() {
                self.waiting.insert(Read::KeyIds(user), Urgency::Normal);
            }
        }
    }

    /// What there is to read about the keys of a user besides their ids.
    fn add_rest(&mut self, user: &UserName, urgency: Urgency, keys: &KeyStore, again: bool) {
        let known = keys.get(user);
        if known.and_then(UserKeys::count) == Some(0) {
            return;
        }
        let ids = known.into_iter().flat_map(UserKeys::ids).filter(|_| self.reads_last_uses);
        for read in ids.map(|id| Read::LastUse(user.clone(), id.clone())).collect::<Vec<_>>() {
            self.add(read, urgency, keys, again);
        }
        self.add(Read::Descriptions(user.clone()), urgency, keys, again);
    }

    fn add(&mut self, read: Read, urgency: Urgency, keys: &KeyStore, again: bool) {
        if self.is_due(&read, keys, again) {
            self.waiting.insert(read, urgency);
        }
    }

    /// The next read to send, if any may be sent now.
    fn next(&mut self, keys: &KeyStore) -> Option<Read> {
        while self.pause.is_none() && self.under_way.len() < AT_ONCE {
            let read = self.first_in_view(keys).or_else(|| self.waiting.first().cloned())?;
            self.waiting.remove(&read);
            // Somebody waits for the same already.
            if !read.is_loading(keys) && self.under_way.insert(read.clone()) {
                return Some(read);
            }
        }
        None
    }

    fn first_in_view(&self, keys: &KeyStore) -> Option<Read> {
        let is_waiting = |read: &Read| self.waiting.ranks.contains_key(read);
        self.in_view.iter().find_map(|user| {
            let last_uses = keys.get(user).into_iter().flat_map(UserKeys::ids);
            let last_uses = last_uses.map(|id| Read::LastUse(user.clone(), id.clone()));
            let ids = std::iter::once(Read::KeyIds(user.clone()));
            ids.chain(last_uses).chain([Read::Descriptions(user.clone())]).find(is_waiting)
        })
    }

    /// A read was answered, whoever has asked for it.
    fn answered(&mut self, read: &Read, keys: &KeyStore, now: Moment) {
        self.under_way.remove(read);
        // The answer to an earlier question: the later one counts.
        if read.is_loading(keys) {
            return;
        }
        self.waiting.remove(read);
        match read.failure(keys).cloned() {
            Some(failure) => self.note_failure(read, failure),
            None => self.note_success(read, keys, now),
        }
    }

    fn note_success(&mut self, read: &Read, keys: &KeyStore, now: Moment) {
        self.failures_in_a_row = 0;
        self.tries.remove(read);
        self.failed.remove(read);
        if let (Read::KeyIds(user), Scope::Everybody) = (read, self.scope) {
            self.waiting.remove(&Read::Descriptions(user.clone()));
            self.add_rest(user, Urgency::of(user, keys, now), keys, false);
        }
    }

    fn note_failure(&mut self, read: &Read, failure: Failure) {
        if self.scope != Scope::Everybody {
            return;
        }
        let tries = self.tries.entry(read.clone()).or_default();
        *tries += 1;
        if failure.may_pass() && *tries < TRIES {
            self.waiting.insert(read.clone(), Urgency::Again);
        } else {
            self.failed.insert(read.clone());
        }
        self.failures_in_a_row += 1;
        if self.failures_in_a_row < MOST_FAILURES {
            return;
        }
        self.failures_in_a_row = 0;
        match read.step() {
            // The key ids are worth having without the rest.
            step @ (Step::LastUses | Step::Descriptions) if failure.is_denied() => {
                self.waiting.remove_step(step);
            }
            _ => self.pause(SweepPause::Failing(failure)),
        }
    }
}

impl Model {
    pub(super) fn sweep_in_view(&mut self, users: Vec<UserName>) {
        let Some(open) = &mut self.open else { return };
        open.inventory.sweep.set_in_view(users, &open.keys);
        self.send_reads();
    }

    /// Reads the keys of all users from now on, unless the administrator has cancelled that.
    pub(super) fn start_sweep(&mut self) {
        let Some(open) = &mut self.open else { return };
        let sweep = &mut open.inventory.sweep;
        if sweep.scope == Scope::InView {
            sweep.scope = Scope::Everybody;
            self.plan_sweep();
        }
    }

    pub(super) fn pause_sweep(&mut self) {
        if let Some(open) = &mut self.open {
            open.inventory.sweep.pause = Some(SweepPause::Administrator);
        }
    }

    /// Ends a pause, and begins again what was cancelled.
    pub(super) fn resume_sweep(&mut self) {
        let Some(open) = &mut self.open else { return };
        let sweep = &mut open.inventory.sweep;
        sweep.scope = Scope::Everybody;
        sweep.pause = None;
        sweep.forget_failures();
        self.plan_sweep();
    }

    pub(super) fn cancel_sweep(&mut self) {
        let Some(open) = &mut self.open else { return };
        let sweep = &mut open.inventory.sweep;
        sweep.scope = Scope::Cancelled;
        sweep.pause = None;
        sweep.waiting = Queue::default();
    }

    /// Facts grow old, and what was refused may be allowed by now.
    pub(super) fn refresh_sweep(&mut self) {
        let Some(open) = &mut self.open else { return };
        let sweep = &mut open.inventory.sweep;
        sweep.try_again();
        if sweep.scope == Scope::Everybody {
            self.plan_reads(true);
        } else {
            sweep.plan_in_view(&open.keys, |_| true, true);
        }
        self.send_reads();
    }

    /// Users, or what a report says about them, have become known.
    pub(super) fn plan_sweep(&mut self) {
        self.plan_reads(false);
        self.send_reads();
    }

    /// Not before the report is there, which says whose keys are worth reading first.
    fn plan_reads(&mut self, again: bool) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        let inventory = &mut open.inventory;
        if inventory.sweep.scope != Scope::Everybody || inventory.report.report.is_first_load() {
            return;
        }
        inventory.sweep.reads_last_uses = inventory.report.is_refused();
        let listed = open.users.all().iter().map(|user| &user.name);
        let users: BTreeSet<&UserName> = listed.chain(open.keys.iter().map(|(user, _)| user)).collect();
        inventory.sweep.plan(users.into_iter(), &open.keys, now, again);
    }

    pub(super) fn sweep_answered(&mut self, read: &Read) {
        let now = self.now;
        let Some(open) = &mut self.open else { return };
        open.inventory.sweep.answered(read, &open.keys, now);
        self.send_reads();
    }

    /// So many reads as may be under way at once.
    fn send_reads(&mut self) {
        loop {
            let load = self.run.next_number();
            let Some(open) = &mut self.open else { return };
            let Some(read) = open.inventory.sweep.next(&open.keys) else { return };
            let (session, keys) = (open.session, &mut open.keys);
            let call = match read {
                Read::KeyIds(user) => {
                    keys.start_list(&user, load);
                    Call::ListKeys { user, load, paced: true }
                }
                Read::LastUse(user, key) => {
                    keys.start_last_use(&user, &key, load);
                    Call::ReadLastUse { user, key, load, paced: true }
                }
                Read::Descriptions(user) => {
                    keys.start_descriptions(&user, load);
                    Call::ReadDescriptions { user, load, paced: true }
                }
            };
            self.call(session, call);
        }
    }
}
