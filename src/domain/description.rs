//! Descriptions of keys, which IAM stores as tag values.

/// The maximum length of a tag value (IAM API reference, `Tag`).
const MOST: usize = 256;

/// Allowed besides letters, numbers and spaces (pattern of `tagValueType` in the IAM service model).
const SIGNS: &str = "_.:/=+-@";

/// Why a description is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescriptionFault {
    TooLong,
    /// The first character that IAM does not allow.
    Character(char),
}

/// `None` for a valid text.
pub fn description_fault(text: &str) -> Option<DescriptionFault> {
    if text.chars().count() > MOST {
        return Some(DescriptionFault::TooLong);
    }
    let taken = |c: char| c.is_alphanumeric() || SIGNS.contains(c) || (c.is_whitespace() && !c.is_control());
    text.chars().find(|c| !taken(*c)).map(DescriptionFault::Character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_all_scripts_and_a_few_signs_are_taken() {
        assert_eq!(description_fault("Backup café 2/3: a_b=c+d-e@f. Привет"), None);
        assert_eq!(description_fault(""), None);
    }

    #[test]
    fn the_character_that_is_refused_is_named() {
        assert_eq!(description_fault("R&D"), Some(DescriptionFault::Character('&')));
        assert_eq!(description_fault("one, two"), Some(DescriptionFault::Character(',')));
        assert_eq!(description_fault("a\tb"), Some(DescriptionFault::Character('\t')));
        assert_eq!(description_fault("(old)"), Some(DescriptionFault::Character('(')));
    }

    #[test]
    fn the_limit_counts_characters() {
        assert_eq!(description_fault(&"ä".repeat(256)), None);
        assert_eq!(description_fault(&"ä".repeat(257)), Some(DescriptionFault::TooLong));
    }
}
