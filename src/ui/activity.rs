//! What was done: search, one account or all, the table, a report.

mod columns;
mod entry;
mod row;
mod states;

use std::sync::Arc;

use egui::accesskit::Live;
use egui::text_edit::TextEditState;
use egui::{Align, CornerRadius, Event, Frame, Id, Layout, Margin, Stroke, Ui, vec2};

use super::commands::{Command, command};
use super::export_form::{ExportForm, Pressed};
use super::secret_panel::Panel;
use super::table::{
    self, Cached, Focus, Order, RowKeys, Rows as _, TableState, header_ground, list_keys, scroll_horizontally,
};
use super::theme::measures::stroke;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Field, announce, checkbox, label};
use super::{View, messages, words};
use crate::core::{ActivityMsg, Model, Msg, OpenAccount, SessionId};
use crate::domain::ActivityEntry;
use entry::{Entry, EntryKey};
pub(super) use row::ActivityRows;

/// What the list is made from: the session, the revision of the activity, the query, whether it is of all accounts, the order.
type FoundKey = (SessionId, u64, String, bool, (&'static str, bool));

/// What the search has found.
#[derive(Default)]
struct Found {
    entries: Vec<Entry>,
    /// How many there are without a search.
    total: usize,
}

#[derive(Default)]
pub(super) struct ActivityPage {
    query: String,
    found: Cached<FoundKey, Found>,
    state: TableState<EntryKey>,
    rows: ActivityRows,
    export: Option<ExportForm>,
}

impl ActivityPage {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, panel: &mut Panel) {
        table::ignore_held_keys(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        self.filter(view.model, open);
        Frame::new().inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
            messages::unfinished(ui, view);
            messages::unfinished_elsewhere(ui, view);
            self.top(ui, view, open);
            self.export_form(ui, view);
            // A secret stays in sight wherever one goes.
            panel.show(ui, view);
        });
        if self.found.value().entries.is_empty() {
            states::nothing(ui, view.model, &self.query, self.found.value().total);
            return;
        }
        let look = &view.model.settings.tables.activity;
        self.state.lay_out(&mut self.rows, ui.available_width(), look);
        scroll_horizontally(ui, "activity", self.state.layout.width, true, |ui| self.table(ui, view));
        if std::mem::take(&mut self.rows.copies) {
            self.copy_selected(view);
        }
    }

    fn top(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let id = row::search_id();
            view.ui.focus.set_home(id);
            if view.take(Command::SearchUsers) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let field = Field::search(&mut self.query, "Search activity").id(id).width(260.0).show(ui);
            self.keyboard(ui, view, open, field.has_focus() || field.lost_focus());
            checkbox(ui, &mut self.rows.all_accounts, "All accounts");
            let found = self.found.value();
            let sum = words::entries(found.entries.len(), found.total);
            label(ui, sum, Style::Body, ui.tokens().text_secondary);
            self.selected(ui, view);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                // Notices belong to this run and this computer; a report lists changes only.
                let none =
                    !self.found.value().entries.iter().any(|row| matches!(row, Entry::ActivityEntry(_)));
                let off = none.then(|| "There is nothing to export".to_owned());
                let export = Button::secondary("Export…").icon(Icon::Download).id(export_id());
                if export.off(off).show(ui).clicked() {
                    view.push(Msg::Activity(ActivityMsg::ForgetExport));
                    self.export = Some(ExportForm::new(view, &words::report_file(view.now, view.zone)));
                }
            });
        });
    }

    fn export_form(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let Some(form) = &mut self.export else { return };
        ui.add_space(10.0);
        match form.show(ui, view.model.activity.export.as_ref()) {
            Pressed::Nothing => {}
            Pressed::Forget => view.push(Msg::Activity(ActivityMsg::ForgetExport)),
            Pressed::Close => {
                self.export = None;
                view.ui.focus.go_to(Some(export_id()));
            }
            Pressed::Write { path, replace } => {
                let entries = entries(&self.found.value().entries);
                view.push(Msg::Activity(ActivityMsg::Export { entries, path, replace }));
            }
        }
    }

    /// What can be done with several lines.
    fn selected(&self, ui: &mut Ui, view: &mut View<'_>) {
        if self.rows.selected > 1 {
            let text = format!("{} selected", self.rows.selected);
            announce(&label(ui, text, Style::Body, ui.tokens().text_primary), Live::Polite);
            let tip = format!("Copy selected rows ({})", command("C"));
            let copy = Button::ghost("Copy rows").name("Copy selected rows").icon(Icon::Copy).show(ui);
            if copy.on_hover_text(tip).clicked() {
                self.copy_selected(view);
            }
        }
    }

    /// As text, one a line, in the order of the table.
    fn copy_selected(&self, view: &mut View<'_>) {
        let entries = self.found.value().entries.iter();
        let chosen = entries.filter(|entry| self.state.selection.contains(&entry.key_of_row()));
        let lines: Vec<String> = chosen.map(|entry| entry.line(view.zone)).collect();
        if !lines.is_empty() {
            view.push(Msg::CopyText(lines.join("\n")));
        }
    }

    fn filter(&mut self, model: &Model, open: &OpenAccount) {
        let order = Order::<ActivityRows>::of(&model.settings.tables.activity);
        let all = self.rows.all_accounts;
        let key = (open.session, model.activity.revision, self.query.clone(), all, order.key());
        let is_new = self.found.update(key, |(_, _, query, all, _)| find(model, open, query, *all, &order));
        if is_new {
            let entries = &self.found.value().entries;
            let at = |at: usize| entries.get(at).map(Entry::key_of_row);
            self.state.selection.keep_only(&RowKeys { len: entries.len(), at: &at });
        }
    }

    /// Arrows select a row, Enter opens it: from the search on, and while nothing else is typed.
    fn keyboard(&mut self, ui: &Ui, view: &mut View<'_>, open: &OpenAccount, in_search: bool) {
        let entries = &self.found.value().entries;
        let at = |at: usize| entries.get(at).map(Entry::key_of_row);
        let rows = RowKeys { len: entries.len(), at: &at };
        let unfocused = ui.memory(|memory| memory.focused().is_none());
        let listens = in_search || (unfocused && self.state.selection.len() > 0);
        if listens && !table::is_covered(ui.ctx()) {
            let keys = list_keys(ui, if in_search { Focus::Field } else { Focus::List });
            self.state.walk(&keys, &rows);
            let cursor = self.state.selection.cursor();
            if keys.enter
                && cursor.is_some()
                && let Some(entry) = self.state.selection.position(&rows).and_then(|at| entries.get(at))
            {
                row::go_to(view, open, entry);
            }
            if copies(ui, in_search) {
                self.copy_selected(view);
            }
        }
        self.rows.selected = self.state.selection.len();
    }

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let header = header_ground(ui, ActivityRows::SHAPE.header, CornerRadius::ZERO);
        let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
        for y in [header.top() + 0.5, header.bottom() - 0.5] {
            ui.painter().hline(header.x_range(), y, line);
        }
        let entries = &self.found.value().entries;
        self.state.show(ui, view, &mut self.rows, entries.len(), &|at| entries.get(at));
    }
}

