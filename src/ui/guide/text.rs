//! Text of a page, with its links.

use egui::text::LayoutJob;
use egui::{Color32, Label, Response, Role, Sense, Ui, WidgetInfo};

use super::page::{Look, Piece};
use super::pages::Topic;
use crate::ui::theme::measures::radius;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::ring;

/// Text that wraps at the available width.
pub(super) fn show(ui: &mut Ui, pieces: &[Piece], style: Style) -> Option<Topic> {
    if pieces.is_empty() {
        return None;
    }
    if !pieces.iter().any(|piece| matches!(piece.look, Look::Link(_))) {
        ui.add(Label::new(job(ui, pieces, style)).selectable(false));
        return None;
    }
    // Each link is a separate control.
    let mut followed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for piece in pieces {
            match &piece.look {
                Look::Link(to) if link(ui, &piece.text).clicked() => followed = Topic::of_file(to),
                Look::Link(_) => {}
                _ => _ = ui.add(Label::new(job(ui, std::slice::from_ref(piece), style)).selectable(false)),
            }
        }
    });
    followed
}

/// Has no width: the caller's layout decides where it wraps.
pub(super) fn job(ui: &Ui, pieces: &[Piece], style: Style) -> LayoutJob {
    let tokens = ui.tokens();
    let mut job = LayoutJob::default();
    for piece in pieces {
        let (font, color): (_, Color32) = match piece.look {
            Look::Plain => (style, tokens.text_primary),
            Look::Strong => (Style::BodyStrong, tokens.text_primary),
            Look::Code => (Style::MonoDense, tokens.text_primary),
            Look::Link(_) => (Style::Control, tokens.accent_text),
        };
        job.append(&piece.text, 0.0, font.format(color));
    }
    job
}

fn link(ui: &mut Ui, title: &str) -> Response {
    let color = ui.tokens().accent_text;
    let text = Style::Control.rich(title, color).underline();
    // In one piece: a part on the next line would be a control without a name.
    let response = ui.add(Label::new(text).selectable(false).sense(Sense::click()).extend());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Guide page {title}")));
    if response.has_focus() {
        ring(ui, response.rect.shrink(2.0), radius::SMALL - 2);
    }
    response
}
