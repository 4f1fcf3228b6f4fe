//! The calls to AWS: what goes out, and what comes back.
//!
//! What every call needs is asked of the call itself: [`Model::update`](super::Model::update) drops answers of an old session,
//! notices denials and the end of a session, and records changes, once for all calls.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{BatchItem, CreateOutcome, OpId, SessionId, UserPage};
use crate::domain::{
    Action, ActionKind, Cause, Failure, FetchedReport, Intent, KeyId, KeyList, KeyStatus, LastUse, Moment,
    ReportState, Secret, UserName,
};

/// Declares each call once, with the type of its result.
macro_rules! calls {
    ($($(#[$doc:meta])* $call:ident $({ $($field:ident: $type:ty),+ $(,)? })? -> $result:ty,)+) => {
        /// A call over the connection of a session. `load` is the number of a read: answers to other reads are stale.
        #[derive(Clone)]
        pub enum Call {
            $($(#[$doc])* $call $({ $($field: $type),+ })?,)+
        }

        /// A call with its result, so that no call can be answered with the result of another kind.
        pub enum Reply {
            $($(#[$doc])* $call { $($($field: $type,)+)? result: Result<$result, Failure> },)+
        }

        impl Call {
            /// The reply to a call that nobody has carried out.
            pub fn failed(self, failure: Failure) -> Reply {
                match self {
                    $(Self::$call $({ $($field),+ })? => {
                        Reply::$call { $($($field,)+)? result: Err(failure) }
                    })+
                }
            }
        }

        impl Reply {
            pub fn call(&self) -> Call {
                match self {
                    $(Self::$call { $($($field,)+)? .. } => Call::$call $({ $($field: $field.clone()),+ })?,)+
                }
            }

            fn error(&self) -> Option<&Failure> {
                match self {
                    $(Self::$call { result, .. } => result.as_ref().err(),)+
                }
            }
        }
    };
}

calls! {
    /// How many keys may a user have?
    ReadQuota -> u32,
    /// One page; `marker` is where it begins.
    ListUsers { load: u64, marker: Option<String> } -> UserPage,
    /// `paced`: one of many, to be sent at the pace that IAM allows.
    ListKeys { user: UserName, load: u64, paced: bool } -> KeyList,
    /// `paced`: as with [`Self::ListKeys`].
    ReadLastUse { user: UserName, key: KeyId, load: u64, paced: bool } -> LastUse,
    /// By the keys that they are of. `paced`: as with [`Self::ListKeys`].
    ReadDescriptions { user: UserName, load: u64, paced: bool } -> BTreeMap<KeyId, String>,
    /// Makes AWS generate a credential report, unless it has one that is less than four hours old.
    GenerateReport { load: u64 } -> ReportState,
    /// Asks for the credential report, after this time.
    FetchReport { load: u64, after: Duration } -> FetchedReport,
    /// Whose key is it? `None`: no user owns it.
    FindOwner { key: KeyId, load: u64 } -> Option<UserName>,
    /// The intent is written down before the request is sent. An outcome may also be that no key was created.
    CreateKey { op: OpId, intent: Box<Intent> } -> CreateOutcome,
    /// Asks AWS who the new key is, with the key itself. The result is its ARN.
    CheckKey { op: OpId, key: KeyId, secret: Arc<Secret>, after: Duration } -> String,
    /// An empty text removes the description.
    Describe { user: UserName, key: KeyId, text: String } -> (),
    /// Removes the description of a key that is deleted.
    Undescribe { user: UserName, key: KeyId, batch: Option<BatchItem> } -> (),
    /// `checks`: the user's keys are listed right before, and nothing is sent where the key has this status already.
    SetStatus { user: UserName, key: KeyId, status: KeyStatus, batch: Option<BatchItem>, checks: bool } -> (),
    /// The user's keys are listed right before: the key is deleted only if it is inactive by then. `even_active`: the key that
    /// signs, which could not be deleted by itself once it is inactive.
    DeleteKey { user: UserName, key: KeyId, even_active: bool, batch: Option<BatchItem> } -> (),
}

impl Call {
    /// The IAM action that the caller needs. `None` where nothing is asked of IAM as the caller.
    pub fn action(&self) -> Option<Action> {
        Some(match self {
            Self::ReadQuota => Action::GetAccountSummary,
            Self::ListUsers { .. } => Action::ListUsers,
            Self::ListKeys { .. } => Action::ListAccessKeys,
            Self::ReadLastUse { .. } | Self::FindOwner { .. } => Action::GetAccessKeyLastUsed,
            Self::ReadDescriptions { .. } => Action::ListUserTags,
            Self::GenerateReport { .. } => Action::GenerateCredentialReport,
            Self::FetchReport { .. } => Action::GetCredentialReport,
            Self::CreateKey { .. } => Action::CreateAccessKey,
            Self::CheckKey { .. } => return None,
            Self::Describe { text, .. } if text.is_empty() => Action::UntagUser,
            Self::Describe { .. } => Action::TagUser,
            Self::Undescribe { .. } => Action::UntagUser,
            Self::SetStatus { .. } => Action::UpdateAccessKey,
            Self::DeleteKey { .. } => Action::DeleteAccessKey,
        })
    }

    /// The user whom the permission is about; `None` where it is about the account.
    pub fn user(&self) -> Option<&UserName> {
        match self {
            Self::ReadQuota
            | Self::ListUsers { .. }
            | Self::FindOwner { .. }
            | Self::GenerateReport { .. }
            | Self::FetchReport { .. }
            | Self::CheckKey { .. } => None,
            Self::CreateKey { intent, .. } => Some(&intent.user),
            Self::ListKeys { user, .. }
            | Self::ReadLastUse { user, .. }
            | Self::ReadDescriptions { user, .. }
            | Self::Describe { user, .. }
            | Self::Undescribe { user, .. }
            | Self::SetStatus { user, .. }
            | Self::DeleteKey { user, .. } => Some(user),
        }
    }

    pub fn key(&self) -> Option<&KeyId> {
        match self {
            Self::ReadQuota
            | Self::ListUsers { .. }
            | Self::ListKeys { .. }
            | Self::ReadDescriptions { .. }
            | Self::GenerateReport { .. }
            | Self::FetchReport { .. }
            | Self::CreateKey { .. } => None,
            Self::ReadLastUse { key, .. }
            | Self::FindOwner { key, .. }
            | Self::CheckKey { key, .. }
            | Self::Describe { key, .. }
            | Self::Undescribe { key, .. }
            | Self::SetStatus { key, .. }
            | Self::DeleteKey { key, .. } => Some(key),
        }
    }

    /// What it changes. The activity remembers each change, and none is cut off when the window closes.
    pub fn changes(&self) -> Option<ActionKind> {
        match self {
            Self::ReadQuota
            | Self::ListUsers { .. }
            | Self::ListKeys { .. }
            | Self::ReadLastUse { .. }
            | Self::ReadDescriptions { .. }
            | Self::FindOwner { .. }
            | Self::GenerateReport { .. }
            | Self::FetchReport { .. }
            | Self::CheckKey { .. } => None,
            Self::CreateKey { .. } => Some(ActionKind::Create),
            Self::Describe { text, .. } if !text.is_empty() => Some(ActionKind::Describe),
            Self::Describe { .. } | Self::Undescribe { .. } => Some(ActionKind::RemoveDescription),
            Self::SetStatus { status, .. } => Some(ActionKind::switch(*status)),
            Self::DeleteKey { .. } => Some(ActionKind::Delete),
        }
    }

    /// One of many, to be sent at the pace that IAM allows.
    pub fn paced(&self) -> bool {
        match self {
            Self::ListKeys { paced, .. }
            | Self::ReadLastUse { paced, .. }
            | Self::ReadDescriptions { paced, .. } => *paced,
            Self::Undescribe { batch, .. }
            | Self::SetStatus { batch, .. }
            | Self::DeleteKey { batch, .. } => batch.is_some(),
            Self::ReadQuota
            | Self::ListUsers { .. }
            | Self::FindOwner { .. }
            | Self::GenerateReport { .. }
            | Self::FetchReport { .. }
            | Self::CreateKey { .. }
            | Self::CheckKey { .. }
            | Self::Describe { .. } => false,
        }
    }

    /// The part of a batch that it changes a key for: a record is written before it is sent.
    pub fn batch(&self) -> Option<&BatchItem> {
        match self {
            Self::SetStatus { batch, .. } | Self::DeleteKey { batch, .. } => batch.as_ref(),
            Self::ReadQuota
            | Self::ListUsers { .. }
            | Self::ListKeys { .. }
            | Self::ReadLastUse { .. }
            | Self::ReadDescriptions { .. }
            | Self::FindOwner { .. }
            | Self::GenerateReport { .. }
            | Self::FetchReport { .. }
            | Self::CreateKey { .. }
            | Self::CheckKey { .. }
            | Self::Describe { .. }
            | Self::Undescribe { .. } => None,
        }
    }

    /// Its answer counts also once the account was left: what became of a change is reported, and the panel of a new key stays.
    pub(super) fn outlives_session(&self) -> bool {
        self.changes().is_some() || self.op().is_some()
    }

    /// The creation that it is a part of.
    pub(super) fn op(&self) -> Option<OpId> {
        let (Self::CreateKey { op, .. } | Self::CheckKey { op, .. }) = self else { return None };
        Some(*op)
    }
}

/// A call that has come back.
pub struct Answered {
    pub session: SessionId,
    pub reply: Reply,
    /// What AWS support asks for.
    pub request_id: Option<String>,
    /// The server's clock when it answered last.
    pub server_time: Option<Moment>,
}

impl Answered {
    /// The task ended without an answer.
    pub(super) fn lost(session: SessionId, call: Call) -> Self {
        let action = call.action().map_or("sts:GetCallerIdentity", Action::name);
        Self {
            session,
            reply: call.failed(Failure::new(action, Cause::TaskLost)),
            request_id: None,
            server_time: None,
        }
    }
}

impl Reply {
    /// Why the call was not carried out, or why that is not known.
    pub fn failure(&self) -> Option<&Failure> {
        if let Self::CreateKey { result: Ok(outcome), .. } = self {
            return outcome.failure();
        }
        self.error()
    }
}

impl CreateOutcome {
    /// Without an outcome nobody knows whether there is a key.
    pub(super) fn of(result: Result<Self, Failure>) -> Self {
        let unknown = |failure| Self::Unknown { failure, orphans: Vec::new(), listed: false };
        result.unwrap_or_else(unknown)
    }

    fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Made(_) => None,
            Self::Refused(failure) | Self::Unknown { failure, .. } => Some(failure),
        }
    }
}
