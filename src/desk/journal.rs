//! The journal of intents: what was asked of AWS and has not ended yet, so that no crash makes an orphan in silence.
//!
//! One file for each run of the program, locked as long as the run lives: the system drops the lock however the run ends.
//! The next run takes over what it finds unlocked. No secret is in it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{make_private, state_folder};
use crate::domain::{Intent, IntentId, KeyId};

const SUFFIX: &str = ".jsonl";

/// One line of the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Wished(Intent),
    /// Its secret has arrived.
    Made {
        id: IntentId,
        key: KeyId,
    },
    Closed(IntentId),
}

/// The journal of this run. Every line is on the disk before the call returns.
#[derive(Clone, Debug)]
pub struct Journal(Arc<File>);

impl Journal {
    /// The folder for it in the platform's place for state; `None` if there is none.
    pub fn folder_of_user() -> Option<PathBuf> {
        Some(state_folder()?.join("intents"))
    }

    /// Starts the journal of this run, and tells what runs that are over have left unfinished. They are in this one now.
    pub fn open(folder: &Path) -> io::Result<(Self, Vec<Intent>)> {
        make_private(folder)?;
        // Two runs that start at once must not take each other's new file for a forgotten one.
        let guard = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
        guard.lock()?;
        let left = forgotten(folder)?;
        let file = tempfile::Builder::new().prefix("run-").suffix(SUFFIX).tempfile_in(folder)?;
        let (file, _) = file.keep()?;
        file.lock()?;
        let journal = Self(Arc::new(file));
        let mut unfinished = Vec::new();
        for (path, intents) in left {
            for intent in intents {
                journal.wish(&intent)?;
                unfinished.push(intent);
            }
            fs::remove_file(path)?;
        }
        Ok((journal, unfinished))
    }

    /// Before the request is sent.
    pub fn wish(&self, intent: &Intent) -> io::Result<()> {
        self.write(&Line::Wished(intent.clone()))
    }

    /// The secret has arrived, and may not have been saved yet.
    pub fn made(&self, id: &IntentId, key: &KeyId) -> io::Result<()> {
        self.write(&Line::Made { id: id.clone(), key: key.clone() })
    }

    /// Refused, saved, or let go: nobody needs to be told of it.
    pub fn close(&self, id: &IntentId) -> io::Result<()> {
        self.write(&Line::Closed(id.clone()))
    }

    fn write(&self, line: &Line) -> io::Result<()> {
        // A line begins on a line of its own: what a full disk has kept of the one before must not spoil it.
        let mut text = vec![b'\n'];
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
        (&*self.0).write_all(&text)?;
        self.0.sync_data()
    }
}

/// The files of runs that are over, and what is unfinished in each.
fn forgotten(folder: &Path) -> io::Result<Vec<(PathBuf, Vec<Intent>)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.to_string_lossy().ends_with(SUFFIX) {
            continue;
        }
        // One file that cannot be read must not hide what the others tell.
        match of_ended_run(&path) {
            Ok(Some(text)) => found.push((path, unfinished(&text))),
            Ok(None) => {}
            Err(err) => log::warn!("a journal of an earlier run cannot be read: {err}"),
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// What the file says; `None` while its run goes on. Read through the handle that holds the lock: on Windows no other may.
fn of_ended_run(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    if file.try_lock().is_err() {
        return Ok(None);
    }
    let mut text = Vec::new();
    (&file).read_to_end(&mut text)?;
    Ok(Some(text))
}

/// What is left when all lines are followed. A line that broke off, or of another version, is skipped.
fn unfinished(text: &[u8]) -> Vec<Intent> {
    let mut intents: Vec<Intent> = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        match serde_json::from_slice(line) {
            // Twice, where a run ended while it took over the journal of another.
            Ok(Line::Wished(intent)) if intents.iter().any(|known| known.id == intent.id) => {}
            Ok(Line::Wished(intent)) => intents.push(intent),
            Ok(Line::Made { id, key }) => made(&mut intents, &id, &key),
            Ok(Line::Closed(id)) => intents.retain(|intent| intent.id != id),
            Err(_) => {}
        }
    }
    intents
}

