//! Views: filters and an order under a name.

use super::filter::{Chip, ChipSet, Filter};
use crate::domain::Sorting;

/// What a view shows.
pub(super) struct SavedView {
    pub(super) name: &'static str,
    pub(super) filter: Filter,
    pub(super) sort: Sorting,
}

/// The views that every account has.
pub(super) fn built_in() -> [SavedView; 3] {
    let view = |name, chips: &[Chip], by: &str| SavedView {
        name,
        filter: Filter { chips: ChipSet::of(chips), ..Filter::default() },
        sort: Sorting { by: by.to_owned(), backwards: false },
    };
    [
        view("Oldest active", &[Chip::Active], "age"),
        view("Never used", &[Chip::NeverUsed], "age"),
        view("Two active", &[Chip::SeveralActive], "user"),
    ]
}
