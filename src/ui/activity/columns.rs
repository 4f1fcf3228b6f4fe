//! The columns of the activity: the one place that knows them.

use super::entry::Entry;
use super::row::{self, ActivityRows};
use crate::ui::table::{Column, SortKey, Width};
use crate::ui::theme::measures::space;

/// It begins with the table's padding.
const FIRST: f32 = space::S6;

type ActivityColumn = Column<ActivityRows>;

/// A reason that is cut shorter than the least of the detail tells nothing.
pub(super) const COLUMNS: &[ActivityColumn] = &[
    // By itself the newest is first.
    ActivityColumn::new("when", "When", width(120.0, 80.0, 240.0))
        .cell(|_, ui, view, entry| row::when_cell(ui, view, entry))
        .indent(FIRST)
        .sorted_by(|entry| SortKey::Number(-entry.at().as_microsecond())),
    ActivityColumn::new("account", "Account", width(140.0, 80.0, 320.0))
        .cell(|_, ui, _, entry| row::account_cell(ui, entry))
        .shown_if(|rows| rows.all_accounts)
        .sorted_by(|entry| SortKey::text(Some(&entry.whereabouts().0))),
    ActivityColumn::new("who", "Who", Width::Elastic { default: 160.0, least: 110.0, most: 320.0 })
        .cell(|_, ui, _, entry| row::who_cell(ui, entry))
        .sorted_by(|entry| SortKey::text(Some(&entry.who().0))),
    ActivityColumn::new("what", "What", width(220.0, 120.0, 480.0))
        .cell(|_, ui, _, entry| row::what_cell(ui, entry))
        .sorted_by(|entry| SortKey::text(Some(&entry.what()))),
    ActivityColumn::new("key", "Key", width(204.0, 120.0, 300.0))
        .cell(|_, ui, _, entry| row::key_cell(ui, entry))
        .sorted_by(|entry| entry.key().map_or(SortKey::Nothing, |key| SortKey::Text(key.to_string()))),
    ActivityColumn::new("outcome", "Outcome", width(120.0, 96.0, 200.0))
        .cell(|_, ui, _, entry| row::outcome_cell(ui, entry))
        .sorted_by(|entry| SortKey::Number(entry.outcome() as i64)),
    ActivityColumn::new("detail", "Detail", Width::Rest { least: 140.0, optional: false })
        .cell(|_, ui, _, entry| row::detail_cell(ui, entry))
        .sorted_by(|entry| SortKey::text(Entry::reason(entry).as_deref())),
];

const fn width(default: f32, least: f32, most: f32) -> Width {
    Width::Dragged { default, least, most }
}
