//! The store of keys: newer facts win, whatever comes in whatever order.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use keyfob::core::{KeyChange, KeyRef, KeyStore, Remote};
use keyfob::domain::{
    AccessKey, Account, Cause, ConsoleAccess, CredentialReport, Evidence, Failure, Finding, KeyId, KeyStatus,
    LastUse, Moment, Policy, ReportedKey, ReportedUser, Steady, UserName, findings,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::stand::account;

type Outcome = Result<(), TestCaseError>;

/// Keys of a user. The first one of the first user signs.
const KEYS: usize = 3;
/// How long a list, or a report, may contradict what was just done.
const HOLD: SignedDuration = SignedDuration::from_secs(30);

/// One thing that happens to the keys of a user; the low bits say which keys there are, the high ones which are active.
#[derive(Clone, Copy, Debug)]
enum Fact {
    Listed(u8),
    NotListed,
    /// Made so many minutes ago.
    Reported {
        bits: u8,
        minutes: i64,
    },
    LastUse {
        key: usize,
        days: i64,
    },
    Begin {
        key: usize,
        active: bool,
    },
    Done {
        key: usize,
    },
    GivenUp {
        key: usize,
    },
    Made {
        key: usize,
    },
    Deleted {
        key: usize,
    },
    /// So many minutes pass.
    Wait(i64),
    Refresh,
}

fn facts() -> impl Strategy<Value = Vec<(usize, Fact)>> {
    let key = || 0..KEYS;
    let fact = prop_oneof![
        4 => any::<u8>().prop_map(Fact::Listed),
        1 => Just(Fact::NotListed),
        4 => (any::<u8>(), 0..300_i64).prop_map(|(bits, minutes)| Fact::Reported { bits, minutes }),
        2 => (key(), 0..200_i64).prop_map(|(key, days)| Fact::LastUse { key, days }),
        3 => (key(), any::<bool>()).prop_map(|(key, active)| Fact::Begin { key, active }),
        3 => key().prop_map(|key| Fact::Done { key }),
        1 => key().prop_map(|key| Fact::GivenUp { key }),
        1 => key().prop_map(|key| Fact::Made { key }),
        1 => key().prop_map(|key| Fact::Deleted { key }),
        3 => prop_oneof![Just(0), 1..90_i64, Just(60 * 24)].prop_map(Fact::Wait),
        1 => Just(Fact::Refresh),
    ];
    proptest::collection::vec((0..2_usize, fact), 0..60)
}

struct Watch {
    store: KeyStore,
    now: Moment,
    load: u64,
    /// What was asked and is not answered.
    begun: BTreeMap<(usize, usize), KeyStatus>,
    /// What was done, and until when it is held: `None` for a key that was deleted.
    done: BTreeMap<(usize, usize), (Option<KeyStatus>, Steady)>,
    /// When something was seen of a user, or done, last.
    settled: BTreeMap<usize, Timestamp>,
}

impl Watch {
    fn new() -> Self {
        let now = Moment::of("2026-11-24T12:00:00Z".parse().expect("a time"));
        let account = Account { signing_key: Some(id(0, 0)), ..account() };
        let (begun, done, settled) = Default::default();
        Self { store: KeyStore::new(&account, Policy::default()), now, load: 0, begun, done, settled }
    }

    fn happens(&mut self, user: usize, fact: Fact) -> Outcome {
        let now = self.now;
        let name = name(user);
        match fact {
            Fact::Listed(bits) => {
                self.list(user, Ok(keys(user, bits)))?;
                self.settled.insert(user, now.date);
            }
            Fact::NotListed => {
                let before = self.rows(user);
                self.list(user, Err(Failure::new("iam:ListAccessKeys", Cause::Throttled)))?;
                prop_assert_eq!(before, self.rows(user), "what was known stays");
            }
            Fact::Reported { bits, minutes } => {
                self.report(user, bits, now.date - SignedDuration::from_mins(minutes))?;
            }
            Fact::LastUse { key, days } => {
                self.load += 1;
                let when = now.date - SignedDuration::from_hours(24 * days);
                let last_use = LastUse::At { when, service: None, region: None };
                let id = id(user, key);
                self.store.start_last_use(&name, &id, self.load);
                self.store.apply_last_use(&name, &id, self.load, Ok(last_use.clone()), now);
                let known = self.store.get(&name).filter(|known| known.key(&id).is_some());
                prop_assert!(known.is_none_or(|known| known.last_use(&id) == Some(&last_use)));
            }
            Fact::Begin { key, active } => {
                let status = status(active);
                if self.begun.contains_key(&(user, key)) {
                    return Ok(());
                }
                self.begun.insert((user, key), status);
                self.change(user, KeyChange::Begin { key: id(user, key), status });
            }
            Fact::Done { key } => {
                let Some(status) = self.begun.remove(&(user, key)) else { return Ok(()) };
                self.change(user, KeyChange::SetStatus { key: id(user, key), status });
                self.done.insert((user, key), (Some(status), now.steady + HOLD));
            }
            Fact::GivenUp { key } => {
                let Some(begun) = self.begun.remove(&(user, key)) else { return Ok(()) };
                let status = status(begun != KeyStatus::Active);
                self.change(user, KeyChange::GiveUp { key: id(user, key), status });
            }
            Fact::Made { key } => {
                // An id is given to one key, once.
                if self.store.owner(&id(user, key)).is_some() || self.done.contains_key(&(user, key)) {
                    return Ok(());
                }
                self.change(user, KeyChange::Made(access_key(user, key, true)));
                self.done.insert((user, key), (Some(KeyStatus::Active), now.steady + HOLD));
            }
            Fact::Deleted { key } => {
                self.begun.remove(&(user, key));
                self.change(user, KeyChange::GiveUp { key: id(user, key), status: KeyStatus::Inactive });
                self.change(user, KeyChange::Delete(id(user, key)));
                self.done.insert((user, key), (None, now.steady + HOLD));
            }
            Fact::Wait(minutes) => self.now += SignedDuration::from_mins(minutes),
            Fact::Refresh => self.store.refresh(now),
        }
        Ok(())
    }

    fn list(&mut self, user: usize, answer: Result<Vec<AccessKey>, Failure>) -> Outcome {
        let name = name(user);
        self.load += 2;
        self.store.start_list(&name, self.load);
        let (before, stale) = (self.rows(user), keys(user, !0));
        prop_assert!(
            !self.store.apply_list(&name, self.load - 1, Ok(stale), self.now),
            "nobody waits for it"
        );
        prop_assert_eq!(before, self.rows(user));
        prop_assert!(self.store.apply_list(&name, self.load, answer, self.now));
        Ok(())
    }

    fn change(&mut self, user: usize, change: KeyChange) {
        self.store.apply_change(&name(user), change, self.now);
        self.settled.insert(user, self.now.date + HOLD);
    }

    /// The report has no ids, and two keys at most.
    fn report(&mut self, user: usize, bits: u8, as_of: Timestamp) -> Outcome {
        let reported = keys(user, bits).into_iter().zip(1_u8..=2).map(|(key, slot)| ReportedKey {
            slot,
            status: key.status,
            created: key.created,
            last_use: Some(LastUse::Never),
        });
        let report = report(as_of, name(user), reported.collect());
        let (before, last_uses) = (self.rows(user), self.last_uses(user));
        self.store.apply_report(report, self.now);
        if self.settled.get(&user).is_some_and(|settled| as_of <= *settled) {
            prop_assert_eq!(before, self.rows(user), "an older report says nothing new");
        } else {
            self.settled.insert(user, as_of);
        }
        for (id, before) in last_uses {
            if before.as_of.is_some_and(|since| as_of <= since.date) {
                let now = self.store.get(&name(user)).and_then(|known| known.last_use(&id).cloned());
                prop_assert!(
                    now == before.value || self.store.owner(&id).is_none(),
                    "a later last use stays"
                );
            }
        }
        Ok(())
    }

    /// What the rows show but for last uses.
    fn rows(&self, user: usize) -> Vec<(KeyRef, KeyStatus, Option<Timestamp>)> {
        let known = self.store.get(&name(user));
        known
            .into_iter()
            .flat_map(|known| known.rows())
            .map(|row| (row.key, row.status, row.created))
            .collect()
    }

    fn last_uses(&self, user: usize) -> Vec<(KeyId, Remote<LastUse>)> {
        let Some(known) = self.store.get(&name(user)) else { return Vec::new() };
        known.ids().filter_map(|id| Some((id.clone(), known.last_use_of(id)?.clone()))).collect()
    }

    fn check(&self) -> Outcome {
        self.check_index()?;
        self.check_changes()?;
        self.check_findings()
    }

    fn check_index(&self) -> Outcome {
        for (user, key) in pairs() {
            let listed = self.store.get(&name(user)).is_some_and(|known| known.key(&id(user, key)).is_some());
            let owner = self.store.owner(&id(user, key)).cloned();
            prop_assert_eq!(owner, listed.then(|| name(user)), "index and rows agree");
        }
        Ok(())
    }

    /// What was just done, and what is under way, is never undone on screen.
    fn check_changes(&self) -> Outcome {
        for (user, key) in pairs() {
            let shown = self.store.key(&id(user, key)).map(|key| key.status);
            if let Some(begun) = self.begun.get(&(user, key)) {
                prop_assert!(shown.is_none_or(|shown| shown == *begun), "a change that is under way");
            } else if let Some((done, until)) = self.done.get(&(user, key))
                && self.now.steady < *until
            {
                let holds = shown == *done || (shown.is_none() && done.is_some());
                prop_assert!(holds, "{shown:?} is shown after {done:?}");
            }
        }
        Ok(())
    }

    fn check_findings(&self) -> Outcome {
        for (name, known) in self.store.iter() {
            let as_key = |row: keyfob::core::KeyRow<'_>| {
                let id = match row.key {
                    KeyRef::Id(id) => id,
                    KeyRef::Slot(slot) => KeyId::new(format!("slot {slot}")),
                };
                (AccessKey { id, status: row.status, created: row.created }, row.last_use.value.clone())
            };
            let rows: Vec<(AccessKey, Option<LastUse>)> = known.rows().map(as_key).collect();
            let siblings: Vec<AccessKey> = rows.iter().map(|(key, _)| key.clone()).collect();
            let mut worst: Option<Finding> = None;
            for (key, last_use) in &rows {
                let signs = key.id == id(0, 0);
                let last_use = last_use.as_ref();
                let evidence = Evidence { user: name, key, siblings: &siblings, last_use, signs };
                let found = findings(&Policy::default(), &evidence, self.now.date);
                worst = worst.into_iter().chain(found.iter().copied()).max_by_key(|one| one.severity());
                if self.store.owner(&key.id).is_some() {
                    let stored = self.store.findings(name, &key.id, self.now);
                    prop_assert_eq!(&found[..], &stored[..], "findings are as computed from nothing");
                }
            }
            let stored = self.store.worst_finding(name, self.now).map(|one| one.severity());
            prop_assert_eq!(worst.map(|one| one.severity()), stored);
        }
        Ok(())
    }
}

