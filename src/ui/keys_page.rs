//! The page of the user that is picked.

use egui::{Align, Frame, Layout, Margin, Rect, ScrollArea, Ui, vec2};

use super::commands::Command;
use super::theme::measures::{height, space, window};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{IconButton, empty_state, one_line, skeleton, tip};
use super::{View, create, findings, key_table, messages, secret_panel::Panel, words};
use crate::core::{Msg, OpId, OpenAccount, Stage};
use crate::domain::{Action, UserName, spell_out_hidden};

#[derive(Default)]
pub(super) struct KeysPage {
    create: create::CreateRow,
    table: key_table::KeyTable,
    findings: findings::FindingList,
    /// The new key that was on screen in the last frame.
    seen: Option<OpId>,
}

impl KeysPage {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, panel: &mut Panel) {
        let wide = ui.ctx().content_rect().width() >= window::WIDE_FROM;
        let side = if wide { 24 } else { 16 };
        let frame = Frame::new().inner_margin(Margin { left: side, right: side, top: 20, bottom: 12 });
        ScrollArea::vertical().auto_shrink(false).id_salt("page").show(ui, |ui| {
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.content(ui, view, panel);
            });
        });
    }

    fn content(&mut self, ui: &mut Ui, view: &mut View<'_>, panel: &mut Panel) {
        let Some(open) = &view.model.open else { return };
        messages::unfinished(ui, view);
        messages::unfinished_elsewhere(ui, view);
        let Some(user) = open.selected_user().cloned() else {
            nobody(ui, view, open);
            panel.show(ui, view);
            return;
        };
        title(ui, view, open, &user);
        ui.add_space(space::S1);
        meta(ui, view, open, &user);
        ui.add_space(space::S6);
        self.create.show(ui, view, &user);
        ui.add_space(space::S6);
        messages::banners(ui, view, open, &user);
        self.table.show(ui, view, open, &user);
        self.new_key(ui, view, panel);
        // In a low window the badges tell it: the list would only push the table out of view.
        if ui.ctx().content_rect().height() >= window::FINDINGS_FROM {
            self.findings.show(ui, view, open, &user);
        }
    }
}

impl KeysPage {
    /// A panel that opens below what is in view is brought into it, once.
    fn new_key(&mut self, ui: &mut Ui, view: &mut View<'_>, panel: &mut Panel) {
        let top = ui.cursor().left_top();
        panel.show(ui, view);
        let made = view.model.creation().filter(|made| matches!(made.stage, Stage::Made(_)));
        let made = made.map(|made| made.op);
        if made.is_some() && made != self.seen {
            ui.scroll_to_rect(Rect::from_min_max(top, ui.min_rect().max), None);
        }
        self.seen = made;
    }
}

fn nobody(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
    let list = &open.users.list;
    if let (Some((failure, _)), None) = (list.failure(), &list.value) {
        return messages::users_failed(ui, view, open, failure);
    }
    if list.is_first_load() {
        return loading(ui, view);
    }
    let find = format!("{} searches by name, path and key id", Command::SearchUsers.text());
    let (title, hint) = if let Some(gone) = &open.selection.vanished {
        let title = format!("{} does not exist any more", spell_out_hidden(gone.as_str()));
        (title, "It was deleted elsewhere, and its keys with it. Pick another user.".to_owned())
    } else if open.users.all().is_empty() {
        let hint = "Access keys belong to IAM users. Roles and IAM Identity Center need none.";
        ("This account has no IAM users".to_owned(), hint.to_owned())
    } else {
        ("Pick a user to see its keys".to_owned(), find)
    };
    empty_state(ui, 240.0, Icon::UserRound, &title, &hint);
}

/// Where the name, its line, the action row and the table will be.
fn loading(ui: &mut Ui, view: &View<'_>) {
    for (width, height, below) in
        [(160.0, 28.0, space::S1), (320.0, 18.0, space::S6), (170.0, height::BUTTON, space::S6)]
    {
        let line = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(height);
            skeleton(ui, width);
        });
        ui.add_space(below);
    }
    key_table::placeholder(ui, view);
}

fn title(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        one_line(ui, spell_out_hidden(user.as_str()), Style::Title, tokens.text_primary);
        let name = format!("Copy user name {user}");
        let copy = IconButton::new(Icon::Copy, &name)
            .tip("Copy user name")
            .small()
            .copies(view.model.clipboard.copied_texts)
            .show(ui);
        if copy.clicked() {
            view.push(Msg::CopyText(user.to_string()));
        }
        console(ui, view, open, user);
    });
}

fn console(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
    let page = open.account.console_page(user);
    let name = words::open_console(user);
    let tip = format!("Open in the AWS console\n{}", words::CONSOLE_ACCOUNT);
    let off = page.as_ref().err().map(words::no_console);
    let link = IconButton::new(Icon::ExternalLink, &name).tip(&tip).small().off(off).show(ui);
    if link.clicked() {
        view.out.extend(page.ok().map(|url| Msg::OpenPage { url }));
    }
}

/// Path, age, number of keys.
fn meta(ui: &mut Ui, view: &View<'_>, open: &OpenAccount, user: &UserName) {
    let tokens = ui.tokens();
    let mut parts = Vec::new();
    if let Some(known) = open.users.get(user) {
        parts.push(spell_out_hidden(&known.path).into_owned());
        parts.extend(known.created.map(|created| format!("created {}", words::date(created, view.zone))));
    }
    match open.keys_of(user).and_then(|keys| keys.count()) {
        Some(count) => parts.push(format!("{count} of {} keys", open.access.quota())),
        // As long as what comes in its place: what follows stays where it is.
        None => parts.push(format!("– of {} keys", open.access.quota())),
    }
    if let Some(when) = open.users.get(user).and_then(|known| known.password_last_used) {
        parts.push(format!("console password used {}", words::ago(when, view.now)));
    }
    let line = one_line(ui, parts.join("  ·  "), Style::Body, tokens.text_secondary);
    if let Some(refusal) = open.access.refusal(Action::GetAccountSummary, None) {
        tip(line, words::quota_not_read(&refusal, open.access.quota()));
    }
}