/// The key belongs to this intent, and so to no other one of its user.
fn made(intents: &mut [Intent], id: &IntentId, key: &KeyId) {
    let Some(user) = intents.iter().find(|intent| intent.id == *id).map(|intent| intent.user.clone()) else {
        return;
    };
    for intent in intents.iter_mut().filter(|intent| intent.user == user) {
        if intent.id == *id {
            intent.made = Some(key.clone());
        } else {
            intent.known.push(key.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountRef, UserName};

    fn intent(number: u64) -> Intent {
        Intent {
            id: IntentId::new(jiff::Timestamp::UNIX_EPOCH, number),
            account: AccountRef {
                id: "123456789012".into(),
                name: "lab".into(),
                endpoint: "iam.amazonaws.com".into(),
            },
            user: UserName::new("bob"),
            at: jiff::Timestamp::UNIX_EPOCH,
            known: vec![KeyId::new("old")],
            made: None,
        }
    }

    #[test]
    fn what_is_not_closed_is_found_by_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, found) = Journal::open(folder.path()).unwrap();
        assert!(found.is_empty(), "nothing at the first start");
        for number in 1..=3 {
            journal.wish(&intent(number)).unwrap();
        }
        journal.close(&intent(1).id).unwrap();
        journal.made(&intent(2).id, &KeyId::new("new")).unwrap();
        drop(journal);
        let (_journal, found) = Journal::open(folder.path()).unwrap();
        let second = Intent { made: Some(KeyId::new("new")), ..intent(2) };
        let mut third = intent(3);
        third.known.push(KeyId::new("new"));
        assert_eq!(found, [second, third]);
    }

    #[test]
    fn a_run_that_lives_keeps_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let (first, _) = Journal::open(folder.path()).unwrap();
        first.wish(&intent(1)).unwrap();
        let (_second, found) = Journal::open(folder.path()).unwrap();
        assert!(found.is_empty(), "the first run still holds it");
    }

    #[test]
    fn what_was_found_is_found_again_until_it_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let (first, _) = Journal::open(folder.path()).unwrap();
        first.wish(&intent(1)).unwrap();
        drop(first);
        let (second, found) = Journal::open(folder.path()).unwrap();
        assert_eq!(found.len(), 1);
        drop(second);
        let (third, found) = Journal::open(folder.path()).unwrap();
        assert_eq!(found, [intent(1)], "the second run was cut off too");
        third.close(&intent(1).id).unwrap();
        drop(third);
        assert!(Journal::open(folder.path()).unwrap().1.is_empty());
    }

    #[test]
    fn a_line_that_broke_off_spoils_nothing() {
        let text = serde_json::to_string(&Line::Wished(intent(1))).unwrap();
        for cut in 0..text.len() {
            let torn = [text.as_bytes(), b"\n", &text.as_bytes()[..cut]].concat();
            assert_eq!(unfinished(&torn), [intent(1)], "cut at {cut}");
        }
        assert!(unfinished(b"\xFF\xFE garbage \n{}\n[1]").is_empty());
    }

    #[test]
    fn a_line_that_broke_off_does_not_spoil_the_next() {
        let torn = serde_json::to_string(&Line::Wished(intent(1))).unwrap();
        for cut in [1, torn.len() / 2, torn.len() - 1] {
            let folder = tempfile::tempdir().unwrap();
            let (journal, _) = Journal::open(folder.path()).unwrap();
            (&*journal.0).write_all(&torn.as_bytes()[..cut]).unwrap();
            journal.wish(&intent(2)).unwrap();
            drop(journal);
            assert_eq!(Journal::open(folder.path()).unwrap().1, [intent(2)], "cut at {cut}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("state/intents");
        let (journal, _) = Journal::open(&deep).unwrap();
        let mode = |mode: fs::Permissions| mode.mode() & 0o777;
        assert_eq!(mode(fs::metadata(&deep).unwrap().permissions()), 0o700);
        assert_eq!(mode(journal.0.metadata().unwrap().permissions()), 0o600);
    }

    #[test]
    fn the_key_of_one_creation_is_not_taken_for_that_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(folder.path()).unwrap();
        let key = KeyId::new("AKIASAVED");
        journal.wish(&intent(1)).unwrap();
        journal.wish(&intent(2)).unwrap();
        journal.made(&intent(2).id, &key).unwrap();
        journal.close(&intent(2).id).unwrap();
        drop(journal);
        let (_, found) = Journal::open(folder.path()).unwrap();
        let [left] = &found[..] else { panic!("one is unfinished: {found:?}") };
        assert_eq!(left.id, intent(1).id);
        assert!(left.known.contains(&key), "it was saved, and is no orphan of the other");
    }

    #[test]
    fn what_was_taken_over_twice_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(folder.path()).unwrap();
        journal.wish(&intent(1)).unwrap();
        journal.wish(&intent(1)).unwrap();
        drop(journal);
        assert_eq!(Journal::open(folder.path()).unwrap().1.len(), 1);
    }
}
