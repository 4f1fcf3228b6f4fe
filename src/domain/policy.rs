//! The limits for findings. Each account has its own.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::UserName;

/// A limit of 0 to 3650 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Days(u32);

/// A number of days that is not a valid limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDays;

impl Days {
    pub const MAX: u32 = 3650;

    /// Parses typed text.
    ///
    /// # Errors
    /// If it is not a whole number from 0 to [`Self::MAX`].
    pub fn parse(text: &str) -> Result<Self, NotDays> {
        text.trim().parse().ok().and_then(|days: u32| Self::try_from(days).ok()).ok_or(NotDays)
    }

    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Days {
    type Error = NotDays;

    fn try_from(days: u32) -> Result<Self, NotDays> {
        if days <= Self::MAX { Ok(Self(days)) } else { Err(NotDays) }
    }
}

impl From<Days> for u32 {
    fn from(days: Days) -> Self {
        days.0
    }
}

impl fmt::Display for NotDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a number of days from 0 to {}", Days::MAX)
    }
}

/// Patterns of user names, in which `*` matches any number of characters. Like IAM, they ignore case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct UserPatterns(Vec<String>);

/// A pattern with a character that user names cannot contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPattern {
    pub pattern: String,
    pub character: char,
}

impl UserPatterns {
    /// Parses typed text, separated by commas or spaces.
    ///
    /// # Errors
    /// If a pattern has a character that user names cannot contain.
    pub fn parse(text: &str) -> Result<Self, NotAPattern> {
        let patterns = text.split(|c: char| c == ',' || c.is_whitespace());
        patterns.filter(|pattern| !pattern.is_empty()).map(str::to_owned).collect::<Vec<_>>().try_into()
    }

    pub fn matches(&self, user: &UserName) -> bool {
        // Most accounts have no patterns, and up to 5,000 users.
        if self.0.is_empty() {
            return false;
        }
        let name = user.as_str().to_lowercase();
        self.0.iter().any(|pattern| matches(&pattern.to_lowercase(), &name))
    }
}

impl TryFrom<Vec<String>> for UserPatterns {
    type Error = NotAPattern;

    fn try_from(patterns: Vec<String>) -> Result<Self, NotAPattern> {
        // IAM API reference, CreateUser: names match [\w+=,.@-]+. The rare comma is written as a star: it separates patterns.
        let is_of_names = |c: char| c.is_ascii_alphanumeric() || "_+=.@-*".contains(c);
        for pattern in &patterns {
            if let Some(character) = pattern.chars().find(|c| !is_of_names(*c)) {
                return Err(NotAPattern { pattern: pattern.clone(), character });
            }
        }
        Ok(Self(patterns))
    }
}

impl From<UserPatterns> for Vec<String> {
    fn from(patterns: UserPatterns) -> Self {
        patterns.0
    }
}

/// In the form that [`UserPatterns::parse`] reads.
impl fmt::Display for UserPatterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl fmt::Display for NotAPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no user name has the {:?} of {:?}", self.character, self.pattern)
    }
}

/// Matches the text between two stars as early as possible, to leave as much as possible for the rest.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

/// The limits of an account for its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// CIS AWS Foundations Benchmark 3.0, item 1.14: rotate keys every 90 days.
    pub max_age_days: Days,
    /// The same for machine users, whose keys are harder to replace.
    pub machine_max_age_days: Days,
    /// CIS AWS Foundations Benchmark 3.0, item 1.12: disable credentials unused for 45 days.
    pub max_unused_days: Days,
    /// A new key may stay unused this long.
    pub grace_days: Days,
    pub machine_users: UserPatterns,
    /// Users whose keys are not checked for age and use.
    pub exempt_users: UserPatterns,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_age_days: Days(90),
            machine_max_age_days: Days(365),
            max_unused_days: Days(45),
            grace_days: Days(7),
            machine_users: UserPatterns::default(),
            exempt_users: UserPatterns::default(),
        }
    }
}

impl Policy {
    pub fn max_age_of(&self, user: &UserName) -> Days {
        if self.machine_users.matches(user) { self.machine_max_age_days } else { self.max_age_days }
    }

    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(text: &str) -> UserPatterns {
        UserPatterns::parse(text).unwrap()
    }

    #[test]
    fn a_star_stands_for_any_characters_and_none() {
        let cases: [(&str, &[&str], &[&str]); 7] = [
            ("ci", &["ci", "CI"], &["ci-1", "my-ci", ""]),
            ("ci-*", &["ci-", "ci-deploy", "Ci-Deploy"], &["ci", "xci-1"]),
            ("*-bot", &["-bot", "a-bot"], &["a-bots", "bot"]),
            ("*", &["", "anyone"], &[]),
            ("a*b*c", &["abc", "a1b2c", "abbc", "abcbc"], &["ab", "ac", "abcd", "xabc"]),
            ("aa*aa", &["aaaa", "aa-aa"], &["aa", "aaa"]),
            ("svc.*@corp", &["svc.mail@corp"], &["svc.mail@corp2", "svcXmail@corp"]),
        ];
        for (pattern, matching, others) in cases {
            for name in matching {
                assert!(patterns(pattern).matches(&UserName::new(*name)), "{pattern} matches {name}");
            }
            for name in others {
                assert!(!patterns(pattern).matches(&UserName::new(*name)), "{pattern} does not match {name}");
            }
        }
    }

    #[test]
    fn patterns_are_separated_by_commas_or_spaces() {
        assert_eq!(patterns("ci-* ,deploy-*,,\tbackup "), patterns("ci-*,deploy-* backup"));
        assert_eq!(patterns("ci-* deploy-*").to_string(), "ci-*, deploy-*");
        assert_eq!(patterns("  "), UserPatterns::default());
        assert!(!patterns("").matches(&UserName::new("anyone")));
        assert_eq!(
            UserPatterns::parse("ok-* ci;drop"),
            Err(NotAPattern { pattern: "ci;drop".to_owned(), character: ';' })
        );
        for wrong in ["ci?", "[a-z]", "a/b", "dörte"] {
            assert!(UserPatterns::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_a_whole_number_within_ten_years() {
        assert_eq!(Days::parse(" 90 "), Ok(Days(90)));
        assert_eq!((Days::parse("0"), Days::parse("3650")), (Ok(Days(0)), Ok(Days(3650))));
        for wrong in ["", "-1", "3651", "1.5", "ninety", "99999999999"] {
            assert_eq!(Days::parse(wrong), Err(NotDays), "{wrong}");
        }
    }

    #[test]
    fn it_is_written_and_read_and_what_is_missing_has_its_default() {
        let policy = Policy {
            max_age_days: Days(30),
            exempt_users: patterns("break-glass*"),
            machine_users: patterns("ci-* svc-*"),
            ..Policy::default()
        };
        let text = serde_json::to_string(&policy).unwrap();
        assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy);
        assert_eq!(serde_json::from_str::<Policy>("{}").unwrap(), Policy::default());
        for wrong in [r#"{"max_age_days": 4000}"#, r#"{"grace_days": -1}"#, r#"{"exempt_users": ["a b"]}"#] {
            assert!(serde_json::from_str::<Policy>(wrong).is_err(), "{wrong}");
        }
    }
}
