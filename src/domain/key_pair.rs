//! A newly created key pair.

use jiff::Timestamp;

use super::{KeyId, Secret};

/// The response of `CreateAccessKey`. AWS returns it only once.
pub struct KeyPair {
    pub id: KeyId,
    pub secret: Secret,
    pub created: Option<Timestamp>,
}
