//! All users: search, sort, pick.

mod parts;
mod popup;

use egui::{Frame, Key, Margin, Modifiers, Panel, Rect, ScrollArea, Stroke, Ui, vec2};

use super::View;
use super::theme::Themed as _;
use super::theme::measures::{height, stroke};
use super::widgets::{Field, neighbour};
use crate::core::{Open, SessionId, UsersMsg};
use crate::domain::{User, UserName};
use parts::{empty, footer, heading, loading, row, row_id};

/// What the filtered list was made from; it is made again only when one of these changes. The last one counts the lists of
/// keys, which matter only to a search.
type Made = (SessionId, u64, String, u64);

/// A narrower window has a button instead of the panel.
const PANEL_FROM: f32 = 900.0;
/// What the key table needs without its descriptions, and the page around it.
const TABLE_AND_PADDING: f32 = 604.0 + 156.0 + 2.0 + 32.0;

#[derive(Default)]
pub(super) struct Picker {
    query: String,
    /// All of this belongs to one sign-in.
    session: Option<SessionId>,
    made: Option<Made>,
    /// An arrow was used since the query was changed: Enter means the user that it led to.
    walked: bool,
    /// Positions in the user list.
    matches: Vec<usize>,
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
        let window = ui.ctx().content_rect().width();
        if window < PANEL_FROM {
            return;
        }
        self.open = false;
        let wide = window >= 1100.0;
        // Two panels: one that gave way in a narrow window comes back as wide as it was.
        let (name, default) = if wide { ("users", 264.0) } else { ("users, narrow", 220.0) };
        self.reveal |= self.wide != wide;
        self.wide = wide;
        let frame = Frame::new().fill(ui.tokens().bg_chrome).inner_margin(Margin::ZERO);
        // Never so wide that the key table loses a column for it.
        let most = (window - TABLE_AND_PADDING).clamp(220.0, 360.0);
        let shown = Panel::left(name)
            .resizable(true)
            .default_size(default)
            .size_range(200.0..=most)
            .frame(frame)
            .show(ui, |ui| self.show(ui, view));
        edge(ui, shown.response.rect);
    }

    /// Ctrl+F, before the search field is drawn: what is typed in the same frame belongs to it already.
    fn find_key(&mut self, ui: &Ui) {
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
            self.find = true;
        }
    }

    fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let Some(open) = &view.model.open else { return };
        self.begin(open.session);
        ui.spacing_mut().item_spacing.y = 0.0;
        let typing = self.search(ui);
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
        footer(ui, view, open, self.matches.len());
    }

    /// What was searched and seen in another account is not carried over.
    fn begin(&mut self, session: SessionId) {
        if self.session != Some(session) {
            let (wide, open, find) = (self.wide, self.open, self.find);
            *self = Self { session: Some(session), wide, open, find, ..Self::default() };
        }
    }

    /// Returns whether the keyboard is in the field, or was until Enter.
    fn search(&mut self, ui: &mut Ui) -> bool {
        let frame = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 10, bottom: 6 });
        let shown = frame.show(ui, |ui| {
            let id = egui::Id::unique("search users");
            // A popup is measured first, in a pass in which nothing can have the focus.
            if !ui.is_sizing_pass() && std::mem::take(&mut self.find) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let response = Field::search(&mut self.query, "Search users").id(id).show(ui);
            self.walked &= !response.changed();
            // Enter takes the focus away. What else does has taken the keyboard along.
            response.has_focus() || (response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)))
        });
        shown.inner
    }

    /// Up and down pick the neighbour; Enter picks what was searched. In the list the focus goes along.
    fn arrows(&mut self, ui: &Ui, view: &mut View<'_>, open: &Open, in_list: bool) {
        let (step, enter) = ui.input_mut(|input| {
            let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key).cast_signed();
            (presses(Key::ArrowDown) - presses(Key::ArrowUp), presses(Key::Enter) > 0)
        });
        if step == 0 && !enter {
            return;
        }
        self.walked |= step != 0;
        let users = open.users.all();
        let is_picked =
            |at: &usize| users.get(*at).is_some_and(|user| Some(&user.name) == open.picked.as_ref());
        let searched = !in_list && !self.walked && !self.query.trim().is_empty();
        let to = match self.matches.iter().position(is_picked) {
            _ if searched => self.exact(open).unwrap_or(0),
            Some(at) => neighbour(at, step, self.matches.len()),
            None => 0,
        };
        if let Some(user) = self.matches.get(to).and_then(|at| users.get(*at)) {
            view.users(UsersMsg::Pick(user.name.clone()));
            self.reveal = true;
            if in_list {
                ui.memory_mut(|memory| memory.request_focus(row_id(&user.name)));
            }
        }
    }

    /// The match whose name or key id is what was typed, and not only contains it.
    fn exact(&self, open: &Open) -> Option<usize> {
        let query = self.query.trim().to_lowercase();
        let is_it = |text: &str| text.to_lowercase() == query;
        let users = open.users.all();
        self.matches.iter().filter_map(|at| users.get(*at)).position(|user| {
            let keys = open.keys_of(&user.name).map(|keys| keys.list()).unwrap_or_default();
            is_it(user.name.as_str()) || keys.iter().any(|key| is_it(key.id.as_str()))
        })
    }

    fn filter(&mut self, open: &Open) {
        let lists = if self.query.is_empty() { 0 } else { open.lists };
        let made = (open.session, open.users.revision, self.query.clone(), lists);
        if self.made.as_ref() == Some(&made) {
            return;
        }
        let query = self.query.trim().to_lowercase();
        let users = open.users.all().iter().enumerate();
        self.matches = users.filter(|(_, user)| matches(open, user, &query)).map(|(at, _)| at).collect();
        // A new account, or a new query, is looked at from the picked user.
        if self.made.as_ref().is_none_or(|old| old.0 != made.0) {
            self.reveal = true;
        }
        self.made = Some(made);
    }

    fn list(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open) {
        if open.users.list.is_first_load() {
            return loading(ui);
        }
        if open.users.list.value.is_none() {
            return;
        }
        if self.matches.is_empty() {
            return empty(ui, &self.query, &open.users);
        }
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
        let shown = area.show_rows(ui, height::CONTROL, self.matches.len(), |ui, range| {
            let rows: Vec<&User> =
                self.matches.get(range).unwrap_or_default().iter().filter_map(|at| users.get(*at)).collect();
            let picked = rows.iter().position(|user| Some(&user.name) == open.picked.as_ref()).unwrap_or(0);
            for (at, user) in rows.into_iter().enumerate() {
                in_view.push(user.name.clone());
                focused |= row(ui, view, open, user, at == picked).has_focus();
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
    fn offset_of_picked(&self, height: f32, open: &Open) -> Option<f32> {
        let users = open.users.all();
        let is_picked =
            |at: &usize| users.get(*at).is_some_and(|user| Some(&user.name) == open.picked.as_ref());
        let row = height::CONTROL;
        let top = self.matches.iter().position(is_picked)? as f32 * row;
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

fn matches(open: &Open, user: &User, query: &str) -> bool {
    let has_key = || {
        let keys = open.keys_of(&user.name).map(|keys| keys.list()).unwrap_or_default();
        keys.iter().any(|key| key.id.as_str().to_lowercase().contains(query))
    };
    query.is_empty()
        || user.name.as_str().to_lowercase().contains(query)
        || user.path.to_lowercase().contains(query)
        || has_key()
}
