//! The profiles and other credentials found on this workstation.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::KeyId;

/// How a profile signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileKind {
    /// Keys in the credentials or config file.
    Keys {
        mfa: bool,
    },
    Role {
        role: String,
        source: Option<String>,
        mfa: bool,
    },
    Sso {
        role: Option<String>,
    },
    Login,
    Process {
        program: String,
    },
    WebIdentity {
        role: String,
    },
    /// No credentials at all.
    Empty,
}

/// A profile of the shared AWS config and credentials files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub kind: ProfileKind,
    /// Read from the files (`sso_account_id`, `role_arn`), before any request.
    pub account_id: Option<String>,
    pub region: Option<String>,
    /// A line of the profile cannot be parsed. The profile must not be used, because that line may change its meaning.
    pub flaw: Option<FileFlaw>,
}

/// A mistake in a config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFlaw {
    pub file: PathBuf,
    /// Counted from 1; 0 for the whole file.
    pub line: u32,
    pub what: Flaw,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The parser rejects the line; `detail` is its message.
    Line {
        detail: String,
    },
    /// A section that the AWS SDK ignores silently.
    Section {
        header: String,
    },
    /// A byte order mark, as written by Windows Notepad. Harmless here, but not in other tools.
    ByteOrderMark,
    NotUtf8,
    Unreadable {
        reason: String,
    },
}

/// Everything that can be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profiles {
    /// By name.
    pub list: Vec<Profile>,
    /// The key id of the environment's credentials, if they are set.
    pub environment: Option<KeyId>,
    /// The files that were read, for display: `~/.aws/config`.
    pub files: Vec<String>,
    /// The environment announces credentials of the container in which Keyfob runs.
    pub container: bool,
    /// Mistakes in the files; everything without mistakes is in `list`.
    pub flaws: Vec<FileFlaw>,
}

/// The selected credentials. Exactly these are used, whatever else the environment contains.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInChoice {
    Profile(String),
    Environment,
    /// The credentials of the container in which Keyfob runs.
    Container,
    Practice,
}
