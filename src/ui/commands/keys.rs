//! The keys of commands: their names, and when they are heard.

use egui::{Key, KeyboardShortcut, Modifiers, Response, Ui};

use super::{Command, Entry, Heard};
use crate::ui::View;
use crate::ui::widgets::keys_of;

const COMMAND: &str = if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" };

/// "Ctrl+C", for what is no [`Command`]: the system tells of it in a way of its own.
pub(in crate::ui) fn command(key: &str) -> String {
    format!("{COMMAND}{key}")
}

impl Command {
    /// "Ctrl+K", on macOS "Cmd+K": the fonts lack the signs on its keys. Empty if it has none.
    pub(in crate::ui) fn text(self) -> String {
        let Some(KeyboardShortcut { modifiers, logical_key }) = self.entry().keys else {
            return String::new();
        };
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

    /// Tells assistive technology which keys do what this control does.
    pub(in crate::ui) fn is_done_by(self, control: &Response) {
        keys_of(control, &self.text());
    }

    /// True if its keys were pressed in this frame, whatever is open. Counts once.
    pub(in crate::ui) fn pressed(self, ui: &Ui) -> bool {
        let pressed =
            |(modifiers, key)| ui.input_mut(|input| input.count_and_consume_key(modifiers, key) > 0);
        self.combinations().into_iter().map(pressed).fold(false, |one, other| one | other)
    }

    /// The keys that do it.
    pub(in crate::ui) fn combinations(self) -> Vec<(Modifiers, Key)> {
        let Entry { keys, other_key, .. } = self.entry();
        let Some(KeyboardShortcut { modifiers, logical_key }) = keys else { return Vec::new() };
        [Some(logical_key), other_key].into_iter().flatten().map(|key| (modifiers, key)).collect()
    }
}

/// Before anything is drawn: notes whose keys were pressed.
pub(in crate::ui) fn hear(ui: &Ui, view: &mut View<'_>) {
    let typing = ui.ctx().text_edit_focused();
    let covered = ui.memory(|memory| memory.top_modal_layer().is_some());
    for command in Command::all() {
        let Entry { heard, in_account, .. } = command.entry();
        let hears = match heard {
            Heard::OverDialogs => true,
            Heard::Everywhere => !covered,
            Heard::NotWhileTyping => !covered && !typing,
        };
        let possible = !in_account || view.model.open.is_some();
        if hears && possible && command.pressed(ui) {
            view.ui.press(command);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::Page;
    use crate::ui::words;

    #[test]
    fn no_two_listen_to_the_same_keys() {
        let all: Vec<Command> = Command::all().collect();
        for (at, one) in all.iter().enumerate() {
            let others = all.iter().skip(at + 1);
            for other in others {
                let keys = other.combinations();
                assert!(one.combinations().iter().all(|key| !keys.contains(key)), "{one:?} and {other:?}");
            }
        }
    }

    #[cfg(not(target_os = "macos"))]
    #[test]
    fn shortcuts_have_readable_texts() {
        assert_eq!(Command::Find.text(), "Ctrl+K");
        assert_eq!(Command::SwitchAccount.text(), "Ctrl+Shift+A");
        assert_eq!(Command::SwitchAccount.tip(), "Switch account (Ctrl+Shift+A)");
        assert_eq!(Command::Settings.text(), "Ctrl+,");
        assert_eq!(Command::Refresh.tip(), "Refresh (F5)");
        assert_eq!(Command::Delete.text(), "Delete");
        assert_eq!(Command::Show(Page::Keys).text(), "");
    }

    /// Each combination that the guide and the README name is one that does something.
    #[cfg(not(target_os = "macos"))]
    #[test]
    fn no_page_names_keys_that_do_nothing() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/help");
        let files = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path());
        let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md").into();
        let known: Vec<String> = Command::all().map(Command::text).chain(words::keys_in_place()).collect();
        let mut named = 0;
        for file in files.chain([readme]) {
            let text = std::fs::read_to_string(&file).expect("a page");
            for keys in combinations(&text) {
                // What is said of macOS is said beside it.
                assert!(known.contains(&keys) || keys.starts_with("Cmd+"), "{keys} in {}", file.display());
                named += 1;
            }
        }
        assert!(named > 5, "nothing was found in the pages");
    }

    /// "Ctrl+K", "Shift+F10", "F5": words that are names of keys.
    fn combinations(text: &str) -> Vec<String> {
        let words = text.split(|letter: char| letter.is_whitespace() || "();:.*`|".contains(letter));
        let words = words.map(|word| if word.ends_with("+,") { word } else { word.trim_end_matches(',') });
        let function = |word: &str| {
            word.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok_and(|number| number <= 24))
        };
        let modified =
            |word: &str| ["Ctrl+", "Shift+", "Cmd+", "Alt+"].iter().any(|key| word.starts_with(key));
        words.filter(|word| function(word) || modified(word)).map(str::to_owned).collect()
    }
}
