//! The bar that says where one is.

use egui::emath::TSTransform;
use egui::epaint::RectShape;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Align, Color32, Layout, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::commands::Command;
use super::find::{self, Finder};
use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{IconButton, Tag, kind_tag, label, one_line, ring, tag, tip};
use super::{View, accounts::Accounts, status_bar, words};
use crate::core::OpenAccount;
use crate::domain::{Endpoint, spell_out_hidden};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, accounts: &mut Accounts, find: &mut Finder) {
    // From the left to the right, so that Tab goes that way too.
    ui.horizontal_centered(|ui| {
        let found = if view.model.open.is_some() { find::width(ui) + space::S4 } else { 0.0 };
        let buttons = 2.0 * (height::CONTROL + space::S4) + found;
        let room = vec2(ui.available_width() - buttons, ui.available_height());
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room.x);
            ui.spacing_mut().item_spacing.x = 10.0;
            if let Some(open) = &view.model.open {
                account(ui, view, open, accounts);
                super::session::time_left(ui, view, open);
            } else {
                Icon::KeyRound.show(ui, 20.0, ui.tokens().accent_text);
                label(ui, "Keyfob", Style::Lead, ui.tokens().text_primary);
            }
        });
        ui.spacing_mut().item_spacing.x = space::S4;
        find.show(ui, view);
        if view.model.open.is_some() {
            refresh(ui, view);
        } else {
            ui.add_space(height::CONTROL + space::S4);
        }
        settings(ui, view);
    });
}

fn account(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, accounts: &mut Accounts) {
    let tokens = ui.tokens();
    let start = ui.cursor().min;
    let button = switch_button(ui, open);
    accounts.popup(&button, ui, view);
    let (line, _) = ui.allocate_exact_size(vec2(1.0, 20.0), Sense::hover());
    ui.painter().vline(line.center().x, line.y_range(), Stroke::new(stroke::HAIR, tokens.border_frame));
    let caller = one_line(ui, words::caller(&open.account.caller), Style::Body, tokens.text_secondary);
    caller.on_hover_text(spell_out_hidden(&open.account.caller_arn));
    let rect = Rect::from_min_max(pos2(start.x, ui.max_rect().top()), ui.min_rect().max);
    spoken(ui, rect, open);
}

/// Alias and account id are never cut; only a name that is no alias can be too long.
fn switch_button(ui: &mut Ui, open: &OpenAccount) -> Response {
    let tokens = ui.tokens();
    let account = &open.account;
    let ground = ui.painter().add(egui::Shape::Noop);
    let button = ui.scope_builder(egui::UiBuilder::new().sense(Sense::click()), |ui| {
        ui.horizontal_centered(|ui| {
            let room = vec2((ui.available_width() - 300.0).max(120.0), height::CONTROL);
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                one_line(ui, spell_out_hidden(open.name()), Style::Lead, tokens.text_primary);
                if open.name() != account.name() {
                    one_line(ui, spell_out_hidden(account.name()), Style::Body, tokens.text_secondary);
                }
            });
            tags(ui, open);
            label(ui, account.grouped_id(), Style::Mono, tokens.text_primary);
            Icon::ChevronDown.show(ui, size::BAR, tokens.text_secondary);
        });
    });
    let response = button.response;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Switch account"));
    let around = response.rect.shrink2(vec2(0.0, 6.0)).expand2(vec2(6.0, 0.0));
    let fill = match (response.is_pointer_button_down_on(), response.hovered()) {
        (true, _) => tokens.bg_pressed,
        (_, true) => tokens.bg_hover,
        _ => Color32::TRANSPARENT,
    };
    ui.painter().set(ground, RectShape::filled(around, radius::CONTROL, fill));
    if response.has_focus() {
        ring(ui, around.shrink(4.0), radius::SMALL - 2);
    }
    Command::SwitchAccount.is_done_by(&response);
    response.on_hover_text(Command::SwitchAccount.tip())
}

/// One node that speaks the whole of it: a field that is only read has its name and its value apart, as a label has not.
fn spoken(ui: &Ui, rect: Rect, open: &OpenAccount) {
    let text = words::account(open);
    let id = egui::Id::unique("account");
    let node = ui.interact(rect, id, Sense::hover());
    node.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, true, "Account");
        info.current_text_value = Some(text.clone());
        info
    });
    _ = ui.ctx().accesskit_node_builder(id, |node| node.set_read_only());
    let galley = ui.painter().layout_no_wrap(text, Style::Body.font(), ui.tokens().text_primary);
    let place = TSTransform::from_translation(rect.min.to_vec2());
    update_accesskit_for_text_widget(ui.ctx(), id, None, place, &galley);
}

fn tags(ui: &mut Ui, open: &OpenAccount) {
    kind_tag(ui, open.kind());
    if matches!(open.account.endpoint, Endpoint::Override { .. }) {
        tag(ui, Tag::Endpoint, "Not AWS");
    }
    if let Some(why) = open.access.read_only {
        tip(tag(ui, Tag::ReadOnly, "Read-only"), words::read_only(why));
    }
}

fn refresh(ui: &mut Ui, view: &mut View<'_>) {
    let busy = view.model.open.as_ref().is_some_and(status_bar::is_busy);
    let tip = if busy { "Refreshing…".to_owned() } else { Command::Refresh.tip() };
    let response = IconButton::new(Icon::RefreshCw, "Refresh").tip(&tip).busy(busy).show(ui);
    Command::Refresh.is_done_by(&response);
    if response.clicked() {
        Command::Refresh.run(view);
    }
}

fn settings(ui: &mut Ui, view: &mut View<'_>) {
    let button = IconButton::new(Icon::Settings, "Settings").tip(&Command::Settings.tip()).show(ui);
    Command::Settings.is_done_by(&button);
    if button.clicked() {
        view.ui.ask(Command::Settings);
    }
}
