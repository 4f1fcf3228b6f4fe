//! What can be done with a key: one list for the menu of the row's button and for the one of a right click.

use egui::{Id, Popup, Response, Ui};

use super::KeyTable;
use super::description::{Draft, edit_block};
use crate::core::{Forbidden, KeysMsg, Msg, Open};
use crate::domain::{AccessKey, Action, KeyId, KeyStatus, UserName, visible};
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

/// A key, and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) open: &'a Open,
    pub(super) user: &'a UserName,
    pub(super) key: &'a AccessKey,
}

impl Subject<'_> {
    pub(super) fn why_not(&self, action: Action) -> Option<String> {
        self.open.forbidden(action, self.user).as_ref().map(words::forbidden)
    }

    fn description(&self) -> Option<&str> {
        self.open.keys_of(self.user)?.description(&self.key.id)
    }

    /// Where its status was switched to, and the word for it.
    pub(super) fn switch(&self) -> (KeyStatus, &'static str) {
        match self.key.status {
            KeyStatus::Active => (KeyStatus::Inactive, "Deactivate"),
            _ => (KeyStatus::Active, "Activate"),
        }
    }
}

impl KeyTable {
    pub(super) fn more_menu(&mut self, more: &Response, view: &mut View<'_>, it: Subject<'_>) {
        menu(more, WIDTH, |ui| self.items(ui, view, it));
    }

    pub(super) fn row_menu(&mut self, row: &Response, view: &mut View<'_>, it: Subject<'_>) {
        let key = &it.key.id;
        let name = format!("Menu of {key}");
        let marked = self.selected.as_ref() == Some(key);
        let menu = RowMenu { row, id: more_id(key), name: &name, marked };
        if menu.show(WIDTH, |ui| self.items(ui, view, it)) {
            self.selected = Some(key.clone());
            view.ui.focus.opened_by(more_id(key));
        }
    }

    fn items(&mut self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
        self.told(ui, it);
        let key = &it.key.id;
        let copy = MenuItem::new("Copy key id").name(format!("Copy the id of {key}")).icon(Icon::Copy);
        if copy.shortcut(command("C")).show(ui) {
            view.push(Msg::CopyText(key.to_string()));
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
            self.ask_delete(view, it.user, key);
        }
        policies(ui, view, it);
    }

    /// Begins to type the description.
    pub(super) fn edit(&mut self, it: Subject<'_>) {
        self.draft = Some(Draft::new(&it.key.id, it.description().unwrap_or_default()));
    }

    /// Once it is deleted, the keyboard goes on beside it.
    pub(super) fn ask_delete(&mut self, view: &mut View<'_>, user: &UserName, key: &KeyId) {
        self.selected = Some(key.clone());
        view.keys(KeysMsg::AskDelete { user: user.clone(), key: key.clone() });
    }

    /// The description, in the menu where it has no column.
    fn told(&self, ui: &mut Ui, it: Subject<'_>) {
        if let Some(text) = it.description().filter(|_| !self.columns.description) {
            ui.horizontal(|ui| {
                ui.add_space(space::S4);
                label(ui, visible(text), Style::Small, ui.tokens().text_secondary);
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
        let Some(Forbidden::NotAllowed(refusal)) = it.open.forbidden(action, it.user) else { continue };
        let Some(policy) = it.open.policy(&refusal) else { continue };
        let word = format!("Copy policy for {}", visible(refusal.missing()));
        if MenuItem::new(&word).icon(Icon::ShieldCheck).show(ui) {
            view.push(Msg::CopyText(policy));
        }
    }
}

/// True while keys are for the table: nothing lies over the page, and no text is being typed.
pub(super) fn listens(ui: &Ui) -> bool {
    let covered = Popup::is_any_open(ui.ctx()) || ui.memory(|memory| memory.top_modal_layer().is_some());
    !covered && !ui.ctx().text_edit_focused()
}
