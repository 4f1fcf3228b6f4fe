//! Why a change failed.

use serde::{Deserialize, Serialize};

use crate::domain::{Cause, Failure, NotDeleted, NotSwitched};

/// Why a change failed, short enough for one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The missing permission.
    Denied(String),
    SessionOver,
    /// The caller's key or clock was rejected.
    CallerNotAccepted,
    Throttled,
    Limit,
    /// The user or key no longer exists.
    Gone,
    /// The key had the status already.
    AlreadySet,
    /// AWS's code.
    Refused(String),
    /// The HTTP status of an internal error of AWS.
    Failed(u16),
    NoAnswer,
    /// A problem of this workstation or the network.
    NotSent,
    /// The key was still, or again, active right before it was to be deleted.
    NotInactive,
}

impl From<&Failure> for Reason {
    fn from(failure: &Failure) -> Self {
        use Cause as C;
        match &failure.cause {
            C::Denied(denial) => Self::Denied(denial.action.as_deref().unwrap_or(failure.action).to_owned()),
            C::SessionOver | C::NoCredentials { .. } => Self::SessionOver,
            C::KeyNotAccepted | C::SignatureWrong | C::ClockWrong { .. } => Self::CallerNotAccepted,
            C::Throttled => Self::Throttled,
            C::LimitExceeded(_) => Self::Limit,
            C::NoSuchEntity(_) | C::NotDeleted(NotDeleted::Gone) => Self::Gone,
            C::NotSwitched(NotSwitched::AlreadySet(_)) => Self::AlreadySet,
            C::NotDeleted(NotDeleted::NotInactive(_)) => Self::NotInactive,
            C::Refused { code, .. } => Self::Refused(code.clone()),
            C::NotOffered { status } | C::ServiceFailure { status } => Self::Failed(*status),
            _ if failure.is_lost() => Self::NoAnswer,
            _ => Self::NotSent,
        }
    }
}

impl Reason {
    pub(super) fn name(&self) -> String {
        match self {
            Self::Denied(action) => format!("denied {action}"),
            Self::SessionOver => "session_over".to_owned(),
            Self::CallerNotAccepted => "caller_not_accepted".to_owned(),
            Self::Throttled => "throttled".to_owned(),
            Self::Limit => "limit".to_owned(),
            Self::Gone => "gone".to_owned(),
            Self::AlreadySet => "already_set".to_owned(),
            Self::Refused(code) => format!("refused {code}"),
            Self::Failed(status) => format!("http {status}"),
            Self::NoAnswer => "no_answer".to_owned(),
            Self::NotSent => "not_sent".to_owned(),
            Self::NotInactive => "not_inactive".to_owned(),
        }
    }
}
