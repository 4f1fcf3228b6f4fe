//! The switch that activates and deactivates a key.

use egui::{Color32, CornerRadius, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{keep_press, label_at, ring};
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Style, Themed as _};

/// The position of the knob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    On,
    Off,
    /// The change is in progress.
    Working,
}

/// A switch with its text. `name` says what a press does ("Deactivate AKIA…"); `off` is the reason why it is disabled.
pub fn switch(ui: &mut Ui, position: Position, word: &str, name: &str, off: Option<String>) -> Response {
    let width = ui.available_width();
    let enabled = off.is_none();
    let sense = match (enabled, position) {
        (true, Position::On | Position::Off) => Sense::click(),
        // A press does nothing, and the keyboard stays here.
        (true, Position::Working) => Sense::hover() | Sense::FOCUSABLE,
        (false, _) => Sense::hover(),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height::SMALL), sense);
    let on = position == Position::On;
    response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, on, name));
    keep_press(&response);
    let tokens = ui.tokens();
    let track = Rect::from_min_size(pos2(rect.left(), rect.center().y - 8.0), vec2(30.0, 16.0));
    let travel = match position {
        Position::On => 1.0,
        Position::Off => 0.0,
        Position::Working => 0.5,
    };
    let travel = ui.animate_value_with_time(response.id, travel, ui.style().animation_time);
    let (fill, text) = match (enabled, position) {
        (false, _) => (tokens.border_frame, tokens.text_disabled),
        (true, Position::On) => (tokens.switch_on, tokens.text_primary),
        (true, Position::Off) => (tokens.switch_off, tokens.text_primary),
        (true, Position::Working) => (tokens.switch_off, tokens.text_secondary),
    };
    ui.painter().rect(
        track,
        CornerRadius::same(radius::SWITCH),
        fill,
        (0.0, Color32::TRANSPARENT),
        StrokeKind::Inside,
    );
    let knob = pos2(egui::lerp(track.left() + 8.0..=track.right() - 8.0, travel), track.center().y);
    ui.painter().circle_filled(knob, 6.0, tokens.switch_knob);
    let at = pos2(track.right() + space::S4, rect.center().y);
    let left = rect.right() - at.x;
    label_at(ui, at, egui::Align2::LEFT_CENTER, word, Style::Body, text, left);
    if response.has_focus() {
        ring(ui, track, radius::SWITCH);
    }
    match off {
        Some(reason) => response.on_hover_text(reason),
        None => response.on_hover_text(name),
    }
}
