//! A user's story, and its conversion to a user.

use jiff::{SignedDuration, Timestamp};

use crate::practice::account::{Account, Key, LastUsed, Root, Tag, User};
use crate::practice::ids;

/// A person or service with a user in the account. Ages count back from the start of the story.
pub(super) struct Person {
    pub(super) name: String,
    path: &'static str,
    age: Age,
    password_used: Option<Age>,
    has_mfa: bool,
    keys: Vec<KeyStory>,
    tags: Vec<(&'static str, &'static str)>,
    policies: Vec<&'static str>,
}

pub(super) struct KeyStory {
    age: Age,
    active: bool,
    used: Option<(Age, &'static str, &'static str)>,
    /// The description, a tag whose name is the key id, as in the AWS console.
    note: Option<&'static str>,
}

/// An age.
#[derive(Clone, Copy)]
pub(super) enum Age {
    Minutes(i64),
    Hours(i64),
    Days(i64),
    /// Before 22 April 2015, when AWS began to record when keys are used.
    BeforeRecords,
}

impl Age {
    fn before(self, now: Timestamp) -> Timestamp {
        // Some hours before midnight, so that "412 days" does not become 413 while somebody looks.
        let minutes = match self {
            Self::Minutes(minutes) => minutes,
            Self::Hours(hours) => hours * 60 + 7,
            Self::Days(days) => (days * 24 + 5) * 60 + days * 13 % 240,
            Self::BeforeRecords => 4_400 * 24 * 60,
        };
        let then = now.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::UNIX_EPOCH);
        match self {
            // Late 2014, whatever the current date.
            Self::BeforeRecords => Timestamp::from_second(1_415_006_000).map_or(then, |date| date.min(then)),
            _ => then,
        }
    }
}

impl Person {
    pub(super) fn new(name: impl Into<String>, path: &'static str, days: i64) -> Self {
        let (keys, tags, policies) = (vec![], vec![], vec![]);
        Self {
            name: name.into(),
            path,
            age: Age::Days(days),
            password_used: None,
            has_mfa: false,
            keys,
            tags,
            policies,
        }
    }

    pub(super) fn signed_in(self, ago: Age) -> Self {
        Self { password_used: Some(ago), ..self }
    }

    pub(super) fn with_mfa(self) -> Self {
        Self { has_mfa: true, ..self }
    }

    pub(super) fn with(mut self, key: KeyStory) -> Self {
        self.keys.push(key);
        self
    }

    pub(super) fn tag(mut self, key: &'static str, value: &'static str) -> Self {
        self.tags.push((key, value));
        self
    }

    pub(super) fn policy(mut self, name: &'static str) -> Self {
        self.policies.push(name);
        self
    }

    pub(super) fn born(self, account: &mut Account, now: Timestamp) -> User {
        let id = ids::user(&mut account.rng);
        let mut user = User::new(self.name, self.path.to_owned(), id, self.age.before(now));
        user.password_last_used = self.password_used.map(|ago| ago.before(now));
        user.has_mfa = self.has_mfa;
        user.policies = self.policies.into_iter().map(str::to_owned).collect();
        user.tags = self.tags.into_iter().map(|(key, value)| tag(key, value)).collect();
        for key in self.keys {
            let id = account.free_key_id();
            user.tags.extend(key.note.map(|note| tag(&id, note)));
            user.keys.push(key.born(id, now));
        }
        user.keys.sort_by(|one, other| (one.created, &one.id).cmp(&(other.created, &other.id)));
        user
    }
}

/// The root user has a key that nobody uses, and a console password.
pub(super) fn root(now: Timestamp) -> Root {
    // With chance of its own, so that the ids of the story stay the same.
    let key = key(1184).born(ids::key(&mut fastrand::Rng::with_seed(1)), now);
    Root {
        created: Age::Days(6200).before(now),
        password_last_used: Some(Age::Days(211).before(now)),
        keys: vec![key],
    }
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.to_owned(), value: value.to_owned() }
}

/// An active key that was never used.
pub(super) fn key(days: i64) -> KeyStory {
    KeyStory { age: Age::Days(days), active: true, used: None, note: None }
}

/// An active key from before AWS recorded when keys are used.
pub(super) fn ancient_key() -> KeyStory {
    KeyStory { age: Age::BeforeRecords, ..key(0) }
}

impl KeyStory {
    pub(super) fn used(self, ago: Age, service: &'static str, region: &'static str) -> Self {
        Self { used: Some((ago, service, region)), ..self }
    }

    pub(super) fn note(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }

    pub(super) fn inactive(self) -> Self {
        Self { active: false, ..self }
    }

    pub(super) fn born(self, id: String, now: Timestamp) -> Key {
        let last_used = self.used.map(|(ago, service, region)| {
            LastUsed { at: ago.before(now), service: service.to_owned(), region: region.to_owned() }
                .by_minute()
        });
        Key { id, active: self.active, created: self.age.before(now), last_used }
    }
}
