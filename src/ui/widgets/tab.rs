//! Tabs, with a line below the selected one.

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{describe, ring};
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Style, Themed as _};

/// As wide as its word. What can be clicked is wider by the padding at both sides.
/// `badge`: how many things wait behind it; 0 tells nothing.
pub fn tab(ui: &mut Ui, word: &str, selected: bool, badge: usize) -> Response {
    if badge == 0 {
        return named_tab(ui, word, word, selected);
    }
    let tab = named_tab(ui, &format!("{word} · {badge}"), word, selected);
    let noun = if badge == 1 { "waits" } else { "wait" };
    describe(&tab, || format!("{badge} {noun} for you"));
    tab
}

/// With an accessible name of its own.
pub fn named_tab(ui: &mut Ui, word: &str, name: &str, selected: bool) -> Response {
    let tokens = ui.tokens();
    let galley = ui.painter().layout_no_wrap(word.to_owned(), Style::Control.font(), tokens.text_primary);
    let (rect, place) = ui.allocate_exact_size(vec2(galley.size().x, height::TAB_BAR), Sense::hover());
    let around = rect.expand2(vec2(space::S5, 0.0));
    let response = ui.interact(around, place.id.with("tab"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, name));
    let lit = selected || response.hovered();
    let color = if lit { tokens.text_primary } else { tokens.text_secondary };
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley_with_override_text_color(at, galley, color);
    if selected {
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - stroke::RING), rect.max);
        ui.painter().rect_filled(line, 0, tokens.accent_text);
    }
    if response.has_focus() {
        ring(ui, around.shrink2(vec2(8.0, 8.0)), radius::SMALL);
    }
    response
}
