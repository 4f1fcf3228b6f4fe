//! Text fields.

use egui::accesskit::Invalid;
use egui::{
    CornerRadius, Direction, Frame, Id, Layout, Margin, Rect, Response, Stroke, StrokeKind, TextEdit, Ui,
    UiBuilder, pos2, vec2,
};

use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};

/// Whether the text is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    No,
    Yes,
}

/// A single-line text field.
#[must_use = "call show"]
pub struct Field<'a> {
    text: &'a mut String,
    name: &'a str,
    hint: &'a str,
    icon: Option<Icon>,
    width: f32,
    style: Style,
    wrong: Wrong,
    limit: usize,
    id: Option<Id>,
}

impl<'a> Field<'a> {
    /// `name` is the accessible name.
    pub fn new(text: &'a mut String, name: &'a str) -> Self {
        Self {
            text,
            name,
            hint: "",
            icon: None,
            width: f32::INFINITY,
            style: Style::Body,
            wrong: Wrong::No,
            limit: 256,
            id: None,
        }
    }

    pub fn search(text: &'a mut String, name: &'a str) -> Self {
        Self { hint: name, icon: Some(Icon::Search), ..Self::new(text, name) }
    }

    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Monospaced, for ids.
    pub fn mono(mut self) -> Self {
        self.style = Style::Mono;
        self
    }

    pub fn wrong(mut self, wrong: Wrong) -> Self {
        self.wrong = wrong;
        self
    }

    /// The maximum number of characters.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// The id, for moving the focus here before it is drawn.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    pub fn show(self, ui: &mut Ui) -> Response {
        let tokens = ui.tokens();
        let width = self.width.min(ui.available_width());
        let indent = if self.icon.is_some() { space::S4 + size::BUTTON + space::S3 } else { space::S4 };
        let (rect, _) = ui.allocate_exact_size(vec2(width, height::CONTROL), egui::Sense::hover());
        let background = ui.painter().add(egui::Shape::Noop);
        let inner =
            Rect::from_min_max(pos2(rect.left() + indent, rect.top()), rect.max - vec2(space::S4, 0.0));
        let edit = TextEdit::singleline(self.text)
            .font(self.style.font())
            .text_color(tokens.text_primary)
            .hint_text(self.style.rich(self.hint, tokens.text_secondary))
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .align(egui::Align2::LEFT_CENTER)
            .char_limit(self.limit)
            .desired_width(inner.width());
        let edit = if let Some(id) = self.id { edit.id(id) } else { edit };
        // A child layout, so that the layout continues after the frame and not after the text.
        let layout = Layout::centered_and_justified(Direction::TopDown);
        let mut content = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        let response = content.add(edit).accessible_name(self.name);
        if self.wrong == Wrong::Yes {
            _ = ui.ctx().accesskit_node_builder(response.id, |node| node.set_invalid(Invalid::True));
        }
        let (border, border_width) = match self.wrong {
            Wrong::Yes => (tokens.danger_text, stroke::HAIR),
            Wrong::No if response.has_focus() => (tokens.focus_ring, stroke::RING),
            Wrong::No if response.hovered() => (tokens.text_secondary, stroke::HAIR),
            Wrong::No => (tokens.border_control, stroke::HAIR),
        };
        let corners = CornerRadius::same(radius::CONTROL);
        let ground = egui::epaint::RectShape::new(
            rect,
            corners,
            tokens.bg_field,
            Stroke::new(border_width, border),
            StrokeKind::Inside,
        );
        ui.painter().set(background, ground);
        if let Some(icon) = self.icon {
            let at = pos2(rect.left() + space::S4 + size::BUTTON / 2.0, rect.center().y);
            let icon_rect = Rect::from_center_size(at, vec2(size::BUTTON, size::BUTTON));
            icon.paint(ui, icon_rect, tokens.text_secondary);
        }
        response
    }
}