fn keys(user: usize, bits: u8) -> Vec<AccessKey> {
    let there = (0..KEYS).filter(|key| bits >> key & 1 == 1);
    there.map(|key| access_key(user, key, bits >> (key + 4) & 1 == 1)).collect()
}

/// The keys of a user were created at different times, but for the last two of the second user.
fn access_key(user: usize, key: usize, active: bool) -> AccessKey {
    let start: Timestamp = "2026-08-01T00:00:00Z".parse().expect("a time");
    let days = match (user, key) {
        (_, 0) => 0,
        (0, 2) => 40,
        _ => 20,
    };
    let created = Some(start + SignedDuration::from_hours(24 * days));
    AccessKey { id: id(user, key), status: status(active), created }
}

fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..2).flat_map(|user| (0..KEYS).map(move |key| (user, key)))
}

fn name(user: usize) -> UserName {
    UserName::new(if user == 0 { "alice" } else { "bob" })
}

fn id(user: usize, key: usize) -> KeyId {
    KeyId::new(format!("AKIA{user}KEY{key}"))
}

fn status(active: bool) -> KeyStatus {
    if active { KeyStatus::Active } else { KeyStatus::Inactive }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn newer_facts_win_in_any_order(facts in facts()) {
        let mut watch = Watch::new();
        for (user, fact) in facts {
            watch.happens(user, fact)?;
            watch.check()?;
        }
    }
}

