//! The formats of a key pair, for the clipboard and for files.

mod refuse;
#[cfg(test)]
mod tests;
mod write;

use serde::{Deserialize, Serialize};

use super::{KeyPair, Secret, UserName};

pub use refuse::{FormatError, Part};
pub(super) use write::posix_quoted;

/// A format of a key pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairFormat {
    /// The secret alone without a line end, for pasting into a form. Only for copying.
    SecretOnly,
    /// Both, as lines of the shared credentials file.
    #[default]
    Both,
    /// For `aws configure import`, which names the profile after the user.
    Csv,
    /// A profile of the shared credentials file, named after the user.
    CredentialsSection,
    /// bash, zsh and other POSIX shells.
    EnvPosix,
    EnvFish,
    EnvPowerShell,
    /// The Windows Command Prompt.
    EnvCmd,
    /// Read in the same way by docker compose, python-dotenv and `set -a; . file`.
    DotEnv,
    /// As printed by `aws iam create-access-key`.
    Json,
    /// A `.tfvars` file.
    Terraform,
}

impl PairFormat {
    /// In the order of menus.
    pub const ALL: [Self; 11] = [
        Self::SecretOnly,
        Self::Both,
        Self::Csv,
        Self::CredentialsSection,
        Self::EnvPosix,
        Self::EnvFish,
        Self::EnvPowerShell,
        Self::EnvCmd,
        Self::DotEnv,
        Self::Json,
        Self::Terraform,
    ];

    /// The name in menus.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecretOnly => "Secret only",
            Self::Both => "Key id and secret",
            Self::Csv => "CSV for aws configure import",
            Self::CredentialsSection => "Section of the credentials file",
            Self::EnvPosix => "bash and zsh",
            Self::EnvFish => "fish",
            Self::EnvPowerShell => "PowerShell",
            Self::EnvCmd => "Command Prompt",
            Self::DotEnv => ".env file",
            Self::Json => "JSON",
            Self::Terraform => "Terraform variables",
        }
    }

    /// False for formats that can only be copied: a file with a bare secret would not say what the secret is for.
    pub const fn is_for_files(self) -> bool {
        !matches!(self, Self::SecretOnly)
    }

    /// The suggested file name: `ci-deployer-access-key.csv`. It contains only the letters A to Z, digits, `-`, `_` and one dot,
    /// and is not a name that Windows reserves.
    pub fn file_name(self, user: &UserName) -> String {
        let user = safe(user.as_str());
        let dash = if user.is_empty() { "" } else { "-" };
        format!("{user}{dash}access-key.{}", self.extension())
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::SecretOnly | Self::Both => "txt",
            Self::Csv => "csv",
            Self::CredentialsSection => "ini",
            Self::EnvPosix => "sh",
            Self::EnvFish => "fish",
            Self::EnvPowerShell => "ps1",
            Self::EnvCmd => "cmd",
            Self::DotEnv => "env",
            Self::Json => "json",
            Self::Terraform => "tfvars",
        }
    }

    /// The text in this format.
    ///
    /// # Errors
    ///
    /// If a reader of this format would read another pair, or could be made to run something.
    pub fn text(self, pair: &KeyPair, user: &UserName) -> Result<Secret, FormatError> {
        refuse::check(self, pair, user)?;
        Ok(Secret::new(self.written(pair, user)))
    }

    /// Checks that this format supports the user's name, before a key is created.
    ///
    /// # Errors
    ///
    /// The error that [`PairFormat::text`] would return for any key pair of this user.
    pub fn takes(self, user: &UserName) -> Result<(), FormatError> {
        refuse::check_name(self, user)
    }

    /// Writes twice, the first time only to measure the length: a buffer that grows would leave part of the secret in freed
    /// memory.
    fn written(self, pair: &KeyPair, user: &UserName) -> String {
        let mut length = 0;
        write::write(self, pair, user, &mut |part| length += part.len());
        let mut text = String::with_capacity(length);
        write::write(self, pair, user, &mut |part| text.push_str(part));
        text
    }
}

/// At most 64 characters, the limit of AWS for user names. Dots are removed too: `con.csv` is a device on Windows.
fn safe(name: &str) -> String {
    let plain = |char: char| if char.is_ascii_alphanumeric() || char == '_' { char } else { '-' };
    let name: String = name.chars().take(64).map(plain).collect();
    name.trim_matches('-').to_owned()
}
