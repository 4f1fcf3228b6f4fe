//! What must be decided before anything else.

use egui::{Align, Layout, Ui};

use super::View;
use super::account_bar::switch_id;
use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Dialog, label};
use crate::core::{CreateMsg, KeysMsg, Stage, StartMsg};
use crate::domain::{PairFormat, visible};

#[derive(Default)]
pub(super) struct Dialogs {
    /// The window was asked to close while a secret is on screen.
    pub(super) closing: bool,
    pub(super) may_close: bool,
}

impl Dialogs {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        if ui.data_mut(|data| data.remove_temp::<bool>(switch_id())).is_some() {
            view.start(StartMsg::SwitchAccount);
        }
        signing_key(ui, view);
        if self.closing {
            self.close(ui, view);
        }
    }

    fn close(&mut self, ui: &Ui, view: &mut View<'_>) {
        let Some(creation) = &view.model.creation else {
            self.closing = false;
            return;
        };
        let user = visible(creation.user.as_str());
        let in_flight = matches!(creation.stage, Stage::InFlight);
        let text = if in_flight {
            format!("A key for {user} is being created. Closing now would lose its secret.")
        } else {
            format!("The secret of the new key of {user} is still on screen. AWS never shows it again.")
        };
        let name = "Closing would lose a secret";
        let leave = Dialog { id: "closing", name, title: name, width: 480.0 }.show(ui, |ui| {
            ui.add_space(space::S4);
            label(ui, text, Style::Body, ui.tokens().text_primary);
            ui.add_space(20.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if Button::primary("Keep it").name("Keep the window open").show(ui).clicked() {
                    self.closing = false;
                }
                if !in_flight
                    && Button::secondary("Copy both")
                        .name("Copy both before closing")
                        .icon(Icon::Copy)
                        .show(ui)
                        .clicked()
                {
                    view.create(CreateMsg::Copy(PairFormat::Both));
                    self.closing = false;
                }
                if Button::secondary("Close anyway").show(ui).clicked() {
                    self.may_close = true;
                }
            });
        });
        if leave {
            self.closing = false;
        }
    }
}

/// The key that Keyfob signs with asks first.
fn signing_key(ui: &Ui, view: &mut View<'_>) {
    let Some(switch) = view.model.open.as_ref().and_then(|open| open.confirming.as_ref()) else {
        return;
    };
    let name = format!("Deactivate the key that signs, {}", switch.key);
    let title = "Keyfob signs with this key";
    let leave = Dialog { id: "signing key", name: &name, title, width: 480.0 }.show(ui, |ui| {
        let tokens = ui.tokens();
        ui.add_space(space::S4);
        let text = format!(
            "{} signs Keyfob's own requests. Once it is inactive this session is over, and Keyfob cannot switch it on again.",
            switch.key
        );
        label(ui, text, Style::Body, tokens.text_primary);
        ui.add_space(20.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if Button::danger("Deactivate all the same").icon(Icon::Power).show(ui).clicked() {
                view.keys(KeysMsg::ConfirmSwitch);
            }
            let cancel = Button::secondary("Cancel").show(ui);
            if cancel.clicked() {
                view.keys(KeysMsg::CancelSwitch);
            }
        });
    });
    if leave {
        view.keys(KeysMsg::CancelSwitch);
    }
}
