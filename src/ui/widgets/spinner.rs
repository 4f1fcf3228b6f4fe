//! The refresh icon, which spins while loading.

use egui::{Color32, Id, Rect, Ui};

use super::is_slow;
use crate::ui::theme::Icon;
use crate::ui::theme::measures::motion;

/// Paints the icon in `rect`: at rest, or spinning once loading has taken longer than a moment.
pub fn spinner(ui: &Ui, rect: Rect, color: Color32, busy: bool) {
    // With reduced motion the icon does not spin, and its text shows the progress.
    let still = ui.style().animation_time == 0.0;
    if !busy || !is_slow(ui, Id::unique("spinner")) || still {
        return Icon::RefreshCw.paint(ui, rect, color);
    }
    let turn = (ui.input(|input| input.time) / motion::SPINNER_TURN).fract() as f32;
    Icon::RefreshCw.paint_turned(ui, rect, color, turn);
    ui.request_repaint_after_secs(1.0 / 30.0);
}
