//! Theme, text size and motion.

use egui::Ui;

use super::{choice, setting};
use crate::core::{Msg, SettingsMsg};
use crate::domain::{ReducedMotion, TextSize, Theme};
use crate::ui::{View, words::settings as words};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let settings = &view.model.settings;
    setting(ui, "Theme", words::THEME, |ui| {
        for (theme, word) in
            [(Theme::System, "Follow system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")]
        {
            if choice(ui, settings.theme == theme, word, word) {
                view.push(Msg::Settings(SettingsMsg::Theme(theme)));
            }
        }
    });
    setting(ui, "Text size", words::TEXT_SIZE, |ui| {
        for size in TextSize::CHOICES {
            let word = words::text_size(size);
            if choice(ui, settings.text_size == size, &word, &format!("Text size {word}")) {
                view.push(Msg::Settings(SettingsMsg::TextSize(size)));
            }
        }
    });
    setting(ui, "Reduced motion", words::REDUCED_MOTION, |ui| {
        for (reduced, word, name) in [
            (ReducedMotion::System, "Follow system", "Reduced motion follows the system"),
            (ReducedMotion::On, "On", "Reduced motion on"),
            (ReducedMotion::Off, "Off", "Reduced motion off"),
        ] {
            if choice(ui, settings.reduced_motion == reduced, word, name) {
                view.push(Msg::Settings(SettingsMsg::ReducedMotion(reduced)));
            }
        }
    });
}
