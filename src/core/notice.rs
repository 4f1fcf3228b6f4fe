//! What is to be told: done, or failed.

use jiff::Timestamp;

use super::Forbidden;
use crate::domain::{Failure, KeyId, KeyStatus, NotHandedOver, UserName};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub u64);

/// Something to tell the administrator. Successes go away by themselves; failures stay until dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub at: Timestamp,
    /// The account that it is about, if that is not the one that is open: it is told all the same, and never as one of this.
    pub elsewhere: Option<String>,
    pub event: Event,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Can be undone.
    StatusSet {
        user: UserName,
        key: KeyId,
        status: KeyStatus,
    },
    Deleted {
        user: UserName,
        key: KeyId,
    },
    Described {
        key: KeyId,
    },
    StatusRefused {
        user: UserName,
        key: KeyId,
        status: KeyStatus,
        failure: Failure,
    },
    DeleteRefused {
        user: UserName,
        key: KeyId,
        failure: Failure,
    },
    CreateRefused {
        user: UserName,
        failure: Failure,
    },
    /// It was not even tried.
    NotChanged {
        why: Forbidden,
    },
    /// The place that was wished for cannot take a key pair, so none was made.
    PlaceRefused {
        user: UserName,
        why: NotHandedOver,
    },
    /// A creation of an earlier run has made no key.
    NothingWasCreated {
        user: UserName,
    },
    /// A crash while a key is being made would go unnoticed.
    JournalNotWritten {
        reason: String,
    },
    /// The key itself is fine.
    NotDescribed {
        key: KeyId,
        failure: Failure,
    },
    /// The key is deleted; its description tag is left over.
    NotUndescribed {
        user: UserName,
        key: KeyId,
        failure: Failure,
    },
    NotCopied {
        reason: String,
    },
    NotCleared {
        reason: String,
    },
    SettingsNotSaved {
        reason: String,
    },
}

impl Event {
    /// The user whose page it is about.
    pub fn user(&self) -> Option<&UserName> {
        match self {
            Self::StatusSet { user, .. }
            | Self::Deleted { user, .. }
            | Self::StatusRefused { user, .. }
            | Self::DeleteRefused { user, .. }
            | Self::CreateRefused { user, .. }
            | Self::PlaceRefused { user, .. }
            | Self::NotUndescribed { user, .. } => Some(user),
            Self::NotChanged { why: Forbidden::NotAllowed(refusal) } => refusal.user.as_ref(),
            _ => None,
        }
    }

    /// True for what went as it should.
    pub fn is_success(&self) -> bool {
        matches!(
            self,
            Self::StatusSet { .. }
                | Self::Deleted { .. }
                | Self::Described { .. }
                | Self::NothingWasCreated { .. }
        )
    }

    /// The failure behind it, if there is one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::StatusRefused { failure, .. }
            | Self::DeleteRefused { failure, .. }
            | Self::CreateRefused { failure, .. }
            | Self::NotDescribed { failure, .. }
            | Self::NotUndescribed { failure, .. } => Some(failure),
            _ => None,
        }
    }
}
