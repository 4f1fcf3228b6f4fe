//! What the keyboard does wherever the focus is: one list for the keys themselves, the menus and the guide.

use egui::{Id, Key, KeyboardShortcut, Modifiers, Ui};

const COMMAND: &str = if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" };

/// "Ctrl+C", for what is no [`Shortcut`]: it belongs to the row that is marked.
pub(super) fn command(key: &str) -> String {
    format!("{COMMAND}{key}")
}

/// Something that a combination of keys does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shortcut {
    Find,
    SearchUsers,
    Create,
    Refresh,
    Activity,
    SwitchAccount,
    Settings,
    LargerText,
    SmallerText,
    NormalText,
    Help,
    Close,
}

impl Shortcut {
    pub(super) const ALL: [Self; 12] = [
        Self::Find,
        Self::SearchUsers,
        Self::Create,
        Self::Refresh,
        Self::Activity,
        Self::SwitchAccount,
        Self::Settings,
        Self::LargerText,
        Self::SmallerText,
        Self::NormalText,
        Self::Help,
        Self::Close,
    ];

    fn keys(self) -> KeyboardShortcut {
        let (modifiers, key) = match self {
            Self::Find => (Modifiers::COMMAND, Key::K),
            Self::SearchUsers => (Modifiers::COMMAND, Key::F),
            Self::Create => (Modifiers::COMMAND, Key::N),
            Self::Refresh => (Modifiers::NONE, Key::F5),
            Self::Activity => (Modifiers::COMMAND, Key::H),
            Self::SwitchAccount => (Modifiers::COMMAND | Modifiers::SHIFT, Key::A),
            Self::Settings => (Modifiers::COMMAND, Key::Comma),
            Self::LargerText => (Modifiers::COMMAND, Key::Plus),
            Self::SmallerText => (Modifiers::COMMAND, Key::Minus),
            Self::NormalText => (Modifiers::COMMAND, Key::Num0),
            Self::Help => (Modifiers::NONE, Key::F1),
            Self::Close => (Modifiers::COMMAND, Key::Q),
        };
        KeyboardShortcut::new(modifiers, key)
    }

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
        if ui.memory(|memory| memory.top_modal_layer().is_some()) {
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
    fn they_are_told_in_words() {
        assert_eq!(Shortcut::Find.text(), "Ctrl+K");
        assert_eq!(Shortcut::SwitchAccount.text(), "Ctrl+Shift+A");
        assert_eq!(Shortcut::Settings.text(), "Ctrl+,");
        assert_eq!(Shortcut::Refresh.text(), "F5");
    }
}
