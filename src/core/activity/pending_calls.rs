//! Changes that were asked of AWS and are not answered.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::core::{Answered, Call, CreateOutcome, OpId, Reply, SessionId};
use crate::domain::{
    Account, AccountRef, ActionKind, ActivityEntry, Cause, Endpoint, Failure, KeyId, Outcome, Reason,
    UserName,
};

/// The changes that are under way.
#[derive(Default)]
pub(super) struct PendingCalls(Vec<Change>);

/// A change that was asked and is not answered.
struct Change {
    session: SessionId,
    op: Option<OpId>,
    what: ActionKind,
    user: UserName,
    key: Option<KeyId>,
    account: AccountRef,
    caller: String,
    kept: bool,
}

/// An entry of the activity, and whether it is written to the file.
pub(in crate::core) struct Completed {
    pub(super) entry: ActivityEntry,
    pub(super) kept: bool,
}

impl PendingCalls {
    pub(super) fn note(&mut self, session: SessionId, call: &Call, accounts: &BTreeMap<SessionId, Account>) {
        let (Some(what), Some(user)) = (call.changes(), call.user()) else { return };
        let Some(account) = accounts.get(&session) else { return };
        self.0.push(Change {
            session,
            op: call.op(),
            what,
            user: user.clone(),
            key: call.key().cloned(),
            account: AccountRef::from(account),
            caller: account.caller_arn.clone(),
            // What is done in the practice account is over with the program.
            kept: account.endpoint != Endpoint::Practice,
        });
    }

    /// The entry that an answer completes. Only the first answer to a call does.
    pub(super) fn complete(&mut self, answered: &Answered, call: &Call, now: Timestamp) -> Option<Completed> {
        let at = self.0.iter().position(|change| change.is_asked_by(answered.session, call))?;
        let Change { what, user, key, account, caller, kept, .. } = self.0.remove(at);
        let End { outcome, key: made, failure } = End::of(what, &answered.reply);
        let refused = failure.and_then(|failure| failure.request_id.as_ref());
        let entry = ActivityEntry {
            at: now,
            account,
            caller,
            what,
            user,
            key: made.or(key),
            outcome,
            reason: failure.map(Reason::from),
            request_id: answered.request_id.as_ref().or(refused).cloned(),
        };
        Some(Completed { entry, kept })
    }
}

impl Change {
    fn is_asked_by(&self, session: SessionId, call: &Call) -> bool {
        let of_call = (call.op(), call.changes(), call.user(), call.key());
        self.session == session && of_call == (self.op, Some(self.what), Some(&self.user), self.key.as_ref())
    }
}

/// What became of a change, with the key where the call did not know it.
struct End<'a> {
    outcome: Outcome,
    key: Option<KeyId>,
    failure: Option<&'a Failure>,
}

impl<'a> End<'a> {
    fn of(what: ActionKind, reply: &'a Reply) -> Self {
        if let Reply::CreateKey { result: Ok(outcome), .. } = reply {
            return Self::of_creation(outcome);
        }
        match reply.failure() {
            None => Self { outcome: Outcome::Done, key: None, failure: None },
            // Sent again after its answer got lost: what was wanted is done.
            Some(failure @ Failure { cause: Cause::NoSuchEntity(_), .. }) if what == ActionKind::Delete => {
                Self { outcome: Outcome::Done, key: None, failure: Some(failure) }
            }
            Some(failure) => Self { outcome: Outcome::of(failure), key: None, failure: Some(failure) },
        }
    }

    fn of_creation(outcome: &'a CreateOutcome) -> Self {
        match outcome {
            CreateOutcome::Made(pair) => {
                Self { outcome: Outcome::Done, key: Some(pair.id.clone()), failure: None }
            }
            CreateOutcome::Refused(failure) => {
                Self { outcome: Outcome::Failed, key: None, failure: Some(failure) }
            }
            CreateOutcome::Unknown { failure, orphans, .. } => {
                let only = if let [key] = &orphans[..] { Some(key.clone()) } else { None };
                Self { outcome: Outcome::Unknown, key: only, failure: Some(failure) }
            }
        }
    }
}
