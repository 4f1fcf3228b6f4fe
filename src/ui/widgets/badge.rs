//! The badge of a finding. Its shape alone shows the severity.

use egui::{Align2, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::label_at;
use crate::domain::Severity;
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Icon, Style, Themed as _, Tokens};

/// The icon, colour and tint of a severity.
pub(crate) fn look(severity: Severity, tokens: &Tokens) -> (Icon, egui::Color32, egui::Color32) {
    match severity {
        Severity::Act => (Icon::OctagonAlert, tokens.danger_text, tokens.danger_bg),
        Severity::Look => (Icon::TriangleAlert, tokens.warning_text, tokens.warning_bg),
        Severity::Know => (Icon::Info, tokens.info_text, tokens.info_bg),
    }
}

/// If only a few letters fit, the badge shows only the icon.
const LEAST_WITH_WORD: f32 = 76.0;

/// A badge with its text, shortened if necessary. The complete text is its accessible name.
pub fn badge(ui: &mut Ui, severity: Severity, icon: Option<Icon>, word: &str) -> Response {
    let (mark, color, tint) = look(severity, ui.tokens());
    let mark = icon.unwrap_or(mark);
    let text = ui.painter().layout_no_wrap(word.to_owned(), Style::SmallMedium.font(), color).size().x;
    let around = 2.0 * space::S3 + size::ROW + space::S3;
    let room = ui.available_width();
    let alone = room < LEAST_WITH_WORD.min(text + around);
    let width = if alone { around - space::S3 } else { (text + around).min(room) };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height::BADGE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
    ui.painter().rect_filled(rect, CornerRadius::same(radius::SMALL), tint);
    let at = pos2(rect.left() + space::S3 + size::ROW / 2.0, rect.center().y);
    mark.paint(ui, Rect::from_center_size(at, vec2(size::ROW, size::ROW)), color);
    if alone {
        return response;
    }
    let at = pos2(rect.left() + around - space::S3, rect.center().y);
    label_at(ui, at, Align2::LEFT_CENTER, word, Style::SmallMedium, color, width - around + 1.0);
    response
}
