//! Names made to deceive or to inject: how they are shown, and how they are written.

#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]
#![expect(clippy::print_stdout, reason = "a figure is printed where it is made")]

mod eye;
#[path = "../figure/write.rs"]
mod figure;
mod strings;

use std::collections::BTreeMap;

use eye::{is_unseen, seen};
use figure::Figure;
use keyfob::core::NoticeKind;
use keyfob::desk::credentials::ProfileName;
use keyfob::domain::{
    Cause, Failure, KeyId, KeyPair, KeyStatus, PairFormat, Secret, UserName, spell_out_hidden,
};
use keyfob::ui::words;
use strings::{PLAIN, hostile};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

#[test]
fn no_hostile_name_passes_for_another_one_or_breaks_out_of_a_file() {
    let names = hostile();
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, why) in
        shown_wrongly(&names).into_iter().chain(names.iter().flat_map(|name| written_wrongly(name)))
    {
        wrong.entry(start_of(&name)).or_default().push(why);
    }
    Figure {
        name: "hostile_strings_wrong",
        value: wrong.len().into(),
        unit: format!("of {} hostile strings", names.len()),
        target: "0".to_owned(),
        holds: wrong.is_empty() && names.len() >= 200,
        command: "cargo test --test hostile",
    }
    .write();
    assert!(names.len() >= 200, "{} hostile strings", names.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A server other than AWS may use any text as a key id.
#[test]
fn no_message_hides_a_part_of_a_key_id() {
    for name in hostile() {
        for event in events_about(&KeyId::new(name.as_str())) {
            let (title, text) = words::event(&event, None);
            let unseen = title.chars().chain(text.chars()).find(|char| is_unseen(*char));
            assert_eq!(unseen, None, "of {name:?} in {title:?}");
        }
    }
}

/// All events with a key.
fn events_about(key: &KeyId) -> Vec<NoticeKind> {
    let (user, key, text) = (UserName::new("bob"), key.clone(), String::new());
    let failure = Failure::new("iam:TagUser", Cause::Throttled);
    let status = KeyStatus::Inactive;
    vec![
        NoticeKind::StatusSet { user: user.clone(), key: key.clone(), status, undoable: true },
        NoticeKind::Deleted { user: user.clone(), key: key.clone() },
        NoticeKind::GoneAlready { user: user.clone(), key: key.clone() },
        NoticeKind::Described { user: user.clone(), key: key.clone(), text: text.clone(), before: None },
        NoticeKind::StatusRefused { user: user.clone(), key: key.clone(), status, failure: failure.clone() },
        NoticeKind::StatusLost { user: user.clone(), key: key.clone(), status, failure: failure.clone() },
        NoticeKind::NotDescribed { user: user.clone(), key: key.clone(), text, failure: failure.clone() },
        NoticeKind::NotUndescribed { user, key, failure },
    ]
}

/// Names that read like another one, or whose displayed form contains something invisible.
fn shown_wrongly(names: &[String]) -> Vec<(String, String)> {
    let all = PLAIN.into_iter().chain(names.iter().map(String::as_str));
    let mut read: BTreeMap<String, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for name in all {
        let shown = spell_out_hidden(name);
        if shown.chars().any(is_unseen) {
            wrong.push((name.to_owned(), "something in it is not seen".to_owned()));
        }
        match read.insert(seen(&shown), name) {
            Some(other) if other != name => {
                wrong.push((name.to_owned(), format!("read like {:?}", start_of(other))));
            }
            _ => {}
        }
    }
    wrong
}

/// The problems of files with this user's name.
fn written_wrongly(name: &str) -> Vec<(String, String)> {
    let user = UserName::new(name);
    let formats = PairFormat::ALL.into_iter().filter(|format| !is_just_the_pair(*format, &user));
    let mut wrong: Vec<String> =
        formats.map(|format| format!("{format:?} holds more than the pair")).collect();
    let files = PairFormat::ALL.into_iter().filter(|format| !is_plain_file(&format.file_name(&user)));
    wrong.extend(files.map(|format| format!("the file name of {format:?}")));
    let profile = |char: char| char.is_ascii_alphanumeric() || "_.@+-".contains(char);
    let fits = !name.is_empty() && name.len() <= 128 && name.chars().all(profile) && name != "DEFAULT";
    if ProfileName::parse(name).is_ok() && !fits {
        wrong.push("the name of a profile".to_owned());
    }
    wrong.into_iter().map(|why| (name.to_owned(), why)).collect()
}

/// Refused, or the same as for bob except for the name, which IAM allows or which is a JSON string.
fn is_just_the_pair(format: PairFormat, user: &UserName) -> bool {
    let pair = KeyPair { id: KeyId::new(ID), secret: Secret::new(SECRET.to_owned()), created: None };
    let Ok(text) = format.text(&pair, user) else { return true };
    let of_bob = format.text(&pair, &UserName::new("bob")).expect("a harmless name");
    let (text, of_bob) = (text.expose(), of_bob.expose());
    if format == PairFormat::Json {
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        let mut expected = read(of_bob).expect("JSON");
        *expected.pointer_mut("/AccessKey/UserName").expect("a name") = user.as_str().into();
        return read(text) == Some(expected) && lines(text) == lines(of_bob);
    }
    let of_iam = |char: char| char.is_ascii_alphanumeric() || "_+=,.@-".contains(char);
    text == of_bob || (user.as_str().chars().all(of_iam) && text == of_bob.replace("bob", user.as_str()))
}

/// As counted by Python's `splitlines`, which has the most kinds of line ends.
fn lines(text: &str) -> usize {
    let ends = |char| matches!(char, '\n'..='\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.matches(ends).count()
}

/// Only the letters A to Z, digits, `-` and `_`, one dot, and not too long for any file system.
fn is_plain_file(name: &str) -> bool {
    let plain = |text: &str| text.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
    let parts = name.split_once('.');
    parts.is_some_and(|(stem, end)| plain(stem) && plain(end) && stem.ends_with("access-key"))
        && name.len() < 90
}

fn start_of(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Without it, finding nothing would prove nothing.
#[test]
fn the_eye_is_deceived_where_nothing_is_done() {
    for (name, plain) in [
        ("bo\u{200B}b", "bob"),
        ("\u{202E}bob", "bob"),
        ("bob ", "bob"),
        ("bo\u{A0}b", "bo b"),
        ("r\u{43E}ot", "root"),
        ("\u{FF42}\u{FF4F}\u{FF42}", "bob"),
        ("\u{1D41B}\u{1D428}\u{1D41B}", "bob"),
        ("bo\u{301}b", "bob"),
        ("\u{FB01}nance", "finance"),
    ] {
        assert_eq!(seen(name), plain, "{name:?}");
    }
}
