//! Errors as values: created where they happen, worded where they are shown.

use std::path::PathBuf;

use super::{CaProblem, KeyStatus, LineFault, NamedBy, PagingFault, Proxy, ProxyProblem, SignInProblem};

/// A call or a step that failed. Never holds a response body, so it never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The IAM action that was attempted (`iam:ListAccessKeys`), or empty.
    pub action: &'static str,
    pub cause: Cause,
    /// AWS Support asks for it.
    pub request_id: Option<String>,
}

impl Failure {
    pub fn new(action: &'static str, cause: Cause) -> Self {
        Self { action, cause, request_id: None }
    }

    /// True if AWS denied the action.
    pub fn is_denied(&self) -> bool {
        matches!(self.cause, Cause::Denied(_))
    }

    /// True if the endpoint does not have the operation, which trying again does not change.
    pub fn is_not_offered(&self) -> bool {
        matches!(self.cause, Cause::NotOffered { .. })
    }

    /// True for a sign-in that may succeed with MFA.
    pub fn mfa_may_help(&self) -> bool {
        matches!(&self.cause, Cause::Denied(denial) if denial.mfa_may_help)
    }

    /// True if AWS may have carried out the request: only its response was lost.
    pub fn is_lost(&self) -> bool {
        self.cause.is_lost()
    }

    /// The status that the list right before a deletion shows, if that is why nothing was deleted.
    pub fn listed_status(&self) -> Option<KeyStatus> {
        match self.cause {
            Cause::NotDeleted(NotDeleted::NotInactive(status)) => Some(status),
            _ => None,
        }
    }

    /// True if AWS has evaluated the request and refused it, and has not carried it out at an earlier attempt either.
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

    /// True if a retry may succeed without any change.
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
                | C::NotDeleted(NotDeleted::Gone)
        )
    }
}

/// The kind of policy named in AWS's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    IdentityBased,
    ResourceBased,
    PermissionsBoundary,
    Session,
    ServiceControl,
    ResourceControl,
    VpcEndpoint,
}

impl PolicyKind {
    /// Another permission for the caller does not help.
    pub(super) fn is_out_of_reach(self) -> bool {
        matches!(self, Self::ServiceControl | Self::ResourceControl | Self::VpcEndpoint)
    }
}

/// The details of a denied action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denial {
    /// The missing permission; `None` if the message does not name it.
    pub action: Option<String>,
    pub resource: Option<String>,
    /// A policy explicitly forbids the action, so another permission does not help.
    pub explicit: bool,
    /// The kind of policy that denied the action, if the message names it.
    pub by: Option<PolicyKind>,
    /// A sign-in with a user's own key was refused, and an MFA code can be given for that key.
    pub mfa_may_help: bool,
}

/// The cause of a failure. `host` is the destination of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    // Responses of IAM.
    Denied(Denial),
    /// `ExpiredToken`
    SessionOver,
    /// `InvalidClientTokenId`: the key is deleted, inactive, from another partition, of a session without MFA, or only seconds old.
    KeyNotAccepted,
    /// `SignatureDoesNotMatch`: the secret is wrong.
    SignatureWrong,
    /// This computer's clock is off by more than AWS accepts: slow by this many seconds (negative: fast), if the response has
    /// the time.
    ClockWrong {
        slow_secs: Option<i64>,
    },
    Throttled,
    /// `LimitExceeded`, with AWS's message.
    LimitExceeded(String),
    /// `NoSuchEntity`, with AWS's message.
    NoSuchEntity(String),
    /// This server does not support the operation (HTTP 405 or 501, `InvalidAction`).
    NotOffered {
        status: u16,
    },
    /// HTTP 5xx, or `ServiceFailure`.
    ServiceFailure {
        status: u16,
    },
    /// Any other refusal: code and AWS's message.
    Refused {
        code: String,
        message: String,
    },
    /// A response that is not from IAM: from a proxy or gateway, or from another service.
    NotAws {
        host: String,
        status: u16,
        sent: Foreign,
    },
    /// A truncated or empty response from IAM.
    Unreadable,
    /// A date in a form that cannot be read.
    OddDate(String),
    /// A list breaks off: the server does not say where it goes on.
    Paging(PagingFault),

    // The network.
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
    /// Connecting timed out: packets are dropped.
    NotConnected {
        host: String,
    },
    /// Connected, but the response timed out.
    NotInTime {
        host: String,
    },
    Tls {
        host: String,
        trouble: TlsProblem,
    },
    Proxy {
        proxy: Box<Proxy>,
        /// The destination of the request.
        host: String,
        trouble: ProxyRefusal,
    },

    // This workstation.
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
    /// Signing in with the profile failed.
    SignIn(SignInProblem),

    // Keyfob itself.
    /// The endpoint setting is not valid; `detail` says why.
    BadEndpoint {
        url: String,
        detail: String,
    },
    /// FIPS or dual-stack together with a custom endpoint.
    EndpointConflict {
        url: String,
        with: &'static str,
    },
    /// The proxy setting is not valid.
    BadProxy {
        named_by: NamedBy,
        problem: ProxyProblem,
    },
    /// The file with certificate authorities is not valid.
    BadCaFile {
        file: PathBuf,
        named_by: NamedBy,
        problem: CaProblem,
    },
    /// Refused by Keyfob: the session is read-only.
    ReadOnly,
    /// The list right before a deletion was a reason not to send it.
    NotDeleted(NotDeleted),
    /// The list right before a status change was a reason not to send it.
    NotSwitched(NotSwitched),
    /// The background task ended without a result.
    TaskLost,
    /// An error without a sentence of its own.
    Other(String),
}

impl Cause {
    /// See [`Failure::is_lost`].
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

/// Why a status change was not sent: what the list of the user's keys right before it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSwitched {
    /// The key, which has this status already.
    AlreadySet(KeyStatus),
    /// Nothing: its response was lost.
    NotListed(Box<Cause>),
}

/// Why a deletion was not sent: what the list of the user's keys right before it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDeleted {
    /// The key, with a status other than inactive.
    NotInactive(KeyStatus),
    /// Not the key.
    Gone,
    /// Nothing: its response was lost.
    NotListed(Box<Cause>),
}

/// A response that is not from IAM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A page for people.
    Page,
    /// A redirect, with its host if it has one.
    Redirect(Option<String>),
    Json,
    /// XML of another service.
    Xml,
    /// Anything else.
    Other,
}

/// Why a TLS connection failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsProblem {
    /// The certificate of the server is marked as that of an authority.
    AuthorityAsServer,
    /// The certificate is issued by an authority that this computer does not trust: as a rule, inspection by the company.
    UnknownIssuer,
    /// The trust store is empty.
    NoRoots,
    Expired,
    NotYetValid,
    WrongName,
    /// The other side does not speak TLS.
    NotTls,
    /// The library's message.
    Other(String),
}

/// Why a proxy failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyRefusal {
    WantsPassword,
    PasswordRefused,
    /// Accepts the connection but does not open a tunnel.
    Refuses,
    UnknownHost,
    ConnectionRefused,
    NoNetwork,
    NotConnected,
    ConnectionLost,
    /// The TLS connection to the proxy itself failed.
    Tls(TlsProblem),
}
