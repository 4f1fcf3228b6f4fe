//! The content of the account: users, their keys and tags.

use std::collections::{BTreeMap, HashMap};

use fastrand::Rng;
use jiff::Timestamp;

use super::fault::Fault;
use super::report::Reports;
use super::request::Signer;
use super::trouble::LAG;
use super::{ACCOUNT_ID, ids};

/// The maximum number of keys per user, active or not; not adjustable on AWS.
pub(super) const KEYS_PER_USER: usize = 2;

/// The maximum number of tags per user.
pub(super) const TAGS_PER_USER: usize = 50;

/// The name of the caller.
pub(super) const CALLER: &str = "anna";

/// The complete content.
pub(super) struct Account {
    /// By name in lower case: IAM sorts and compares names this way.
    users: BTreeMap<String, User>,
    /// The owner of each key, by key id.
    owners: HashMap<String, String>,
    arrivals: HashMap<String, usize>,
    pub(super) reports: Reports,
    /// Keys of the root user, which no operation of a user can change.
    pub(super) root: Root,
    pub(super) rng: Rng,
}

pub(super) struct User {
    pub(super) name: String,
    /// Starts and ends with a slash.
    pub(super) path: String,
    pub(super) id: String,
    pub(super) created: Timestamp,
    /// `None`: has no password.
    pub(super) password_last_used: Option<Timestamp>,
    pub(super) has_mfa: bool,
    /// Oldest first, and by id within a second: the order of pages.
    pub(super) keys: Vec<Key>,
    pub(super) tags: Vec<Tag>,
    /// The names of the AWS-managed policies attached to the user.
    pub(super) policies: Vec<String>,
    /// The keys before each recent change, and the time of the change.
    past: Vec<(Timestamp, Vec<Key>)>,
}

/// A key without its secret: AWS shows it only once, so this account does not store it.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) active: bool,
    pub(super) created: Timestamp,
    pub(super) last_used: Option<LastUsed>,
}

#[derive(Clone)]
pub(super) struct LastUsed {
    pub(super) at: Timestamp,
    pub(super) service: String,
    pub(super) region: String,
}

/// The root user.
#[derive(Default)]
pub(super) struct Root {
    pub(super) created: Timestamp,
    pub(super) password_last_used: Option<Timestamp>,
    pub(super) keys: Vec<Key>,
}

pub(super) struct Tag {
    pub(super) key: String,
    pub(super) value: String,
}

impl Account {
    pub(super) fn new(seed: u64) -> Self {
        let (users, owners) = (BTreeMap::new(), HashMap::new());
        let (reports, root) = (Reports::default(), Root::default());
        Self { users, owners, arrivals: HashMap::new(), reports, root, rng: Rng::with_seed(seed) }
    }

    /// Adds a user, and its keys to the index.
    pub(super) fn insert(&mut self, user: User) {
        for key in &user.keys {
            self.owners.insert(key.id.clone(), user.name.clone());
        }
        self.users.insert(user.name.to_lowercase(), user);
    }

    pub(super) fn users(&self) -> impl ExactSizeIterator<Item = &User> {
        self.users.values()
    }

    pub(super) fn user(&self, name: &str) -> Result<&User, Fault> {
        self.users.get(&name.to_lowercase()).ok_or_else(|| Fault::no_such_user(name))
    }

    pub(super) fn user_mut(&mut self, name: &str) -> Result<&mut User, Fault> {
        self.users.get_mut(&name.to_lowercase()).ok_or_else(|| Fault::no_such_user(name))
    }

    /// Finds a key and its owner by its id.
    pub(super) fn key(&self, id: &str) -> Option<(&User, &Key)> {
        let user = self.user(self.owners.get(id)?).ok()?;
        Some((user, user.keys.iter().find(|key| key.id == id)?))
    }

