//! Since when keys are inactive. IAM does not tell; what Keyfob itself did does.

use std::collections::BTreeMap;

use super::Model;
use crate::domain::{ActionKind, KeyId, KeyStatus, Outcome};

impl Model {
    /// Since when keys of this account are inactive, from what Keyfob did. A later change by somebody else is not known.
    pub(super) fn recall_inactive(&mut self) {
        let Some(open) = &mut self.open else { return };
        let here = self.activity.entries().rev().filter(|entry| entry.account.is(&open.account));
        let mut since = BTreeMap::new();
        for entry in here.filter(|entry| entry.outcome == Outcome::Done) {
            let Some(key) = &entry.key else { continue };
            match entry.what {
                ActionKind::Deactivate => _ = since.insert(key.clone(), entry.at),
                ActionKind::Activate | ActionKind::Delete | ActionKind::Create => _ = since.remove(key),
                ActionKind::Describe | ActionKind::RemoveDescription => {}
            }
        }
        let active = |key: &KeyId| open.keys.key(key).is_some_and(|key| key.status == KeyStatus::Active);
        since.retain(|key, _| !active(key));
        for (key, at) in since {
            open.inactive_since.entry(key).or_insert(at);
        }
    }
}
