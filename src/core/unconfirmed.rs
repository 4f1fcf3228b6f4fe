//! Answers that got lost: AWS may have done what it was asked, and the next lists tell.

use std::time::Duration;

use super::{Effect, Model, NoticeKind, SessionId};
use crate::domain::{KeyId, KeyStatus, UserName};

/// When to look, besides at once. The last look comes after all that is held against lists has run out.
const LOOK: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(15), Duration::from_secs(31)];

impl Model {
    pub(super) fn recheck_unconfirmed(&mut self, session: SessionId, user: &UserName) {
        self.relist(session, user);
        for after in LOOK {
            self.send(Effect::Relist { session, user: user.clone(), after });
        }
    }

    /// What a list that was just taken settles.
    pub(super) fn reconcile(&mut self, session: SessionId, user: &UserName) {
        self.forget_inactive_since(session, user);
        self.settle_status(session, user);
        self.settle_deletions(session, user);
    }

    /// A key that is active was switched on again, here or elsewhere.
    fn forget_inactive_since(&mut self, session: SessionId, user: &UserName) {
        let Some(open) = self.open_as(session) else { return };
        let Some(known) = open.keys.get(user) else { return };
        let settled = |key: &KeyId| !open.pending.switching.contains_key(key);
        let active = |key: &KeyId| known.key(key).is_some_and(|key| key.status == KeyStatus::Active);
        open.inactive_since.retain(|key, _| !(active(key) && settled(key)));
    }

    /// The list shows what was wanted: it happened.
    fn settle_status(&mut self, session: SessionId, user: &UserName) {
        let Some(open) = self.open_as(session) else { return };
        let Some(known) = open.keys_of(user).filter(|known| known.list.failure().is_none()) else { return };
        let statuses: Vec<(KeyId, KeyStatus, bool)> = known
            .list()
            .iter()
            .filter(|key| !open.pending.switching.contains_key(&key.id))
            .map(|key| (key.id.clone(), key.status, open.signs_with(&key.id)))
            .collect();
        for (key, now_is, signs) in statuses {
            let told = |event: &NoticeKind| matches!(event, NoticeKind::StatusLost { key: lost, status, .. } if *lost == key && *status == now_is);
            let lost = self.notices.iter().any(|one| one.session == Some(session) && told(&one.event));
            if lost {
                self.status_is(session, user, key, now_is, !signs);
                continue;
            }
            // Somebody else has done what was refused here.
            self.notices.retain(|one| {
                let done = matches!(&one.event, NoticeKind::StatusRefused { key: of, status, .. } if *of == key && *status == now_is);
                one.session != Some(session) || !done
            });
        }
    }

    /// A key whose deletion got no answer, and that is not listed any more.
    fn settle_deletions(&mut self, session: SessionId, user: &UserName) {
        let Some(open) = self.open_as(session) else { return };
        let Some(known) = open.keys_of(user).filter(|known| known.list.failure().is_none()) else { return };
        let gone = |key: &KeyId, whose: &UserName| whose == user && known.key(key).is_none();
        let settled: Vec<KeyId> = open
            .pending
            .unconfirmed_deletions
            .iter()
            .filter(|(key, whose)| gone(key, whose))
            .map(|(key, _)| key.clone())
            .collect();
        for key in settled {
            self.is_deleted(session, user, key);
        }
    }
}
