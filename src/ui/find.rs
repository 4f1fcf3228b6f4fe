//! *Find*: users, keys and actions from one field in the account bar.

pub(super) mod hits;
mod paste;
mod popup;
mod row;

use egui::{Align2, CornerRadius, Id, Key, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

use super::View;
use super::commands::Command;
use super::table::{Focus, list_keys};
use super::theme::measures::{height, radius, space, stroke, window};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Field, IconButton, label_at};
use crate::core::{FindMsg, KeyLocation, Msg, OpenAccount};
use hits::{Hit, Hits};

const NAME: &str = "Find user or key";

/// Rows that Page Down goes on by: about as many as are found.
const PAGE: usize = 8;

/// State of the field and its popup.
#[derive(Default)]
pub(super) struct Finder {
    query: String,
    open: bool,
    hits: Hits,
    /// The hit that Enter takes.
    marked: usize,
    /// What had the focus before.
    before: Option<Id>,
    /// Give the field the focus in the next frame.
    grab: bool,
}

/// How wide it is in the account bar.
pub(super) fn width(ui: &Ui) -> f32 {
    match ui.ctx().content_rect().width() {
        window::WIDE_FROM.. => 232.0,
        window::PANELS_FROM.. => 184.0,
        _ => height::CONTROL,
    }
}

fn field_id() -> Id {
    Id::unique("find")
}

impl Finder {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let Some(open) = &view.model.open else {
            *self = Self::default();
            return;
        };
        if view.take(Command::Find) {
            self.begin(ui);
        }
        let width = width(ui);
        let narrow = width == height::CONTROL;
        let anchor = if narrow { self.button(ui, view) } else { self.field(ui, view, open, width) };
        if self.open {
            // The field's frame is wider than its text.
            let frame = if narrow { 0.0 } else { space::S4 };
            let below = anchor.rect.with_max_x(anchor.rect.right() + frame);
            self.popup(&anchor, below, ui, view, narrow);
        }
    }

    fn begin(&mut self, ui: &Ui) {
        if !self.open {
            self.before = ui.memory(|memory| memory.focused());
        }
        self.open = true;
        self.grab = true;
        self.marked = 0;
    }

    /// In a window that has no room for the field: it is in the popup then.
    fn button(&mut self, ui: &mut Ui, view: &mut View<'_>) -> Response {
        let tip = Command::Find.beside(NAME);
        let button = IconButton::new(Icon::Search, "Find").tip(&tip).show(ui);
        if button.clicked() {
            if self.open {
                self.end(ui, view, false);
            } else {
                self.begin(ui);
            }
        }
        button
    }

    fn field(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, width: f32) -> Response {
        let id = field_id();
        if !ui.is_sizing_pass() && std::mem::take(&mut self.grab) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        // Before the field sees it: it might hold the secret, too, and a field remembers.
        if ui.memory(|memory| memory.has_focus(id)) {
            paste::keep_ids_only(ui, id);
        }
        let field =
            Field::search(&mut self.query, NAME).id(id).limit(512).width(width).told_elsewhere().show(ui);
        if self.query.is_empty() && !field.has_focus() {
            key_cap(ui, field.rect);
        }
        if field.gained_focus() && !self.open {
            self.open = true;
            self.marked = 0;
        }
        if field.changed() {
            self.marked = 0;
        }
        if field.has_focus() || field.lost_focus() {
            self.keys(ui, view, open, &field);
        }
        field
    }

    /// Arrows mark a hit, Enter takes it, Esc and Tab leave.
    fn keys(&mut self, ui: &Ui, view: &mut View<'_>, open: &OpenAccount, field: &Response) {
        let keys = list_keys(ui, Focus::Field);
        let esc = ui.input(|input| input.key_pressed(Key::Escape));
        self.hits.of(view.model, open, &self.query);
        let many = self.hits.all().len();
        self.marked = self.marked.min(many.saturating_sub(1));
        self.marked = keys.target(Some(self.marked), many, PAGE).unwrap_or(self.marked);
        let enter = keys.enter || keys.held;
        if let Some(hit) = self.hits.all().get(self.marked).cloned().filter(|_| keys.enter) {
            self.take(ui, view, &hit);
        } else if esc {
            self.end(ui, view, true);
        } else if field.lost_focus() && !enter && !ui.input(|input| input.pointer.any_down()) {
            self.end(ui, view, false);
        } else if enter {
            // Nothing to take: one goes on typing.
            field.request_focus();
        }
    }

    fn take(&mut self, ui: &Ui, view: &mut View<'_>, hit: &Hit) {
        match hit {
            Hit::Id(key) => match view.model.whereabouts(key) {
                KeyLocation::Here(user) => view.push(crate::core::Model::go_to(&user, Some(key))),
                KeyLocation::Failed(_) => {
                    // Asked again; what comes of it is to be seen.
                    view.push(Msg::Find(FindMsg::LookUp(key.clone())));
                    return self.begin(ui);
                }
                // There is nowhere to go.
                KeyLocation::Elsewhere(_)
                | KeyLocation::Temporary(_)
                | KeyLocation::NoUser
                | KeyLocation::NotKnown
                | KeyLocation::Looking => return self.begin(ui),
            },
            Hit::User(user) => view.push(crate::core::Model::go_to(user, None)),
            Hit::Key(key, user) => view.push(crate::core::Model::go_to(user, Some(key))),
            Hit::Command(command) => command.run(view),
        }
        self.end(ui, view, false);
        view.ui.focus.go_elsewhere();
    }

    /// `back`: the keyboard goes on from where it came.
    fn end(&mut self, ui: &Ui, view: &mut View<'_>, back: bool) {
        let before = self.before.take().filter(|_| back);
        *self = Self::default();
        ui.memory_mut(|memory| memory.surrender_focus(field_id()));
        if back {
            view.ui.focus.go_to(before);
        }
    }
}

/// "Ctrl+K", at the right end of the empty field.
fn key_cap(ui: &Ui, field: Rect) {
    let tokens = ui.tokens();
    let text = Command::Find.text();
    let word = ui.painter().layout_no_wrap(text.clone(), Style::Tiny.font(), tokens.text_secondary).size();
    let size = vec2(word.x + 2.0 * space::S2, 18.0);
    let right = field.right() + space::S4 - space::S3;
    let cap = Rect::from_min_size(pos2(right - size.x, field.center().y - size.y / 2.0), size);
    let line = Stroke::new(stroke::HAIR, tokens.border_frame);
    ui.painter().rect(cap, CornerRadius::same(radius::SMALL), tokens.bg_chrome, line, StrokeKind::Inside);
    let at = cap.center();
    label_at(ui, at, Align2::CENTER_CENTER, &text, Style::Tiny, tokens.text_secondary, size.x);
}
