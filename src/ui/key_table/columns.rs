//! The columns: their widths, their headings, and what they sort by.

use egui_extras::{Column as Cells, TableBuilder, TableRow};

use super::KeyTable;
use crate::domain::{Table, TableLook};
use crate::ui::View;
use crate::ui::table::{Column, Heading, Widths, fitted};
use crate::ui::theme::measures::space;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SortBy {
    Age,
    Id,
    Status,
    LastUse,
    Finding,
    Description,
}

impl SortBy {
    /// By which column, and whether backwards. The oldest first unless it was said otherwise.
    pub(super) fn of(look: &TableLook) -> (Self, bool) {
        let sort = look.sort.as_ref();
        let by = match sort.map(|sort| sort.by.as_str()) {
            Some("id") => Self::Id,
            Some("status") => Self::Status,
            Some("last_used") => Self::LastUse,
            Some("finding") => Self::Finding,
            Some("description") => Self::Description,
            _ => Self::Age,
        };
        (by, sort.is_some_and(|sort| sort.backwards))
    }
}

/// Those whose width can be changed. Each begins and ends with the cell padding, but for the id, which begins with the
/// table's. Of the finding the mark alone may be left; the least of an id is its last four.
const COLUMNS: [Column; 5] = [
    Column { id: "id", word: "Key id", width: 214.0, least: 140.0, most: 320.0 },
    Column { id: "status", word: "Status", width: 112.0, least: 96.0, most: 200.0 },
    Column { id: "age", word: "Age", width: 62.0, least: 56.0, most: 140.0 },
    Column { id: "last_used", word: "Last used", width: 144.0, least: 110.0, most: 320.0 },
    Column { id: "finding", word: "Finding", width: 180.0, least: FINDING_MARK, most: 320.0 },
];
const FINDING_MARK: f32 = 44.0;
const ACTIONS: f32 = 72.0;

/// It takes the rest. One that is narrower tells nothing.
const DESCRIPTION: Column =
    Column { id: "description", word: "Description", width: 96.0, least: 96.0, most: f32::INFINITY };

/// Where the text of each column begins.
pub(super) const INDENT: f32 = space::S4;
pub(super) const ID_INDENT: f32 = space::S6;
pub(super) const LAST_USED_INDENT: f32 = 20.0;

/// Which columns there is room for.
#[derive(Clone, Copy, Default)]
pub(super) struct Columns {
    /// Of [`COLUMNS`].
    widths: [f32; 5],
    pub(super) description: bool,
    /// More than there is room for: the table then scrolls sideways.
    pub(super) width: f32,
}

impl Columns {
    /// What was widened gives way first, then the description, then the words of the finding.
    pub(super) fn of(width: f32, dragged: &Widths, look: &TableLook) -> Self {
        let wanted = COLUMNS.map(|column| (column, dragged.of(Table::Keys, look, &column)));
        let room = width - ACTIONS;
        let widths = fitted(wanted, room - DESCRIPTION.least);
        if widths.iter().sum::<f32>() <= room - DESCRIPTION.least + 0.5 {
            return Self { widths, description: true, width };
        }
        let [id, status, age, last_used, _] = fitted(wanted, room);
        let finding = (room - id - status - age - last_used).max(FINDING_MARK);
        let widths = [id, status, age, last_used, finding];
        Self { widths, description: false, width: widths.iter().sum::<f32>() + ACTIONS }
    }

    /// Where grey bars stand for words, and how wide they are.
    pub(super) fn bars(self) -> [(f32, f32); 4] {
        let [id, status, age, ..] = self.widths;
        let last_used = id + status + age;
        let age = (last_used - INDENT - 28.0, 28.0);
        [
            (ID_INDENT, 150.0_f32.min(id - 40.0)),
            (id + INDENT, 70.0),
            age,
            (last_used + LAST_USED_INDENT, 90.0),
        ]
    }

    fn rest(self) -> f32 {
        self.width - ACTIONS - self.widths.iter().sum::<f32>()
    }

    pub(super) fn add_to(self, table: TableBuilder<'_>) -> TableBuilder<'_> {
        let mut table = table;
        for width in self.widths {
            table = table.column(Cells::exact(width));
        }
        if self.description {
            table = table.column(Cells::exact(self.rest()).clip(true));
        }
        table.column(Cells::exact(ACTIONS))
    }
}

impl KeyTable {
    pub(super) fn header(&mut self, mut row: TableRow<'_, '_>, view: &mut View<'_>) {
        let columns = self.columns;
        let look = view.model.settings.tables.keys.clone();
        let heading = |column: Column, width| Heading {
            table: Table::Keys,
            column,
            width,
            indent: match column.id {
                "id" => ID_INDENT,
                "last_used" => LAST_USED_INDENT,
                _ => INDENT,
            },
            right: column.id == "age",
            sorted: look.sorted_by(column.id, column.id == "age"),
            resizes: column.id != "description",
        };
        for (column, width) in COLUMNS.into_iter().zip(columns.widths) {
            heading(column, width).show(&mut row, view, &mut self.widths);
        }
        if columns.description {
            heading(DESCRIPTION, columns.rest()).show(&mut row, view, &mut self.widths);
        }
        row.col(|_| {});
    }
}
