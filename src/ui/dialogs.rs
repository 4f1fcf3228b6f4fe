//! What must be decided before anything else.

use egui::Ui;

use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Dialog, button_row, label};
use super::{View, words};
use crate::core::{CreateMsg, Creation, KeysMsg, NewKey, Stage};
use crate::domain::{PairFormat, spell_out_hidden};

#[derive(Default)]
pub(super) struct Dialogs {
    /// The window was asked to close while a secret is on screen.
    pub(super) closing: bool,
    pub(super) may_close: bool,
    /// The key is being switched off; then the window closes.
    deactivating: bool,
    /// The pair is to be saved first.
    saving: bool,
}

impl Dialogs {
    /// True once when the pair is to be saved before the window closes.
    pub(super) fn wants_to_save(&mut self) -> bool {
        std::mem::take(&mut self.saving)
    }

    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        signing_key(ui, view);
        if self.closing {
            self.close(ui, view);
        }
    }

    fn close(&mut self, ui: &Ui, view: &mut View<'_>) {
        let Some(creation) = view.model.creation() else {
            // Saved, discarded or refused: nothing can be lost any more, and an error must stay readable.
            self.closing = false;
            self.may_close |= self.deactivating;
            return;
        };
        let new_key = match &creation.stage {
            Stage::Made(new_key) => Some(&**new_key),
            Stage::Preparing | Stage::InFlight => None,
        };
        self.deactivating &= new_key.is_some_and(|new_key| new_key.confirming_discard);
        let name = "Closing would lose a secret";
        let leave = Dialog { id: "closing", name, title: name, width: 640.0 }.show(ui, |ui| {
            ui.add_space(space::S4);
            label(ui, closing_text(creation, new_key), Style::Body, ui.tokens().text_primary);
            ui.add_space(20.0);
            button_row(ui, |ui| {
                if Button::secondary("Close anyway").show(ui).clicked() {
                    self.may_close = true;
                }
                if new_key.is_some() {
                    self.save_first(ui, view);
                }
                if Button::primary("Keep it").name("Keep the window open").show(ui).clicked() {
                    self.keep(view);
                }
            });
        });
        if leave {
            self.keep(view);
        }
    }

    /// Also works while the key is being deactivated: its secret then stays.
    fn keep(&mut self, view: &mut View<'_>) {
        self.closing = false;
        self.deactivating = false;
        view.create(CreateMsg::Keep);
    }

    fn save_first(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let (open, new_key) = (view.model.open.as_ref(), view.model.new_key());
        let switching =
            open.zip(new_key).is_some_and(|(open, new)| open.pending.switching.contains_key(&new.pair.id));
        let by_hand =
            (switching && !self.deactivating).then(|| "The key is already being deactivated".to_owned());
        let deactivate = Button::secondary("Deactivate and close").name("Deactivate the key and close");
        let deactivate =
            deactivate.off(by_hand).icon(Icon::Power).working("Deactivating…", self.deactivating);
        if deactivate.show(ui).clicked() {
            view.create(CreateMsg::DeactivateAndDiscard);
            self.deactivating = true;
        }
        // Deactivation closes the panel, and a form in it. *Keep it* prevents that.
        let off = self.deactivating.then(|| "The key is being deactivated".to_owned());
        let save = Button::secondary("Save as…").name("Save before closing").icon(Icon::Save);
        if save.off(off.clone()).show(ui).clicked() {
            self.saving = true;
            self.closing = false;
        }
        let copy = Button::secondary("Copy both").name("Copy both before closing").icon(Icon::Copy);
        if copy.off(off).show(ui).clicked() {
            view.create(CreateMsg::Copy(PairFormat::Both));
            self.closing = false;
        }
    }
}

fn closing_text(creation: &Creation, new_key: Option<&NewKey>) -> String {
    let user = spell_out_hidden(creation.user().as_str());
    match new_key {
        None => format!("A key for {user} is being created. Closing now would lose its secret."),
        Some(new_key) if new_key.kept() => format!(
            "You copied the secret of {user}'s new key but did not confirm that you saved it. AWS never shows it again, and \
             closing the window clears the clipboard."
        ),
        Some(_) => format!(
            "You have not copied or saved the secret of {user}'s new key. AWS never shows it again. If you close the window, the \
             key stays active, and Keyfob names it at the next start."
        ),
    }
}

/// Confirms before the key Keyfob signs in with is deactivated.
fn signing_key(ui: &Ui, view: &mut View<'_>) {
    let Some(open) = &view.model.open else { return };
    let Some(switch) = &open.pending.confirming else { return };
    let text = words::own_key_goes(&switch.key, open.signs_with(&switch.key));
    let name = format!("Deactivate the key in use, {}", switch.key);
    let title = "Keyfob signs in with this key";
    let leave = Dialog { id: "signing key", name: &name, title, width: 480.0 }.show(ui, |ui| {
        let tokens = ui.tokens();
        ui.add_space(space::S4);
        label(ui, &text, Style::Body, tokens.text_primary);
        ui.add_space(20.0);
        button_row(ui, |ui| {
            let cancel = Button::secondary("Cancel").show(ui);
            // One press of Enter too many must not end the session.
            if ui.memory(|memory| memory.focused().is_none()) {
                cancel.request_focus();
            }
            if cancel.clicked() {
                view.keys(KeysMsg::CancelSwitch);
            }
            if Button::danger("Deactivate anyway").icon(Icon::Power).show(ui).clicked() {
                view.keys(KeysMsg::ConfirmSwitch);
            }
        });
    });
    if leave {
        view.keys(KeysMsg::CancelSwitch);
    }
}
