//! Buttons that are an icon; their word is the tooltip and the accessible name.

use egui::{Color32, CornerRadius, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{note_press, ring, spinner};
use crate::ui::theme::measures::{height, motion, radius};
use crate::ui::theme::{Icon, Themed as _, icons::size};

/// An icon button, 28 points in bars and 24 in rows.
#[must_use = "call show"]
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    tip: Option<&'a str>,
    side: f32,
    off: Option<String>,
    flashes: bool,
    busy: bool,
    id: Option<Id>,
}

impl<'a> IconButton<'a> {
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self {
            icon,
            name,
            tip: None,
            side: height::CONTROL,
            off: None,
            flashes: false,
            busy: false,
            id: None,
        }
    }

    /// For rows.
    pub fn small(mut self) -> Self {
        self.side = height::SMALL;
        self
    }

    /// Shown on hover instead of the accessible name.
    pub fn tip(mut self, tip: &'a str) -> Self {
        self.tip = Some(tip);
        self
    }

    /// Off, with the reason; `None` leaves it on.
    pub fn off(mut self, reason: Option<String>) -> Self {
        self.off = reason;
        self
    }

    /// Shows a check mark for a moment after a press: something was copied.
    pub fn flashes(mut self) -> Self {
        self.flashes = true;
        self
    }

    /// The icon turns: what it asks for is under way.
    pub fn busy(mut self, busy: bool) -> Self {
        self.busy = busy;
        self
    }

    /// By which it can be given the focus.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    pub fn show(self, ui: &mut Ui) -> Response {
        let enabled = self.off.is_none();
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let (auto, rect) = ui.allocate_space(vec2(self.side, self.side));
        let response = ui.interact(rect, self.id.unwrap_or(auto), sense);
        note_press(&response);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.name));
        let tokens = ui.tokens();
        let (fill, color) = if !enabled {
            (Color32::TRANSPARENT, tokens.text_disabled)
        } else if response.is_pointer_button_down_on() {
            (tokens.bg_pressed, tokens.text_primary)
        } else if response.hovered() {
            (tokens.bg_hover, tokens.text_primary)
        } else {
            (Color32::TRANSPARENT, tokens.text_secondary)
        };
        ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
        let flashing = self.flashes && flash(ui, &response);
        let icon_side = if self.side < height::CONTROL { size::ROW } else { size::BAR };
        let icon_rect = Rect::from_center_size(rect.center(), vec2(icon_side, icon_side));
        if flashing {
            Icon::Check.paint(ui, icon_rect, tokens.success_text);
        } else if self.busy {
            spinner(ui, icon_rect, color, true);
        } else {
            self.icon.paint(ui, icon_rect, color);
        }
        if response.has_focus() {
            ring(ui, rect.shrink(2.0), radius::CONTROL);
        }
        let tip = self.off.unwrap_or_else(|| self.tip.unwrap_or(self.name).to_owned());
        response.on_hover_text(tip)
    }
}

/// True for a moment after the press; asks for the frame in which it ends.
fn flash(ui: &Ui, response: &Response) -> bool {
    let now = ui.input(|input| input.time);
    if response.clicked() {
        ui.data_mut(|data| data.insert_temp(response.id, now));
    }
    let Some(since) = ui.data(|data| data.get_temp::<f64>(response.id)) else {
        return false;
    };
    let left = since + motion::FLASH - now;
    if left > 0.0 {
        ui.request_repaint_after_secs(left as f32);
    }
    left > 0.0
}
