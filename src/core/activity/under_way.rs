//! What was asked and is not answered, and which answer belongs to it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::core::{CreateMsg, CreateOutcome, Effect, KeysMsg, Msg, OpId, SessionId};
use crate::domain::{
    Account, AccountRef, Cause, Deed, Endpoint, Failure, KeyId, KeyStatus, Outcome, Reason, UserName, What,
};

/// The changes that are under way.
#[derive(Default)]
pub(super) struct UnderWay(Vec<Change>);

/// A change that was asked and is not answered.
struct Change {
    asked: Asked,
    what: What,
    user: UserName,
    account: AccountRef,
    caller: String,
    kept: bool,
}

/// What tells the answer to a change from others.
#[derive(PartialEq, Eq)]
enum Asked {
    Create(OpId),
    Status(SessionId, KeyId, KeyStatus),
    Delete(SessionId, KeyId),
    Describe(SessionId, KeyId),
    Undescribe(SessionId, KeyId),
}

/// A deed, and whether it is to be kept.
pub(in crate::core) struct Answered {
    pub(super) deed: Deed,
    pub(super) kept: bool,
}

impl UnderWay {
    /// The deed that `msg` completes: only the first answer to what was asked does.
    pub(super) fn answered(
        &mut self,
        msg: &Msg,
        request_id: Option<&str>,
        now: Timestamp,
    ) -> Option<Answered> {
        let (asked, result) = answer_of(msg)?;
        let at = self.0.iter().position(|change| change.asked == asked)?;
        let Change { asked, what, user, account, caller, kept } = self.0.remove(at);
        let mut deed = Deed {
            at: now,
            account,
            caller,
            what,
            user,
            key: asked.key().cloned(),
            outcome: Outcome::Done,
            reason: None,
            request_id: request_id.map(str::to_owned),
        };
        match result {
            Answer::Done(key) => deed.key = key.or(deed.key),
            Answer::Failed(outcome, key, failure) => {
                deed.key = key.or(deed.key);
                deed.outcome = outcome;
                deed.reason = Some(Reason::from(failure));
                deed.request_id = deed.request_id.or_else(|| failure.request_id.clone());
            }
        }
        Some(Answered { deed, kept })
    }

    pub(super) fn note(&mut self, effect: &Effect, accounts: &BTreeMap<SessionId, Account>) {
        let (session, asked, what, user) = match effect {
            Effect::CreateKey { session, op, intent } => {
                (session, Asked::Create(*op), What::Create, &intent.user)
            }
            Effect::SetStatus { session, user, key, status } => {
                let asked = Asked::Status(*session, key.clone(), *status);
                (session, asked, What::switch(*status), user)
            }
            Effect::DeleteKey { session, user, key } => {
                (session, Asked::Delete(*session, key.clone()), What::Delete, user)
            }
            Effect::Describe { session, user, key, text } => {
                let what = if text.is_empty() { What::RemoveDescription } else { What::Describe };
                (session, Asked::Describe(*session, key.clone()), what, user)
            }
            Effect::Undescribe { session, user, key } => {
                (session, Asked::Undescribe(*session, key.clone()), What::RemoveDescription, user)
            }
            _ => return,
        };
        let Some(account) = accounts.get(session) else { return };
        self.0.push(Change {
            asked,
            what,
            user: user.clone(),
            account: AccountRef::from(account),
            caller: account.caller_arn.clone(),
            // What is done in the practice account is over with the program.
            kept: account.endpoint != Endpoint::Practice,
        });
    }
}

impl Asked {
    fn key(&self) -> Option<&KeyId> {
        match self {
            Self::Create(_) => None,
            Self::Status(_, key, _)
            | Self::Delete(_, key)
            | Self::Describe(_, key)
            | Self::Undescribe(_, key) => Some(key),
        }
    }
}

/// What an answer says, with the key where the question did not know it.
enum Answer<'a> {
    Done(Option<KeyId>),
    Failed(Outcome, Option<KeyId>, &'a Failure),
}

impl<'a> From<&'a Result<(), Failure>> for Answer<'a> {
    fn from(answer: &'a Result<(), Failure>) -> Self {
        match answer {
            Ok(()) => Self::Done(None),
            Err(failure) => Self::Failed(Outcome::of(failure), None, failure),
        }
    }
}

fn answer_of(msg: &Msg) -> Option<(Asked, Answer<'_>)> {
    Some(match msg {
        Msg::Create(CreateMsg::Answered { op, outcome }) => {
            let answer = match outcome {
                CreateOutcome::Made(pair) => Answer::Done(Some(pair.id.clone())),
                CreateOutcome::Refused(failure) => Answer::Failed(Outcome::NotDone, None, failure),
                CreateOutcome::Unknown { failure, orphans, .. } => {
                    let only = if let [key] = &orphans[..] { Some(key.clone()) } else { None };
                    Answer::Failed(Outcome::NotKnown, only, failure)
                }
            };
            (Asked::Create(*op), answer)
        }
        Msg::Keys(KeysMsg::StatusSet { session, key, status, answer, .. }) => {
            (Asked::Status(*session, key.clone(), *status), answer.into())
        }
        Msg::Keys(KeysMsg::Deleted { session, key, answer, .. }) => {
            let answer = match answer {
                // Sent again after its answer got lost: what was wanted is done.
                Err(failure @ Failure { cause: Cause::NoSuchEntity(_), .. }) => {
                    Answer::Failed(Outcome::Done, None, failure)
                }
                answer => answer.into(),
            };
            (Asked::Delete(*session, key.clone()), answer)
        }
        Msg::Keys(KeysMsg::Described { session, key, answer, .. }) => {
            (Asked::Describe(*session, key.clone()), answer.into())
        }
        Msg::Keys(KeysMsg::Undescribed { session, key, answer, .. }) => {
            (Asked::Undescribe(*session, key.clone()), answer.into())
        }
        _ => return None,
    })
}
