//! The picker as a popup, in a window that is too narrow for the panel.

use egui::{Frame, Margin, Popup, PopupCloseBehavior, Response, Ui};

use super::Picker;
use crate::core::{Msg, UsersMsg};
use crate::ui::View;
use crate::ui::theme::measures::window;
use crate::ui::theme::{Icon, Themed as _};
use crate::ui::widgets::{Button, is_over, surface};

const POPUP_WIDTH: f32 = 280.0;

impl Picker {
    /// Opens the popup, in a window that is too narrow for the panel.
    pub(in crate::ui) fn button(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        self.find_key(view);
        if ui.ctx().content_rect().width() >= window::PANELS_FROM {
            return;
        }
        self.open |= self.find;
        let button = Button::secondary("Users").icon(Icon::UserRound).show(ui);
        view.ui.focus.set_home(button.id);
        if button.clicked() {
            self.open = !self.open;
            self.find = self.open;
        }
        let (was_open, before) = (self.open, view.out.len());
        let open = self.popup(&button, ui, view);
        let picks = view.out.iter().skip(before).any(|msg| matches!(msg, Msg::Users(UsersMsg::Select(_))));
        // Arrows pick too, and go on.
        let walks = std::mem::take(&mut self.steps);
        let in_menu = Popup::is_any_open(ui.ctx());
        self.open = open && (walks || in_menu || !picks);
        if was_open && !self.open {
            self.closed(&button);
        }
    }

    /// Returns whether it is still open.
    fn popup(&mut self, button: &Response, ui: &Ui, view: &mut View<'_>) -> bool {
        let tall = (ui.ctx().content_rect().height() - 140.0).clamp(200.0, 480.0);
        let frame = Frame::popup(ui.style()).fill(ui.tokens().bg_chrome).inner_margin(Margin::ZERO);
        let mut open = self.open;
        // Not closed by egui: a click in the menu of the footer is outside too.
        Popup::from_response(button)
            .open_bool(&mut open)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .accessible_name("Users of the account")
            .frame(frame)
            .width(POPUP_WIDTH)
            .show(|ui| {
                ui.set_width(POPUP_WIDTH);
                ui.set_height(tall);
                self.show(ui, view);
                surface(ui, None);
                let outside = ui.input(|input| input.pointer.any_click() && !is_over(input, ui.min_rect()));
                if outside && !button.clicked() && !Popup::is_any_open(ui.ctx()) {
                    ui.close();
                }
            });
        open
    }

    /// The keyboard goes on from where it came.
    fn closed(&mut self, button: &Response) {
        self.query.clear();
        if !button.ctx.input(|input| input.pointer.any_click()) {
            button.request_focus();
        }
    }
}
