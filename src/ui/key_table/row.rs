//! A row: its cells, and what can be done with its key.

use egui::{Id, Response, Role, Ui, WidgetInfo};
use egui_extras::TableRow;

use super::KeyTable;
use super::actions::{Subject, more_id};
use super::cells::{age_cell, hairline, id_cell, last_use_cell, status_cell};
use super::columns::{ID_INDENT, INDENT, LAST_USED_INDENT};
use super::finding_cell::finding_cell;
use crate::core::Open;
use crate::domain::{AccessKey, Action, UserName};
use crate::ui::View;
use crate::ui::commands::Command;
use crate::ui::theme::Icon;
use crate::ui::theme::measures::{height, space};
use crate::ui::widgets::IconButton;

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
        let it = Subject { open, user, key };
        cell(row, 0.0, |ui| self.action_cell(ui, view, it));
        let response = row.response();
        let (name, selected) = (format!("Key {}", key.id), self.selected.as_ref() == Some(&key.id));
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &name));
        if response.container_clicked() || has_focus_inside(&response) {
            self.selected = Some(key.id.clone());
        }
        // What is told of a key does not cover its row.
        if view.model.notices.iter().any(|notice| notice.event.key() == Some(&key.id)) {
            view.ui.keep_clear.push(response.rect);
        }
        self.row_menu(&response, view, it);
    }

    fn action_cell(&mut self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
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
            self.ask_delete(view, it.user, key);
        }
        let name = format!("More for {key}");
        let more = IconButton::new(Icon::Ellipsis, &name).tip("More").small().id(more_id(key)).show(ui);
        self.more_menu(&more, view, it);
    }
}
