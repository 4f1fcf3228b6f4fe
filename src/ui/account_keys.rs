//! All keys of the account: filters, ages, the table, and what can be done with several keys.

mod ages;
mod all_keys;
mod bulk_bar;
mod cells;
mod columns;
mod entry;
mod export;
mod filter;
mod histogram;
mod rows;
mod states;
pub(super) mod status;
mod top;
mod views;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{
    CornerRadius, Event, EventFilter, Frame, Id, Margin, Rect, Role, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::batch::propose;
use super::secret_panel::Panel;
use super::table::{
    self, Cached, Focus, Order, RowKeys, Rows as _, TableState, header_ground, list_keys, scroll_horizontally,
};
use super::theme::Themed as _;
use super::theme::measures::stroke;
use super::widgets::{Checked, describe};
use super::{View, messages, words};
use crate::core::{AccountKeysMsg, KeyRef, Msg, OpenAccount, SessionId, SweepState};
use crate::domain::{KeyId, UserName};
use all_keys::{AllKey, AllKeys};
use entry::{Entry, EntryKey};
use export::{ExportDialog, Scope};
pub(super) use filter::Chip;
use filter::Filter;
use histogram::Histogram;
pub(super) use rows::AccountRows;
use rows::{search_id, table_id};
use top::Top;

/// What the list is made from: all keys, the filter, the order.
type ShownKey = (Option<AllKey>, Filter, (&'static str, bool));

#[derive(Default)]
pub(super) struct AccountKeysPage {
    /// All of this belongs to one sign-in.
    session: Option<SessionId>,
    all: AllKeys,
    filter: Filter,
    shown: Cached<ShownKey, Vec<Arc<Entry>>>,
    state: TableState<EntryKey>,
    rows: AccountRows,
    histogram: Histogram,
    export: Option<ExportDialog>,
    /// The users in view, as the core was told.
    in_view: Vec<UserName>,
    /// The frame in which it was drawn last.
    frame: u64,
}

impl AccountKeysPage {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, panel: &mut Panel) {
        table::ignore_held_keys(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        if self.session != Some(open.session) {
            *self = Self { session: Some(open.session), ..Self::default() };
        }
        self.load(ui, view);
        self.update(view, open);
        let top = Frame::new().inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
            messages::unfinished(ui, view);
            messages::unfinished_elsewhere(ui, view);
            let top = Top {
                filter: &mut self.filter,
                histogram: &mut self.histogram,
                all: &self.all,
                shown: self.shown.value().len(),
            };
            let pressed = top.show(ui, view, open);
            // A secret stays in sight wherever one goes.
            panel.show(ui, view);
            pressed
        });
        // What was pressed shows in this frame.
        self.update(view, open);
        if top.inner.export {
            self.export = Some(ExportDialog::new(view, Scope::Shown));
        }
        self.keyboard(ui, view, top.inner.in_field);
        self.body(ui, view, open);
        if std::mem::take(&mut self.rows.copies) {
            self.copy_selected(view);
        }
        self.export(ui, view, open);
    }

    /// Each time that the page is opened, what is not fresh is asked for.
    fn load(&mut self, ui: &Ui, view: &mut View<'_>) {
        let frame = ui.ctx().cumulative_frame_nr();
        let before = std::mem::replace(&mut self.frame, frame);
        if before + 1 < frame {
            self.in_view.clear();
            view.push(Msg::AccountKeys(AccountKeysMsg::Load));
        }
    }

    fn update(&mut self, view: &View<'_>, open: &OpenAccount) {
        if self.all.update(open, view.now.date) {
            self.rename_selected();
        }
        let prefs = &view.model.settings.tables.account_keys;
        let order = Order::<AccountRows>::of(prefs);
        let key = (self.all.key(), self.filter.clone(), order.key());
        let (all, now) = (&self.all, view.now.date);
        let is_new = self.shown.update(key, |(_, filter, _)| {
            let query = filter.query.to_lowercase();
            let mut shown: Vec<Arc<Entry>> =
                all.iter().filter(|entry| filter.shows(&query, entry, now)).cloned().collect();
            order.sort(&mut shown, |entry| entry.as_ref());
            shown
        });
        if is_new {
            let entries = self.shown.value();
            let at = |at: usize| entries.get(at).map(|entry| entry.id.clone());
            self.state.selection.keep_only(&RowKeys { len: entries.len(), at: &at });
        }
    }

    /// Keys that are selected and whose ids have become known stay selected.
    fn rename_selected(&mut self) {
        let keys = self.state.selection.keys();
        let is_unnamed = |id: &EntryKey| matches!(id.key, KeyRef::Slot(_));
        if !keys.iter().any(is_unnamed) {
            return;
        }
        let before =
            self.shown.value().iter().filter(|entry| is_unnamed(&entry.id) && keys.contains(&entry.id));
        let mut renamed = BTreeMap::new();
        for old in before {
            let created = old.created.map(|created| created.as_second());
            let mut same = self.all.of_user(&old.id.user).iter().filter(|entry| {
                created.is_some() && entry.created.map(|created| created.as_second()) == created
            });
            if let (Some(new), None) = (same.next(), same.next()) {
                renamed.insert(old.id.clone(), new.id.clone());
            }
        }
        self.state.selection.rename(|id| renamed.get(id).cloned());
    }

    fn selected(&self) -> Vec<Arc<Entry>> {
        let keys = self.state.selection.keys();
        if keys.is_empty() {
            return Vec::new();
        }
        self.shown.value().iter().filter(|entry| keys.contains(&entry.id)).cloned().collect()
    }

    /// Arrows move the cursor, Space selects, Enter opens: from the filter on, in the table, and while nothing else is typed.
    fn keyboard(&mut self, ui: &Ui, view: &mut View<'_>, in_field: bool) {
        let entries = self.shown.value();
        let at = |at: usize| entries.get(at).map(|entry| entry.id.clone());
        let rows = RowKeys { len: entries.len(), at: &at };
        let focused = ui.memory(|memory| memory.focused());
        let in_table = focused == Some(table_id());
        let has_cursor = || self.state.selection.position(&rows).is_some();
        if in_table && !has_cursor() {
            entries.first().into_iter().for_each(|entry| self.state.selection.set_cursor(entry.id.clone()));
        }
        let listens = in_field || in_table || (focused.is_none() && self.state.selection.len() > 0);
        if listens && !table::is_covered(ui.ctx()) {
            let keys = list_keys(ui, if in_field { Focus::Field } else { Focus::Checkboxes });
            self.state.walk_checkboxes(&keys, &rows);
            let cursor = keys.enter.then(|| self.state.selection.position(&rows)).flatten();
            if let Some(entry) = cursor.and_then(|at| entries.get(at)) {
                rows::go_to(view, entry);
            }
            let copies = || ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
            self.rows.copies |= !in_field && copies();
        }
        self.rows.selected = self.state.selection.len();
    }

    /// The rows, and below them the bar of those that are selected.
    fn body(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
        let whole = ui.available_rect_before_wrap();
        let has_bar = self.state.selection.len() > 0;
        let bottom = whole.bottom() - if has_bar { bulk_bar::HEIGHT } else { 0.0 };
        let place = Rect::from_min_max(whole.min, pos2(whole.right(), bottom));
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            self.rows.room = ui.available_width();
            let prefs = &view.model.settings.tables.account_keys;
            self.state.lay_out(&mut self.rows, ui.available_width(), prefs);
            let wanted = self.state.layout.width;
            scroll_horizontally(ui, "account keys", wanted, true, |ui| self.table(ui, view, open));
        });
        if has_bar {
            let place = Rect::from_min_max(pos2(whole.left(), bottom), whole.max);
            ui.scope_builder(UiBuilder::new().max_rect(place), |ui| self.bar(ui, view));
        }
    }

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let header = header_ground(ui, AccountRows::SHAPE.header, CornerRadius::ZERO);
        let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
        for y in [header.top() + 0.5, header.bottom() - 0.5] {
            ui.painter().hline(header.x_range(), y, line);
        }
        let entries = self.shown.value();
        if entries.is_empty() {
            ui.add_space(AccountRows::SHAPE.header);
            if self.all.total > 0 {
                states::no_hits(ui);
            } else if let (Some((failure, _)), None) = (open.users.list.failure(), &open.users.list.value) {
                Frame::new().inner_margin(16).show(ui, |ui| messages::users_failed(ui, view, open, failure));
            } else if is_loading(open) {
                states::loading(ui, &self.state.layout);
            } else {
                states::no_keys(ui, open);
            }
            return;
        }
        self.rows.all = match self.state.selection.len() {
            0 => Checked::No,
            some if some == entries.len() => Checked::Yes,
            _ => Checked::Some,
        };
        self.rows.in_view.clear();
        let place = Rect::from_min_max(pos2(header.left(), header.bottom()), ui.max_rect().max);
        self.state.show(ui, view, &mut self.rows, entries.len(), &|at| entries.get(at).map(AsRef::as_ref));
        stop(ui, place, entries.len());
        if std::mem::take(&mut self.rows.all_pressed) {
            let at = |at: usize| entries.get(at).map(|entry| entry.id.clone());
            match self.rows.all {
                Checked::Yes => self.state.selection.clear(),
                _ => self.state.selection.select_all(&RowKeys { len: entries.len(), at: &at }),
            }
            ui.request_repaint();
        }
        if self.rows.in_view != self.in_view {
            self.in_view.clone_from(&self.rows.in_view);
            view.push(Msg::AccountKeys(AccountKeysMsg::InView(self.in_view.clone())));
        }
    }

    fn bar(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        match bulk_bar::show(ui, &self.selected()) {
            Some(bulk_bar::Pressed::Export) => self.export = Some(ExportDialog::new(view, Scope::Selected)),
            Some(bulk_bar::Pressed::Batch(action)) => {
                let ids = self.selected().iter().filter_map(|entry| entry.key_id().cloned()).collect();
                propose(view, action, ids);
            }
            Some(bulk_bar::Pressed::Copy) => self.rows.copies = true,
            Some(bulk_bar::Pressed::Clear) => {
                self.state.selection.clear();
                view.ui.focus.go_to(Some(search_id()));
            }
            None => {}
        }
    }

    fn export(&mut self, ui: &Ui, view: &mut View<'_>, open: &OpenAccount) {
        let Some(dialog) = &self.export else { return };
        let scope = dialog.scope;
        let keys = match scope {
            Scope::Shown => self.shown.value().clone(),
            Scope::Selected => self.selected(),
        };
        let (all, filter) = (&self.all, &self.filter);
        let report = |view: &View<'_>| {
            export::report(view, open, all, &keys, export::scope_words(scope, filter, open))
        };
        let closes = self.export.as_mut().is_some_and(|dialog| dialog.show(ui, view, keys.len(), report));
        if closes {
            self.export = None;
        }
    }

    /// The ids that are known of the selected keys, one a line, in the order of the table.
    fn copy_selected(&self, view: &mut View<'_>) {
        let selected = self.selected();
        let ids: Vec<&str> = selected.iter().filter_map(|entry| entry.key_id()).map(KeyId::as_str).collect();
        if !ids.is_empty() {
            view.push(Msg::CopyText(ids.join("\n")));
        }
    }
}

/// Some keys may still come.
fn is_loading(open: &OpenAccount) -> bool {
    let sweeps = open.inventory.sweep.state() == SweepState::Running;
    open.users.list.is_first_load() || open.inventory.report.report.is_first_load() || sweeps
}

/// One stop of Tab for all rows, as many as there are.
fn stop(ui: &Ui, place: Rect, len: usize) {
    let stop = ui.interact(place, table_id(), Sense::focusable_noninteractive());
    stop.widget_info(|| WidgetInfo::labeled(Role::Table, true, "Account keys table"));
    describe(&stop, || words::account_keys::count(len));
    if stop.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(stop.id, filter));
    }
}

fn export_id() -> Id {
    Id::unique("export the account's keys")
}
