//! Dialogs: only for decisions that cannot wait.

use egui::{Align2, CornerRadius, Frame, Id, Margin, Modal, ScrollArea, Stroke, Ui, Vec2, vec2};

use super::{follow_focus, label, surface};
use crate::ui::theme::measures::{radius, space, stroke};
use crate::ui::theme::{Style, Themed as _};

/// The top edge, in points from the top of the window.
const TOP: f32 = 150.0;
const PADDING: Margin = Margin::symmetric(24, 20);

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
    /// Returns true when Esc closes it; a click outside does not.
    pub fn show(self, ui: &Ui, content: impl FnOnce(&mut Ui)) -> bool {
        let tokens = ui.tokens();
        let frame = Frame::new()
            .fill(tokens.bg_raised)
            .stroke(Stroke::new(stroke::HAIR, tokens.border_frame))
            .corner_radius(CornerRadius::same(radius::DIALOG))
            .shadow(ui.visuals().window_shadow);
        let id = Id::unique(self.id);
        let screen = ui.ctx().content_rect();
        let natural = natural_height(ui, id);
        // If it does not fit below that line it moves up, and finally its content scrolls.
        let top = TOP.min(screen.height() - natural - space::S6).max(space::S6);
        let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, top));
        let room = screen.height() - 2.0 * space::S6;
        let width = self.width.min(screen.width() - 2.0 * space::S6) - 2.0 * f32::from(PADDING.left);
        let name = self.name.to_owned();
        Modal::new(id).area(area).frame(frame).backdrop_color(tokens.bg_scrim).show(ui, |ui| {
            let content = |ui: &mut Ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = space::S2;
                label(ui, self.title, Style::Dialog, tokens.text_primary);
                content(ui);
            };
            fit(ui, id, room, content);
            surface(ui, Some(name));
        });
        ui.input(|input| input.key_pressed(egui::Key::Escape))
    }
}

/// The height of the content when last shown at this window size; 0 if never.
fn natural_height(ui: &Ui, id: Id) -> f32 {
    let known = ui.data(|data| data.get_temp::<(Vec2, f32)>(id.with("height")));
    known.filter(|(window, _)| *window == ui.ctx().content_rect().size()).map_or(0.0, |(_, height)| height)
}

/// Shows the content at its height, or scrolls it in a window that is too low.
///
/// Stores the height, because a permanent scroll area would keep the height of an earlier text.
fn fit(ui: &mut Ui, id: Id, room: f32, content: impl FnOnce(&mut Ui)) {
    let natural = natural_height(ui, id);
    if natural <= room {
        let shown = Frame::new().inner_margin(PADDING).show(ui, content);
        let shown = shown.response.rect.height();
        if shown != natural {
            // The position depends on the height.
            ui.ctx().request_discard("the height of a dialog has changed");
        }
        let known = (ui.ctx().content_rect().size(), shown);
        ui.data_mut(|data| data.insert_temp(id.with("height"), known));
        return;
    }
    ui.set_max_height(room);
    // The padding scrolls too, so that it does not clip focus rings.
    ScrollArea::vertical().max_height(room).content_margin(PADDING).show(ui, |ui| {
        ui.set_max_height(natural - 2.0 * f32::from(PADDING.top));
        content(ui);
        follow_focus(ui, id);
    });
}
