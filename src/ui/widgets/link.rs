//! An action as a word.

use egui::{Color32, Response, Role, Sense, Stroke, Ui, WidgetInfo};

use super::ring;
use crate::ui::theme::measures::radius;
use crate::ui::theme::{Style, Themed as _};

/// A word that does something; underlined under the pointer.
pub fn link(ui: &mut Ui, text: &str, name: &str) -> Response {
    let color = ui.tokens().accent_text;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), Style::Control.font(), Color32::PLACEHOLDER);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    ui.painter().galley(rect.min, galley, color);
    if response.hovered() {
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, color));
    }
    if response.has_focus() {
        ring(ui, rect.shrink(1.0), radius::SMALL);
    }
    response
}
