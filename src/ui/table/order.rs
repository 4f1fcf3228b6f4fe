//! The order of rows.

use super::{Column, Rows};
use crate::domain::TablePrefs;

/// What rows are compared by: made once for each row. What is not known comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ui) enum SortKey {
    Nothing,
    Number(i64),
    Text(String),
}

impl SortKey {
    pub(in crate::ui) fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }

    /// Without regard to case.
    pub(in crate::ui) fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.to_lowercase()))
    }
}

/// By which column a table is sorted.
pub(in crate::ui) struct Order<T: Rows> {
    by: Option<&'static Column<T>>,
    backwards: bool,
}

impl<T: Rows> Order<T> {
    /// As it was chosen. A column that this version does not have counts as the table's own order.
    pub(in crate::ui) fn of(prefs: &TablePrefs) -> Self {
        let column = |id: &str| T::COLUMNS.iter().find(|one| one.id == id && one.sort_key.is_some());
        let chosen = prefs.sort.as_ref().and_then(|sort| column(&sort.by));
        let backwards = prefs.sort.as_ref().is_some_and(|sort| sort.backwards);
        Self { by: chosen.or_else(|| column(T::SORTED_BY)), backwards }
    }

    /// For the key of a [`Cached`](super::Cached).
    pub(in crate::ui) fn key(&self) -> (&'static str, bool) {
        (self.by.map_or("", |by| by.id), self.backwards)
    }

    /// Rows that are the same keep their order among each other. `row`: what the cells see of each.
    pub(in crate::ui) fn sort<R>(&self, rows: &mut [R], row: impl for<'a> Fn(&'a R) -> T::Row<'a>) {
        if let Some(key) = self.by.and_then(|by| by.sort_key) {
            rows.sort_by_cached_key(|one| key(row(one)));
        }
        if self.backwards {
            rows.reverse();
        }
    }
}
