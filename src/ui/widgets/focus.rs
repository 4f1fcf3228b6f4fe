//! The ring around the control that has the keyboard.

use egui::{CornerRadius, Rect, StrokeKind, Ui};

use crate::ui::theme::Themed as _;
use crate::ui::theme::measures::stroke;

/// Paints the ring around `rect` with 2 points of ground between them.
pub fn ring(ui: &Ui, rect: Rect, radius: u8) {
    let color = ui.tokens().focus_ring;
    let radius = CornerRadius::same(radius + 4);
    ui.painter().rect_stroke(
        rect.expand(4.0),
        radius,
        (stroke::RING, color),
        StrokeKind::Inside,
    );
}
