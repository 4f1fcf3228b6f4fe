//! A row: its cells, and what can be done with its key.

use egui::{Response, Role, Ui, WidgetInfo};
use egui_extras::TableRow;

use super::KeyTable;
use super::cells::{age_cell, hairline, id_cell, last_use_cell, status_cell};
use super::columns::{ID_INDENT, INDENT, LAST_USED_INDENT};
use super::description::{Draft, edit_block};
use super::finding_cell::finding_cell;
use crate::core::{Forbidden, KeysMsg, Msg, Open};
use crate::domain::{AccessKey, Action, UserName, visible};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::measures::{height, space};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{IconButton, MenuItem, label, menu};
use crate::ui::{View, words};

/// A cell with the line above its row.
fn cell(row: &mut TableRow<'_, '_>, indent: f32, content: impl FnOnce(&mut Ui)) {
    row.col(|ui| {
        hairline(ui);
        ui.add_space(indent);
        content(ui);
    });
}

/// Tab has reached a control of the row: Delete and the arrows then go from here.
fn has_focus_inside(row: &Response) -> bool {
    let focused = row.ctx.memory(|memory| memory.focused()).and_then(|id| row.ctx.read_response(id));
    focused
        .is_some_and(|focused| focused.layer_id == row.layer_id && row.rect.contains(focused.rect.center()))
}

/// What would allow the changes that AWS has refused.
fn policies(ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName) {
    for action in [Action::UpdateAccessKey, Action::DeleteAccessKey, Action::TagUser] {
        let Some(Forbidden::NotAllowed(refusal)) = open.forbidden(action, user) else { continue };
        let Some(policy) = open.policy(&refusal) else { continue };
        let word = format!("Copy policy for {}", visible(refusal.missing()));
        if MenuItem::new(&word).icon(Icon::ShieldCheck).show(ui) {
            view.push(Msg::CopyText(policy));
        }
    }
}

impl KeyTable {
    pub(super) fn row(
        &mut self,
        row: &mut TableRow<'_, '_>,
        view: &mut View<'_>,
        open: &Open,
        user: &UserName,
        key: &AccessKey,
    ) {
        let found = open.findings(user, &key.id, view.now);
        let known = open.keys_of(user);
        row.set_selected(self.selected.as_ref() == Some(&key.id));
        let columns = self.columns;
        // Without a column of its own a description is typed where the finding stands.
        let describes = self.draft.as_ref().is_some_and(|draft| draft.key == key.id);
        cell(row, ID_INDENT, |ui| id_cell(ui, view, open, key, columns));
        cell(row, INDENT, |ui| status_cell(ui, view, user, key));
        cell(row, 0.0, |ui| age_cell(ui, view, key));
        cell(row, LAST_USED_INDENT, |ui| last_use_cell(ui, view, known, key));
        cell(row, INDENT, |ui| {
            if describes && !columns.description {
                self.description_cell(ui, view, open, user, key);
            } else {
                finding_cell(ui, open, known, key, &found);
            }
        });
        if columns.description {
            cell(row, INDENT, |ui| self.description_cell(ui, view, open, user, key));
        }
        cell(row, 0.0, |ui| self.action_cell(ui, view, open, user, key));
        let response = row.response();
        let (name, selected) = (format!("Key {}", key.id), self.selected.as_ref() == Some(&key.id));
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &name));
        if response.clicked() || has_focus_inside(&response) {
            self.selected = Some(key.id.clone());
        }
    }

    fn action_cell(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        open: &Open,
        user: &UserName,
        key: &AccessKey,
    ) {
        // From the left to the right, so that Tab goes that way too.
        ui.add_space(ui.available_width() - 2.0 * height::SMALL - space::S1 - space::S4);
        ui.spacing_mut().item_spacing.x = space::S1;
        let why_not = |action| open.forbidden(action, user).as_ref().map(words::forbidden);
        let off = why_not(Action::DeleteAccessKey);
        let name = format!("Delete {}", key.id);
        let delete = IconButton::new(Icon::Trash2, &name)
            .tip(&Shortcut::Delete.beside("Delete…"))
            .small()
            .off(off.clone())
            .show(ui);
        let name = format!("More for {}", key.id);
        let more = IconButton::new(Icon::Ellipsis, &name).tip("More").small().show(ui);
        let mut ask = delete.clicked();
        menu(&more, 260.0, |ui| {
            self.told(ui, open, user, key);
            if MenuItem::new("Copy key id")
                .name(format!("Copy the id of {}", key.id))
                .icon(Icon::Copy)
                .show(ui)
            {
                view.push(Msg::CopyText(key.id.to_string()));
            }
            let name = format!("Edit the description of {}", key.id);
            let edit = MenuItem::new("Edit description…").name(name).icon(Icon::KeyRound);
            if edit.off(edit_block(open, user)).show(ui) {
                let now = open.keys_of(user).and_then(|keys| keys.description(&key.id)).unwrap_or_default();
                self.draft = Some(Draft::new(&key.id, now));
            }
            let keys = Shortcut::Delete.text();
            let delete = MenuItem::new("Delete…")
                .name(format!("Delete {}…", key.id))
                .icon(Icon::Trash2)
                .shortcut(&keys);
            ask |= delete.off(off).show(ui);
            policies(ui, view, open, user);
        });
        if ask {
            view.keys(KeysMsg::AskDelete { user: user.clone(), key: key.id.clone() });
        }
    }

    /// The description, in the menu where it has no column.
    fn told(&self, ui: &mut Ui, open: &Open, user: &UserName, key: &AccessKey) {
        let text = open.keys_of(user).and_then(|keys| keys.description(&key.id));
        if let Some(text) = text.filter(|_| !self.columns.description) {
            ui.horizontal(|ui| {
                ui.add_space(space::S4);
                label(ui, visible(text), Style::Small, ui.tokens().text_secondary);
            });
            ui.separator();
        }
    }
}
