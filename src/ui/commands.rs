//! What can be done from anywhere: one entry for each command, read by the keys, menus, tooltips, *Find*, the guide and
//! assistive technology.

mod actions;
mod keys;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::theme::Icon;
use super::widgets::MenuItem;
use super::{View, pages};
use crate::core::{Model, Msg, Page};
use crate::domain::TextSize;
use actions::{create, for_whom, no_creation, refresh, text_size};
pub(super) use keys::{command, hear};

/// Where the keys of a command are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Also while a dialog is open.
    OverDialogs,
    Everywhere,
    /// Not in a text field, which knows what to do with these keys itself.
    NotWhileTyping,
}

/// From where a command comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Keys,
    /// A control or a line of *Find*, which names what it is about.
    Control,
}

/// Who does it.
#[derive(Clone, Copy)]
enum Run {
    /// The core.
    Send(fn(&Model, Origin) -> Vec<Msg>),
    Show(Page),
    /// The part of the window that takes it from [`Requests`](super::requests::Requests).
    Prompt,
}

/// What is known of a command.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// In menus and in *Find*; without its `…` on buttons and tooltips.
    pub(super) word: &'static str,
    pub(super) icon: Icon,
    keys: Option<KeyboardShortcut>,
    /// Another key that does the same.
    other_key: Option<Key>,
    /// What the guide says of the keys.
    pub(super) help: &'static str,
    pub(super) heard: Heard,
    /// There must be an account.
    in_account: bool,
    in_find: bool,
    /// What follows the word where it is to be seen what it is about.
    about: fn(&Model) -> String,
    block: fn(&Model) -> Option<String>,
    run: Run,
}

impl Entry {
    const fn new(word: &'static str, icon: Icon, keys: KeyboardShortcut, help: &'static str) -> Self {
        Self {
            word,
            icon,
            keys: Some(keys),
            other_key: None,
            help,
            heard: Heard::Everywhere,
            in_account: false,
            in_find: false,
            about: |_| String::new(),
            block: |_| None,
            run: Run::Prompt,
        }
    }

    fn page(page: Page) -> Self {
        let pages::Entry { word, icon, keys, help, of_user: _, count: _ } = pages::entry(page);
        let block = |_: &Model| None;
        let about = |_: &Model| String::new();
        let (heard, run) = (Heard::Everywhere, Run::Show(page));
        let (other_key, in_account, in_find) = (None, true, true);
        Self { word, icon, keys, other_key, help, heard, in_account, in_find, about, block, run }
    }

    const fn in_account(self) -> Self {
        Self { in_account: true, ..self }
    }

    const fn in_find(self) -> Self {
        Self { in_find: true, ..self }
    }

    const fn heard(self, heard: Heard) -> Self {
        Self { heard, ..self }
    }

    const fn or(self, key: Key) -> Self {
        Self { other_key: Some(key), ..self }
    }

    const fn about(self, about: fn(&Model) -> String) -> Self {
        Self { about, ..self }
    }

    const fn unless(self, block: fn(&Model) -> Option<String>) -> Self {
        Self { block, ..self }
    }

