//! Places in the config files of AWS, and what is wrong there.

use std::path::PathBuf;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingSource {
    File { file: PathBuf, line: u32 },
    Variable(&'static str),
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
