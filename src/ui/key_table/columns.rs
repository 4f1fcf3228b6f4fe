//! The columns of the key table: the one place that knows them.

use egui::Response;

use super::cells;
use super::rows::{KeyRows, Subject};
use crate::domain::{KeyId, Table};
use crate::ui::View;
use crate::ui::table::{Column, Layout, Rows, Shape, SortKey, Width};
use crate::ui::theme::measures::{height, space, stroke};

/// It is left out where there is no room for it.
const DESCRIPTION: &str = "description";

type KeyColumn = Column<KeyRows>;

/// The least of an id is its last four, and of a finding its mark.
const COLUMNS: &[KeyColumn] = &[
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

impl Rows for KeyRows {
    type Row<'a> = Subject<'a>;
    type Key = KeyId;

    const TABLE: Table = Table::Keys;
    // The line below a row or the header belongs to it.
    const SHAPE: Shape = Shape {
        salt: "keys",
        header: height::TABLE_HEADER - stroke::HAIR,
        row: height::KEY_ROW + stroke::HAIR,
        dense: false,
    };
    const COLUMNS: &'static [Column<Self>] = COLUMNS;
    const SORTED_BY: &'static str = "age";

    fn key(it: Subject<'_>) -> KeyId {
        it.key.id.clone()
    }

    fn name(it: Subject<'_>, _view: &View<'_>) -> String {
        format!("Key {}", it.key.id)
    }

    fn row(&mut self, response: &Response, view: &mut View<'_>, it: Subject<'_>, is_cursor: bool) -> bool {
        // A message about a key does not cover its row.
        if view.model.notices.iter().any(|notice| notice.event.key() == Some(&it.key.id)) {
            view.ui.keep_clear.push(response.rect);
        }
        self.row_menu(response, view, it, is_cursor)
    }

    fn lay_out(&mut self, layout: &Layout) {
        self.describes = layout.shows::<Self>(DESCRIPTION);
    }
}
