//! The calls to AWS, one at a time: carried out, and their answers put into messages.

use std::time::Duration;

use super::journal::JournalWriter;
use super::{AtExit, Tasks, create};
use crate::aws::{Connection, Receipt};
use crate::core::{CreateMsg, Effect, FindMsg, KeysMsg, Msg, OpId, SessionId, StartMsg, UsersMsg};
use crate::domain::{Cause, Failure, KeyId, Secret};

impl Tasks {
    /// The effects that need a connection.
    pub(super) fn call(&mut self, effect: Effect, lost: Option<Msg>) {
        let Some(session) = session_of(&effect) else {
            return;
        };
        let Some(aws) = self.connections.get(&session).cloned() else {
            // Signed out meanwhile: the core drops the answer, but it must not wait for it.
            self.ready.extend(lost);
            return;
        };
        let at_exit = if changes(&effect) { AtExit::Finish } else { AtExit::CutOff };
        if let Effect::CreateKey { op, intent, .. } = effect {
            // The practice account does not outlive the program: nothing of it can be orphaned.
            let writer = if aws.is_practice() { JournalWriter::default() } else { self.journal.clone() };
            let clock = self.services.clock.clone();
            let made = async move { create::create(&aws, &writer, &clock, op, *intent).await };
            self.spawn(at_exit, lost, async move { made.await.into() });
            return;
        }
        self.spawn(at_exit, lost, async move { answer(effect, &aws).await.into() });
    }
}

/// Carries out one call and words its answer as a message.
pub(super) async fn answer(effect: Effect, aws: &Connection) -> Option<Msg> {
    Some(match effect {
        Effect::ReadQuota { session } => {
            let unknown = || Failure::new("iam:GetAccountSummary", Cause::Unreadable);
            let answer = aws.key_quota().await.and_then(|quota| quota.ok_or_else(unknown));
            Msg::Start(StartMsg::Quota { session, answer })
        }
        Effect::ListUsers { session, load, marker } => {
            Msg::Users(UsersMsg::Page { session, load, answer: aws.users(marker).await })
        }
        Effect::ListKeys { session, user, load, paced } => {
            if paced {
                aws.turn().await;
            }
            let answer = aws.keys(&user).await;
            Msg::Keys(KeysMsg::Listed { session, user, load, answer })
        }
        Effect::ReadLastUse { session, user, key, load } => {
            let answer = aws.last_use(&key).await;
            Msg::Keys(KeysMsg::LastUse { session, user, key, load, answer })
        }
        Effect::FindOwner { session, load, key } => {
            let answer = aws.owner(&key).await;
            Msg::Find(FindMsg::Owner { session, load, key, answer })
        }
        Effect::ReadDescriptions { session, user, load } => {
            let answer = aws.descriptions(&user).await;
            Msg::Keys(KeysMsg::Descriptions { session, user, load, answer })
        }
        Effect::Describe { session, user, key, text } => {
            let (answer, id) = told(aws.describe(&user, &key, &text).await);
            with_receipt(id, Msg::Keys(KeysMsg::Described { session, user, key, text, answer }))
        }
        Effect::Undescribe { session, user, key } => {
            let (answer, id) = told(aws.undescribe(&user, &key).await);
            with_receipt(id, Msg::Keys(KeysMsg::Undescribed { session, user, key, answer }))
        }
        Effect::SetStatus { session, user, key, status } => {
            let (answer, id) = told(aws.set_status(&user, &key, status).await);
            with_receipt(id, Msg::Keys(KeysMsg::StatusSet { session, user, key, status, answer }))
        }
        Effect::DeleteKey { session, user, key } => {
            let (answer, id) = told(aws.delete_key(&user, &key).await);
            with_receipt(id, Msg::Keys(KeysMsg::Deleted { session, user, key, answer }))
        }
        Effect::CheckKey { op, key, secret, after, .. } => check(aws, op, &key, &secret, after).await,
        // `run` has carried out the others.
        _ => return None,
    })
}

/// The answer, and apart from it the id of its request.
fn told(receipt: Receipt) -> (Result<(), Failure>, Option<String>) {
    match receipt {
        Ok(id) => (Ok(()), id),
        Err(failure) => (Err(failure), None),
    }
}

pub(super) fn with_receipt(id: Option<String>, msg: Msg) -> Msg {
    match id {
        Some(request_id) => Msg::Receipt { request_id, answer: Box::new(msg) },
        None => msg,
    }
}

async fn check(aws: &Connection, op: OpId, key: &KeyId, secret: &Secret, after: Duration) -> Msg {
    tokio::time::sleep(after).await;
    Msg::Create(CreateMsg::Checked { op, answer: aws.who_is(key, secret).await })
}

fn session_of(effect: &Effect) -> Option<SessionId> {
    match effect {
        Effect::ReadQuota { session }
        | Effect::ListUsers { session, .. }
        | Effect::ListKeys { session, .. }
        | Effect::ReadLastUse { session, .. }
        | Effect::ReadDescriptions { session, .. }
        | Effect::FindOwner { session, .. }
        | Effect::CreateKey { session, .. }
        | Effect::CheckKey { session, .. }
        | Effect::Describe { session, .. }
        | Effect::Undescribe { session, .. }
        | Effect::SetStatus { session, .. }
        | Effect::DeleteKey { session, .. } => Some(*session),
        _ => None,
    }
}

/// True for what must not be cut off once it was begun.
fn changes(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::CreateKey { .. }
            | Effect::SetStatus { .. }
            | Effect::DeleteKey { .. }
            | Effect::Describe { .. }
            | Effect::Undescribe { .. }
    )
}
