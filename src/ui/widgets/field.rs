//! Text fields.

use egui::accesskit::{Invalid, Live};
use egui::text_edit::TextEditState;
use egui::{
    Area, CornerRadius, Direction, Event, Frame, Id, ImeEvent, Layout, Margin, Order, Rect, Response, Stroke,
    StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::{announce, label};
use crate::domain::without_secrets;

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
    refuses_secrets: bool,
    told_elsewhere: bool,
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
            refuses_secrets: false,
            told_elsewhere: false,
        }
    }

    pub fn search(text: &'a mut String, name: &'a str) -> Self {
        Self { hint: name, icon: Some(Icon::Search), refuses_secrets: true, ..Self::new(text, name) }
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

    /// What looks like a secret is dropped before it is shown or kept, and the field says so. Each search field does.
    pub fn refuses_secrets(mut self) -> Self {
        self.refuses_secrets = true;
        self
    }

    /// It is said in a popup of the caller's instead: see [`was_secret`].
    pub fn told_elsewhere(mut self) -> Self {
        self.told_elsewhere = true;
        self
    }

    /// The id, for moving the focus here before it is drawn.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    pub fn show(self, ui: &mut Ui) -> Response {
        let id = self.id.unwrap_or_else(|| ui.scope_id().with(self.name));
        if self.refuses_secrets {
            drop_pasted(ui, id);
        }
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
        let edit = if self.id.is_some() || self.refuses_secrets { edit.id(id) } else { edit };
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
        if self.refuses_secrets {
            drop_kept(ui, id, self.text, response.changed());
            if !self.told_elsewhere && was_secret(ui, id) {
                told_below(ui, id, rect);
            }
        }
        response
    }
}

/// What the field says.
pub const SECRET_DROPPED: &str = "What looked like a secret was not pasted";

/// True after something that looked like a secret was dropped from the field, until its text changes.
pub fn was_secret(ui: &Ui, field: Id) -> bool {
    ui.data(|data| data.get_temp(field.with("was secret")).unwrap_or_default())
}

fn note(ui: &Ui, field: Id, dropped: bool) {
    ui.data_mut(|data| data.insert_temp(field.with("was secret"), dropped));
}

/// Before the field sees it: a field tells what it holds to assistive technology, and remembers it to undo.
pub fn drop_pasted(ui: &Ui, field: Id) {
    if !ui.memory(|memory| memory.has_focus(field)) {
        return;
    }
    let dropped = ui.input_mut(|input| {
        let texts = input.events.iter_mut().filter_map(|event| match event {
            Event::Paste(text) | Event::Text(text) | Event::Ime(ImeEvent::Commit(text)) => Some(text),
            _ => None,
        });
        texts.filter_map(|text| without_secrets(text).map(|rest| *text = rest)).count() > 0
    });
    if dropped {
        note(ui, field, true);
    }
}

/// It may have come in parts.
fn drop_kept(ui: &Ui, field: Id, text: &mut String, changed: bool) {
    let Some(rest) = without_secrets(text) else {
        // The rest of what was pasted is no change by hand.
        let pasted = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Paste(_))));
        if changed && !pasted {
            note(ui, field, false);
        }
        return;
    };
    *text = rest;
    if let Some(mut state) = TextEditState::load(ui.ctx(), field) {
        state.clear_undoer();
        state.store(ui.ctx(), field);
    }
    note(ui, field, true);
    ui.request_repaint();
}

fn told_below(ui: &Ui, field: Id, rect: Rect) {
    let at = rect.left_bottom() + vec2(0.0, space::S2);
    Area::new(field.with("secret dropped")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            announce(&label(ui, SECRET_DROPPED, Style::Small, ui.tokens().text_primary), Live::Assertive);
        });
    });
}
