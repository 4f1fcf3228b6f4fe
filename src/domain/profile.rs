//! The ways to sign in that this workstation offers.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Failure, KeyId};

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
    /// Why it cannot be signed in with, where the files alone show it.
    pub problem: Option<Failure>,
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
    /// The line cannot be read. The AWS CLI refuses the whole file for it.
    Line(LineFault),
    /// A section that the AWS CLI ignores.
    Section {
        header: String,
    },
    /// A section that the one in a later line replaces.
    Replaced {
        header: String,
        by_line: u32,
    },
    /// A byte order mark, as Windows Notepad writes it. Does no harm here, but to other tools.
    ByteOrderMark,
    /// UTF-16.
    NotUtf8,
    Unreadable {
        reason: String,
    },
    /// A folder, a pipe, a device. The AWS CLI ignores it.
    NotAFile,
    /// Larger than any config file; the limit in MiB.
    TooLarge {
        limit_mib: u64,
    },
    /// The file that a variable names is not there.
    NotThere {
        variable: &'static str,
    },
}

/// Why a line of a config file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// It stands before the first section.
    NoSection,
    /// There is nothing before the `=`.
    NoName,
    /// It is no header, no setting, and not the continuation of one.
    NoEquals,
    /// A header without its closing bracket.
    OpenHeader,
    /// The same section stands above already, in this line.
    SameSection {
        line: u32,
    },
    /// The same setting stands above in the same section, in this line.
    SameSetting {
        name: String,
        line: u32,
    },
    /// A line of the indented block below this setting is no setting.
    InBlock {
        name: String,
    },
    NotUtf8,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingSource {
    File { file: PathBuf, line: u32 },
    Variable(&'static str),
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
