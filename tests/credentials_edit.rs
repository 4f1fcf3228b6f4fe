//! Random credentials files and random edits: nothing is lost, nothing is added, and every reader finds the pair.
//!
//! `KEYFOB_CASES` sets the number of edits (default 2,000).

#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]

#[path = "credentials/figure.rs"]
mod figure;
#[path = "credentials/files.rs"]
mod files;
#[path = "credentials/readers.rs"]
mod readers;

use std::cell::Cell;
use std::fmt::Write as _;

use keyfob::desk::credentials::{ChangeKind, EditError, ProfileName, edit};
use keyfob::domain::{KeyId, Secret};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use files::Case;
use readers::Profiles;

const ID: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";
const TOKENS: [&str; 2] = ["aws_session_token", "aws_security_token"];

fn cases() -> u32 {
    let text = std::env::var_os("KEYFOB_CASES").and_then(|text| text.into_string().ok());
    text.map_or(2_000, |text| text.replace([',', '_'], "").parse().expect("KEYFOB_CASES is a number"))
}

/// Refused edits do not count, so `cases` is the number of edits made.
fn runner() -> TestRunner {
    let cases = cases();
    let config =
        Config { cases, max_global_rejects: 4 * cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
}

/// The file after the edit. A refused case does not count.
fn edited(case: &Case) -> Result<(Vec<u8>, ChangeKind), TestCaseError> {
    let (id, secret) = (KeyId::new(case.id.as_str()), Secret::new(case.secret.clone()));
    match edit(&case.before, &case.profile, &id, &secret) {
        Ok(edit) => Ok((edit.after.to_vec(), edit.change.kind)),
        Err(EditError::Id | EditError::Secret) => Err(TestCaseError::fail("the pair is a good one")),
        Err(reason) => Err(TestCaseError::reject(reason.to_string())),
    }
}

#[test]
fn no_byte_outside_the_edited_lines_changes() {
    let changed = Cell::new(0);
    let done = runner().run(&files::case(), |case| {
        let (after, kind) = edited(&case)?;
        let differ = match kind {
            ChangeKind::NewSection => {
                let (old, new) = after.split_at_checked(case.before.len()).unwrap_or_default();
                prop_assert!(is_new_section(new, &case), "{:?}", lossy(new));
                differences(&case.before, old)
            }
            _ => differences(
                &untouched(&case.before, &case, None),
                &untouched(&after, &case, Some(&case.before)),
            ),
        };
        changed.set(changed.get() + differ);
        prop_assert_eq!(differ, 0, "{:?}", lossy(&after));
        Ok(())
    });
    figure::write(&figure::Figure {
        name: "credentials_bytes_changed",
        value: changed.get(),
        unit: &format!("of {} edits", cases()),
        target: "0",
        holds: done.is_ok() && changed.get() == 0,
        command: &format!("KEYFOB_CASES={} cargo test --test credentials_edit no_byte", cases()),
    });
    done.expect("no byte changes");
}

#[test]
fn every_reader_finds_the_pair_and_all_else_as_it_was() {
    let done = runner().run(&files::case(), |case| {
        let (after, _) = edited(&case)?;
        for read in [readers::python, readers::sdk] {
            let expected = with_pair(read(&lossy(&case.before)), &case);
            prop_assert_eq!(read(&lossy(&after)), expected, "{:?}", lossy(&after));
        }
        Ok(())
    });
    done.expect("every reader finds the pair");
}

#[test]
fn an_edit_that_is_made_again_changes_nothing() {
    let done = runner().run(&files::case(), |mut case| {
        let (after, _) = edited(&case)?;
        case.before.clone_from(&after);
        let again = edited(&case).map_err(|err| TestCaseError::fail(err.to_string()))?;
        prop_assert_eq!(again.0, after);
        Ok(())
    });
    done.expect("the second edit is the first one");
}

#[test]
fn no_name_and_no_value_ever_makes_a_second_section_or_key() {
    let hostile = || {
        prop_oneof![
            any::<String>(),
            "[\\[\\]\r\n\t =:;#a-zA-Z0-9\u{0}\u{85}\u{2028}]{0,40}",
            "[A-Za-z0-9/+=]{1,40}",
            "[A-Za-z0-9_.@+-]{1,20}",
            "[A-Za-z0-9]{1,20}(\r|\n|\r\n|\u{85})credential_process *= *x",
        ]
    };
    let done = TestRunner::new(Config { cases: cases(), failure_persistence: None, ..Config::default() })
        .run(&(hostile(), hostile(), hostile()), |(name, id, secret)| {
            let Ok(profile) = ProfileName::parse(&name) else { return Ok(()) };
            let Ok(edit) = edit(b"", &profile, &KeyId::new(id.as_str()), &Secret::new(secret.clone())) else {
                return Ok(());
            };
            let case = Case { before: Vec::new(), profile, id, secret };
            for read in [readers::python, readers::sdk] {
                let expected = with_pair(Profiles::new(), &case);
                prop_assert_eq!(read(&lossy(&edit.after)), expected);
            }
            Ok(())
        });
    done.expect("one section with two keys");
}

#[test]
fn any_bytes_at_all_are_edited_or_refused() {
    let done = TestRunner::new(Config { cases: cases(), failure_persistence: None, ..Config::default() })
        .run(&prop::collection::vec(any::<u8>(), 0..200), |before| {
            let profile = ProfileName::parse("ci").expect("a good name");
            if let Ok(edit) = edit(&before, &profile, &KeyId::new("A"), &Secret::new("s".to_owned())) {
                prop_assert!(edit.after.starts_with(&before), "nothing but an addition");
            }
            Ok(())
        });
    done.expect("no file is damaged");
}

/// Writes `N.before`, `N.after` and `cases.tsv` (N, profile, id, secret) for `credentials/read_back.py`.
#[test]
#[ignore = "needs a folder to write to and read_back.py to read it"]
fn write_files_to_read_back() {
    let folder = std::env::var_os("KEYFOB_READ_BACK").expect("KEYFOB_READ_BACK names the folder to write to");
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder).expect("the folder");
    let table = std::cell::RefCell::new(String::new());
    let number = Cell::new(0);
    let done = runner().run(&files::case(), |case| {
        let (after, _) = edited(&case)?;
        number.set(number.get() + 1);
        let path = folder.join(number.get().to_string());
        std::fs::write(path.with_extension("before"), &case.before).expect("written");
        std::fs::write(path.with_extension("after"), after).expect("written");
        let (number, name) = (number.get(), case.profile.as_str());
        writeln!(table.borrow_mut(), "{number}\t{name}\t{}\t{}", case.id, case.secret).expect("kept");
        Ok(())
    });
    done.expect("the files are written");
    std::fs::write(folder.join("cases.tsv"), table.into_inner()).expect("written");
}

