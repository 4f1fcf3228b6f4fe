//! Findings: rules that a key violates.

use jiff::Timestamp;

use super::{AccessKey, Days, KeyStatus, LastUse, Policy, UserName, age_days};

/// The severity of a finding; the most serious compares greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Know,
    /// Review it.
    Look,
    /// Act now.
    Act,
}

/// A rule that a key violates, with the number that proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Active, and older than `limit` days.
    Old { days: u32, limit: u32 },
    /// Active, and unused for longer than the policy allows.
    Unused { days: u32 },
    /// Active, never used, and older than the grace period.
    NeverUsed { days: u32, long: bool },
    /// Active alongside an older active key of the same user.
    SecondActive,
    /// Keyfob signs its own requests with it.
    SignsForKeyfob,
    /// Active, and a key of a user whose keys the policy lets grow old and stay unused.
    Exempt,
}

impl Finding {
    pub fn severity(self) -> Severity {
        match self {
            Self::Old { .. }
            | Self::Unused { .. }
            | Self::SecondActive
            | Self::NeverUsed { long: true, .. } => Severity::Look,
            Self::NeverUsed { long: false, .. } | Self::SignsForKeyfob | Self::Exempt => Severity::Know,
        }
    }
}

impl Finding {
    /// The item of the CIS AWS Foundations Benchmark 3.0 that asks for the rule.
    pub fn cis_item(self) -> Option<&'static str> {
        match self {
            Self::Old { .. } => Some("1.14"),
            Self::Unused { .. } | Self::NeverUsed { long: true, .. } => Some("1.12"),
            Self::SecondActive => Some("1.13"),
            Self::NeverUsed { long: false, .. } | Self::SignsForKeyfob | Self::Exempt => None,
        }
    }
}

/// The facts about a key.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    pub user: &'a UserName,
    pub key: &'a AccessKey,
    /// All keys of the user, including this one.
    pub siblings: &'a [AccessKey],
    /// While this is `None`, there are no findings about use.
    pub last_use: Option<&'a LastUse>,
    /// Keyfob signs in with it.
    pub signs: bool,
}

