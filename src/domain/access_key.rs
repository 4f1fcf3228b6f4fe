//! Access keys: the id and its state, never the secret.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::spell_out_hidden;

/// The id of an access key: for AWS `AKIA` and 16 more characters; other IAM servers use other forms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct KeyId(Arc<str>);

impl KeyId {
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text to type to confirm a deletion. The complete id if it is shorter.
    pub fn last_four(&self) -> &str {
        let start = self.0.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        self.0.get(start..).unwrap_or(&self.0)
    }

    /// `AKIA…4M2Q`: for places too narrow for the complete id. Keys differ at the end, not at the beginning.
    ///
    /// For display only, and escaped by [`spell_out_hidden`]: servers other than AWS may use any text as an id.
    pub fn short(&self) -> String {
        if self.0.chars().count() <= 9 {
            return spell_out_hidden(&self.0).into_owned();
        }
        let head: String = self.0.chars().take(4).collect();
        format!("{}…{}", spell_out_hidden(&head), spell_out_hidden(self.last_four()))
    }
}

impl From<String> for KeyId {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<KeyId> for String {
    fn from(text: KeyId) -> Self {
        text.as_str().to_owned()
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `StatusType` of the IAM API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyStatus {
    Active,
    Inactive,
    /// Defined by the API; neither the console nor Keyfob can set it.
    Expired,
    /// A status that this version does not support.
    Unknown,
}

impl KeyStatus {
    /// The key cannot sign requests. `false` where that is not certain.
    pub fn is_off(self) -> bool {
        matches!(self, Self::Inactive | Self::Expired)
    }
}

/// An access key as returned by `ListAccessKeys`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    pub id: KeyId,
    pub status: KeyStatus,
    /// `None` if the server does not report it.
    pub created: Option<Timestamp>,
}

/// The result of `GetAccessKeyLastUsed`. AWS has tracked it since 22 April 2015, accurate to 15 minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastUse {
    /// Not since AWS began to track it.
    Never,
    At {
        when: Timestamp,
        service: Option<String>,
        region: Option<String>,
    },
}

impl LastUse {
    /// `None` for a key that has never been used.
    pub fn when(&self) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::At { when, .. } => Some(*when),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_id_keeps_its_end() {
        assert_eq!(KeyId::new("AKIAQYLPEXAMPLEA4M2Q").short(), "AKIA…4M2Q");
        assert_eq!(KeyId::new("AKIAQYLPEXAMPLEA4M2Q").last_four(), "4M2Q");
    }

    #[test]
    fn a_short_id_hides_nothing() {
        assert_eq!(KeyId::new("AK\u{202e}A").short(), "AK‹U+202E›A");
        let (head, end) =
            (KeyId::new("A\u{200b}IAQYLPEXAMPLEA4M2Q"), KeyId::new("AKIAQYLPEXAMPLEA4\u{202e}2Q"));
        assert_eq!((head.short().as_str(), end.short().as_str()), ("A‹U+200B›IA…4M2Q", "AKIA…4‹U+202E›2Q"));
    }

    #[test]
    fn ids_of_other_servers_are_never_cut_into_nothing() {
        assert_eq!(KeyId::new("abc").last_four(), "abc");
        assert_eq!(KeyId::new("abc").short(), "abc");
        assert_eq!(KeyId::new("ключ-доступа").last_four(), "тупа", "by characters, not bytes");
        assert_eq!(KeyId::new("").last_four(), "");
    }
}
