//! What was done: search, one account or all, the table, a report.

mod columns;
mod export;
mod row;
mod states;

use std::sync::Arc;

use egui::{Align, Frame, Id, Key, Layout, Margin, Modifiers, ScrollArea, Sense, Ui, vec2};
use egui_extras::TableBuilder;

use super::secret_panel::Panel;
use super::shortcuts::Shortcut;
use super::theme::measures::height;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Field, checkbox, label, neighbour};
use super::{View, words};
use crate::core::{Model, Open, SessionId};
use crate::domain::Deed;
use columns::Columns;
use export::ExportForm;

/// What the filtered list was made from; it is made again only when one of these changes.
type Made = (SessionId, u64, String, bool);

#[derive(Default)]
pub(super) struct ActivityPage {
    query: String,
    all_accounts: bool,
    made: Option<Made>,
    /// The newest first.
    rows: Vec<Arc<Deed>>,
    /// How many there are without a search.
    total: usize,
    selected: Option<usize>,
    /// Scroll to the selected row in the next frame.
    reveal: bool,
    columns: Columns,
    export: Option<ExportForm>,
}

impl ActivityPage {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, panel: &mut Panel) {
        ui.spacing_mut().item_spacing.y = 0.0;
        self.filter(view.model, open);
        Frame::new().inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
            self.top(ui, view, open);
            if let Some(form) = &mut self.export
                && form.show(ui, view, &self.rows)
            {
                self.export = None;
            }
            // A secret stays in sight wherever one goes.
            panel.show(ui, view);
        });
        if self.rows.is_empty() {
            states::nothing(ui, view.model, &self.query, self.total);
            return;
        }
        self.columns = Columns::of(ui.available_width(), self.all_accounts);
        self.sideways(ui, |page, ui| page.table(ui, view, open));
    }

    fn top(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let id = Id::unique("search activity");
            if Shortcut::SearchUsers.taken(ui) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let field = Field::search(&mut self.query, "Search activity").id(id).width(260.0).show(ui);
            if field.changed() {
                self.selected = None;
            }
            self.keyboard(ui, view, open, field.has_focus() || field.lost_focus());
            checkbox(ui, &mut self.all_accounts, "All accounts");
            let sum = words::entries(self.rows.len(), self.total);
            label(ui, sum, Style::Body, ui.tokens().text_secondary);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let off = self.rows.is_empty().then(|| "There is nothing to export".to_owned());
                if Button::secondary("Export…").icon(Icon::Download).off(off).show(ui).clicked() {
                    self.export = Some(ExportForm::new(view));
                }
            });
        });
    }

    fn filter(&mut self, model: &Model, open: &Open) {
        let made = (open.session, model.activity.revision, self.query.clone(), self.all_accounts);
        if self.made.as_ref() == Some(&made) {
            return;
        }
        let query = self.query.to_lowercase();
        let here = |deed: &&Arc<Deed>| self.all_accounts || deed.place.is(&open.account);
        let found = |deed: &&Arc<Deed>| {
            let text = words::deed_text(deed);
            query.split_whitespace().all(|word| text.contains(word))
        };
        self.total = model.activity.deeds().filter(here).count();
        self.rows = model.activity.deeds().filter(here).filter(found).cloned().collect();
        self.selected = None;
        self.made = Some(made);
    }

    /// Arrows mark a row, Enter opens it: from the search on, and while nothing else is typed.
    fn keyboard(&mut self, ui: &Ui, view: &mut View<'_>, open: &Open, in_search: bool) {
        let covered =
            egui::Popup::is_any_open(ui.ctx()) || ui.memory(|memory| memory.top_modal_layer().is_some());
        let listens =
            in_search || (self.selected.is_some() && ui.memory(|memory| memory.focused().is_none()));
        if covered || !listens {
            return;
        }
        let (step, enter) = ui.input_mut(|input| {
            let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key).cast_signed();
            (presses(Key::ArrowDown) - presses(Key::ArrowUp), presses(Key::Enter) > 0)
        });
        if step != 0 && !self.rows.is_empty() {
            let to = self.selected.map_or(0, |at| neighbour(at, step, self.rows.len()));
            self.selected = Some(to);
            self.reveal = true;
        }
        if let Some(deed) = self.selected.and_then(|at| self.rows.get(at)).filter(|_| enter) {
            row::go_to(view, open, deed);
        }
    }

    /// Where not even the least columns have room.
    fn sideways(&mut self, ui: &mut Ui, table: impl FnOnce(&mut Self, &mut Ui)) {
        let wanted = self.columns.width;
        if wanted <= ui.available_width() {
            return table(self, ui);
        }
        ScrollArea::horizontal().id_salt("activity").auto_shrink(false).show(ui, |ui| {
            ui.set_width(wanted);
            table(self, ui);
        });
    }

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open) {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        columns::header_ground(ui);
        let mut table = TableBuilder::new(ui)
            .id_salt("activity")
            // Not `click()`: that would make each cell a Tab stop without a name.
            .sense(Sense::CLICK)
            .striped(true)
            .auto_shrink(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        if std::mem::take(&mut self.reveal)
            && let Some(at) = self.selected
        {
            table = table.scroll_to_row(at, None);
        }
        let columns = self.columns;
        let table = columns.add_to(table);
        table.header(height::DENSE_HEADER, |row| columns.header(row)).body(|body| {
            body.rows(height::DENSE_ROW, self.rows.len(), |mut line| {
                let at = line.index();
                let Some(deed) = self.rows.get(at) else { return };
                if row::show(&mut line, view, open, deed, columns, self.selected == Some(at)) {
                    self.selected = Some(at);
                }
            });
        });
    }
}
