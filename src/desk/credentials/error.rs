//! Why a file is not edited, and what in it may interfere with the pair.

/// Unchanged content that the administrator should know about. Line numbers are those of the old file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A key in the section, or in `[DEFAULT]`, that some programs use instead of the pair or together with it.
    OtherCredentials { key: &'static str, line: usize },
    /// The AWS CLI and SDKs cannot read a file that begins with one.
    ByteOrderMark,
    /// The AWS CLI and SDKs cannot read a file with bytes that are not UTF-8.
    NotUtf8,
    /// The AWS CLI cannot read a file with a section that appears twice. This is the second one.
    SectionTwice { line: usize },
}

/// Why the file was not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("The key id contains characters that are not safe in a credentials file. Copy the pair instead")]
    Id,
    #[error("The secret contains characters that are not safe in a credentials file. Copy the pair instead")]
    Secret,
    #[error("The file is not plain text; it may be UTF-16. Save it as UTF-8 first")]
    NotText,
    #[error("Line {line} contains a stray carriage return. Remove it first")]
    CarriageReturn { line: usize },
    #[error("The profile appears twice, in lines {first} and {second}. Remove one of them first")]
    SectionTwice { first: usize, second: usize },
    #[error("{key} appears twice in the profile, in lines {first} and {second}. Remove one of them first")]
    KeyTwice { key: &'static str, first: usize, second: usize },
    #[error(
        "Line {line} is indented, and programs read such lines differently. Remove the leading spaces first"
    )]
    Indented { line: usize },
    #[error("Programs read line {line} differently. Write it as [name] or as key = value first")]
    Unclear { line: usize },
}
