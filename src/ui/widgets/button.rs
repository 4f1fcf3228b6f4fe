//! Buttons with text.

use egui::{
    Align2, Color32, CornerRadius, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::{is_slow, keep_press, ring};
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, Tokens};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Primary,
    Secondary,
    Danger,
    Ghost,
}

/// A button. A screen has at most one primary button.
#[must_use = "call show"]
pub struct Button<'a> {
    look: Look,
    text: &'a str,
    icon: Option<Icon>,
    name: Option<String>,
    off: Option<String>,
    width: f32,
    corners: CornerRadius,
    done: bool,
    id: Option<Id>,
    /// The text while working, and whether it is working.
    working: Option<(&'a str, bool)>,
}

impl<'a> Button<'a> {
    fn new(look: Look, text: &'a str) -> Self {
        let corners = CornerRadius::same(radius::CONTROL);
        Self {
            look,
            text,
            icon: None,
            name: None,
            off: None,
            width: 0.0,
            corners,
            done: false,
            id: None,
            working: None,
        }
    }

    pub fn primary(text: &'a str) -> Self {
        Self::new(Look::Primary, text)
    }

    pub fn secondary(text: &'a str) -> Self {
        Self::new(Look::Secondary, text)
    }

    /// Only for irreversible actions in dialogs.
    pub fn danger(text: &'a str) -> Self {
        Self::new(Look::Danger, text)
    }

    pub fn ghost(text: &'a str) -> Self {
        Self::new(Look::Ghost, text)
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The accessible name, if it differs from the text.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Disabled, with the reason as a tooltip; `None` leaves it enabled.
    pub fn off(mut self, reason: Option<String>) -> Self {
        self.off = reason;
        self
    }

    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Shows a check mark instead of the icon after success.
    pub fn done(mut self, done: bool) -> Self {
        self.done = done;
        self
    }

    /// The text while the action is slow; disabled meanwhile. Reserves room for both texts, so that nothing moves.
    pub fn working(mut self, word: &'a str, now: bool) -> Self {
        self.working = Some((word, now));
        if now {
            self.off = Some(String::new());
        }
        self
    }

    /// The id, for moving the focus here.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// The left part of a split button, with square corners on the right.
    pub fn left_part(mut self) -> Self {
        self.corners.ne = 0;
        self.corners.se = 0;
        self
    }

    pub fn show(self, ui: &mut Ui) -> Response {
        let font = Style::Control.font();
        let icon_width = if self.icon.is_some() { size::BUTTON + space::S3 } else { 0.0 };
        let lay =
            |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
        let mut galley = lay(self.text);
        let mut widest = galley.size().x;
        if let Some((word, now)) = self.working {
            let working = lay(word);
            widest = widest.max(working.size().x);
            let name = self.name.as_deref().unwrap_or(self.text);
            if now && is_slow(ui, Id::unique(("working", name))) {
                galley = working;
            }
        }
        let content = icon_width + galley.size().x;
        let wanted = vec2((icon_width + widest + 2.0 * space::S5).max(self.width), height::BUTTON);
        let sense = if self.off.is_some() { Sense::hover() } else { Sense::click() };
        let (auto, rect) = ui.allocate_space(wanted);
        let response = ui.interact(rect, self.id.unwrap_or(auto), sense);
        let enabled = self.off.is_none();
        let name = self.name.as_deref().unwrap_or(self.text).to_owned();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
        keep_press(&response);
        if ui.is_rect_visible(rect) {
            let paint = Paint::of(self.look, enabled, &response, ui.tokens());
            paint.ground(ui, rect, self.corners);
            let mut left = rect.center().x - content / 2.0;
            if let Some(icon) = self.icon {
                let at = pos2(left + size::BUTTON / 2.0, rect.center().y);
                let (icon, color) =
                    if self.done { (Icon::Check, ui.tokens().success_text) } else { (icon, paint.text) };
                icon.paint(ui, Rect::from_center_size(at, vec2(size::BUTTON, size::BUTTON)), color);
                left += icon_width;
            }
            let at = Align2::LEFT_CENTER.anchor_size(pos2(left, rect.center().y), galley.size());
            ui.painter().galley(at.min, galley, paint.text);
            if response.has_focus() {
                ring(ui, rect, radius::CONTROL);
            }
        }
        match self.off {
            Some(reason) if !reason.is_empty() => response.on_hover_text(reason),
            _ => response,
        }
    }
}

/// The right part of a split button, which opens the menu.
pub fn split_menu(ui: &mut Ui, name: &str, off: Option<String>, primary: bool) -> Response {
    let sense = if off.is_some() { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, height::BUTTON), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, off.is_none(), name));
    keep_press(&response);
    let look = if primary { Look::Primary } else { Look::Secondary };
    let paint = Paint::of(look, off.is_none(), &response, ui.tokens());
    // Two adjacent borders would look like a thick line.
    let ground = if primary { rect } else { rect.with_min_x(rect.left() - stroke::HAIR) };
    let corners = CornerRadius { nw: 0, sw: 0, ne: radius::CONTROL, se: radius::CONTROL };
    paint.ground(ui, ground, corners);
    let icon = Rect::from_center_size(rect.center(), vec2(size::ROW, size::ROW));
    Icon::ChevronDown.paint(ui, icon, paint.text);
    if response.has_focus() {
        ring(ui, rect, radius::CONTROL);
    }
    match off {
        Some(reason) => response.on_hover_text(reason),
        None => response,
    }
}

struct Paint {
    fill: Color32,
    border: Color32,
    text: Color32,
}

impl Paint {
    fn of(look: Look, enabled: bool, response: &Response, tokens: &Tokens) -> Self {
        let pick = |rest, hover, pressed| {
            if response.is_pointer_button_down_on() {
                pressed
            } else if response.hovered() {
                hover
            } else {
                rest
            }
        };
        let none = Color32::TRANSPARENT;
        if !enabled {
            let border = if look == Look::Ghost { none } else { tokens.border_frame };
            return Self { fill: none, border, text: tokens.text_disabled };
        }
        match look {
            Look::Primary => {
                let fill = pick(tokens.accent_fill, tokens.accent_fill_hover, tokens.accent_fill_pressed);
                Self { fill, border: none, text: tokens.on_accent }
            }
            Look::Danger => {
                let fill = pick(tokens.danger_fill, tokens.danger_fill_hover, tokens.danger_fill_pressed);
                Self { fill, border: none, text: tokens.on_danger }
            }
            Look::Secondary => Self {
                fill: pick(none, tokens.bg_hover, tokens.bg_pressed),
                border: tokens.border_control,
                text: tokens.text_primary,
            },
            Look::Ghost => Self {
                fill: pick(none, tokens.bg_hover, tokens.bg_pressed),
                border: none,
                text: pick(tokens.text_secondary, tokens.text_primary, tokens.text_primary),
            },
        }
    }

    fn ground(&self, ui: &Ui, rect: Rect, corners: CornerRadius) {
        let stroke = Stroke::new(stroke::HAIR, self.border);
        ui.painter().rect(rect, corners, self.fill, stroke, StrokeKind::Inside);
    }
}
