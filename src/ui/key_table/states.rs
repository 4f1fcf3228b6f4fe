//! What stands in the place of rows: none, not known, not known yet.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::rows::KeyRows;
use crate::domain::{UserName, spell_out_hidden};
use crate::ui::table::{Layout, Rows as _};
use crate::ui::theme::Icon;
use crate::ui::widgets::{empty_state, skeleton};

pub(super) fn empty(ui: &mut Ui, user: &UserName, quota: u32) {
    let user = spell_out_hidden(user.as_str());
    let many = if quota == 2 { "two".to_owned() } else { quota.to_string() };
    let hint = format!("A new key lets a program sign in as {user}. A user can have {many} keys.");
    empty_state(ui, 156.0, Icon::KeyRound, &format!("{user} has no access keys"), &hint);
}

pub(super) fn unknown(ui: &mut Ui) {
    empty_state(ui, 104.0, Icon::CircleDashed, "The keys of this user have not loaded", "");
}

/// Rows of grey bars where the words will be.
pub(super) fn loading(ui: &mut Ui, layout: &Layout, rows: usize) {
    for _ in 0..rows {
        let row = vec2(ui.available_width(), KeyRows::SHAPE.row);
        let (rect, _) = ui.allocate_exact_size(row, Sense::hover());
        let mut bar = |x: f32, width: f32| {
            let at = Rect::from_min_size(pos2(rect.left() + x, rect.center().y - 9.0), vec2(width, 18.0));
            // In the room that the row has taken: a child of its own adds none.
            skeleton(&mut ui.new_child(egui::UiBuilder::new().max_rect(at)), width);
        };
        for (x, width) in layout.bars::<KeyRows>() {
            bar(x, width);
        }
    }
}
