//! What is known about the keys of one user.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::super::{Overlay, Remote, overlay};
use super::Rules;
use crate::domain::{
    AccessKey, ConsoleAccess, Evidence, Failure, Finding, KeyId, KeyStatus, LastUse, Moment, OddValues,
    ReportedKey, UserName, age_days, findings,
};

/// How a row names its key: by its id, or by its place in a report, which holds no ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyRef {
    Id(KeyId),
    /// 1 or 2.
    Slot(u8),
}

/// A key, whatever named it.
pub struct KeyRow<'a> {
    pub key: KeyRef,
    pub status: KeyStatus,
    pub created: Option<Timestamp>,
    pub last_use: &'a Remote<LastUse>,
    pub description: Option<&'a str>,
    /// As of the last change, the worst first.
    pub findings: &'a [Finding],
}

/// A key that a list has named, and what else is known of it.
#[derive(Clone, Debug)]
pub struct KeyState {
    pub access_key: AccessKey,
    pub last_use: Remote<LastUse>,
    findings: Vec<Finding>,
}

/// A key that a report has named, and no list yet.
#[derive(Clone, Debug)]
struct Unnamed {
    key: ReportedKey,
    last_use: Remote<LastUse>,
    findings: Vec<Finding>,
}

/// What Keyfob does with a key.
pub enum KeyChange {
    /// Asked of AWS: shown until it answers.
    Begin {
        key: KeyId,
        status: KeyStatus,
    },
    /// AWS did it.
    SetStatus {
        key: KeyId,
        status: KeyStatus,
    },
    /// AWS did not do it, or did not say so: as it was before.
    GiveUp {
        key: KeyId,
        status: KeyStatus,
    },
    /// A list other than that of the page shows it with this status.
    Listed {
        key: KeyId,
        status: KeyStatus,
    },
    Made(AccessKey),
    /// It is there; how it is, a list says as soon as it has it.
    Found(AccessKey),
    Delete(KeyId),
    /// An empty text: the description was removed.
    Describe {
        key: KeyId,
        text: String,
    },
}

/// What is known about one user's keys.
#[derive(Default)]
pub struct UserKeys {
    /// Oldest first.
    keys: Vec<KeyState>,
    unnamed: Vec<Unnamed>,
    /// The list of keys: whether it is known, since when, and why not.
    pub list: Remote<()>,
    /// Of the tags of the user.
    pub descriptions: Remote<BTreeMap<KeyId, String>>,
    /// What the last list said in a form that cannot be understood.
    pub odd: BTreeMap<KeyId, OddValues>,
    /// Raised whenever something changes.
    pub revision: u64,
    /// What a report said about signing in to the console, and when.
    console: Option<(Timestamp, ConsoleAccess)>,
    overlay: Overlay,
    /// A report of before this time says nothing new: since then something was done or seen.
    settled: Option<Timestamp>,
    worst: Option<Finding>,
    /// The times between which the findings are as they were computed.
    judged: Option<(Timestamp, Option<Timestamp>)>,
}

impl UserKeys {
    /// The keys that are known by their ids, oldest first.
    pub fn list(&self) -> Vec<&AccessKey> {
        self.keys.iter().map(|state| &state.access_key).collect()
    }

