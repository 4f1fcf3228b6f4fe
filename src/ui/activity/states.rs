//! What stands in the place of rows.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::core::Model;
use crate::domain::visible;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{describe, label_at};

/// `total`: how many there are without the search.
pub(super) fn nothing(ui: &mut Ui, model: &Model, query: &str, total: usize) {
    let (title, hint) = if !model.activity.is_read {
        ("Reading what was done…".to_owned(), "")
    } else if total > 0 {
        (
            format!("Nothing matches “{}”", visible(query.trim())),
            "Search by user, key id, caller, outcome or request id",
        )
    } else {
        (
            "Nothing was done here yet".to_owned(),
            "Each key that is created, switched or deleted with Keyfob is listed, with who did it and what came of it",
        )
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 240.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &title));
    describe(&response, || hint.to_owned());
    let tokens = ui.tokens();
    let center = rect.center();
    let icon = Rect::from_center_size(center - vec2(0.0, 32.0), vec2(size::EMPTY, size::EMPTY));
    Icon::History.paint(ui, icon, tokens.text_secondary);
    let line = |text: &str, y: f32, style, color| {
        let room = rect.width() - 32.0;
        label_at(ui, center + vec2(0.0, y), Align2::CENTER_CENTER, text, style, color, room);
    };
    line(&title, 0.0, Style::Lead, tokens.text_primary);
    line(hint, 22.0, Style::Body, tokens.text_secondary);
}
