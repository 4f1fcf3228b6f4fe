//! Keyboard shortcuts, in words.

/// The headings above the groups of commands.
pub(in crate::ui) const ANYWHERE: &str = "Anywhere";
pub(in crate::ui) const OUTSIDE_FIELDS: &str = "Outside text fields";

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

/// Each combination of these, for a test that no page names another one.
#[cfg(test)]
pub(in crate::ui) fn keys_in_place() -> impl Iterator<Item = String> {
    KEYS.iter().flat_map(|(_, lines)| lines.iter()).flat_map(|(keys, _)| keys.split(", ")).map(str::to_owned)
}
