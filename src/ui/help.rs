//! The help sheet: what the keyboard does.

use egui::{
    Align, Align2, CornerRadius, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::shortcuts::{Heard, Shortcut};
use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Style, Themed as _};
use super::widgets::{Button, Dialog, label, label_at};
use super::words;

const WIDTH: f32 = 820.0;
/// A narrower window has one column, and scrolls.
const TWO_COLUMNS_FROM: f32 = WIDTH;
/// Where the words begin, behind the widest combination.
const WORDS: f32 = 108.0;

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
        let leave = Dialog { id: "help", name, title: name, width: WIDTH }.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(space::S4);
            if ui.ctx().content_rect().width() >= TWO_COLUMNS_FROM {
                ui.columns_const(|[left, right]| {
                    shortcuts(left, Heard::Everywhere);
                    in_their_place(right);
                });
            } else {
                shortcuts(ui, Heard::Everywhere);
                ui.add_space(space::S5);
                in_their_place(ui);
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

fn shortcuts(ui: &mut Ui, heard: Heard) {
    title(ui, words::heard(heard));
    for shortcut in Shortcut::ALL.iter().filter(|shortcut| shortcut.heard() == heard) {
        line(ui, &shortcut.text(), words::shortcut(*shortcut));
    }
}

fn in_their_place(ui: &mut Ui) {
    shortcuts(ui, Heard::NotWhileTyping);
    for (group, lines) in words::KEYS {
        ui.add_space(space::S5);
        title(ui, group);
        for (keys, does) in *lines {
            line(ui, keys, does);
        }
    }
}

fn title(ui: &mut Ui, text: &str) {
    label(ui, text, Style::BodyStrong, ui.tokens().text_primary);
    ui.add_space(space::S2);
}

/// The keys as caps, and what they do.
fn line(ui: &mut Ui, keys: &str, does: &str) {
    let tokens = ui.tokens();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::SMALL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{keys}: {does}")));
    let mut left = rect.left();
    for key in keys.split(", ") {
        let word = ui.painter().layout_no_wrap(key.to_owned(), Style::Small.font(), tokens.text_primary);
        let size = vec2(word.size().x + 2.0 * space::S3, height::TAG);
        let cap = Rect::from_min_size(pos2(left, rect.center().y - size.y / 2.0), size);
        let line = Stroke::new(stroke::HAIR, tokens.border_frame);
        let corners = CornerRadius::same(radius::SMALL);
        ui.painter().rect(cap, corners, tokens.bg_chrome, line, StrokeKind::Inside);
        let at = Align2::CENTER_CENTER.align_size_within_rect(word.size(), cap);
        ui.painter().galley(at.min, word, tokens.text_primary);
        left = cap.right() + space::S2;
    }
    let at = pos2(rect.left() + WORDS, rect.center().y);
    let room = rect.right() - at.x;
    label_at(ui, at, Align2::LEFT_CENTER, does, Style::Body, tokens.text_primary, room);
}
