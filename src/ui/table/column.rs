//! What a table consists of.

use egui::{Align, Response, Ui};

use super::{Layout, SortKey};
use crate::domain::Table;
use crate::ui::View;
use crate::ui::theme::measures::space;

/// The rows of a table, with what their cells are drawn with.
pub(in crate::ui) trait Rows: Sized + 'static {
    /// A row as its cells see it.
    type Row<'a>: Copy;
    /// Tells a row from all others, wherever it is.
    type Key: Clone + Ord;

    /// Under which its widths and its order are remembered.
    const TABLE: Table;
    const SHAPE: Shape;
    /// From the left to the right.
    const COLUMNS: &'static [Column<Self>];
    /// The id of the column that it is sorted by unless another one was chosen.
    const SORTED_BY: &'static str;

    fn key(row: Self::Row<'_>) -> Self::Key;

    /// The accessible name of a row.
    fn name(row: Self::Row<'_>, view: &View<'_>) -> String;

    /// What a row has besides its cells: a menu. Returns true in the frame in which that opens. `is_cursor`: keys are for it.
    fn row(&mut self, response: &Response, view: &mut View<'_>, row: Self::Row<'_>, is_cursor: bool) -> bool;

    /// Before rows are drawn: which columns there is room for.
    fn lay_out(&mut self, _layout: &Layout) {}

    /// Rows have checkboxes: a press opens a row, Space or its checkbox selects it, and arrows move the cursor alone.
    const HAS_CHECKBOXES: bool = false;

    /// A row was pressed, in a table with checkboxes.
    fn open(&mut self, _view: &mut View<'_>, _row: Self::Row<'_>) {}

    /// Before the cells of a row are drawn.
    fn begin_row(&mut self, _row: Self::Row<'_>, _selected: bool) {}

    /// True if the checkbox of the row was pressed while its cells were drawn. Counts once.
    fn take_checked(&mut self) -> bool {
        false
    }

    /// What a row tells assistive technology beside its name.
    fn describe(_row: Self::Row<'_>, _view: &View<'_>) -> String {
        String::new()
    }
}

/// Measures of a table, in points, and how it is drawn.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Shape {
    pub(in crate::ui) salt: &'static str,
    pub(in crate::ui) header: f32,
    pub(in crate::ui) row: f32,
    /// Single lines of text, every other one shaded, that scroll below the headings; otherwise rows with a line above each.
    pub(in crate::ui) dense: bool,
}

type Cell<T> = fn(&mut T, &mut Ui, &mut View<'_>, <T as Rows>::Row<'_>);
type HeadingCell<T> = fn(&mut T, &mut Ui);
type KeyOf<T> = fn(<T as Rows>::Row<'_>) -> SortKey;

/// A column: all that is known of it.
pub(in crate::ui) struct Column<T: Rows> {
    /// In the settings file: it never changes.
    pub(in crate::ui) id: &'static str,
    pub(in crate::ui) heading: &'static str,
    pub(in crate::ui) width: Width,
    pub(in crate::ui) align: Align,
    /// From the edge of the column to its text.
    pub(in crate::ui) indent: f32,
    /// Draws a cell.
    pub(in crate::ui) cell: Cell<T>,
    /// What its rows are sorted by; `None`: it has no heading that sorts.
    pub(in crate::ui) sort_key: Option<KeyOf<T>>,
    /// How wide the grey bar is that stands for a word while the table loads; 0: none.
    pub(in crate::ui) bar: f32,
    pub(in crate::ui) is_shown: fn(&T) -> bool,
    /// Draws the heading of a column that does not sort.
    pub(in crate::ui) heading_cell: HeadingCell<T>,
}

/// How wide a column is, in points.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) enum Width {
    /// In every window.
    Fixed(f32),
    /// As it was dragged.
    Dragged { default: f32, least: f32, most: f32 },
    /// The same, but it gives way, down to `least`, where there is no room; without [`Width::Rest`] it takes what is left.
    Elastic { default: f32, least: f32, most: f32 },
    /// What the others leave. Where that is less than `least` and it is `optional`, it is left out.
    Rest { least: f32, optional: bool },
}

impl Width {
    /// As wide as it is by itself.
    pub(in crate::ui) fn default(self) -> f32 {
        match self {
            Self::Fixed(width) => width,
            Self::Dragged { default, .. } | Self::Elastic { default, .. } => default,
            Self::Rest { least, .. } => least,
        }
    }

    /// The least and the most that it can be dragged to.
    pub(in crate::ui) fn range(self) -> Option<(f32, f32)> {
        match self {
            Self::Dragged { least, most, .. } | Self::Elastic { least, most, .. } => Some((least, most)),
            Self::Fixed(_) | Self::Rest { .. } => None,
        }
    }
}

impl<T: Rows> Column<T> {
    pub(in crate::ui) const fn new(id: &'static str, heading: &'static str, width: Width) -> Self {
        Self {
            id,
            heading,
            width,
            align: Align::Min,
            indent: space::S4,
            cell: |_, _, _, _| {},
            sort_key: None,
            bar: 0.0,
            is_shown: |_| true,
            heading_cell: |_, _| {},
        }
    }

    pub(in crate::ui) const fn cell(mut self, draw: Cell<T>) -> Self {
        self.cell = draw;
        self
    }

    pub(in crate::ui) const fn sorted_by(mut self, key: KeyOf<T>) -> Self {
        self.sort_key = Some(key);
        self
    }

    pub(in crate::ui) const fn indent(mut self, points: f32) -> Self {
        self.indent = points;
        self
    }

    /// Its text stands at its right.
    pub(in crate::ui) const fn right(mut self) -> Self {
        self.align = Align::Max;
        self
    }

    pub(in crate::ui) const fn bar(mut self, points: f32) -> Self {
        self.bar = points;
        self
    }

    pub(in crate::ui) const fn heading_cell(mut self, draw: HeadingCell<T>) -> Self {
        self.heading_cell = draw;
        self
    }

    pub(in crate::ui) const fn shown_if(mut self, is_shown: fn(&T) -> bool) -> Self {
        self.is_shown = is_shown;
        self
    }
}
