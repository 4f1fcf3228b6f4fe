//! Searching the users: by name, path and key id, with the keyboard.

use egui::{Frame, Key, Margin, Ui};

use super::Picker;
use super::parts::row_id;
use crate::core::{OpenAccount, SessionId, UsersMsg};
use crate::domain::{KeyId, NamedUser, User};
use crate::ui::View;
use crate::ui::find::hits::has_path;
use crate::ui::table::{Focus, list_keys};
use crate::ui::widgets::Field;

/// What the matches are found from: the session, the revision of the users, the query, and how many lists of keys have come,
/// which matters only to a search.
pub(super) type MatchKey = (SessionId, u64, String, u64);

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

    /// Arrows, pages, Home and End pick another user; Enter picks what was searched. In the list the focus goes along.
    pub(super) fn arrows(&mut self, ui: &Ui, view: &mut View<'_>, open: &OpenAccount, in_list: bool) {
        let keys = list_keys(ui, if in_list { Focus::List } else { Focus::Field });
        if !keys.moves() && !keys.enter {
            return;
        }
        self.walked |= keys.moves();
        self.steps |= keys.moves();
        let matches = self.matches.value();
        let users = open.users.all();
        let is_picked =
            |at: &usize| users.get(*at).is_some_and(|user| Some(&user.name) == open.selected_user());
        let searched = !in_list && !self.walked && !self.query.trim().is_empty();
        let to = match matches.iter().position(is_picked) {
            _ if searched => self.exact(open).unwrap_or(0),
            Some(at) => keys.target(Some(at), matches.len(), self.page).unwrap_or(at),
            None => 0,
        };
        if let Some(user) = matches.get(to).and_then(|at| users.get(*at)) {
            view.users(UsersMsg::Select(user.name.clone()));
            self.reveal = true;
            if in_list {
                ui.memory_mut(|memory| memory.request_focus(row_id(&user.name)));
            }
        }
    }

    /// The match whose name or key id is what was typed, and not only contains it. Upper and lower case count before others.
    fn exact(&self, open: &OpenAccount) -> Option<usize> {
        let query = self.query.trim();
        let users = open.users.all();
        let find = |is_it: &dyn Fn(&str) -> bool| {
            self.matches.value().iter().filter_map(|at| users.get(*at)).position(|user| {
                let keys = open.keys_of(&user.name).map(|keys| keys.list()).unwrap_or_default();
                is_it(user.name.as_str()) || keys.iter().any(|key| is_it(key.id.as_str()))
            })
        };
        find(&|text| text == query).or_else(|| find(&|text| text.to_lowercase() == query.to_lowercase()))
    }

    pub(super) fn filter(&mut self, open: &OpenAccount) {
        let lists = if self.query.is_empty() { 0 } else { open.keys.ids_revision };
        let key = (open.session, open.users.revision, self.query.clone(), lists);
        self.matches.update(key, |(_, _, query, _)| {
            let (named, ids) = (NamedUser::all_in(query), KeyId::all_in(query));
            let query = query.trim().to_lowercase();
            let users = open.users.all().iter().enumerate();
            let fits = |user: &User| {
                if named.is_empty() && ids.is_empty() {
                    return matches(open, user, &query);
                }
                named.iter().any(|named| named.is(user, &open.account.id))
                    || ids.iter().any(|id| open.keys.owner(id) == Some(&user.name))
            };
            users.filter(|(_, user)| fits(user)).map(|(at, _)| at).collect()
        });
    }
}

fn matches(open: &OpenAccount, user: &User, query: &str) -> bool {
    let has_key = || {
        let keys = open.keys_of(&user.name).map(|keys| keys.list()).unwrap_or_default();
        keys.iter().any(|key| key.id.as_str().to_lowercase().contains(query))
    };
    query.is_empty()
        || user.name.as_str().to_lowercase().contains(query)
        || has_path(user, query)
        || has_key()
}
