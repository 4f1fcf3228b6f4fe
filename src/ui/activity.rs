//! What was done: search, one account or all, the table, a report.

mod columns;
mod entry;
mod export;
mod row;
mod states;

use std::sync::Arc;

use egui::{Align, CornerRadius, Frame, Id, Key, Layout, Margin, Modifiers, Sense, Stroke, Ui, vec2};
use egui_extras::TableBuilder;

use super::commands::Command;
use super::secret_panel::Panel;
use super::table::{Widths, header_ground, sideways};
use super::theme::measures::{height, stroke};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Field, checkbox, label, neighbour};
use super::{View, messages, words};
use crate::core::{Model, Open, SessionId};
use crate::domain::Deed;
use columns::{Columns, SortBy};
use entry::Entry;
use export::ExportForm;

/// What the filtered list was made from; it is made again only when one of these changes.
type Made = (SessionId, u64, String, bool, (SortBy, bool));

#[derive(Default)]
pub(super) struct ActivityPage {
    query: String,
    all_accounts: bool,
    made: Option<Made>,
    rows: Vec<Entry>,
    /// How many there are without a search.
    total: usize,
    selected: Option<usize>,
    /// Scroll to the selected row in the next frame.
    reveal: bool,
    widths: Widths,
    columns: Columns,
    export: Option<ExportForm>,
}

impl ActivityPage {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, panel: &mut Panel) {
        ui.spacing_mut().item_spacing.y = 0.0;
        self.filter(view.model, open);
        Frame::new().inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
            messages::unfinished(ui, view);
            messages::unfinished_elsewhere(ui, view);
            self.top(ui, view, open);
            if let Some(form) = &mut self.export
                && form.show(ui, view, || deeds(&self.rows))
            {
                self.export = None;
                view.ui.focus.go_to(Some(export_id()));
            }
            // A secret stays in sight wherever one goes.
            panel.show(ui, view);
        });
        if self.rows.is_empty() {
            states::nothing(ui, view.model, &self.query, self.total);
            return;
        }
        let look = &view.model.settings.tables.activity;
        self.columns = Columns::of(ui.available_width(), self.all_accounts, &self.widths, look);
        sideways(ui, "activity", self.columns.width, true, |ui| self.table(ui, view, open));
    }

    fn top(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let id = row::search_id();
            view.ui.focus.set_home(id);
            if view.take(Command::SearchUsers) {
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
                // Messages are of this run and of this computer: a report is of deeds.
                let none = !self.rows.iter().any(|row| matches!(row, Entry::Deed(_)));
                let off = none.then(|| "There is nothing to export".to_owned());
                let export = Button::secondary("Export…").icon(Icon::Download).id(export_id());
                if export.off(off).show(ui).clicked() {
                    self.export = Some(ExportForm::new(view));
                }
            });
        });
    }

    fn filter(&mut self, model: &Model, open: &Open) {
        let (by, backwards) = SortBy::of(&model.settings.tables.activity);
        let sort = (by, backwards);
        let made = (open.session, model.activity.revision, self.query.clone(), self.all_accounts, sort);
        if self.made.as_ref() == Some(&made) {
            return;
        }
        let query = self.query.to_lowercase();
        let found = |entry: &Entry| {
            let text = entry.text();
            query.split_whitespace().all(|word| text.contains(word))
        };
        let deeds = model.activity.deeds().cloned().map(Entry::Deed);
        let told = model.activity.told().map(|notice| Entry::told(model, notice));
        self.rows = deeds.chain(told).collect();
        self.rows.retain(|entry| self.all_accounts || entry.is_of(&open.account));
        self.total = self.rows.len();
        if !query.is_empty() {
            self.rows.retain(found);
        }
        entry::sort(&mut self.rows, by, backwards);
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
        if let Some(entry) = self.selected.and_then(|at| self.rows.get(at)).filter(|_| enter) {
            row::go_to(view, open, entry);
        }
    }

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open) {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let header = header_ground(ui, height::DENSE_HEADER, CornerRadius::ZERO);
        let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
        for y in [header.top() + 0.5, header.bottom() - 0.5] {
            ui.painter().hline(header.x_range(), y, line);
        }
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
        table.header(height::DENSE_HEADER, |row| columns.header(row, view, &mut self.widths)).body(|body| {
            body.rows(height::DENSE_ROW, self.rows.len(), |mut line| {
                let at = line.index();
                let Some(entry) = self.rows.get(at) else { return };
                if row::show(&mut line, view, open, entry, columns, self.selected == Some(at)) {
                    self.selected = Some(at);
                }
            });
        });
    }
}

fn export_id() -> Id {
    Id::unique("export the activity")
}

fn deeds(rows: &[Entry]) -> Vec<Arc<Deed>> {
    let deed = |row: &Entry| match row {
        Entry::Deed(deed) => Some(Arc::clone(deed)),
        Entry::Told(..) => None,
    };
    rows.iter().filter_map(deed).collect()
}
