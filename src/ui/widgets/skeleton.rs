//! Skeletons: grey bars in place of text that is loading.

use egui::{CornerRadius, Rect, Ui, pos2, vec2};

use super::is_slow;
use crate::ui::theme::Themed as _;
use crate::ui::theme::measures::radius;

/// A bar in the middle of the line, for a first load. Takes its space at once, but is visible only if loading takes longer than a
/// moment. Never replaces loaded data.
pub fn skeleton(ui: &mut Ui, width: f32) {
    let width = width.min(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, 18.0), egui::Sense::hover());
    if is_slow(ui, response.id) {
        let bar = Rect::from_min_size(pos2(rect.left(), rect.center().y - 5.0), vec2(width, 10.0));
        ui.painter().rect_filled(bar, CornerRadius::same(radius::SMALL), ui.tokens().bg_pressed);
    }
}