/// A report of one user.
fn report(as_of: Timestamp, name: UserName, keys: Vec<ReportedKey>) -> CredentialReport {
    let users = vec![ReportedUser { name, console: ConsoleAccess::default(), keys }];
    CredentialReport { as_of, root: None, users, problems: Vec::new(), more_problems: 0 }
}

fn reported(slot: u8, created: &str, last_use: LastUse) -> ReportedKey {
    let created = Some(created.parse().expect("a time"));
    ReportedKey { slot, status: KeyStatus::Active, created, last_use: Some(last_use) }
}

#[test]
fn a_report_is_joined_to_the_ids_that_come_later() {
    let mut watch = Watch::new();
    let (alice, now) = (name(0), watch.now);
    let used = LastUse::At { when: now.date, service: None, region: None };
    let keys = vec![
        reported(1, "2026-08-01T00:00:00Z", used.clone()),
        reported(2, "2026-11-20T00:00:00Z", LastUse::Never),
    ];
    let as_of = now.date - SignedDuration::from_hours(1);
    watch.store.apply_report(report(as_of, alice.clone(), keys), now);
    let known = |watch: &Watch| watch.rows(0).into_iter().map(|(key, _, _)| key).collect::<Vec<_>>();
    assert_eq!(known(&watch), [KeyRef::Slot(1), KeyRef::Slot(2)]);
    assert_eq!(watch.store.get(&alice).and_then(|known| known.count()), Some(2));
    let worst = watch.store.worst_finding(&alice, now);
    assert_eq!(worst, Some(Finding::SecondActive), "the rules hold before the ids are known");
    watch.store.start_list(&alice, 1);
    let listed = vec![access_key(0, 0, true)];
    assert!(watch.store.apply_list(&alice, 1, Ok(listed), now));
    assert_eq!(known(&watch), [KeyRef::Id(id(0, 0))], "the other one is gone");
    let last_use = watch.store.get(&alice).and_then(|known| known.last_use_of(&id(0, 0)));
    let last_use = last_use.expect("a key");
    assert_eq!(
        (last_use.value.as_ref(), last_use.as_of),
        (Some(&used), Some(now.at_date(as_of))),
        "with the time of the report"
    );
}

