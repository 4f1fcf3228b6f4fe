//! Searching the users: by name, path and key id, with the keyboard.

use egui::{Frame, Key, Margin, Modifiers, Ui};

use super::Picker;
use super::parts::row_id;
use crate::core::{Open, SessionId, UsersMsg};
use crate::domain::User;
use crate::ui::View;
use crate::ui::widgets::{Field, neighbour};

/// What the filtered list was made from; it is made again only when one of these changes. The last one counts the lists of
/// keys, which matter only to a search.
pub(super) type Made = (SessionId, u64, String, u64);

impl Picker {
    /// Returns whether the keyboard is in the field, or was until Enter.
    pub(super) fn search(&mut self, ui: &mut Ui, view: &mut View<'_>) -> bool {
        let frame = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 10, bottom: 6 });
        let shown = frame.show(ui, |ui| {
            let id = egui::Id::unique("search users");
            // A popup is measured first, in a pass in which nothing can have the focus.
            if !ui.is_sizing_pass() && std::mem::take(&mut self.find) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let response = Field::search(&mut self.query, "Search users").id(id).show(ui);
            view.ui.focus.set_home(id);
            self.walked &= !response.changed();
            // Enter takes the focus away. What else does has taken the keyboard along.
            response.has_focus() || (response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)))
        });
        shown.inner
    }

    /// Up and down pick the neighbour; Enter picks what was searched. In the list the focus goes along.
    pub(super) fn arrows(&mut self, ui: &Ui, view: &mut View<'_>, open: &Open, in_list: bool) {
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

    pub(super) fn filter(&mut self, open: &Open) {
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
