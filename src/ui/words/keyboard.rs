//! What the keyboard does, in words.

use crate::ui::shortcuts::{Heard, Shortcut};

pub(in crate::ui) fn shortcut(shortcut: Shortcut) -> &'static str {
    match shortcut {
        Shortcut::Find => "Find a user, a key or an action",
        Shortcut::SearchUsers => "Search the users, or what was done",
        Shortcut::Create => "Create and copy, for the user on screen",
        Shortcut::Refresh => "Refresh",
        Shortcut::Activity => "Activity, and back to the keys",
        Shortcut::SwitchAccount => "Switch to another account",
        Shortcut::Settings => "Settings",
        Shortcut::LargerText => "Larger text",
        Shortcut::SmallerText => "Smaller text",
        Shortcut::NormalText => "Text of the usual size",
        Shortcut::Help => "This guide",
        Shortcut::Close => "Close; asks if that would lose a secret",
        Shortcut::Undo => "Undo what the newest message offers to undo",
        Shortcut::Delete => "Open the delete gate of the marked key",
        Shortcut::EditDescription => "Edit the description of the marked key",
    }
}

/// The title above the shortcuts that are heard there.
pub(in crate::ui) fn heard(heard: Heard) -> &'static str {
    match heard {
        Heard::Everywhere => "Wherever the focus is",
        Heard::NotWhileTyping => "While nothing is being typed",
    }
}

/// A title, and lines of keys and what they do.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

/// What keys do in their place.
pub(in crate::ui) const KEYS: &[Group] = &[
    (
        "In lists and tables",
        &[
            ("Up, Down", "Move between users, keys, results"),
            ("Enter", "Pick or open what is marked"),
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
