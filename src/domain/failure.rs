//! What went wrong, as a value: made where it happens, worded where it is shown.

use std::path::PathBuf;

use super::{CaProblem, LineFault, NamedBy, PolicyKind, Proxy, ProxyProblem, SignInProblem};

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

    /// A sign-in that MFA may turn into a yes.
    pub fn mfa_may_help(&self) -> bool {
        matches!(&self.cause, Cause::Denied(denial) if denial.mfa_may_help)
    }

    /// True if AWS may have done what it was asked: only its answer got lost.
    pub fn is_lost(&self) -> bool {
        self.cause.is_lost()
    }

    /// True if AWS has looked at what it was asked, and will not do it: nor has it at an earlier attempt.
    pub fn is_refusal(&self) -> bool {
        use Cause as C;
        matches!(
            self.cause,
            C::Denied(_)
                | C::LimitExceeded(_)
                | C::NoSuchEntity(_)
                | C::NotOffered { .. }
                | C::Refused { .. }
        )
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
                | C::ConfigTooLarge { .. }
                | C::BadProxy { .. }
                | C::BadCaFile { .. }
                | C::BadEndpoint { .. }
                | C::EndpointConflict { .. }
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
    /// It was refused on the way in to a user's own key, for which the code of an MFA device can be given.
    pub mfa_may_help: bool,
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
    /// The clock of this computer is off by more than AWS accepts: slow by this many seconds (negative: fast), as far as
    /// the answer tells.
    ClockWrong {
        slow_secs: Option<i64>,
    },
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
    /// Not IAM: something in between, or another service.
    NotAws {
        host: String,
        status: u16,
        sent: Foreign,
    },
    /// An answer of IAM that breaks off, or nothing.
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
    /// No connection came about within the time: the packets go nowhere.
    NotConnected {
        host: String,
    },
    /// A connection came about, and no answer.
    NotInTime {
        host: String,
    },
    Tls {
        host: String,
        trouble: TlsTrouble,
    },
    Proxy {
        proxy: Box<Proxy>,
        /// Where the request was to go.
        host: String,
        trouble: ProxyTrouble,
    },

    // What this workstation lacks.
    NoCredentials {
        profile: String,
    },
    NoSuchProfile {
        profile: String,
    },
    /// A line of the profile cannot be read; it counts from 1.
    BrokenConfig {
        file: PathBuf,
        line: u32,
        fault: LineFault,
    },
    /// A file that the AWS CLI reads is too large for Keyfob.
    ConfigTooLarge {
        file: PathBuf,
    },
    /// The profile cannot be signed in with.
    SignIn(SignInProblem),

    // What Keyfob itself does.
    /// The setting cannot be used; what is wrong with it.
    BadEndpoint {
        url: String,
        detail: String,
    },
    /// FIPS or dual-stack cannot be had of an endpoint of one's own.
    EndpointConflict {
        url: String,
        with: &'static str,
    },
    /// The proxy that is set cannot be used.
    BadProxy {
        named_by: NamedBy,
        problem: ProxyProblem,
    },
    /// The file with certificate authorities cannot be used.
    BadCaFile {
        file: PathBuf,
        named_by: NamedBy,
        problem: CaProblem,
    },
    /// Refused by Keyfob: the session is read-only.
    ReadOnly,
    /// The background task ended without an answer.
    TaskLost,
    /// An error of a kind that has no sentence of its own.
    Other(String),
}

impl Cause {
    /// As [`Failure::is_lost`].
    pub fn is_lost(&self) -> bool {
        match self {
            Self::NotAws { status, .. } => *status >= 500,
            Self::NotInTime { .. }
            | Self::ConnectionLost { .. }
            | Self::Unreadable
            | Self::ServiceFailure { .. }
            | Self::TaskLost => true,
            _ => false,
        }
    }
}

/// What came instead of an answer of IAM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A page for people.
    Page,
    /// The way to another place; its host, where it is named.
    Redirect(Option<String>),
    Json,
    /// XML of another service.
    Xml,
    /// Nothing that tells anything.
    Other,
}

/// Why an encrypted connection did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsTrouble {
    /// The certificate of the server is marked as that of an authority.
    AuthorityAsServer,
    /// The certificate is issued by an authority that this computer does not trust: as a rule, inspection by the company.
    UnknownIssuer,
    /// This computer trusts no authority at all.
    NoRoots,
    Expired,
    NotYetValid,
    WrongName,
    /// The other side does not speak TLS.
    NotTls,
    /// In the library's words.
    Other(String),
}

/// What a proxy did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyTrouble {
    WantsPassword,
    PasswordRefused,
    /// Takes the connection and opens no way.
    Refuses,
    UnknownHost,
    ConnectionRefused,
    NoNetwork,
    NotConnected,
    ConnectionLost,
    /// A proxy that is itself reached over TLS.
    Tls(TlsTrouble),
}
