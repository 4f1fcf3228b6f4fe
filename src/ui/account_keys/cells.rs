//! What stands in a row.

use egui::{Sense, Stroke, Ui, vec2};

use super::entry::Entry;
use crate::core::KeyRef;
use crate::domain::{Finding, KeyStatus, LastUse, spell_out_hidden};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{label, one_line, severity_look, tip};
use crate::ui::{View, words};

/// A narrower column has the last four characters of an id.
const LEAST_FOR_ID: f32 = 152.0;
/// The diameter of the dot of a status.
const DOT: f32 = 8.0;

pub(super) fn user_cell(ui: &mut Ui, entry: &Entry) {
    one_line(ui, entry.user(), Style::Body, ui.tokens().text_primary);
}

pub(super) fn id_cell(ui: &mut Ui, view: &View<'_>, entry: &Entry) {
    let tokens = ui.tokens();
    let id = match &entry.id.key {
        KeyRef::Id(id) => id,
        KeyRef::Slot(_) if entry.is_root() => {
            let dash = label(ui, "–", Style::Body, tokens.text_secondary);
            tip(dash, words::account_keys::ROOT_HAS_NO_ID);
            return;
        }
        KeyRef::Slot(_) => {
            let wait = one_line(ui, words::account_keys::NOT_KNOWN_YET, Style::Body, tokens.text_secondary);
            tip(wait, words::account_keys::ID_NOT_KNOWN);
            return;
        }
    };
    let signs = view.model.open.as_ref().is_some_and(|open| open.signs_in_with(id));
    if ui.available_width() < LEAST_FOR_ID {
        let short = one_line(ui, id.short(), Style::MonoDense, tokens.text_primary);
        tip(short, spell_out_hidden(id.as_str()));
    } else {
        one_line(ui, spell_out_hidden(id.as_str()), Style::MonoDense, tokens.text_primary);
    }
    if signs && ui.available_width() >= size::ROW {
        ui.add_space(space::S2);
        let mark = Icon::Fingerprint.show(ui, size::ROW, tokens.accent_text);
        tip(mark, "Keyfob itself uses this key");
    }
}

pub(super) fn status_cell(ui: &mut Ui, entry: &Entry) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(DOT, DOT), Sense::hover());
    if entry.status == KeyStatus::Active {
        ui.painter().circle_filled(rect.center(), DOT / 2.0, tokens.switch_on);
    } else {
        let ring = Stroke::new(1.5, tokens.switch_off);
        ui.painter().circle_stroke(rect.center(), DOT / 2.0 - 0.75, ring);
    }
    ui.add_space(space::S3);
    one_line(ui, words::status(entry.status), Style::Body, tokens.text_primary);
}

pub(super) fn age_cell(ui: &mut Ui, view: &View<'_>, entry: &Entry) {
    let tokens = ui.tokens();
    let Some(created) = entry.created else { return };
    let age = words::long_age(created, view.now.date);
    let shown = label(ui, age, Style::Body, tokens.text_primary);
    tip(shown, format!("Created {}", words::exact(created, view.zone)));
}

pub(super) fn last_use_cell(ui: &mut Ui, view: &View<'_>, entry: &Entry) {
    let tokens = ui.tokens();
    let Some(last_use) = &entry.last_use else {
        one_line(ui, words::account_keys::NOT_KNOWN_YET, Style::Body, tokens.text_secondary);
        return;
    };
    let (when, rest) = words::last_use(last_use, view.now);
    let LastUse::At { when: at, .. } = last_use else {
        let never = one_line(ui, when, Style::Body, tokens.text_secondary);
        tip(never, words::LAST_USE_LIMITS);
        return;
    };
    let shown = one_line(ui, when, Style::Body, tokens.text_primary);
    let lines = [words::exact(*at, view.zone), rest, words::LAST_USE_LIMITS.to_owned()];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    tip(shown, lines.join("\n"));
}

/// A value that is good to know; empty where there is none.
pub(super) fn plain_cell(ui: &mut Ui, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        one_line(ui, spell_out_hidden(text), Style::Body, ui.tokens().text_secondary);
    }
}

/// The worst finding; all of them on hover, in sentences.
pub(super) fn finding_cell(ui: &mut Ui, view: &View<'_>, entry: &Entry) {
    let tokens = ui.tokens();
    let Some(worst) = entry.findings.first().copied() else { return };
    let (mut icon, color, _) = severity_look(worst.severity(), tokens);
    if worst == Finding::SignsForKeyfob {
        icon = Icon::Fingerprint;
    }
    let mark = icon.show(ui, size::ROW, color);
    let all = || words::account_keys::findings(entry.findings.as_slice(), entry.last_use.as_ref(), view.now);
    mark.on_hover_ui(|ui| _ = label(ui, all(), Style::Small, tokens.text_primary));
    ui.add_space(space::S3);
    let word = one_line(ui, words::finding(worst), Style::Body, tokens.text_primary);
    word.on_hover_ui(|ui| _ = label(ui, all(), Style::Small, tokens.text_primary));
}
