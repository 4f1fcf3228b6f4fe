//! A checkbox with a label.

use egui::{
    Align2, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{label_at, ring};
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};

/// Changes `on` when pressed.
pub fn checkbox(ui: &mut Ui, on: &mut bool, word: &str) -> Response {
    checkbox_named(ui, on, word, word)
}

/// The same with an accessible name of its own.
pub fn checkbox_named(ui: &mut Ui, on: &mut bool, word: &str, name: &str) -> Response {
    let tokens = ui.tokens();
    let text = ui.painter().layout_no_wrap(word.to_owned(), Style::Body.font(), tokens.text_primary).size().x;
    let wanted = vec2(14.0 + space::S4 + text, height::SMALL);
    let (rect, mut response) = ui.allocate_exact_size(wanted, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, name));
    let square = Rect::from_min_size(pos2(rect.left(), rect.center().y - 7.0), vec2(14.0, 14.0));
    let (fill, border) =
        if *on { (tokens.accent_fill, tokens.accent_text) } else { (tokens.bg_panel, tokens.border_control) };
    let corners = CornerRadius::same(radius::CHECKBOX);
    ui.painter().rect(square, corners, fill, Stroke::new(stroke::HAIR, border), StrokeKind::Inside);
    if *on {
        Icon::Check.paint(ui, square.shrink(1.0), tokens.on_accent);
    }
    let at = pos2(square.right() + space::S4, rect.center().y);
    label_at(ui, at, Align2::LEFT_CENTER, word, Style::Body, tokens.text_primary, text + 1.0);
    if response.has_focus() {
        ring(ui, square, radius::CHECKBOX);
    }
    response
}
