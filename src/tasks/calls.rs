//! The calls to AWS: paced, carried out over the connection of their session, and sent back with their reply.

use std::collections::BTreeSet;

use super::journal::JournalWriter;
use super::{AtExit, Tasks};
use crate::aws::Connection;
use crate::core::{Answered, Call, Msg, SessionId};
use crate::domain::{Intent, KeyId};

impl Tasks {
    pub(super) fn call(&mut self, session: SessionId, call: Call, lost: Option<Msg>) {
        let Some(aws) = self.connections.get(&session).cloned() else {
            // Signed out meanwhile: the core drops the answer, but it must not wait for it.
            self.ready.extend(lost);
            return;
        };
        let at_exit = if call.changes().is_some() { AtExit::Finish } else { AtExit::CutOff };
        // The practice account does not outlive the program: nothing of it can be orphaned.
        let writer = if aws.is_practice() { JournalWriter::default() } else { self.journal.clone() };
        let batches = self.batch_writer(aws.is_practice());
        self.spawn(at_exit, lost, async move {
            if call.paced() {
                aws.turn().await;
            }
            let mut messages = Vec::new();
            let item = call.batch().cloned();
            let write = async |creation: Option<(Intent, BTreeSet<KeyId>)>| {
                if let Some((intent, known)) = creation {
                    messages.extend(write_intent(&writer, &aws, intent, known).await);
                }
                if let Some(item) = &item {
                    messages.extend(batches.write_sent(item).await);
                }
            };
            let (reply, request_id) = aws.answer(call, write).await;
            let server_time = aws.server_time();
            messages.push(Msg::Answered(Answered { session, reply, request_id, server_time }));
            messages.into()
        });
    }
}

/// Right before a key is made. A journal that cannot be written is reported and does not stop it: the administrator is at the
/// screen.
async fn write_intent(
    writer: &JournalWriter,
    aws: &Connection,
    mut intent: Intent,
    known: BTreeSet<KeyId>,
) -> Option<Msg> {
    intent.known = known.into_iter().collect();
    // Looking at the place and listing may have taken a while.
    intent.at = aws.now().date;
    writer.write(move |journal| journal.wish(&intent)).await
}
