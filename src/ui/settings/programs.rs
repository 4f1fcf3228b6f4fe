//! The login shell's environment, and the programs that were found.

use egui::Ui;

use super::{copy_button, fact, hint, setting};
use crate::core::{Msg, SettingsMsg};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{checkbox, label};
use crate::ui::{View, words::settings as words};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let model = view.model;
    let found = &model.run.workstation;
    setting(ui, "Login shell", words::LOGIN_SHELL, |ui| {
        let mut on = model.settings.login_shell;
        if checkbox(ui, &mut on, "Use the login shell's environment").changed() {
            view.push(Msg::Settings(SettingsMsg::LoginShell(on)));
        }
    });
    label(ui, "Found", Style::BodyStrong, ui.tokens().text_primary);
    hint(ui, words::PROGRAMS);
    ui.add_space(space::S3);
    fact(ui, "Shell", &words::login_shell(&found.login_shell));
    fact(ui, "AWS CLI", &words::aws_cli(found));
    ui.add_space(space::S4);
    if copy_button(ui, "Copy search path", "Copy search path") {
        view.push(Msg::CopyText(words::folders(found)));
    }
}
