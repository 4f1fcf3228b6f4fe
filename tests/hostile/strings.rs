//! Names that a hostile server could send, and the names that they imitate.

/// Imitated names, and names that are easily confused when something in them is invisible.
pub(crate) const PLAIN: [&str; 14] = [
    "bob",
    "admin",
    "root",
    "ci-deployer",
    "paypal",
    "copy",
    "finance",
    "cafe",
    "café",
    "bo b",
    "b",
    "",
    "Борис",
    "Ελένη",
];

/// Invisible characters: directions, joiners, fillers, layout marks of other scripts.
const INVISIBLE: [char; 32] = [
    '\u{AD}',
    '\u{34F}',
    '\u{61C}',
    '\u{115F}',
    '\u{1160}',
    '\u{17B4}',
    '\u{17B5}',
    '\u{180E}',
    '\u{200B}',
    '\u{200C}',
    '\u{200D}',
    '\u{200E}',
    '\u{200F}',
    '\u{202A}',
    '\u{202B}',
    '\u{202C}',
    '\u{202D}',
    '\u{202E}',
    '\u{2060}',
    '\u{2063}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{206A}',
    '\u{2800}',
    '\u{3164}',
    '\u{FEFF}',
    '\u{FFA0}',
    '\u{FFF9}',
    '\u{1D173}',
    '\u{13430}',
];

/// Spaces other than the plain one, and similar white space.
const SPACES: [char; 19] = [
    '\t', '\u{A0}', '\u{1680}', '\u{2000}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}',
    '\u{2006}', '\u{2007}', '\u{2008}', '\u{2009}', '\u{200A}', '\u{202F}', '\u{205F}', '\u{3000}',
    '\u{2028}', '\u{2029}',
];

const CONTROLS: [char; 18] = [
    '\0', '\u{7}', '\u{8}', '\n', '\u{B}', '\u{C}', '\r', '\u{1A}', '\u{1B}', '\u{1C}', '\u{1D}', '\u{1E}',
    '\u{1F}', '\u{7F}', '\u{80}', '\u{85}', '\u{9B}', '\u{9F}',
];

/// Variation selectors, tag characters, private use, and noncharacters.
const NO_LETTERS: [char; 18] = [
    '\u{FE00}',
    '\u{FE0E}',
    '\u{FE0F}',
    '\u{180B}',
    '\u{E0100}',
    '\u{E01EF}',
    '\u{E0001}',
    '\u{E0020}',
    '\u{E0062}',
    '\u{E007F}',
    '\u{E000}',
    '\u{F8FF}',
    '\u{F0000}',
    '\u{10FFFD}',
    '\u{FFFE}',
    '\u{FDD0}',
    '\u{10FFFF}',
    '\u{FFFC}',
];

/// Marks over, under or around the preceding letter.
const MARKS: [char; 10] = [
    '\u{300}', '\u{301}', '\u{323}', '\u{335}', '\u{338}', '\u{483}', '\u{488}', '\u{5B4}', '\u{20DD}',
    '\u{FE20}',
];

/// A letter of another script in a word of Latin letters.
const MIXED: [&str; 24] = [
    "\u{430}dmin",
    "adm\u{456}n",
    "\u{501}admin",
    "adm\u{3B9}n",
    "r\u{43E}ot",
    "r\u{43E}\u{43E}t",
    "r\u{3BF}ot",
    "ro\u{3BF}t",
    "b\u{43E}b",
    "b\u{3BF}b",
    "b\u{585}b",
    "b\u{10FF}b",
    "\u{440}aypal",
    "p\u{430}ypal",
    "pa\u{443}pal",
    "\u{3C1}aypal",
    "c\u{456}-deployer",
    "ci-d\u{435}ployer",
    "\u{441}i-deployer",
    "ci-de\u{440}loyer",
    "\u{441}opy",
    "co\u{440}y",
    "caf\u{435}",
    "\u{13A0}admin",
];

