//! IAM users.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The name of an IAM user, and the identifier in every call. AWS makes names unique regardless of case; on other servers, names
/// that differ in case are those of different users.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct UserName(Arc<str>);

impl UserName {
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for UserName {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<UserName> for String {
    fn from(text: UserName) -> Self {
        text.as_str().to_owned()
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An IAM user as returned by `ListUsers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub name: UserName,
    /// Starts and ends with `/`.
    pub path: String,
    /// `None` if the server does not report it.
    pub created: Option<Timestamp>,
    /// When the console password was last used; `None` if it was never used or does not exist.
    pub password_last_used: Option<Timestamp>,
}

/// The order of the user picker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserOrder {
    /// By name, ignoring case.
    #[default]
    Name,
    /// By creation time, oldest first.
    OldestFirst,
    /// By creation time, newest first.
    NewestFirst,
}
