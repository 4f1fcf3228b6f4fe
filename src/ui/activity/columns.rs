//! The columns of the activity: the one place that knows them.

use egui::{Id, Response};

use super::entry::{Entry, EntryKey};
use super::row::{self, ActivityRows};
use crate::domain::Table;
use crate::ui::table::{Column, Rows, Shape, SortKey, Width};
use crate::ui::theme::measures::{height, space};
use crate::ui::widgets::RowMenu;
use crate::ui::{View, user_actions};

/// It begins with the table's padding.
const FIRST: f32 = space::S6;

type ActivityColumn = Column<ActivityRows>;

/// A reason that is cut shorter than the least of the detail tells nothing.
const COLUMNS: &[ActivityColumn] = &[
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

impl Rows for ActivityRows {
    type Row<'a> = &'a Entry;
    type Key = EntryKey;

    const TABLE: Table = Table::Activity;
    const SHAPE: Shape =
        Shape { salt: "activity", header: height::DENSE_HEADER, row: height::DENSE_ROW, dense: true };
    const COLUMNS: &'static [Column<Self>] = COLUMNS;
    const SORTED_BY: &'static str = "when";

    fn key(entry: &Entry) -> EntryKey {
        entry.key_of_row()
    }

    fn name(entry: &Entry, view: &View<'_>) -> String {
        entry.spoken(view.now)
    }

    /// A click selects it, a second one goes to the key.
    fn row(&mut self, response: &Response, view: &mut View<'_>, entry: &Entry, is_cursor: bool) -> bool {
        let Some(open) = &view.model.open else { return false };
        if response.double_clicked() {
            row::go_to(view, open, entry);
        }
        let name = format!("Menu of “{}”", entry.what());
        let id = Id::unique(("entry", entry.key_of_row()));
        let menu = RowMenu { row: response, id, name: &name, marked: is_cursor };
        let opens = menu.show(user_actions::WIDTH, |ui| self.items(ui, view, open, entry, is_cursor));
        if opens {
            view.ui.focus.opened_by(row::search_id());
        }
        opens
    }
}
