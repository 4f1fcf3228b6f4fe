//! The page of the user that is picked.

use egui::{Frame, Margin, ScrollArea, Ui};

use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{IconButton, label, one_line, skeleton};
use super::{View, create, findings, key_table, messages, secret_panel, words};
use crate::core::{Msg, Open};
use crate::domain::{UserName, visible};

#[derive(Default)]
pub(super) struct KeysPage {
    create: create::CreateRow,
    table: key_table::KeyTable,
    findings: findings::FindingList,
}

impl KeysPage {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let wide = ui.ctx().content_rect().width() >= 1100.0;
        let side = if wide { 24 } else { 16 };
        let frame = Frame::new().inner_margin(Margin { left: side, right: side, top: 20, bottom: 12 });
        ScrollArea::vertical().auto_shrink(false).id_salt("page").show(ui, |ui| {
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.content(ui, view);
            });
        });
    }

    fn content(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let Some(open) = &view.model.open else { return };
        let Some(user) = open.picked.clone() else {
            nobody(ui, open);
            secret_panel::show(ui, view);
            return;
        };
        title(ui, view, &user);
        meta(ui, view, open, &user);
        ui.add_space(space::S6);
        self.create.show(ui, view, &user);
        ui.add_space(space::S6);
        messages::banners(ui, view, open, &user);
        self.table.show(ui, view, open, &user);
        secret_panel::show(ui, view);
        self.findings.show(ui, view, open, &user);
    }
}

fn nobody(ui: &mut Ui, open: &Open) {
    let tokens = ui.tokens();
    if open.users.list.is_loading() {
        skeleton(ui, 160.0);
        ui.add_space(space::S4);
        skeleton(ui, 320.0);
    } else {
        label(ui, "Pick a user to see its keys", Style::Lead, tokens.text_primary);
    }
}

fn title(ui: &mut Ui, view: &mut View<'_>, user: &UserName) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        one_line(ui, visible(user.as_str()), Style::Title, tokens.text_primary);
        let name = format!("Copy user name {user}");
        let copy = IconButton::new(Icon::Copy, &name).tip("Copy user name").small().flashes().show(ui);
        if copy.clicked() {
            view.push(Msg::CopyText(user.to_string()));
        }
    });
}

/// Path, age, number of keys.
fn meta(ui: &mut Ui, view: &View<'_>, open: &Open, user: &UserName) {
    let tokens = ui.tokens();
    let mut parts = Vec::new();
    if let Some(known) = open.users.get(user) {
        parts.push(visible(&known.path).into_owned());
        parts.extend(known.created.map(|created| format!("created {}", words::date(created, view.zone))));
    }
    match open.keys_of(user).and_then(|keys| keys.count()) {
        Some(count) => parts.push(format!("{count} of {} keys", open.quota)),
        None => parts.push("keys not known yet".to_owned()),
    }
    if let Some(when) = open.users.get(user).and_then(|known| known.password_last_used) {
        parts.push(format!("console password used {}", words::ago(when, view.now)));
    }
    one_line(ui, parts.join("  ·  "), Style::Body, tokens.text_secondary);
}
