//! One creation: list, write the intent down, send once.

use super::calls::with_receipt;
use super::journal::JournalWriter;
use crate::aws::Connection;
use crate::clock::Clock;
use crate::core::{CreateMsg, CreateOutcome, Msg, OpId};
use crate::domain::Intent;

/// Makes one key. A journal that cannot be written is told and does not stop it: the administrator is at the screen.
///
/// The answer is handed over at once; what came of it is written down afterwards, so that no slow disk stands between AWS's
/// answer and the screen.
pub(super) async fn create(
    aws: &Connection,
    writer: &JournalWriter,
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
