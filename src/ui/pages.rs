//! The pages of an account: one entry for each, read by the tabs, the commands, the guide, the toasts and the announcer.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::account_keys::AccountKeysPage;
use super::activity::ActivityPage;
use super::keys_page::KeysPage;
use super::secret_panel::Panel;
use super::theme::Icon;
use super::widgets::TabCount;
use super::{View, words};
use crate::core::{Model, OpenAccount, Page};

/// What the window knows of a page.
pub(super) struct Entry {
    /// On its tab, in *Find*, and read out when it is opened.
    pub(super) word: &'static str,
    pub(super) icon: Icon,
    /// Opens it, and leads back from it to the first page.
    pub(super) keys: Option<KeyboardShortcut>,
    /// What the guide says of these keys.
    pub(super) help: &'static str,
    /// It is about the user who is picked: the users are beside it, and what failed for that user is told on it.
    pub(super) of_user: bool,
    /// What its tab shows behind the word.
    pub(super) count: fn(&Model) -> TabCount,
}

/// As browsers have it. On macOS Cmd+H hides the program.
const HISTORY: Key = if cfg!(target_os = "macos") { Key::Y } else { Key::H };

pub(super) fn entry(page: Page) -> Entry {
    match page {
        Page::Keys => Entry {
            word: "Keys",
            icon: Icon::KeyRound,
            keys: None,
            help: "Keys of the selected user",
            of_user: true,
            count: |_| TabCount::None,
        },
        Page::AccountKeys => Entry {
            word: "Account keys",
            icon: Icon::Users,
            keys: Some(KeyboardShortcut::new(Modifiers::COMMAND, Key::J)),
            help: "Switch between Keys and Account keys",
            of_user: false,
            count: words::account_keys::tab_count,
        },
        Page::Activity => Entry {
            word: "Activity",
            icon: Icon::History,
            keys: Some(KeyboardShortcut::new(Modifiers::COMMAND, HISTORY)),
            help: "Switch between Keys and Activity",
            of_user: false,
            count: |_| TabCount::None,
        },
    }
}

/// What is drawn on them, with what each of them remembers.
#[derive(Default)]
pub(super) struct Pages {
    keys: KeysPage,
    account_keys: AccountKeysPage,
    activity: ActivityPage,
}

impl Pages {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, panel: &mut Panel) {
        match view.model.page {
            Page::Keys => self.keys.show(ui, view, panel),
            Page::AccountKeys => self.account_keys.show(ui, view, open, panel),
            Page::Activity => self.activity.show(ui, view, open, panel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_are_called_alike() {
        for (at, page) in Page::ALL.iter().enumerate() {
            let others = Page::ALL.iter().skip(at + 1).map(|other| entry(*other));
            assert!(others.into_iter().all(|other| other.word != entry(*page).word), "{page:?}");
        }
    }
}
