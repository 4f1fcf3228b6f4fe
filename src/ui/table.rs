//! Tables and lists as data: what a column is, which rows are selected, and what the keyboard does in a list.
//!
//! A table is a type that implements [`Rows`]: its columns are one list, and everything else derives from it: headings,
//! widths, order, cells, grey bars while it loads. [`TableState`] keeps what is of the view alone.

mod cached;
mod column;
mod heading;
mod keyboard;
mod layout;
mod order;
mod selection;
mod state;

use egui::{CornerRadius, Rect, ScrollArea, Ui, vec2};

use super::theme::Themed as _;
use super::{account_keys::AccountRows, activity::ActivityRows, key_table::KeyRows};
use crate::domain::Table;
pub(super) use cached::Cached;
pub(super) use column::{Column, Rows, Shape, Width};
pub(super) use keyboard::{Focus, ListKeys, ignore_held_keys, is_covered, is_free, list_keys};
pub(super) use layout::{Layout, default_width};
pub(super) use order::{Order, SortKey};
pub(super) use selection::{RowKeys, Selection};
pub(super) use state::{TableState, placeholder_layout};

/// What lies behind the headings; returns where it is.
pub(super) fn header_ground(ui: &Ui, height: f32, corners: CornerRadius) -> Rect {
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    ui.painter().rect_filled(rect, corners, ui.tokens().bg_chrome);
    rect
}

/// Where not even the least columns have room, the table scrolls.
pub(super) fn scroll_horizontally(
    ui: &mut Ui,
    salt: &str,
    wanted: f32,
    fills: bool,
    table: impl FnOnce(&mut Ui),
) {
    if wanted <= ui.available_width() + 0.5 {
        return table(ui);
    }
    ScrollArea::horizontal().id_salt(salt).auto_shrink([true, !fills]).show(ui, |ui| {
        ui.set_width(wanted);
        table(ui);
    });
}

/// How wide a column is by itself, and the least and the most that it can be dragged to, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnWidth {
    pub default: f32,
    pub least: f32,
    pub most: f32,
}

/// Of a column whose width can be changed, by its id in the settings file.
pub fn column_width(table: Table, id: &str) -> Option<ColumnWidth> {
    match table {
        Table::Keys => width_in::<KeyRows>(id),
        Table::AccountKeys => width_in::<AccountRows>(id),
        Table::Activity => width_in::<ActivityRows>(id),
    }
}

fn width_in<T: Rows>(id: &str) -> Option<ColumnWidth> {
    let width = T::COLUMNS.iter().find(|column| column.id == id)?.width;
    let (least, most) = width.range()?;
    Some(ColumnWidth { default: width.default(), least, most })
}
