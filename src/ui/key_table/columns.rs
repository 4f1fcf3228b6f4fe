//! The columns of the key table: the one place that knows them.

use super::cells;
use super::rows::KeyRows;
use crate::ui::table::{Column, SortKey, Width};
use crate::ui::theme::measures::space;

/// It is left out where there is no room for it.
pub(super) const DESCRIPTION: &str = "description";

/// From the edge of a column to its text, but where a column says otherwise.
pub(super) const INDENT: f32 = space::S4;

type KeyColumn = Column<KeyRows>;

/// The least of an id is its last four, and of a finding its mark.
pub(super) const COLUMNS: &[KeyColumn] = &[
    KeyColumn::new("id", "Key id", width(214.0, 140.0, 320.0))
        .cell(|rows, ui, view, it| rows.id_cell(ui, view, it))
        .indent(space::S6)
        .bar(150.0)
        .sorted_by(|it| SortKey::Text(it.key.id.as_str().to_owned())),
    KeyColumn::new("status", "Status", width(112.0, 96.0, 200.0))
        .cell(|_, ui, view, it| cells::status_cell(ui, view, it))
        .bar(70.0)
        .sorted_by(|it| SortKey::Number(it.key.status as i64)),
    KeyColumn::new("age", "Age", width(62.0, 56.0, 140.0))
        .cell(|_, ui, view, it| cells::age_cell(ui, view, it))
        .right()
        .bar(28.0)
        .sorted_by(|it| SortKey::number(it.key.created.map(|created| created.as_second()))),
    KeyColumn::new("last_used", "Last used", width(144.0, 110.0, 320.0))
        .cell(|_, ui, view, it| cells::last_use_cell(ui, view, it))
        .indent(20.0)
        .bar(90.0)
        .sorted_by(|it| SortKey::number(it.used().map(|used| used.as_second()))),
    KeyColumn::new("finding", "Finding", Width::Elastic { default: 180.0, least: 44.0, most: 320.0 })
        .cell(|rows, ui, view, it| rows.finding_or_draft_cell(ui, view, it))
        .sorted_by(|it| SortKey::Number(it.worst_finding().map_or(0, |severity| -1 - severity as i64))),
    KeyColumn::new(DESCRIPTION, "Description", Width::Rest { least: 96.0, optional: true })
        .cell(|rows, ui, view, it| rows.description_cell(ui, view, it))
        .sorted_by(|it| SortKey::text(it.description())),
    KeyColumn::new("actions", "", Width::Fixed(72.0))
        .cell(|rows, ui, view, it| rows.action_cell(ui, view, it))
        .indent(0.0),
];

const fn width(default: f32, least: f32, most: f32) -> Width {
    Width::Dragged { default, least, most }
}
