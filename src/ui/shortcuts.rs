//! What the keyboard does wherever the focus is: one list for the keys themselves, the menus and the guide.

use egui::{Id, Key, KeyboardShortcut, Modifiers, Ui};

const COMMAND: &str = if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" };

/// "Ctrl+C", for what is no [`Shortcut`]: the system tells of it in a way of its own.
pub(super) fn command(key: &str) -> String {
    format!("{COMMAND}{key}")
}

/// Where a shortcut is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    Everywhere,
    /// Not in a text field, which knows what to do with these keys itself.
    NotWhileTyping,
}

/// Declares each shortcut once, so that none can be missing from the guide.
macro_rules! shortcuts {
    ($($(#[$doc:meta])* $name:ident: $modifiers:expr, $key:expr, $heard:ident;)+) => {
        /// Something that a combination of keys does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Shortcut {
            $($(#[$doc])* $name,)+
        }

        impl Shortcut {
            pub(super) const ALL: &[Self] = &[$(Self::$name,)+];

            fn keys(self) -> KeyboardShortcut {
                match self {
                    $(Self::$name => KeyboardShortcut::new($modifiers, $key),)+
                }
            }

            pub(super) fn heard(self) -> Heard {
                match self {
                    $(Self::$name => Heard::$heard,)+
                }
            }
        }
    };
}

/// As browsers have it. On macOS Cmd+H hides the program.
const HISTORY: Key = if cfg!(target_os = "macos") { Key::Y } else { Key::H };

shortcuts! {
    Find: Modifiers::COMMAND, Key::K, Everywhere;
    SearchUsers: Modifiers::COMMAND, Key::F, Everywhere;
    Create: Modifiers::COMMAND, Key::N, Everywhere;
    Refresh: Modifiers::NONE, Key::F5, Everywhere;
    Activity: Modifiers::COMMAND, HISTORY, Everywhere;
    SwitchAccount: Modifiers::COMMAND | Modifiers::SHIFT, Key::A, Everywhere;
    Settings: Modifiers::COMMAND, Key::Comma, Everywhere;
    LargerText: Modifiers::COMMAND, Key::Plus, Everywhere;
    SmallerText: Modifiers::COMMAND, Key::Minus, Everywhere;
    NormalText: Modifiers::COMMAND, Key::Num0, Everywhere;
    Help: Modifiers::NONE, Key::F1, Everywhere;
    Close: Modifiers::COMMAND, Key::Q, Everywhere;
    /// Of the newest message that can be undone.
    Undo: Modifiers::COMMAND, Key::Z, NotWhileTyping;
    /// Of the marked row.
    Delete: Modifiers::NONE, Key::Delete, NotWhileTyping;
    /// Of the marked row.
    EditDescription: Modifiers::NONE, Key::F2, NotWhileTyping;
}

impl Shortcut {
    /// "Ctrl+K", on macOS "Cmd+K": the fonts lack the signs on its keys.
    pub(super) fn text(self) -> String {
        let KeyboardShortcut { modifiers, logical_key } = self.keys();
        let mut text = String::new();
        if modifiers.command {
            text.push_str(COMMAND);
        }
        if modifiers.shift {
            text.push_str("Shift+");
        }
        text.push_str(logical_key.symbol_or_name());
        text
    }

    /// True if it was pressed in this frame, or asked for otherwise. Counts once, and not behind a dialog.
    pub(super) fn taken(self, ui: &Ui) -> bool {
        let typing = self.heard() == Heard::NotWhileTyping && ui.ctx().text_edit_focused();
        if typing || ui.memory(|memory| memory.top_modal_layer().is_some()) {
            return false;
        }
        let asked = ui.data_mut(|data| data.remove_temp::<bool>(self.asked())).is_some();
        asked | self.pressed(ui)
    }

    /// True if it was pressed in this frame, whatever is open.
    pub(super) fn pressed(self, ui: &Ui) -> bool {
        self.presses(ui) > 0
    }

    /// How often it was pressed in this frame, whatever is open.
    pub(super) fn presses(self, ui: &Ui) -> usize {
        let KeyboardShortcut { modifiers, logical_key } = self.keys();
        ui.input_mut(|input| {
            // Many keyboards have the plus on the key of the equals sign.
            let other = if self == Self::LargerText { Some(Key::Equals) } else { None };
            let keys = [Some(logical_key), other];
            keys.into_iter().flatten().map(|key| input.count_and_consume_key(modifiers, key)).sum()
        })
    }

    /// A control's word and the keys that do the same: "Refresh (F5)".
    pub(super) fn beside(self, word: &str) -> String {
        format!("{word} ({})", self.text())
    }

    /// Does it as if it had been pressed.
    pub(super) fn ask(self, ui: &Ui) {
        ui.data_mut(|data| data.insert_temp(self.asked(), true));
        ui.request_repaint();
    }

    fn asked(self) -> Id {
        Id::unique(("asked for", self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_do_different_things() {
        for (at, one) in Shortcut::ALL.iter().enumerate() {
            assert!(Shortcut::ALL.iter().skip(at + 1).all(|other| other.keys() != one.keys()), "{one:?}");
        }
    }

    #[cfg(not(target_os = "macos"))]
    #[test]
    fn shortcuts_have_readable_texts() {
        assert_eq!(Shortcut::Find.text(), "Ctrl+K");
        assert_eq!(Shortcut::SwitchAccount.text(), "Ctrl+Shift+A");
        assert_eq!(Shortcut::Settings.text(), "Ctrl+,");
        assert_eq!(Shortcut::Refresh.beside("Refresh"), "Refresh (F5)");
        assert_eq!(Shortcut::Delete.text(), "Delete");
    }
}
