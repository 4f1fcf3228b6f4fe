//! What stands in the place of rows.

use egui::{Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::rows::AccountRows;
use crate::core::{OpenAccount, SweepState};
use crate::ui::table::{Layout, Rows as _};
use crate::ui::theme::Icon;
use crate::ui::widgets::{empty_state, skeleton};

const TALL: f32 = 240.0;

pub(super) fn no_hits(ui: &mut Ui) {
    let (title, hint) = ("No key matches these filters", "Clear the filters to see all keys");
    empty_state(ui, TALL, Icon::KeyRound, title, hint);
}

pub(super) fn no_keys(ui: &mut Ui, open: &OpenAccount) {
    let users = &open.users.list;
    let is_known =
        open.inventory.report.report.value.is_some() || open.inventory.sweep.state() == SweepState::Done;
    let (title, hint) = if users.value.is_some() && open.users.all().is_empty() {
        (
            "This account has no IAM users",
            "Access keys belong to IAM users. Roles and IAM Identity Center need none",
        )
    } else if is_known {
        ("This account has no access keys", "A new key is created on the page of its user, in Keys")
    } else {
        ("The keys have not loaded", "Refresh, or resume loading in the status bar")
    };
    empty_state(ui, TALL, Icon::KeyRound, title, hint);
}

/// Grey bars where the words will be, as far as there is room.
pub(super) fn loading(ui: &mut Ui, layout: &Layout) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let shape = AccountRows::SHAPE;
    let rows = (ui.available_height() / shape.row).floor().max(1.0) as usize;
    for _ in 0..rows.min(40) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), shape.row), Sense::hover());
        for (x, width) in layout.bars::<AccountRows>() {
            let at = Rect::from_min_size(pos2(rect.left() + x, rect.center().y - 9.0), vec2(width, 18.0));
            skeleton(&mut ui.new_child(UiBuilder::new().max_rect(at)), width);
        }
    }
}
