//! A row of the key table, and what the cells need besides the model.

use egui::Id;
use jiff::Timestamp;

use crate::core::{OpenAccount, UserKeys};
use crate::domain::{AccessKey, Action, KeyId, KeyStatus, Moment, Severity, UserName};
use crate::ui::theme::measures::space;
use crate::ui::words;

/// From the edge of a column to its text, but where a column says otherwise.
pub(super) const INDENT: f32 = space::S4;

/// What the cells of the table need besides the model.
#[derive(Default)]
pub(in crate::ui) struct KeyRows {
    /// The description that is being typed.
    pub(super) draft: Option<Draft>,
    /// The description has a column of its own.
    pub(super) describes: bool,
    /// The keys that are selected, as they stand on screen.
    pub(super) selected: Vec<KeyId>,
    /// Something was begun with this key: the keyboard goes on from its row.
    pub(super) begun: Option<KeyId>,
}

/// A description that is being typed.
pub(super) struct Draft {
    pub(super) key: KeyId,
    pub(super) text: String,
    /// As it was when the typing began.
    pub(super) before: String,
}

impl Draft {
    pub(super) fn new(key: &KeyId, before: &str) -> Self {
        Self { key: key.clone(), text: before.to_owned(), before: before.to_owned() }
    }

    pub(super) fn is_changed(&self) -> bool {
        self.text.trim() != self.before.trim()
    }
}

/// The button with the menu of a row. Unlike those beside it, nothing happens when it is pressed once too often.
pub(super) fn more_id(key: &KeyId) -> Id {
    Id::unique(("more for", key.as_str()))
}

/// A key, and whose it is: a row of the table.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Subject<'a> {
    pub(super) open: &'a OpenAccount,
    pub(super) user: &'a UserName,
    pub(super) key: &'a AccessKey,
    pub(super) now: Moment,
}

impl<'a> Subject<'a> {
    pub(super) fn known(&self) -> Option<&'a UserKeys> {
        self.open.keys_of(self.user)
    }

    /// When it was used last, as far as that is known.
    pub(super) fn used(&self) -> Option<Timestamp> {
        self.known()?.last_use(&self.key.id)?.when()
    }

    pub(super) fn worst_finding(&self) -> Option<Severity> {
        self.open.findings(self.user, &self.key.id, self.now).first().map(|finding| finding.severity())
    }

    pub(super) fn why_not(&self, action: Action) -> Option<String> {
        self.open.access.forbidden(action, self.user).as_ref().map(words::forbidden)
    }

    pub(super) fn description(&self) -> Option<&'a str> {
        self.known()?.description(&self.key.id)
    }

    /// Where its status was switched to, and the word for it.
    pub(super) fn switch(&self) -> (KeyStatus, &'static str) {
        match self.key.status {
            KeyStatus::Active => (KeyStatus::Inactive, "Deactivate"),
            _ => (KeyStatus::Active, "Activate"),
        }
    }
}
