//! The columns: their widths, their headings, and what they sort by.

use egui::{Align, Id, Layout, Rect, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::KeyTable;
use crate::ui::theme::measures::{radius, space};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{label, one_line, ring};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SortBy {
    #[default]
    Age,
    Id,
    Status,
    LastUse,
    Description,
}

/// Widths in points. Each begins and ends with the cell padding, but for the id, which begins with the table's.
const ID: f32 = 214.0;
const STATUS: f32 = 112.0;
const AGE: f32 = 62.0;
const LAST_USED: f32 = 144.0;
const ACTIONS: f32 = 72.0;
const FIXED: f32 = ID + STATUS + AGE + LAST_USED + ACTIONS;

/// Where the text of each column begins.
pub(super) const INDENT: f32 = space::S4;
pub(super) const ID_INDENT: f32 = space::S6;
pub(super) const LAST_USED_INDENT: f32 = 20.0;

/// The finding's column: as wide as it wants, and with room for the mark alone.
const FINDING: f32 = 180.0;
const FINDING_MARK: f32 = 44.0;
/// A description that is narrower tells nothing.
const DESCRIPTION: f32 = 96.0;

/// Which columns there is room for.
#[derive(Clone, Copy, Default)]
pub(super) struct Columns {
    finding: f32,
    pub(super) description: bool,
    /// More than there is room for: the table then scrolls sideways.
    pub(super) width: f32,
}

impl Columns {
    /// The description gives way first, then the words of the finding.
    pub(super) fn of(width: f32) -> Self {
        let left = width - FIXED;
        if left >= FINDING + DESCRIPTION {
            return Self { finding: FINDING, description: true, width };
        }
        let finding = left.max(FINDING_MARK);
        Self { finding, description: false, width: FIXED + finding }
    }

    pub(super) fn add_to(self, table: TableBuilder<'_>) -> TableBuilder<'_> {
        let mut table = table;
        for width in [ID, STATUS, AGE, LAST_USED, self.finding] {
            table = table.column(Column::exact(width));
        }
        if self.description {
            table = table.column(Column::exact(self.width - FIXED - self.finding).clip(true));
        }
        table.column(Column::exact(ACTIONS))
    }
}

impl KeyTable {
    pub(super) fn header(&mut self, mut row: TableRow<'_, '_>) {
        let columns = self.columns;
        self.heading(&mut row, "Key id", SortBy::Id, ID_INDENT, false);
        self.heading(&mut row, "Status", SortBy::Status, INDENT, false);
        self.heading(&mut row, "Age", SortBy::Age, INDENT, true);
        self.heading(&mut row, "Last used", SortBy::LastUse, LAST_USED_INDENT, false);
        row.col(|ui| {
            ui.add_space(INDENT);
            // Where only the mark has room, so has only a part of the word.
            one_line(ui, "Finding", Style::SmallMedium, ui.tokens().text_secondary);
        });
        if columns.description {
            self.heading(&mut row, "Description", SortBy::Description, INDENT, false);
        }
        row.col(|_| {});
    }

    fn heading(&mut self, row: &mut TableRow<'_, '_>, word: &str, by: SortBy, indent: f32, right: bool) {
        let sorted = self.by == by;
        let backwards = self.backwards;
        let mut pressed = false;
        row.col(|ui| {
            let color = if sorted { ui.tokens().text_primary } else { ui.tokens().text_secondary };
            let arrow = |ui: &mut Ui| {
                if sorted && backwards {
                    Icon::ArrowUp.show(ui, 12.0, color);
                } else if sorted {
                    Icon::ArrowDown.show(ui, 12.0, color);
                }
            };
            let whole = ui.max_rect();
            if right {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add_space(indent);
                    label(ui, word, Style::SmallMedium, color);
                    ui.add_space(space::S2);
                    arrow(ui);
                });
            } else {
                ui.add_space(indent);
                label(ui, word, Style::SmallMedium, color);
                ui.add_space(space::S2);
                arrow(ui);
            }
            pressed = sort_by(ui, whole, word);
        });
        if pressed {
            self.backwards = sorted && !self.backwards;
            self.by = by;
        }
    }
}

/// Over the whole heading. The cells of the table are no Tab stops; its headings are.
fn sort_by(ui: &Ui, heading: Rect, word: &str) -> bool {
    let response = ui.interact(heading, Id::unique(("sort keys by", word)), Sense::click());
    let name = format!("Sort by {}", word.to_lowercase());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
    if response.has_focus() {
        ring(ui, heading.shrink(6.0), radius::SMALL);
    }
    response.clicked()
}
