//! A row of the activity: who did what to which key, what came of it, and what can be done about it.

use egui::{Color32, Id, Ui};

use super::entry::Entry;
use crate::core::{Model, Msg, OpenAccount};
use crate::domain::{Outcome, spell_out_hidden};
use crate::ui::commands::command;
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, Tokens, icons::size};
use crate::ui::widgets::{MenuItem, label, one_line, tip};
use crate::ui::{View, user_actions, words};

/// What the rows of the activity need besides the model.
#[derive(Default)]
pub(in crate::ui) struct ActivityRows {
    pub(super) all_accounts: bool,
    /// How many are selected.
    pub(super) selected: usize,
    /// The lines that are selected are to be copied.
    pub(super) copies: bool,
}

pub(super) fn when_cell(ui: &mut Ui, view: &View<'_>, entry: &Entry) {
    let when = one_line(ui, entry.ago(view.now), Style::Body, ui.tokens().text_primary);
    tip(when, words::exact(entry.at(), view.zone));
}

pub(super) fn account_cell(ui: &mut Ui, entry: &Entry) {
    with_rest(ui, entry.whereabouts(), ui.tokens().text_secondary);
}

pub(super) fn who_cell(ui: &mut Ui, entry: &Entry) {
    with_rest(ui, entry.who(), ui.tokens().text_primary);
}

pub(super) fn what_cell(ui: &mut Ui, entry: &Entry) {
    one_line(ui, entry.what(), Style::Body, ui.tokens().text_primary);
}

pub(super) fn key_cell(ui: &mut Ui, entry: &Entry) {
    match entry.key() {
        Some(key) => {
            _ = one_line(ui, spell_out_hidden(key.as_str()), Style::MonoDense, ui.tokens().text_primary);
        }
        None => _ = label(ui, "–", Style::Body, ui.tokens().text_secondary),
    }
}

pub(super) fn outcome_cell(ui: &mut Ui, entry: &Entry) {
    let (icon, color) = look(entry.outcome(), ui.tokens());
    icon.show(ui, size::ROW, color);
    ui.add_space(space::S3);
    label(ui, words::outcome(entry.outcome()), Style::Body, ui.tokens().text_primary);
}

/// The reason, or else what AWS support would ask for.
pub(super) fn detail_cell(ui: &mut Ui, entry: &Entry) {
    let tokens = ui.tokens();
    let id = entry.request_id().map(|id| format!("Request {}", spell_out_hidden(id)));
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

/// The field from which the arrow keys move among the rows.
pub(super) fn search_id() -> Id {
    Id::unique("search activity")
}

impl ActivityRows {
    pub(super) fn items(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        open: &OpenAccount,
        entry: &Entry,
        is_cursor: bool,
    ) {
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
        let name = format!("Copy the request id {}", id.as_deref().map(spell_out_hidden).unwrap_or_default());
        copy(ui, view, "Copy request id", name, id, "There is no request id");
        let line = entry.line(view.zone);
        copy(ui, view, "Copy row", "Copy row".to_owned(), Some(line), "");
        if is_cursor && self.selected > 1 {
            let keys = command("C");
            let several = MenuItem::new("Copy selected rows").icon(Icon::Copy).shortcut(&keys);
            self.copies |= several.show(ui);
        }
    }
}

/// Why a row leads nowhere.
fn nowhere(open: &OpenAccount, entry: &Entry) -> Option<String> {
    let Some(user) = entry.user() else {
        return Some("This entry has no user".to_owned());
    };
    if !entry.is_in(&open.account) {
        return Some("This entry is from another account".to_owned());
    }
    open.users.get(user).is_none().then(|| "This user no longer exists".to_owned())
}

/// Shows the key in the table of its user, if both are of this account.
pub(super) fn go_to(view: &mut View<'_>, open: &OpenAccount, entry: &Entry) {
    if let Some(user) = entry.user().filter(|_| nowhere(open, entry).is_none()) {
        view.push(Model::go_to(user, entry.key()));
    }
}

/// A word, and the rest on hover.
fn with_rest(ui: &mut Ui, (word, rest): (String, String), color: Color32) {
    let shown = one_line(ui, word, Style::Body, color);
    if !rest.is_empty() {
        tip(shown, rest);
    }
}

fn look(outcome: Outcome, tokens: &Tokens) -> (Icon, Color32) {
    match outcome {
        Outcome::Done => (Icon::CircleCheck, tokens.success_text),
        Outcome::Failed => (Icon::OctagonAlert, tokens.danger_text),
        Outcome::Unknown => (Icon::TriangleAlert, tokens.warning_text),
    }
}
