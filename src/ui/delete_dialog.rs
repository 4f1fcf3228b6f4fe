//! The delete dialog: the evidence, and four characters to type.

mod evidence;
mod verdict;

use egui::accesskit::Live;
use egui::{Align2, Id, Key, Sense, Ui, vec2};

use super::theme::measures::{height, space};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Dialog, Field, Wrong, announce, button_row, label, label_at};
use super::{View, words};
use crate::core::{DeleteBlocked, KeysMsg};
use crate::domain::KeyId;
use evidence::{evidence, id_line, rule};
use verdict::verdict;

#[derive(Default)]
pub(super) struct GateView {
    key: Option<KeyId>,
    typed: String,
}

impl GateView {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        let Some(open) = &view.model.open else { return };
        let Some(delete_dialog) = &open.pending.delete_dialog else {
            self.key = None;
            return;
        };
        let first = self.key.as_ref() != Some(&delete_dialog.key);
        if first {
            self.key = Some(delete_dialog.key.clone());
            self.typed.clear();
        }
        let name = format!("Delete access key {}", delete_dialog.key);
        let dialog = Dialog { id: "delete gate", name: &name, title: "Delete access key", width: 520.0 };
        let leave = dialog.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            id_line(ui, &delete_dialog.key);
            rule(ui, 13.0, 8.0);
            evidence(ui, view, open, delete_dialog);
            rule(ui, 8.0, 14.0);
            verdict(ui, view, open, delete_dialog);
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
            ui.spacing_mut().item_spacing.x = space::S5;
            // Only painted: the field has the words as its accessible name.
            let words = "Type the last four characters";
            let font = Style::Body.font();
            let wide = ui.painter().layout_no_wrap(words.to_owned(), font, tokens.text_primary).size().x;
            let (line, _) = ui.allocate_exact_size(vec2(wide + 1.0, height::CONTROL), Sense::hover());
            let (at, color) = (line.left_center(), tokens.text_primary);
            label_at(ui, at, Align2::LEFT_CENTER, words, Style::Body, color, line.width());
            let wrong = if block == Some(DeleteBlocked::WrongEnd) { Wrong::Yes } else { Wrong::No };
            // Wide enough for a complete pasted id.
            let width = if self.typed.chars().count() > 4 { 200.0 } else { 88.0 };
            let field = Field::new(&mut self.typed, words)
                .mono()
                .wrong(wrong)
                .width(width)
                .limit(128)
                // The same width with and without a scroll bar.
                .id(Id::unique("last four characters"))
                .show(ui);
            if first {
                field.request_focus();
            }
            if wrong == Wrong::Yes {
                let wrong = words::gate_block(&DeleteBlocked::WrongEnd);
                announce(&label(ui, wrong, Style::Body, tokens.danger_text), Live::Assertive);
            }
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                // Includes the typing of this frame: the last character and Enter may arrive together.
                match view.model.gate_block(&self.typed) {
                    None => view.keys(KeysMsg::Delete { typed: self.typed.clone() }),
                    Some(_) => field.request_focus(),
                }
            }
        });
    }

    fn buttons(&self, ui: &mut Ui, view: &mut View<'_>) {
        let block = view.model.gate_block(&self.typed);
        button_row(ui, |ui| {
            if Button::secondary("Cancel").show(ui).clicked() {
                view.keys(KeysMsg::CancelDelete);
            }
            if block == Some(DeleteBlocked::Active)
                && Button::primary("Deactivate first").icon(Icon::Power).show(ui).clicked()
            {
                view.keys(KeysMsg::DeactivateFirst);
            }
            let off = block.as_ref().map(words::gate_block);
            let deleting = block == Some(DeleteBlocked::Deleting);
            let button = Button::danger("Delete for good").icon(Icon::Trash2).off(off);
            let button = button.working("Deleting…", deleting);
            if button.show(ui).clicked() {
                view.keys(KeysMsg::Delete { typed: self.typed.clone() });
            }
        });
    }
}
