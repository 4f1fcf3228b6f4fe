//! The keys of all users that are known: the one truth, of which every page shows a part.
//!
//! Facts come from lists, from reports and from own changes, each with its own time. Newer ones win, and what was just done is
//! never undone on screen by an older one. All that follows from them (the index, the findings, the revisions) is brought up
//! to date in one place, [`KeyStore::edit`], whenever something changes.

mod user_keys;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

pub use user_keys::{KeyChange, KeyRef, KeyRow, KeyState, UserKeys};

use crate::domain::{
    AccessKey, Account, Cause, CredentialReport, Failure, Finding, KeyId, LastUse, Moment, OddValues, Policy,
    ReportedUser, User, UserName,
};

/// How the root user is named where a name is needed. No IAM user can have it.
const ROOT: &str = "<root_account>";

/// What is known about the keys of an account.
#[derive(Default)]
pub struct KeyStore {
    users: BTreeMap<UserName, UserKeys>,
    owners: BTreeMap<KeyId, UserName>,
    /// The keys of the root user, which only a report lists.
    root: UserKeys,
    rules: Rules,
    /// Raised whenever something that a row shows changes.
    pub revision: u64,
    /// Raised when a key comes or goes: what is searched by ids need not be searched anew at each other change.
    pub ids_revision: u64,
    /// How many keys of users there are, as far as they are known.
    len: usize,
    /// From then on the findings of some user are of another day.
    stale_from: Option<Timestamp>,
    /// When findings were computed last. Later the server's clock may turn out to be behind that.
    judged: Option<Timestamp>,
}

/// What findings are measured by.
#[derive(Default)]
pub(super) struct Rules {
    policy: Policy,
    /// The keys that Keyfob signs in with.
    own: Vec<KeyId>,
}

impl KeyStore {
    pub fn new(account: &Account, policy: Policy) -> Self {
        Self { rules: Rules { policy, own: own_keys(account) }, ..Self::default() }
    }

    pub fn get(&self, user: &UserName) -> Option<&UserKeys> {
        self.users.get(user)
    }

    /// The keys of the root user; `None` before a report has said which there are. They have no ids, and nothing can be done
    /// with them from another identity.
    pub fn root(&self) -> Option<&UserKeys> {
        self.root.count().map(|_| &self.root)
    }

    /// How many keys there are, as far as they are known, with those of the root user.
    pub fn count(&self) -> usize {
        self.len + self.root.count().unwrap_or_default()
    }

    /// In the order of the users' names. The root user is not among them.
    pub fn iter(&self) -> impl Iterator<Item = (&UserName, &UserKeys)> {
        self.users.iter()
    }

    /// The user whose key it is, if it is in any list.
    pub fn owner(&self, key: &KeyId) -> Option<&UserName> {
        self.owners.get(key)
    }

    /// The key, whosever it is.
    pub fn key(&self, key: &KeyId) -> Option<&AccessKey> {
        self.get(self.owner(key)?)?.key(key)
    }

