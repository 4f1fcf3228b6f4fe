//! Empty states: an icon, a sentence and a hint.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::{describe, label_at};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};

/// Full width, `tall` points high. The title is the accessible name.
pub fn empty_state(ui: &mut Ui, tall: f32, icon: Icon, title: &str, hint: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, title));
    if !hint.is_empty() {
        describe(&response, || hint.to_owned());
    }
    let tokens = ui.tokens();
    // A little below the middle, so that all three together are centred.
    let at = rect.center() + vec2(0.0, 6.0);
    let side = vec2(size::EMPTY, size::EMPTY);
    icon.paint(ui, Rect::from_center_size(at - vec2(0.0, 32.0), side), tokens.text_secondary);
    let room = rect.width() - 32.0;
    label_at(ui, at, Align2::CENTER_CENTER, title, Style::Lead, tokens.text_primary, room);
    let below = at + vec2(0.0, 22.0);
    label_at(ui, below, Align2::CENTER_CENTER, hint, Style::Body, tokens.text_secondary, room);
}
