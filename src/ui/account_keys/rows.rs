//! The rows of the account's keys: a press opens the user, a checkbox selects.

use egui::{Id, Response, Ui};

use super::columns::COLUMNS;
use super::entry::{Entry, EntryKey};
use crate::core::{Model, Msg};
use crate::domain::{Table, UserName};
use crate::ui::commands::command;
use crate::ui::table::{Column, Rows, Shape};
use crate::ui::theme::Icon;
use crate::ui::theme::measures::height;
use crate::ui::widgets::{Checked, MenuItem, RowMenu, check_mark};
use crate::ui::{View, user_actions, words};

/// What the rows need besides the model, and what was pressed in them.
#[derive(Default)]
pub(in crate::ui) struct AccountRows {
    /// The width of the table, in points.
    pub(super) room: f32,
    /// What the checkbox in the heading shows.
    pub(super) all: Checked,
    /// It was pressed.
    pub(super) all_pressed: bool,
    /// How many rows are selected.
    pub(super) selected: usize,
    /// The ids of the selected keys are to be copied.
    pub(super) copies: bool,
    /// The users of the rows in view.
    pub(super) in_view: Vec<UserName>,
    row_selected: bool,
    checked: bool,
}

impl Rows for AccountRows {
    type Row<'a> = &'a Entry;
    type Key = EntryKey;

    const TABLE: Table = Table::AccountKeys;
    const SHAPE: Shape =
        Shape { salt: "account keys", header: height::DENSE_HEADER, row: height::DENSE_ROW, dense: true };
    const COLUMNS: &'static [Column<Self>] = COLUMNS;
    const SORTED_BY: &'static str = "age";
    const HAS_CHECKBOXES: bool = true;

    fn key(entry: &Entry) -> EntryKey {
        entry.id.clone()
    }

    fn name(entry: &Entry, _view: &View<'_>) -> String {
        format!("Key {}", entry.name())
    }

    fn describe(entry: &Entry, view: &View<'_>) -> String {
        words::account_keys::row(
            entry.status,
            entry.created,
            entry.last_use.as_ref(),
            &entry.findings,
            view.now,
        )
    }

    fn row(&mut self, response: &Response, view: &mut View<'_>, entry: &Entry, is_cursor: bool) -> bool {
        let name = format!("Menu of {}", entry.name());
        let id = Id::unique(("account key", &entry.id.user, format!("{:?}", entry.id.key)));
        let menu = RowMenu { row: response, id, name: &name, marked: is_cursor };
        let opens = menu.show(user_actions::WIDTH, |ui| self.items(ui, view, entry));
        if opens {
            view.ui.focus.opened_by(table_id());
        }
        opens
    }

    fn open(&mut self, view: &mut View<'_>, entry: &Entry) {
        go_to(view, entry);
    }

    fn begin_row(&mut self, entry: &Entry, selected: bool) {
        self.row_selected = selected;
        if self.in_view.last() != Some(&entry.id.user) && !entry.is_root() {
            self.in_view.push(entry.id.user.clone());
        }
    }

    fn take_checked(&mut self) -> bool {
        std::mem::take(&mut self.checked)
    }
}

/// The field from which the arrow keys move among the rows.
pub(super) fn search_id() -> Id {
    Id::unique("filter account keys")
}

/// The rows as one stop of Tab.
pub(super) fn table_id() -> Id {
    Id::unique("rows of the account's keys")
}

/// Shows the key in the table of its user. The root user has no such page.
pub(super) fn go_to(view: &mut View<'_>, entry: &Entry) {
    if !entry.is_root() {
        view.push(Model::go_to(&entry.id.user, entry.key_id()));
    }
}

impl AccountRows {
    pub(super) fn checkbox_cell(&mut self, ui: &mut Ui, entry: &Entry) {
        let checked = if self.row_selected { Checked::Yes } else { Checked::No };
        // No Tab stop: there may be thousands, and Space does the same.
        self.checked |= check_mark(ui, checked, &format!("Select {}", entry.name()), false).clicked();
    }

    pub(super) fn checkbox_heading(&mut self, ui: &mut Ui) {
        self.all_pressed |= check_mark(ui, self.all, "Select all keys shown", true).clicked();
    }

    fn items(&mut self, ui: &mut Ui, view: &mut View<'_>, entry: &Entry) {
        let root = entry.is_root().then(|| words::account_keys::ROOT_HAS_NO_PAGE.to_owned());
        let go = MenuItem::new("Go to the key").name(format!("Go to {}", entry.name()));
        if go.icon(Icon::KeyRound).shortcut("Enter").off(root.clone()).show(ui) {
            go_to(view, entry);
        }
        ui.separator();
        let id = entry.key_id();
        let copy = MenuItem::new("Copy key id").name(format!("Copy the id of {}", entry.name()));
        let off = id.is_none().then(|| words::account_keys::no_id(entry.is_root()).to_owned());
        if copy.icon(Icon::Copy).off(off).show(ui) {
            view.out.extend(id.map(|id| Msg::CopyText(id.to_string())));
        }
        if self.selected > 0 {
            let several = MenuItem::new("Copy selected key ids").icon(Icon::Copy).shortcut(command("C"));
            self.copies |= several.show(ui);
        }
        if root.is_none() {
            user_actions::copy_name(ui, view, &entry.id.user);
            if let Some(open) = &view.model.open {
                user_actions::open_console(ui, view, open, &entry.id.user);
            }
        }
    }
}
