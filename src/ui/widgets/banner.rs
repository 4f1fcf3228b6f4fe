//! Banners, shown above their subject until the cause is gone.

use egui::accesskit::Live;
use egui::{CornerRadius, Frame, Margin, Stroke, Ui};

use super::{announce, prose};
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Danger,
    Warning,
    Info,
}

/// An icon, a title, an explanation, and actions.
#[must_use = "call show"]
pub struct Banner<'a> {
    pub tone: Tone,
    pub title: &'a str,
    pub text: &'a str,
}

impl Banner<'_> {
    /// `actions` draws the buttons; pass an empty closure for none.
    pub fn show(self, ui: &mut Ui, actions: impl FnOnce(&mut Ui)) {
        let tokens = ui.tokens();
        let (icon, color, fill, border) = match self.tone {
            Tone::Danger => (Icon::OctagonAlert, tokens.danger_text, tokens.danger_bg, tokens.danger_border),
            Tone::Warning => {
                (Icon::TriangleAlert, tokens.warning_text, tokens.warning_bg, tokens.warning_border)
            }
            Tone::Info => (Icon::Info, tokens.info_text, tokens.info_bg, tokens.border_frame),
        };
        let live = if self.tone == Tone::Danger { Live::Assertive } else { Live::Polite };
        Frame::new()
            .fill(fill)
            .stroke(Stroke::new(stroke::HAIR, border))
            .corner_radius(CornerRadius::same(radius::FRAME))
            .inner_margin(Margin::symmetric(14, 12))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_top(|ui| {
                    icon.show(ui, size::BANNER, color);
                    ui.add_space(space::S1);
                    ui.vertical(|ui| {
                        // The spacing to the next element belongs to the line before it.
                        let to_actions = 10.0;
                        let bare = self.text.is_empty();
                        ui.spacing_mut().item_spacing.y = if bare { to_actions } else { space::S1 };
                        announce(&prose(ui, self.title, Style::BodyStrong, tokens.text_primary), live);
                        ui.spacing_mut().item_spacing.y = to_actions;
                        if !bare {
                            announce(&prose(ui, self.text, Style::Body, tokens.text_primary), live);
                        }
                        ui.spacing_mut().item_spacing.y = space::S4;
                        actions(ui);
                    });
                });
            });
    }
}
