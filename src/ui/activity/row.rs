//! A row of the activity: who did what to which key, what came of it, and what can be done about it.

use egui::{Color32, Id, Role, Ui, WidgetInfo};
use egui_extras::TableRow;

use super::columns::{Columns, FIRST, INDENT};
use super::entry::Entry;
use crate::core::{Model, Msg, Open};
use crate::domain::{Outcome, visible};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, Tokens, icons::size};
use crate::ui::widgets::{MenuItem, RowMenu, label, one_line, tip};
use crate::ui::{View, user_actions, words};

/// Returns whether it was pressed. A click marks it, a second one goes to the key.
pub(super) fn show(
    row: &mut TableRow<'_, '_>,
    view: &mut View<'_>,
    open: &Open,
    entry: &Entry,
    columns: Columns,
    marked: bool,
) -> bool {
    row.set_selected(marked);
    cell(row, FIRST, |ui| {
        let when = one_line(ui, words::ago(entry.at(), view.now), Style::Body, ui.tokens().text_primary);
        tip(when, words::exact(entry.at(), view.zone));
    });
    if columns.account {
        cell(row, INDENT, |ui| told(ui, entry.whereabouts(), ui.tokens().text_secondary));
    }
    cell(row, INDENT, |ui| told(ui, entry.who(), ui.tokens().text_primary));
    cell(row, INDENT, |ui| _ = one_line(ui, entry.what(), Style::Body, ui.tokens().text_primary));
    cell(row, INDENT, |ui| match entry.key() {
        Some(key) => _ = one_line(ui, visible(key.as_str()), Style::MonoDense, ui.tokens().text_primary),
        None => _ = label(ui, "–", Style::Body, ui.tokens().text_secondary),
    });
    cell(row, INDENT, |ui| outcome(ui, entry.outcome()));
    cell(row, INDENT, |ui| detail(ui, entry));
    let response = row.response();
    let name = entry.spoken(view.now);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, marked, &name));
    if response.double_clicked() {
        go_to(view, open, entry);
    }
    let menu_name = format!("Menu of “{}”", entry.what());
    let menu = RowMenu { row: &response, id: entry.id(), name: &menu_name, marked };
    let opens = menu.show(user_actions::WIDTH, |ui| items(ui, view, open, entry));
    if opens {
        view.ui.focus.opened_by(search_id());
    }
    opens || response.clicked()
}

/// The field from which the arrow keys move among the rows.
pub(super) fn search_id() -> Id {
    Id::unique("search activity")
}

fn items(ui: &mut Ui, view: &mut View<'_>, open: &Open, entry: &Entry) {
    let why_not = nowhere(open, entry);
    let key = entry.key();
    let (word, name) = match (key, entry.user()) {
        (Some(key), _) => ("Go to the key", format!("Go to {key}")),
        (None, Some(user)) => ("Go to the user", format!("Go to {user}")),
        (None, None) => ("Go to the key", "Go to the key".to_owned()),
    };
    let go = MenuItem::new(word).name(name).icon(Icon::KeyRound).shortcut("Enter");
    if go.off(why_not.clone()).show(ui) {
        go_to(view, open, entry);
    }
    if let Some(user) = entry.user().filter(|_| why_not.is_none()) {
        user_actions::open_console(ui, view, open, user);
    } else {
        let item = MenuItem::new("Open in the AWS console").icon(Icon::ExternalLink);
        item.off(why_not).show(ui);
    }
    ui.separator();
    let copy = |ui: &mut Ui, view: &mut View<'_>, word, name: String, text: Option<String>, off: &str| {
        let item = MenuItem::new(word).name(name).icon(Icon::Copy);
        if item.off(text.is_none().then(|| off.to_owned())).show(ui) {
            view.out.extend(text.map(Msg::CopyText));
        }
    };
    let id = key.map(ToString::to_string);
    let name = format!("Copy the id of {}", id.as_deref().unwrap_or("the key"));
    copy(ui, view, "Copy key id", name, id, "This entry has no key");
    let id = entry.request_id().map(str::to_owned);
    let name = format!("Copy the request id {}", id.as_deref().map(visible).unwrap_or_default());
    copy(ui, view, "Copy request id", name, id, "There is no request id");
    let line = entry.line(view.zone);
    copy(ui, view, "Copy row", "Copy row".to_owned(), Some(line), "");
}

/// Why a row leads nowhere.
fn nowhere(open: &Open, entry: &Entry) -> Option<String> {
    let Some(user) = entry.user() else {
        return Some("This entry has no user".to_owned());
    };
    if !entry.is_in(&open.account) {
        return Some("This entry is from another account".to_owned());
    }
    open.users.get(user).is_none().then(|| "This user no longer exists".to_owned())
}

/// Shows the key in the table of its user, if both are of this account.
pub(super) fn go_to(view: &mut View<'_>, open: &Open, entry: &Entry) {
    if let Some(user) = entry.user().filter(|_| nowhere(open, entry).is_none()) {
        view.push(Model::go_to(user, entry.key()));
    }
}

fn cell(row: &mut TableRow<'_, '_>, indent: f32, content: impl FnOnce(&mut Ui)) {
    row.col(|ui| {
        ui.add_space(indent);
        content(ui);
    });
}

/// A word, and the rest on hover.
fn told(ui: &mut Ui, (word, rest): (String, String), color: Color32) {
    let shown = one_line(ui, word, Style::Body, color);
    if !rest.is_empty() {
        tip(shown, rest);
    }
}

fn look(outcome: Outcome, tokens: &Tokens) -> (Icon, Color32) {
    match outcome {
        Outcome::Done => (Icon::CircleCheck, tokens.success_text),
        Outcome::NotDone => (Icon::OctagonAlert, tokens.danger_text),
        Outcome::NotKnown => (Icon::TriangleAlert, tokens.warning_text),
    }
}

fn outcome(ui: &mut Ui, outcome: Outcome) {
    let (icon, color) = look(outcome, ui.tokens());
    icon.show(ui, size::ROW, color);
    ui.add_space(space::S3);
    label(ui, words::outcome(outcome), Style::Body, ui.tokens().text_primary);
}

/// The reason, or else what AWS support would ask for.
fn detail(ui: &mut Ui, entry: &Entry) {
    let tokens = ui.tokens();
    let id = entry.request_id().map(|id| format!("Request {}", visible(id)));
    match (entry.reason(), id) {
        (Some(reason), id) => {
            let shown = one_line(ui, reason, Style::Body, tokens.text_primary);
            if let Some(id) = id {
                tip(shown, id);
            }
        }
        (None, Some(id)) => _ = one_line(ui, id, Style::Body, tokens.text_secondary),
        (None, None) => {}
    }
}
