//! The formats in which a key pair is handed over, on the clipboard and in files alike.

mod refuse;
#[cfg(test)]
mod tests;
mod write;

use serde::{Deserialize, Serialize};

use super::{KeyPair, Secret, UserName};

pub use refuse::{FormatError, Part};

/// How a key pair is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairFormat {
    /// The secret alone and without a line end, for forms that have a field for it. Only to be copied.
    SecretOnly,
    /// Both, as lines of the shared credentials file.
    #[default]
    Both,
    /// What `aws configure import` reads. It names the profile after the user.
    Csv,
    /// A profile of the shared credentials file, named after the user.
    CredentialsSection,
    /// bash, zsh and other shells of the POSIX kind.
    EnvPosix,
    EnvFish,
    EnvPowerShell,
    /// The Command Prompt of Windows.
    EnvCmd,
    /// Read alike by docker compose, python-dotenv and `set -a; . file`.
    DotEnv,
    /// As `aws iam create-access-key` prints it.
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

    /// What a menu shows.
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

    /// False for what can only be copied: a file with a bare secret says of nothing what it is for.
    pub const fn is_for_files(self) -> bool {
        !matches!(self, Self::SecretOnly)
    }

    /// The name that a file of this format is suggested to have: `ci-deployer-access-key.csv`. It holds nothing but letters of
    /// English, digits, `-` and `_`, one dot, and is no name that Windows keeps for itself.
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
    /// Where a reader of this format would take the pair for another one, or could be made to do something by it.
    pub fn text(self, pair: &KeyPair, user: &UserName) -> Result<Secret, FormatError> {
        refuse::check(self, pair, user)?;
        Ok(Secret::new(self.written(pair, user)))
    }

    /// Whether this format can carry the name of the user. Asked before a key is made for it.
    ///
    /// # Errors
    ///
    /// As [`PairFormat::text`] would give for any key pair of this user.
    pub fn takes(self, user: &UserName) -> Result<(), FormatError> {
        refuse::check_name(self, user)
    }

    /// Written twice, the first time only to learn the length: a buffer that had to grow would leave a part of the secret behind
    /// in the memory that it had before.
    fn written(self, pair: &KeyPair, user: &UserName) -> String {
        let mut length = 0;
        write::write(self, pair, user, &mut |part| length += part.len());
        let mut text = String::with_capacity(length);
        write::write(self, pair, user, &mut |part| text.push_str(part));
        text
    }
}

/// At most 64 characters, which is as long as AWS lets a user name be. Dots go as well: `con.csv` is a device on Windows.
fn safe(name: &str) -> String {
    let plain = |char: char| if char.is_ascii_alphanumeric() || char == '_' { char } else { '-' };
    let name: String = name.chars().take(64).map(plain).collect();
    name.trim_matches('-').to_owned()
}
