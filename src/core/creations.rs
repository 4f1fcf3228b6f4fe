//! The keys that this run creates, and the creations whose result is unknown.

use std::collections::BTreeSet;

use super::{Creation, Model, NewKey, Stage, Unfinished};
use crate::domain::KeyId;

/// One press of *Create*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpId(pub u64);

/// Creations belong to no session: they outlive a change of user and account.
#[derive(Default)]
pub struct Creations {
    /// The new key that is being made or shown.
    pub(super) current: Option<Creation>,
    /// Creations that neither succeeded nor were refused, of this run and of earlier ones.
    pub unfinished: Vec<Unfinished>,
    /// Keys whose secrets were shown in this run.
    pub(super) delivered: BTreeSet<KeyId>,
}

impl Creations {
    pub(super) fn new_key_mut(&mut self) -> Option<&mut NewKey> {
        self.current.as_mut()?.new_key_mut()
    }
}

impl Creation {
    pub(super) fn new_key(&self) -> Option<&NewKey> {
        match &self.stage {
            Stage::Made(new_key) => Some(new_key),
            Stage::Preparing | Stage::InFlight => None,
        }
    }

    fn new_key_mut(&mut self) -> Option<&mut NewKey> {
        match &mut self.stage {
            Stage::Made(new_key) => Some(new_key),
            Stage::Preparing | Stage::InFlight => None,
        }
    }
}

impl Model {
    /// The new key that is being made or shown.
    pub fn creation(&self) -> Option<&Creation> {
        self.creations.current.as_ref()
    }

    /// The key whose secret is on screen.
    pub fn new_key(&self) -> Option<&NewKey> {
        self.creation()?.new_key()
    }

    /// True while closing the window would lose a secret: it is on its way, or on screen and in no file.
    pub fn holds_secret(&self) -> bool {
        self.creation().is_some_and(|creation| match &creation.stage {
            Stage::Made(new_key) => new_key.written.is_empty(),
            Stage::Preparing | Stage::InFlight => true,
        })
    }
}
