//! What the keyboard does, in words.

use crate::ui::commands::Heard;

/// The title above the commands that are heard there.
pub(in crate::ui) fn heard(heard: Heard) -> &'static str {
    match heard {
        Heard::Everywhere | Heard::OverDialogs => "Wherever the focus is",
        Heard::NotWhileTyping => "While nothing is being typed",
    }
}

/// A title, and lines of keys and what they do.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

const COPY: &str = if cfg!(target_os = "macos") { "Cmd+C" } else { "Ctrl+C" };

/// What keys do in their place.
pub(in crate::ui) const KEYS: &[Group] = &[
    (
        "In lists and tables",
        &[
            ("Up, Down", "Move between users, keys, results"),
            ("Enter", "Pick or open what is marked"),
            (COPY, "Copy the id of the key that is marked"),
            ("Menu, Shift+F10", "The menu of the row, as a right click"),
        ],
    ),
    (
        "Controls and dialogs",
        &[
            ("Tab, Shift+Tab", "To the next control, and back"),
            ("Space, Enter", "Press the control"),
            ("Esc", "Leave; takes no secret away"),
        ],
    ),
];

/// Each combination of these, for a test that no page names another one.
#[cfg(test)]
pub(in crate::ui) fn keys_in_place() -> impl Iterator<Item = String> {
    KEYS.iter().flat_map(|(_, lines)| lines.iter()).flat_map(|(keys, _)| keys.split(", ")).map(str::to_owned)
}
