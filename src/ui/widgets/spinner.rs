//! The refresh icon that turns while something is awaited.

use egui::{Color32, Rect, Ui};

use crate::ui::theme::Icon;
use crate::ui::theme::measures::motion;

/// Paints the icon in `rect`: at rest, or turning once something has been under way for 0.3 s.
pub fn spinner(ui: &Ui, rect: Rect, color: Color32, busy: bool) {
    let id = egui::Id::unique("spinner-since");
    if !busy {
        ui.data_mut(|data| data.remove::<f64>(id));
        return Icon::RefreshCw.paint(ui, rect, color);
    }
    let now = ui.input(|input| input.time);
    let since = ui.data_mut(|data| *data.get_temp_mut_or(id, now));
    let turning = now - since - motion::SPINNER_DELAY;
    // Reduced motion: the icon stands still beside its word.
    if ui.style().animation_time == 0.0 {
        return Icon::RefreshCw.paint(ui, rect, color);
    }
    if turning < 0.0 {
        ui.request_repaint_after_secs(-turning as f32);
        return Icon::RefreshCw.paint(ui, rect, color);
    }
    let turn = (turning / motion::SPINNER_TURN).fract() as f32;
    Icon::RefreshCw.paint_turned(ui, rect, color, turn);
    ui.request_repaint_after_secs(1.0 / 30.0);
}
