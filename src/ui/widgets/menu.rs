//! Menus.

use egui::{
    Align2, Color32, CornerRadius, Frame, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use super::{label_at, name_of, surface};
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Icon, Style, Themed as _};

/// The menu that opens below `button`.
pub fn menu(button: &Response, width: f32, content: impl FnOnce(&mut Ui)) {
    let popup = Popup::menu(button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let frame = Frame::popup(&button.ctx.global_style()).inner_margin(space::S2);
    // A menu is called as the button that opens it.
    let name = name_of(&button.ctx, button.id);
    popup.frame(frame).show(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        content(ui);
        surface(ui, name);
    });
}

/// What the lines below it are about.
pub fn menu_title(ui: &mut Ui, text: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::SMALL), Sense::hover());
    let at = pos2(rect.left() + space::S4, rect.center().y);
    label_at(ui, at, Align2::LEFT_CENTER, text, Style::Small, ui.tokens().text_secondary, rect.width());
}

/// One line of a menu.
#[must_use = "call show"]
pub struct MenuItem<'a> {
    text: &'a str,
    name: Option<String>,
    icon: Option<Icon>,
    shortcut: &'a str,
    off: Option<String>,
}

impl<'a> MenuItem<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, name: None, icon: None, shortcut: "", off: None }
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A check mark before what is on.
    pub fn checked(mut self, on: bool) -> Self {
        self.icon = on.then_some(Icon::Check);
        self
    }

    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    pub fn shortcut(mut self, shortcut: &'a str) -> Self {
        self.shortcut = shortcut;
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
        label_at(ui, at, Align2::LEFT_CENTER, self.text, Style::Body, color, rect.right() - at.x);
        let at = pos2(rect.right() - space::S4, middle);
        let shortcut_color = tokens.text_secondary;
        label_at(ui, at, Align2::RIGHT_CENTER, self.shortcut, Style::Small, shortcut_color, rect.width());
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
