use std::io::Write as _;

use super::*;
use crate::domain::{AccountRef, ActionKind, ActivityEntry, KeyId, Outcome, UserName};

fn entry(number: usize) -> ActivityEntry {
    ActivityEntry {
        at: jiff::Timestamp::UNIX_EPOCH,
        account: AccountRef {
            id: "123456789012".into(),
            name: "lab".into(),
            endpoint: "iam.amazonaws.com".into(),
        },
        caller: "arn:aws:iam::123456789012:user/anna".into(),
        what: ActionKind::Deactivate,
        user: UserName::new(format!("user-{number}")),
        key: Some(KeyId::new("AKIAIOSFODNN7EXAMPLE")),
        outcome: Outcome::Done,
        reason: None,
        request_id: None,
    }
}

fn stand() -> (tempfile::TempDir, Records<ActivityEntry>) {
    let folder = tempfile::tempdir().unwrap();
    let file = Records::in_folder(folder.path().join("state/keyfob"), "activity");
    (folder, file)
}

#[test]
fn what_is_written_is_read_in_its_order() {
    let (_folder, file) = stand();
    assert_eq!(file.read().unwrap(), [], "nothing at the first start");
    let entries: Vec<ActivityEntry> = (0..3).map(entry).collect();
    for entry in &entries {
        file.append(entry).unwrap();
    }
    assert_eq!(file.read().unwrap(), entries);
}

#[test]
fn a_line_that_broke_off_spoils_no_other() {
    let (_folder, file) = stand();
    file.append(&entry(0)).unwrap();
    let whole = fs::read(file.file("")).unwrap();
    for cut in 1..whole.len() {
        let torn = [&whole[..], &whole[..cut]].concat();
        fs::write(file.file(""), torn).unwrap();
        file.append(&entry(1)).unwrap();
        let read = file.read().unwrap();
        assert_eq!((read.first(), read.last()), (Some(&entry(0)), Some(&entry(1))), "cut at {cut}");
        // A line that lacks no more than its end is whole.
        assert_eq!(read.len(), if cut >= whole.len() - 1 { 3 } else { 2 }, "cut at {cut}");
    }
}

#[test]
fn garbage_is_skipped() {
    let (_folder, file) = stand();
    file.append(&entry(0)).unwrap();
    let mut raw = OpenOptions::new().append(true).open(file.file("")).unwrap();
    raw.write_all(b"\xFF\xFE\n{}\n[1]\n\n{\"what\":\"from the future\"}\n").unwrap();
    file.append(&entry(1)).unwrap();
    assert_eq!(file.read().unwrap(), [entry(0), entry(1)]);
}

#[test]
fn a_full_file_is_put_aside_and_two_are_kept() {
    let (_folder, file) = stand();
    let line = serde_json::to_string(&entry(0)).unwrap().len() as u64 + 1;
    // Room for three lines each.
    let file = Records { full: 3 * line, ..file };
    for number in 0..9 {
        file.append(&entry(number)).unwrap();
    }
    assert_eq!(file.read().unwrap(), (0..9).map(entry).collect::<Vec<_>>(), "all three are read");
    file.append(&entry(9)).unwrap();
    assert_eq!(file.read().unwrap(), (3..10).map(entry).collect::<Vec<_>>(), "the oldest file is gone");
    let names = fs::read_dir(&file.folder).unwrap().count();
    assert_eq!(names, 4, "three files and the lock");
}

#[test]
fn lines_of_runs_at_the_same_time_stay_whole_and_none_is_lost() {
    let (_folder, file) = stand();
    let line = serde_json::to_string(&entry(0)).unwrap().len() as u64 + 1;
    // 200 lines fill the first file and a part of the second: each run may be the one that puts it aside.
    let file = Records { full: 150 * line, ..file };
    std::thread::scope(|scope| {
        for run in 0..4 {
            let file = file.clone();
            scope.spawn(move || {
                for number in 0..50 {
                    file.append(&entry(run * 50 + number)).unwrap();
                }
            });
        }
    });
    let read = file.read().unwrap();
    assert_eq!(read.len(), 200);
    for run in 0..4 {
        let own =
            |entry: &&ActivityEntry| (run * 50..run * 50 + 50).any(|number| **entry == self::entry(number));
        let own: Vec<&ActivityEntry> = read.iter().filter(own).collect();
        let wanted: Vec<ActivityEntry> = (run * 50..run * 50 + 50).map(entry).collect();
        assert_eq!(own, wanted.iter().collect::<Vec<_>>(), "in the order of its run");
    }
}

#[test]
fn what_earlier_versions_wrote_is_read() {
    let (_folder, file) = stand();
    make_private(&file.folder).unwrap();
    let names = ["activity.2.jsonl", "activity.1.jsonl", "activity.jsonl"];
    for (number, name) in names.into_iter().enumerate() {
        let line = format!(
            r#"{{"at":"1970-01-01T00:00:00Z","place":{{"id":"123456789012","name":"lab","endpoint":"iam.amazonaws.com"}},"caller":"arn:aws:iam::123456789012:user/anna","what":"deactivate","user":"user-{number}","key":"AKIAIOSFODNN7EXAMPLE","outcome":"done"}}"#
        );
        fs::write(file.folder.join(name), format!("{line}\n")).unwrap();
    }
    assert_eq!(file.read().unwrap(), (0..3).map(entry).collect::<Vec<_>>());
}

#[test]
fn a_run_that_was_stopped_while_it_wrote_does_not_stop_another_for_ever() {
    let (_folder, file) = stand();
    file.append(&entry(0)).unwrap();
    let held = file.lock().unwrap();
    let err = file.append(&entry(1)).unwrap_err();
    assert_eq!(err.to_string(), "another Keyfob keeps it locked");
    drop(held);
    file.append(&entry(1)).unwrap();
    assert_eq!(file.read().unwrap(), [entry(0), entry(1)]);
}

#[test]
fn write_errors_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    fs::write(&blocked, "").unwrap();
    let file = Records::in_folder(blocked.join("below"), "activity");
    assert!(file.append(&entry(0)).is_err());
    assert_eq!(file.read().unwrap(), [], "and there is nothing to read");
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, file) = stand();
    let file = Records { full: 1, ..file };
    for number in 0..4 {
        file.append(&entry(number)).unwrap();
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file.folder), 0o700);
    for entry in fs::read_dir(&file.folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}
