//! What stands in a row: id, status, age, last use.

use egui::{Align, Id, Layout, Response, Role, Ui, WidgetInfo, vec2};

use super::rows::{KeyRows, Subject};
use crate::core::{KeysMsg, Msg, OpenAccount};
use crate::domain::{Failure, KeyId, KeyStatus, spell_out_hidden};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{IconButton, Position, is_slow, label, one_line, skeleton, switch, tip};
use crate::ui::{View, words};

impl KeyRows {
    pub(super) fn id_cell(&self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
        let (tokens, key) = (ui.tokens(), &it.key.id);
        let shown = one_line_id(ui, key);
        if let Some(text) = it.description().filter(|_| !self.describes) {
            tip(shown, spell_out_hidden(text));
        }
        ui.add_space(space::S3);
        let name = format!("Copy key id {key}");
        let copy = IconButton::new(Icon::Copy, &name).tip("Copy key id").small();
        if copy.copies(view.model.clipboard.copied_texts).show(ui).clicked() {
            view.push(Msg::CopyText(key.to_string()));
        }
        if it.open.signs_in_with(key) {
            let mark = Icon::Fingerprint.show(ui, size::ROW, tokens.accent_text);
            tip(mark, "Keyfob itself uses this key");
        }
    }
}

pub(super) fn status_cell(ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
    let Subject { open, user, key, .. } = it;
    let under_way = open.pending.switching.get(&key.id);
    let active = key.status == KeyStatus::Active;
    let position = match under_way {
        Some(_) => Position::Working,
        None if active => Position::On,
        None => Position::Off,
    };
    // The word is the new one at once, and only if AWS takes its time it says so.
    let slow = under_way.filter(|_| is_slow(ui, Id::unique(("switching", key.id.as_str()))));
    let word = match slow.map(|switch| switch.to) {
        Some(KeyStatus::Inactive) => "Deactivating…",
        Some(_) => "Activating…",
        None => words::status(key.status),
    };
    let action = if active { "Deactivate" } else { "Activate" };
    let name = format!("{action} {}", key.id);
    let block = view.model.switch_block(user, &key.id);
    let off = block.as_ref().and_then(words::switch_block);
    let shown = switch(ui, position, word, &name, off);
    let odd = open.keys_of(user).and_then(|known| known.odd.get(&key.id)?.status.as_deref());
    if let Some(text) = odd {
        tip(shown.clone(), format!("The server calls its status “{}”", spell_out_hidden(text)));
    }
    if shown.clicked() {
        let status = if active { KeyStatus::Inactive } else { KeyStatus::Active };
        view.keys(KeysMsg::SetStatus { user: user.clone(), key: key.id.clone(), status });
    }
}

pub(super) fn age_cell(ui: &mut Ui, view: &View<'_>, it: Subject<'_>) {
    let tokens = ui.tokens();
    if let Some(created) = it.key.created {
        let text = label(ui, words::days(created, view.now), Style::Body, tokens.text_primary);
        tip(text, format!("Created {}", words::exact(created, view.zone)));
    } else {
        let text = label(ui, "Unknown", Style::Body, tokens.text_secondary);
        let odd = it.known().and_then(|known| known.odd.get(&it.key.id)?.created.as_deref());
        let why = odd.map(words::odd_date);
        tip(text, why.unwrap_or_else(|| "The server does not say when the key was created".to_owned()));
    }
}

pub(super) fn last_use_cell(ui: &mut Ui, view: &View<'_>, it: Subject<'_>) {
    let (tokens, key) = (ui.tokens(), &it.key.id);
    let remote = it.known().and_then(|known| known.last_use_of(key));
    let failed = remote.filter(|remote| !remote.is_loading()).and_then(|remote| remote.failure());
    let Some(used) = remote.and_then(|remote| remote.value.as_ref()) else {
        match failed {
            Some((failure, _)) => _ = unknown(ui, failure, it.open),
            None => skeleton(ui, 90.0),
        }
        return;
    };
    let (first, second) = words::last_use(used, view.now);
    let exact = used.when().map(|when| words::exact(when, view.zone));
    let explained = match exact {
        Some(exact) => format!("{exact}\n{}", words::LAST_USE_LIMITS),
        None => words::LAST_USE_LIMITS.to_owned(),
    };
    if let Some((failure, _)) = failed {
        let why = words::explain(failure, Some(&it.open.account));
        stale_mark(ui, &format!("Last use of {key}"), &why);
    }
    let cell = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let lines = if second.is_empty() { 18.0 } else { 36.0 };
        ui.add_space((ui.max_rect().height() - lines) / 2.0);
        one_line(ui, first, Style::Body, tokens.text_primary);
        if !second.is_empty() {
            one_line(ui, second, Style::Body, tokens.text_secondary);
        }
    });
    tip(cell.response, explained);
}

fn one_line_id(ui: &mut Ui, id: &KeyId) -> Response {
    let color = ui.tokens().text_primary;
    // Beside it are the button that copies it, and perhaps the mark of the key that signs.
    let room = 166.0_f32.min(ui.available_width() - 30.0);
    let whole = spell_out_hidden(id.as_str()).into_owned();
    let wanted = ui.painter().layout_no_wrap(whole.clone(), Style::Mono.font(), color).size().x;
    ui.allocate_ui_with_layout(vec2(room, 18.0), Layout::left_to_right(Align::Center), |ui| {
        if wanted <= room {
            return one_line(ui, whole, Style::Mono, color);
        }
        // Its end tells it from others.
        tip(one_line(ui, id.short(), Style::Mono, color), whole)
    })
    .inner
}

/// Why a cell has nothing to show; in full on hover.
pub(super) fn unknown(ui: &mut Ui, failure: &Failure, open: &OpenAccount) -> Response {
    let word = match failure {
        _ if failure.is_denied() => "Not allowed",
        _ if failure.is_not_offered() => "Not offered",
        _ => "Unknown",
    };
    let why = words::explain(failure, Some(&open.account));
    tip(label(ui, word, Style::Body, ui.tokens().text_secondary), why)
}

/// Before what could not be refreshed: it is as it was, and the reason is told.
pub(super) fn stale_mark(ui: &mut Ui, what: &str, why: &str) {
    let mark = Icon::TriangleAlert.show(ui, size::ROW, ui.tokens().warning_text);
    let told = format!("{what} could not be refreshed: {why}");
    mark.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    tip(mark, told);
    ui.add_space(space::S2);
}
