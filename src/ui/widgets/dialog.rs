//! Dialogs: only for what must be decided before anything else.

use egui::{Align2, CornerRadius, Frame, Id, Margin, Modal, Stroke, Ui, vec2};

use super::label;
use crate::ui::theme::measures::{radius, stroke};
use crate::ui::theme::{Style, Themed as _};

/// A dialog over the window.
#[must_use = "call show"]
pub struct Dialog<'a> {
    pub id: &'a str,
    /// The accessible name.
    pub name: &'a str,
    pub title: &'a str,
    pub width: f32,
}

impl Dialog<'_> {
    /// Returns true when Esc asks to leave; a click outside does not.
    pub fn show(self, ui: &Ui, content: impl FnOnce(&mut Ui)) -> bool {
        let tokens = ui.tokens();
        let frame = Frame::new()
            .fill(tokens.bg_raised)
            .stroke(Stroke::new(stroke::HAIR, tokens.border_frame))
            .corner_radius(CornerRadius::same(radius::DIALOG))
            .shadow(crate::ui::theme::dialog_shadow(tokens))
            .inner_margin(Margin::symmetric(24, 20));
        let id = Id::unique(self.id);
        let area = Modal::default_area(id).anchor(Align2::CENTER_CENTER, vec2(0.0, -30.0));
        let name = self.name.to_owned();
        Modal::new(id).area(area).frame(frame).backdrop_color(tokens.bg_scrim).show(ui, |ui| {
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(egui::accesskit::Role::Dialog);
                node.set_label(name);
            });
            ui.set_width(self.width - 48.0);
            label(ui, self.title, Style::Dialog, tokens.text_primary);
            content(ui);
        });
        ui.input(|input| input.key_pressed(egui::Key::Escape))
    }
}
