//! Toasts: short notifications.

use egui::accesskit::Live;
use egui::{CornerRadius, Frame, Margin, Stroke, Ui, vec2};

use super::{IconButton, announce, describe, label, link, one_line, prose};
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};

/// The user's reaction to a toast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    /// The action was pressed: *Undo*, *Copy address*.
    Act,
    Dismiss,
    /// The pointer or the focus is on it, so it must stay.
    Held,
    Nothing,
}

/// The kind of a toast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    Done,
    Failed,
}

/// A toast with its text and an optional action: its label, and its shortcut or "". `dismiss` is the accessible name of the
/// close button.
pub fn toast(ui: &mut Ui, text: &str, mood: ToastKind, act: Option<(&str, &str)>, dismiss: &str) -> Toast {
    let tokens = ui.tokens();
    let (mut pressed, mut held) = (Toast::Nothing, false);
    let frame = Frame::new()
        .fill(tokens.bg_raised)
        .stroke(Stroke::new(stroke::HAIR, tokens.border_frame))
        .corner_radius(CornerRadius::same(radius::FRAME))
        .shadow(ui.visuals().window_shadow)
        .inner_margin(Margin { left: 12, right: 8, top: 6, bottom: 6 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(440.0);
        ui.horizontal(|ui| {
            let (icon, color) = match mood {
                ToastKind::Done => (Icon::CircleCheck, tokens.success_text),
                ToastKind::Failed => (Icon::TriangleAlert, tokens.warning_text),
            };
            icon.show(ui, size::BAR, color);
            let gap = ui.spacing().item_spacing.x;
            let wide = |word: &str, style: Style| match word {
                "" => 0.0,
                word => gap + ui.painter().layout_no_wrap(word.to_owned(), style.font(), color).size().x,
            };
            let acts = |(word, keys)| wide(word, Style::Control) + wide(keys, Style::Small) + space::S1;
            let right = height::SMALL + gap + act.map_or(0.0, acts);
            let room = vec2(ui.available_width() - right, 28.0);
            ui.allocate_ui_with_layout(room, egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.set_min_width(room.x);
                if mood == ToastKind::Failed {
                    // The reason of the failure is read only here.
                    let words = ui.vertical(|ui| prose(ui, text, Style::Body, tokens.text_primary));
                    announce(&words.inner, Live::Assertive);
                } else {
                    announce(&one_line(ui, text, Style::Body, tokens.text_primary), Live::Polite);
                }
            });
            if let Some((word, keys)) = act {
                let act = link(ui, word, word);
                describe(&act, || text.to_owned());
                held |= act.has_focus();
                if act.clicked() {
                    pressed = Toast::Act;
                }
                if !keys.is_empty() {
                    label(ui, keys, Style::Small, tokens.text_secondary);
                }
                ui.add_space(space::S1);
            }
            let close = IconButton::new(Icon::X, dismiss).small().show(ui);
            describe(&close, || text.to_owned());
            held |= close.has_focus();
            if close.clicked() {
                pressed = Toast::Dismiss;
            }
        });
    });
    if pressed == Toast::Nothing && (held || shown.response.contains_pointer()) {
        return Toast::Held;
    }
    pressed
}
