//! What a batch will do, key by key, before it is confirmed.

use std::collections::{BTreeSet, VecDeque};

use jiff::SignedDuration;

use crate::core::{Forbidden, OpenAccount, SessionId};
use crate::domain::{BatchAction, BatchKey, KeyId, KeyStatus, Moment, UserName};

/// A key that was used within this time is left out unless it is included by itself.
const RECENTLY: SignedDuration = SignedDuration::from_hours(24);

/// A last use that was read within this time is not read again: AWS updates it about every 15 minutes.
const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// Keys for which an action was chosen. The plan follows from it and from what is known at the moment.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub(super) session: SessionId,
    pub action: BatchAction,
    /// Each once, in the order in which they were given.
    pub keys: Vec<KeyId>,
    /// Keys that the administrator has included although the plan asks about them.
    pub(super) included: BTreeSet<KeyId>,
    /// Keys whose last use is still to be read, and those for which it is being read.
    pub(super) to_read: VecDeque<(UserName, KeyId)>,
    pub(super) reading: BTreeSet<KeyId>,
}

/// Why a key is included only if the administrator says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// It was used in the last 24 hours.
    UsedRecently,
    LastUseUnknown,
    /// Its user is exempt from the account's limits.
    Exempt,
}

/// Why a key is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The action does not apply to a key with this status.
    Status(KeyStatus),
    /// Keyfob signs in with it.
    InUse,
    Forbidden(Forbidden),
    /// A change of its status is under way.
    UnderWay,
    /// It is not in any list of keys.
    NotListed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Included,
    /// Left out unless `included`.
    Asks {
        concern: Concern,
        included: bool,
    },
    LeftOut(LeftOut),
}

impl Verdict {
    /// The key is part of the batch.
    pub fn is_included(&self) -> bool {
        matches!(self, Self::Included | Self::Asks { included: true, .. })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedKey {
    /// `None` if the key is in no list.
    pub user: Option<UserName>,
    pub key: KeyId,
    pub verdict: Verdict,
}

/// What confirming the proposal would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchPlan {
    pub action: BatchAction,
    /// First the keys that it asks about, then those that are included, then those that are left out.
    pub keys: Vec<PlannedKey>,
}

impl BatchPlan {
    /// How many keys will be changed.
    pub fn count(&self) -> usize {
        self.keys.iter().filter(|planned| planned.verdict.is_included()).count()
    }

    pub fn included(&self) -> Vec<BatchKey> {
        let included = self.keys.iter().filter(|planned| planned.verdict.is_included());
        let keys = included
            .filter_map(|planned| Some(BatchKey { user: planned.user.clone()?, key: planned.key.clone() }));
        keys.collect()
    }
}

impl Proposal {
    pub(super) fn new(open: &OpenAccount, action: BatchAction, keys: Vec<KeyId>, now: Moment) -> Self {
        let mut seen = BTreeSet::new();
        let keys: Vec<KeyId> = keys.into_iter().filter(|key| seen.insert(key.clone())).collect();
        let asks = action != BatchAction::Activate;
        let stale = keys.iter().filter(|_| asks).filter_map(|key| {
            let user = open.keys.owner(key)?;
            let last_use = open.keys.get(user)?.last_use_of(key)?;
            let is_fresh = last_use.as_of.is_some_and(|as_of| now.since(as_of) < FRESH);
            (!is_fresh && !last_use.is_loading()).then(|| (user.clone(), key.clone()))
        });
        let to_read = stale.collect();
        Self {
            session: open.session,
            action,
            keys,
            included: BTreeSet::new(),
            to_read,
            reading: BTreeSet::new(),
        }
    }

    /// The keys whose last use is still being read.
    pub fn unread(&self) -> usize {
        self.to_read.len() + self.reading.len()
    }

    pub fn plan(&self, open: &OpenAccount, now: Moment) -> BatchPlan {
        let mut keys: Vec<PlannedKey> = self
            .keys
            .iter()
            .map(|key| {
                let user = open.keys.owner(key).cloned();
                let verdict = self.verdict(open, user.as_ref(), key, now);
                PlannedKey { user, key: key.clone(), verdict }
            })
            .collect();
        keys.sort_by_key(|planned| match planned.verdict {
            Verdict::Asks { .. } => 0,
            Verdict::Included => 1,
            Verdict::LeftOut(_) => 2,
        });
        BatchPlan { action: self.action, keys }
    }

    fn verdict(&self, open: &OpenAccount, user: Option<&UserName>, key: &KeyId, now: Moment) -> Verdict {
        let known = user.and_then(|user| Some((user, open.keys.get(user)?)));
        let Some((user, known, status)) =
            known.and_then(|(user, known)| Some((user, known, known.key(key)?.status)))
        else {
            return Verdict::LeftOut(LeftOut::NotListed);
        };
        if let Some(why) = self.left_out(open, user, key, status) {
            return Verdict::LeftOut(why);
        }
        let last_use = known.last_use(key);
        let is_recent = |when| now.date.duration_since(when) < RECENTLY;
        let concern = match last_use {
            _ if self.action == BatchAction::Activate => None,
            Some(used) if used.when().is_some_and(is_recent) => Some(Concern::UsedRecently),
            None => Some(Concern::LastUseUnknown),
            Some(_) if open.prefs.policy.exempt_users.matches(user) => Some(Concern::Exempt),
            Some(_) => None,
        };
        match concern {
            Some(concern) => Verdict::Asks { concern, included: self.included.contains(key) },
            None => Verdict::Included,
        }
    }

    fn left_out(
        &self,
        open: &OpenAccount,
        user: &UserName,
        key: &KeyId,
        status: KeyStatus,
    ) -> Option<LeftOut> {
        if self.action != BatchAction::Activate && open.signs_in_with(key) {
            return Some(LeftOut::InUse);
        }
        if open.pending.switching.contains_key(key) {
            return Some(LeftOut::UnderWay);
        }
        if !self.action.applies_to(status) {
            return Some(LeftOut::Status(status));
        }
        open.access.forbidden(self.action.permission(), user).map(LeftOut::Forbidden)
    }
}