    /// All keys, those first that are known by their ids.
    pub fn rows(&self) -> impl Iterator<Item = KeyRow<'_>> {
        let named = self.keys.iter().map(|state| KeyRow {
            key: KeyRef::Id(state.access_key.id.clone()),
            status: state.access_key.status,
            created: state.access_key.created,
            last_use: &state.last_use,
            description: self.description(&state.access_key.id),
            findings: &state.findings,
        });
        let unnamed = self.unnamed.iter().map(|row| KeyRow {
            key: KeyRef::Slot(row.key.slot),
            status: row.key.status,
            created: row.key.created,
            last_use: &row.last_use,
            description: None,
            findings: &row.findings,
        });
        named.chain(unnamed)
    }

    pub fn ids(&self) -> impl Iterator<Item = &KeyId> {
        self.keys.iter().map(|state| &state.access_key.id)
    }

    /// How the user can sign in to the console, once a report has said so.
    pub fn console(&self) -> Option<&ConsoleAccess> {
        self.console.as_ref().map(|(_, console)| console)
    }

    /// How many there are, once a list or a report has said so.
    pub fn count(&self) -> Option<usize> {
        let known = self.list.value.is_some() || self.settled.is_some();
        known.then_some(self.keys.len() + self.unnamed.len())
    }

    pub fn key(&self, id: &KeyId) -> Option<&AccessKey> {
        self.state(id).map(|state| &state.access_key)
    }

    fn state(&self, id: &KeyId) -> Option<&KeyState> {
        self.keys.iter().find(|state| state.access_key.id == *id)
    }

    /// The key was changed here a moment ago: a list may not know it yet.
    pub fn was_just_changed(&self, id: &KeyId, now: Moment) -> bool {
        self.overlay.holds(id, now)
    }

    /// The key was made or found a moment ago: a list may not know it yet.
    pub fn is_new(&self, id: &KeyId, now: Moment) -> bool {
        self.overlay.is_new(id, now.steady)
    }

    /// How reading the last use of a key stands.
    pub fn last_use_of(&self, id: &KeyId) -> Option<&Remote<LastUse>> {
        self.state(id).map(|state| &state.last_use)
    }

    /// `None` while it is not known.
    pub fn last_use(&self, id: &KeyId) -> Option<&LastUse> {
        self.last_use_of(id)?.value.as_ref()
    }

    pub(super) fn last_use_mut(&mut self, id: &KeyId) -> Option<&mut Remote<LastUse>> {
        self.keys.iter_mut().find(|state| state.access_key.id == *id).map(|state| &mut state.last_use)
    }

    /// `None` while it is not known, and for a key without one.
    pub fn description(&self, id: &KeyId) -> Option<&str> {
        self.descriptions.value.as_ref()?.get(id).map(String::as_str)
    }

    /// False where the tags are known and none describes it, and on an endpoint without tags.
    pub fn may_be_described(&self, id: &KeyId) -> bool {
        let has_tags = self.descriptions.failure().is_none_or(|(failure, _)| !failure.is_not_offered());
        self.descriptions.value.as_ref().map_or(has_tags, |texts| texts.contains_key(id))
    }

    pub(super) fn take_list(
        &mut self,
        load: u64,
        answer: Result<Vec<AccessKey>, Failure>,
        now: Moment,
    ) -> bool {
        let (keys, answer) = match answer {
            Ok(keys) => (Some(keys), Ok(())),
            Err(failure) => (None, Err(failure)),
        };
        let taken = self.list.finish(load, answer, now);
        if let Some(keys) = keys.filter(|_| taken) {
            self.settle(now.date);
            self.set_keys(keys, now);
            // Whatever a report has named is in the list, or it is gone.
            self.unnamed.clear();
        }
        taken
    }

    pub(super) fn take_some(&mut self, mut keys: Vec<AccessKey>, now: Moment) {
        let others = self.list().into_iter().filter(|known| keys.iter().all(|key| key.id != known.id));
        let others: Vec<AccessKey> = others.cloned().collect();
        keys.extend(others);
        self.list.value = Some(());
        self.set_keys(keys, now);
    }

    pub(super) fn take_descriptions(
        &mut self,
        load: u64,
        answer: Result<BTreeMap<KeyId, String>, Failure>,
        now: Moment,
    ) {
        let answer = answer.map(|mut texts| {
            self.overlay.apply_descriptions(&mut texts, now.steady);
            texts
        });
        self.descriptions.finish(load, answer, now);
    }

    pub(super) fn apply_change(&mut self, change: KeyChange, now: Moment) {
        match change {
            KeyChange::Begin { key, status } => self.overlay.begin(key, status),
            KeyChange::SetStatus { key, status } => self.overlay.status(&key, status, now.steady),
            KeyChange::GiveUp { key, status } => {
                self.overlay.give_up(&key);
                self.set_status(&key, status);
            }
            KeyChange::Listed { key, status } => self.set_status(&key, status),
            KeyChange::Made(key) => {
                let id = key.id.clone();
                self.overlay.made(key, now.steady);
                self.show_changes(now);
                if let Some(last_use) = self.last_use_mut(&id) {
                    last_use.seed(LastUse::Never, now);
                }
                return;
            }
            KeyChange::Found(key) => self.overlay.found(key, now.steady),
            KeyChange::Delete(key) => self.overlay.gone(key, now.steady),
            KeyChange::Describe { key, text } => {
                self.overlay.described(key, text, now.steady);
                // Where the others are not known, this one alone would make them look as if there were none.
                if let Some(texts) = &mut self.descriptions.value {
                    self.overlay.apply_descriptions(texts, now.steady);
                }
                return;
            }
        }
        self.show_changes(now);
    }

    fn set_status(&mut self, key: &KeyId, status: KeyStatus) {
        let states = self.keys.iter_mut().filter(|state| state.access_key.id == *key);
        states.for_each(|state| state.access_key.status = status);
    }

    fn show_changes(&mut self, now: Moment) {
        self.list.value = Some(());
        // A report may lag behind as lists do.
        self.settle((now + overlay::HOLD).date);
        self.set_keys(self.list().into_iter().cloned().collect(), now);
    }

    fn settle(&mut self, at: Timestamp) {
        self.settled = self.settled.max(Some(at));
    }

    /// These keys, with the own changes that whoever named them may not know yet, and with what else is known of them.
    fn set_keys(&mut self, keys: Vec<AccessKey>, now: Moment) {
        let mut keys = self.overlay.apply(keys, now.steady);
        keys.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        let mut before = std::mem::take(&mut self.keys);
        let named = |row: &Unnamed| only_one_of(&row.key, keys.iter()).cloned();
        let mut joined: Vec<(Option<AccessKey>, Unnamed)> =
            std::mem::take(&mut self.unnamed).into_iter().map(|row| (named(&row), row)).collect();
        for access_key in keys {
            let known = before.iter().position(|state| state.access_key.id == access_key.id);
            let known = known.map(|at| before.swap_remove(at).last_use);
            let reported = joined.iter().position(|(named, _)| named.as_ref() == Some(&access_key));
            let reported = reported.map(|at| joined.swap_remove(at).1.last_use);
            let last_use = known.or(reported).unwrap_or_default();
            self.keys.push(KeyState { access_key, last_use, findings: Vec::new() });
        }
        self.keys.shrink_to_fit();
        self.unnamed = joined.into_iter().map(|(_, row)| row).collect();
    }

    pub(super) fn take_console(&mut self, as_of: Timestamp, console: ConsoleAccess) {
        if self.console.as_ref().is_none_or(|(known, _)| *known <= as_of) {
            self.console = Some((as_of, console));
        }
    }

    /// Nothing is being read or changed, and nothing was changed a moment ago.
    pub(super) fn is_settled(&self, now: Timestamp) -> bool {
        let is_read = self.list.is_loading() || self.descriptions.is_loading();
        !is_read && !self.overlay.is_busy() && self.settled.is_none_or(|settled| settled <= now)
    }

    pub(super) fn take_report(&mut self, as_of: Timestamp, reported: Vec<ReportedKey>, now: Moment) {
        let is_news = self.settled.is_none_or(|settled| settled < as_of);
        let mut unmatched = Vec::new();
        let mut matched = 0;
        for key in reported {
            let named = only_one_of(&key, self.list().into_iter()).map(|key| key.id.clone());
            match self.keys.iter_mut().find(|state| Some(&state.access_key.id) == named.as_ref()) {
                Some(state) => {
                    matched += 1;
                    if let Some(last_use) = key.last_use {
                        state.last_use.seed(last_use, now.at_date(as_of));
                    }
                    if is_news {
                        state.access_key.status = key.status;
                    }
                }
                None => unmatched.push(key),
            }
        }
        if !is_news {
            return;
        }
        self.settle(as_of);
        // Where a listed key is not in the report, nobody knows which of them is which. A report takes none away: it has two
        // keys of a user at most.
        let is_certain = matched == self.keys.len();
        self.unnamed = unmatched
            .into_iter()
            .filter(|_| is_certain)
            .map(|key| Unnamed::new(key, now.at_date(as_of)))
            .collect();
        self.set_keys(self.list().into_iter().cloned().collect(), now);
    }
}

