//! What stands in the place of rows: none, not known, not known yet.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::domain::{UserName, visible};
use crate::ui::theme::measures::{height, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{describe, label_at, skeleton};

pub(super) fn empty(ui: &mut Ui, user: &UserName, quota: u32) {
    let tokens = ui.tokens();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 156.0), Sense::hover());
    let center = rect.center();
    let icon = Rect::from_center_size(center - vec2(0.0, 26.0), vec2(size::EMPTY, size::EMPTY));
    Icon::KeyRound.paint(ui, icon, tokens.text_secondary);
    let title = format!("{} has no access keys", visible(user.as_str()));
    let many = if quota == 2 { "two".to_owned() } else { quota.to_string() };
    let hint =
        format!("A new key lets a program sign in as {}. A user can have {many}.", visible(user.as_str()));
    let line = |y: f32, text: &str, style, color| {
        label_at(
            ui,
            pos2(center.x, center.y + y),
            Align2::CENTER_CENTER,
            text,
            style,
            color,
            rect.width() - 32.0,
        );
    };
    line(6.0, &title, Style::Lead, tokens.text_primary);
    line(28.0, &hint, Style::Body, tokens.text_secondary);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &title));
    describe(&response, || hint);
}

pub(super) fn unknown(ui: &mut Ui) {
    let tokens = ui.tokens();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 104.0), Sense::hover());
    let center = rect.center();
    let icon = Rect::from_center_size(center - vec2(0.0, 14.0), vec2(size::EMPTY, size::EMPTY));
    Icon::CircleDashed.paint(ui, icon, tokens.text_secondary);
    let text = "The keys of this user are not known";
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let at = center + vec2(0.0, 16.0);
    let (style, color) = (Style::Body, tokens.text_secondary);
    label_at(ui, at, Align2::CENTER_CENTER, text, style, color, rect.width());
}

/// Two rows of grey bars where the words will be.
pub(super) fn loading(ui: &mut Ui) {
    for _ in 0..2 {
        let (rect, _) = ui
            .allocate_exact_size(vec2(ui.available_width(), height::KEY_ROW + stroke::HAIR), Sense::hover());
        let mut bar = |x: f32, width: f32| {
            let at = Rect::from_min_size(pos2(rect.left() + x, rect.center().y - 9.0), vec2(width, 18.0));
            // In the room that the row has taken: a child of its own adds none.
            skeleton(&mut ui.new_child(egui::UiBuilder::new().max_rect(at)), width);
        };
        bar(16.0, 150.0);
        bar(222.0, 70.0);
        bar(352.0, 28.0);
        bar(408.0, 90.0);
    }
}
