//! One creation: list, write the intent down, send once, write down what came of it.

use std::io;

use tokio::runtime::Handle;

use crate::aws::Connection;
use crate::core::{CreateMsg, CreateOutcome, JournalMsg, Msg, OpId};
use crate::desk::Journal;
use crate::domain::Intent;

/// The journal, with the threads that may wait for a slow disk. Without a journal nothing is written.
#[derive(Clone)]
pub(super) struct Writer {
    pub(super) journal: Option<Journal>,
    pub(super) runtime: Handle,
}

impl Writer {
    /// Writes on a thread that may wait. `Some`: what to tell where it could not be written.
    pub(super) async fn write(
        &self,
        line: impl FnOnce(&Journal) -> io::Result<()> + Send + 'static,
    ) -> Option<Msg> {
        let journal = self.journal.clone()?;
        let written = self.runtime.spawn_blocking(move || line(&journal)).await;
        let reason = match written {
            Ok(Ok(())) => return None,
            Ok(Err(err)) => err.to_string(),
            Err(_) => "writing it ended early".to_owned(),
        };
        Some(Msg::Journal(JournalMsg::NotWritten { reason }))
    }
}

/// Makes one key. A journal that cannot be written is told and does not stop it: the administrator is at the screen.
pub(super) async fn create(aws: &Connection, writer: &Writer, op: OpId, mut intent: Intent) -> Vec<Msg> {
    let answered = |outcome| Msg::Create(CreateMsg::Answered { op, outcome });
    let before = match aws.key_ids(&intent.user).await {
        Ok(before) => before,
        Err(failure) => return vec![answered(CreateOutcome::Refused(failure))],
    };
    intent.known = before.iter().cloned().collect();
    let (id, user) = (intent.id.clone(), intent.user.clone());
    let mut messages = Vec::new();
    messages.extend(writer.write(move |journal| journal.wish(&intent)).await);
    let outcome = aws.create_key(&user, &before).await;
    messages.extend(match &outcome {
        CreateOutcome::Made(pair) => {
            let key = pair.id.clone();
            writer.write(move |journal| journal.made(&id, &key)).await
        }
        CreateOutcome::Refused(_) => writer.write(move |journal| journal.close(&id)).await,
        CreateOutcome::Unknown { .. } => None,
    });
    messages.push(answered(outcome));
    messages
}
