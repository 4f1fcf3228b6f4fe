//! Since when keys are inactive. IAM does not tell; what Keyfob itself did does.

use std::collections::BTreeMap;

use super::{KeysMsg, Model, Msg};
use crate::domain::{KeyId, KeyStatus, Outcome, UserName, What};

impl Model {
    /// Since when keys of this account are inactive, from what Keyfob did. A later change by somebody else is not known.
    pub(super) fn recall_inactive(&mut self) {
        let Some(open) = &mut self.open else { return };
        let here = self.activity.deeds().rev().filter(|deed| deed.place.is(&open.account));
        let mut since = BTreeMap::new();
        for deed in here.filter(|deed| deed.outcome == Outcome::Done) {
            let Some(key) = &deed.key else { continue };
            match deed.what {
                What::Deactivate => _ = since.insert(key.clone(), deed.at),
                What::Activate | What::Delete | What::Create => _ = since.remove(key),
                What::Describe | What::RemoveDescription => {}
            }
        }
        let active = |key: &KeyId| {
            let known = open.keys.values().find_map(|keys| keys.key(key));
            known.is_some_and(|key| key.status == KeyStatus::Active)
        };
        since.retain(|key, _| !active(key));
        for (key, at) in since {
            open.inactive_since.entry(key).or_insert(at);
        }
    }

    /// A list shows which keys somebody else has switched on again.
    pub(super) fn forget_inactive(&mut self, listed: Option<UserName>) {
        let Some((open, user)) = self.open.as_mut().zip(listed) else { return };
        let Some(known) = open.keys.get(&user) else { return };
        for key in known.list().iter().filter(|key| key.status == KeyStatus::Active) {
            open.inactive_since.remove(&key.id);
        }
    }
}

/// The user whose keys `msg` lists.
pub(super) fn listed(msg: &Msg) -> Option<UserName> {
    match msg {
        Msg::Keys(KeysMsg::Listed { user, answer: Ok(_), .. }) => Some(user.clone()),
        _ => None,
    }
}
