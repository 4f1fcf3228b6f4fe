//! Access keys: the id and its state, never the secret.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::visible;

/// The id of an access key, for AWS `AKIA` and 16 more characters; other IAM servers use other shapes.
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

    /// What one types to confirm a deletion. The whole id where it is shorter.
    pub fn last_four(&self) -> &str {
        let start = self.0.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        self.0.get(start..).unwrap_or(&self.0)
    }

    /// `AKIA…4M2Q`: for places where the whole id does not fit. The end tells keys apart, the beginning does not.
    ///
    /// Only to be shown, so as [`visible`] has it: servers other than AWS may call a key anything.
    pub fn short(&self) -> String {
        if self.0.chars().count() <= 9 {
            return visible(&self.0).into_owned();
        }
        let head: String = self.0.chars().take(4).collect();
        format!("{}…{}", visible(&head), visible(self.last_four()))
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
    /// Of the API; neither the console nor Keyfob can make a key expire.
    Expired,
    /// A status that this version does not know.
    Unknown,
}

/// An access key as `ListAccessKeys` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    pub id: KeyId,
    pub status: KeyStatus,
    /// `None` where the server does not say.
    pub created: Option<Timestamp>,
}

/// What `GetAccessKeyLastUsed` knows. AWS tracks it since 22 April 2015, to within 15 minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastUse {
    /// Not since AWS tracks it.
    Never,
    At {
        when: Timestamp,
        service: Option<String>,
        region: Option<String>,
    },
}

impl LastUse {
    /// `None` for a key that was never used.
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
