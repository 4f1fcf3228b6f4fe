//! A newly created key pair.

use jiff::Timestamp;

use super::{KeyId, Secret};

/// What `CreateAccessKey` answers, once.
pub struct KeyPair {
    pub id: KeyId,
    pub secret: Secret,
    pub created: Option<Timestamp>,
}
