//! Values that a format does not support.
//!
//! AWS uses `[A-Za-z0-9/+]` for ids and secrets and `[A-Za-z0-9_+=,.@-]` for user names; other servers may send anything. An error
//! never quotes a character of the id or the secret.

use std::fmt;

use super::PairFormat;
use crate::domain::{KeyPair, UserName};

/// A part of a key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Id,
    Secret,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "key id",
            Self::Secret => "secret",
        })
    }
}

/// Why a format cannot represent a key pair, and which format can. The messages are complete sentences.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    #[error("The {0} is empty. Delete this key and create another one.")]
    Empty(Part),
    #[error(
        "The {0} contains a line break or another control character, which no format supports. Delete this key and \
             create another one."
    )]
    Control(Part),
    #[error("The {part} contains a character that is not safe in the format “{}”. Choose “{}” instead.",
            format.name(), instead.name())]
    Character { part: Part, format: PairFormat, instead: PairFormat },
    #[error("The user name contains a line break or another control character. Choose “{}” instead, which omits the name.",
            instead.name())]
    NameControl { instead: PairFormat },
    #[error("aws configure import does not support quotes or commas in a value, so the user name may contain only the letters A \
             to Z, digits and _ . @ + = -. Choose “{}” instead, or save the key pair to a profile.", instead.name())]
    NameInCsv { instead: PairFormat },
    #[error("The AWS SDKs cannot find a profile with this user's name: profile names may contain only the letters A to Z, digits \
             and _ . @ + -. Choose “{}” instead, or save the key pair to a profile with another name.", instead.name())]
    NameOfProfile { instead: PairFormat },
    #[error("A profile named DEFAULT, like this user, would give its keys to every other profile. Choose “{}” instead, or save \
             the key pair to a profile with another name.", instead.name())]
    NameIsDefault { instead: PairFormat },
}

/// Checks that a reader of this format gets exactly this pair and nothing else.
pub(super) fn check(format: PairFormat, pair: &KeyPair, user: &UserName) -> Result<(), FormatError> {
    let parts = [(Part::Id, pair.id.as_str()), (Part::Secret, pair.secret.expose())];
    for (part, text) in parts {
        if text.is_empty() {
            return Err(FormatError::Empty(part));
        }
        if text.chars().any(breaks) {
            return Err(FormatError::Control(part));
        }
    }
    for (part, text) in parts {
        if !text.chars().all(|char| carries(format, char)) {
            return Err(FormatError::Character { part, format, instead: instead(user) });
        }
    }
    check_name(format, user)
}

/// True for characters that end a line for some reader (Python's `splitlines` has ten), and for control characters.
fn breaks(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}

/// True if an id or secret may contain this character, quoted as in `write`.
fn carries(format: PairFormat, char: char) -> bool {
    match format {
        PairFormat::SecretOnly | PairFormat::EnvPosix | PairFormat::EnvFish | PairFormat::Json => true,
        PairFormat::Both | PairFormat::CredentialsSection => is_value(char),
        // The importer does not unquote, and puts the values into a credentials file.
        PairFormat::Csv => is_value(char) && char != ',',
        // PowerShell also treats ‘ ’ ‚ ‛ as quotes, and its older versions read files in the system's code page. HCL
        // normalises (NFC).
        PairFormat::EnvPowerShell | PairFormat::Terraform => char.is_ascii(),
        // In a batch file `%` starts a variable, and at the prompt it cannot be escaped; `!` does with delayed expansion.
        PairFormat::EnvCmd => char.is_ascii() && !matches!(char, '"' | '%' | '!'),
        // In single quotes, python-dotenv unescapes and expands `${…}`; shells do neither.
        PairFormat::DotEnv => !matches!(char, '\'' | '\\' | '$'),
    }
}

/// Characters that are plain to all readers of credentials files, anywhere in a value. Not `#` and `;` (comments), quotes, `%`
/// (interpolation) or spaces.
fn is_value(char: char) -> bool {
    char.is_ascii_alphanumeric() || "/+=._-~@:,!*".contains(char)
}

pub(super) fn check_name(format: PairFormat, user: &UserName) -> Result<(), FormatError> {
    let name = user.as_str();
    let fits = |signs: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
    };
    let (csv, section) = (format == PairFormat::Csv, format == PairFormat::CredentialsSection);
    let instead = instead(user);
    if !(csv || section || format == PairFormat::Json) {
        Ok(())
    } else if name.chars().any(breaks) {
        Err(FormatError::NameControl { instead })
    } else if csv && !fits("_.@+=-") {
        Err(FormatError::NameInCsv { instead })
    } else if section && !fits("_.@+-") {
        Err(FormatError::NameOfProfile { instead })
    } else if (csv || section) && name == "DEFAULT" {
        Err(FormatError::NameIsDefault { instead })
    } else {
        Ok(())
    }
}

/// A format that supports everything but line breaks, including the name if it has one.
fn instead(user: &UserName) -> PairFormat {
    let named = !user.as_str().chars().any(breaks);
    if named { PairFormat::Json } else { PairFormat::EnvPosix }
}
