//! What can be done with a key: one list for the menu of the row's button and for the one of a right click.

use egui::{Id, Response, Ui};

use super::description::edit_block;
use super::rows::{Draft, KeyRows, Subject, more_id};
use crate::core::{Forbidden, KeysMsg, Msg};
use crate::domain::{Action, BatchAction, KeyId, spell_out_hidden};
use crate::ui::batch::propose;
use crate::ui::commands::{Command, command};
use crate::ui::theme::measures::{height, space};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{IconButton, MenuItem, RowMenu, label, menu};
use crate::ui::{View, user_actions, words};

const WIDTH: f32 = 280.0;

impl KeyRows {
    pub(super) fn action_cell(&mut self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
        // From the left to the right, so that Tab goes that way too.
        ui.add_space(ui.available_width() - 2.0 * height::SMALL - space::S1 - space::S4);
        ui.spacing_mut().item_spacing.x = space::S1;
        let key = &it.key.id;
        let name = format!("Delete {key}");
        let delete = IconButton::new(Icon::Trash2, &name).small();
        let tip = Command::Delete.beside("Delete…");
        let delete = delete.tip(&tip);
        let id = Id::unique(("delete", key.as_str()));
        if delete.id(id).off(it.why_not(Action::DeleteAccessKey)).show(ui).clicked() {
            self.ask_delete(view, it);
        }
        let name = format!("More for {key}");
        let more = IconButton::new(Icon::Ellipsis, &name).tip("More").small().id(more_id(key)).show(ui);
        self.more_menu(&more, view, it);
    }

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
        self.description_line(ui, it);
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
            for action in [BatchAction::Deactivate, BatchAction::Activate, BatchAction::Delete] {
                let word = format!("{}…", words::batch_selected(action));
                let icon = if action == BatchAction::Delete { Icon::Trash2 } else { Icon::Power };
                if MenuItem::new(&word).icon(icon).show(ui) {
                    propose(view, action, self.selected.clone());
                }
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
    fn description_line(&self, ui: &mut Ui, it: Subject<'_>) {
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
