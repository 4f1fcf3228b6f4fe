//! The story that the account tells: who is in it, and what became of their keys.

mod cast;
mod crowd;

use jiff::{SignedDuration, Timestamp};

use super::account::{Account, Key, LastUsed, Tag, User};
use super::ids;

/// The same story is told each time, so that pictures of it stay the same.
const SEED: u64 = 20_100_508;

/// Makes the account: the story, or its first people and a crowd up to `users`, the caller always among them.
pub(super) fn account(users: Option<usize>, now: Timestamp) -> Account {
    let mut account = Account::new(SEED);
    let cast = cast::cast();
    let count = users.map_or(cast.len(), |users| users.max(1));
    for person in cast.into_iter().chain(crowd::crowd()).take(count) {
        let user = person.born(&mut account, now);
        account.insert(user);
    }
    account
}

/// Someone or something with a user in the account. Ages are counted back from the start of the story.
struct Person {
    name: String,
    path: &'static str,
    age: Age,
    password_used: Option<Age>,
    keys: Vec<KeyStory>,
    tags: Vec<(&'static str, &'static str)>,
    policies: Vec<&'static str>,
}

struct KeyStory {
    age: Age,
    active: bool,
    used: Option<(Age, &'static str, &'static str)>,
    /// What the tag named like the key says, as the AWS console writes it.
    note: Option<&'static str>,
}

/// How long ago something was.
#[derive(Clone, Copy)]
enum Age {
    Minutes(i64),
    Hours(i64),
    Days(i64),
    /// Before 22 April 2015, when AWS began to record when keys are used.
    BeforeRecords,
}

impl Age {
    fn before(self, now: Timestamp) -> Timestamp {
        // Days end some hours ago, so that "412 days" does not become 413 while one looks.
        let minutes = match self {
            Self::Minutes(minutes) => minutes,
            Self::Hours(hours) => hours * 60 + 7,
            Self::Days(days) => (days * 24 + 5) * 60 + days * 13 % 240,
            Self::BeforeRecords => 4_400 * 24 * 60,
        };
        let then = now
            .checked_sub(SignedDuration::from_mins(minutes))
            .unwrap_or(Timestamp::UNIX_EPOCH);
        match self {
            // Late 2014, however late it is now.
            Self::BeforeRecords => Timestamp::from_second(1_415_006_000).map_or(then, |date| date.min(then)),
            _ => then,
        }
    }
}

impl Person {
    fn new(name: impl Into<String>, path: &'static str, days: i64) -> Self {
        let (keys, tags, policies) = (vec![], vec![], vec![]);
        Self {
            name: name.into(),
            path,
            age: Age::Days(days),
            password_used: None,
            keys,
            tags,
            policies,
        }
    }

    fn signed_in(self, ago: Age) -> Self {
        Self {
            password_used: Some(ago),
            ..self
        }
    }

    fn with(mut self, key: KeyStory) -> Self {
        self.keys.push(key);
        self
    }

    fn tag(mut self, key: &'static str, value: &'static str) -> Self {
        self.tags.push((key, value));
        self
    }

    fn policy(mut self, name: &'static str) -> Self {
        self.policies.push(name);
        self
    }

    fn born(self, account: &mut Account, now: Timestamp) -> User {
        let id = ids::user(&mut account.rng);
        let mut user = User::new(self.name, self.path.to_owned(), id, self.age.before(now));
        user.password_last_used = self.password_used.map(|ago| ago.before(now));
        user.policies = self.policies.into_iter().map(str::to_owned).collect();
        user.tags = self
            .tags
            .into_iter()
            .map(|(key, value)| tag(key, value))
            .collect();
        for key in self.keys {
            let id = account.free_key_id();
            user.tags.extend(key.note.map(|note| tag(&id, note)));
            user.keys.push(key.born(id, now));
        }
        user.keys
            .sort_by(|one, other| (one.created, &one.id).cmp(&(other.created, &other.id)));
        user
    }
}

fn tag(key: &str, value: &str) -> Tag {
    Tag {
        key: key.to_owned(),
        value: value.to_owned(),
    }
}

/// An active key that was never used.
fn key(days: i64) -> KeyStory {
    KeyStory {
        age: Age::Days(days),
        active: true,
        used: None,
        note: None,
    }
}

