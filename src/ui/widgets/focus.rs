//! Focus and pointer helpers, and the focus ring.

use egui::{Context, CornerRadius, Id, InputState, Rect, Response, StrokeKind, Ui};

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

/// Remembers the last clicked control. A click does not move the focus, but the focus should go there once the dialog or menu
/// that it opened is closed.
pub fn note_press(response: &Response) {
    if response.clicked() {
        set_last_pressed(&response.ctx, response.id);
    }
}

/// Marks this control as the one that opens the next dialog or menu.
pub fn set_last_pressed(ctx: &Context, control: Id) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("last pressed"), control));
}

pub fn last_pressed(ctx: &Context) -> Option<Id> {
    ctx.data(|data| data.get_temp(Id::unique("last pressed")))
}
