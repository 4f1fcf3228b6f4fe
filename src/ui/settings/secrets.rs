//! How long a secret stays on the clipboard, and whether it may be captured.

use egui::Ui;

use super::{choice, setting};
use crate::core::{Msg, SettingsMsg};
use crate::domain::ClipboardClears;
use crate::ui::widgets::checkbox;
use crate::ui::{View, words};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let settings = &view.model.settings;
    setting(ui, "Clear secrets from the clipboard", words::settings::CLIPBOARD, |ui| {
        for clears in ClipboardClears::CHOICES {
            let word = words::clipboard_clears(clears);
            if choice(ui, settings.clipboard_clears == clears, &word, &word) {
                view.push(Msg::Settings(SettingsMsg::ClipboardClears(clears)));
            }
        }
    });
    setting(ui, "Shared screens", words::settings::ALLOW_CAPTURE, |ui| {
        let mut allowed = settings.allow_capture;
        if checkbox(ui, &mut allowed, "Allow screen capture of a visible secret").changed() {
            view.push(Msg::Settings(SettingsMsg::AllowCapture(allowed)));
        }
    });
}
