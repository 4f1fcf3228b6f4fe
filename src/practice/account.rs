//! What the account holds: users, their keys and tags.

use std::collections::{BTreeMap, HashMap};

use fastrand::Rng;
use jiff::Timestamp;

use super::fault::Fault;
use super::request::Signer;
use super::trouble::LAG;
use super::{ACCOUNT_ID, ids};

/// How many keys a user may have, active or not; not adjustable on AWS.
pub(super) const KEYS_PER_USER: usize = 2;

/// How many tags a user may have.
pub(super) const TAGS_PER_USER: usize = 50;

/// The name of the user that the program is signed in as.
pub(super) const CALLER: &str = "anna";

/// All that there is.
pub(super) struct Account {
    /// By name in small letters: that is IAM's order, and its idea of which names are the same.
    users: BTreeMap<String, User>,
    /// The user that each key belongs to, by key id.
    owners: HashMap<String, String>,
    arrivals: HashMap<String, usize>,
    pub(super) rng: Rng,
}

pub(super) struct User {
    pub(super) name: String,
    /// Begins and ends with a slash.
    pub(super) path: String,
    pub(super) id: String,
    pub(super) created: Timestamp,
    pub(super) password_last_used: Option<Timestamp>,
    /// The oldest first, those of one second by id: the order of pages.
    pub(super) keys: Vec<Key>,
    pub(super) tags: Vec<Tag>,
    /// The names of the AWS-managed policies attached to the user.
    pub(super) policies: Vec<String>,
    /// What the keys were before each recent change, and when it happened.
    past: Vec<(Timestamp, Vec<Key>)>,
}

/// A key without its secret: AWS shows that once, and so this account does not keep it.
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

pub(super) struct Tag {
    pub(super) key: String,
    pub(super) value: String,
}

impl Account {
    pub(super) fn new(seed: u64) -> Self {
        let (users, owners) = (BTreeMap::new(), HashMap::new());
        Self { users, owners, arrivals: HashMap::new(), rng: Rng::with_seed(seed) }
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

    /// A key by its id alone, and whose it is.
    pub(super) fn key(&self, id: &str) -> Option<(&User, &Key)> {
        let user = self.user(self.owners.get(id)?).ok()?;
        Some((user, user.keys.iter().find(|key| key.id == id)?))
    }

    /// The id of the key that the program signs with.
    pub(super) fn callers_key(&self) -> String {
        let key = self.user(CALLER).ok().and_then(|user| user.keys.first());
        key.map(|key| key.id.clone()).unwrap_or_default()
    }

    /// Makes an active key for a user.
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

    /// Notes that a key signed something.
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

    /// A key id that no key has or had.
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
    /// The same use as AWS tells it: to the minute.
    pub(super) fn by_minute(self) -> Self {
        let second = self.at.as_second();
        let at = Timestamp::from_second(second - second.rem_euclid(60)).unwrap_or(self.at);
        Self { at, ..self }
    }
}

impl User {
    /// A user without anything.
    pub(super) fn new(name: String, path: String, id: String, created: Timestamp) -> Self {
        let (keys, tags, policies, past) = (vec![], vec![], vec![], vec![]);
        Self { name, path, id, created, password_last_used: None, keys, tags, policies, past }
    }

    pub(super) fn arn(&self) -> String {
        format!("arn:aws:iam::{ACCOUNT_ID}:user{}{}", self.path, self.name)
    }

    pub(super) fn key_mut(&mut self, id: &str) -> Result<&mut Key, Fault> {
        self.keys.iter_mut().find(|key| key.id == id).ok_or_else(|| Fault::no_such_key(id))
    }

    /// The keys, to be changed now; what they were until now is remembered for as long as a list may lag.
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
