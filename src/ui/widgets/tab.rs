//! Tabs, with a line below the selected one.

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{describe, ring};
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Style, Themed as _};

/// What stands behind the word of a tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabCount {
    None,
    /// So many things wait for the administrator.
    Waiting(usize),
    /// How many it lists: as it is shown, and in words.
    Listed(String, String),
}

/// As wide as its word. What can be clicked is wider by the padding at both sides.
pub fn tab(ui: &mut Ui, word: &str, selected: bool, count: TabCount) -> Response {
    match count {
        TabCount::None => named_tab(ui, word, word, selected),
        TabCount::Waiting(waiting) => {
            let tab = named_tab(ui, &format!("{word} · {waiting}"), word, selected);
            let noun = if waiting == 1 { "waits" } else { "wait" };
            describe(&tab, || format!("{waiting} {noun} for you"));
            tab
        }
        TabCount::Listed(count, words) => {
            let tab = show(ui, word, &count, word, selected);
            describe(&tab, || words);
            tab
        }
    }
}

/// With an accessible name of its own.
pub fn named_tab(ui: &mut Ui, word: &str, name: &str, selected: bool) -> Response {
    show(ui, word, "", name, selected)
}

/// `count` stands behind the word, more quietly.
fn show(ui: &mut Ui, word: &str, count: &str, name: &str, selected: bool) -> Response {
    let tokens = ui.tokens();
    let galley = ui.painter().layout_no_wrap(word.to_owned(), Style::Control.font(), tokens.text_primary);
    let number = ui.painter().layout_no_wrap(count.to_owned(), Style::Small.font(), tokens.text_secondary);
    let behind = if count.is_empty() { 0.0 } else { space::S3 + number.size().x };
    let wanted = vec2(galley.size().x + behind, height::TAB_BAR);
    let (rect, place) = ui.allocate_exact_size(wanted, Sense::hover());
    let around = rect.expand2(vec2(space::S5, 0.0));
    let response = ui.interact(around, place.id.with("tab"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, name));
    let lit = selected || response.hovered();
    let color = if lit { tokens.text_primary } else { tokens.text_secondary };
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    let beside = pos2(at.x + galley.size().x + space::S3, rect.center().y - number.size().y / 2.0);
    ui.painter().galley_with_override_text_color(at, galley, color);
    if behind > 0.0 {
        ui.painter().galley_with_override_text_color(beside, number, tokens.text_secondary);
    }
    if selected {
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - stroke::RING), rect.max);
        ui.painter().rect_filled(line, 0, tokens.accent_text);
    }
    if response.has_focus() {
        ring(ui, around.shrink2(vec2(8.0, 8.0)), radius::SMALL);
    }
    response
}
