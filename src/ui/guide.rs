//! The guide (F1): the pages of `assets/help`, and what the keyboard does.

mod contents;
mod draw;
mod page;
mod pages;
mod shortcuts;
mod table;

use egui::{Align, Id, Layout, ScrollArea, Ui, UiBuilder, vec2};

use super::View;
use super::commands::Command;
use super::theme::measures::space;
use super::widgets::{Button, Dialog, button_row};
use pages::{PAGES, Topic};

const WIDTH: f32 = 900.0;
/// A narrower window has the contents in a menu above the page.
const CONTENTS_BESIDE_FROM: f32 = 760.0;
const CONTENTS: f32 = 196.0;
/// What is around the page: title, button, paddings, and some of the window behind it.
const AROUND: f32 = 172.0;
const TALLEST: f32 = 620.0;

/// State of the dialog.
#[derive(Default)]
pub(super) struct Guide {
    open: bool,
    /// What was read last is opened again.
    topic: Topic,
    /// What is searched for in all pages.
    query: String,
    /// The row of the topic gets the focus in the next frame.
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

    /// One page, from its top whenever another one is opened.
    fn page(&mut self, ui: &mut Ui, height: f32) {
        let topic = self.topic;
        let id = Id::unique(("guide page", topic));
        ScrollArea::vertical().id_salt(id).max_height(height).auto_shrink(false).show(ui, |ui| {
            // Room for the bar, and for rings.
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
                // It may not have the words that were searched for.
                self.query.clear();
                self.topic = topic;
                self.grab = true;
            }
        });
    }
}
