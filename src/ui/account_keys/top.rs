//! Above the rows: the filter, its chips, the number of hits, and the ages as a histogram.

use egui::accesskit::Live;
use egui::{Align, Layout, Ui, vec2};

use super::ages::{Bar, days_of};
use super::all_keys::AllKeys;
use super::filter::{Chip, Filter};
use super::histogram::{self, Histogram};
use super::rows::search_id;
use super::views;
use crate::core::{Msg, OpenAccount, SettingsMsg};
use crate::domain::{Policy, Table, TablePrefs};
use crate::ui::View;
use crate::ui::commands::Command;
use crate::ui::theme::measures::{height, space, window};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Button, Field, MenuItem, announce, filter_chip, label, link, menu, tip};
use crate::ui::words;

/// Below it the histogram is behind a button.
const HISTOGRAM_FROM_HEIGHT: f32 = 700.0;

/// What was pressed above the rows.
#[derive(Default)]
pub(super) struct Pressed {
    /// The keyboard is in the filter field, or was until Enter.
    pub(super) in_field: bool,
    pub(super) export: bool,
}

/// What the top is drawn from.
pub(super) struct Top<'a> {
    pub(super) filter: &'a mut Filter,
    pub(super) histogram: &'a mut Histogram,
    pub(super) all: &'a AllKeys,
    /// How many keys the filter shows.
    pub(super) shown: usize,
}

impl Top<'_> {
    pub(super) fn show(mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) -> Pressed {
        let mut pressed = Pressed::default();
        let limit = open.prefs.policy.max_age_days.get();
        let screen = ui.ctx().content_rect();
        let has_histogram = screen.width() >= window::WIDE_FROM && screen.height() >= HISTOGRAM_FROM_HEIGHT;
        if !has_histogram {
            self.left(ui, view, open, &mut pressed, true);
            return pressed;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S7;
            let room = vec2(ui.available_width() - histogram::WIDTH - space::S7, histogram::HEIGHT);
            ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                ui.set_width(room.x);
                self.left(ui, view, open, &mut pressed, false);
            });
            self.histogram.show(ui, &self.all.ages, limit, &mut self.filter.age);
        });
        pressed
    }

    fn left(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        open: &OpenAccount,
        pressed: &mut Pressed,
        folds: bool,
    ) {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S4;
            pressed.in_field = self.field(ui, view);
            self.views(ui, view);
            let off = (self.shown == 0).then(|| "There is nothing to export".to_owned());
            let export =
                Button::ghost("Export…").name("Export keys").icon(Icon::Download).id(super::export_id());
            pressed.export = export.off(off).show(ui).clicked();
        });
        ui.add_space(10.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S3, space::S3);
            self.chips(ui, &open.prefs.policy);
            if folds {
                self.folded(ui, open.prefs.policy.max_age_days.get());
            }
        });
        ui.add_space(10.0);
        self.sum(ui);
    }

    /// Returns whether the keyboard is in it, or was until Enter.
    fn field(&mut self, ui: &mut Ui, view: &mut View<'_>) -> bool {
        let id = search_id();
        view.ui.focus.set_home(id);
        if view.take(Command::SearchUsers) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let field = Field::search(&mut self.filter.query, "Filter account keys");
        let field = field.hint(words::account_keys::FILTER_HINT).id(id).width(260.0).show(ui);
        field.has_focus() || field.lost_focus()
    }

    fn views(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let button = Button::ghost("Views").name("Views of the keys").icon(Icon::ChevronDown).show(ui);
        menu(&button, 220.0, |ui| {
            let prefs = view.model.settings.tables.prefs(Table::AccountKeys);
            for one in views::built_in() {
                let is_shown = *self.filter == one.filter && prefs.sort.as_ref() == Some(&one.sort);
                if MenuItem::new(one.name).name(format!("View {}", one.name)).checked(is_shown).show(ui) {
                    *self.filter = one.filter;
                    let prefs = TablePrefs { sort: Some(one.sort), ..prefs.clone() };
                    view.push(Msg::Settings(SettingsMsg::Table { table: Table::AccountKeys, prefs }));
                }
            }
        });
    }

    /// Counts are of the account, whatever is shown.
    fn chips(&mut self, ui: &mut Ui, policy: &Policy) {
        for chip in Chip::ALL.iter().copied() {
            let on = self.filter.chips.has(chip);
            let word = words::account_keys::chip(chip, policy);
            let count = self.all.count_of(chip);
            let shown = filter_chip(ui, on, &word, &words::number(count), &format!("Filter: {word}"));
            crate::ui::widgets::describe(&shown, || words::account_keys::count(count));
            if shown.clicked() {
                self.filter.chips.set(chip, !on);
            }
            tip(shown, words::account_keys::chip_tip(chip, policy));
        }
    }

    /// The histogram as a popup of its button.
    fn folded(&mut self, ui: &mut Ui, limit: u32) {
        let (on, word) = match self.filter.age {
            Some(bar) => (true, format!("Age: {}", ages(bar))),
            None => (false, "Age".to_owned()),
        };
        let button = filter_chip(ui, on, &word, "", "Ages of active keys");
        menu(&button, histogram::WIDTH + 2.0 * space::S4, |ui| {
            egui::Frame::new().inner_margin(space::S4).show(ui, |ui| {
                self.histogram.show(ui, &self.all.ages, limit, &mut self.filter.age);
            });
        });
    }

    fn sum(&mut self, ui: &mut Ui) {
        let tokens = ui.tokens();
        let line = vec2(ui.available_width(), height::SMALL);
        ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(line.y);
            ui.spacing_mut().item_spacing.x = space::S2;
            let (hits, rest) = words::account_keys::hits(self.shown, self.all.total);
            announce(&label(ui, hits, Style::BodyStrong, tokens.text_primary), Live::Polite);
            label(ui, rest, Style::Body, tokens.text_secondary);
            if let Some(bar) = self.filter.age {
                label(ui, format!("· active, {}", ages(bar)), Style::Body, tokens.text_secondary);
            }
            if !self.filter.is_empty() {
                ui.add_space(space::S4);
                if link(ui, "Clear filters", "Clear filters").clicked() {
                    *self.filter = Filter::default();
                }
            }
        });
    }
}

fn ages(bar: Bar) -> String {
    let (first, last) = days_of(bar);
    words::account_keys::ages(first, last)
}
