//! The rows of the key table: one for each key, with what can be done with it.

use egui::{Id, Response, Ui};

use super::actions::{Subject, more_id};
use super::columns::COLUMNS;
use super::description::Draft;
use crate::domain::{Action, KeyId, Table};
use crate::ui::View;
use crate::ui::commands::Command;
use crate::ui::table::{Column, Layout, Rows, Shape};
use crate::ui::theme::Icon;
use crate::ui::theme::measures::{height, space, stroke};
use crate::ui::widgets::IconButton;

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

impl Rows for KeyRows {
    type Row<'a> = Subject<'a>;
    type Key = KeyId;

    const TABLE: Table = Table::Keys;
    // The line below a row or the header belongs to it.
    const SHAPE: Shape = Shape {
        salt: "keys",
        header: height::TABLE_HEADER - stroke::HAIR,
        row: height::KEY_ROW + stroke::HAIR,
        dense: false,
    };
    const COLUMNS: &'static [Column<Self>] = COLUMNS;
    const SORTED_BY: &'static str = "age";

    fn key(it: Subject<'_>) -> KeyId {
        it.key.id.clone()
    }

    fn name(it: Subject<'_>, _view: &View<'_>) -> String {
        format!("Key {}", it.key.id)
    }

    fn row(&mut self, response: &Response, view: &mut View<'_>, it: Subject<'_>, is_cursor: bool) -> bool {
        // A message about a key does not cover its row.
        if view.model.notices.iter().any(|notice| notice.event.key() == Some(&it.key.id)) {
            view.ui.keep_clear.push(response.rect);
        }
        self.row_menu(response, view, it, is_cursor)
    }

    fn lay_out(&mut self, layout: &Layout) {
        self.describes = layout.shows::<Self>(super::columns::DESCRIPTION);
    }
}

impl KeyRows {
    /// Without a column of its own a description is typed where the finding stands.
    pub(super) fn finding_or_draft_cell(&mut self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
        if self.is_typed(&it.key.id) && !self.describes {
            self.description_cell(ui, view, it);
        } else {
            super::finding_cell::finding_cell(ui, view, it);
        }
    }

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
}
