//! The records of batches, and the run of the program that each batch belongs to.
//!
//! Several runs may be open at once, each on a display of its own. A run holds a lock as long as it lives, so that another one
//! does not take its batches for forgotten ones: the system drops the lock however the run ends.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::{Records, make_private, records};
use crate::domain::{BatchId, BatchRecord, KeptBatch, kept_batches};

const PREFIX: &str = "batches-";
const SUFFIX: &str = ".run";

/// The store of this run. Clones write to the same files.
#[derive(Clone, Debug)]
pub struct BatchStore {
    folder: PathBuf,
    records: Records<BatchRecord>,
    /// The name of this run, and the lock that it holds, once it is open.
    run: Arc<OnceLock<(String, File)>>,
}

impl BatchStore {
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self { records: Records::in_folder(&folder, "batches"), folder, run: Arc::default() }
    }

    /// What runs that are over have left open. It belongs to this run from now on.
    ///
    /// # Errors
    /// If the files cannot be read or written.
    pub fn open(&self) -> io::Result<Vec<KeptBatch>> {
        make_private(&self.folder)?;
        // Two runs that start at once must not take the same batch.
        let _guard = records::lock(&self.folder.join("batches.open"))?;
        remove_ended_runs(&self.folder)?;
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(&self.folder)?;
        let (file, path) = file.keep()?;
        file.lock()?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.run.set((name, file)).ok();
        let mut left = kept_batches(self.records.read()?);
        left.retain(|kept| kept.run.as_ref().is_none_or(|run| !self.folder.join(run).exists()));
        for kept in &left {
            self.take(kept.batch.id.clone())?;
        }
        Ok(left)
    }

    /// Adds a record. It is on the disk when this returns.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn append(&self, record: &BatchRecord) -> io::Result<()> {
        self.records.append(record)?;
        match record {
            BatchRecord::Planned { batch, .. } => self.take(batch.id.clone()),
            _ => Ok(()),
        }
    }

    fn take(&self, id: BatchId) -> io::Result<()> {
        let Some((run, _)) = self.run.get() else { return Ok(()) };
        self.records.append(&BatchRecord::Taken { id, run: run.clone() })
    }
}

/// What is left are the files of runs that live.
fn remove_ended_runs(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && is_over(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn is_over(path: &Path) -> bool {
    OpenOptions::new().read(true).write(true).open(path).is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountRef, Batch, BatchAction, BatchId, BatchKey, KeyId, UserName, plan_records};

    fn planned(number: u64) -> Vec<BatchRecord> {
        let account = AccountRef {
            id: "123456789012".into(),
            name: "lab".into(),
            endpoint: "iam.amazonaws.com".into(),
        };
        let at = jiff::Timestamp::UNIX_EPOCH;
        let batch =
            Batch { id: BatchId::new(at, number), account, action: BatchAction::Delete, at, undoes: None };
        plan_records(&batch, &[BatchKey { user: UserName::new("bob"), key: KeyId::new("AKIA") }])
    }

    fn open(folder: &Path) -> (BatchStore, usize) {
        let store = BatchStore::in_folder(folder);
        let found = store.open().unwrap().len();
        (store, found)
    }

    #[test]
    fn a_run_that_lives_keeps_its_own_and_the_next_one_takes_what_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let (first, found) = open(folder.path());
        assert_eq!(found, 0);
        for record in planned(1) {
            first.append(&record).unwrap();
        }
        let (second, found) = open(folder.path());
        assert_eq!(found, 0, "the first run still has it");
        drop(first);
        let (third, found) = open(folder.path());
        assert_eq!(found, 1, "the first run is over");
        let (_fourth, found) = open(folder.path());
        assert_eq!(found, 0, "the third run has it now");
        drop(third);
        drop(second);
        let (fifth, found) = open(folder.path());
        assert_eq!(found, 1);
        fifth.append(&BatchRecord::Closed { id: BatchId::new(jiff::Timestamp::UNIX_EPOCH, 1) }).unwrap();
        drop(fifth);
        assert_eq!(open(folder.path()).1, 0, "it is closed");
    }
}
