//! *Settings*: one window, in which each setting has one sentence and is applied as soon as it is pressed.

mod about;
mod appearance;
mod network;
mod programs;
mod secrets;

use egui::{Align, Id, Layout, Ui};

use super::shortcuts::Shortcut;
use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Dialog, chip, label, link, named_tab};
use super::{View, words};
use network::NetworkFields;

const WIDTH: f32 = 680.0;

/// So high is what is between the tabs and the buttons at least: they stay where they are when another part is shown.
const LEAST_HEIGHT: f32 = 330.0;

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
    /// Each with its word and its accessible name.
    const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Appearance, "Appearance", "Appearance settings"),
        (Self::Secrets, "Secrets", "Secret settings"),
        (Self::Network, "Network", "Network settings"),
        (Self::Programs, "Programs", "Program settings"),
        (Self::Renderer, "Renderer", "Renderer settings"),
        (Self::About, "About", "About Keyfob"),
    ];
}

/// The window, and what is typed in it.
#[derive(Default)]
pub(super) struct SettingsWindow {
    open: bool,
    part: Part,
    network: NetworkFields,
    /// What had the focus before.
    before: Option<Id>,
}

impl SettingsWindow {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        if Shortcut::Settings.taken(ui) {
            self.open = true;
            self.before = ui.memory(|memory| memory.focused());
            self.network.begin(view);
        }
        if !self.open {
            return self.give_focus_back(ui);
        }
        let mut close = false;
        let dialog = Dialog { id: "settings", name: "Settings window", title: "Settings", width: WIDTH };
        let leave = dialog.show(ui, |ui| {
            self.tabs(ui);
            let top = ui.cursor().top();
            ui.add_space(space::S6);
            self.part(ui, view);
            let left = LEAST_HEIGHT - (ui.cursor().top() - top);
            ui.add_space(left.max(0.0));
            close = buttons(ui);
        });
        self.open = !leave && !close;
    }

    /// Nothing below the window takes the focus as long as it is there, which it is for a frame more.
    fn give_focus_back(&mut self, ui: &Ui) {
        if ui.memory(|memory| memory.top_modal_layer().is_none())
            && let Some(before) = self.before.take()
        {
            ui.memory_mut(|memory| memory.request_focus(before));
        }
    }

    fn tabs(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S7;
            for (part, word, name) in Part::ALL {
                let selected = self.part == part;
                let tab = named_tab(ui, word, name, selected);
                if tab.clicked() {
                    self.part = part;
                }
                if selected && ui.memory(|memory| memory.focused().is_none()) {
                    tab.request_focus();
                }
            }
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

/// True once the window is to be closed.
fn buttons(ui: &mut Ui) -> bool {
    let mut close = Shortcut::Help.pressed(ui);
    let mut help = close;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        close |= Button::secondary("Close").name("Close the settings").show(ui).clicked();
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            help |= link(ui, words::settings::GUIDE, "Show the help").clicked();
        });
    });
    if help {
        Shortcut::Help.ask(ui);
    }
    close | help
}

/// A setting: what it is called, its controls, its sentence.
fn setting(ui: &mut Ui, title: &str, sentence: &str, controls: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    label(ui, title, Style::BodyStrong, tokens.text_primary);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S3, space::S3);
        controls(ui);
    });
    told(ui, sentence);
    ui.add_space(space::S5);
}

/// Under what it is about.
fn told(ui: &mut Ui, text: &str) {
    label(ui, text, Style::Body, ui.tokens().text_secondary);
}

/// One of several values. `name` is the accessible name. True when it is picked.
fn choice(ui: &mut Ui, on: bool, word: &str, name: &str) -> bool {
    chip(ui, on, word, name).clicked() && !on
}

/// What was found out: a name, and what it is.
fn fact(ui: &mut Ui, what: &str, how: &str) {
    let tokens = ui.tokens();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S4;
        let width = 120.0;
        let room = egui::vec2(width, ui.spacing().interact_size.y.min(20.0));
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_width(width);
            label(ui, what, Style::Body, tokens.text_secondary);
        });
        label(ui, how, Style::Body, tokens.text_primary);
    });
}

fn copy_button(ui: &mut Ui, word: &str, name: &str) -> bool {
    Button::secondary(word).name(name).icon(Icon::Copy).show(ui).clicked()
}