/// The key that a report is about: the only one that was created in the same second.
fn only_one_of<'a>(
    reported: &ReportedKey,
    keys: impl Iterator<Item = &'a AccessKey>,
) -> Option<&'a AccessKey> {
    let second = reported.created?.as_second();
    let mut same = keys.filter(|key| key.created.is_some_and(|created| created.as_second() == second));
    same.next().filter(|_| same.next().is_none())
}

impl Unnamed {
    fn new(key: ReportedKey, as_of: Moment) -> Self {
        let mut last_use = Remote::default();
        if let Some(known) = &key.last_use {
            last_use.seed(known.clone(), as_of);
        }
        Self { key, last_use, findings: Vec::new() }
    }

    /// As the rules see it. They tell keys of one age apart by their ids.
    fn access_key(&self) -> AccessKey {
        let id = KeyId::new(format!("slot {}", self.key.slot));
        AccessKey { id, status: self.key.status, created: self.key.created }
    }
}

/// Findings: computed when something changes, and looked up from then on.
impl UserKeys {
    /// Gives back until when they hold.
    pub(super) fn judge(&mut self, user: &UserName, rules: &Rules, now: Timestamp) -> Option<Timestamp> {
        let (named, unnamed) = self.judged_now(user, rules, now);
        self.worst = worst(named.iter().chain(&unnamed));
        for (state, found) in self.keys.iter_mut().zip(named) {
            state.findings = found;
        }
        for (row, found) in self.unnamed.iter_mut().zip(unnamed) {
            row.findings = found;
        }
        let until = self.next_day(now);
        self.judged = Some((now, until));
        until
    }

