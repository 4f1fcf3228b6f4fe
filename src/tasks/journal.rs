//! The one writer of the journal: lines are written in the order in which they were asked for.
//!
//! Which key was made must be there before its intent is closed, or another one of the same user would take it for its own.

use std::io;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};

use crate::core::{JournalMsg, Msg};
use crate::desk::Journal;

/// How long a line waits for a journal that is still being opened.
const OPEN_WITHIN: Duration = Duration::from_secs(5);

/// The journal once it is open, or why it cannot be.
pub(super) type Opened = Option<Result<Journal, String>>;

type Line = Box<dyn FnOnce(&Journal) -> io::Result<()> + Send>;

/// A line, and where its writer says what became of it.
type Asked = (Line, oneshot::Sender<Result<(), String>>);

/// Where lines are asked for. The default one has no journal: nothing is to be written down.
#[derive(Clone, Default)]
pub(super) struct Writer {
    queue: Option<mpsc::UnboundedSender<Asked>>,
}

impl Writer {
    /// Writes until nobody is left who could ask for a line.
    pub(super) fn start(runtime: &Handle, opened: watch::Receiver<Opened>) -> Self {
        let (queue, mut asked) = mpsc::unbounded_channel::<Asked>();
        let threads = runtime.clone();
        runtime.spawn(async move {
            while let Some((line, written)) = asked.recv().await {
                written.send(write(&threads, opened.clone(), line).await).ok();
            }
        });
        Self { queue: Some(queue) }
    }

    /// The line has its place in the queue when this returns, and is on the disk when the future ends. `Some`: what to tell
    /// where it could not be written.
    pub(super) fn write<L>(&self, line: L) -> impl Future<Output = Option<Msg>> + Send + use<L>
    where
        L: FnOnce(&Journal) -> io::Result<()> + Send + 'static,
    {
        let written = self.queue.as_ref().map(|queue| {
            let (tell, written) = oneshot::channel();
            queue.send((Box::new(line), tell)).ok();
            written
        });
        async move {
            let written = written?.await.unwrap_or_else(|_| ended_early());
            written.err().map(|reason| Msg::Journal(JournalMsg::NotWritten { reason }))
        }
    }
}

/// On a thread that may wait for a slow disk.
async fn write(threads: &Handle, mut opened: watch::Receiver<Opened>, line: Line) -> Result<(), String> {
    let journal = match tokio::time::timeout(OPEN_WITHIN, opened.wait_for(Option::is_some)).await {
        Ok(Ok(opened)) => opened.clone(),
        Ok(Err(_)) | Err(_) => None,
    };
    let journal = journal.unwrap_or_else(|| Err("it could not be opened in time".to_owned()))?;
    match threads.spawn_blocking(move || line(&journal)).await {
        Ok(written) => written.map_err(|err| err.to_string()),
        Err(_) => ended_early(),
    }
}

fn ended_early() -> Result<(), String> {
    Err("writing it ended early".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountRef, Intent, IntentId, KeyId, UserName};

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
            known: Vec::new(),
            made: None,
        }
    }

    #[test]
    fn lines_are_written_in_the_order_in_which_they_were_asked_for() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let key = KeyId::new("AKIASAVED");
        let (tell, opened) = watch::channel(None);
        let writer = Writer::start(runtime.handle(), opened);
        let asked = [
            Box::pin(writer.write(move |journal| journal.wish(&intent(1))))
                as std::pin::Pin<Box<dyn Future<Output = _>>>,
            Box::pin(writer.write(move |journal| journal.wish(&intent(2)))),
            // A slow disk: what comes after it waits.
            Box::pin(writer.write(move |journal| {
                std::thread::sleep(Duration::from_millis(50));
                journal.made(&intent(2).id, &key)
            })),
            Box::pin(writer.write(move |journal| journal.close(&intent(2).id))),
        ];
        let (journal, _) = Journal::open(folder.path()).unwrap();
        tell.send_replace(Some(Ok(journal)));
        for written in asked.into_iter().rev() {
            assert!(runtime.block_on(written).is_none(), "it was written");
        }
        drop((writer, tell, runtime));
        let (_, found) = Journal::open(folder.path()).unwrap();
        let left = Intent { known: vec![KeyId::new("AKIASAVED")], ..intent(1) };
        assert_eq!(found, [left], "the key of the other one is known");
    }
}
