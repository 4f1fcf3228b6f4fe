//! What the core is to do for a command, and why it may be off.

use super::Origin;
use crate::core::{CreateMsg, CreateOptions, Model, Msg, Page, SettingsMsg};
use crate::domain::{TextSize, spell_out_hidden};
use crate::ui::{pages, words};

pub(super) fn for_whom(model: &Model) -> String {
    let user = model.open.as_ref().and_then(|open| open.selected_user());
    user.map(|user| format!(" a key for {}", spell_out_hidden(user.as_str()))).unwrap_or_default()
}

pub(super) fn no_creation(model: &Model) -> Option<String> {
    let Some(user) = model.open.as_ref().and_then(|open| open.selected_user()) else {
        return Some("Select a user first".to_owned());
    };
    model.create_block(user).map(|block| words::create_block(&block, user))
}

/// For the user that is on screen, or that was named.
pub(super) fn create(model: &Model, origin: Origin) -> Vec<Msg> {
    let show = Msg::Show(Page::Keys);
    if origin == Origin::Keys && !pages::entry(model.page).of_user {
        // First one sees for whom it would be.
        return vec![show];
    }
    let Some(user) = model.open.as_ref().and_then(|open| open.selected_user().cloned()) else {
        return Vec::new();
    };
    vec![
        show,
        Msg::Create(CreateMsg::Create {
            user,
            wish: CreateOptions { copy: true, ..CreateOptions::default() },
        }),
    ]
}

/// One that is under way takes no second one, wherever that is asked for. Each refresh lists the users; a list of keys alone
/// is loaded for other reasons, too.
pub(super) fn refresh(model: &Model, _: Origin) -> Vec<Msg> {
    let is_under_way = model.open.as_ref().is_some_and(|open| open.users.list.is_loading());
    (!is_under_way).then_some(Msg::Refresh).into_iter().collect()
}

/// Also over a dialog: one may not be able to read it.
pub(super) fn text_size(model: &Model, wanted: fn(TextSize) -> TextSize) -> Vec<Msg> {
    let size = wanted(model.settings.text_size);
    let changes = size != model.settings.text_size;
    changes.then_some(Msg::Settings(SettingsMsg::TextSize(size))).into_iter().collect()
}
