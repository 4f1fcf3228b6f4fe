//! What AWS answers, as messages.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use keyfob::core::{Answered, Call, CreateOutcome, Effect, Msg, OpId, Reply, SessionId, UserPage};
use keyfob::domain::{
    AccessKey, Failure, FetchedReport, Intent, IntentId, KeyId, KeyStatus, LastUse, ReportState, Secret,
    UserName,
};

use crate::stand::{account, alice};

type PromptReply<T> = Result<T, Failure>;

/// The call of an effect, if it is one.
pub(crate) fn call(effect: &Effect) -> Option<&Call> {
    match effect {
        Effect::Call { call, .. } => Some(call),
        _ => None,
    }
}

fn answered(session: SessionId, call: Call, reply: PromptReply<Reply>) -> Msg {
    Msg::Answered(Answered { session, call, reply, request_id: None, server_time: None })
}

/// The same answer, with the id of its request.
pub(crate) fn receipt(request_id: &str, msg: Msg) -> Msg {
    match msg {
        Msg::Answered(answered) => {
            Msg::Answered(Answered { request_id: Some(request_id.to_owned()), ..answered })
        }
        msg => msg,
    }
}

pub(crate) fn quota(session: SessionId, answer: PromptReply<u32>) -> Msg {
    answered(session, Call::ReadQuota, answer.map(Reply::Quota))
}

pub(crate) fn users(session: SessionId, load: u64, answer: PromptReply<UserPage>) -> Msg {
    answered(session, Call::ListUsers { load, marker: None }, answer.map(Reply::Users))
}

pub(crate) fn listed(
    session: SessionId,
    user: UserName,
    load: u64,
    answer: PromptReply<Vec<AccessKey>>,
) -> Msg {
    answered(session, Call::ListKeys { user, load, paced: false }, answer.map(Reply::Keys))
}

pub(crate) fn last_use(
    session: SessionId,
    user: UserName,
    key: KeyId,
    load: u64,
    answer: PromptReply<LastUse>,
) -> Msg {
    answered(session, Call::ReadLastUse { user, key, load, paced: false }, answer.map(Reply::LastUse))
}

pub(crate) fn descriptions(
    session: SessionId,
    user: UserName,
    load: u64,
    answer: PromptReply<BTreeMap<KeyId, String>>,
) -> Msg {
    answered(session, Call::ReadDescriptions { user, load, paced: false }, answer.map(Reply::Descriptions))
}

pub(crate) fn generated(session: SessionId, load: u64, answer: PromptReply<ReportState>) -> Msg {
    answered(session, Call::GenerateReport { load }, answer.map(Reply::ReportState))
}

pub(crate) fn fetched(session: SessionId, load: u64, answer: PromptReply<FetchedReport>) -> Msg {
    let call = Call::FetchReport { load, after: Duration::ZERO };
    answered(session, call, answer.map(Reply::Report))
}

pub(crate) fn owner(session: SessionId, load: u64, key: KeyId, answer: PromptReply<Option<UserName>>) -> Msg {
    answered(session, Call::FindOwner { key, load }, answer.map(Reply::Owner))
}

/// For alice.
pub(crate) fn created(session: SessionId, op: OpId, outcome: CreateOutcome) -> Msg {
    let id = IntentId::new(jiff::Timestamp::UNIX_EPOCH, op.0);
    let intent = Box::new(Intent::new(id, &account(), alice(), jiff::Timestamp::UNIX_EPOCH));
    answered(session, Call::CreateKey { op, intent }, Ok(Reply::Created(outcome)))
}

pub(crate) fn checked(session: SessionId, op: OpId, answer: PromptReply<String>) -> Msg {
    let (key, secret) = (KeyId::new("AKIANEW0000000000NEW"), Arc::new(Secret::new(String::new())));
    let call = Call::CheckKey { op, key, secret, after: Duration::ZERO };
    answered(session, call, answer.map(Reply::Caller))
}

pub(crate) fn described(
    session: SessionId,
    user: UserName,
    key: KeyId,
    text: String,
    answer: PromptReply<()>,
) -> Msg {
    answered(session, Call::Describe { user, key, text }, answer.map(Reply::Done))
}

pub(crate) fn undescribed(session: SessionId, user: UserName, key: KeyId, answer: PromptReply<()>) -> Msg {
    answered(session, Call::Undescribe { user, key }, answer.map(Reply::Done))
}

pub(crate) fn status_set(
    session: SessionId,
    user: UserName,
    key: KeyId,
    status: KeyStatus,
    answer: PromptReply<()>,
) -> Msg {
    answered(session, Call::SetStatus { user, key, status }, answer.map(Reply::Done))
}

pub(crate) fn deleted(session: SessionId, user: UserName, key: KeyId, answer: PromptReply<()>) -> Msg {
    answered(session, Call::DeleteKey { user, key, even_active: false }, answer.map(Reply::Done))
}
