//! The key table: the hero of the window.

mod actions;
mod cells;
mod columns;
mod description;
mod finding_cell;
mod rows;
mod states;

use egui::accesskit::Live;
use egui::{Align, CornerRadius, Event, Frame, Layout, Margin, Stroke, Ui, vec2};

use super::View;
use super::batch::propose;
use super::commands::{Command, command};
use super::secret_panel::creating;
use super::table::{
    self, Focus, ListKeys, Order, RowKeys, Rows as _, TableState, header_ground, list_keys,
    placeholder_layout, scroll_horizontally,
};
use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, announce, button_row, label};
use super::words;
use crate::core::{Creation, FindMsg, Model, Msg, OpenAccount, Stage};
use crate::domain::{BatchAction, KeyId, UserName};
use description::edit_block;
pub(super) use rows::KeyRows;
use rows::{Subject, more_id};
use states::{empty, loading, unknown};

const HEADER: f32 = KeyRows::SHAPE.header;

/// A user has at most two keys, as a rule.
const ROWS: usize = 2;

#[derive(Default)]
pub(super) struct KeyTable {
    state: TableState<KeyId>,
    rows: KeyRows,
    /// Whose keys are selected.
    user: Option<UserName>,
    /// Where the cursor's row was.
    at: usize,
}

/// How wide it is with all columns as wide as they are by themselves, but for the description, in points.
pub(super) fn default_width() -> f32 {
    table::default_width::<KeyRows>() + 2.0 * stroke::HAIR
}

/// Where the table of a user will be that is not known yet.
pub(super) fn placeholder(ui: &mut Ui, view: &View<'_>) {
    framed(ui, |ui| {
        let look = &view.model.settings.tables.keys;
        let layout = placeholder_layout(&KeyRows::default(), ui.available_width(), look);
        ground(ui);
        ui.add_space(HEADER);
        loading(ui, &layout, ROWS);
    });
}

fn framed(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    let frame = Frame::new()
        .stroke(Stroke::new(stroke::HAIR, tokens.border_frame))
        .corner_radius(CornerRadius::same(radius::FRAME));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        content(ui);
    });
}

fn ground(ui: &Ui) {
    let inside = radius::FRAME - 1;
    header_ground(ui, HEADER, CornerRadius { nw: inside, ne: inside, sw: 0, se: 0 });
}

