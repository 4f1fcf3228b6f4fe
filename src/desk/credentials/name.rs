//! Restricts what is written into a credentials file: a name or value with a line end could smuggle in a `credential_process`, and
//! with it a program that the next AWS tool would run.

use std::fmt;

/// The maximum length of a profile name, in characters: the longest name that IAM allows for anything a profile is named after.
const LONGEST: usize = 128;

/// Python applies the keys of this section to every other one.
pub(super) const FOR_ALL: &str = "DEFAULT";

/// The name of a profile, safe between the brackets of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProfileName(String);

/// Why a text is not a valid profile name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("Enter a profile name")]
    Empty,
    #[error("The name is longer than {LONGEST} characters")]
    TooLong,
    #[error("The name contains {0:?}. Use only the letters A to Z, digits and _ . @ + -")]
    Char(char),
    #[error("A profile named DEFAULT gives its keys to every profile. Use default or another name")]
    Default,
}

impl ProfileName {
    /// The letters A to Z, digits and `_.@+-`: what IAM allows in user names except `=` and `,`, because the SDK for Rust drops
    /// profiles whose names contain those.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let wrong = |char: &char| !char.is_ascii_alphanumeric() && !"_.@+-".contains(*char);
        if text.is_empty() {
            Err(NameError::Empty)
        } else if let Some(char) = text.chars().find(wrong) {
            Err(NameError::Char(char))
        } else if text.len() > LONGEST {
            Err(NameError::TooLong)
        } else if text == FOR_ALL {
            Err(NameError::Default)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// True for the characters of AWS ids and secrets. Nothing else is written, so no parser can read it as anything but a value.
pub(super) fn is_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+=".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_names_of_iam_users_are_names_of_profiles() {
        for name in ["default", "ci-bot", "a", "ann@example.com", "1+1", "_.", &"x".repeat(128)] {
            assert_eq!(ProfileName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn nothing_that_could_end_a_section_is_a_name() {
        for name in [
            "a]",
            "[a",
            "a\n[b",
            "a\r",
            " a",
            "a ",
            "a b",
            "a\t",
            "a#",
            "a;",
            "a\0",
            "ä",
            "a\u{200B}",
            "a/b",
            "a=b",
            "a,b",
        ] {
            assert!(matches!(ProfileName::parse(name), Err(NameError::Char(_))), "{name:?}");
        }
        assert_eq!(ProfileName::parse(""), Err(NameError::Empty));
        assert_eq!(ProfileName::parse(&"x".repeat(129)), Err(NameError::TooLong));
    }

    #[test]
    fn the_section_that_configparser_gives_to_all_others_is_no_profile() {
        assert_eq!(ProfileName::parse("DEFAULT"), Err(NameError::Default));
        assert!(ProfileName::parse("Default").is_ok(), "only in capitals");
    }

    #[test]
    fn values_are_of_the_alphabet_of_aws() {
        assert!(is_value("wJalrXUtnFEMI/K7MDENG+bPxRfiCY="), "a secret");
        for value in ["", " ", "a b", "a\nb", "a#", "a;", "a:", "a-b", "é", "a\0"] {
            assert!(!is_value(value), "{value:?}");
        }
    }
}
