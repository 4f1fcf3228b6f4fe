//! Batches: one action on many keys. Their plans and results are kept as records, so that they outlive the program.

mod commands;
mod record;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountRef, Action, KeyId, KeyStatus, Reason, UserName};
pub use commands::{CliTarget, aws_commands};
pub use record::{BatchRecord, KeptBatch, kept_batches, plan_records};

/// Unique across all runs on this computer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct BatchId(Arc<str>);

impl BatchId {
    /// `started`: when the program started; `number`: counts the batches of this run.
    pub fn new(started: Timestamp, number: u64) -> Self {
        Self(format!("{}-{number}", started.as_nanosecond()).into())
    }
}

impl From<String> for BatchId {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<BatchId> for String {
    fn from(id: BatchId) -> Self {
        id.0.as_ref().to_owned()
    }
}

/// What a batch does with each of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchAction {
    Deactivate,
    Activate,
    Delete,
}

impl BatchAction {
    /// The status that it gives to a key; `None` for a deletion.
    pub fn status(self) -> Option<KeyStatus> {
        match self {
            Self::Deactivate => Some(KeyStatus::Inactive),
            Self::Activate => Some(KeyStatus::Active),
            Self::Delete => None,
        }
    }

    /// What undoes it. Nothing undoes a deletion.
    pub fn opposite(self) -> Option<Self> {
        match self {
            Self::Deactivate => Some(Self::Activate),
            Self::Activate => Some(Self::Deactivate),
            Self::Delete => None,
        }
    }

    /// The permission that it needs.
    pub fn permission(self) -> Action {
        match self {
            Self::Deactivate | Self::Activate => Action::UpdateAccessKey,
            Self::Delete => Action::DeleteAccessKey,
        }
    }

    /// True if a key with this status can be part of the batch.
    pub fn applies_to(self, status: KeyStatus) -> bool {
        match self {
            Self::Deactivate => status == KeyStatus::Active,
            Self::Activate => status == KeyStatus::Inactive,
            Self::Delete => matches!(status, KeyStatus::Inactive | KeyStatus::Expired),
        }
    }
}

/// A key of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchKey {
    pub user: UserName,
    pub key: KeyId,
}

/// A confirmed batch, without its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    pub id: BatchId,
    pub account: AccountRef,
    pub action: BatchAction,
    /// When it was confirmed.
    pub at: Timestamp,
    /// The batch that it undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<BatchId>,
}

/// The result for one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchResult {
    /// The change was made.
    Done,
    /// Nothing was sent: the key had the status already.
    AlreadySet,
    /// Nothing was sent: the key is active, and only inactive keys are deleted.
    Active,
    /// The key or its user no longer exists.
    Gone,
    /// Certainly nothing was changed.
    Failed(Reason),
    /// The response was lost, and the keys could not be listed since.
    Unknown,
}
