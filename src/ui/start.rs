//! Choose an account.

mod list;
mod problems;

use egui::{
    Align, Align2, CornerRadius, EventFilter, Id, Key, Layout, Rect, ScrollArea, Sense, StrokeKind, Ui, pos2,
    vec2,
};

use super::View;
use super::accounts::Entry;
use super::commands::Command;
use super::table::{self, Focus, ListKeys, list_keys};
use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Field, IconButton, button_row, checkbox, describe, is_slow, label, label_at};
use crate::core::{SignIn, StartMsg};
use crate::domain::{Moment, SignInChoice, spell_out_hidden};

const SIGNING_IN: &str = "Signing in…";

/// A sign-in is waited for.
fn wait() -> Id {
    Id::unique("signing in")
}

/// From this many profiles on there is a filter.
const FILTER_FROM: usize = 9;

#[derive(Default)]
pub(super) struct Start {
    filter: String,
    marked: Option<SignInChoice>,
    /// Somebody has marked it. Until then another list of profiles marks anew.
    chosen: bool,
    /// Of which list the mark is.
    as_of: Option<Moment>,
    /// The mark was moved with the keyboard, perhaps out of view.
    moved: bool,
    /// The row at which Tab stops: the one that was marked last.
    stop: Option<SignInChoice>,
    /// The button of the practice account, once it was drawn.
    practice_button: Option<Id>,
    read_only: bool,
}

