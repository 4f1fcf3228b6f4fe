//! The journal of intents: what was asked of AWS and has not ended yet, so that no crash makes an orphan in silence.
//!
//! One file for each run of the program, locked as long as the run lives: the system drops the lock however the run ends.
//! The next run takes over what it finds unlocked. No secret is in it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::{make_private, records, state_folder};
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

/// The journal of this run. Every line is on the disk before the call returns. Clones write to the same file.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
    /// Once it is open.
    file: Arc<OnceLock<File>>,
}

impl Journal {
    /// The folder for it in the platform's place for state; `None` if there is none.
    pub fn folder_of_user() -> Option<PathBuf> {
        Some(state_folder()?.join("intents"))
    }

    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), file: Arc::default() }
    }

    /// Starts the journal of this run, and gives what runs that are over have left unfinished. They are in this one now.
    pub fn open(&self) -> io::Result<Vec<Intent>> {
        make_private(&self.folder)?;
        // Two runs that start at once must not take each other's new file for a forgotten one.
        let _guard = records::lock(&self.folder.join("lock"))?;
        let left = forgotten(&self.folder)?;
        let file = tempfile::Builder::new().prefix("run-").suffix(SUFFIX).tempfile_in(&self.folder)?;
        let (file, _) = file.keep()?;
        file.lock()?;
        let mut unfinished = Vec::new();
        for (path, intents) in left {
            for intent in intents {
                records::append(&file, &Line::Wished(intent.clone()))?;
                unfinished.push(intent);
            }
            fs::remove_file(path)?;
        }
        self.file.set(file).ok();
        Ok(unfinished)
    }

    /// Before the request is sent.
    pub fn wish(&self, intent: &Intent) -> io::Result<()> {
        self.write(&Line::Wished(intent.clone()))
    }

    /// The secret has arrived, and may not have been saved yet.
    pub fn made(&self, id: &IntentId, key: &KeyId) -> io::Result<()> {
        self.write(&Line::Made { id: id.clone(), key: key.clone() })
    }

    /// Refused, saved or discarded: nothing to report at the next start.
    pub fn close(&self, id: &IntentId) -> io::Result<()> {
        self.write(&Line::Closed(id.clone()))
    }

    fn write(&self, line: &Line) -> io::Result<()> {
        if self.file.get().is_none() {
            // It could not be opened before. What it finds now stays in it for the next start.
            self.open()?;
        }
        let file = self.file.get().ok_or_else(|| io::Error::other("it is not open"))?;
        records::append(file, line)
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
    for line in records::parse(text) {
        match line {
            // Twice, where a run ended while it took over the journal of another.
            Line::Wished(intent) if intents.iter().any(|known| known.id == intent.id) => {}
            Line::Wished(intent) => intents.push(intent),
            Line::Made { id, key } => made(&mut intents, &id, &key),
            Line::Closed(id) => intents.retain(|intent| intent.id != id),
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
    use std::io::Write as _;

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

    /// The next run, and what it finds.
    fn open(folder: &Path) -> (Journal, Vec<Intent>) {
        let journal = Journal::in_folder(folder);
        let found = journal.open().unwrap();
        (journal, found)
    }

    #[test]
    fn what_is_not_closed_is_found_by_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, found) = open(folder.path());
        assert!(found.is_empty(), "nothing at the first start");
        for number in 1..=3 {
            journal.wish(&intent(number)).unwrap();
        }
        journal.close(&intent(1).id).unwrap();
        journal.made(&intent(2).id, &KeyId::new("new")).unwrap();
        drop(journal);
        let (_journal, found) = open(folder.path());
        let second = Intent { made: Some(KeyId::new("new")), ..intent(2) };
        let mut third = intent(3);
        third.known.push(KeyId::new("new"));
        assert_eq!(found, [second, third]);
    }

    #[test]
    fn a_run_that_lives_keeps_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let (first, _) = open(folder.path());
        first.wish(&intent(1)).unwrap();
        let (_second, found) = open(folder.path());
        assert!(found.is_empty(), "the first run still holds it");
    }

    #[test]
    fn what_was_found_is_found_again_until_it_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let (first, _) = open(folder.path());
        first.wish(&intent(1)).unwrap();
        drop(first);
        let (second, found) = open(folder.path());
        assert_eq!(found.len(), 1);
        drop(second);
        let (third, found) = open(folder.path());
        assert_eq!(found, [intent(1)], "the second run was cut off too");
        third.close(&intent(1).id).unwrap();
        drop(third);
        assert!(open(folder.path()).1.is_empty());
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
            let (journal, _) = open(folder.path());
            journal.file.get().unwrap().write_all(&torn.as_bytes()[..cut]).unwrap();
            journal.wish(&intent(2)).unwrap();
            drop(journal);
            assert_eq!(open(folder.path()).1, [intent(2)], "cut at {cut}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("state/intents");
        let (journal, _) = open(&deep);
        let mode = |mode: fs::Permissions| mode.mode() & 0o777;
        assert_eq!(mode(fs::metadata(&deep).unwrap().permissions()), 0o700);
        assert_eq!(mode(journal.file.get().unwrap().metadata().unwrap().permissions()), 0o600);
    }

    #[test]
    fn the_key_of_one_creation_is_not_taken_for_that_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path());
        let key = KeyId::new("AKIASAVED");
        journal.wish(&intent(1)).unwrap();
        journal.wish(&intent(2)).unwrap();
        journal.made(&intent(2).id, &key).unwrap();
        journal.close(&intent(2).id).unwrap();
        drop(journal);
        let (_, found) = open(folder.path());
        let [left] = &found[..] else { panic!("one is unfinished: {found:?}") };
        assert_eq!(left.id, intent(1).id);
        assert!(left.known.contains(&key), "it was saved, and is no orphan of the other");
    }

    #[test]
    fn an_intent_adopted_twice_is_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path());
        journal.wish(&intent(1)).unwrap();
        journal.wish(&intent(1)).unwrap();
        drop(journal);
        assert_eq!(open(folder.path()).1.len(), 1);
    }

    #[test]
    fn what_earlier_versions_wrote_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let wished = r#"{"wished":{"id":"0-1","account_id":"123456789012","account_name":"lab","endpoint":"iam.amazonaws.com","user":"bob","at":"1970-01-01T00:00:00Z","known":["old"],"made":null}}"#;
        let made = r#"{"made":{"id":"0-1","key":"new"}}"#;
        fs::write(folder.path().join("run-abc.jsonl"), format!("\n{wished}\n\n{made}\n")).unwrap();
        let (_journal, found) = open(folder.path());
        assert_eq!(found, [Intent { made: Some(KeyId::new("new")), ..intent(1) }]);
    }

    #[test]
    fn a_journal_that_could_not_be_opened_is_tried_again_with_the_next_line() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("intents");
        fs::write(&blocked, "").unwrap();
        let journal = Journal::in_folder(&blocked);
        assert!(journal.open().is_err(), "a file is where its folder should be");
        assert!(journal.wish(&intent(1)).is_err());
        fs::remove_file(&blocked).unwrap();
        journal.wish(&intent(2)).unwrap();
        drop(journal);
        assert_eq!(open(&blocked).1, [intent(2)]);
    }
}
