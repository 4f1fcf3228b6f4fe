//! The records of batches: read once, and written as they come.

use std::time::Duration;

use super::Tasks;
use super::writer::Writer;
use crate::core::{BatchItem, BatchMsg, Msg};
use crate::desk::BatchStore;
use crate::domain::BatchRecord;

/// How long a change waits for a disk that does not answer.
const WITHIN: Duration = Duration::from_secs(5);

impl Tasks {
    /// Reads what earlier runs have left open. The files lie beside those of the activity.
    pub(super) fn open_batches(&mut self) {
        let Some(folder) = &self.services.activity else { return };
        let store = BatchStore::in_folder(folder);
        self.batches = Some(store.clone());
        self.read(move || store.open(), |read| Msg::Batch(read.map_or_else(not_kept, BatchMsg::Found)));
    }

    pub(super) fn record_batch(&mut self, lines: Vec<BatchRecord>) {
        let Some(store) = self.batches.clone() else { return };
        let written = self.writer.run(move || lines.iter().try_for_each(|line| store.append(line)));
        self.write(written, |reason| Msg::Batch(not_kept(reason)));
    }

    /// Where the record of a key is written before it is changed. The practice account does not outlive the program.
    pub(super) fn batch_writer(&self, is_practice: bool) -> BatchWriter {
        let store = self.batches.clone().filter(|_| !is_practice);
        BatchWriter(store.map(|store| (self.writer.clone(), store)))
    }
}

/// Writes the record of a key before it is changed.
pub(super) struct BatchWriter(Option<(Writer, BatchStore)>);

impl BatchWriter {
    /// The record is on the disk when this returns. `Some`: what to report where it could not be written; the change is sent
    /// all the same, because the administrator is at the screen.
    pub(super) async fn write_sent(&self, item: &BatchItem) -> Option<Msg> {
        let (writer, store) = self.0.clone()?;
        let line = BatchRecord::Sent { id: item.batch.clone(), row: item.row };
        let written = writer.run(move || store.append(&line));
        let late = |_| Err("the disk does not answer".to_owned());
        let written = tokio::time::timeout(WITHIN, written).await.unwrap_or_else(late);
        written.err().map(|reason| Msg::Batch(not_kept(reason)))
    }
}

fn not_kept(reason: String) -> BatchMsg {
    BatchMsg::NotKept { reason }
}
