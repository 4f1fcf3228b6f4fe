//! The popup with what was found.

use egui::{Frame, Margin, Popup, PopupCloseBehavior, Rect, RectAlign, Response, Ui};

use super::hits::Hit;
use super::{Finder, field_id, row};
use crate::core::{FindMsg, KeyLocation, Msg, OpenAccount};
use crate::domain::spell_out_hidden;
use crate::ui::theme::measures::space;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{SECRET_DROPPED, is_over, prose, surface, was_secret};
use crate::ui::{View, words};

const WIDTH: f32 = 460.0;

impl Finder {
    /// `narrow`: the field is in it, too.
    pub(super) fn popup(
        &mut self,
        anchor: &Response,
        below: Rect,
        ui: &Ui,
        view: &mut View<'_>,
        narrow: bool,
    ) {
        let Some(open) = &view.model.open else { return };
        self.hits.of(view.model, open, &self.query);
        let width = WIDTH.min(ui.ctx().content_rect().width() - 2.0 * space::S6);
        let frame = Frame::popup(ui.style()).inner_margin(Margin::same(4));
        let mut taken = None;
        let mut outside = false;
        // Not closed by egui: a click into the field is outside, too.
        Popup::from_response(anchor)
            .open(true)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .anchor(below)
            .align(RectAlign::BOTTOM_END)
            .gap(space::S2)
            .accessible_name("Search results")
            .frame(frame)
            .width(width)
            .show(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                if narrow {
                    self.field(ui, view, open, width);
                }
                taken = self.list(ui, view, open);
                surface(ui, None);
                outside = ui.input(|input| {
                    input.pointer.any_click() && !is_over(input, ui.min_rect()) && !is_over(input, below)
                });
            });
        if let Some(hit) = taken {
            self.take(ui, view, &hit);
        } else if outside {
            self.end(ui, view, false);
        }
    }

    /// Returns what was clicked.
    fn list(&self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) -> Option<Hit> {
        if was_secret(ui, field_id()) {
            note(ui, SECRET_DROPPED);
        }
        if self.query.trim().is_empty() {
            note(ui, words::FIND_HINT);
        } else if self.hits.all().is_empty() {
            note(ui, &format!("Nothing matches “{}”", spell_out_hidden(self.query.trim())));
        }
        let mut taken = None;
        for (at, hit) in self.hits.all().iter().enumerate() {
            let marked = at == self.marked;
            let response = match hit {
                Hit::Id(key) => {
                    let place = view.model.whereabouts(key);
                    if place == KeyLocation::NotKnown {
                        view.push(Msg::Find(FindMsg::LookUp(key.clone())));
                    }
                    row::id(ui, view, key, &place, marked)
                }
                Hit::User(user) => row::user(ui, open, user, marked),
                Hit::Key(key, user) => row::key(ui, key, user, marked),
                Hit::Command(command) => row::command(ui, view.model, *command, marked),
            };
            if response.clicked() {
                taken = Some(hit.clone());
            }
        }
        taken
    }
}

fn note(ui: &mut Ui, text: &str) {
    Frame::new().inner_margin(Margin { left: 8, right: 8, top: 6, bottom: 6 }).show(ui, |ui| {
        prose(ui, text, Style::Small, ui.tokens().text_secondary);
    });
}
