//! The page of keyboard shortcuts, generated from the commands.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::commands::{Command, Heard};
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{label, label_at};
use crate::ui::words;

/// The column of the descriptions, after the widest combination of keys.
const WORDS: f32 = 168.0;

pub(super) fn show(ui: &mut Ui) {
    shortcuts(ui, words::ANYWHERE);
    ui.add_space(space::S6);
    in_their_place(ui);
}

/// Whether the page contains all of these words.
pub(super) fn has(words: &str) -> bool {
    let everywhere = with_keys().map(|command| format!("{} {}", command.text(), command.entry().help));
    let in_their_place = words::KEYS.iter().flat_map(|(_, lines)| lines.iter());
    let lines = everywhere.chain(in_their_place.map(|(keys, does)| format!("{keys} {does}")));
    let text = lines.collect::<Vec<_>>().join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn with_keys() -> impl Iterator<Item = Command> {
    Command::all().filter(|command| !command.text().is_empty())
}

/// The heading above a group of commands.
fn heading(heard: Heard) -> &'static str {
    match heard {
        Heard::Everywhere | Heard::OverDialogs => words::ANYWHERE,
        Heard::NotWhileTyping => words::OUTSIDE_FIELDS,
    }
}

/// A group of commands below its heading.
fn shortcuts(ui: &mut Ui, group: &str) {
    title(ui, group);
    for command in with_keys().filter(|command| heading(command.entry().heard) == group) {
        line(ui, &command.text(), command.entry().help);
    }
}

fn in_their_place(ui: &mut Ui) {
    shortcuts(ui, words::OUTSIDE_FIELDS);
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

/// The keys as key caps, and their action.
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