/// What a reader should find after the edit.
fn with_pair(mut profiles: Profiles, case: &Case) -> Profiles {
    let profile = profiles.entry(case.profile.as_str().to_owned()).or_default();
    profile.retain(|key, _| !TOKENS.contains(&key.as_str()));
    profile.insert(ID.to_owned(), case.id.clone());
    profile.insert(SECRET.to_owned(), case.secret.clone());
    profiles
}

/// The file without the lines that an edit of this profile may change. Given the previous file, also without comments after
/// values, and without a new section.
fn untouched(file: &[u8], case: &Case, before: Option<&[u8]>) -> Vec<u8> {
    let moved = before.map(comments_of_pair).unwrap_or_default();
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut inside = false;
    for line in file.split_inclusive(|byte| *byte == b'\n') {
        let text = lossy(line);
        if text.starts_with('[') {
            inside = text.starts_with(&format!("[{}]", case.profile.as_str()));
        }
        if !(inside && is_of_pair(&text)) {
            kept.push(line);
        } else if kept.last().is_some_and(|last| moved.contains(&lossy(last).trim_end().to_owned())) {
            kept.pop();
        }
    }
    let mut kept = kept.concat();
    // Adding a missing line end at the end of the file is no change.
    if !case.before.ends_with(b"\n") && kept.ends_with(b"\n") {
        kept.truncate(kept.strip_suffix(b"\r\n").or_else(|| kept.strip_suffix(b"\n")).map_or(0, <[u8]>::len));
    }
    kept
}

fn is_of_pair(line: &str) -> bool {
    let key = line.split('=').next().unwrap_or_default().trim().to_ascii_lowercase();
    line.contains('=') && (key == ID || key == SECRET || TOKENS.contains(&key.as_str()))
}

fn comments_of_pair(file: &[u8]) -> Vec<String> {
    let text = lossy(file);
    let comments = text.lines().filter(|line| is_of_pair(line)).filter_map(|line| {
        let rest = line.strip_prefix(readers::without_comment(line))?.trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    });
    comments.collect()
}

/// A section with the pair, after the line ends that start a new line and leave one empty.
fn is_new_section(text: &[u8], case: &Case) -> bool {
    let text = lossy(text).replace("\r\n", "\n");
    let Case { profile, id, secret, .. } = case;
    let section = text.trim_start_matches('\n');
    text.len() - section.len() <= 2 && section == format!("[{profile}]\n{ID} = {id}\n{SECRET} = {secret}\n")
}

fn differences(before: &[u8], after: &[u8]) -> usize {
    before.len().abs_diff(after.len())
        + before.iter().zip(after).filter(|(before, after)| before != after).count()
}

/// Without a byte order mark, which these readers do not support.
fn lossy(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned()
}
