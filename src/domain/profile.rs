//! The ways to sign in that this workstation offers.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Failure, KeyId};

/// How a profile signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileKind {
    /// Long-term keys in the credentials or config file.
    Keys,
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
}

/// A section that the AWS SDK drops without a word, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredSection {
    pub file: PathBuf,
    /// From 1.
    pub line: u32,
    pub header: String,
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
    /// A file that could not be read or parsed; what could be read is still in `list`.
    pub problem: Option<Failure>,
    pub ignored: Vec<IgnoredSection>,
}

/// What was picked to sign in with. It is the identity that is used, whatever else the environment holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInChoice {
    Profile(String),
    Environment,
    Practice,
}
