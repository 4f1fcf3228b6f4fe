//! The users of the account.

use std::collections::{BTreeSet, VecDeque};

use super::{Call, Model, OpenAccount, Remote, SessionId, UsersMsg};
use crate::domain::{Failure, User, UserName, UserOrder};

/// Lists of keys that are asked for at once while those of the visible users are counted.
const COUNTING_AT_ONCE: usize = 4;

/// A page of `ListUsers`, up to 1,000 users.
#[derive(Clone, Debug)]
pub struct UserPage {
    pub users: Vec<User>,
    /// Where the next page begins; `None` after the last one.
    pub next: Option<String>,
}

/// The users that are known, shown as pages arrive.
#[derive(Default)]
pub struct UserList {
    /// As sorted by [`UserOrder`]. `value` grows while the pages of the first load arrive.
    pub list: Remote<Vec<User>>,
    /// Raised when `list` changes, so that the picker need not search anew in each frame.
    pub revision: u64,
    /// The pages of the load that is under way.
    arriving: Vec<User>,
    /// The users whose rows are on screen.
    in_view: Vec<UserName>,
    /// Users whose keys are to be counted, and those whose count is under way.
    pub(super) to_count: VecDeque<UserName>,
    pub(super) counting: BTreeSet<UserName>,
}

impl UserList {
    /// All users that are known.
    pub fn all(&self) -> &[User] {
        self.list.value.as_deref().unwrap_or_default()
    }

    pub fn get(&self, name: &UserName) -> Option<&User> {
        self.all().iter().find(|user| user.name == *name)
    }

    /// Some of the users were read, and then it failed.
    pub fn is_partial(&self) -> bool {
        self.list.value.is_some() && self.list.as_of.is_none()
    }

    fn sort(&mut self, order: UserOrder) {
        if let Some(users) = &mut self.list.value {
            sort(users, order);
        }
        self.revision += 1;
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
            UsersMsg::InView(users) => self.count_in_view(users),
        }
    }

    pub(super) fn list_users(&mut self) {
        let load = self.run.next_number();
        let Some(open) = &mut self.open else { return };
        open.users.list.start(load);
        open.users.arriving.clear();
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
        users.arriving.extend(page.users);
        if let Some(marker) = page.next {
            // The first load is shown page by page; a refresh replaces the list when it is whole.
            // Another try does not take away what the first one has read already.
            if users.list.as_of.is_none() && users.arriving.len() >= users.all().len() {
                users.list.value = Some(users.arriving.clone());
                users.sort(order);
            }
            self.call(session, Call::ListUsers { load, marker: Some(marker) });
            return;
        }
        let first = users.list.as_of.is_none();
        let mut all = std::mem::take(&mut users.arriving);
        sort(&mut all, order);
        users.list.finish(load, Ok(all), now);
        users.revision += 1;
        self.keep_selection(first);
    }

    fn count_in_view(&mut self, users: Vec<UserName>) {
        let Some(open) = &mut self.open else { return };
        // Rows that have left the view are not worth a call any more.
        open.users.to_count = users.iter().filter(|user| is_uncounted(open, user)).cloned().collect();
        open.users.in_view = users;
        self.count_next();
    }

    /// Counts grow old, and what was refused may be allowed by now.
    pub(super) fn count_again(&mut self) {
        let Some(open) = &mut self.open else { return };
        open.users.to_count = open.users.in_view.iter().cloned().collect();
        self.count_next();
    }

    /// Asks for the next few lists, so that each answer makes room for one more.
    pub(super) fn count_next(&mut self) {
        loop {
            let load = self.run.next_number();
            let Some(open) = &mut self.open else {
                return;
            };
            if open.users.counting.len() >= COUNTING_AT_ONCE {
                return;
            }
            let Some(user) = open.users.to_count.pop_front() else {
                return;
            };
            let loads = open.keys_of(&user).is_some_and(|keys| keys.list.is_loading());
            if loads || !open.users.counting.insert(user.clone()) {
                continue;
            }
            open.keys.start_list(&user, load);
            let session = open.session;
            self.call(session, Call::ListKeys { user, load, paced: true });
        }
    }
}

/// Not known, not under way, and not refused for good.
fn is_uncounted(open: &OpenAccount, user: &UserName) -> bool {
    open.keys_of(user).is_none_or(|keys| {
        let lasting = keys.list.failure().is_some_and(|(failure, _)| !failure.may_pass());
        keys.list.value.is_none() && !keys.list.is_loading() && !lasting
    })
}
