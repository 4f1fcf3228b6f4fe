//! What fits what was typed: pasted key ids, users, keys that are known, and actions.

use egui::Ui;

use crate::core::{CreateMsg, Model, Msg, Open, SessionId, Tab, Wish};
use crate::domain::{KeyId, User, UserName, visible};
use crate::ui::View;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::Icon;

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
    Action(Action),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Create,
    Refresh,
    Activity,
    Keys,
    SwitchAccount,
    Settings,
    Help,
}

impl Action {
    const ALL: [Self; 7] = [
        Self::Create,
        Self::Refresh,
        Self::Activity,
        Self::Keys,
        Self::SwitchAccount,
        Self::Settings,
        Self::Help,
    ];

    /// As the controls call it. *Create* names the user: the page may show something else.
    pub(super) fn word(self, open: &Open) -> String {
        match self {
            Self::Create => {
                let user = open.picked.as_ref().map(|user| visible(user.as_str()).into_owned());
                format!("Create and copy a key for {}", user.unwrap_or_default())
            }
            Self::Refresh => "Refresh".to_owned(),
            Self::Activity => "Activity".to_owned(),
            Self::Keys => "Keys".to_owned(),
            Self::SwitchAccount => "Switch account…".to_owned(),
            Self::Settings => "Settings…".to_owned(),
            Self::Help => "Guide and keyboard…".to_owned(),
        }
    }

    pub(super) fn shortcut(self) -> Shortcut {
        match self {
            Self::Create => Shortcut::Create,
            Self::Refresh => Shortcut::Refresh,
            Self::Activity | Self::Keys => Shortcut::Activity,
            Self::SwitchAccount => Shortcut::SwitchAccount,
            Self::Settings => Shortcut::Settings,
            Self::Help => Shortcut::Help,
        }
    }

    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Create => Icon::Plus,
            Self::Refresh => Icon::RefreshCw,
            Self::Activity => Icon::History,
            Self::Keys => Icon::KeyRound,
            Self::SwitchAccount => Icon::Users,
            Self::Settings => Icon::Settings,
            Self::Help => Icon::Info,
        }
    }

    fn is_possible(self, model: &Model, open: &Open) -> bool {
        match self {
            Self::Create => open.picked.as_ref().is_some_and(|user| model.create_block(user).is_none()),
            Self::Activity => model.tab != Tab::Activity,
            Self::Keys => model.tab != Tab::Keys,
            _ => true,
        }
    }

    pub(super) fn run(self, ui: &Ui, view: &mut View<'_>) {
        match self {
            Self::Create => {
                let Some(user) = view.model.open.as_ref().and_then(|open| open.picked.clone()) else {
                    return;
                };
                view.push(Msg::Show(Tab::Keys));
                view.create(CreateMsg::Create { user, wish: Wish { copy: true, ..Wish::default() } });
            }
            Self::Activity => view.push(Msg::Show(Tab::Activity)),
            Self::Keys => view.push(Msg::Show(Tab::Keys)),
            other => other.shortcut().ask(ui),
        }
    }
}

/// What the hits were made from; they are made again only when one of these changes.
type Made = (SessionId, u64, u64, String, Tab, bool);

#[derive(Default)]
pub(super) struct Hits {
    made: Option<Made>,
    all: Vec<Hit>,
}

impl Hits {
    pub(super) fn all(&self) -> &[Hit] {
        &self.all
    }

    pub(super) fn of(&mut self, model: &Model, open: &Open, query: &str) {
        let can_create = Action::Create.is_possible(model, open);
        let made = (
            open.session,
            open.users.revision,
            open.keys.ids_revision,
            query.to_owned(),
            model.tab,
            can_create,
        );
        if self.made.as_ref() == Some(&made) {
            return;
        }
        self.made = Some(made);
        let ids = KeyId::all_in(query);
        self.all = if ids.is_empty() {
            let query = query.trim().to_lowercase();
            let mut all = users(open, &query);
            all.extend(keys(open, &query));
            all.extend(actions(model, open, &query));
            all
        } else {
            ids.into_iter().map(Hit::Id).collect()
        };
    }
}

/// Names that begin with it, then those that have it in them, then paths.
fn users(open: &Open, query: &str) -> Vec<Hit> {
    if query.is_empty() {
        return Vec::new();
    }
    let rank = |user: &User| {
        let name = user.name.as_str().to_lowercase();
        match name.find(query) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None => user.path.to_lowercase().contains(query).then_some(2),
        }
    };
    let mut found: Vec<(i32, &User)> =
        open.users.all().iter().filter_map(|user| Some((rank(user)?, user))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(USERS).map(|(_, user)| Hit::User(user.name.clone())).collect()
}

fn keys(open: &Open, query: &str) -> Vec<Hit> {
    // Of a shorter part there are too many.
    if query.chars().count() < 4 {
        return Vec::new();
    }
    let all = open.keys.iter().flat_map(|(user, keys)| keys.list().into_iter().map(move |key| (user, key)));
    let found = all.filter(|(_, key)| key.id.as_str().to_lowercase().contains(query));
    found.take(KEYS).map(|(user, key)| Hit::Key(key.id.clone(), user.clone())).collect()
}

fn actions(model: &Model, open: &Open, query: &str) -> impl Iterator<Item = Hit> {
    let fits = move |action: &Action| {
        let word = action.word(open).to_lowercase();
        action.is_possible(model, open) && query.split_whitespace().all(|part| word.contains(part))
    };
    Action::ALL.into_iter().filter(fits).map(Hit::Action)
}
