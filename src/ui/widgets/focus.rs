//! Where the keyboard and the pointer are, and the ring around the control that has the focus.

use egui::{CornerRadius, Id, InputState, Key, Rect, StrokeKind, Ui};

use crate::ui::theme::Themed as _;
use crate::ui::theme::measures::{space, stroke};

/// Paints the ring around `rect` with 2 points of ground between them.
pub fn ring(ui: &Ui, rect: Rect, radius: u8) {
    let color = ui.tokens().focus_ring;
    let radius = CornerRadius::same(radius + 4);
    ui.painter().rect_stroke(rect.expand(4.0), radius, (stroke::RING, color), StrokeKind::Inside);
}

/// Where the arrow keys of this frame lead: presses that arrive within one frame all count.
pub fn arrow_steps(input: &InputState) -> isize {
    input.num_presses(Key::ArrowDown).cast_signed() - input.num_presses(Key::ArrowUp).cast_signed()
}

/// The place `steps` further in a list of `len`, which ends at both ends.
pub fn neighbour(at: usize, steps: isize, len: usize) -> usize {
    at.saturating_add_signed(steps).min(len.saturating_sub(1))
}

/// The pointer is inside `rect`.
pub fn is_over(input: &InputState, rect: Rect) -> bool {
    input.pointer.interact_pos().is_some_and(|at| rect.contains(at))
}

/// Inside a scroll area, behind its content: what gets the focus is scrolled into view. `id`: of the scroll area.
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
