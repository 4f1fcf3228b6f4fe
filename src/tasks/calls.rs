//! The calls to AWS: paced, carried out over the connection of their session, and sent back with their reply.

use std::collections::BTreeSet;

use super::journal::JournalWriter;
use super::{AtExit, Tasks};
use crate::clock::Clock;
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
        let clock = self.services.clock.clone();
        self.spawn(at_exit, lost, async move {
            if call.paced() {
                aws.turn().await;
            }
            let mut messages = Vec::new();
            let write = async |intent, known| {
                messages.extend(write_intent(&writer, &clock, intent, known).await);
            };
            let (reply, request_id) = aws.answer(call, write).await;
            messages.push(Msg::Answered(Answered { session, reply, request_id }));
            messages.into()
        });
    }
}

/// Right before a key is made. A journal that cannot be written is reported and does not stop it: the administrator is at the
/// screen.
async fn write_intent(
    writer: &JournalWriter,
    clock: &Clock,
    mut intent: Intent,
    known: BTreeSet<KeyId>,
) -> Option<Msg> {
    intent.known = known.into_iter().collect();
    // Looking at the place and listing may have taken a while.
    intent.at = clock.now();
    writer.write(move |journal| journal.wish(&intent)).await
}
