//! All users: search, sort, pick.

mod parts;
mod popup;
mod search;

use egui::{Frame, Margin, Panel, Rect, ScrollArea, Stroke, Ui, vec2};

use super::commands::Command;
use super::table::{self, Cached};
use super::theme::Themed as _;
use super::theme::measures::{height, space, stroke, window};
use super::{View, key_table};
use crate::core::{OpenAccount, SessionId, UsersMsg};
use crate::domain::{User, UserName};
use parts::{empty, footer, heading, loading, row};
use search::MatchKey;

#[derive(Default)]
pub(super) struct Picker {
    query: String,
    /// All of this belongs to one sign-in.
    session: Option<SessionId>,
    /// Positions in the user list.
    matches: Cached<MatchKey, Vec<usize>>,
    /// An arrow was used since the query was changed: Enter means the user that it led to.
    walked: bool,
    /// An arrow was used in this frame.
    steps: bool,
    /// Rows that are in view at once.
    page: usize,
    in_view: Vec<UserName>,
    /// How far the list is scrolled, in points.
    offset: f32,
    /// Scroll to the picked user in the next frame.
    reveal: bool,
    /// Give the search field the focus in the next frame.
    find: bool,
    /// The panel is that of a wide window.
    wide: bool,
    /// The popup is open, in a window that is too narrow for the panel.
    open: bool,
}

impl Picker {
    /// At the left of the page, or a popup of the button in the tab bar where there is no room.
    pub(super) fn panel(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let width = ui.ctx().content_rect().width();
        if width < window::PANELS_FROM {
            return;
        }
        self.open = false;
        let wide = width >= window::WIDE_FROM;
        // Two panels: one that gave way in a narrow window comes back as wide as it was.
        let (name, default) = if wide { ("users", 264.0) } else { ("users, narrow", 220.0) };
        self.reveal |= self.wide != wide;
        self.wide = wide;
        let frame = Frame::new().fill(ui.tokens().bg_chrome).inner_margin(Margin::ZERO);
        // Never so wide that the key table loses a column for it.
        let most = (width - key_table::default_width() - 2.0 * space::S6).clamp(220.0, 360.0);
        let shown = Panel::left(name)
            .resizable(true)
            .default_size(default)
            .size_range(200.0..=most)
            .frame(frame)
            .show(ui, |ui| self.show(ui, view));
        edge(ui, shown.response.rect);
    }

    /// Ctrl+F, before the search field is drawn: what is typed in the same frame belongs to it already.
    fn find_key(&mut self, view: &mut View<'_>) {
        if view.take(Command::SearchUsers) {
            self.find = true;
        }
    }

    fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let Some(open) = &view.model.open else { return };
        table::ignore_held_keys(ui);
        self.begin(open.session);
        ui.spacing_mut().item_spacing.y = 0.0;
        let typing = self.search(ui, view);
        self.filter(open);
        if typing {
            self.arrows(ui, view, open, false);
        }
        heading(ui, view, open);
        let list_height = ui.available_height() - 32.0;
        let area = vec2(ui.available_width(), list_height.max(0.0));
        ui.allocate_ui(area, |ui| {
            ui.set_min_size(area);
            self.list(ui, view, open);
        });
        footer(ui, view, open, self.matches.value().len());
    }

    /// What was searched and seen in another account is not carried over.
    fn begin(&mut self, session: SessionId) {
        if self.session != Some(session) {
            let (wide, open, find) = (self.wide, self.open, self.find);
            *self = Self { session: Some(session), wide, open, find, reveal: true, ..Self::default() };
        }
    }

    fn list(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
        if open.users.list.is_first_load() {
            return loading(ui);
        }
        if open.users.list.value.is_none() {
            return;
        }
        if self.matches.value().is_empty() {
            return empty(ui, &self.query, &open.users);
        }
        self.page = (ui.available_height() / height::CONTROL) as usize;
        let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("user list");
        if self.reveal {
            self.reveal = false;
            if let Some(offset) = self.offset_of_picked(ui.available_height(), open) {
                area = area.vertical_scroll_offset(offset);
            }
        }
        let users = open.users.all();
        let mut in_view = Vec::new();
        let mut focused = false;
        let matches = self.matches.value();
        let shown = area.show_rows(ui, height::CONTROL, matches.len(), |ui, range| {
            let rows = matches.get(range).unwrap_or_default().iter();
            let rows: Vec<&User> = rows.filter_map(|at| users.get(*at)).collect();
            let selected_user =
                rows.iter().position(|user| Some(&user.name) == open.selected_user()).unwrap_or(0);
            for (at, user) in rows.into_iter().enumerate() {
                in_view.push(user.name.clone());
                focused |= row(ui, view, open, user, at == selected_user).has_focus();
            }
        });
        self.offset = shown.state.clamped_offset().y;
        if focused {
            self.arrows(ui, view, open, true);
        }
        if in_view != self.in_view {
            self.in_view.clone_from(&in_view);
            view.users(UsersMsg::InView(in_view));
        }
    }

    /// Where to scroll so that the picked user is in view: not at all, by a row, or with it in the middle.
    fn offset_of_picked(&self, height: f32, open: &OpenAccount) -> Option<f32> {
        let users = open.users.all();
        let is_picked =
            |at: &usize| users.get(*at).is_some_and(|user| Some(&user.name) == open.selected_user());
        let row = height::CONTROL;
        let top = self.matches.value().iter().position(is_picked)? as f32 * row;
        let least = top + row - height;
        if (least..=top).contains(&self.offset) {
            return None;
        }
        if top < self.offset && top + row >= self.offset {
            return Some(top);
        }
        if self.offset < least && self.offset + row >= least {
            return Some(least);
        }
        Some((top - height / 2.0).max(0.0))
    }
}

/// The edge that resizes the panel can have the focus, too.
fn edge(ui: &Ui, panel: Rect) {
    let focused = ui.memory(|memory| memory.focused()).and_then(|id| ui.ctx().read_response(id));
    let on_edge = |rect: Rect| rect.width() < 16.0 && rect.contains(panel.right_center());
    if focused.is_some_and(|focused| on_edge(focused.rect)) {
        let line = Stroke::new(stroke::RING, ui.tokens().focus_ring);
        ui.ctx().layer_painter(ui.layer_id()).vline(panel.right(), panel.y_range(), line);
    }
}
