//! The story of the account: its users and the history of their keys.

mod cast;
mod crowd;
mod person;

use jiff::Timestamp;

use super::account::Account;

/// A fixed seed, so that screenshots stay the same.
const SEED: u64 = 20_100_508;

/// Creates the account: the story, or its first people and generated users up to `users`, always including the caller.
pub(super) fn account(users: Option<usize>, now: Timestamp) -> Account {
    let mut account = Account::new(SEED);
    account.root = person::root(now);
    let cast = cast::cast();
    let count = users.map_or(cast.len(), |users| users.max(1));
    for person in cast.into_iter().chain(crowd::crowd()).take(count) {
        let user = person.born(&mut account, now);
        account.insert(user);
    }
    account
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
        assert_eq!(ci.keys.iter().map(|key| days(key.created)).collect::<Vec<_>>(), [412, 23], "ages");
        assert!(ci.keys[1].last_used.is_none(), "the newer key was never used");
        let used = ci.keys[0].last_used.as_ref().expect("the older key was used");
        assert_eq!((used.service.as_str(), used.region.as_str()), ("s3", "eu-west-1"));
        let note = ci.tags.iter().find(|tag| tag.key == ci.keys[0].id).expect("a description");
        assert_eq!(note.value, "Nightly backup to S3");
        assert_eq!(user("terraform-prod").keys.len(), 3, "more keys than the quota");
        assert!(user("carol").keys.is_empty() && user("carol").password_last_used.is_some(), "password only");
        assert_eq!(user("jenkins-legacy").policies, ["AWSCompromisedKeyQuarantineV3"]);
        assert!(user("legacy-ftp").keys[0].created < "2015-04-22T00:00:00Z".parse().expect("a time"), "age");
        assert_eq!(user("analytics-export").keys.iter().filter(|key| key.active).count(), 2, "active keys");
        let unused = user("dmitri").keys[0].last_used.as_ref().expect("was used once");
        assert_eq!((user("dmitri").keys[0].active, days(unused.at)), (false, 402));
    }

    #[test]
    fn the_story_is_the_same_each_time_and_fits_iam() {
        let (one, other) = (account(Some(300), now()), account(Some(300), now()));
        let ids = |account: &Account| -> Vec<String> {
            account.users().flat_map(|user| user.keys.iter().map(|key| key.id.clone())).collect()
        };
        assert_eq!(ids(&one), ids(&other), "key ids");
        assert_eq!(ids(&one).iter().collect::<HashSet<_>>().len(), ids(&one).len(), "each id once");
        for user in one.users() {
            assert!(
                user.path.starts_with('/') && user.path.ends_with('/') && user.path.is_ascii(),
                "{}",
                user.path
            );
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
            assert!(user.name.len() <= 64 && user.name.bytes().all(letter), "{}", user.name);
            let dates = user.keys.iter().map(|key| key.created).chain(user.password_last_used);
            assert!(
                dates.into_iter().all(|date| user.created <= date),
                "{} is younger than a key",
                user.name
            );
            for key in &user.keys {
                let used =
                    key.last_used.as_ref().is_none_or(|used| key.created <= used.at && used.at <= now());
                assert!(used, "{} was used before it was made", key.id);
            }
        }
    }

    #[test]
    fn any_number_of_users_can_be_asked_for() {
        for (asked, there) in [(0, 1), (1, 1), (7, 7), (26, 26), (5000, 5000)] {
            assert_eq!(account(Some(asked), now()).users().len(), there, "{asked} users asked for");
        }
        let alone = account(Some(0), now());
        assert_eq!(alone.users().next().expect("the caller").name, "anna");
        assert!(!alone.callers_key().is_empty(), "the caller has a key");
    }
}
