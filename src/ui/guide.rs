//! The guide (F1): the pages of `assets/help`, and the keyboard shortcuts.

mod contents;
mod draw;
mod page;
mod pages;
mod shortcuts;
mod table;
mod text;

use egui::{Align, Id, Layout, ScrollArea, Ui, UiBuilder, vec2};

use super::View;
use super::commands::Command;
use super::theme::measures::space;
use super::widgets::{Button, Dialog, button_row};
use pages::{PAGES, Topic};

const WIDTH: f32 = 900.0;
/// In a narrower window, the contents are a menu above the page.
const CONTENTS_BESIDE_FROM: f32 = 760.0;
const CONTENTS: f32 = 196.0;
/// The height around the page: title, button, padding, and part of the window behind it.
const AROUND: f32 = 172.0;
const TALLEST: f32 = 620.0;

/// The state of the dialog.
#[derive(Default)]
pub(super) struct Guide {
    open: bool,
    /// The current page, which is kept when the guide closes.
    topic: Topic,
    /// The search text.
    query: String,
    /// Moves the focus to the row of the topic in the next frame.
    grab: bool,
}

impl Guide {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        if view.take(Command::Help) {
            self.open = true;
            self.grab = true;
            self.query.clear();
        }
        if !self.open {
            return;
        }
        let leave = Dialog { id: "guide", name: "Guide", title: "Guide", width: WIDTH }.show(ui, |ui| {
            let room = ui.ctx().content_rect();
            let height = (room.height() - AROUND).clamp(120.0, TALLEST);
            ui.add_space(space::S4);
            if room.width() >= CONTENTS_BESIDE_FROM {
                self.beside(ui, height);
            } else {
                self.menu(ui);
                ui.add_space(space::S4);
                self.page(ui, height - 40.0);
            }
            ui.add_space(space::S5);
            button_row(ui, |ui| {
                self.open = !Button::secondary("Close").name("Close the guide").show(ui).clicked();
            });
        });
        self.open &= !leave;
    }

    fn beside(&mut self, ui: &mut Ui, height: f32) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), egui::Sense::hover());
        let (left, right) = rect.split_left_right_at_x(rect.left() + CONTENTS);
        let layout = Layout::top_down(Align::Min);
        ui.scope_builder(UiBuilder::new().max_rect(left).layout(layout), |ui| self.contents(ui));
        let right = right.with_min_x(right.left() + space::S7);
        ui.scope_builder(UiBuilder::new().max_rect(right).layout(layout), |ui| self.page(ui, height));
    }

    /// Draws the page. A new page starts at the top.
    fn page(&mut self, ui: &mut Ui, height: f32) {
        let topic = self.topic;
        let id = Id::unique(("guide page", topic));
        ScrollArea::vertical().id_salt(id).max_height(height).auto_shrink(false).show(ui, |ui| {
            // Room for the scroll bar and focus rings.
            ui.set_max_width(ui.available_width() - space::S5);
            ui.spacing_mut().item_spacing.y = 0.0;
            let followed = match topic {
                Topic::Keyboard => {
                    shortcuts::show(ui);
                    None
                }
                Topic::Page(at) => PAGES.get(at).and_then(|page| draw::page(ui, page.read())),
            };
            if let Some(topic) = followed {
                // The page may not contain the search text.
                self.query.clear();
                self.topic = topic;
                self.grab = true;
            }
        });
    }
}