/// Entire words, and how they read.
const OTHER_ALPHABETS: [&str; 12] = [
    "\u{FF42}\u{FF4F}\u{FF42}",
    "b\u{FF4F}b",
    "\u{FF41}\u{FF44}\u{FF4D}\u{FF49}\u{FF4E}",
    "\u{FF43}i-deployer",
    "ci\u{FF0D}deployer",
    "\u{24D1}\u{24DE}\u{24D1}",
    "b\u{1D52}b",
    "b\u{2092}b",
    "\u{FB01}nance",
    "adm\u{2170}n",
    "\u{212C}ob",
    "b\u{2134}b",
];

/// For terminals, spreadsheets, credentials files, shells and file systems, and imitations of the escapes themselves.
const ATTACKS: [&str; 63] = [
    "‹",
    "›",
    "‹›",
    "bo‹U+200B›b",
    "‹U+202E›bob",
    "bob‹U+200B›",
    "bo‹U+200B›\u{200B}b",
    "‹U+2039›",
    "bo‹200B›b",
    " bob",
    "bob ",
    "  bob",
    "bob  ",
    " ",
    "  ",
    "bo  b",
    "\u{1B}[31mbob",
    "\u{1B}[2J\u{1B}[H",
    "\u{1B}]0;bob\u{7}",
    "\u{9B}31mbob",
    "\u{1B}]8;;http://x\u{1B}\\bob",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|'/c calc'!A0",
    "=HYPERLINK(\"http://x\")",
    "\t=1+1",
    "\r=1+1",
    "bob,AKIAOTHER,secret",
    "\"bob\"",
    "bob\",\"x",
    "bob]\n[x]\ncredential_process=touch x",
    "bob]\r[x]\rcredential_process=touch x",
    "bob\u{85}[x]",
    "bob\u{2028}[x]",
    "bob]",
    "[bob",
    "bob;x",
    "bob # x",
    "DEFAULT",
    "profile bob",
    "bob\naws_access_key_id = AKIAOTHER",
    "$(id)",
    "`id`",
    "';id;'",
    "%PATH%",
    "!x!",
    "\\",
    "${IFS}",
    "|calc",
    "&calc",
    "^bob",
    "bob\0",
    "bob\u{0}.csv",
    "../../etc/passwd",
    "..\\..\\x",
    "con",
    "nul.txt",
    "C:\\x",
    "~",
    "-rf",
    "\u{FFFD}",
];

/// All of them, without duplicates.
pub(crate) fn hostile() -> Vec<String> {
    let around = |char: &char| [format!("{char}bob"), format!("bo{char}b"), format!("bob{char}")];
    let inside = |char: &char| [format!("bo{char}b"), char.to_string()];
    let mut all: Vec<String> = INVISIBLE.iter().flat_map(around).collect();
    all.extend(SPACES.iter().flat_map(around));
    all.extend([&CONTROLS[..], &NO_LETTERS, &MARKS].into_iter().flatten().flat_map(inside));
    all.extend([&MIXED[..], &OTHER_ALPHABETS, &ATTACKS].into_iter().flatten().map(|&text| text.to_owned()));
    all.extend((0..13).map(|alphabet| mathematical("bob", alphabet)));
    all.extend(["cafe\u{301}".to_owned(), "bo\u{301}\u{302}\u{303}\u{304}\u{305}b".to_owned()]);
    // 64 KB, and the same with an invisible character.
    let long = "b".repeat(1 << 16);
    all.extend([format!("{long}\u{200B}"), "\u{200B}".repeat(1 << 14), "‹".repeat(1 << 14), long]);
    all.sort_unstable();
    all.dedup();
    all
}

/// `name` in one of the 13 alphabets of the mathematical letters: bold, italic, script, …
fn mathematical(name: &str, alphabet: u32) -> String {
    let letter = |char| char::from_u32(0x1_D400 + 52 * alphabet + 26 + (u32::from(char) - u32::from('a')));
    name.chars().filter_map(letter).collect()
}