impl KeyTable {
    /// The keys of the user on screen that are selected, in the order of their rows.
    pub(super) fn selected(&self) -> &[KeyId] {
        &self.rows.selected
    }

    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
        table::ignore_held_keys(ui);
        let known = open.keys_of(user);
        let keys = known.map(|known| known.list()).unwrap_or_default();
        let look = &view.model.settings.tables.keys;
        let now = view.now;
        // A handful at most: they are sorted in each frame, as they are when the frame is drawn.
        let mut subjects: Vec<Subject<'_>> =
            keys.iter().map(|key| Subject { open, user, key, now }).collect();
        Order::<KeyRows>::of(look).sort(&mut subjects, |it| *it);
        self.keep_selection(user, &subjects);
        self.rows.draft.take_if(|draft| !keys.iter().any(|key| key.id == draft.key));
        let pressed = self.pressed(ui);
        framed(ui, |ui| {
            self.state.lay_out(&mut self.rows, ui.available_width(), look);
            let wanted = self.state.layout.width;
            scroll_horizontally(ui, "key table", wanted, false, |ui| {
                ground(ui);
                let row = |at: usize| subjects.get(at).copied();
                self.state.show(ui, view, &mut self.rows, subjects.len(), &row);
            });
            match known {
                Some(known) if known.list.value.is_some() => {
                    // The key that is being made has its place already: what is below stays where it is.
                    if is_being_made(view.model, user) && creating(ui) {
                        loading(ui, &self.state.layout, 1);
                    } else if keys.is_empty() {
                        empty(ui, user, open.access.quota());
                    }
                }
                Some(known) if known.list.failure().is_some() && !known.list.is_loading() => unknown(ui),
                _ => loading(ui, &self.state.layout, ROWS),
            }
            self.bar(ui, view, open);
        });
        self.reveal(view, user, &subjects);
        if let Some(pressed) = pressed.filter(|_| table::is_free(ui.ctx())) {
            self.act(ui, view, &subjects, &pressed);
        }
        if let Some(key) = self.rows.begun.take() {
            self.state.selection.touch(key);
        }
        self.note_selection(&subjects);
        self.home(view);
    }

    /// *Find* has led to one of these keys.
    fn reveal(&mut self, view: &mut View<'_>, user: &UserName, keys: &[Subject<'_>]) {
        let Some((whose, found)) = &view.model.find.reveal else { return };
        if whose == user && keys.iter().any(|it| it.key.id == *found) {
            self.state.selection.select_only(found.clone());
            view.ui.focus.go_to(Some(more_id(found)));
            view.push(Msg::Find(FindMsg::Revealed));
        }
    }

    /// Where the keyboard goes on if it has nowhere else to.
    fn home(&self, view: &mut View<'_>) {
        if let Some(key) = self.state.selection.cursor() {
            view.ui.focus.set_home(more_id(key));
        }
    }

    /// Before a menu of the table is drawn: what closes it is not for the table.
    fn pressed(&self, ui: &Ui) -> Option<ListKeys> {
        if !table::is_free(ui.ctx()) || self.rows.draft.is_some() {
            return None;
        }
        let focused = ui.memory(|memory| memory.focused()).is_some();
        Some(list_keys(ui, if focused { Focus::Control } else { Focus::List }))
    }

    /// Arrows move between the rows; what is pressed else is for the row of the cursor, or for all that are selected.
    fn act(&mut self, ui: &Ui, view: &mut View<'_>, keys: &[Subject<'_>], pressed: &ListKeys) {
        let at = |at: usize| keys.get(at).map(|it| it.key.id.clone());
        let rows = RowKeys { len: keys.len(), at: &at };
        // Arrows are for the page as long as nothing was selected.
        if !pressed.moves() || self.state.selection.position(&rows).is_some() {
            self.state.walk(pressed, &rows);
        }
        self.note_selection(keys);
        if !self.selected().is_empty() && is_copy(ui) {
            self.rows.copy_selected(view);
        }
        let cursor = self.state.selection.cursor();
        let Some(it) = keys.iter().find(|it| Some(&it.key.id) == cursor).copied() else { return };
        if self.selected().len() > 1 && view.take(Command::Delete) {
            propose(view, BatchAction::Delete, self.selected().to_vec());
        } else if view.take(Command::Delete) {
            view.ui.focus.opened_by(more_id(&it.key.id));
            self.rows.ask_delete(view, it);
        } else if view.take(Command::EditDescription) && edit_block(it.open, it.user).is_none() {
            self.rows.edit(it);
        }
    }

    /// The row of the cursor may be gone: then its neighbour is selected, and of another user none.
    fn keep_selection(&mut self, user: &UserName, keys: &[Subject<'_>]) {
        if self.user.as_ref() != Some(user) {
            self.user = Some(user.clone());
            self.state.selection = Default::default();
        }
        let at = |at: usize| keys.get(at).map(|it| it.key.id.clone());
        let rows = RowKeys { len: keys.len(), at: &at };
        if self.state.selection.keep_only(&rows)
            && let Some(it) = keys.get(self.at).or_else(|| keys.last())
        {
            self.state.selection.touch(it.key.id.clone());
        }
    }

    fn note_selection(&mut self, keys: &[Subject<'_>]) {
        let at = |at: usize| keys.get(at).map(|it| it.key.id.clone());
        let rows = RowKeys { len: keys.len(), at: &at };
        self.at = self.state.selection.position(&rows).unwrap_or(self.at);
        self.rows.selected = self.state.selection.in_order(&rows);
    }

    /// What can be done with several keys, below their rows.
    fn bar(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
        let many = self.selected().len();
        if many < 2 {
            return;
        }
        let rect = ui.cursor();
        let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
        ui.painter().hline(rect.x_range(), rect.top(), line);
        let margin = Margin { left: 16, right: 8, top: 4, bottom: 4 };
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.allocate_ui_with_layout(
                vec2(ui.available_width(), height::BUTTON),
                Layout::left_to_right(Align::Center),
                |ui| {
                    let text = format!("{many} keys selected");
                    announce(&label(ui, text, Style::Body, ui.tokens().text_primary), Live::Polite);
                    ui.add_space(space::S5);
                    button_row(ui, |ui| {
                        self.batch_buttons(ui, view, open);
                        let tip = format!("Copy key ids ({})", command("C"));
                        let copy = Button::ghost("Copy ids").name("Copy selected key ids").icon(Icon::Copy);
                        if copy.show(ui).on_hover_text(tip).clicked() {
                            self.rows.copy_selected(view);
                        }
                        let clear = Button::ghost("Clear").name("Clear selection").icon(Icon::X);
                        if clear.show(ui).clicked() {
                            self.state.selection.clear();
                        }
                    });
                },
            );
        });
    }
}

impl KeyTable {
    /// What can be done with the selected keys at once: it is offered where it applies to one of them.
    fn batch_buttons(&self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
        for action in [BatchAction::Deactivate, BatchAction::Activate, BatchAction::Delete] {
            let applies = |key: &KeyId| open.keys.key(key).is_some_and(|key| action.applies_to(key.status));
            if !self.selected().iter().any(applies) {
                continue;
            }
            let word = format!("{}…", words::batch_verb(action));
            let icon = if action == BatchAction::Delete { Icon::Trash2 } else { Icon::Power };
            let button = Button::secondary(&word).name(words::batch_selected(action)).icon(icon);
            if button.show(ui).clicked() {
                propose(view, action, self.selected().to_vec());
            }
        }
    }
}

/// Ctrl+C, as the system calls it.
fn is_copy(ui: &Ui) -> bool {
    ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)))
}

fn is_being_made(model: &Model, user: &UserName) -> bool {
    let here = |creation: &Creation| {
        creation.user() == user && model.open.as_ref().is_some_and(|open| open.session == creation.session)
    };
    let creation = model.creation().filter(|creation| here(creation));
    creation.is_some_and(|creation| !matches!(creation.stage, Stage::Made(_)))
}
