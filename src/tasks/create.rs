//! One creation: list, write the intent down, send once.

use std::io;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch::Receiver;

use super::calls::with_receipt;
use crate::aws::Connection;
use crate::clock::Clock;
use crate::core::{CreateMsg, CreateOutcome, JournalMsg, Msg, OpId};
use crate::desk::Journal;
use crate::domain::Intent;

/// How long a creation waits for a journal that is still being opened.
const OPEN_WITHIN: Duration = Duration::from_secs(5);

/// The journal once it is open, or why it cannot be.
pub(super) type Opened = Option<Result<Journal, String>>;

/// The journal, with the threads that may wait for a slow disk.
#[derive(Clone)]
pub(super) struct Writer {
    /// Without one nothing is to be written down.
    pub(super) journal: Option<Receiver<Opened>>,
    pub(super) runtime: Handle,
}

impl Writer {
    /// Writes on a thread that may wait. `Some`: what to tell where it could not be written.
    pub(super) async fn write(
        &self,
        line: impl FnOnce(&Journal) -> io::Result<()> + Send + 'static,
    ) -> Option<Msg> {
        let written = self.try_write(line).await?;
        written.err().map(|reason| Msg::Journal(JournalMsg::NotWritten { reason }))
    }

    async fn try_write(
        &self,
        line: impl FnOnce(&Journal) -> io::Result<()> + Send + 'static,
    ) -> Option<Result<(), String>> {
        let mut opened = self.journal.clone()?;
        let journal = match tokio::time::timeout(OPEN_WITHIN, opened.wait_for(Option::is_some)).await {
            Ok(Ok(opened)) => opened.clone(),
            Ok(Err(_)) | Err(_) => Some(Err("it could not be opened in time".to_owned())),
        };
        let journal = match journal? {
            Ok(journal) => journal,
            Err(reason) => return Some(Err(reason)),
        };
        let written = self.runtime.spawn_blocking(move || line(&journal)).await;
        Some(match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(err)) => Err(err.to_string()),
            Err(_) => Err("writing it ended early".to_owned()),
        })
    }
}

/// Makes one key. A journal that cannot be written is told and does not stop it: the administrator is at the screen.
///
/// The answer is handed over at once; what came of it is written down afterwards, so that no slow disk stands between AWS's
/// answer and the screen.
pub(super) async fn create(
    aws: &Connection,
    writer: &Writer,
    clock: &Clock,
    op: OpId,
    mut intent: Intent,
) -> Vec<Msg> {
    let answered = |outcome| Msg::Create(CreateMsg::Answered { op, outcome });
    let before = match aws.key_ids(&intent.user).await {
        Ok(before) => before,
        Err(failure) => return vec![answered(CreateOutcome::Refused(failure))],
    };
    intent.known = before.iter().cloned().collect();
    // Looking at the place and listing may have taken a while.
    intent.at = clock.now();
    let user = intent.user.clone();
    let mut messages = Vec::new();
    messages.extend(writer.write(move |journal| journal.wish(&intent)).await);
    let (outcome, id) = aws.create_key(&user, &before).await;
    messages.push(with_receipt(id, answered(outcome)));
    messages
}
