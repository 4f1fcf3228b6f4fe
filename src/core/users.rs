//! The users of the account.

use std::collections::BTreeSet;

use super::{Call, Model, Remote, SessionId, UsersMsg};
use crate::domain::{Cause, Failure, Pages, User, UserName, UserOrder};

/// A page of `ListUsers`, up to 1,000 users.
#[derive(Clone, Debug)]
pub struct UserPage {
    pub users: Vec<User>,
    /// Where the next page begins; `None` after the last one. Empty: there is one, and the server does not say where.
    pub next: Option<String>,
}

/// The users that are known, shown as pages arrive.
#[derive(Default)]
pub struct UserList {
    /// As sorted by [`UserOrder`]. `value` grows while the pages of the first load arrive.
    pub list: Remote<Vec<User>>,
    /// Raised when `list` changes, so that the picker need not search anew in each frame.
    pub revision: u64,
    /// Where each user is in `list`, in the order of their names.
    by_name: Vec<usize>,
    /// The users of the load that is under way, each once, and its pages.
    arriving: Vec<User>,
    pages: Pages,
}

impl UserList {
    /// All users that are known.
    pub fn all(&self) -> &[User] {
        self.list.value.as_deref().unwrap_or_default()
    }

    pub fn get(&self, name: &UserName) -> Option<&User> {
        let all = self.all();
        let name_at = |at: &usize| all.get(*at).map(|user| &user.name);
        let found = self.by_name.binary_search_by(|at| name_at(at).cmp(&Some(name))).ok()?;
        all.get(*self.by_name.get(found)?)
    }

    /// Some of the users were read, and then it failed.
    pub fn is_partial(&self) -> bool {
        self.list.value.is_some() && self.list.as_of.is_none()
    }

    /// Returns how many of them are new. Names that differ in case are those of different users.
    fn add(&mut self, page: Vec<User>) -> usize {
        let mut known: BTreeSet<UserName> = self.arriving.iter().map(|user| user.name.clone()).collect();
        let before = self.arriving.len();
        self.arriving.extend(page.into_iter().filter(|user| known.insert(user.name.clone())));
        self.arriving.len() - before
    }

    fn sort(&mut self, order: UserOrder) {
        if let Some(users) = &mut self.list.value {
            sort(users, order);
        }
        self.list_changed();
    }

    fn list_changed(&mut self) {
        self.revision += 1;
        let users = self.list.value.as_deref().unwrap_or_default();
        self.by_name = (0..users.len()).collect();
        self.by_name.sort_by_key(|at| users.get(*at).map(|user| &user.name));
    }
}

fn sort(users: &mut [User], order: UserOrder) {
    let by_name = |user: &User| (user.name.as_str().to_lowercase(), user.name.clone());
    match order {
        UserOrder::Name => users.sort_by_cached_key(by_name),
        UserOrder::OldestFirst => users.sort_by_cached_key(|user| (user.created, by_name(user))),
        UserOrder::NewestFirst => {
            users.sort_by_cached_key(|user| (std::cmp::Reverse(user.created), by_name(user)));
        }
    }
}

impl Model {
    pub(super) fn update_users(&mut self, msg: UsersMsg) {
        match msg {
            UsersMsg::Select(user) => self.select_user(user),
            UsersMsg::SelectionSettled { session, pick } => self.selection_settled(session, pick),
            UsersMsg::Sort(order) => {
                self.settings.user_order = order;
                if let Some(open) = &mut self.open {
                    open.users.sort(order);
                }
                self.save();
            }
            UsersMsg::InView(users) => self.sweep_in_view(users),
        }
    }

    pub(super) fn list_users(&mut self) {
        let load = self.run.next_number();
        let Some(open) = &mut self.open else { return };
        open.users.list.start(load);
        open.users.arriving.clear();
        open.users.pages = Pages::default();
        let session = open.session;
        self.call(session, Call::ListUsers { load, marker: None });
    }

    pub(super) fn take_page(&mut self, session: SessionId, load: u64, answer: Result<UserPage, Failure>) {
        let (now, order) = (self.now, self.settings.user_order);
        let Some(open) = self.open_as(session) else { return };
        let users = &mut open.users;
        if !users.list.awaits(load) {
            return;
        }
        let page = match answer {
            Ok(page) => page,
            Err(failure) => {
                users.list.finish(load, Err(failure.clone()), now);
                self.note_not_read(session, None, failure);
                return;
            }
        };
        let news = users.add(page.users);
        let next = users.pages.next(page.next, news);
        // The first load is shown page by page; a refresh replaces the list when it is whole.
        // Another try does not take away what the first one has read already.
        let is_first = users.list.as_of.is_none() && users.arriving.len() >= users.all().len();
        if next != Ok(None) && is_first {
            users.list.value = Some(users.arriving.clone());
            users.sort(order);
        }
        let next = match next {
            Ok(next) => next,
            Err(fault) => {
                let failure = Failure::new("iam:ListUsers", Cause::Paging(fault));
                users.list.finish(load, Err(failure.clone()), now);
                self.note_not_read(session, None, failure);
                return;
            }
        };
        if let Some(marker) = next {
            self.call(session, Call::ListUsers { load, marker: Some(marker) });
            return;
        }
        let first = users.list.as_of.is_none();
        let mut all = std::mem::take(&mut users.arriving);
        sort(&mut all, order);
        users.list.finish(load, Ok(all), now);
        users.list_changed();
        self.keep_selection(first);
        self.users_listed();
    }
}
