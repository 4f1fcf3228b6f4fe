//! The delete gate: the evidence, and four characters to type.

use egui::{Align, Key, Layout, Sense, Stroke, Ui, vec2};

use super::theme::measures::{space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Banner, Button, Dialog, Field, Tag, Tone, Wrong, label, one_line, tag};
use super::{View, words};
use crate::core::{Gate, GateBlock, KeysMsg, Open};
use crate::domain::{AccountKind, KeyId, KeyStatus, LastUse, visible};

#[derive(Default)]
pub(super) struct GateView {
    key: Option<KeyId>,
    typed: String,
}

impl GateView {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        let Some(open) = &view.model.open else { return };
        let Some(gate) = &open.gate else {
            self.key = None;
            return;
        };
        let first = self.key.as_ref() != Some(&gate.key);
        if first {
            self.key = Some(gate.key.clone());
            self.typed.clear();
        }
        let name = format!("Delete access key {}", gate.key);
        let dialog = Dialog { id: "delete gate", name: &name, title: "Delete access key", width: 520.0 };
        let leave = dialog.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            id_line(ui, &gate.key);
            rule(ui, 11.0);
            evidence(ui, view, open, gate);
            rule(ui, 8.0);
            verdict(ui, view, open, gate);
            ui.add_space(space::S6);
            self.field(ui, view, first);
            ui.add_space(20.0);
            self.buttons(ui, view);
        });
        if leave {
            view.keys(KeysMsg::CancelDelete);
        }
    }

    fn field(&mut self, ui: &mut Ui, view: &mut View<'_>, first: bool) {
        let tokens = ui.tokens();
        let block = view.model.gate_block(&self.typed);
        ui.horizontal(|ui| {
            label(ui, "Type the last four characters", Style::Body, tokens.text_primary);
            let wrong = if block == Some(GateBlock::WrongEnd) { Wrong::Yes } else { Wrong::No };
            // Wide enough for an id that is pasted whole.
            let width = if self.typed.chars().count() > 4 { 200.0 } else { 88.0 };
            let field = Field::new(&mut self.typed, "Type the last four characters")
                .mono()
                .wrong(wrong)
                .width(width)
                .limit(128)
                .show(ui);
            if first {
                field.request_focus();
            }
            if wrong == Wrong::Yes {
                label(ui, words::gate_block(GateBlock::WrongEnd), Style::Body, tokens.danger_text);
            }
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                // As it is with this frame's typing: the last character and Enter may arrive together.
                match view.model.gate_block(&self.typed) {
                    None => view.keys(KeysMsg::Delete { typed: self.typed.clone() }),
                    Some(_) => field.request_focus(),
                }
            }
        });
    }

    fn buttons(&self, ui: &mut Ui, view: &mut View<'_>) {
        let block = view.model.gate_block(&self.typed);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let off = block.map(|block| words::gate_block(block).to_owned());
            let word = if block == Some(GateBlock::Deleting) { "Deleting…" } else { "Delete for good" };
            let button = Button::danger(word).name("Delete for good").icon(Icon::Trash2).off(off);
            if button.show(ui).clicked() {
                view.keys(KeysMsg::Delete { typed: self.typed.clone() });
            }
            if block == Some(GateBlock::Active)
                && Button::primary("Deactivate first").icon(Icon::Power).show(ui).clicked()
            {
                view.keys(KeysMsg::DeactivateFirst);
            }
            if Button::secondary("Cancel").show(ui).clicked() {
                view.keys(KeysMsg::CancelDelete);
            }
        });
    }
}

fn id_line(ui: &mut Ui, key: &KeyId) {
    let color = ui.tokens().text_primary;
    let id = key.as_str();
    let head = id.strip_suffix(key.last_four()).unwrap_or(id);
    ui.add_space(space::S2);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        label(ui, visible(head), Style::MonoLarge, color);
        label(ui, visible(key.last_four()), Style::MonoLargeStrong, color);
    });
}

fn rule(ui: &mut Ui, around: f32) {
    ui.add_space(around);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
    ui.painter().hline(rect.x_range(), rect.center().y, line);
    ui.add_space(around);
}

