//! Writes random key pairs in every file format, for `formats/read_back.py` to read back with the programs that use the formats.
//!
//! Into the folder `KEYFOB_EXPORTS`: a folder for each format with `NUMBER.EXTENSION`, and `manifest.jsonl`, a line for each pair
//! with what a reader must find. The pairs are made up and open nothing. `KEYFOB_CASES` (500) is the number of pairs like those of
//! AWS, with half as many hostile ones; `KEYFOB_SEED` (1) makes other pairs.

#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use keyfob::domain::{KeyId, KeyPair, PairFormat, Secret, UserName};
use serde_json::json;

const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+";
/// Without `,` and `=`, which not every format supports.
const USER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+.@-";
/// Texts that are special to some reader.
const TRAPS: [&str; 36] = [
    "'", "''", "\"", "\\", "\\\\", "\\'", "$", "$HOME", "${HOME}", "$${", "$(id)", "`id`", "%", "%PATH%",
    "%{", "!", "!!", ",", "=", "#", " #", " ;", " ", "&", "|", "<", ">", "(", "[", "]", "*", "?", "~", "^",
    ":", "@",
];
const WIDE: [&str; 12] =
    ["é", "ß", "中", "😀", "’", "‛", "e\u{301}", "\u{ad}", "\u{200b}", "\u{feff}", "\u{f600}", "\u{10ffff}"];

#[test]
#[ignore = "needs a folder to write to and read_back.py to read it: run tests/run formats"]
fn write_what_is_read_back() {
    let folder = PathBuf::from(setting("KEYFOB_EXPORTS").expect("KEYFOB_EXPORTS names the folder"));
    let cases = setting("KEYFOB_CASES").map_or(500, |cases| cases.parse().expect("a number of pairs"));
    let mut rng = Rng::with_seed(setting("KEYFOB_SEED").map_or(1, |seed| seed.parse().expect("a number")));
    for format in files() {
        fs::create_dir_all(folder.join(key(format))).expect("a folder for each format");
    }
    let mut manifest = String::new();
    for case in 0..cases + cases / 2 {
        let (kind, [user, id, secret]) =
            if case < cases { ("plausible", plausible(&mut rng)) } else { ("hostile", hostile(&mut rng)) };
        let refused = write(&folder, case, [&user, &id, &secret]);
        let line = json!({
            "case": case, "kind": kind, "user": user, "id": id, "secret": secret, "refused": refused,
        });
        manifest.push_str(&line.to_string());
        manifest.push('\n');
    }
    fs::write(folder.join("manifest.jsonl"), manifest).expect("the manifest");
}

/// Writes one pair in every format. Returns the formats that refuse it, and why.
fn write(folder: &Path, case: u32, [user, id, secret]: [&str; 3]) -> BTreeMap<String, String> {
    let user = UserName::new(user);
    let created = jiff::Timestamp::from_second(1_800_000_000 + i64::from(case)).expect("a time");
    let pair = KeyPair { id: KeyId::new(id), secret: Secret::new(secret.to_owned()), created: Some(created) };
    let mut refused = BTreeMap::new();
    for format in files() {
        match format.text(&pair, &user) {
            Ok(text) => {
                let name = format.file_name(&user);
                let (_, extension) = name.rsplit_once('.').expect("an extension");
                let path = folder.join(key(format)).join(format!("{case}.{extension}"));
                fs::write(path, text.expose()).expect("a file for each pair");
            }
            Err(err) => _ = refused.insert(key(format), err.to_string()),
        }
    }
    refused
}

/// In the forms that AWS documents. Every third secret starts with a symbol, half of them with `+`; a tenth of the user names
/// start with `=`.
fn plausible(rng: &mut Rng) -> [String; 3] {
    let length = rng.usize(1..=64);
    let mut user = pick(rng, USER, length);
    if rng.u8(..) < 25 {
        user.replace_range(..1, "=");
    }
    let id = format!("AKIA{}", pick(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16));
    let first = rng.choice(["+", "/", "", "", "", ""]).unwrap_or_default();
    let secret = format!("{first}{}", pick(rng, BASE64, 40 - first.len()));
    [user, id, secret]
}

/// Anything printable, with few kinds of traps each: otherwise every format but JSON would refuse nearly all.
fn hostile(rng: &mut Rng) -> [String; 3] {
    let mut parts = vec!["a", "Z9", "+", "/", "=", "x-y_z."];
    for _ in 0..rng.usize(0..=2) {
        parts.extend(rng.choice(TRAPS));
    }
    if rng.u8(..) < 64 {
        parts.extend(rng.choice(WIDE));
    }
    let user = if rng.bool() { pick(rng, USER, 8) } else { join(rng, &parts) };
    if rng.u8(..) < 64 {
        // Only the name is hostile: a trap in the pair would hide the effect of the name.
        let [_, id, secret] = plausible(rng);
        let trap = if rng.bool() { "," } else { rng.choice(TRAPS).unwrap_or_default() };
        return [join(rng, &["a", "Z9", "+", "x-y_z.", trap]), id, secret];
    }
    [user, join(rng, &parts), join(rng, &parts)]
}

fn join(rng: &mut Rng, parts: &[&str]) -> String {
    (0..rng.usize(1..=12)).filter_map(|_| rng.choice(parts)).copied().collect()
}

fn pick(rng: &mut Rng, from: &str, length: usize) -> String {
    let from: Vec<char> = from.chars().collect();
    (0..length).filter_map(|_| rng.choice(&from)).collect()
}

fn files() -> impl Iterator<Item = PairFormat> {
    PairFormat::ALL.into_iter().filter(|format| format.is_for_files())
}

/// The name of the format in the settings.
fn key(format: PairFormat) -> String {
    let key = serde_json::to_value(format).expect("a name");
    key.as_str().expect("a string").to_owned()
}

fn setting(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the test is told by its environment what to write where")]
    std::env::var(name).ok()
}