    const fn sends(self, send: fn(&Model, Origin) -> Vec<Msg>) -> Self {
        Self { run: Run::Send(send), ..self }
    }
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn with_command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn with_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// Declares each command once, so that none can be missing from [`Command::all`].
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident: $entry:expr;)+ @pages; $($(#[$more:meta])* $later:ident: $other:expr;)+) => {
        /// Something that can be done from anywhere.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Command {
            $($(#[$doc])* $name,)+
            Show(Page),
            $($(#[$more])* $later,)+
        }

        impl Command {
            /// In the order of the guide and of *Find*.
            pub(crate) fn all() -> impl Iterator<Item = Self> {
                let before = [$(Self::$name,)+].into_iter();
                let pages = Page::ALL.iter().map(|page| Self::Show(*page));
                before.chain(pages).chain([$(Self::$later,)+])
            }

            pub(super) fn entry(self) -> Entry {
                match self {
                    $(Self::$name => $entry,)+
                    Self::Show(page) => Entry::page(page),
                    $(Self::$later => $other,)+
                }
            }
        }
    };
}

commands! {
    Find: Entry::new("Find…", Icon::Search, with_command(Key::K), "Find a user, key or action").in_account();
    SearchUsers: Entry::new("Search", Icon::Search, with_command(Key::F), "Search users or activity").in_account();
    Create: Entry::new("Create and copy", Icon::Plus, with_command(Key::N), "Create and copy a key for the selected user")
        .in_account().in_find().about(for_whom).unless(no_creation).sends(create);
    Refresh: Entry::new("Refresh", Icon::RefreshCw, plain(Key::F5), "Refresh").in_find().sends(refresh);
    @pages;
    SwitchAccount: Entry::new("Switch account…", Icon::Users, with_shift(Key::A), "Switch to another account")
        .in_account().in_find();
    Settings: Entry::new("Settings…", Icon::Settings, with_command(Key::Comma), "Settings").in_find();
    // Many keyboards have the plus on the key of the equals sign.
    LargerText: Entry::new("Larger text", Icon::Settings, with_command(Key::Plus), "Larger text")
        .or(Key::Equals).heard(Heard::OverDialogs).sends(|model, _| text_size(model, TextSize::larger));
    SmallerText: Entry::new("Smaller text", Icon::Settings, with_command(Key::Minus), "Smaller text")
        .heard(Heard::OverDialogs).sends(|model, _| text_size(model, TextSize::smaller));
    NormalText: Entry::new("Default text size", Icon::Settings, with_command(Key::Num0), "Default text size")
        .heard(Heard::OverDialogs).sends(|model, _| text_size(model, |_| TextSize::NORMAL));
    Help: Entry::new("Guide and keyboard…", Icon::Info, plain(Key::F1), "This guide").in_find();
    Close: Entry::new("Close", Icon::X, with_command(Key::Q), "Close Keyfob; asks first if a secret would be lost")
        .heard(Heard::OverDialogs);
    /// Of the newest message that can be undone.
    Undo: Entry::new("Undo", Icon::History, with_command(Key::Z), "Undo the change in the latest message that offers it")
        .heard(Heard::NotWhileTyping);
    /// Of the marked row.
    Delete: Entry::new("Delete…", Icon::Trash2, plain(Key::Delete), "Delete the selected key (asks first)")
        .in_account().heard(Heard::NotWhileTyping);
    /// Of the marked row.
    EditDescription: Entry::new("Edit description…", Icon::KeyRound, plain(Key::F2), "Edit the description of the selected key")
        .in_account().heard(Heard::NotWhileTyping);
}

impl Command {
    /// As *Find* calls it: with what it is about, for the page may show something else.
    pub(super) fn sentence(self, model: &Model) -> String {
        let entry = self.entry();
        format!("{}{}", entry.word, (entry.about)(model))
    }

    /// What *Find* offers now.
    pub(super) fn offered(model: &Model) -> impl Iterator<Item = Self> {
        Self::all().filter(|command| command.entry().in_find && command.block(model).is_none())
    }

    /// Why it cannot be done now.
    pub(super) fn block(self, model: &Model) -> Option<String> {
        let entry = self.entry();
        if entry.in_account && model.open.is_none() {
            return Some("No account is open".to_owned());
        }
        match entry.run {
            Run::Show(page) if page == model.page => Some("It is on screen".to_owned()),
            _ => (entry.block)(model),
        }
    }

    /// What is told of its button on hover: "Refresh (F5)".
    pub(super) fn tip(self) -> String {
        self.beside(self.entry().word.trim_end_matches('…'))
    }

    /// Another word for it and the keys that do it: "Read the files again (F5)".
    pub(super) fn beside(self, word: &str) -> String {
        format!("{word} ({})", self.text())
    }

    /// Its line in a menu.
    pub(super) fn item(self) -> MenuItem<'static> {
        let Entry { word, icon, .. } = self.entry();
        MenuItem::new(word).icon(icon).shortcut(self.text())
    }

    /// Does it, from a control that names what it is about.
    pub(super) fn run(self, view: &mut View<'_>) {
        match self.messages(view.model, Origin::Control) {
            Some(messages) => view.out.extend(messages),
            None => view.ui.ask(self),
        }
    }

    /// What the core is to do, or `None` where a part of the window does it.
    fn messages(self, model: &Model, origin: Origin) -> Option<Vec<Msg>> {
        match self.entry().run {
            Run::Send(send) => Some(send(model, origin)),
            // The same keys lead back.
            Run::Show(page) if page == model.page => Some(vec![Msg::Show(Page::default())]),
            Run::Show(page) => Some(vec![Msg::Show(page)]),
            Run::Prompt => None,
        }
    }
}

/// After the page is drawn, whose controls come first: what the core does of all that was pressed.
pub(super) fn send(view: &mut View<'_>) {
    for command in view.ui.commands() {
        if let Some(messages) = command.messages(view.model, Origin::Keys)
            && view.ui.take(command)
        {
            view.out.extend(messages);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_words() {
        let mut words = Vec::new();
        for command in Command::all() {
            let Entry { word, help, .. } = command.entry();
            assert!(!word.is_empty() && !help.is_empty() && !help.ends_with('.'), "{command:?}");
            assert!(!words.contains(&word), "{word} is there twice");
            words.push(word);
        }
    }
}