impl KeyStory {
    fn used(self, ago: Age, service: &'static str, region: &'static str) -> Self {
        Self {
            used: Some((ago, service, region)),
            ..self
        }
    }

    fn note(self, note: &'static str) -> Self {
        Self {
            note: Some(note),
            ..self
        }
    }

    fn inactive(self) -> Self {
        Self {
            active: false,
            ..self
        }
    }

    fn born(self, id: String, now: Timestamp) -> Key {
        let last_used = self.used.map(|(ago, service, region)| {
            LastUsed {
                at: ago.before(now),
                service: service.to_owned(),
                region: region.to_owned(),
            }
            .by_minute()
        });
        Key {
            id,
            active: self.active,
            created: self.age.before(now),
            last_used,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn now() -> Timestamp {
        "2026-08-25T10:00:00Z".parse().expect("a time")
    }

    fn days(then: Timestamp) -> i64 {
        now().duration_since(then).as_hours() / 24
    }

    #[test]
    fn the_story_holds_what_the_program_has_to_show() {
        let account = account(None, now());
        let user = |name| account.user(name).expect(name);
        assert_eq!(account.users().len(), 25, "users");
        let ci = user("ci-deployer");
        assert_eq!(
            ci.keys.iter().map(|key| days(key.created)).collect::<Vec<_>>(),
            [412, 23],
            "ages"
        );
        assert!(ci.keys[1].last_used.is_none(), "the newer key was never used");
        let used = ci.keys[0].last_used.as_ref().expect("the older key was used");
        assert_eq!((used.service.as_str(), used.region.as_str()), ("s3", "eu-west-1"));
        let note = ci
            .tags
            .iter()
            .find(|tag| tag.key == ci.keys[0].id)
            .expect("a description");
        assert_eq!(note.value, "Nightly backup to S3");
        assert_eq!(user("terraform-prod").keys.len(), 3, "more keys than the quota");
        assert!(
            user("carol").keys.is_empty() && user("carol").password_last_used.is_some(),
            "password only"
        );
        assert_eq!(user("jenkins-legacy").policies, ["AWSCompromisedKeyQuarantineV3"]);
        assert!(
            user("legacy-ftp").keys[0].created < "2015-04-22T00:00:00Z".parse().expect("a time"),
            "age"
        );
        assert_eq!(
            user("analytics-export")
                .keys
                .iter()
                .filter(|key| key.active)
                .count(),
            2,
            "active keys"
        );
        let unused = user("dmitri").keys[0].last_used.as_ref().expect("was used once");
        assert_eq!((user("dmitri").keys[0].active, days(unused.at)), (false, 402));
    }

    #[test]
    fn the_story_is_the_same_each_time_and_fits_iam() {
        let (one, other) = (account(Some(300), now()), account(Some(300), now()));
        let ids = |account: &Account| -> Vec<String> {
            account
                .users()
                .flat_map(|user| user.keys.iter().map(|key| key.id.clone()))
                .collect()
        };
        assert_eq!(ids(&one), ids(&other), "key ids");
        assert_eq!(
            ids(&one).iter().collect::<HashSet<_>>().len(),
            ids(&one).len(),
            "each id once"
        );
        for user in one.users() {
            assert!(
                user.path.starts_with('/') && user.path.ends_with('/') && user.path.is_ascii(),
                "{}",
                user.path
            );
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
            assert!(
                user.name.len() <= 64 && user.name.bytes().all(letter),
                "{}",
                user.name
            );
            let dates = user
                .keys
                .iter()
                .map(|key| key.created)
                .chain(user.password_last_used);
            assert!(
                dates.into_iter().all(|date| user.created <= date),
                "{} is younger than a key",
                user.name
            );
            for key in &user.keys {
                let used = key
                    .last_used
                    .as_ref()
                    .is_none_or(|used| key.created <= used.at && used.at <= now());
                assert!(used, "{} was used before it was made", key.id);
            }
        }
    }

    #[test]
    fn any_number_of_users_can_be_asked_for() {
        for (asked, there) in [(0, 1), (1, 1), (7, 7), (26, 26), (5000, 5000)] {
            assert_eq!(
                account(Some(asked), now()).users().len(),
                there,
                "{asked} users asked for"
            );
        }
        let alone = account(Some(0), now());
        assert_eq!(alone.users().next().expect("the caller").name, "anna");
        assert!(!alone.callers_key().is_empty(), "the caller has a key");
    }
}
