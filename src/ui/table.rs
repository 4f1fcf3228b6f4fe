//! What the tables share: headings that sort and whose columns are dragged, and room for more than the window has.

mod heading;

use egui::{CornerRadius, Rect, ScrollArea, Ui, vec2};

use super::theme::Themed as _;
use crate::domain::{Table, TableLook};
pub(super) use heading::Heading;

/// A column whose width can be changed. In points.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// In the settings file.
    pub(super) id: &'static str,
    pub(super) word: &'static str,
    pub(super) width: f32,
    pub(super) least: f32,
    pub(super) most: f32,
}

/// The column that is being dragged, and how wide it is just now: it is remembered once it is let go.
#[derive(Default)]
pub(super) struct Widths {
    dragged: Option<(Table, &'static str, f32)>,
}

impl Widths {
    pub(super) fn of(&self, table: Table, look: &TableLook, column: &Column) -> f32 {
        let dragged = self.dragged.filter(|(of, id, _)| (*of, *id) == (table, column.id));
        let set = || look.widths.get(column.id).map(|width| f32::from(*width));
        let width = dragged.map(|(_, _, width)| width).or_else(set).unwrap_or(column.width);
        width.clamp(column.least, column.most)
    }
}

/// The columns with the widths that are wanted: where those are more than `room`, what was widened gives way first, each in
/// proportion.
pub(super) fn fitted<const N: usize>(columns: [(Column, f32); N], room: f32) -> [f32; N] {
    let extra = |(column, wanted): (Column, f32)| (wanted - column.width).max(0.0);
    let all: f32 = columns.into_iter().map(extra).sum();
    let sum: f32 = columns.iter().map(|(_, wanted)| wanted).sum();
    let over = (sum - room).clamp(0.0, all);
    columns.map(|one| if all > 0.0 { one.1 - extra(one) * over / all } else { one.1 })
}

/// What lies behind the headings; returns where it is.
pub(super) fn header_ground(ui: &Ui, height: f32, corners: CornerRadius) -> Rect {
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    ui.painter().rect_filled(rect, corners, ui.tokens().bg_chrome);
    rect
}

/// Where not even the least columns have room, the table scrolls.
pub(super) fn sideways(ui: &mut Ui, salt: &str, wanted: f32, fills: bool, table: impl FnOnce(&mut Ui)) {
    if wanted <= ui.available_width() + 0.5 {
        return table(ui);
    }
    ScrollArea::horizontal().id_salt(salt).auto_shrink([true, !fills]).show(ui, |ui| {
        ui.set_width(wanted);
        table(ui);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 2] = [
        Column { id: "a", word: "A", width: 100.0, least: 50.0, most: 300.0 },
        Column { id: "b", word: "B", width: 100.0, least: 50.0, most: 300.0 },
    ];

    #[test]
    fn what_was_widened_gives_way_first() {
        let fitted = |a, b, room| fitted([(COLUMNS[0], a), (COLUMNS[1], b)], room);
        assert_eq!(fitted(200.0, 100.0, 400.0), [200.0, 100.0], "there is room");
        assert_eq!(fitted(200.0, 100.0, 250.0), [150.0, 100.0]);
        assert_eq!(fitted(200.0, 150.0, 275.0), [150.0, 125.0], "each in proportion");
        assert_eq!(fitted(200.0, 60.0, 100.0), [100.0, 60.0], "and never below its own width");
    }

    #[test]
    fn what_the_file_says_is_brought_into_the_range() {
        let mut look = TableLook::default();
        look.widths.insert("a".into(), u16::MAX);
        look.widths.insert("b".into(), 0);
        let widths = Widths::default();
        let of = |at: usize| widths.of(Table::Keys, &look, &COLUMNS[at]);
        assert_eq!((of(0), of(1)), (300.0, 50.0));
    }
}
