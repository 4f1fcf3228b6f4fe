//! The bar that says where one is, and the tabs below it.

use egui::{Align, Layout, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::theme::measures::{height, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{IconButton, MenuItem, Tag, label, menu, one_line, ring, tag};
use super::{View, words};
use crate::core::{Msg, Open, StartMsg};
use crate::domain::{AccountKind, Endpoint, Theme, visible};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        settings(ui, view);
        if view.model.open.is_some() {
            refresh(ui, view);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            if let Some(open) = &view.model.open {
                account(ui, open);
            } else {
                Icon::KeyRound.show(ui, 20.0, ui.tokens().accent_text);
                label(ui, "Keyfob", Style::Lead, ui.tokens().text_primary);
            }
        });
    });
}

fn account(ui: &mut Ui, open: &Open) {
    let tokens = ui.tokens();
    let account = &open.account;
    let spoken = format!("{}, {}, {}", account.name(), account.grouped_id(), words::caller(account));
    let button = ui.scope_builder(egui::UiBuilder::new().sense(Sense::click()), |ui| {
        ui.horizontal_centered(|ui| {
            label(ui, visible(account.name()), Style::Lead, tokens.text_primary);
            tags(ui, open);
            label(ui, account.grouped_id(), Style::Mono, tokens.text_primary);
            Icon::ChevronDown.show(ui, size::BAR, tokens.text_secondary);
        });
    });
    let response = button.response;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Switch account"));
    if response.has_focus() {
        ring(ui, response.rect.shrink(6.0), 4);
    }
    if response.clicked() {
        ui.data_mut(|data| data.insert_temp(switch_id(), true));
    }
    let (line, _) = ui.allocate_exact_size(vec2(1.0, 20.0), Sense::hover());
    ui.painter().vline(line.center().x, line.y_range(), Stroke::new(stroke::HAIR, tokens.border_frame));
    let caller = one_line(ui, words::caller(account), Style::Body, tokens.text_secondary);
    caller.on_hover_text(visible(&account.caller_arn));
    // One node that speaks the whole of it.
    let (_, spoken_node) = ui.allocate_exact_size(vec2(0.0, 0.0), Sense::hover());
    spoken_node.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Label, true, "Account");
        info.current_text_value = Some(spoken.clone());
        info
    });
}

/// Set for one frame when the account is to be switched.
pub(super) fn switch_id() -> egui::Id {
    egui::Id::unique("switch account")
}

fn tags(ui: &mut Ui, open: &Open) {
    match open.account.kind() {
        AccountKind::Practice => _ = tag(ui, Tag::Practice, "Not AWS"),
        AccountKind::Production => _ = tag(ui, Tag::Production, "Production"),
        AccountKind::Plain => {}
    }
    if matches!(open.account.endpoint, Endpoint::Override { .. }) {
        tag(ui, Tag::Endpoint, "Not AWS");
    }
    if open.read_only {
        tag(ui, Tag::ReadOnly, "Read-only");
    }
}

fn refresh(ui: &mut Ui, view: &mut View<'_>) {
    let response = IconButton::new(Icon::RefreshCw, "Refresh").tip("Refresh (F5)").show(ui);
    if response.clicked() {
        view.push(Msg::Refresh);
    }
}

fn settings(ui: &mut Ui, view: &mut View<'_>) {
    let button = IconButton::new(Icon::Settings, "Settings").show(ui);
    menu(&button, 200.0, |ui| {
        let tokens = ui.tokens();
        label(ui, "Theme", Style::Small, tokens.text_secondary);
        for (theme, word) in
            [(Theme::System, "As the system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")]
        {
            if MenuItem::new(word).checked(view.model.settings.theme == theme).show(ui) {
                view.push(Msg::SetTheme(theme));
            }
        }
        if view.model.open.is_some() {
            ui.separator();
            if MenuItem::new("Switch account…").icon(Icon::Users).name("Choose another account").show(ui) {
                view.start(StartMsg::SwitchAccount);
            }
        }
    });
}

/// The tabs. More of them come with later versions.
pub(super) fn tabs(ui: &mut Ui) {
    let tokens = ui.tokens();
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let word = ui.painter().layout_no_wrap("Keys".to_owned(), Style::Control.font(), tokens.text_primary);
        let wanted = vec2(word.size().x, height::TAB_BAR);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, true, "Keys"));
        let at = pos2(rect.left(), rect.center().y - word.size().y / 2.0);
        ui.painter().galley(at, word, tokens.text_primary);
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        ui.painter().rect_filled(line, 0, tokens.accent_text);
    });
}

/// The strip at the left edge, through both bars: production or practice.
pub(super) fn strip(ui: &Ui, view: &View<'_>) {
    let tokens = ui.tokens();
    let color = match view.model.account_kind() {
        Some(AccountKind::Production) => tokens.production_strip,
        Some(AccountKind::Practice) => tokens.practice_fill,
        _ => return,
    };
    let top = ui.ctx().content_rect().min;
    let rect = Rect::from_min_size(top, vec2(stroke::STRIP, height::ACCOUNT_BAR + height::TAB_BAR));
    ui.ctx().layer_painter(ui.layer_id()).rect_filled(rect, 0, color);
}
