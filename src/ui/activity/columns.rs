//! The columns of the activity: their widths and headings.

use egui::{Rect, Role, Ui, WidgetInfo, vec2};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::ui::theme::measures::{height, space};
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::one_line;

/// Widths in points. Each begins with the cell padding, but for the first one, which begins with the table's.
const TIME: f32 = 120.0;
const ACCOUNT: f32 = 140.0;
const WHO: f32 = 160.0;
const WHAT: f32 = 220.0;
const WHOM: f32 = 204.0;
const OUTCOME: f32 = 120.0;
/// A reason that is cut shorter tells nothing.
const DETAIL: f32 = 140.0;

/// Where the text of a column begins.
pub(super) const FIRST: f32 = space::S6;
pub(super) const INDENT: f32 = space::S4;

#[derive(Clone, Copy, Default)]
pub(super) struct Columns {
    pub(super) account: bool,
    who: f32,
    detail: f32,
    /// More than there is room for: the table then scrolls sideways.
    pub(super) width: f32,
}

impl Columns {
    /// Who gives way first; the rest of the room is the detail's.
    pub(super) fn of(width: f32, account: bool) -> Self {
        let fixed = TIME + if account { ACCOUNT } else { 0.0 } + WHAT + WHOM + OUTCOME;
        let who = (width - fixed - DETAIL).clamp(WHO - 50.0, WHO);
        let detail = (width - fixed - who).max(DETAIL);
        Self { account, who, detail, width: fixed + who + detail }
    }

    pub(super) fn add_to(self, table: TableBuilder<'_>) -> TableBuilder<'_> {
        let mut table = table.column(Column::exact(TIME).clip(true));
        if self.account {
            table = table.column(Column::exact(ACCOUNT).clip(true));
        }
        for width in [self.who, WHAT, WHOM, OUTCOME, self.detail] {
            table = table.column(Column::exact(width).clip(true));
        }
        table
    }

    pub(super) fn header(self, mut row: TableRow<'_, '_>) {
        let words = ["When", "Account", "Who", "What", "Key", "Outcome", "Detail"];
        for (at, word) in words.into_iter().enumerate() {
            if word == "Account" && !self.account {
                continue;
            }
            let (_, response) = row.col(|ui| {
                ui.add_space(if at == 0 { FIRST } else { INDENT });
                one_line(ui, word, Style::SmallMedium, ui.tokens().text_secondary);
            });
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("Column {word}")));
        }
    }
}

pub(super) fn header_ground(ui: &Ui) {
    let size = vec2(ui.available_width(), height::DENSE_HEADER);
    let rect = Rect::from_min_size(ui.cursor().min, size);
    let tokens = ui.tokens();
    ui.painter().rect_filled(rect, 0, tokens.bg_chrome);
    let line = egui::Stroke::new(crate::ui::theme::measures::stroke::HAIR, tokens.border_subtle);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
}
