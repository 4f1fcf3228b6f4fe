//! The key table: the hero of the window.

mod cells;
mod columns;
mod description;
mod finding_cell;
mod row;
mod states;

use egui::{Align, CornerRadius, Frame, Layout, Popup, Rect, ScrollArea, Sense, Stroke, Ui, vec2};
use egui_extras::TableBuilder;

use super::View;
use super::shortcuts::Shortcut;
use super::theme::Themed as _;
use super::theme::measures::{height, radius, stroke};
use super::widgets::{arrow_steps, neighbour};
use crate::core::{FindMsg, KeysMsg, Msg, Open, UserKeys};
use crate::domain::{AccessKey, KeyId, UserName};
use columns::{Columns, SortBy};
use description::Draft;
use states::{empty, loading, unknown};

/// The line below it belongs to the row.
const HEADER: f32 = height::TABLE_HEADER - stroke::HAIR;

#[derive(Default)]
pub(super) struct KeyTable {
    by: SortBy,
    backwards: bool,
    selected: Option<KeyId>,
    /// The description that is being typed.
    draft: Option<Draft>,
    columns: Columns,
}

/// Where the table of a user will be that is not known yet.
pub(super) fn placeholder(ui: &mut Ui) {
    framed(ui, |ui| {
        header_ground(ui);
        ui.add_space(HEADER);
        loading(ui);
    });
}

fn framed(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    let frame = Frame::new()
        .fill(tokens.bg_panel)
        .stroke(Stroke::new(stroke::HAIR, tokens.border_frame))
        .corner_radius(CornerRadius::same(radius::FRAME));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        content(ui);
    });
}

fn header_ground(ui: &Ui) {
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), HEADER));
    let inside = radius::FRAME - 1;
    let top = CornerRadius { nw: inside, ne: inside, sw: 0, se: 0 };
    ui.painter().rect_filled(rect, top, ui.tokens().bg_chrome);
}

impl KeyTable {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName) {
        let known = open.keys_of(user);
        let mut keys: Vec<&AccessKey> = known.map(|known| known.list().iter().collect()).unwrap_or_default();
        self.sort(&mut keys, known);
        self.draft.take_if(|draft| !keys.iter().any(|key| key.id == draft.key));
        framed(ui, |ui| {
            self.columns = Columns::of(ui.available_width());
            self.sideways(ui, |table, ui| table.table(ui, view, open, user, &keys));
            match known {
                Some(known) if known.list.value.is_some() => {
                    if keys.is_empty() {
                        empty(ui, user, open.quota);
                    }
                }
                Some(known) if known.list.failure.is_some() && !known.list.is_loading() => unknown(ui),
                _ => loading(ui),
            }
        });
        self.reveal(view, user, &keys);
        self.keyboard(ui, view, user, &keys);
    }

    /// *Find* has led to one of these keys.
    fn reveal(&mut self, view: &mut View<'_>, user: &UserName, keys: &[&AccessKey]) {
        let Some((whose, found)) = &view.model.find.reveal else { return };
        if whose == user && keys.iter().any(|key| key.id == *found) {
            self.selected = Some(found.clone());
            view.push(Msg::Find(FindMsg::Revealed));
        }
    }

    fn sort(&self, keys: &mut [&AccessKey], known: Option<&UserKeys>) {
        let used =
            |key: &AccessKey| known.and_then(|known| known.last_use(&key.id)).and_then(|used| used.when());
        let told =
            |key: &AccessKey| known.and_then(|known| known.description(&key.id)).map(str::to_lowercase);
        match self.by {
            SortBy::Age => keys.sort_by_key(|key| key.created),
            SortBy::Id => keys.sort_by(|a, b| a.id.cmp(&b.id)),
            SortBy::Status => keys.sort_by_key(|key| key.status),
            SortBy::LastUse => keys.sort_by_key(|key| used(key)),
            SortBy::Description => keys.sort_by_key(|key| told(key)),
        }
        if self.backwards {
            keys.reverse();
        }
    }

    /// Where not even the least columns have room.
    fn sideways(&mut self, ui: &mut Ui, table: impl FnOnce(&mut Self, &mut Ui)) {
        let wanted = self.columns.width;
        if wanted <= ui.available_width() {
            return table(self, ui);
        }
        ScrollArea::horizontal().id_salt("key table").show(ui, |ui| {
            ui.set_width(wanted);
            table(self, ui);
        });
    }

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName, keys: &[&AccessKey]) {
        header_ground(ui);
        let table = TableBuilder::new(ui)
            .id_salt("keys")
            // Not `click()`: that would make each cell a Tab stop without a name.
            .sense(Sense::CLICK)
            .vscroll(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        let table = self.columns.add_to(table);
        table.header(HEADER, |row| self.header(row)).body(|body| {
            body.rows(height::KEY_ROW + stroke::HAIR, keys.len(), |mut row| {
                if let Some(key) = keys.get(row.index()) {
                    self.row(&mut row, view, open, user, key);
                }
            });
        });
    }

    /// Arrows move between the rows, Delete opens the gate, while nothing is being typed.
    fn keyboard(&mut self, ui: &Ui, view: &mut View<'_>, user: &UserName, keys: &[&AccessKey]) {
        if self.selected.as_ref().is_some_and(|id| !keys.iter().any(|key| key.id == *id)) {
            self.selected = None;
        }
        let Some(at) = keys.iter().position(|key| Some(&key.id) == self.selected.as_ref()) else {
            return;
        };
        // What lies over the page has the keyboard.
        let covered = Popup::is_any_open(ui.ctx()) || ui.memory(|memory| memory.top_modal_layer().is_some());
        if ui.ctx().text_edit_focused() || covered {
            return;
        }
        let step = ui.input(arrow_steps);
        let to = neighbour(at, step, keys.len());
        self.selected = keys.get(to).map(|key| key.id.clone());
        if let (true, Some(key)) = (Shortcut::Delete.taken(ui), self.selected.clone()) {
            view.keys(KeysMsg::AskDelete { user: user.clone(), key });
        }
    }
}
