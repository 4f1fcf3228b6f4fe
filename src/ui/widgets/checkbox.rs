//! A checkbox with a label.

use egui::{
    Align2, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{label_at, ring};
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};

/// Whether a checkbox without a label is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checked {
    #[default]
    No,
    /// Some of the rows that it stands for.
    Some,
    Yes,
}

/// A checkbox alone, for tables. `name` is the accessible name; `stop`: Tab stops here.
pub fn check_mark(ui: &mut Ui, checked: Checked, name: &str, stop: bool) -> Response {
    let tokens = ui.tokens();
    let (rect, place) = ui.allocate_exact_size(vec2(height::SMALL, height::SMALL), Sense::hover());
    let sense = if stop { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, place.id.with("check mark"), sense);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, checked == Checked::Yes, name));
    let square = Rect::from_center_size(rect.center(), vec2(14.0, 14.0));
    paint_square(ui, square, checked != Checked::No);
    match checked {
        Checked::Yes => Icon::Check.paint(ui, square.shrink(1.0), tokens.on_accent),
        Checked::Some => {
            let line = Stroke::new(1.5, tokens.on_accent);
            ui.painter().hline(square.shrink(4.0).x_range(), square.center().y, line);
        }
        Checked::No => {}
    }
    if response.has_focus() {
        ring(ui, square, radius::CHECKBOX);
    }
    response
}

fn paint_square(ui: &Ui, square: Rect, filled: bool) {
    let tokens = ui.tokens();
    let (fill, border) = if filled {
        (tokens.accent_fill, tokens.accent_text)
    } else {
        (tokens.bg_panel, tokens.border_control)
    };
    let corners = CornerRadius::same(radius::CHECKBOX);
    ui.painter().rect(square, corners, fill, Stroke::new(stroke::HAIR, border), StrokeKind::Inside);
}

/// Changes `on` when pressed.
pub fn checkbox(ui: &mut Ui, on: &mut bool, word: &str) -> Response {
    let tokens = ui.tokens();
    let text = ui.painter().layout_no_wrap(word.to_owned(), Style::Body.font(), tokens.text_primary).size().x;
    let wanted = vec2(14.0 + space::S4 + text, height::SMALL);
    let (rect, mut response) = ui.allocate_exact_size(wanted, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, word));
    let square = Rect::from_min_size(pos2(rect.left(), rect.center().y - 7.0), vec2(14.0, 14.0));
    paint_square(ui, square, *on);
    if *on {
        Icon::Check.paint(ui, square.shrink(1.0), tokens.on_accent);
    }
    let at = pos2(square.right() + space::S4, rect.center().y);
    label_at(ui, at, Align2::LEFT_CENTER, word, Style::Body, tokens.text_primary, text + 1.0);
    if response.has_focus() {
        ring(ui, square, radius::CHECKBOX);
    }
    response
}
