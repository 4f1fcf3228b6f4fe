//! What fits what was typed: pasted key ids, users, keys that are known, and commands.

use crate::core::{Model, OpenAccount, SessionId};
use crate::domain::{KeyId, NamedUser, User, UserName};
use crate::ui::commands::Command;

/// More than these are found by typing one letter more.
const USERS: usize = 7;
const KEYS: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hit {
    /// A whole id, wherever its key may be.
    Id(KeyId),
    User(UserName),
    /// A key of a list, by a part of its id.
    Key(KeyId, UserName),
    Command(Command),
}

/// What the hits were made from; they are made again only when one of these changes.
type Made = (SessionId, u64, u64, String, Vec<Command>);

#[derive(Default)]
pub(super) struct Hits {
    made: Option<Made>,
    all: Vec<Hit>,
}

impl Hits {
    pub(super) fn all(&self) -> &[Hit] {
        &self.all
    }

    pub(super) fn of(&mut self, model: &Model, open: &OpenAccount, query: &str) {
        let commands: Vec<Command> = Command::offered(model).collect();
        let made = (open.session, open.users.revision, open.keys.ids_revision, query.to_owned(), commands);
        if self.made.as_ref() == Some(&made) {
            return;
        }
        let (_, _, _, _, commands) = self.made.insert(made);
        let ids = KeyId::all_in(query);
        let named = NamedUser::all_in(query);
        self.all = if !named.is_empty() {
            let users = open.users.all().iter();
            let is_named = |user: &&User| named.iter().any(|named| named.is(user, &open.account.id));
            let users = users.filter(is_named).take(USERS).map(|user| Hit::User(user.name.clone()));
            ids.into_iter().map(Hit::Id).chain(users).collect()
        } else if ids.is_empty() {
            let typed = query.trim();
            let query = typed.to_lowercase();
            let mut all = users(open, typed, &query);
            all.extend(keys(open, &query));
            all.extend(with_words(model, commands, &query));
            all
        } else {
            ids.into_iter().map(Hit::Id).collect()
        };
    }
}

/// The very name, the same in other cases, names that begin with it, those that have it in them, and paths.
fn users(open: &OpenAccount, typed: &str, query: &str) -> Vec<Hit> {
    if query.is_empty() {
        return Vec::new();
    }
    let rank = |user: &User| {
        let name = user.name.as_str().to_lowercase();
        if user.name.as_str() == typed {
            return Some(-2);
        }
        if name == query {
            return Some(-1);
        }
        match name.find(query) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None => has_path(user, query).then_some(2),
        }
    };
    let mut found: Vec<(i32, &User)> =
        open.users.all().iter().filter_map(|user| Some((rank(user)?, user))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(USERS).map(|(_, user)| Hit::User(user.name.clone())).collect()
}

/// The path, or the path with the name, alone or as a word of a text.
pub(in crate::ui) fn has_path(user: &User, query: &str) -> bool {
    let full = format!("{}{}", user.path, user.name).to_lowercase();
    full.contains(query) || query.split_whitespace().any(|word| word == full)
}

fn keys(open: &OpenAccount, query: &str) -> Vec<Hit> {
    // Of a shorter part there are too many.
    if query.chars().count() < 4 {
        return Vec::new();
    }
    let all = open.keys.iter().flat_map(|(user, keys)| keys.list().into_iter().map(move |key| (user, key)));
    let found = all.filter(|(_, key)| key.id.as_str().to_lowercase().contains(query));
    found.take(KEYS).map(|(user, key)| Hit::Key(key.id.clone(), user.clone())).collect()
}

/// Those that have all of these words.
fn with_words(model: &Model, commands: &[Command], query: &str) -> Vec<Hit> {
    let fits = |command: &&Command| {
        let sentence = command.sentence(model).to_lowercase();
        query.split_whitespace().all(|part| sentence.contains(part))
    };
    commands.iter().filter(fits).copied().map(Hit::Command).collect()
}