    /// The id of the caller's signing key.
    pub(super) fn callers_key(&self) -> String {
        let key = self.user(CALLER).ok().and_then(|user| user.keys.first());
        key.map(|key| key.id.clone()).unwrap_or_default()
    }

    /// Creates an active key for a user.
    pub(super) fn add_key(&mut self, name: &str, now: Timestamp) -> Result<Key, Fault> {
        let user = self.user(name)?;
        if user.keys.len() >= KEYS_PER_USER {
            return Err(Fault::limit_exceeded("AccessKeysPerUser", KEYS_PER_USER));
        }
        let owner = user.name.clone();
        let key = Key { id: self.free_key_id(), active: true, created: now, last_used: None };
        self.owners.insert(key.id.clone(), owner);
        let keys = self.user_mut(name)?.change_keys(now);
        keys.push(key.clone());
        keys.sort_by(|one, other| (one.created, &one.id).cmp(&(other.created, &other.id)));
        Ok(key)
    }

    pub(super) fn remove_key(&mut self, name: &str, id: &str, now: Timestamp) -> Result<(), Fault> {
        let user = self.user_mut(name)?;
        user.key_mut(id)?;
        user.change_keys(now).retain(|key| key.id != id);
        self.owners.remove(id);
        Ok(())
    }

    /// Records the use of a key.
    pub(super) fn used(&mut self, signer: &Signer, now: Timestamp) {
        let Signer { key_id, region, service } = signer;
        let key = self.owners.get(key_id).cloned().and_then(|owner| {
            self.users.get_mut(&owner.to_lowercase())?.keys.iter_mut().find(|key| key.id == *key_id)
        });
        if let Some(key) = key {
            key.last_used =
                Some(LastUsed { at: now, service: service.clone(), region: region.clone() }.by_minute());
        }
    }

    /// A new key id.
    pub(super) fn free_key_id(&mut self) -> String {
        loop {
            let id = ids::key(&mut self.rng);
            if !self.owners.contains_key(&id) {
                return id;
            }
        }
    }

    pub(super) fn arrives(&mut self, action: &str) {
        *self.arrivals.entry(action.to_owned()).or_default() += 1;
    }

    pub(super) fn arrived(&self, action: &str) -> usize {
        self.arrivals.get(action).copied().unwrap_or_default()
    }
}

impl LastUsed {
    /// The use as reported by AWS: to the minute.
    pub(super) fn by_minute(self) -> Self {
        let second = self.at.as_second();
        let at = Timestamp::from_second(second - second.rem_euclid(60)).unwrap_or(self.at);
        Self { at, ..self }
    }
}

impl User {
    /// A user without keys or tags.
    pub(super) fn new(name: String, path: String, id: String, created: Timestamp) -> Self {
        let (keys, tags, policies, past) = (vec![], vec![], vec![], vec![]);
        Self { name, path, id, created, password_last_used: None, has_mfa: false, keys, tags, policies, past }
    }

    pub(super) fn arn(&self) -> String {
        format!("arn:aws:iam::{ACCOUNT_ID}:user{}{}", self.path, self.name)
    }

    pub(super) fn key_mut(&mut self, id: &str) -> Result<&mut Key, Fault> {
        self.keys.iter_mut().find(|key| key.id == id).ok_or_else(|| Fault::no_such_key(id))
    }

    /// The keys, for a change now. Stores the previous keys for as long as a list may lag.
    pub(super) fn change_keys(&mut self, now: Timestamp) -> &mut Vec<Key> {
        self.past.retain(|(until, _)| now.duration_since(*until) < LAG);
        self.past.push((now, self.keys.clone()));
        &mut self.keys
    }

    /// The keys as they were [`LAG`] ago.
    pub(super) fn keys_before(&self, now: Timestamp) -> &[Key] {
        let then = self.past.iter().find(|(until, _)| now.duration_since(*until) < LAG);
        then.map_or(&self.keys, |(_, keys)| keys)
    }
}
