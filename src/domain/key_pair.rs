//! A newly created key pair, and the texts that it is handed over in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{KeyId, Secret};

/// What `CreateAccessKey` answers, once.
pub struct KeyPair {
    pub id: KeyId,
    pub secret: Secret,
    pub created: Option<Timestamp>,
}

/// What is put on the clipboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairFormat {
    /// The secret alone, for forms that have a field for it.
    SecretOnly,
    /// Both, as lines of the shared credentials file.
    #[default]
    Both,
}

impl PairFormat {
    /// The text in this format.
    pub fn text(self, pair: &KeyPair) -> Secret {
        let secret = pair.secret.expose();
        let mut text = String::with_capacity(96 + secret.len());
        if self == Self::Both {
            text.push_str("aws_access_key_id = ");
            text.push_str(pair.id.as_str());
            text.push_str("\naws_secret_access_key = ");
        }
        text.push_str(secret);
        if self == Self::Both {
            text.push('\n');
        }
        Secret::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> KeyPair {
        KeyPair { id: KeyId::new("AKIAEXAMPLE"), secret: Secret::new("a/b+c=".into()), created: None }
    }

    #[test]
    fn both_can_be_pasted_into_a_credentials_file() {
        let text = PairFormat::Both.text(&pair());
        assert_eq!(text.expose(), "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = a/b+c=\n");
    }

    #[test]
    fn the_secret_alone_has_no_line_end() {
        assert_eq!(PairFormat::SecretOnly.text(&pair()).expose(), "a/b+c=");
    }
}
