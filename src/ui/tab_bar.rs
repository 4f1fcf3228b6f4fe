//! The tabs, what marks the practice account, and the users where there is no room for a panel.

use egui::{Align, Layout, Rect, Stroke, Ui, vec2};

use super::commands::Command;
use super::theme::measures::{height, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::user_picker::Picker;
use super::widgets::{one_line, tab};
use super::{View, pages, words};
use crate::core::{Msg, Page};
use crate::domain::AccountKind;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, picker: &mut Picker) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S5;
        if pages::entry(view.model.page).of_user {
            picker.button(ui, view);
        }
        ui.spacing_mut().item_spacing.x = space::S7;
        for page in Page::ALL {
            let pages::Entry { word, count, .. } = pages::entry(*page);
            let tab = tab(ui, word, view.model.page == *page, count(view.model));
            Command::Show(*page).is_done_by(&tab);
            if tab.clicked() {
                view.push(Msg::Show(*page));
            }
        }
        if view.model.account_kind() == Some(AccountKind::Practice) {
            practice(ui);
        }
    });
}

/// What makes the bar a banner: it costs no height.
fn practice(ui: &mut Ui) {
    let tokens = ui.tokens();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        ui.add_space(space::S2);
        let room = vec2(ui.available_width(), height::CONTROL);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            one_line(ui, words::PRACTICE, Style::Body, tokens.practice_text);
            Icon::FlaskConical.show(ui, size::ROW, tokens.practice_text);
        });
    });
}

/// Under the account bar, where requests do not go to AWS: what is in force, and who said so.
pub(super) fn endpoint_banner(ui: &mut Ui, (text, origin): (String, String)) {
    let tokens = ui.tokens();
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        Icon::TriangleAlert.show(ui, size::BAR, tokens.warning_text);
        ui.add_space(space::S1);
        one_line(ui, text, Style::BodyStrong, tokens.text_primary);
        one_line(ui, origin, Style::Body, tokens.text_secondary);
    });
    let edge = ui.max_rect().expand2(vec2(16.0, 0.0));
    let line = Stroke::new(stroke::HAIR, tokens.warning_border);
    ui.painter().hline(edge.x_range(), edge.top() + 0.5, line);
    ui.painter().hline(edge.x_range(), edge.bottom() - 0.5, line);
}

/// At the left edge, through all bars above the page: what the account is for.
pub(super) fn strip(ui: &Ui, view: &View<'_>, height: f32) {
    let tokens = ui.tokens();
    let color = match view.model.account_kind() {
        Some(AccountKind::Production) => tokens.production_strip,
        Some(AccountKind::Practice) => tokens.practice_fill,
        Some(AccountKind::Staging | AccountKind::Development) => tokens.info_text,
        Some(AccountKind::Plain) | None => return,
    };
    let top = ui.ctx().content_rect().min;
    let rect = Rect::from_min_size(top, vec2(stroke::STRIP, height));
    ui.ctx().layer_painter(ui.layer_id()).rect_filled(rect, 0, color);
}