fn evidence(ui: &mut Ui, view: &View<'_>, open: &Open, gate: &Gate) {
    let known = open.keys_of(&gate.user);
    let (used, used_note) = match known.and_then(|keys| keys.last_use(&gate.key)) {
        None => ("Not known".to_owned(), String::new()),
        Some(LastUse::Never) => ("Never".to_owned(), "since AWS tracks it (April 2015)".to_owned()),
        Some(LastUse::At { when, service, region }) => {
            let mut note = vec![words::date(*when, view.zone)];
            note.extend([service, region].into_iter().flatten().map(|part| visible(part).into_owned()));
            (words::ago(*when, view.now), note.join(", "))
        }
    };
    fact(ui, "Last used", &used, &used_note, true);
    let key = known.and_then(|keys| keys.key(&gate.key));
    let (status, note) = match (key.map(|key| key.status), open.inactive_since.get(&gate.key)) {
        (Some(KeyStatus::Inactive), Some(since)) => {
            (format!("Inactive since {}", words::clock_time(*since, view.zone)), words::ago(*since, view.now))
        }
        (Some(KeyStatus::Inactive), None) => ("Inactive".to_owned(), "since when is not known".to_owned()),
        (Some(status), _) => (words::status(status).to_owned(), String::new()),
        (None, _) => ("Not known".to_owned(), String::new()),
    };
    fact(ui, "Status", &status, &note, true);
    if let Some(created) = key.and_then(|key| key.created) {
        fact(ui, "Created", &words::ago(created, view.now), &words::date(created, view.zone), false);
    }
    if let Some(text) = known.and_then(|keys| keys.description(&gate.key)) {
        fact(ui, "Description", &visible(text), "", false);
    }
    fact(ui, "User", &visible(gate.user.as_str()), "", false);
    row(ui, "Account", |ui| {
        let tokens = ui.tokens();
        label(ui, visible(open.account.name()), Style::Body, tokens.text_primary);
        label(ui, open.account.grouped_id(), Style::Mono, tokens.text_secondary);
        match open.account.kind() {
            AccountKind::Production => _ = tag(ui, Tag::Production, "Production"),
            AccountKind::Practice => _ = tag(ui, Tag::Practice, "Not AWS"),
            AccountKind::Plain => {}
        }
    });
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
        ui.allocate_ui_with_layout(vec2(96.0, 26.0), layout, |ui| {
            ui.set_min_width(96.0);
            label(ui, name, Style::Body, tokens.text_secondary);
        });
        content(ui);
    });
}

fn verdict(ui: &mut Ui, view: &View<'_>, open: &Open, gate: &Gate) {
    if let Some(failure) = &gate.failure {
        let text = words::explain(failure, Some(&open.account));
        Banner { tone: Tone::Danger, title: "It could not be deleted", text: &text }.show(ui, |_| {});
        return;
    }
    let known = open.keys_of(&gate.user);
    let used = known.and_then(|keys| keys.last_use(&gate.key));
    let active =
        known.and_then(|keys| keys.key(&gate.key)).is_some_and(|key| key.status == KeyStatus::Active);
    let recent = used.and_then(LastUse::when).filter(|when| crate::domain::age_days(*when, view.now) < 30);
    let (serious, text) = if open.signs_with(&gate.key) {
        (true, "Keyfob itself signs with this key. Deleting it ends this session.".to_owned())
    } else if let Some(when) = recent {
        let first = if active { " Deactivate it first: that can be undone." } else { "" };
        (true, format!("This key was used {}.{first}", words::ago(when, view.now)))
    } else if used.is_none() {
        (true, "When it was last used is not known. A deleted key cannot come back.".to_owned())
    } else if used == Some(&LastUse::Never) {
        (false, "Nothing has ever used this key. A deleted key cannot come back.".to_owned())
    } else {
        (false, "A deleted key cannot come back. Anything that still signs with it will fail.".to_owned())
    };
    if serious {
        return Banner { tone: Tone::Danger, title: &text, text: "" }.show(ui, |_| {});
    }
    let tokens = ui.tokens();
    ui.horizontal_top(|ui| {
        Icon::TriangleAlert.show(ui, size::BAR, tokens.warning_text);
        label(ui, text, Style::Body, tokens.text_primary);
    });
}
