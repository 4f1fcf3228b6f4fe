//! The limits for findings, as preferences of an account.

use crate::domain::{Days, NotAPattern, spell_out_hidden};

pub const TITLE: &str = "Limits for findings";

/// Age, age for machine users, time unused, grace period. Also accessible names.
pub const LIMITS: [&str; 4] = [
    "Maximum key age, in days",
    "Maximum key age of machine users, in days",
    "Maximum time unused, in days",
    "Grace period of a new key, in days",
];
/// Also accessible names.
pub const PATTERNS: [&str; 2] = ["Machine users", "Exempt users"];
pub const PATTERN_HINT: &str = "ci-*, backup";
pub const PATTERNS_TELL: &str = "User names, separated by commas; * matches any characters. Keyfob does not check the age and use of exempt users' keys";

/// Why the limits cannot be saved.
pub const CORRECT_FIRST: &str = "Correct the limits first";

pub fn not_days() -> String {
    format!("Enter a number of days from 0 to {}", Days::MAX)
}

pub fn not_a_pattern(fault: &NotAPattern) -> String {
    let character = fault.character.to_string();
    format!(
        "“{}” cannot be part of a user name: {}",
        spell_out_hidden(&character),
        spell_out_hidden(&fault.pattern)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Policy;

    #[test]
    fn the_guide_has_each_limit_with_its_default() {
        let guide = include_str!("../../../assets/help/settings.md");
        let policy = Policy::default();
        let defaults =
            [policy.max_age_days, policy.machine_max_age_days, policy.max_unused_days, policy.grace_days];
        for (word, days) in LIMITS.into_iter().zip(defaults) {
            let row = format!("\n| *{word}* | {} | ", days.get());
            assert!(guide.contains(&row), "{row}");
        }
        for word in PATTERNS {
            assert!(guide.contains(&format!("\n| *{word}* | none | ")), "{word}");
        }
    }
}
