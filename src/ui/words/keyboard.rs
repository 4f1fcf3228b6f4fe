//! Keyboard shortcuts, in words.

use crate::ui::shortcuts::{Heard, Shortcut};

pub(in crate::ui) fn shortcut(shortcut: Shortcut) -> &'static str {
    match shortcut {
        Shortcut::Find => "Find a user, key or action",
        Shortcut::SearchUsers => "Search users or activity",
        Shortcut::Create => "Create and copy a key for the selected user",
        Shortcut::Refresh => "Refresh",
        Shortcut::Activity => "Switch between Keys and Activity",
        Shortcut::SwitchAccount => "Switch to another account",
        Shortcut::Settings => "Settings",
        Shortcut::LargerText => "Larger text",
        Shortcut::SmallerText => "Smaller text",
        Shortcut::NormalText => "Default text size",
        Shortcut::Help => "This guide",
        Shortcut::Close => "Close Keyfob; asks first if a secret would be lost",
        Shortcut::Undo => "Undo the change in the latest message that offers it",
        Shortcut::Delete => "Delete the selected key (asks first)",
        Shortcut::EditDescription => "Edit the description of the selected key",
    }
}

/// The heading above a group of shortcuts.
pub(in crate::ui) fn heard(heard: Heard) -> &'static str {
    match heard {
        Heard::Everywhere => "Anywhere",
        Heard::NotWhileTyping => "Outside text fields",
    }
}

/// A heading, and pairs of keys and their action.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

const COPY: &str = if cfg!(target_os = "macos") { "Cmd+C" } else { "Ctrl+C" };
const ALL: &str = if cfg!(target_os = "macos") { "Cmd+A" } else { "Ctrl+A" };
const TOGGLE: &str = if cfg!(target_os = "macos") { "Cmd+Space" } else { "Ctrl+Space" };
const RANGE: &str = "Shift+Up, Shift+Down";

/// Keys that depend on the focus.
pub(in crate::ui) const KEYS: &[Group] = &[
    (
        "In lists and tables",
        &[
            ("Up, Down", "Move between users, keys or results"),
            ("Home, End", "Move to the first or last row"),
            ("Enter", "Open the selected row"),
            (RANGE, "Select several rows"),
            (ALL, "Select all rows"),
            (TOGGLE, "Add the current row to the selection, or remove it"),
            (COPY, "Copy the ids of the selected keys, or the selected rows"),
            ("Menu, Shift+F10", "Open the row's menu, like a right-click"),
        ],
    ),
    (
        "Controls and dialogs",
        &[
            ("Tab, Shift+Tab", "Next or previous control"),
            ("Space, Enter", "Press the control"),
            ("Esc", "Close a field, menu or dialog; never discards a secret"),
        ],
    ),
];
