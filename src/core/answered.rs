//! A call on its way out and back. What every call needs is done here, before its conversation takes the reply.

use super::{Answered, Call, CreateOutcome, Effect, Model, Reply, SessionId};

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
        self.notice_end(&answered);
        self.note_refusal(&answered);
        let change = self.activity.complete(&answered, self.now.date);
        if self.is_open(answered.session) || answered.call.outlives_session() {
            self.take_reply(answered);
        }
        self.remember(change);
    }

    /// One arm for each call: the conversation that takes its reply.
    fn take_reply(&mut self, answered: Answered) {
        let Answered { session, call, reply, .. } = answered;
        match call {
            Call::ReadQuota => self.take_quota(session, reply.and_then(Reply::quota)),
            Call::ListUsers { load, .. } => self.take_page(session, load, reply.and_then(Reply::users)),
            Call::ListKeys { user, load, .. } => {
                self.take_keys(session, &user, load, reply.and_then(Reply::keys));
            }
            Call::ReadLastUse { user, key, load, .. } => {
                self.take_last_use(session, &user, &key, load, reply.and_then(Reply::last_use));
            }
            Call::ReadDescriptions { user, load, .. } => {
                self.take_descriptions(session, &user, load, reply.and_then(Reply::descriptions));
            }
            Call::GenerateReport { load } => {
                self.report_generated(session, load, reply.and_then(Reply::report_state));
            }
            Call::FetchReport { load, .. } => {
                self.report_fetched(session, load, reply.and_then(Reply::report));
            }
            Call::FindOwner { key, load } => {
                self.take_owner(session, load, &key, reply.and_then(Reply::owner));
            }
            Call::CreateKey { op, .. } => self.created(op, CreateOutcome::from(reply)),
            Call::CheckKey { op, .. } => self.checked(op, reply.and_then(Reply::caller)),
            Call::Describe { user, key, text } => {
                self.described(session, &user, key, text, reply.and_then(Reply::done));
            }
            Call::Undescribe { user, key } => {
                self.undescribed(session, user, key, reply.and_then(Reply::done));
            }
            Call::SetStatus { user, key, status } => {
                self.status_set(session, &user, key, status, reply.and_then(Reply::done));
            }
            Call::DeleteKey { user, key, .. } => {
                self.deleted(session, &user, key, reply.and_then(Reply::done));
            }
        }
    }
}
