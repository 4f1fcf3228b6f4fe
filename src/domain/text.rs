//! Text that comes from the network.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Makes characters visible that could make one name look like another: controls, invisible and direction characters,
/// spaces that are not the plain one. They are shown as `‹U+200B›`.
///
/// AWS allows user names only `[\w+=,.@-]`, but tags may hold any letter, and other servers anything.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            write!(shown, "‹U+{:04X}›", u32::from(c)).ok();
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Unicode 16: `Cc`, `Cf`, `Zl`, `Zp`, `Zs` but for the space, variation selectors, tags, fillers and private use.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}' | '\u{890}'..='\u{891}'
            | '\u{8E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}'
            | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in ["bob", "ann+test=1,x.y@example_com", "Jürgen Müller", "Ελένη", "Борис"] {
            assert_eq!(visible(name), name);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(visible("bo\u{200B}b"), "bo‹U+200B›b");
        assert_eq!(visible("\u{202E}bob"), "‹U+202E›bob");
        assert_eq!(visible("a\nb\tc"), "a‹U+000A›b‹U+0009›c");
        assert_eq!(visible("a\u{A0}b"), "a‹U+00A0›b");
    }
}