/// The findings of a key, the most serious first. Only active keys violate rules: nobody can use an inactive one.
pub fn findings(policy: &Policy, evidence: &Evidence<'_>, now: Timestamp) -> Vec<Finding> {
    let Evidence { user, key, siblings, last_use, signs } = *evidence;
    let mut found = Vec::new();
    if signs {
        found.push(Finding::SignsForKeyfob);
    }
    if key.status == KeyStatus::Active {
        if policy.exempt_users.matches(user) {
            found.push(Finding::Exempt);
        } else {
            found.extend(age_finding(policy.max_age_of(user), key, now));
            found.extend(last_use.and_then(|use_| use_finding(policy, key, use_, now)));
        }
        if is_second_active(key, siblings) {
            found.push(Finding::SecondActive);
        }
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    found
}

fn age_finding(max_age: Days, key: &AccessKey, now: Timestamp) -> Option<Finding> {
    let (days, limit) = (age_days(key.created?, now), max_age.get());
    (days > limit).then_some(Finding::Old { days, limit })
}

fn use_finding(policy: &Policy, key: &AccessKey, last_use: &LastUse, now: Timestamp) -> Option<Finding> {
    let max_unused = policy.max_unused_days.get();
    if let Some(when) = last_use.when() {
        let days = age_days(when, now);
        return (days > max_unused).then_some(Finding::Unused { days });
    }
    let days = age_days(key.created?, now);
    let long = days > max_unused;
    (days > policy.grace_days.get()).then_some(Finding::NeverUsed { days, long })
}

/// CIS AWS Foundations Benchmark 3.0, item 1.13: one active key per user. The oldest active key counts as the intended one.
fn is_second_active(key: &AccessKey, siblings: &[AccessKey]) -> bool {
    siblings
        .iter()
        .any(|other| other.status == KeyStatus::Active && (other.created, &other.id) < (key.created, &key.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KeyId, UserPatterns};

    const NOW: &str = "2026-11-24T12:00:00Z";

    fn now() -> Timestamp {
        NOW.parse().unwrap()
    }

    fn days_ago(days: i64) -> Timestamp {
        now() - jiff::SignedDuration::from_hours(24 * days)
    }

    fn key(id: &str, status: KeyStatus, age: i64) -> AccessKey {
        AccessKey { id: KeyId::new(id), status, created: Some(days_ago(age)) }
    }

    /// Of the only key of bob.
    fn of(key: &AccessKey, last_use: Option<&LastUse>) -> Vec<Finding> {
        under(&Policy::default(), "bob", key, last_use)
    }

    fn under(policy: &Policy, user: &str, key: &AccessKey, last_use: Option<&LastUse>) -> Vec<Finding> {
        let (user, siblings) = (&UserName::new(user), std::slice::from_ref(key));
        findings(policy, &Evidence { user, key, siblings, last_use, signs: false }, now())
    }

    /// Of one of the keys of bob.
    fn beside(key: &AccessKey, siblings: &[AccessKey]) -> Vec<Finding> {
        let user = &UserName::new("bob");
        let evidence = Evidence { user, key, siblings, last_use: None, signs: false };
        findings(&Policy::default(), &evidence, now())
    }

    fn users(patterns: &str) -> UserPatterns {
        UserPatterns::parse(patterns).unwrap()
    }

    fn days(days: u32) -> Days {
        days.try_into().unwrap()
    }

    fn used(days: i64) -> LastUse {
        LastUse::At { when: days_ago(days), service: None, region: None }
    }

    #[test]
    fn a_key_is_old_after_90_days_and_not_on_the_90th() {
        assert_eq!(of(&key("a", KeyStatus::Active, 90), Some(&used(1))), []);
        assert_eq!(
            of(&key("a", KeyStatus::Active, 91), Some(&used(1))),
            [Finding::Old { days: 91, limit: 90 }]
        );
    }

    #[test]
    fn a_key_is_unused_after_45_days_and_not_on_the_45th() {
        assert_eq!(of(&key("a", KeyStatus::Active, 60), Some(&used(45))), []);
        assert_eq!(of(&key("a", KeyStatus::Active, 60), Some(&used(46))), [Finding::Unused { days: 46 }]);
    }

    #[test]
    fn a_new_key_may_wait_a_week_for_its_first_use() {
        let never = Some(&LastUse::Never);
        assert_eq!(of(&key("a", KeyStatus::Active, 7), never), []);
        assert_eq!(of(&key("a", KeyStatus::Active, 8), never), [Finding::NeverUsed { days: 8, long: false }]);
        let long = of(&key("a", KeyStatus::Active, 46), never);
        assert_eq!(long, [Finding::NeverUsed { days: 46, long: true }]);
        assert_eq!(long.first().map(|finding| finding.severity()), Some(Severity::Look));
    }

    #[test]
    fn there_are_no_findings_about_use_before_it_has_loaded() {
        assert_eq!(of(&key("a", KeyStatus::Active, 60), None), []);
    }

    #[test]
    fn an_inactive_key_breaks_no_rule() {
        assert_eq!(of(&key("a", KeyStatus::Inactive, 900), Some(&LastUse::Never)), []);
    }

    #[test]
    fn of_two_active_keys_the_later_one_is_the_second() {
        let keys = [key("old", KeyStatus::Active, 30), key("new", KeyStatus::Active, 3)];
        assert_eq!(beside(&keys[0], &keys), []);
        assert_eq!(beside(&keys[1], &keys), [Finding::SecondActive]);
        let one_off = [key("old", KeyStatus::Inactive, 30), key("new", KeyStatus::Active, 3)];
        assert_eq!(beside(&one_off[1], &one_off), []);
    }

    #[test]
    fn the_worst_comes_first_and_the_signing_key_is_marked() {
        let (user, key) = (&UserName::new("bob"), &key("a", KeyStatus::Active, 100));
        let (siblings, used) = (std::slice::from_ref(key), used(0));
        let evidence = Evidence { user, key, siblings, last_use: Some(&used), signs: true };
        let found = findings(&Policy::default(), &evidence, now());
        assert_eq!(found, [Finding::Old { days: 100, limit: 90 }, Finding::SignsForKeyfob]);
    }

    #[test]
    fn an_account_has_limits_of_its_own() {
        let strict = Policy {
            max_age_days: days(30),
            max_unused_days: days(10),
            grace_days: days(0),
            ..Policy::default()
        };
        let of = |age, last_use: &LastUse| {
            under(&strict, "bob", &key("a", KeyStatus::Active, age), Some(last_use))
        };
        assert_eq!(of(30, &used(10)), []);
        assert_eq!(of(31, &used(11)), [Finding::Old { days: 31, limit: 30 }, Finding::Unused { days: 11 }]);
        assert_eq!(of(1, &LastUse::Never), [Finding::NeverUsed { days: 1, long: false }]);
        assert_eq!(of(11, &LastUse::Never), [Finding::NeverUsed { days: 11, long: true }]);
    }

    #[test]
    fn keys_of_machine_users_may_grow_older_but_not_stay_unused() {
        let policy = Policy { machine_users: users("ci-*"), ..Policy::default() };
        let of =
            |user, age, unused| under(&policy, user, &key("a", KeyStatus::Active, age), Some(&used(unused)));
        assert_eq!(of("ci-deploy", 365, 1), []);
        assert_eq!(of("ci-deploy", 366, 1), [Finding::Old { days: 366, limit: 365 }]);
        assert_eq!(of("ci-deploy", 60, 46), [Finding::Unused { days: 46 }]);
        assert_eq!(of("bob", 365, 1), [Finding::Old { days: 365, limit: 90 }]);
    }

    #[test]
    fn an_exempt_user_is_shown_as_exempt_and_not_as_old() {
        let policy =
            Policy { exempt_users: users("break-glass*"), machine_users: users("*"), ..Policy::default() };
        let of = |user, status| under(&policy, user, &key("a", status, 900), Some(&LastUse::Never));
        assert_eq!(of("break-glass-1", KeyStatus::Active), [Finding::Exempt]);
        assert_eq!(of("break-glass-1", KeyStatus::Inactive), []);
        assert_eq!(of("bob", KeyStatus::Active).len(), 2, "nobody else is");
        let keys = [key("old", KeyStatus::Active, 30), key("new", KeyStatus::Active, 3)];
        let (user, key) = (&UserName::new("break-glass-1"), &keys[1]);
        let evidence = Evidence { user, key, siblings: &keys, last_use: None, signs: true };
        let found = findings(&policy, &evidence, now());
        assert_eq!(
            found,
            [Finding::SecondActive, Finding::SignsForKeyfob, Finding::Exempt],
            "all else holds"
        );
    }
}
