use std::io::Write as _;
use std::sync::mpsc;

use super::*;
use crate::domain::{AccountRef, KeyId, Outcome, UserName, What};

fn deed(number: usize) -> Deed {
    Deed {
        at: jiff::Timestamp::UNIX_EPOCH,
        account: AccountRef {
            id: "123456789012".into(),
            name: "lab".into(),
            endpoint: "iam.amazonaws.com".into(),
        },
        caller: "arn:aws:iam::123456789012:user/anna".into(),
        what: What::Deactivate,
        user: UserName::new(format!("user-{number}")),
        key: Some(KeyId::new("AKIAIOSFODNN7EXAMPLE")),
        outcome: Outcome::Done,
        reason: None,
        request_id: None,
    }
}

fn stand() -> (tempfile::TempDir, ActivityFile) {
    let folder = tempfile::tempdir().unwrap();
    let file = ActivityFile::in_folder(folder.path().join("state/keyfob"));
    (folder, file)
}

#[test]
fn what_is_written_is_read_in_its_order() {
    let (_folder, file) = stand();
    assert_eq!(file.read().unwrap(), [], "nothing at the first start");
    let deeds: Vec<Deed> = (0..3).map(deed).collect();
    for deed in &deeds {
        file.append(deed).unwrap();
    }
    assert_eq!(file.read().unwrap(), deeds);
}

#[test]
fn a_line_that_broke_off_spoils_no_other() {
    let (_folder, file) = stand();
    file.append(&deed(0)).unwrap();
    let whole = fs::read(file.path()).unwrap();
    for cut in 1..whole.len() {
        let torn = [&whole[..], &whole[..cut]].concat();
        fs::write(file.path(), torn).unwrap();
        file.append(&deed(1)).unwrap();
        let read = file.read().unwrap();
        assert_eq!((read.first(), read.last()), (Some(&deed(0)), Some(&deed(1))), "cut at {cut}");
        // A line that lacks no more than its end is whole.
        assert_eq!(read.len(), if cut >= whole.len() - 1 { 3 } else { 2 }, "cut at {cut}");
    }
}

#[test]
fn garbage_is_skipped() {
    let (_folder, file) = stand();
    file.append(&deed(0)).unwrap();
    let mut raw = OpenOptions::new().append(true).open(file.path()).unwrap();
    raw.write_all(b"\xFF\xFE\n{}\n[1]\n\n{\"what\":\"from the future\"}\n").unwrap();
    file.append(&deed(1)).unwrap();
    assert_eq!(file.read().unwrap(), [deed(0), deed(1)]);
}

#[test]
fn a_full_file_is_put_aside_and_two_are_kept() {
    let (_folder, file) = stand();
    let line = serde_json::to_string(&deed(0)).unwrap().len() as u64 + 1;
    // Room for three lines each.
    let file = ActivityFile { full: 3 * line, ..file };
    for number in 0..9 {
        file.append(&deed(number)).unwrap();
    }
    assert_eq!(file.read().unwrap(), (0..9).map(deed).collect::<Vec<_>>(), "all three are read");
    file.append(&deed(9)).unwrap();
    assert_eq!(file.read().unwrap(), (3..10).map(deed).collect::<Vec<_>>(), "the oldest file is gone");
    let names = fs::read_dir(&file.folder).unwrap().count();
    assert_eq!(names, 4, "three files and the lock");
}

#[test]
fn lines_of_runs_at_the_same_time_stay_whole_and_none_is_lost() {
    let (_folder, file) = stand();
    let line = serde_json::to_string(&deed(0)).unwrap().len() as u64 + 1;
    // 200 lines fill the first file and a part of the second: each run may be the one that puts it aside.
    let file = ActivityFile { full: 150 * line, ..file };
    std::thread::scope(|scope| {
        for run in 0..4 {
            let file = file.clone();
            scope.spawn(move || {
                for number in 0..50 {
                    file.append(&deed(run * 50 + number)).unwrap();
                }
            });
        }
    });
    let read = file.read().unwrap();
    assert_eq!(read.len(), 200);
    for run in 0..4 {
        let own = |deed: &&Deed| (run * 50..run * 50 + 50).any(|number| **deed == self::deed(number));
        let own: Vec<&Deed> = read.iter().filter(own).collect();
        let wanted: Vec<Deed> = (run * 50..run * 50 + 50).map(deed).collect();
        assert_eq!(own, wanted.iter().collect::<Vec<_>>(), "in the order of its run");
    }
}

#[test]
fn the_thread_writes_in_order_and_tells() {
    let (_folder, file) = stand();
    let thread = ActivityThread::start(file.clone()).unwrap();
    let (sender, told) = mpsc::channel();
    for number in 0..20 {
        let sender = sender.clone();
        thread.append(deed(number), move |written| sender.send((number, written.is_ok())).unwrap());
    }
    drop(sender);
    let told: Vec<_> = told.iter().collect();
    assert_eq!(told, (0..20).map(|number| (number, true)).collect::<Vec<_>>());
    assert_eq!(file.read().unwrap(), (0..20).map(deed).collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    fs::write(&blocked, "").unwrap();
    let file = ActivityFile::in_folder(blocked.join("below"));
    assert!(file.append(&deed(0)).is_err());
    assert_eq!(file.read().unwrap(), [], "and there is nothing to read");
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, file) = stand();
    let file = ActivityFile { full: 1, ..file };
    for number in 0..4 {
        file.append(&deed(number)).unwrap();
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file.folder), 0o700);
    for entry in fs::read_dir(&file.folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}
