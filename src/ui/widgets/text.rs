//! Text in the styles of the design.

use egui::accesskit::Live;
use egui::text::LayoutJob;
use egui::{Align2, Color32, Label, Pos2, Rect, Response, Ui, WidgetText, vec2};

use super::announce;
use crate::domain::spell_out_hidden;
use crate::ui::theme::{Style, Themed as _};

/// Text that wraps if necessary.
pub fn label(ui: &mut Ui, text: impl Into<String>, style: Style, color: Color32) -> Response {
    ui.add(Label::new(style.rich(text, color)).selectable(false))
}

/// A single line, shortened if necessary, with the complete text as a tooltip.
pub fn one_line(ui: &mut Ui, text: impl Into<String>, style: Style, color: Color32) -> Response {
    ui.add(Label::new(style.rich(text, color)).selectable(false).truncate())
}

/// An error message beside its control.
pub fn error_text(ui: &mut Ui, why: &str) -> Response {
    let words = label(ui, spell_out_hidden(why), Style::Small, ui.tokens().danger_text);
    announce(&words, Live::Assertive);
    words
}

/// Sentences with IAM actions and ARNs in the monospaced font.
pub fn prose(ui: &mut Ui, text: &str, style: Style, color: Color32) -> Response {
    let mut job = LayoutJob::default();
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            job.append(" ", 0.0, style.format(color));
        }
        // The full stop belongs to the sentence, not to the name.
        let (name, stop) = word.strip_suffix('.').map_or((word, ""), |name| (name, "."));
        let font = if is_code(name) { Style::Mono } else { style };
        job.append(name, 0.0, font.format(color));
        job.append(stop, 0.0, style.format(color));
    }
    ui.add(Label::new(job).selectable(false))
}

/// `iam:ListAccessKeys`, `arn:aws:iam::…`, `user/service/bob`, but not `https://…` or `either/or`.
fn is_code(word: &str) -> bool {
    let resource = ["user/", "role/", "group/", "policy/", "assumed-role/"];
    let service = ["iam:", "arn:", "sts:", "sso:", "servicequotas:"];
    service.iter().chain(&resource).any(|start| word.starts_with(start))
}

/// Paints one line at a position, shortened to `width`, and returns its bounds. It is not in the accessibility tree: its control
/// has the name.
#[expect(
    clippy::too_many_arguments,
    reason = "a line of text is its place, anchor, words, style, colour and width"
)]
pub fn label_at(
    ui: &Ui,
    at: Pos2,
    align: Align2,
    text: &str,
    style: Style,
    color: Color32,
    width: f32,
) -> Rect {
    let text = WidgetText::from(style.rich(text, color));
    let galley =
        text.into_galley(ui, Some(egui::TextWrapMode::Truncate), width, egui::FontSelection::Default);
    let rect = align.anchor_size(at, vec2(galley.size().x, galley.size().y));
    ui.painter().galley(rect.min, galley, color);
    rect
}

/// A tooltip that also explains why a control is disabled.
pub fn tip(response: Response, text: impl Into<String>) -> Response {
    let text = text.into();
    response.on_hover_text(text.clone()).on_disabled_hover_text(text)
}
