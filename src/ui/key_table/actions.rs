//! What can be done with a key: one list for the menu of the row's button and for the one of a right click.

use egui::{Id, Response, Ui};
use jiff::Timestamp;

use super::description::{Draft, edit_block};
use super::rows::KeyRows;
use crate::core::{Forbidden, KeysMsg, Msg, OpenAccount, UserKeys};
use crate::domain::{AccessKey, Action, KeyId, KeyStatus, Moment, Severity, UserName, spell_out_hidden};
use crate::ui::commands::{Command, command};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{MenuItem, RowMenu, label, menu};
use crate::ui::{View, user_actions, words};

const WIDTH: f32 = 280.0;

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

impl KeyRows {
    pub(super) fn more_menu(&mut self, more: &Response, view: &mut View<'_>, it: Subject<'_>) {
        menu(more, WIDTH, |ui| self.items(ui, view, it));
    }

    /// Returns true in the frame in which it opens. `is_cursor`: the Menu key is for this row.
    pub(super) fn row_menu(
        &mut self,
        row: &Response,
        view: &mut View<'_>,
        it: Subject<'_>,
        is_cursor: bool,
    ) -> bool {
        let key = &it.key.id;
        let name = format!("Menu of {key}");
        let menu = RowMenu { row, id: more_id(key), name: &name, marked: is_cursor };
        let opens = menu.show(WIDTH, |ui| self.items(ui, view, it));
        if opens {
            view.ui.focus.opened_by(more_id(key));
        }
        opens
    }

    fn items(&mut self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
        self.told(ui, it);
        let key = &it.key.id;
        let copy = MenuItem::new("Copy key id").name(format!("Copy the id of {key}")).icon(Icon::Copy);
        let several = self.selected.len() > 1 && self.selected.contains(key);
        let keys = if several { String::new() } else { command("C") };
        if copy.shortcut(&keys).show(ui) {
            view.push(Msg::CopyText(key.to_string()));
        }
        if several {
            let copy = MenuItem::new("Copy selected key ids").icon(Icon::Copy);
            if copy.shortcut(command("C")).show(ui) {
                self.copy_selected(view);
            }
        }
        user_actions::copy_name(ui, view, it.user);
        user_actions::open_console(ui, view, it.open, it.user);
        ui.separator();
        switch_item(ui, view, it);
        let name = format!("Edit the description of {key}");
        let edit = Command::EditDescription.item().name(name);
        if edit.off(edit_block(it.open, it.user)).show(ui) {
            self.edit(it);
        }
        let name = format!("Delete {key}…");
        let delete = Command::Delete.item().name(name);
        if delete.off(it.why_not(Action::DeleteAccessKey)).show(ui) {
            self.ask_delete(view, it);
        }
        policies(ui, view, it);
    }

    /// Begins to type the description.
    pub(super) fn edit(&mut self, it: Subject<'_>) {
        self.draft = Some(Draft::new(&it.key.id, it.description().unwrap_or_default()));
    }

    /// Once it is deleted, the keyboard goes on beside it.
    pub(super) fn ask_delete(&mut self, view: &mut View<'_>, it: Subject<'_>) {
        let (user, key) = (it.user.clone(), it.key.id.clone());
        self.begun = Some(key.clone());
        view.keys(KeysMsg::AskDelete { user, key });
    }

    /// The ids of the selected keys, one a line.
    pub(super) fn copy_selected(&self, view: &mut View<'_>) {
        let ids: Vec<&str> = self.selected.iter().map(KeyId::as_str).collect();
        view.push(Msg::CopyText(ids.join("\n")));
    }

    /// The description, in the menu where it has no column.
    fn told(&self, ui: &mut Ui, it: Subject<'_>) {
        if let Some(text) = it.description().filter(|_| !self.describes) {
            ui.horizontal(|ui| {
                ui.add_space(space::S4);
                label(ui, spell_out_hidden(text), Style::Small, ui.tokens().text_secondary);
            });
            ui.separator();
        }
    }
}

fn switch_item(ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
    let (to, word) = it.switch();
    let (user, key) = (it.user.clone(), it.key.id.clone());
    let block = view.model.switch_block(&user, &key);
    let off =
        block.as_ref().map(|block| words::switch_block(block).unwrap_or_else(|| "In progress…".to_owned()));
    let item = MenuItem::new(word).name(format!("{word} {key} now")).icon(Icon::Power);
    if item.off(off).show(ui) {
        view.keys(KeysMsg::SetStatus { user, key, status: to });
    }
}

/// What would allow the changes that AWS has refused.
fn policies(ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
    for action in [Action::UpdateAccessKey, Action::DeleteAccessKey, Action::TagUser] {
        let Some(Forbidden::NotAllowed(refusal)) = it.open.access.forbidden(action, it.user) else {
            continue;
        };
        let Some(policy) = it.open.policy(&refusal) else { continue };
        let word = format!("Copy policy for {}", spell_out_hidden(refusal.missing()));
        if MenuItem::new(&word).icon(Icon::ShieldCheck).show(ui) {
            view.push(Msg::CopyText(policy));
        }
    }
}
