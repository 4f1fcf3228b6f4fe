//! A row of the activity: who did what to which key, and what came of it.

use egui::{Color32, Role, Ui, WidgetInfo};
use egui_extras::TableRow;

use super::columns::{Columns, FIRST, INDENT};
use crate::core::{Model, Open};
use crate::domain::{Deed, Outcome, grouped_account_id, visible};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, Tokens, icons::size};
use crate::ui::widgets::{label, one_line, tip};
use crate::ui::{View, words};

/// Returns whether it was clicked. A click marks it, a second one goes to the key.
pub(super) fn show(
    row: &mut TableRow<'_, '_>,
    view: &mut View<'_>,
    open: &Open,
    deed: &Deed,
    columns: Columns,
    marked: bool,
) -> bool {
    row.set_selected(marked);
    cell(row, FIRST, |ui| {
        let when = one_line(ui, words::ago(deed.at, view.now), Style::Body, ui.tokens().text_primary);
        tip(when, words::exact(deed.at, view.zone));
    });
    if columns.account {
        cell(row, INDENT, |ui| {
            let place = one_line(ui, visible(&deed.place.name), Style::Body, ui.tokens().text_secondary);
            tip(place, format!("{}\n{}", grouped_account_id(&deed.place.id), visible(&deed.place.endpoint)));
        });
    }
    cell(row, INDENT, |ui| {
        let who = one_line(ui, words::deed_caller(deed), Style::Body, ui.tokens().text_primary);
        tip(who, visible(&deed.caller));
    });
    cell(row, INDENT, |ui| _ = one_line(ui, words::deed(deed), Style::Body, ui.tokens().text_primary));
    cell(row, INDENT, |ui| match &deed.key {
        Some(key) => _ = one_line(ui, visible(key.as_str()), Style::MonoDense, ui.tokens().text_primary),
        None => _ = label(ui, "–", Style::Body, ui.tokens().text_secondary),
    });
    cell(row, INDENT, |ui| outcome(ui, deed.outcome));
    cell(row, INDENT, |ui| detail(ui, deed));
    let response = row.response();
    let name = words::deed_spoken(deed, view.now);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, marked, &name));
    if response.double_clicked() {
        go_to(view, open, deed);
    }
    response.clicked()
}

/// Shows the key in the table of its user, if both are of this account.
pub(super) fn go_to(view: &mut View<'_>, open: &Open, deed: &Deed) {
    if deed.place.is(&open.account) && open.users.get(&deed.user).is_some() {
        view.push(Model::go_to(&deed.user, deed.key.as_ref()));
    }
}

fn cell(row: &mut TableRow<'_, '_>, indent: f32, content: impl FnOnce(&mut Ui)) {
    row.col(|ui| {
        ui.add_space(indent);
        content(ui);
    });
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
fn detail(ui: &mut Ui, deed: &Deed) {
    let tokens = ui.tokens();
    let id = deed.request_id.as_deref().map(|id| format!("Request {}", visible(id)));
    match (&deed.reason, id) {
        (Some(reason), id) => {
            let shown = one_line(ui, words::reason(reason), Style::Body, tokens.text_primary);
            if let Some(id) = id {
                tip(shown, id);
            }
        }
        (None, Some(id)) => _ = one_line(ui, id, Style::Body, tokens.text_secondary),
        (None, None) => {}
    }
}
