//! Credentials files as written by people and programs, and worse.

use keyfob::desk::credentials::ProfileName;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A file, and the pair to write.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) before: Vec<u8>,
    pub(crate) profile: ProfileName,
    pub(crate) id: String,
    pub(crate) secret: String,
}

const HEADERS: [&str; 14] = [
    "[ci]",
    "[ci]",
    "[default]",
    "[default]",
    "[acme]",
    "[b]",
    "[b] # the other one",
    "[ci];old",
    "[DEFAULT]",
    "[profile ci]",
    "[sso-session b]",
    "[CI]",
    "[d]",
    "[e f]",
];

/// Headers that programs read differently.
const ODD_HEADERS: [&str; 6] = ["[ ci ]", " [default]", "[acme", "[b] x", "[]", "[[c]]"];

const PAIR_KEYS: [&str; 6] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "AWS_ACCESS_KEY_ID",
    "Aws_Secret_Access_Key",
    "aws_session_token",
    "aws_security_token",
];

const OTHER_KEYS: [&str; 7] =
    ["region", "output", "credential_process", "role_arn", "s3", "aws_access_key", "key id"];

const EQUALS: [&str; 5] = ["=", " = ", " = ", "\t=  ", "= "];

const COMMENTS: [&str; 8] = ["", "", "", "", " # mine", "\t; theirs", "#x", " \t "];

pub(crate) fn case() -> impl Strategy<Value = Case> {
    (file(), name(), "[A-Z0-9]{4,24}", "[+/=A-Za-z0-9]{1,48}").prop_map(|(before, profile, id, secret)| {
        Case { before, profile: ProfileName::parse(&profile).expect("a good name"), id, secret }
    })
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(&["ci", "default", "acme", "b"][..]).prop_map(ToOwned::to_owned),
        1 => "[A-Za-z0-9_.@+-]{1,12}".prop_filter("it is no profile", |name| name != "DEFAULT"),
    ]
}

/// Few oddities in each file, so that most can be edited.
pub(crate) fn file() -> impl Strategy<Value = Vec<u8>> {
    let section = (header(), vec(entry(), 0..6)).prop_map(|(header, entries)| {
        let mut lines = vec![header];
        lines.extend(entries);
        lines
    });
    let lines = (vec(filler(), 0..2), vec(section, 0..5))
        .prop_map(|(first, sections)| [first, sections.into_iter().flatten().collect()].concat());
    // Line ends: mostly of one kind.
    let ends = (0..4_u8, any::<u64>());
    (lines, ends, prop::bool::weighted(0.05), prop::bool::weighted(0.3)).prop_map(
        |(lines, ends, mark, cut)| {
            let mut file = if mark { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
            let last = lines.len().saturating_sub(1);
            for (at, text) in lines.into_iter().enumerate() {
                file.extend(text);
                let windows = match ends.0 {
                    0 | 1 => false,
                    2 => true,
                    _ => ends.1 >> (at % 64) & 1 == 1,
                };
                if !(cut && at == last) {
                    file.extend_from_slice(if windows { b"\r\n" } else { b"\n" });
                }
            }
            file
        },
    )
}

fn header() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![40 => select(&HEADERS[..]), 1 => select(&ODD_HEADERS[..])].prop_map(|text| text.into())
}

fn entry() -> impl Strategy<Value = Vec<u8>> {
    let of = |keys: &'static [&'static str]| {
        let value = "[ -~]{0,6}|[A-Za-z0-9/+=]{0,40}";
        (select(keys), select(&EQUALS[..]), value, select(&COMMENTS[..]))
            .prop_map(|(key, equals, value, comment)| format!("{key}{equals}{value}{comment}").into_bytes())
    };
    prop_oneof![12 => of(&PAIR_KEYS), 12 => of(&OTHER_KEYS), 6 => filler(), 1 => oddity()]
}

fn filler() -> impl Strategy<Value = Vec<u8>> {
    let text = ["", "", "# a comment", "; [ci]", "#aws_access_key_id = AKIAOLD", "  ", "\t", "# é ключ"];
    select(text.to_vec()).prop_map(|text| text.into())
}

fn oddity() -> impl Strategy<Value = Vec<u8>> {
    let text: [&[u8]; 9] = [
        b"  indented = 1",
        b"\tmore",
        b"  # an indented comment",
        b"region : x",
        b"aws_access_key_id: A",
        b"nothing",
        b"= x",
        b"a\rb = c",
        "aws_access_key_id\u{A0}=\u{A0}x".as_bytes(),
    ];
    prop_oneof![select(text.to_vec()).prop_map(<[u8]>::to_vec), vec(any::<u8>(), 0..12)]
}
