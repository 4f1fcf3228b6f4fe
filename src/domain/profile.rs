//! The ways to sign in that this workstation offers.

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
    /// As the files tell it (`sso_account_id`, `role_arn`), before anything was asked.
    pub account_id: Option<String>,
    pub region: Option<String>,
    /// A line of it cannot be read, so that it must not be used: who knows what that line said.
    pub flaw: Option<FileFlaw>,
}

/// Something in a config file that cannot be used as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFlaw {
    pub file: PathBuf,
    /// From 1; 0 where it is the whole file.
    pub line: u32,
    pub what: Flaw,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The parser rejects the line; what it misses.
    Line {
        detail: String,
    },
    /// A section that the AWS SDK drops without a word.
    Section {
        header: String,
    },
    /// A byte order mark, as Windows Notepad writes it. Does no harm here, but to other tools.
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
    /// The key id in the environment, if credentials are set there.
    pub environment: Option<KeyId>,
    /// The files that were read, for people: `~/.aws/config`.
    pub files: Vec<String>,
    /// Credentials of the container that Keyfob runs in are announced by the environment.
    pub container: bool,
    /// What was left out; everything else is in `list`.
    pub flaws: Vec<FileFlaw>,
}

/// What was picked to sign in with. It is the identity that is used, whatever else the environment holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInChoice {
    Profile(String),
    Environment,
    /// Of the container that Keyfob runs in.
    Container,
    Practice,
}
