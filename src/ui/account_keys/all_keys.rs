//! All keys of the account as entries, made anew only where something has changed.

use std::sync::Arc;

use jiff::Timestamp;

use super::ages::{Ages, BARS};
use super::entry::{self, Entry, Owner};
use super::filter::{Chip, bar_of};
use crate::core::{KeyRow, OpenAccount, SessionId, UserKeys};
use crate::domain::{KeyStatus, UserName};

/// What the entries are made from: the session, the revision of its keys, the hour, as ages grow by themselves.
pub(super) type AllKey = (SessionId, u64, i64);

/// Every key that is known, and their sums.
#[derive(Default)]
pub(super) struct AllKeys {
    made_for: Option<AllKey>,
    /// In the order of the users' names.
    users: Vec<UserEntries>,
    root: Option<UserEntries>,
    pub(super) total: usize,
    counts: [usize; Chip::ALL.len()],
    pub(super) ages: Ages,
    /// Keys whose ids are not known yet.
    pub(super) unnamed: usize,
}

/// The entries of one user, as of a revision of its keys.
struct UserEntries {
    user: UserName,
    revision: u64,
    entries: Vec<Arc<Entry>>,
}

impl AllKeys {
    pub(super) fn key(&self) -> Option<AllKey> {
        self.made_for
    }

    /// Returns true if something has changed.
    pub(super) fn update(&mut self, open: &OpenAccount, now: Timestamp) -> bool {
        let (session, hour) = (open.session, now.as_second() / 3600);
        let key = (session, open.keys.revision, hour);
        if self.made_for == Some(key) {
            return false;
        }
        let stays = self.made_for.is_some_and(|made| (made.0, made.2) == (session, hour));
        self.made_for = Some(key);
        let before = std::mem::take(&mut self.users);
        let mut before = before.into_iter().filter(|_| stays).peekable();
        for (user, known) in open.keys.iter() {
            while before.next_if(|one| one.user < *user).is_some() {}
            let same = before.next_if(|one| one.user == *user && one.revision == known.revision);
            self.users.push(same.unwrap_or_else(|| UserEntries::new(open, user, known, now)));
        }
        // A handful.
        self.root = open.keys.root().map(|known| UserEntries::new(open, &entry::root(), known, now));
        self.count(now);
        true
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.root.iter().chain(&self.users).flat_map(|user| &user.entries)
    }

    pub(super) fn of_user(&self, user: &UserName) -> &[Arc<Entry>] {
        let found = self.users.binary_search_by(|one| one.user.cmp(user)).ok();
        found.and_then(|at| self.users.get(at)).map(|one| one.entries.as_slice()).unwrap_or_default()
    }

    /// How many keys of the account pass a chip.
    pub(super) fn count_of(&self, chip: Chip) -> usize {
        self.counts.get(chip as usize).copied().unwrap_or_default()
    }

    fn count(&mut self, now: Timestamp) {
        let (mut total, mut unnamed) = (0, 0);
        let mut counts = [0; Chip::ALL.len()];
        let mut ages = [0; BARS];
        for entry in self.iter() {
            total += 1;
            unnamed += usize::from(entry.key_id().is_none());
            for chip in entry.chips.iter() {
                if let Some(count) = counts.get_mut(chip as usize) {
                    *count += 1;
                }
            }
            if let Some(age) = bar_of(entry, now).and_then(|bar| ages.get_mut(bar)) {
                *age += 1;
            }
        }
        (self.total, self.unnamed, self.counts, self.ages) = (total, unnamed, counts, ages);
    }
}

impl UserEntries {
    fn new(open: &OpenAccount, user: &UserName, known: &UserKeys, now: Timestamp) -> Self {
        let rows: Vec<KeyRow<'_>> = known.rows().collect();
        let active = rows.iter().filter(|row| row.status == KeyStatus::Active).count();
        let owner = Owner { open, user, active, now };
        let entries = rows.iter().map(|row| Arc::new(Entry::new(&owner, row))).collect();
        Self { user: user.clone(), revision: known.revision, entries }
    }
}