/// Those of the accounts that are asked for, in which all that is typed occurs. By time the newest is first, and so it is
/// among those that are the same.
fn find(model: &Model, open: &OpenAccount, query: &str, all: bool, order: &Order<ActivityRows>) -> Found {
    let query = query.to_lowercase();
    let matches = |entry: &Entry| {
        let text = entry.text();
        query.split_whitespace().all(|word| text.contains(word))
    };
    let entries = model.activity.entries().cloned().map(Entry::ActivityEntry);
    let told = model.activity.notices().map(|notice| Entry::of_notice(model, notice));
    let mut entries: Vec<Entry> = entries.chain(told).collect();
    entries.retain(|entry| all || entry.is_of(&open.account));
    let total = entries.len();
    if !query.is_empty() {
        entries.retain(matches);
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
    order.sort(&mut entries, |entry| entry);
    Found { entries, total }
}

/// Ctrl+C is for the table, unless letters of the search are selected.
fn copies(ui: &Ui, in_search: bool) -> bool {
    let letters = || {
        let state = TextEditState::load(ui.ctx(), row::search_id());
        state.and_then(|state| state.cursor.char_range()).is_some_and(|range| !range.is_empty())
    };
    ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)))
        && !(in_search && letters())
}

fn export_id() -> Id {
    Id::unique("export the activity")
}

fn entries(rows: &[Entry]) -> Vec<Arc<ActivityEntry>> {
    let entry = |row: &Entry| match row {
        Entry::ActivityEntry(entry) => Some(Arc::clone(entry)),
        Entry::Notice(..) => None,
    };
    rows.iter().filter_map(entry).collect()
}
