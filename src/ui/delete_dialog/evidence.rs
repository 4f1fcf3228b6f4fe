//! The facts about the key, in rows.

use egui::{Align, Layout, Sense, Stroke, Ui, vec2};

use crate::core::{DeleteDialog, OpenAccount, Remote, UserKeys};
use crate::domain::{KeyId, KeyStatus, LastUse, spell_out_hidden};
use crate::ui::theme::measures::{space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{kind_tag, label, one_line};
use crate::ui::{View, words};

/// The width of the column of names.
const NAMES: f32 = 104.0;

pub(super) fn id_line(ui: &mut Ui, key: &KeyId) {
    let color = ui.tokens().text_primary;
    let id = key.as_str();
    let head = id.strip_suffix(key.last_four()).unwrap_or(id);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = Style::MonoLarge.line_height();
        ui.spacing_mut().item_spacing.x = 0.0;
        label(ui, spell_out_hidden(head), Style::MonoLarge, color);
        label(ui, spell_out_hidden(key.last_four()), Style::MonoLargeStrong, color);
    });
}

pub(super) fn rule(ui: &mut Ui, before: f32, after: f32) {
    ui.add_space(before);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
    ui.painter().hline(rect.x_range(), rect.center().y, line);
    ui.add_space(after);
}

pub(super) fn evidence(ui: &mut Ui, view: &View<'_>, open: &OpenAccount, delete_dialog: &DeleteDialog) {
    let known = open.keys_of(&delete_dialog.user);
    last_use(ui, view, open, delete_dialog, known);
    let key = known.and_then(|keys| keys.key(&delete_dialog.key));
    let (status, note) = match (key.map(|key| key.status), open.inactive_since.get(&delete_dialog.key)) {
        (Some(KeyStatus::Inactive), Some(since)) => (
            format!("Inactive since {}", words::since(*since, view.now, view.zone)),
            words::ago(*since, view.now),
        ),
        (Some(KeyStatus::Inactive), None) => ("Inactive".to_owned(), "since an unknown date".to_owned()),
        (Some(status), _) => (words::status(status).to_owned(), String::new()),
        (None, _) if open.is_gone(&delete_dialog.user, &delete_dialog.key) => {
            ("No longer exists".to_owned(), "deleted outside Keyfob".to_owned())
        }
        (None, _) => ("Unknown".to_owned(), String::new()),
    };
    fact(ui, "Status", &status, &note, true);
    if let Some(created) = key.and_then(|key| key.created) {
        fact(ui, "Created", &words::ago(created, view.now), &words::date(created, view.zone), false);
    }
    if let Some(text) = known.and_then(|keys| keys.description(&delete_dialog.key)) {
        fact(ui, "Description", &spell_out_hidden(text), "", false);
    }
    fact(ui, "User", &spell_out_hidden(delete_dialog.user.as_str()), "", false);
    row(ui, "Account", |ui| {
        let tokens = ui.tokens();
        label(ui, spell_out_hidden(open.name()), Style::Body, tokens.text_primary);
        label(ui, open.account.grouped_id(), Style::Mono, tokens.text_secondary);
        kind_tag(ui, open.kind());
    });
}

/// The last use with its age, and with the error if it could not be refreshed.
fn last_use(
    ui: &mut Ui,
    view: &View<'_>,
    open: &OpenAccount,
    delete_dialog: &DeleteDialog,
    known: Option<&UserKeys>,
) {
    let remote = known.and_then(|keys| keys.last_use_of(&delete_dialog.key));
    let (used, mut notes) = match remote.and_then(|remote| remote.value.as_ref()) {
        None => ("Unknown".to_owned(), Vec::new()),
        Some(LastUse::Never) => ("Never".to_owned(), vec!["since tracking began in April 2015".to_owned()]),
        Some(LastUse::At { when, service, region }) => {
            let mut notes = vec![words::date(*when, view.zone)];
            notes.extend(
                [service, region].into_iter().flatten().map(|part| spell_out_hidden(part).into_owned()),
            );
            (words::ago(*when, view.now), notes)
        }
    };
    let loading = remote.is_some_and(Remote::is_loading);
    match remote.and_then(|remote| remote.as_of) {
        _ if loading => notes.push("refreshing…".to_owned()),
        Some(as_of) => notes.push(format!("as of {}", words::clock_time(as_of.date, view.zone))),
        None => {}
    }
    fact(ui, "Last used", &used, &notes.join(", "), true);
    let failed =
        remote.filter(|remote| remote.value.is_some() && !loading).and_then(|remote| remote.failure());
    if let Some((failure, _)) = failed {
        let why = words::explain(failure, Some(&open.account));
        let tokens = ui.tokens();
        ui.horizontal_top(|ui| {
            // Under the value.
            ui.add_space(NAMES);
            ui.spacing_mut().item_spacing.x = space::S3;
            Icon::TriangleAlert.show(ui, size::ROW, tokens.warning_text);
            let text = format!("This could not be refreshed and may have changed. {why}");
            ui.vertical(|ui| label(ui, text, Style::Body, tokens.text_primary));
        });
        ui.add_space(space::S2);
    }
}

fn fact(ui: &mut Ui, name: &str, value: &str, note: &str, decides: bool) {
    row(ui, name, |ui| {
        let tokens = ui.tokens();
        let style = if decides { Style::BodyStrong } else { Style::Body };
        label(ui, value, style, tokens.text_primary);
        if !note.is_empty() {
            one_line(ui, note, Style::Body, tokens.text_secondary);
        }
    });
}

fn row(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 26.0), layout, |ui| {
        ui.set_min_height(26.0);
        ui.spacing_mut().item_spacing.x = space::S4;
        ui.allocate_ui_with_layout(vec2(NAMES - space::S4, 26.0), layout, |ui| {
            ui.set_min_width(NAMES - space::S4);
            label(ui, name, Style::Body, tokens.text_secondary);
        });
        content(ui);
    });
}
