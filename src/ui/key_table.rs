//! The key table: the hero of the window.

mod actions;
mod cells;
mod columns;
mod description;
mod finding_cell;
mod row;
mod states;

use egui::{Align, CornerRadius, Event, Frame, Layout, Sense, Stroke, Ui, vec2};
use egui_extras::TableBuilder;

use super::View;
use super::commands::Command;
use super::secret_panel::creating;
use super::table::{Widths, header_ground, sideways};
use super::theme::Themed as _;
use super::theme::measures::{height, radius, stroke};
use super::widgets::{arrow_steps, neighbour};
use crate::core::{Creation, FindMsg, Model, Msg, Open, Stage, UserKeys};
use crate::domain::{AccessKey, KeyId, UserName};
use actions::{Subject, more_id};
use columns::{Columns, SortBy};
use description::{Draft, edit_block};
use states::{empty, loading, unknown};

/// The line below it belongs to the row.
const HEADER: f32 = height::TABLE_HEADER - stroke::HAIR;

/// A user has at most two keys, as a rule.
const ROWS: usize = 2;

#[derive(Default)]
pub(super) struct KeyTable {
    widths: Widths,
    selected: Option<KeyId>,
    /// Whose it is, and where its row was.
    marked: Option<(UserName, usize)>,
    /// The description that is being typed.
    draft: Option<Draft>,
    columns: Columns,
}

/// Where the table of a user will be that is not known yet.
pub(super) fn placeholder(ui: &mut Ui, view: &View<'_>) {
    framed(ui, |ui| {
        let look = &view.model.settings.tables.keys;
        let columns = Columns::of(ui.available_width(), &Widths::default(), look);
        ground(ui);
        ui.add_space(HEADER);
        loading(ui, columns, ROWS);
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

fn ground(ui: &Ui) {
    let inside = radius::FRAME - 1;
    header_ground(ui, HEADER, CornerRadius { nw: inside, ne: inside, sw: 0, se: 0 });
}

impl KeyTable {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName) {
        let known = open.keys_of(user);
        let mut keys: Vec<&AccessKey> = known.map(|known| known.list().iter().collect()).unwrap_or_default();
        let look = &view.model.settings.tables.keys;
        let (by, backwards) = SortBy::of(look);
        sort(&mut keys, known, by);
        if by == SortBy::Finding {
            let worst =
                |key: &&AccessKey| open.findings(user, &key.id, view.now).first().map(|one| one.severity());
            keys.sort_by_key(|key| std::cmp::Reverse(worst(key)));
        }
        if backwards {
            keys.reverse();
        }
        self.draft.take_if(|draft| !keys.iter().any(|key| key.id == draft.key));
        framed(ui, |ui| {
            self.columns = Columns::of(ui.available_width(), &self.widths, look);
            let wanted = self.columns.width;
            sideways(ui, "key table", wanted, false, |ui| self.table(ui, view, open, user, &keys));
            match known {
                Some(known) if known.list.value.is_some() => {
                    // The key that is being made has its place already: what is below stays where it is.
                    if is_being_made(view.model, user) && creating(ui) {
                        loading(ui, self.columns, 1);
                    } else if keys.is_empty() {
                        empty(ui, user, open.quota);
                    }
                }
                Some(known) if known.list.failure.is_some() && !known.list.is_loading() => unknown(ui),
                _ => loading(ui, self.columns, ROWS),
            }
        });
        self.reveal(view, user, &keys);
        self.keyboard(ui, view, open, user, &keys);
        self.home(view);
    }

    /// *Find* has led to one of these keys.
    fn reveal(&mut self, view: &mut View<'_>, user: &UserName, keys: &[&AccessKey]) {
        let Some((whose, found)) = &view.model.find.reveal else { return };
        if whose == user && keys.iter().any(|key| key.id == *found) {
            self.selected = Some(found.clone());
            view.ui.focus.go_to(Some(more_id(found)));
            view.push(Msg::Find(FindMsg::Revealed));
        }
    }

    /// Where the keyboard goes on if it has nowhere else to.
    fn home(&self, view: &mut View<'_>) {
        if let Some(key) = &self.selected {
            view.ui.focus.set_home(more_id(key));
        }
    }

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName, keys: &[&AccessKey]) {
        ground(ui);
        let table = TableBuilder::new(ui)
            .id_salt("keys")
            // Not `click()`: that would make each cell a Tab stop without a name.
            .sense(Sense::CLICK)
            .vscroll(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        let table = self.columns.add_to(table);
        table.header(HEADER, |row| self.header(row, view)).body(|body| {
            body.rows(height::KEY_ROW + stroke::HAIR, keys.len(), |mut row| {
                if let Some(key) = keys.get(row.index()) {
                    self.row(&mut row, view, open, user, key);
                }
            });
        });
    }

    /// Arrows move between the rows; what is pressed else is for the row that is marked.
    fn keyboard(&mut self, ui: &Ui, view: &mut View<'_>, open: &Open, user: &UserName, keys: &[&AccessKey]) {
        self.mark(user, keys);
        let Some(at) = keys.iter().position(|key| Some(&key.id) == self.selected.as_ref()) else {
            return;
        };
        if !actions::listens(ui) {
            return;
        }
        let to = neighbour(at, ui.input(arrow_steps), keys.len());
        let Some(key) = keys.get(to) else { return };
        self.selected = Some(key.id.clone());
        let copy = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
        if view.take(Command::Delete) {
            view.ui.focus.opened_by(more_id(&key.id));
            self.ask_delete(view, user, &key.id);
        } else if view.take(Command::EditDescription) && edit_block(open, user).is_none() {
            self.edit(Subject { open, user, key });
        } else if copy {
            view.push(Msg::CopyText(key.id.to_string()));
        }
    }

    /// The row that is marked may be gone: then its neighbour is, and of another user none.
    fn mark(&mut self, user: &UserName, keys: &[&AccessKey]) {
        let of = |key: &KeyId| keys.iter().position(|known| known.id == *key);
        let before = self.marked.take().filter(|(whose, _)| whose == user);
        let gone = self.selected.take_if(|key| of(key).is_none()).is_some();
        if let Some((_, at)) = before.filter(|_| gone) {
            self.selected = keys.get(at).or_else(|| keys.last()).map(|key| key.id.clone());
        }
        let at = self.selected.as_ref().and_then(of);
        self.marked = at.map(|at| (user.clone(), at));
    }
}

fn is_being_made(model: &Model, user: &UserName) -> bool {
    let here = |creation: &Creation| {
        creation.user() == user && model.open.as_ref().is_some_and(|open| open.session == creation.session)
    };
    let creation = model.creation.as_ref().filter(|creation| here(creation));
    creation.is_some_and(|creation| !matches!(creation.stage, Stage::Made(_)))
}

fn sort(keys: &mut [&AccessKey], known: Option<&UserKeys>, by: SortBy) {
    let used = |key: &AccessKey| known.and_then(|known| known.last_use(&key.id)).and_then(|used| used.when());
    let told = |key: &AccessKey| known.and_then(|known| known.description(&key.id)).map(str::to_lowercase);
    match by {
        SortBy::Age => keys.sort_by_key(|key| key.created),
        SortBy::Id => keys.sort_by(|a, b| a.id.cmp(&b.id)),
        SortBy::Status => keys.sort_by_key(|key| key.status),
        SortBy::LastUse => keys.sort_by_key(|key| used(key)),
        SortBy::Description => keys.sort_by_key(|key| told(key)),
        SortBy::Finding => {}
    }
}
