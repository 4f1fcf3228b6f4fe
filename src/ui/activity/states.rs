//! What stands in the place of rows.

use egui::Ui;

use crate::core::Model;
use crate::domain::spell_out_hidden;
use crate::ui::theme::Icon;
use crate::ui::widgets::empty_state;

/// `total`: how many there are without the search.
pub(super) fn nothing(ui: &mut Ui, model: &Model, query: &str, total: usize) {
    let (title, hint) = if !model.activity.is_read {
        ("Loading the activity…".to_owned(), "")
    } else if total > 0 {
        (
            format!("Nothing matches “{}”", spell_out_hidden(query.trim())),
            "Search by user, key id, caller, outcome or request id",
        )
    } else {
        (
            "No activity yet".to_owned(),
            "Every change that you make with Keyfob is listed here, with who made it and its outcome",
        )
    };
    empty_state(ui, 240.0, Icon::History, &title, hint);
}
