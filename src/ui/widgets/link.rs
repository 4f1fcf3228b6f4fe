//! Text links.

use egui::{Color32, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::ring;
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Icon, Style, Themed as _};

/// A link that opens a menu.
pub fn menu_link(ui: &mut Ui, text: &str, name: &str) -> Response {
    show(ui, text, name, space::S2 + size::ROW)
}

/// A link that does something, underlined under the pointer.
pub fn link(ui: &mut Ui, text: &str, name: &str) -> Response {
    show(ui, text, name, 0.0)
}

/// `chevron` is the width reserved for one after the text.
fn show(ui: &mut Ui, text: &str, name: &str, chevron: f32) -> Response {
    let color = ui.tokens().accent_text;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), Style::Control.font(), Color32::PLACEHOLDER);
    let wanted = vec2(galley.size().x + chevron, galley.size().y.max(height::SMALL));
    let (outer, response) = ui.allocate_exact_size(wanted, Sense::click());
    let word = vec2(galley.size().x, galley.size().y);
    let rect = Rect::from_min_size(pos2(outer.left(), outer.center().y - word.y / 2.0), word);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    ui.painter().galley(rect.min, galley, color);
    if chevron > 0.0 {
        let at = pos2(outer.right() - size::ROW / 2.0, outer.center().y + 1.0);
        Icon::ChevronDown.paint(ui, Rect::from_center_size(at, vec2(size::ROW, size::ROW)), color);
    }
    if response.hovered() {
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, color));
    }
    if response.has_focus() {
        ring(ui, outer.shrink2(vec2(0.0, 2.0)), radius::SMALL - 2);
    }
    response
}
