//! What went wrong, as a value: made where it happens, worded where it is shown.

use std::path::PathBuf;

use super::{PolicyKind, SignInProblem};

/// A call or a step that failed. Never holds a response body, so it never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The IAM action that was tried (`iam:ListAccessKeys`), or empty where none was.
    pub action: &'static str,
    pub cause: Cause,
    /// What AWS support asks for.
    pub request_id: Option<String>,
}

impl Failure {
    pub fn new(action: &'static str, cause: Cause) -> Self {
        Self { action, cause, request_id: None }
    }

    /// AWS does not allow it.
    pub fn is_denied(&self) -> bool {
        matches!(self.cause, Cause::Denied(_))
    }

    /// True if asking again may help without anything being changed first.
    pub fn may_pass(&self) -> bool {
        use Cause as C;
        !matches!(
            self.cause,
            C::Denied(_)
                | C::SessionOver
                | C::KeyNotAccepted
                | C::NoCredentials { .. }
                | C::NoSuchProfile { .. }
                | C::BrokenConfig { .. }
                | C::NotOffered { .. }
        )
    }
}

/// What AWS says about a refused action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denial {
    /// The permission that is missing; `None` if the message does not name it.
    pub action: Option<String>,
    pub resource: Option<String>,
    /// A policy forbids it, so that adding a permission does not help.
    pub explicit: bool,
    /// The kind of policy that forbids it or does not allow it, if the message says so.
    pub by: Option<PolicyKind>,
}

/// Why it failed. The host is where the request went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    // What IAM answers.
    Denied(Denial),
    /// `ExpiredToken`
    SessionOver,
    /// `InvalidClientTokenId`: the key is gone or inactive, of another partition, a session without MFA, or seconds old.
    KeyNotAccepted,
    /// `SignatureDoesNotMatch`: the secret is wrong.
    SignatureWrong,
    /// The clock of this computer is off by more than AWS accepts.
    ClockWrong,
    Throttled,
    /// `LimitExceeded`, with AWS's own sentence.
    LimitExceeded(String),
    /// `NoSuchEntity`, with AWS's own sentence.
    NoSuchEntity(String),
    /// This server does not know the operation (HTTP 405 or 501, `InvalidAction`).
    NotOffered {
        status: u16,
    },
    /// HTTP 5xx, or `ServiceFailure`.
    ServiceFailure {
        status: u16,
    },
    /// Any other refusal: code and AWS's own sentence.
    Refused {
        code: String,
        message: String,
    },
    /// Not IAM: HTML or another page from something in between.
    NotAws {
        status: u16,
    },
    /// XML that breaks off or has another shape.
    Unreadable,

    // What the network does.
    NoNetwork {
        host: String,
    },
    UnknownHost {
        host: String,
    },
    ConnectionRefused {
        host: String,
    },
    ConnectionLost {
        host: String,
    },
    NotInTime {
        host: String,
    },
    Tls {
        host: String,
        detail: String,
    },
    Proxy {
        detail: String,
    },

    // What this workstation lacks.
    NoCredentials {
        profile: String,
    },
    NoSuchProfile {
        profile: String,
    },
    /// The line counts from 1; 0 if it is not known.
    BrokenConfig {
        file: PathBuf,
        line: u32,
        detail: String,
    },
    /// The profile cannot be signed in with.
    SignIn(SignInProblem),

    // What Keyfob itself does.
    /// The setting cannot be used; what is wrong with it.
    BadEndpoint {
        url: String,
        detail: String,
    },
    /// Refused by Keyfob: the session is read-only.
    ReadOnly,
    /// The background task ended without an answer.
    TaskLost,
    /// An error of a kind that has no sentence of its own.
    Other(String),
}