    pub(super) fn is_judged_at(&self, now: Timestamp) -> bool {
        self.judged.is_some_and(|(from, until)| from <= now && until.is_none_or(|until| now < until))
    }

    pub(super) fn judged_until(&self) -> Option<Timestamp> {
        self.judged.and_then(|(_, until)| until)
    }

    pub(super) fn findings(
        &self,
        user: &UserName,
        id: &KeyId,
        rules: &Rules,
        now: Timestamp,
    ) -> Cow<'_, [Finding]> {
        let Some(at) = self.keys.iter().position(|state| state.access_key.id == *id) else {
            return Cow::default();
        };
        if self.is_judged_at(now) {
            return self
                .keys
                .get(at)
                .map(|state| Cow::Borrowed(state.findings.as_slice()))
                .unwrap_or_default();
        }
        let (mut named, _) = self.judged_now(user, rules, now);
        Cow::Owned(named.swap_remove(at))
    }

    pub(super) fn worst(&self, user: &UserName, rules: &Rules, now: Timestamp) -> Option<Finding> {
        if self.is_judged_at(now) {
            return self.worst;
        }
        let (named, unnamed) = self.judged_now(user, rules, now);
        worst(named.iter().chain(&unnamed))
    }

    /// Of the keys that are known by their ids, and of the others.
    fn judged_now(
        &self,
        user: &UserName,
        rules: &Rules,
        now: Timestamp,
    ) -> (Vec<Vec<Finding>>, Vec<Vec<Finding>>) {
        let unnamed: Vec<AccessKey> = self.unnamed.iter().map(Unnamed::access_key).collect();
        let siblings: Vec<AccessKey> = self.list().into_iter().chain(&unnamed).cloned().collect();
        let found = |key: &AccessKey, last_use: &Remote<LastUse>| {
            let (last_use, signs) = (last_use.value.as_ref(), rules.own.contains(&key.id));
            let evidence = Evidence { user, key, siblings: &siblings, last_use, signs };
            findings(&rules.policy, &evidence, now)
        };
        let of_named = self.keys.iter().map(|state| found(&state.access_key, &state.last_use)).collect();
        let of_unnamed = unnamed.iter().zip(&self.unnamed).map(|(key, row)| found(key, &row.last_use));
        (of_named, of_unnamed.collect())
    }

    /// When the age of a key, or the time since its last use, is one day more.
    fn next_day(&self, now: Timestamp) -> Option<Timestamp> {
        let last_uses = self.rows().filter_map(|row| row.last_use.value.as_ref()?.when());
        let since = self.rows().filter_map(|row| row.created).chain(last_uses);
        since.map(|then| then + SignedDuration::from_hours(24 * (i64::from(age_days(then, now)) + 1))).min()
    }

    /// What its rows take on the heap, without their texts.
    #[cfg(test)]
    pub(super) fn row_bytes(&self) -> usize {
        let found = self.keys.iter().map(|state| state.findings.capacity() * size_of::<Finding>());
        self.keys.capacity() * size_of::<KeyState>() + found.sum::<usize>()
    }
}

fn worst<'a>(found: impl Iterator<Item = &'a Vec<Finding>>) -> Option<Finding> {
    found.flatten().copied().max_by_key(|finding| finding.severity())
}
