//! *Settings*: one window. Each setting has one sentence and applies at once.

mod about;
mod appearance;
mod network;
mod programs;
mod secrets;

use egui::{Align, Id, Layout, Margin, ScrollArea, Ui, vec2};

use super::commands::Command;
use super::theme::measures::{height, space};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Dialog, button_row, chip, follow_focus, label, link, named_tab};
use super::{View, words};
use network::NetworkFields;

const WIDTH: f32 = 680.0;

/// The height around the part: title, tabs, buttons, padding, and part of the window behind it.
const AROUND: f32 = 188.0;
/// All parts have the same height, so that the tabs and buttons do not move.
const TALLEST: f32 = 410.0;

/// The second column of facts.
const FACTS: f32 = 132.0;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Appearance,
    Secrets,
    Network,
    Programs,
    Renderer,
    About,
}

impl Part {
    /// Each part with its label and accessible name.
    const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Appearance, "Appearance", "Appearance settings"),
        (Self::Secrets, "Secrets", "Secret settings"),
        (Self::Network, "Network", "Network settings"),
        (Self::Programs, "Programs", "Program settings"),
        (Self::Renderer, "Renderer", "Renderer settings"),
        (Self::About, "About", "About Keyfob"),
    ];
}

/// The window and its drafts.
#[derive(Default)]
pub(super) struct SettingsWindow {
    open: bool,
    part: Part,
    network: NetworkFields,
}

impl SettingsWindow {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        if view.take(Command::Settings) {
            self.open = true;
            self.network.open(view);
        }
        if !self.open {
            return;
        }
        let mut close = false;
        let dialog = Dialog { id: "settings", name: "Settings window", title: "Settings", width: WIDTH };
        let leave = dialog.show(ui, |ui| {
            self.tabs(ui);
            self.scrolled(ui, view);
            ui.add_space(space::S4);
            close = buttons(ui, view);
        });
        self.open = !leave && !close;
    }

    fn tabs(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S7;
            for (part, word, name) in Part::ALL {
                let selected = self.part == part;
                let tab = named_tab(ui, word, name, selected);
                if tab.clicked() {
                    self.part = part;
                    tab.request_focus();
                }
                if selected && ui.memory(|memory| memory.focused().is_none()) {
                    tab.request_focus();
                }
            }
        });
    }

    fn scrolled(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let height = (ui.ctx().content_rect().height() - AROUND).clamp(120.0, TALLEST);
        let id = Id::unique(("settings", self.part as u8));
        // The padding scrolls too, so that it does not clip focus rings.
        let padding = Margin { left: 0, right: 12, top: 16, bottom: 4 };
        let area = ScrollArea::vertical().id_salt(id).max_height(height).auto_shrink(false);
        area.content_margin(padding).show(ui, |ui| {
            self.part(ui, view);
            follow_focus(ui, id);
        });
    }

    fn part(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        match self.part {
            Part::Appearance => appearance::show(ui, view),
            Part::Secrets => secrets::show(ui, view),
            Part::Network => self.network.show(ui, view),
            Part::Programs => programs::show(ui, view),
            Part::Renderer => about::renderer(ui, view),
            Part::About => about::show(ui, view),
        }
    }
}

/// Returns true when the window should close.
fn buttons(ui: &mut Ui, view: &mut View<'_>) -> bool {
    let mut close = Command::Help.pressed(ui);
    let mut help = close;
    // Not taller than a button, or the window could grow but not shrink again.
    let row = vec2(ui.available_width(), height::BUTTON);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        help |= link(ui, words::settings::GUIDE, "Show the guide").clicked();
        let button = button_row(ui, |ui| Button::secondary("Close").name("Close the settings").show(ui));
        close |= button.clicked();
    });
    if help {
        view.ui.ask(Command::Help);
    }
    close | help
}

/// A setting: its name, its controls and its sentence.
fn setting(ui: &mut Ui, title: &str, sentence: &str, controls: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    label(ui, title, Style::BodyStrong, tokens.text_primary);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S3, space::S3);
        controls(ui);
    });
    hint(ui, sentence);
    ui.add_space(space::S5);
}

/// A note below a setting.
fn hint(ui: &mut Ui, text: &str) {
    label(ui, text, Style::Body, ui.tokens().text_secondary);
}

/// One of several values. `name` is the accessible name. Returns true when it is chosen.
fn choice(ui: &mut Ui, on: bool, word: &str, name: &str) -> bool {
    chip(ui, on, word, name).clicked() && !on
}

/// A fact: its name and value.
fn fact(ui: &mut Ui, what: &str, how: &str) {
    let tokens = ui.tokens();
    ui.horizontal_top(|ui| {
        let left = ui.cursor().left();
        label(ui, what, Style::Body, tokens.text_secondary);
        ui.add_space((left + FACTS - ui.cursor().left()).max(space::S4));
        // Its own column, so that long text wraps within it.
        ui.vertical(|ui| label(ui, how, Style::Body, tokens.text_primary));
    });
}

fn copy_button(ui: &mut Ui, word: &str, name: &str) -> bool {
    Button::secondary(word).name(name).icon(Icon::Copy).show(ui).clicked()
}
