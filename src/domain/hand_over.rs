//! Where a new key pair is handed over to, besides the clipboard.

use std::path::PathBuf;
use std::time::SystemTime;

use super::{KeyId, PairFormat};

/// A place for a key pair, picked before or after the key is created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOver {
    File {
        format: PairFormat,
        path: PathBuf,
        /// A file of that name may be replaced.
        replace: bool,
    },
    /// A profile of the shared credentials file.
    Profile {
        name: String,
        /// The file as it was when the change was shown; another one is not overwritten.
        seen: FileVersion,
    },
}

/// Tells two states of a file apart, without its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileVersion {
    pub path: PathBuf,
    /// `None` if there is no file.
    pub content: Option<FileContent>,
}

/// What is known of a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileContent {
    pub modified: Option<SystemTime>,
    /// Bytes.
    pub len: usize,
    /// Means nothing outside this run.
    pub digest: [u64; 2],
}

/// What becomes of the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileChangeKind {
    New,
    /// It is there without a key.
    GetsKey,
    Replaces(KeyId),
}

/// What writing to a profile would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileChange {
    /// The file itself, where `~/.aws/credentials` is a link.
    pub file: PathBuf,
    pub kind: ProfileChangeKind,
    /// The lines as they will be, with the secret as dots.
    pub lines: Vec<String>,
    /// What else has to be known about it.
    pub notes: Vec<String>,
    pub seen: FileVersion,
}

/// A key pair was written, read back, and found the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    pub path: PathBuf,
    /// `None` for a file of its own.
    pub profile: Option<String>,
    /// What the administrator should know about the place, sentence by sentence.
    pub warnings: Vec<String>,
}

/// Why a key pair was not written. Nothing else was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotHandedOver {
    /// A file of that name is there; it may be replaced if that is said.
    Exists(PathBuf),
    /// What happened and what to do, in plain words.
    Failed(String),
}
