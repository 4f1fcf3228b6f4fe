//! A call on its way out and back. What every call needs is done here, before its conversation takes the reply.

use super::{Answered, Call, CreateOutcome, Effect, Model, Reply, SessionId};
use crate::domain::BatchKey;

impl Model {
    /// To be carried out outside of the core.
    pub(super) fn send(&mut self, effect: Effect) {
        self.outbox.push(effect);
    }

    /// Asks AWS, over the connection of `session`.
    pub(super) fn call(&mut self, session: SessionId, call: Call) {
        self.activity.note(session, &call, &self.sessions.accounts);
        self.send(Effect::Call { session, call });
    }

    pub(super) fn answered(&mut self, answered: Answered) {
        let Some(answered) = self.hold(answered) else { return };
        if let Some(server_time) = answered.server_time {
            self.take_server_time(answered.session, server_time);
        }
        let call = answered.reply.call();
        self.notice_end(&answered, &call);
        self.note_refusal(&answered, &call);
        let change = self.activity.complete(&answered, &call, self.now.date);
        if self.is_open(answered.session) || call.outlives_session() {
            self.take_reply(answered);
        }
        self.remember(change);
    }

    /// One arm for each call: the conversation that takes its reply.
    fn take_reply(&mut self, Answered { session, reply, .. }: Answered) {
        match reply {
            Reply::ReadQuota { result } => self.take_quota(session, result),
            Reply::ListUsers { load, result, .. } => self.take_page(session, load, result),
            Reply::ListKeys { user, load, result, .. } => self.take_keys(session, &user, load, result),
            Reply::ReadLastUse { user, key, load, result, .. } => {
                self.take_last_use(session, &user, &key, load, result);
            }
            Reply::ReadDescriptions { user, load, result, .. } => {
                self.take_descriptions(session, &user, load, result);
            }
            Reply::GenerateReport { load, result } => self.report_generated(session, load, result),
            Reply::FetchReport { load, result, .. } => self.report_fetched(session, load, result),
            Reply::FindOwner { key, load, result } => self.take_owner(session, load, &key, result),
            Reply::CreateKey { op, result, .. } => self.created(op, CreateOutcome::of(result)),
            Reply::CheckKey { op, result, .. } => self.checked(op, result),
            Reply::Describe { user, key, text, result } => self.described(session, &user, key, text, result),
            Reply::Undescribe { batch: Some(item), result, .. } => {
                self.batch_undescribed(&item, result.is_ok());
            }
            Reply::Undescribe { user, key, batch: None, result } => {
                self.undescribed(session, user, key, result);
            }
            Reply::SetStatus { user, key, status, batch: Some(item), result, .. } => {
                self.batch_status_set(session, &item, &BatchKey { user, key }, status, result);
            }
            Reply::SetStatus { user, key, status, batch: None, result, .. } => {
                self.status_set(session, &user, key, status, result);
            }
            Reply::DeleteKey { user, key, batch: Some(item), result, .. } => {
                self.batch_deleted(session, &item, &BatchKey { user, key }, result);
            }
            Reply::DeleteKey { user, key, batch: None, result, .. } => {
                self.deleted(session, &user, key, result);
            }
        }
    }
}
