//! Where a new key pair is saved.

use std::path::PathBuf;
use std::time::SystemTime;

use super::{KeyId, PairFormat};

/// The destination of a key pair, chosen before or after the key is created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveTarget {
    File {
        format: PairFormat,
        path: PathBuf,
        /// Whether an existing file may be replaced.
        replace: bool,
    },
    /// A profile of the shared credentials file.
    Profile {
        name: String,
        /// The version of the file in the preview; a different version is not overwritten.
        seen: FileVersion,
    },
}

/// Identifies a version of a file without its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileVersion {
    pub path: PathBuf,
    /// `None` if the file does not exist.
    pub content: Option<FileContent>,
}

/// Identifies a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileContent {
    pub modified: Option<SystemTime>,
    /// Bytes.
    pub len: usize,
    /// Comparable only within this run.
    pub digest: [u64; 2],
}

/// The effect on the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileChangeKind {
    New,
    /// The profile exists without a key.
    GetsKey,
    Replaces(KeyId),
}

/// The preview of saving to a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileChange {
    /// The file itself, if `~/.aws/credentials` is a link.
    pub file: PathBuf,
    pub kind: ProfileChangeKind,
    /// The new lines, with the secret as dots.
    pub lines: Vec<String>,
    /// Warnings about the file.
    pub notes: Vec<String>,
    pub seen: FileVersion,
}

/// A key pair that was written, read back and compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPair {
    pub path: PathBuf,
    /// `None` for a file of its own.
    pub profile: Option<String>,
    /// Warnings about the destination, one sentence each.
    pub warnings: Vec<String>,
}

/// Why a key pair was not written. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// The file exists; the administrator may choose to replace it.
    Exists(PathBuf),
    /// The error and what to do, in plain words.
    Failed(String),
}
