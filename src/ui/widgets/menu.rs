//! Menus.

use egui::{
    Align2, Color32, CornerRadius, Frame, Id, Key, Modifiers, Popup, PopupCloseBehavior, Pos2, Rect,
    Response, Role, ScrollArea, Sense, SetOpenCommand, Ui, WidgetInfo, pos2, vec2,
};

use super::{keep_press, keys_of, label_at, name_of, surface};
use crate::ui::table::is_free;
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Icon, Style, Themed as _};

/// A menu that opens below `button`.
pub fn menu(button: &Response, width: f32, content: impl FnOnce(&mut Ui)) {
    // The menu has the name of its button.
    show(Popup::menu(button), name_of(&button.ctx, button.id), width, content);
}

fn show(popup: Popup<'_>, name: Option<String>, width: f32, content: impl FnOnce(&mut Ui)) {
    let frame = Frame::popup(&popup.ctx().global_style()).inner_margin(space::S2);
    popup.frame(frame).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        // Scrolls in a window that is too low.
        let room = ui.ctx().content_rect().height() - 2.0 * space::S4;
        ScrollArea::vertical().max_height(room).show(ui, content);
        surface(ui, name);
    });
}

/// The menu of a row: at the pointer after a right click, or below the start of the row after the Menu key or Shift+F10.
#[must_use = "call show"]
pub struct RowMenu<'a> {
    pub row: &'a Response,
    /// Identifies the menu, independent of the row's position.
    pub id: Id,
    /// The accessible name.
    pub name: &'a str,
    /// Whether the row handles the keyboard.
    pub marked: bool,
}

impl RowMenu<'_> {
    /// Returns true in the frame in which it opens.
    pub fn show(self, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
        let ctx = &self.row.ctx;
        let id = self.id.with("row menu");
        let by_key = self.marked && menu_key(self.row);
        let by_pointer = self.row.container_secondary_clicked();
        let opens = by_key || by_pointer;
        if opens {
            let pointer = ctx.pointer_interact_pos().filter(|_| by_pointer);
            let at = pointer.unwrap_or_else(|| self.row.rect.left_bottom() + vec2(space::S6, 0.0));
            ctx.data_mut(|data| data.insert_temp(id, Opened { at, by_key }));
        }
        let Opened { at, by_key } = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
        let popup = Popup::menu(self.row).id(id).at_position(at);
        let popup = popup.open_memory(opens.then_some(SetOpenCommand::Bool(true)));
        show(popup, Some(self.name.to_owned()), width, |ui| {
            content(ui);
            // A menu is measured first, in a pass in which nothing can have the focus.
            if by_key && !ui.is_sizing_pass() {
                focus_first(ui);
                ui.data_mut(|data| data.insert_temp(id, Opened { at, by_key: false }));
            }
        });
        opens
    }
}

/// True if nothing else handles the keyboard: no menu, dialog or text field.
fn menu_key(row: &Response) -> bool {
    let ctx = &row.ctx;
    if !is_free(ctx) {
        return false;
    }
    ctx.input_mut(|input| {
        input.consume_key(Modifiers::NONE, Key::Menu) || input.consume_key(Modifiers::SHIFT, Key::F10)
    })
}

/// Where a menu has opened, and whether its first line is still to have the focus.
#[derive(Clone, Copy, Default)]
struct Opened {
    at: Pos2,
    by_key: bool,
}

/// The first line that can be pressed has the focus.
fn focus_first(ui: &Ui) {
    let first = ui.ctx().viewport(|viewport| {
        let mut lines = viewport.this_pass.widgets.get_layer(ui.layer_id());
        lines.find(|line| line.sense.contains(Sense::FOCUSABLE)).map(|line| line.id)
    });
    if let Some(line) = first {
        ui.memory_mut(|memory| memory.request_focus(line));
    }
}

/// One line of a menu.
#[must_use = "call show"]
pub struct MenuItem<'a> {
    text: &'a str,
    name: Option<String>,
    icon: Option<Icon>,
    shortcut: String,
    off: Option<String>,
}

impl<'a> MenuItem<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, name: None, icon: None, shortcut: String::new(), off: None }
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Shows a check mark if the item is on.
    pub fn checked(mut self, on: bool) -> Self {
        self.icon = on.then_some(Icon::Check);
        self
    }

    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    pub fn shortcut(mut self, shortcut: impl Into<String>) -> Self {
        self.shortcut = shortcut.into();
        self
    }

    pub fn off(mut self, reason: Option<String>) -> Self {
        self.off = reason;
        self
    }

    /// Closes the menu when pressed.
    pub fn show(self, ui: &mut Ui) -> bool {
        let enabled = self.off.is_none();
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::CONTROL), sense);
        let name = self.name.as_deref().unwrap_or(self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, enabled, name));
        keep_press(&response);
        keys_of(&response, &self.shortcut);
        let tokens = ui.tokens();
        let color = if enabled { tokens.text_primary } else { tokens.text_disabled };
        let lit = enabled && (response.hovered() || response.has_focus());
        let fill = if lit { tokens.bg_pressed } else { Color32::TRANSPARENT };
        ui.painter().rect_filled(rect, CornerRadius::same(radius::ITEM), fill);
        let middle = rect.center().y;
        if let Some(icon) = self.icon {
            let at = pos2(rect.left() + space::S4 + size::BUTTON / 2.0, middle);
            icon.paint(ui, Rect::from_center_size(at, vec2(size::BUTTON, size::BUTTON)), color);
        }
        let at = pos2(rect.left() + space::S4 + size::BUTTON + space::S4, middle);
        let end = pos2(rect.right() - space::S4, middle);
        let (style, quiet) = (Style::Small, tokens.text_secondary);
        let shortcut = label_at(ui, end, Align2::RIGHT_CENTER, &self.shortcut, style, quiet, rect.width());
        let room = shortcut.left() - space::S4 - at.x;
        label_at(ui, at, Align2::LEFT_CENTER, self.text, Style::Body, color, room);
        let pressed = response.clicked();
        if pressed {
            ui.close();
        }
        if let Some(reason) = self.off {
            response.on_hover_text(reason);
        }
        pressed
    }
}
