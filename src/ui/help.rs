//! The help sheet: what the keyboard does.

use egui::{Align, Align2, CornerRadius, Layout, Rect, Sense, Stroke, StrokeKind, Ui, vec2};

use super::shortcuts::Shortcut;
use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Style, Themed as _};
use super::widgets::{Button, Dialog, label, label_at};
use super::words;

/// Where the words begin, behind the widest combination.
const WORDS: f32 = 132.0;

#[derive(Default)]
pub(super) struct Help {
    open: bool,
}

impl Help {
    pub(super) fn show(&mut self, ui: &Ui) {
        if Shortcut::Help.taken(ui) {
            self.open = true;
        }
        if !self.open {
            return;
        }
        let name = "Keyboard shortcuts";
        let leave = Dialog { id: "help", name, title: name, width: 560.0 }.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(space::S4);
            for shortcut in Shortcut::ALL {
                line(ui, &shortcut.text(), words::shortcut(shortcut));
            }
            for (title, lines) in words::KEYS {
                ui.add_space(space::S5);
                label(ui, *title, Style::BodyStrong, ui.tokens().text_primary);
                for (keys, does) in *lines {
                    line(ui, keys, does);
                }
            }
            ui.add_space(space::S6);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = Button::secondary("Close").name("Close the shortcuts").show(ui);
                if ui.memory(|memory| memory.focused().is_none()) {
                    close.request_focus();
                }
                self.open = !close.clicked();
            });
        });
        self.open &= !leave;
    }
}

/// The keys as caps, and what they do.
fn line(ui: &mut Ui, keys: &str, does: &str) {
    let tokens = ui.tokens();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::SMALL), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{keys}: {does}")));
    let mut left = rect.left();
    for key in keys.split(", ") {
        let word = ui.painter().layout_no_wrap(key.to_owned(), Style::Small.font(), tokens.text_primary);
        let size = vec2(word.size().x + 2.0 * space::S3, height::TAG);
        let cap = Rect::from_min_size(egui::pos2(left, rect.center().y - size.y / 2.0), size);
        let line = Stroke::new(stroke::HAIR, tokens.border_frame);
        let corners = CornerRadius::same(radius::SMALL);
        ui.painter().rect(cap, corners, tokens.bg_chrome, line, StrokeKind::Inside);
        let at = Align2::CENTER_CENTER.align_size_within_rect(word.size(), cap);
        ui.painter().galley(at.min, word, tokens.text_primary);
        left = cap.right() + space::S2;
    }
    let at = egui::pos2(rect.left() + WORDS, rect.center().y);
    let room = rect.right() - at.x;
    label_at(ui, at, Align2::LEFT_CENTER, does, Style::Body, tokens.text_primary, room);
}