#[test]
fn users_that_are_not_listed_any_more_are_forgotten_but_for_what_is_under_way() {
    let mut watch = Watch::new();
    let (alice, bob, now) = (name(0), name(1), watch.now);
    let listed = |watch: &mut Watch, user: &UserName, key| {
        watch.load += 1;
        watch.store.start_list(user, watch.load);
        watch.store.apply_list(user, watch.load, Ok(vec![key]), now);
    };
    listed(&mut watch, &alice, access_key(0, 0, true));
    listed(&mut watch, &bob, access_key(1, 0, true));
    watch.store.start_list(&alice, 99);
    watch.store.retain_users(&[], now);
    assert!(watch.store.get(&alice).is_some(), "it is being read");
    assert!(watch.store.get(&bob).is_none() && watch.store.owner(&id(1, 0)).is_none());
}

#[test]
fn keys_of_one_second_are_not_taken_for_one_another() {
    let mut watch = Watch::new();
    let (bob, now) = (name(1), watch.now);
    watch.store.start_list(&bob, 1);
    watch.store.apply_list(&bob, 1, Ok(vec![access_key(1, 1, true), access_key(1, 2, true)]), now);
    let created = access_key(1, 1, true).created.expect("a time").to_string();
    let keys = vec![reported(1, &created, LastUse::Never)];
    let later = now + SignedDuration::from_mins(1);
    watch.store.apply_report(report(later.date, bob.clone(), keys), later);
    let known = watch.store.get(&bob).expect("bob");
    assert_eq!(known.rows().filter(|row| row.last_use.value.is_some()).count(), 0);
    assert_eq!(known.count(), Some(2));
}
