//! Text that comes from the network.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Makes characters visible that could make one name look like another.
///
/// These are controls, invisible, direction and combining characters, spaces that are not the plain one or stand at an end, and letters that look like English ones in a word
/// that has both. They are shown as `‹U+200B›`, and so is the sign `‹` itself: two texts never look the same.
///
/// AWS allows user names only `[\w+=,.@-]`, but tags may hold any letter, and other servers anything. A whole word in the
/// letters of another script stays readable; that is why deeds go by key id.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') && text.trim() == text {
        return Cow::Borrowed(text);
    }
    let english = |c: char| c.is_ascii_alphabetic();
    let inner = text.trim_start_matches(' ');
    let before = text.len() - inner.len();
    let inner = inner.trim_end_matches(' ').len();
    let mut shown = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let mixed = word.chars().any(english);
        for c in word.chars() {
            let at_an_end = c == ' ' && (at < before || at >= before + inner);
            at += c.len_utf8();
            if is_hidden(c) || at_an_end || (mixed && looks_english(c)) {
                write!(shown, "‹U+{:04X}›", u32::from(c)).ok();
            } else {
                shown.push(c);
            }
        }
    }
    Cow::Owned(shown)
}

/// True for the scripts whose letters have the shapes of English ones: Greek, Cyrillic, Armenian, Georgian, Cherokee, Lisu,
/// and the Latin letters for phonetics (Unicode TR 39, `confusables.txt`).
fn looks_english(c: char) -> bool {
    matches!(c,
        '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{58F}' | '\u{10A0}'..='\u{10FF}' | '\u{13A0}'..='\u{13FF}'
        | '\u{1C80}'..='\u{1CBF}' | '\u{1D00}'..='\u{1DBF}' | '\u{1F00}'..='\u{1FFF}' | '\u{2C80}'..='\u{2CFF}'
        | '\u{A4D0}'..='\u{A4FF}' | '\u{A640}'..='\u{A69F}' | '\u{AB30}'..='\u{ABBF}')
}

/// Unicode 16: `Cc`, `Cf`, `Zl`, `Zp`, `Zs` but for the space, variation selectors, tags, fillers, private use and what is no
/// character; marks that change the letter before them and that ordinary text does without; English letters in another guise
/// (full width, mathematical, enclosed, raised, lowered, Roman numerals); and `‹`.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '‹' | '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'..='\u{5C7}'
            | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{2070}'..='\u{209F}'
            | '\u{2150}'..='\u{218F}' | '\u{FDD0}'..='\u{FDEF}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{2100}'..='\u{214F}' | '\u{2460}'..='\u{24FF}' | '\u{FB00}'..='\u{FB06}'
            | '\u{FE20}'..='\u{FE2F}' | '\u{FF01}'..='\u{FF5E}' | '\u{1D400}'..='\u{1D7FF}' | '\u{1F100}'..='\u{1F1FF}'
            | '\u{AD}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}' | '\u{890}'..='\u{891}'
            | '\u{8E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}'
            | '\u{FFFE}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        assert_eq!(visible(" bob "), "‹U+0020›bob‹U+0020›");
        assert_eq!(visible("e\u{301}va"), "e‹U+0301›va", "é may be written in two ways");
    }

    #[test]
    fn a_foreign_letter_in_an_english_word_is_shown() {
        assert_eq!(visible("b\u{43E}b"), "b‹U+043E›b");
        assert_eq!(visible("ｂob"), "‹U+FF42›ob");
        assert_eq!(visible("Борис bob"), "Борис bob", "not so in words of their own");
    }

    #[test]
    fn what_is_shown_cannot_be_written() {
        assert_eq!(visible("a‹U+200B›b"), "a‹U+2039›U+200B›b");
    }

    proptest! {
        #[test]
        fn two_texts_never_look_the_same(a in any::<String>(), b in any::<String>()) {
            prop_assert_eq!(visible(&a) == visible(&b), a == b);
            prop_assert!(!visible(&a).chars().any(|c| c != '‹' && is_hidden(c)));
        }

        #[test]
        fn not_even_similar_ones(a in "[abо‹›U+0-9 \u{200B}\u{301}]{0,8}", b in "[abо‹›U+0-9 \u{200B}\u{301}]{0,8}") {
            prop_assert_eq!(visible(&a) == visible(&b), a == b);
        }
    }
}
