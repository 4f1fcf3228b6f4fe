//! Text that comes from the network.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_general_category::{GeneralCategory, get_general_category};

/// Spells out characters that could make one name look like another.
///
/// These are controls, invisible, direction and combining characters, spaces that are not the plain one or stand at an end,
/// variants of English letters, and letters that look like English ones in a word that has both. They are shown as
/// `‹U+200B›`, and so is the sign `‹` itself, so different texts never look the same.
///
/// AWS allows only `[\w+=,.@-]` in user names, but any letter in tags, and other servers may allow anything. A word entirely in
/// another script stays readable, which is why actions identify keys by id.
pub fn spell_out_hidden(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') && text.trim() == text {
        return Cow::Borrowed(text);
    }
    let trimmed = text.trim_matches(' ');
    let begin = text.len() - text.trim_start_matches(' ').len();
    let end = begin + trimmed.len();
    let mut shown = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !is_of_word(c)) {
        let has_english = word.chars().any(|c| c.is_ascii_alphabetic());
        let mut before = None;
        for c in word.chars() {
            let at_an_end = c == ' ' && !(begin..end).contains(&at);
            at += c.len_utf8();
            let deceives = is_hidden(c)
                || at_an_end
                || (has_english && looks_english(c))
                || (is_mark(c) && !takes_marks(before));
            before = Some(c);
            if deceives {
                write!(shown, "‹U+{:04X}›", u32::from(c)).ok();
            } else {
                shown.push(c);
            }
        }
    }
    Cow::Owned(shown)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// A combining mark: it changes the preceding letter.
fn is_mark(c: char) -> bool {
    use GeneralCategory as Is;
    matches!(get_general_category(c), Is::NonspacingMark | Is::EnclosingMark | Is::SpacingMark)
}

/// Latin, Greek and Cyrillic have precomposed letters for such combinations; in other scripts, marks are part of writing.
fn takes_marks(letter: Option<char>) -> bool {
    letter.is_some_and(|c| u32::from(c) >= 0x590 && (c.is_alphabetic() || is_mark(c)) && !looks_english(c))
}

/// True for the scripts whose letters have the shapes of English ones: Greek, Cyrillic, Armenian, Georgian, Cherokee, Lisu,
/// Coptic, and the Latin letters for phonetics (Unicode TR 39, `confusables.txt`).
fn looks_english(c: char) -> bool {
    matches!(c,
        '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{58F}' | '\u{10A0}'..='\u{10FF}' | '\u{13A0}'..='\u{13FF}'
        | '\u{1C80}'..='\u{1CBF}' | '\u{1D00}'..='\u{1DBF}' | '\u{1F00}'..='\u{1FFF}' | '\u{2C80}'..='\u{2CFF}'
        | '\u{A4D0}'..='\u{A4FF}' | '\u{A640}'..='\u{A69F}' | '\u{AB30}'..='\u{ABBF}')
}

/// True for characters that are invisible, that look like a space, or that are variants of plain letters and digits.
fn is_hidden(c: char) -> bool {
    use GeneralCategory as Is;
    let nothing_to_see = matches!(
        get_general_category(c),
        Is::Control
            | Is::Format
            | Is::LineSeparator
            | Is::ParagraphSeparator
            | Is::PrivateUse
            | Is::Surrogate
            | Is::Unassigned
    );
    let space = c.is_whitespace() && c != ' ';
    nothing_to_see || space || c == '‹' || is_filler(c) || is_disguise(c)
}

/// Invisible characters in categories that are otherwise visible: fillers, the grapheme joiner, variation selectors, the empty
/// Braille cell and the object replacement character.
fn is_filler(c: char) -> bool {
    matches!(c,
        '\u{34F}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{FFFC}' | '\u{E0100}'..='\u{E01EF}')
}

/// Superscript, subscript, enclosed, full-width, mathematical and Roman variants of letters and digits.
fn is_disguise(c: char) -> bool {
    use GeneralCategory as Is;
    let small = matches!(get_general_category(c), Is::LetterNumber | Is::OtherNumber)
        || (get_general_category(c) == Is::ModifierLetter && u32::from(c) < 0x2_100);
    small
        || matches!(c,
            '\u{AA}' | '\u{BA}' | '\u{2100}'..='\u{214F}' | '\u{2460}'..='\u{24FF}' | '\u{FB00}'..='\u{FB06}'
            | '\u{FF01}'..='\u{FF5E}' | '\u{1D400}'..='\u{1D7FF}' | '\u{1F100}'..='\u{1F1FF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in ["bob", "ann+test=1,x.y@example_com", "Jürgen Müller", "Ελένη", "Борис"] {
            assert_eq!(spell_out_hidden(name), name);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(spell_out_hidden("bo\u{200B}b"), "bo‹U+200B›b");
        assert_eq!(spell_out_hidden("\u{202E}bob"), "‹U+202E›bob");
        assert_eq!(spell_out_hidden("a\nb\tc"), "a‹U+000A›b‹U+0009›c");
        assert_eq!(spell_out_hidden("a\u{A0}b"), "a‹U+00A0›b");
        assert_eq!(spell_out_hidden(" bob "), "‹U+0020›bob‹U+0020›");
        assert_eq!(spell_out_hidden("e\u{301}va"), "e‹U+0301›va", "é may be written in two ways");
    }

    #[test]
    fn a_foreign_letter_in_an_english_word_is_shown() {
        assert_eq!(spell_out_hidden("b\u{43E}b"), "b‹U+043E›b");
        assert_eq!(spell_out_hidden("ｂob"), "‹U+FF42›ob");
        assert_eq!(spell_out_hidden("Борис bob"), "Борис bob", "not so in words of their own");
    }

    #[test]
    fn what_is_shown_cannot_be_written() {
        assert_eq!(spell_out_hidden("a‹U+200B›b"), "a‹U+2039›U+200B›b");
    }

    proptest! {
        #[test]
        fn two_texts_never_look_the_same(a in any::<String>(), b in any::<String>()) {
            prop_assert_eq!(spell_out_hidden(&a) == spell_out_hidden(&b), a == b);
            prop_assert!(!spell_out_hidden(&a).chars().any(|c| c != '‹' && is_hidden(c)));
        }

        #[test]
        fn not_even_similar_ones(a in "[abо‹›U+0-9 \u{200B}\u{301}]{0,8}", b in "[abо‹›U+0-9 \u{200B}\u{301}]{0,8}") {
            prop_assert_eq!(spell_out_hidden(&a) == spell_out_hidden(&b), a == b);
        }
    }
}
