//! Findings: rules that a key violates.

use jiff::Timestamp;

use super::{AccessKey, KeyStatus, LastUse, age_days};

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
    /// Active, and older than the policy allows.
    Old { days: u32 },
    /// Active, and unused for longer than the policy allows.
    Unused { days: u32 },
    /// Active, never used, and older than the grace period.
    NeverUsed { days: u32, long: bool },
    /// Active alongside an older active key of the same user.
    SecondActive,
    /// Keyfob signs its own requests with it.
    SignsForKeyfob,
}

impl Finding {
    pub fn severity(self) -> Severity {
        match self {
            Self::Old { .. }
            | Self::Unused { .. }
            | Self::SecondActive
            | Self::NeverUsed { long: true, .. } => Severity::Look,
            Self::NeverUsed { long: false, .. } | Self::SignsForKeyfob => Severity::Know,
        }
    }
}

/// The limits of the rules, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the unit belongs to the name")]
pub struct Policy {
    /// CIS AWS Foundations Benchmark 3.0, item 1.14: rotate keys every 90 days.
    pub max_age_days: u32,
    /// CIS AWS Foundations Benchmark 3.0, item 1.12: disable credentials unused for 45 days.
    pub max_unused_days: u32,
    /// A new key may stay unused this long.
    pub grace_days: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self { max_age_days: 90, max_unused_days: 45, grace_days: 7 }
    }
}

/// The findings of `key`, the most serious first.
///
/// While `last_use` is `None`, there are no findings about use. `siblings` are all keys of the user, including this one. Only
/// active keys violate rules: nobody can use an inactive one.
pub fn findings(
    policy: Policy,
    key: &AccessKey,
    last_use: Option<&LastUse>,
    siblings: &[AccessKey],
    signs: bool,
    now: Timestamp,
) -> Vec<Finding> {
    let mut found = Vec::new();
    if signs {
        found.push(Finding::SignsForKeyfob);
    }
    if key.status == KeyStatus::Active {
        found.extend(age_finding(policy, key, now));
        found.extend(last_use.and_then(|use_| use_finding(policy, key, use_, now)));
        if is_second_active(key, siblings) {
            found.push(Finding::SecondActive);
        }
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    found
}

fn age_finding(policy: Policy, key: &AccessKey, now: Timestamp) -> Option<Finding> {
    let days = age_days(key.created?, now);
    (days > policy.max_age_days).then_some(Finding::Old { days })
}

fn use_finding(policy: Policy, key: &AccessKey, last_use: &LastUse, now: Timestamp) -> Option<Finding> {
    if let Some(when) = last_use.when() {
        let days = age_days(when, now);
        return (days > policy.max_unused_days).then_some(Finding::Unused { days });
    }
    let days = age_days(key.created?, now);
    let long = days > policy.max_unused_days;
    (days > policy.grace_days).then_some(Finding::NeverUsed { days, long })
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
    use crate::domain::KeyId;

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

    fn of(key: &AccessKey, last_use: Option<&LastUse>) -> Vec<Finding> {
        findings(Policy::default(), key, last_use, std::slice::from_ref(key), false, now())
    }

    fn used(days: i64) -> LastUse {
        LastUse::At { when: days_ago(days), service: None, region: None }
    }

    #[test]
    fn a_key_is_old_after_90_days_and_not_on_the_90th() {
        assert_eq!(of(&key("a", KeyStatus::Active, 90), Some(&used(1))), []);
        assert_eq!(of(&key("a", KeyStatus::Active, 91), Some(&used(1))), [Finding::Old { days: 91 }]);
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
    fn nothing_is_said_about_use_before_it_is_known() {
        assert_eq!(of(&key("a", KeyStatus::Active, 60), None), []);
    }

    #[test]
    fn an_inactive_key_breaks_no_rule() {
        assert_eq!(of(&key("a", KeyStatus::Inactive, 900), Some(&LastUse::Never)), []);
    }

    #[test]
    fn of_two_active_keys_the_later_one_is_the_second() {
        let keys = [key("old", KeyStatus::Active, 30), key("new", KeyStatus::Active, 3)];
        let of = |key: &AccessKey| findings(Policy::default(), key, None, &keys, false, now());
        assert_eq!(of(&keys[0]), []);
        assert_eq!(of(&keys[1]), [Finding::SecondActive]);
        let one_off = [key("old", KeyStatus::Inactive, 30), key("new", KeyStatus::Active, 3)];
        assert_eq!(findings(Policy::default(), &one_off[1], None, &one_off, false, now()), []);
    }

    #[test]
    fn the_worst_comes_first_and_the_signing_key_is_marked() {
        let key = key("a", KeyStatus::Active, 100);
        let found =
            findings(Policy::default(), &key, Some(&used(0)), std::slice::from_ref(&key), true, now());
        assert_eq!(found, [Finding::Old { days: 100 }, Finding::SignsForKeyfob]);
    }
}
