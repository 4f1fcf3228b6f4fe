//! A row of the account's keys: what is shown, searched, sorted and exported of one key.

use jiff::{SignedDuration, Timestamp};

use super::filter::{Chip, ChipSet};
use crate::core::{KeyRef, KeyRow, OpenAccount};
use crate::domain::{
    Finding, KeyId, KeyStatus, LastUse, Policy, Severity, UserName, age_days, spell_out_hidden,
};

/// The name that the credential report has for the root user. No IAM user can be called so.
const ROOT: &str = "<root_account>";

/// The root user among the users.
pub(super) fn root() -> UserName {
    UserName::new(ROOT)
}

pub(super) fn is_root(user: &UserName) -> bool {
    user.as_str() == ROOT
}

/// Identifies a row. A key gets another one when its id becomes known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ui) struct EntryKey {
    pub(super) user: UserName,
    pub(super) key: KeyRef,
}

/// A key of the account, with all that its row shows.
pub(in crate::ui) struct Entry {
    pub(super) id: EntryKey,
    pub(super) status: KeyStatus,
    pub(super) created: Option<Timestamp>,
    /// `None`: not known yet.
    pub(super) last_use: Option<LastUse>,
    pub(super) description: Option<String>,
    /// The worst first.
    pub(super) findings: Vec<Finding>,
    /// The chips that it passes.
    pub(super) chips: ChipSet,
    /// Everything that the filter searches, in lower case.
    text: String,
}

/// What is the same for all keys of a user.
pub(super) struct Owner<'a> {
    pub(super) open: &'a OpenAccount,
    pub(super) user: &'a UserName,
    /// How many active keys the user has.
    pub(super) active: usize,
    pub(super) now: Timestamp,
}

impl Entry {
    pub(super) fn new(owner: &Owner<'_>, row: &KeyRow<'_>) -> Self {
        let id = EntryKey { user: owner.user.clone(), key: row.key.clone() };
        let last_use = row.last_use.value.clone();
        let text = text(&id, last_use.as_ref(), row.description);
        let chips = chips(owner, row);
        Self {
            id,
            status: row.status,
            created: row.created,
            last_use,
            description: row.description.map(str::to_owned),
            findings: row.findings.to_vec(),
            chips,
            text,
        }
    }

    pub(super) fn is_root(&self) -> bool {
        is_root(&self.id.user)
    }

    /// The user's name as it is shown.
    pub(super) fn user(&self) -> String {
        if self.is_root() {
            "root user".to_owned()
        } else {
            spell_out_hidden(self.id.user.as_str()).into_owned()
        }
    }

    /// `None` while only a report has named the key, and for keys of the root user.
    pub(super) fn key_id(&self) -> Option<&KeyId> {
        match &self.id.key {
            KeyRef::Id(id) => Some(id),
            KeyRef::Slot(_) => None,
        }
    }

    /// "AKIA… of bob", "key 1 of bob"
    pub(super) fn name(&self) -> String {
        let key = match &self.id.key {
            KeyRef::Id(id) => spell_out_hidden(id.as_str()).into_owned(),
            KeyRef::Slot(slot) => slot.to_string(),
        };
        format!("{key} of {}", self.user())
    }

    pub(super) fn service(&self) -> Option<&str> {
        match self.last_use.as_ref()? {
            LastUse::At { service, .. } => service.as_deref(),
            LastUse::Never => None,
        }
    }

    pub(super) fn region(&self) -> Option<&str> {
        match self.last_use.as_ref()? {
            LastUse::At { region, .. } => region.as_deref(),
            LastUse::Never => None,
        }
    }

    /// `query` is in lower case; each of its words must occur.
    pub(super) fn has_words(&self, query: &str) -> bool {
        query.split_whitespace().all(|word| self.text.contains(word))
    }

    pub(super) fn age_days(&self, now: Timestamp) -> Option<u32> {
        Some(age_days(self.created?, now))
    }
}

fn text(id: &EntryKey, last_use: Option<&LastUse>, description: Option<&str>) -> String {
    let mut text = if is_root(&id.user) { "root user".to_owned() } else { id.user.as_str().to_lowercase() };
    let mut add = |part: &str| {
        text.push('\n');
        text.push_str(&part.to_lowercase());
    };
    if let KeyRef::Id(key) = &id.key {
        add(key.as_str());
    }
    if let Some(LastUse::At { service, region, .. }) = last_use {
        service.iter().chain(region).for_each(|part| add(part));
    }
    description.into_iter().for_each(&mut add);
    text
}

/// Facts, whatever the status: an old key is old although only an active one is a finding.
fn chips(owner: &Owner<'_>, row: &KeyRow<'_>) -> ChipSet {
    let Owner { open, user, active, now } = *owner;
    let policy = &open.prefs.policy;
    let is_active = row.status == KeyStatus::Active;
    let last_use = row.last_use.value.as_ref();
    let unused = is_unused(policy, row.created, last_use, now);
    let age = row.created.map(|created| age_days(created, now));
    let signs = matches!(&row.key, KeyRef::Id(id) if open.signs_in_with(id));
    let is_finding = |finding: &Finding| finding.severity() > Severity::Know;
    let mut chips = ChipSet::default();
    for (chip, passes) in [
        (Chip::Active, is_active),
        (Chip::Inactive, !is_active),
        (Chip::Old, age.is_some_and(|age| age > policy.max_age_of(user).get())),
        (Chip::Unused, unused),
        (Chip::NeverUsed, last_use == Some(&LastUse::Never)),
        (Chip::SeveralActive, is_active && active > 1),
        (Chip::LongInactive, !is_active && unused),
        (Chip::WithFindings, row.findings.iter().any(is_finding)),
        (Chip::Root, is_root(user)),
        (Chip::Keyfob, signs),
    ] {
        chips.set(chip, passes);
    }
    chips
}

/// A key that was never used counts from its creation.
fn is_unused(
    policy: &Policy,
    created: Option<Timestamp>,
    last_use: Option<&LastUse>,
    now: Timestamp,
) -> bool {
    let Some(last_use) = last_use else { return false };
    let limit = SignedDuration::from_hours(24 * (i64::from(policy.max_unused_days.get()) + 1));
    last_use.when().or(created).is_some_and(|since| now.duration_since(since) >= limit)
}
