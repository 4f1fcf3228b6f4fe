//! Chips: one of a few choices.

use egui::{
    Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::{label_at, ring};
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};

/// A chip. `on` is also shown by a check mark. `name` is the accessible name.
pub fn chip(ui: &mut Ui, on: bool, word: &str, name: &str) -> Response {
    Chip { on, word, count: "", style: Style::Control, role: Role::RadioButton }.show(ui, name)
}

/// A chip that combines with others. `count`: how many it applies to.
pub fn filter_chip(ui: &mut Ui, on: bool, word: &str, count: &str, name: &str) -> Response {
    Chip { on, word, count, style: Style::SmallMedium, role: Role::CheckBox }.show(ui, name)
}

struct Chip<'a> {
    on: bool,
    word: &'a str,
    /// Behind the word; may be empty.
    count: &'a str,
    style: Style,
    role: Role,
}

impl Chip<'_> {
    fn show(self, ui: &mut Ui, name: &str) -> Response {
        let Self { on, word, count, style, role } = self;
        let tokens = ui.tokens();
        let width = |text: &str, style: Style| {
            ui.painter().layout_no_wrap(text.to_owned(), style.font(), tokens.text_primary).size().x
        };
        let text = width(word, style);
        let number = if count.is_empty() { 0.0 } else { space::S3 + width(count, Style::Small) };
        let mark = if on { size::ROW + space::S3 } else { 0.0 };
        let wanted = vec2(text + number + mark + 2.0 * space::S5, height::CHIP);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        response.widget_info(|| WidgetInfo::selected(role, true, on, name));
        let (rest, border) = if on {
            (tokens.bg_selected, tokens.accent_text)
        } else {
            (Color32::TRANSPARENT, tokens.border_control)
        };
        let fill = match (response.is_pointer_button_down_on(), response.hovered() && !on) {
            (true, _) => tokens.bg_pressed,
            (false, true) => tokens.bg_hover,
            (false, false) => rest,
        };
        let corners = CornerRadius::same(radius::CHIP);
        ui.painter().rect(rect, corners, fill, Stroke::new(stroke::HAIR, border), StrokeKind::Inside);
        let mut at = pos2(rect.left() + space::S5, rect.center().y);
        if on {
            let middle = pos2(at.x + size::ROW / 2.0, at.y);
            let place = Rect::from_center_size(middle, vec2(size::ROW, size::ROW));
            Icon::Check.paint(ui, place, tokens.accent_text);
            at.x += mark;
        }
        label_at(ui, at, Align2::LEFT_CENTER, word, style, tokens.text_primary, text + 1.0);
        if !count.is_empty() {
            let at = pos2(at.x + text + space::S3, at.y);
            label_at(ui, at, Align2::LEFT_CENTER, count, Style::Small, tokens.text_secondary, number + 1.0);
        }
        if response.has_focus() {
            ring(ui, rect, radius::CHIP);
        }
        response
    }
}
