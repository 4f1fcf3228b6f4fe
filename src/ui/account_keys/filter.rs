//! Which keys are shown: words, chips that combine, and a bar of the histogram.

use jiff::Timestamp;

use super::ages::{self, Bar};
use super::entry::Entry;
use crate::domain::KeyStatus;

/// Declares each chip once, so that none can be missing from [`Chip::ALL`].
macro_rules! chips {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// A property of a key that the list can be reduced to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::ui) enum Chip {
            $($(#[$doc])* $name,)+
        }

        impl Chip {
            /// In the order in which they are shown.
            pub(in crate::ui) const ALL: &[Self] = &[$(Self::$name,)+];
        }
    };
}

chips! {
    Active,
    Inactive,
    /// Older than the maximum age of its user.
    Old,
    /// Not used for longer than the maximum time unused.
    Unused,
    NeverUsed,
    /// Active, as is another key of its user.
    SeveralActive,
    /// Inactive, and unused for longer than the maximum.
    LongInactive,
    /// With a finding that is more than good to know.
    WithFindings,
    Root,
    /// Keyfob signs in with it.
    Keyfob,
}

/// Some of the chips.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct ChipSet(u16);

impl ChipSet {
    pub(super) fn of(chips: &[Chip]) -> Self {
        let mut set = Self::default();
        for chip in chips {
            set.set(*chip, true);
        }
        set
    }

    pub(super) fn has(self, chip: Chip) -> bool {
        self.0 & bit(chip) != 0
    }

    pub(super) fn set(&mut self, chip: Chip, on: bool) {
        if on {
            self.0 |= bit(chip);
        } else {
            self.0 &= !bit(chip);
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Chip> {
        Chip::ALL.iter().copied().filter(move |chip| self.has(*chip))
    }

    /// All of `wanted` apply. Active and inactive together mean either: no key is both.
    fn passes(self, wanted: Self) -> bool {
        let status = Self::of(&[Chip::Active, Chip::Inactive]).0;
        let either = wanted.0 & status == status;
        let needed = if either { wanted.0 & !status } else { wanted.0 };
        self.0 & needed == needed
    }
}

fn bit(chip: Chip) -> u16 {
    1 << chip as u16
}

/// All of it must apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Filter {
    pub(super) query: String,
    pub(super) chips: ChipSet,
    /// Active keys of this age.
    pub(super) age: Option<Bar>,
}

impl Filter {
    pub(super) fn is_empty(&self) -> bool {
        self.query.trim().is_empty() && self.chips.is_empty() && self.age.is_none()
    }

    /// Whether it shows a key. `query`: its own, in lower case.
    pub(super) fn shows(&self, query: &str, entry: &Entry, now: Timestamp) -> bool {
        entry.chips.passes(self.chips)
            && self.age.is_none_or(|bar| bar_of(entry, now) == Some(bar))
            && entry.has_words(query)
    }
}

/// The bar that counts a key: the histogram is about active ones.
pub(super) fn bar_of(entry: &Entry, now: Timestamp) -> Option<Bar> {
    let age = entry.age_days(now).filter(|_| entry.status == KeyStatus::Active)?;
    Some(ages::bar_of(age))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chips_combine() {
        let key = ChipSet::of(&[Chip::Active, Chip::Old]);
        assert!(key.passes(ChipSet::default()));
        assert!(key.passes(ChipSet::of(&[Chip::Active, Chip::Old])), "all of them apply");
        assert!(!key.passes(ChipSet::of(&[Chip::Active, Chip::NeverUsed])));
        assert!(!key.passes(ChipSet::of(&[Chip::Inactive])));
        assert!(key.passes(ChipSet::of(&[Chip::Active, Chip::Inactive, Chip::Old])), "either status");
        assert!(!key.passes(ChipSet::of(&[Chip::Active, Chip::Inactive, Chip::Unused])));
    }

    #[test]
    fn each_chip_has_a_bit_of_its_own() {
        for chip in Chip::ALL {
            assert_eq!(ChipSet::of(&[*chip]).iter().collect::<Vec<_>>(), [*chip]);
        }
    }
}
