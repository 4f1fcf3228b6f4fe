//! The journal of intents: what earlier runs left is found at the start, and lines go to the one writer.

use std::io;
use std::time::Duration;

use super::Tasks;
use super::writer::Writer;
use crate::core::{JournalMsg, Msg};
use crate::desk::Journal;

/// How long a creation waits for a disk that does not answer.
const WITHIN: Duration = Duration::from_secs(5);

/// Where lines are asked for. The default one has no journal: nothing is to be written down.
#[derive(Clone, Default)]
pub(super) struct JournalWriter(Option<(Writer, Journal)>);

impl JournalWriter {
    /// The line has its place in the order when this returns, and is on the disk when the future ends. `Some`: what to say
    /// where it could not be written.
    pub(super) fn write<L>(&self, line: L) -> impl Future<Output = Option<Msg>> + Send + use<L>
    where
        L: FnOnce(&Journal) -> io::Result<()> + Send + 'static,
    {
        let written = self.0.clone().map(|(writer, journal)| writer.run(move || line(&journal)));
        async move {
            let late = |_| Err("the disk does not answer".to_owned());
            tokio::time::timeout(WITHIN, written?).await.unwrap_or_else(late).err().map(not_written)
        }
    }
}

fn not_written(reason: String) -> Msg {
    Msg::Journal(JournalMsg::NotWritten { reason })
}

impl Tasks {
    pub(super) fn open_journal(&mut self) {
        let Some(folder) = &self.services.journal else { return };
        let journal = Journal::in_folder(folder);
        self.journal = JournalWriter(Some((self.writer.clone(), journal.clone())));
        self.read(
            move || journal.open(),
            |found| found.map_or_else(not_written, |found| Msg::Journal(JournalMsg::Found(found))),
        );
    }

    /// Writes a line into the journal.
    pub(super) fn note(&mut self, line: impl FnOnce(&Journal) -> io::Result<()> + Send + 'static) {
        let written = self.journal.write(line);
        self.spawn(super::AtExit::Finish, None, async move { written.await.into() });
    }
}
