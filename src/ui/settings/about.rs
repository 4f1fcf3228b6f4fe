//! The renderer, and the details for a problem report.

use egui::Ui;

use super::{choice, copy_button, fact, hint, setting};
use crate::core::{Msg, SettingsMsg};
use crate::domain::Renderer;
use crate::ui::theme::measures::space;
use crate::ui::{View, words::settings as words};

pub(super) fn renderer(ui: &mut Ui, view: &mut View<'_>) {
    setting(ui, "Renderer", words::RENDERER, |ui| {
        for &renderer in Renderer::OFFERED {
            let (on, word) = (view.model.settings.renderer == renderer, words::renderer(renderer));
            if choice(ui, on, word, &format!("Renderer {word}")) {
                view.push(Msg::Settings(SettingsMsg::Renderer(renderer)));
            }
        }
    });
    let graphics = &view.model.run.about.graphics;
    fact(ui, "In use", &words::graphics(graphics));
    if let Some(why) = &graphics.instead_of {
        fact(ui, "Instead of", why);
    }
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let model = view.model;
    for (what, how) in words::about(&model.run.about) {
        fact(ui, what, &how);
    }
    ui.add_space(space::S5);
    if copy_button(ui, "Copy details", "Copy details about Keyfob") {
        view.push(Msg::CopyText(words::report(&model.run.about, &model.run.workstation)));
    }
    hint(ui, words::ABOUT);
}
