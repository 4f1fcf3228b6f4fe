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

type Answer<T> = Result<T, Failure>;

/// The call of an effect, if it is one.
pub(crate) fn call(effect: &Effect) -> Option<&Call> {
    let Effect::Call { call, .. } = effect else { return None };
    Some(call)
}

pub(crate) fn answered(session: SessionId, reply: Reply) -> Msg {
    Msg::Answered(Answered { session, reply, request_id: None, server_time: None })
}

/// The answer to a change that takes nothing back but that it is done.
pub(crate) fn changed(session: SessionId, call: &Call, result: Answer<()>) -> Msg {
    let reply = match call.clone() {
        Call::Undescribe { user, key, batch } => Reply::Undescribe { user, key, batch, result },
        Call::SetStatus { user, key, status, batch, checks } => {
            Reply::SetStatus { user, key, status, batch, checks, result }
        }
        Call::DeleteKey { user, key, even_active, batch } => {
            Reply::DeleteKey { user, key, even_active, batch, result }
        }
        _ => panic!("it changes nothing of a key"),
    };
    answered(session, reply)
}

/// The same answer, with the id of its request.
pub(crate) fn receipt(request_id: &str, msg: Msg) -> Msg {
    let Msg::Answered(answered) = msg else { return msg };
    Msg::Answered(Answered { request_id: Some(request_id.to_owned()), ..answered })
}

pub(crate) fn quota(session: SessionId, answer: Answer<u32>) -> Msg {
    answered(session, Reply::ReadQuota { result: answer })
}

pub(crate) fn users(session: SessionId, load: u64, answer: Answer<UserPage>) -> Msg {
    answered(session, Reply::ListUsers { load, marker: None, result: answer })
}

pub(crate) fn listed(session: SessionId, user: UserName, load: u64, answer: Answer<Vec<AccessKey>>) -> Msg {
    answered(session, Reply::ListKeys { user, load, paced: false, result: answer.map(Into::into) })
}

pub(crate) fn last_use(
    session: SessionId,
    user: UserName,
    key: KeyId,
    load: u64,
    answer: Answer<LastUse>,
) -> Msg {
    answered(session, Reply::ReadLastUse { user, key, load, paced: false, result: answer })
}

pub(crate) fn descriptions(
    session: SessionId,
    user: UserName,
    load: u64,
    answer: Answer<BTreeMap<KeyId, String>>,
) -> Msg {
    answered(session, Reply::ReadDescriptions { user, load, paced: false, result: answer })
}

pub(crate) fn generated(session: SessionId, load: u64, answer: Answer<ReportState>) -> Msg {
    answered(session, Reply::GenerateReport { load, result: answer })
}

pub(crate) fn fetched(session: SessionId, load: u64, answer: Answer<FetchedReport>) -> Msg {
    answered(session, Reply::FetchReport { load, after: Duration::ZERO, result: answer })
}

pub(crate) fn owner(session: SessionId, load: u64, key: KeyId, answer: Answer<Option<UserName>>) -> Msg {
    answered(session, Reply::FindOwner { key, load, result: answer })
}

/// For alice.
pub(crate) fn created(session: SessionId, op: OpId, outcome: CreateOutcome) -> Msg {
    let id = IntentId::new(jiff::Timestamp::UNIX_EPOCH, op.0);
    let intent = Box::new(Intent::new(id, &account(), alice(), jiff::Timestamp::UNIX_EPOCH));
    answered(session, Reply::CreateKey { op, intent, result: Ok(outcome) })
}

pub(crate) fn checked(session: SessionId, op: OpId, answer: Answer<String>) -> Msg {
    let (key, secret) = (KeyId::new("AKIANEW0000000000NEW"), Arc::new(Secret::new(String::new())));
    answered(session, Reply::CheckKey { op, key, secret, after: Duration::ZERO, result: answer })
}

pub(crate) fn described(
    session: SessionId,
    user: UserName,
    key: KeyId,
    text: String,
    answer: Answer<()>,
) -> Msg {
    answered(session, Reply::Describe { user, key, text, result: answer })
}

pub(crate) fn undescribed(session: SessionId, user: UserName, key: KeyId, answer: Answer<()>) -> Msg {
    answered(session, Reply::Undescribe { user, key, batch: None, result: answer })
}

pub(crate) fn status_set(
    session: SessionId,
    user: UserName,
    key: KeyId,
    status: KeyStatus,
    answer: Answer<()>,
) -> Msg {
    answered(session, Reply::SetStatus { user, key, status, batch: None, checks: false, result: answer })
}

pub(crate) fn deleted(session: SessionId, user: UserName, key: KeyId, answer: Answer<()>) -> Msg {
    answered(session, Reply::DeleteKey { user, key, even_active: false, batch: None, result: answer })
}
