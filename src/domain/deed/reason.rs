//! Why something was not done.

use serde::{Deserialize, Serialize};

use crate::domain::{Cause, Failure};

/// Why something is not done, as far as one line tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The permission that is missing.
    Denied(String),
    SessionOver,
    /// The key or the clock of the caller.
    CallerNotAccepted,
    Throttled,
    Limit,
    /// The user or the key does not exist any more.
    Gone,
    /// AWS's code.
    Refused(String),
    /// HTTP status of a failure of AWS's own.
    Failed(u16),
    NoAnswer,
    /// Something of this workstation or of the network was in the way.
    NotSent,
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
            C::NoSuchEntity(_) => Self::Gone,
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
            Self::Refused(code) => format!("refused {code}"),
            Self::Failed(status) => format!("http {status}"),
            Self::NoAnswer => "no_answer".to_owned(),
            Self::NotSent => "not_sent".to_owned(),
        }
    }
}
