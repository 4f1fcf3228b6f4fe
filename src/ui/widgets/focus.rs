//! Focus and pointer helpers, and the focus ring.

use egui::{CornerRadius, Id, InputState, Rect, StrokeKind, Ui};

use crate::ui::theme::Themed as _;
use crate::ui::theme::measures::{space, stroke};

/// Paints the focus ring around `rect` with a gap of 2 points.
pub fn ring(ui: &Ui, rect: Rect, radius: u8) {
    let color = ui.tokens().focus_ring;
    let radius = CornerRadius::same(radius + 4);
    ui.painter().rect_stroke(rect.expand(4.0), radius, (stroke::RING, color), StrokeKind::Inside);
}

/// True if the pointer is inside `rect`.
pub fn is_over(input: &InputState, rect: Rect) -> bool {
    input.pointer.interact_pos().is_some_and(|at| rect.contains(at))
}

/// Scrolls a newly focused control into view. Call it inside the scroll area `id`, after its content.
pub fn follow_focus(ui: &Ui, id: Id) {
    let focused = ui.memory(|memory| memory.focused());
    let before = ui.data(|data| data.get_temp::<Option<Id>>(id.with("focus"))).flatten();
    if focused == before {
        return;
    }
    ui.data_mut(|data| data.insert_temp(id.with("focus"), focused));
    if let Some(control) = focused.and_then(|focused| ui.ctx().read_response(focused)) {
        ui.scroll_to_rect(control.rect.expand(space::S6), None);
    }
}