    /// The findings of one key, the worst first.
    pub fn findings(&self, user: &UserName, key: &KeyId, now: Moment) -> Cow<'_, [Finding]> {
        self.get(user).map(|known| known.findings(user, key, &self.rules, now.date)).unwrap_or_default()
    }

    /// The worst finding of all keys of a user, as far as they are known.
    pub fn worst_finding(&self, user: &UserName, now: Moment) -> Option<Finding> {
        self.get(user)?.worst(user, &self.rules, now.date)
    }

    pub fn start_list(&mut self, user: &UserName, load: u64) {
        self.entry(user).list.start(load);
    }

    /// The answer of `ListAccessKeys`; false if it is not the one that is waited for.
    pub fn apply_list(
        &mut self,
        user: &UserName,
        load: u64,
        answer: Result<Vec<AccessKey>, Failure>,
        now: Moment,
    ) -> bool {
        self.edit(user, now, |known| known.take_list(load, answer, now))
    }

    /// Keys of a list that broke off: they are there, and there may be others.
    pub fn apply_some(&mut self, user: &UserName, keys: Vec<AccessKey>, now: Moment) {
        self.edit(user, now, |known| known.take_some(keys, now));
    }

    /// What the last list said in a form that cannot be understood.
    pub fn set_odd(&mut self, user: &UserName, odd: BTreeMap<KeyId, OddValues>) {
        self.entry(user).odd = odd;
    }

    /// A key that is not listed has no last use to wait for.
    pub fn start_last_use(&mut self, user: &UserName, key: &KeyId, load: u64) {
        if let Some(last_use) = self.entry(user).last_use_mut(key) {
            last_use.start(load);
        }
    }

    pub fn apply_last_use(
        &mut self,
        user: &UserName,
        key: &KeyId,
        load: u64,
        answer: Result<LastUse, Failure>,
        now: Moment,
    ) {
        self.edit(user, now, |known| {
            if let Some(last_use) = known.last_use_mut(key) {
                last_use.finish(load, answer, now);
            }
        });
    }

    pub fn start_descriptions(&mut self, user: &UserName, load: u64) {
        self.entry(user).descriptions.start(load);
    }

    pub fn apply_descriptions(
        &mut self,
        user: &UserName,
        load: u64,
        answer: Result<BTreeMap<KeyId, String>, Failure>,
        now: Moment,
    ) {
        self.edit(user, now, |known| known.take_descriptions(load, answer, now));
    }

    /// An own change, shown at once.
    pub fn apply_change(&mut self, user: &UserName, change: KeyChange, now: Moment) {
        self.edit(user, now, |known| known.apply_change(change, now));
    }

    /// The credential report. A report that is older than what was done or seen since says nothing new about a user's keys.
    pub fn apply_report(&mut self, report: CredentialReport, now: Moment) {
        let as_of = report.as_of;
        for ReportedUser { name, console, keys } in report.users {
            self.edit(&name, now, |known| {
                known.take_console(as_of, console);
                known.take_report(as_of, keys, now);
            });
        }
        if let Some(ReportedUser { console, keys, .. }) = report.root {
            self.root.take_console(as_of, console);
            self.root.take_report(as_of, keys, now);
            self.judge_root(now);
        }
    }

    /// These are all users that there are. What is known of others is forgotten, unless it is being read or was just changed:
    /// lists may lag.
    pub fn retain_users(&mut self, users: &[User], now: Moment) {
        let listed: BTreeSet<&UserName> = users.iter().map(|user| &user.name).collect();
        let before = self.users.len();
        self.users.retain(|user, known| listed.contains(user) || !known.is_settled(now.date));
        if self.users.len() < before {
            self.len = self.users.values().map(|known| known.rows().count()).sum();
            let known = &self.users;
            self.owners.retain(|_, owner| known.contains_key(owner));
            self.revision += 1;
            self.ids_revision += 1;
        }
    }

    /// Other limits, or another session of the same caller, which may sign with other keys.
    pub fn set_rules(&mut self, account: &Account, policy: Policy, now: Moment) {
        self.rules = Rules { policy, own: own_keys(account) };
        self.judge(now, |_| true);
    }

    /// A day has passed for some key since its findings were computed, or it is earlier than it seemed to be.
    pub fn refresh(&mut self, now: Moment) {
        let date = now.date;
        if self.stale_from.is_some_and(|from| from <= date) || self.judged.is_some_and(|judged| date < judged)
        {
            self.judge(now, |known| !known.is_judged_at(date));
        }
    }

    /// What was refused because the session was over may be asked for again.
    pub fn forget_end(&mut self) {
        for known in self.users.values_mut() {
            known.list.forget_failure(|failure| failure.cause == Cause::SessionOver);
        }
    }

    fn entry(&mut self, user: &UserName) -> &mut UserKeys {
        self.users.entry(user.clone()).or_default()
    }

    /// The one place where keys change.
    fn edit<T>(&mut self, user: &UserName, now: Moment, change: impl FnOnce(&mut UserKeys) -> T) -> T {
        let known = self.users.entry(user.clone()).or_default();
        let before: Vec<KeyId> = known.ids().cloned().collect();
        let rows_before = known.rows().count();
        let result = change(known);
        self.len = self.len - rows_before + known.rows().count();
        self.revision += 1;
        known.revision = self.revision;
        let until = known.judge(user, &self.rules, now.date);
        self.judged = Some(now.date);
        self.stale_from = self.stale_from.into_iter().chain(until).min();
        if !known.ids().eq(&before) {
            self.ids_revision += 1;
            let (owners, is_theirs) = (&mut self.owners, |owner: &UserName| owner == user);
            for id in &before {
                if owners.get(id).is_some_and(is_theirs) {
                    owners.remove(id);
                }
            }
            owners.extend(known.ids().map(|id| (id.clone(), user.clone())));
        }
        result
    }

    fn judge_root(&mut self, now: Moment) {
        self.revision += 1;
        self.root.revision = self.revision;
        let until = self.root.judge(&UserName::new(ROOT), &self.rules, now.date);
        self.stale_from = self.stale_from.into_iter().chain(until).min();
    }

    fn judge(&mut self, now: Moment, is_due: impl Fn(&UserKeys) -> bool) {
        for (user, known) in self.users.iter_mut().filter(|(_, known)| is_due(known)) {
            self.revision += 1;
            known.revision = self.revision;
            known.judge(user, &self.rules, now.date);
        }
        self.judged = Some(now.date);
        self.stale_from = self.users.values().filter_map(UserKeys::judged_until).min();
        self.judge_root(now);
    }
}