impl Start {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, panel: &mut super::secret_panel::Panel) {
        panel.over_start(ui, view);
        let width = (ui.available_width() - 48.0).min(960.0);
        let side = ((ui.available_width() - width) / 2.0).max(24.0);
        let rect = ui.available_rect_before_wrap();
        let column = Rect::from_min_size(
            pos2(rect.left() + side, rect.top() + space::S8),
            vec2(width, rect.height() - space::S8),
        );
        ui.scope_builder(egui::UiBuilder::new().max_rect(column), |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.set_width(width);
                self.content(ui, view);
            });
        });
    }

    fn content(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        table::ignore_held_keys(ui);
        let entries = self.entries(view.model);
        self.keep_mark(ui, &entries, view);
        // Before the rows are drawn: an arrow and Enter may arrive together.
        self.keyboard(ui, view, &entries);
        self.title(ui, view);
        problems::problems(ui, view, self.read_only);
        super::messages::unfinished_elsewhere(ui, view);
        ui.add_space(space::S4);
        if entries.is_empty() {
            problems::empty(ui, self.filter.is_empty());
        } else {
            self.table(ui, view, &entries);
        }
        ui.add_space(space::S5);
        self.practice(ui, view);
        ui.add_space(space::S6);
        self.footer(ui);
    }

    fn title(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let tokens = ui.tokens();
        ui.horizontal(|ui| {
            label(ui, "Choose an account", Style::Title, tokens.text_primary);
            button_row(ui, |ui| {
                let total = view.model.files.profiles.value.as_ref().map_or(0, |found| found.list.len());
                if total >= FILTER_FROM {
                    Field::search(&mut self.filter, "Filter profiles").width(260.0).show(ui);
                }
                let tip = Command::Refresh.beside("Reload the files");
                if IconButton::new(Icon::RefreshCw, "Refresh").tip(&tip).show(ui).clicked() {
                    Command::Refresh.run(view);
                }
            });
        });
        let found = view.model.files.profiles.value.as_ref();
        let line = match found {
            None => "Reading the AWS config and credentials files…".to_owned(),
            Some(found) if found.files.is_empty() => "No AWS config or credentials file was found".to_owned(),
            Some(found) => {
                let count = found.list.len();
                let noun = if count == 1 { "profile" } else { "profiles" };
                format!("{count} {noun} in {}", spell_out_hidden(&found.files.join(" and ")))
            }
        };
        label(ui, line, Style::Body, tokens.text_secondary);
    }

    /// What was opened last, or else the first one, until somebody marks another one.
    fn keep_mark(&mut self, ui: &Ui, entries: &[Entry<'_>], view: &View<'_>) {
        let as_of = view.model.files.profiles.as_of;
        let is_new = self.as_of != as_of && !self.chosen;
        self.as_of = as_of;
        let last = view.model.settings.opened.first().map(|opened| opened.choice.clone());
        let exists = |choice: &SignInChoice| {
            *choice == SignInChoice::Practice || entries.iter().any(|entry| entry.is(choice))
        };
        if view.model.files.profiles.value.is_some() && (is_new || !self.marked.as_ref().is_some_and(exists))
        {
            let first = entries.first().map(|entry| entry.choice());
            if let Some(before) = self.marked_id() {
                // It goes along.
                ui.memory_mut(|memory| memory.surrender_focus(before));
            }
            self.marked = last.filter(exists).or(first).or(Some(SignInChoice::Practice));
        }
    }

    fn practice(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let marked = self.marked == Some(SignInChoice::Practice);
        let read_only = self.read_only;
        let tokens = ui.tokens();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 56.0), Sense::hover());
        let corners = CornerRadius::same(radius::FRAME);
        ui.painter().rect_filled(rect, corners, tokens.practice_bg);
        let focused = self.practice_button.is_some_and(|id| ui.memory(|memory| memory.has_focus(id)));
        // The button has a ring of its own.
        if marked && !focused {
            ui.painter().rect_stroke(rect, corners, (stroke::RING, tokens.focus_ring), StrokeKind::Inside);
        }
        let icon = Rect::from_center_size(pos2(rect.left() + 25.0, rect.center().y), vec2(18.0, 18.0));
        Icon::FlaskConical.paint(ui, icon, tokens.practice_text);
        let left = rect.left() + 46.0;
        let line = |y: f32, text: &str, style, color| {
            label_at(
                ui,
                pos2(left, rect.top() + y),
                Align2::LEFT_CENTER,
                text,
                style,
                color,
                rect.width() - 260.0,
            );
        };
        line(19.0, "Practice account", Style::BodyStrong, tokens.practice_text);
        let practice = |sign_in: &SignIn| sign_in.choice == SignInChoice::Practice;
        let signing_in = view.model.sign_in().is_some_and(practice) && is_slow(ui, wait());
        let story =
            "A simulated IAM inside Keyfob, with users and keys to try things on. Nothing reaches AWS.";
        let hint = if signing_in { SIGNING_IN } else { story };
        line(37.0, hint, Style::Body, tokens.text_secondary);
        let mut area = rect.shrink2(vec2(12.0, 0.0));
        let layout = Layout::right_to_left(Align::Center);
        ui.scope_builder(egui::UiBuilder::new().max_rect(area).layout(layout), |ui| {
            let open = Button::secondary("Open practice account").show(ui);
            describe(&open, || hint.to_owned());
            self.practice_button = Some(open.id);
            if open.has_focus() {
                self.chosen |= !marked;
                self.marked = Some(SignInChoice::Practice);
                keep_arrows(ui, open.id);
            }
            // Beside it and not in its place: a double click must not open and cancel.
            area.max.x = open.rect.left() - space::S4;
            if open.clicked() {
                view.start(StartMsg::Open { choice: SignInChoice::Practice, read_only });
            }
        });
        if signing_in {
            list::cancel(ui, view, area, "practice account");
        }
    }

    fn footer(&mut self, ui: &mut Ui) {
        let tokens = ui.tokens();
        ui.horizontal(|ui| {
            checkbox(ui, &mut self.read_only, "Open read-only");
            label(ui, "looks at everything, changes nothing", Style::Body, tokens.text_secondary);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                label(ui, "Press Enter to open the selected account", Style::Body, tokens.text_secondary);
            });
        });
    }

    fn keyboard(&mut self, ui: &Ui, view: &mut View<'_>, entries: &[Entry<'_>]) {
        if view.model.sign_in_asks() {
            return;
        }
        let typing = ui.ctx().text_edit_focused();
        if typing && view.model.creation().is_some() {
            // The path that a new key is saved to is being typed.
            return;
        }
        if table::is_covered(ui.ctx()) {
            // They are pressed for what lies above.
            return;
        }
        let focused = ui.memory(|memory| memory.focused());
        let in_list = focused.is_some() && focused == self.marked_id();
        let keys = match (typing, in_list) {
            (true, _) => list_keys(ui, Focus::Field),
            // Enter presses the row that has the focus.
            (_, true) => list_keys(ui, Focus::Control),
            _ => ListKeys::default(),
        };
        if ui.input(|input| input.key_pressed(Key::Escape)) && view.model.sign_in().is_some() {
            view.start(StartMsg::CancelSignIn);
        }
        let page = (ui.clip_rect().height() / height::START_ROW) as usize;
        // The practice account comes after the table.
        let is_marked = |entry: &Entry<'_>| self.marked.as_ref().is_some_and(|marked| entry.is(marked));
        let at = entries.iter().position(is_marked).unwrap_or(entries.len());
        if let Some(to) = keys.target(Some(at), entries.len() + 1, page) {
            let to = entries.get(to);
            self.marked = Some(to.map_or(SignInChoice::Practice, |entry| entry.choice()));
            self.chosen = true;
            self.moved = true;
        }
        // The keyboard is on the marked account unless it is somewhere else on purpose.
        if let Some(id) = self.marked_id()
            && (focused.is_none() || (in_list && keys.moves()))
        {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        if let (true, Some(choice)) = (keys.enter, self.marked.clone()) {
            // From the filter the keyboard goes on to the row that is being opened.
            if let Some(field) = focused {
                ui.memory_mut(|memory| memory.surrender_focus(field));
            }
            view.start(StartMsg::Open { choice, read_only: self.read_only });
        }
    }

    /// What has the focus when the marked account has it.
    fn marked_id(&self) -> Option<Id> {
        match self.marked.as_ref()? {
            SignInChoice::Practice => self.practice_button,
            choice => Some(list::row_id(choice)),
        }
    }
}

/// Up and down are the list's own.
fn keep_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}
