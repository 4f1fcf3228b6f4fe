//! The text of a preview, for the administrator to decide on.

use std::fmt;

use super::{ChangeKind, ChangedLine, LineChange, Note, Preview};
use crate::domain::{ProfileChange, ProfileChangeKind};

impl From<Preview> for ProfileChange {
    fn from(preview: Preview) -> Self {
        let Preview { path, change, warnings, seen, .. } = preview;
        let kind = match change.kind {
            ChangeKind::NewSection => ProfileChangeKind::New,
            ChangeKind::Replaced { old: Some(old) } => ProfileChangeKind::Replaces(old),
            ChangeKind::KeysAdded | ChangeKind::Replaced { old: None } => ProfileChangeKind::GetsKey,
        };
        let notes = change.notes.iter().map(ToString::to_string);
        Self {
            file: path,
            kind,
            lines: change.lines.iter().map(ToString::to_string).collect(),
            notes: notes.chain(warnings.iter().map(ToString::to_string)).collect(),
            seen,
        }
    }
}

impl fmt::Display for ChangedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.what {
            LineChange::Added => '+',
            LineChange::Replaced => '~',
            LineChange::Removed => '-',
        };
        write!(f, "{:>4} {sign} {}", self.number, self.text)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherCredentials { key, line } => {
                write!(f, "Line {line} sets {key}, which some programs use instead of the key pair")
            }
            Self::ByteOrderMark => {
                f.write_str("The file begins with a byte order mark, so the AWS CLI and SDKs cannot read it")
            }
            Self::NotUtf8 => f.write_str("The file is not UTF-8, so the AWS CLI and SDKs cannot read it"),
            Self::SectionTwice { line } => {
                write!(f, "Line {line} repeats a section, so the AWS CLI cannot read the file")
            }
        }
    }
}
