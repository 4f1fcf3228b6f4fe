//! Icon buttons. Their text is the tooltip and the accessible name.

use egui::{Color32, CornerRadius, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{keep_press, ring, spinner};
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
    copied: Option<u64>,
    busy: bool,
    id: Option<Id>,
}

impl<'a> IconButton<'a> {
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self { icon, name, tip: None, side: height::CONTROL, off: None, copied: None, busy: false, id: None }
    }

    /// For rows.
    pub fn small(mut self) -> Self {
        self.side = height::SMALL;
        self
    }

    /// A tooltip that differs from the accessible name.
    pub fn tip(mut self, tip: &'a str) -> Self {
        self.tip = Some(tip);
        self
    }

    /// Disabled, with the reason; `None` leaves it enabled.
    pub fn off(mut self, reason: Option<String>) -> Self {
        self.off = reason;
        self
    }

    /// Shows a check mark for a moment once the clipboard has accepted the copy. `texts`: how many texts it has accepted so far.
    pub fn copies(mut self, texts: u64) -> Self {
        self.copied = Some(texts);
        self
    }

    /// Spins the icon while the action is in progress.
    pub fn busy(mut self, busy: bool) -> Self {
        self.busy = busy;
        self
    }

    /// The id, for moving the focus here.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    pub fn show(self, ui: &mut Ui) -> Response {
        let enabled = self.off.is_none();
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let (auto, rect) = ui.allocate_space(vec2(self.side, self.side));
        let response = ui.interact(rect, self.id.unwrap_or(auto), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.name));
        keep_press(&response);
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
        let flashing = self.copied.is_some_and(|texts| flash(ui, &response, texts));
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

/// In seconds; a slower clipboard counts as failed (`desk/clipboard/worker.rs`).
const ANSWER_WITHIN: f64 = 3.0;

/// The result of the last press of a copy button.
#[derive(Clone, Copy)]
enum Copied {
    /// Waiting: the number of texts accepted before, and the time of the press. The copy may fail, and the next one be another's.
    Awaited(u64, f64),
    /// The time of success, in seconds since the start.
    Since(f64),
}

/// True for a moment after a successful copy. Requests the frame in which this ends.
fn flash(ui: &Ui, response: &Response, texts: u64) -> bool {
    let now = ui.input(|input| input.time);
    let before = ui.data(|data| data.get_temp::<Copied>(response.id));
    let copied = match before {
        _ if response.clicked() => Some(Copied::Awaited(texts, now)),
        Some(Copied::Awaited(accepted, pressed)) if texts > accepted => {
            Some(Copied::Since(if now - pressed < ANSWER_WITHIN { now } else { pressed }))
        }
        before => before,
    };
    ui.data_mut(|data| copied.map(|copied| data.insert_temp(response.id, copied)));
    let Some(Copied::Since(since)) = copied else { return false };
    let left = since + motion::FLASH - now;
    if left > 0.0 {
        ui.request_repaint_after_secs(left as f32);
    }
    left > 0.0
}