fn own_keys(account: &Account) -> Vec<KeyId> {
    account.signing_key.iter().chain(&account.session_key).cloned().collect()
}

#[cfg(test)]
mod tests {
    use std::mem::size_of;

    use super::*;
    use crate::core::sweep::{Rank, Read};
    use crate::domain::{ConsoleAccess, KeyStatus};

    /// Bytes of a map entry, at worst: the nodes of a `BTreeMap` are half full.
    fn entry<K, V>() -> usize {
        2 * (size_of::<K>() + size_of::<V>()) + 2 * size_of::<usize>()
    }

    #[test]
    fn ten_thousand_keys_need_little_memory() {
        const USERS: usize = 5_000;
        let now = Moment::of(Timestamp::UNIX_EPOCH);
        let mut store = KeyStore::default();
        for number in 0..USERS {
            let user = UserName::new(format!("user-{number:05}"));
            let console = ConsoleAccess {
                has_password: Some(true),
                password_last_used: Some(now.date),
                has_mfa: Some(true),
            };
            let reported = vec![ReportedUser { name: user.clone(), console, keys: Vec::new() }];
            let nothing = (Vec::new(), 0);
            let (problems, more_problems) = nothing;
            let report =
                CredentialReport { as_of: now.date, root: None, users: reported, problems, more_problems };
            store.apply_report(report, now);
            let id = |key: usize| KeyId::new(format!("AKIA{key}{number:015}"));
            let key = |key| AccessKey { id: id(key), status: KeyStatus::Active, created: Some(now.date) };
            store.start_list(&user, 1);
            store.apply_list(&user, 1, Ok(vec![key(1), key(2)]), now);
            for key in [id(1), id(2)] {
                store.start_last_use(&user, &key, 2);
                let (service, region) = (Some("s3".to_owned()), Some("eu-central-1".to_owned()));
                store.apply_last_use(
                    &user,
                    &key,
                    2,
                    Ok(LastUse::At { when: now.date, service, region }),
                    now,
                );
            }
            store.start_descriptions(&user, 3);
            let texts = BTreeMap::from([(id(1), "x".repeat(100))]);
            store.apply_descriptions(&user, 3, Ok(texts), now);
        }
        // A string has its text on the heap, and an `Arc<str>` two counters more.
        let text = |chars: usize| chars + 3 * size_of::<usize>();
        let per_key = text(20) + entry::<KeyId, UserName>() + text(2) + text(12);
        let description = 11 * (size_of::<KeyId>() + size_of::<String>()) + text(100);
        let per_user = text(10) + entry::<UserName, UserKeys>() + description;
        let rows: usize = store.users.values().map(UserKeys::row_bytes).sum();
        // The sweep waits for the ids and the descriptions of every user.
        let waiting = 2 * (entry::<Rank, Read>() + entry::<Read, Rank>());
        let total = rows + USERS * (per_user + 2 * per_key + waiting);
        assert!(total <= 15_000_000, "{total} bytes");
        assert_eq!((store.owners.len(), store.users.len()), (2 * USERS, USERS));
    }
}
