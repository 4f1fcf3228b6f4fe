//! The columns of the activity: their widths and headings.

use egui_extras::{Column as Cells, TableBuilder, TableRow};

use crate::domain::{Table, TableLook};
use crate::ui::View;
use crate::ui::table::{Column, Heading, Widths, fitted};
use crate::ui::theme::measures::space;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SortBy {
    When,
    Account,
    Who,
    What,
    Key,
    Outcome,
    Detail,
}

impl SortBy {
    /// By which column, and whether backwards. The newest first unless it was said otherwise.
    pub(super) fn of(look: &TableLook) -> (Self, bool) {
        let sort = look.sort.as_ref();
        let by = match sort.map(|sort| sort.by.as_str()) {
            Some("account") => Self::Account,
            Some("who") => Self::Who,
            Some("what") => Self::What,
            Some("key") => Self::Key,
            Some("outcome") => Self::Outcome,
            Some("detail") => Self::Detail,
            _ => Self::When,
        };
        (by, sort.is_some_and(|sort| sort.backwards))
    }
}

/// Each begins with the cell padding, but for the first one, which begins with the table's.
const COLUMNS: [Column; 6] = [
    Column { id: "when", word: "When", width: 120.0, least: 80.0, most: 240.0 },
    Column { id: "account", word: "Account", width: 140.0, least: 80.0, most: 320.0 },
    Column { id: "who", word: "Who", width: 160.0, least: LEAST_WHO, most: 320.0 },
    Column { id: "what", word: "What", width: 220.0, least: 120.0, most: 480.0 },
    Column { id: "key", word: "Key", width: 204.0, least: 120.0, most: 300.0 },
    Column { id: "outcome", word: "Outcome", width: 120.0, least: 96.0, most: 200.0 },
];
/// In a narrow window.
const LEAST_WHO: f32 = 110.0;

/// It takes the rest. A reason that is cut shorter tells nothing.
const DETAIL: Column =
    Column { id: "detail", word: "Detail", width: 140.0, least: 140.0, most: f32::INFINITY };

/// Where the text of a column begins.
pub(super) const FIRST: f32 = space::S6;
pub(super) const INDENT: f32 = space::S4;

#[derive(Clone, Copy, Default)]
pub(super) struct Columns {
    pub(super) account: bool,
    /// Of [`COLUMNS`]; without accounts that one has none.
    widths: [f32; 6],
    /// More than there is room for: the table then scrolls sideways.
    pub(super) width: f32,
}

impl Columns {
    /// What was widened gives way first, then who; the rest of the room is the detail's.
    pub(super) fn of(width: f32, account: bool, dragged: &Widths, look: &TableLook) -> Self {
        let mut wanted = COLUMNS.map(|column| (column, dragged.of(Table::Activity, look, &column)));
        let [_, (_, place), ..] = &mut wanted;
        *place = if account { *place } else { 0.0 };
        let room = width - DETAIL.least;
        let mut widths = fitted(wanted, room);
        let over = (widths.iter().sum::<f32>() - room).max(0.0);
        let [_, _, who, ..] = &mut widths;
        *who -= over.min(*who - LEAST_WHO);
        let width = width.max(widths.iter().sum::<f32>() + DETAIL.least);
        Self { account, widths, width }
    }

    fn all(self) -> impl Iterator<Item = (Column, f32)> {
        let rest = self.width - self.widths.iter().sum::<f32>();
        let all = COLUMNS.into_iter().zip(self.widths).chain([(DETAIL, rest)]);
        all.filter(move |(column, _)| column.id != "account" || self.account)
    }

    pub(super) fn add_to(self, table: TableBuilder<'_>) -> TableBuilder<'_> {
        self.all().fold(table, |table, (_, width)| table.column(Cells::exact(width).clip(true)))
    }

    pub(super) fn header(self, mut row: TableRow<'_, '_>, view: &mut View<'_>, dragged: &mut Widths) {
        let look = view.model.settings.tables.activity.clone();
        for (column, width) in self.all() {
            let heading = Heading {
                table: Table::Activity,
                column,
                width,
                indent: if column.id == "when" { FIRST } else { INDENT },
                right: false,
                sorted: look.sorted_by(column.id, column.id == "when"),
                resizes: column.id != DETAIL.id,
            };
            heading.show(&mut row, view, dragged);
        }
    }
}
