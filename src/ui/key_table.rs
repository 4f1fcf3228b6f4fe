//! The key table: the hero of the window.

use egui::{
    Align, Align2, CornerRadius, Frame, Key, Layout, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use egui_extras::{Column, TableBuilder, TableRow};

use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{
    Field, IconButton, MenuItem, Position, arrow_steps, badge, label, label_at, link, menu, neighbour,
    one_line, skeleton, switch, tip,
};
use super::{View, words};
use crate::core::{KeysMsg, Msg, Open, UserKeys};
use crate::domain::{AccessKey, Finding, KeyId, KeyStatus, UserName, visible};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SortBy {
    #[default]
    Age,
    Id,
    Status,
    LastUse,
    Description,
}

#[derive(Default)]
pub(super) struct KeyTable {
    by: SortBy,
    backwards: bool,
    selected: Option<KeyId>,
    /// The description that is being typed.
    describing: Option<(KeyId, String)>,
    columns: Columns,
}

/// Which columns there is room for.
#[derive(Clone, Copy, Default)]
struct Columns {
    finding: f32,
    description: bool,
}

impl Columns {
    fn of(width: f32) -> Self {
        let finding = if width >= 880.0 { 180.0 } else { 156.0 };
        Self { finding, description: width >= 880.0 }
    }
}

impl KeyTable {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName) {
        let tokens = ui.tokens();
        let frame = Frame::new()
            .fill(tokens.bg_panel)
            .stroke(Stroke::new(stroke::HAIR, tokens.border_frame))
            .corner_radius(CornerRadius::same(radius::FRAME))
            .inner_margin(1.0);
        let known = open.keys_of(user);
        let mut keys: Vec<&AccessKey> = known.map(|known| known.list().iter().collect()).unwrap_or_default();
        self.sort(&mut keys, known);
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            self.columns = Columns::of(ui.available_width());
            self.table(ui, view, open, user, &keys);
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
        self.keyboard(ui, view, user, &keys);
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

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName, keys: &[&AccessKey]) {
        let columns = self.columns;
        let header = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height::TABLE_HEADER));
        let top = CornerRadius { nw: radius::FRAME, ne: radius::FRAME, sw: 0, se: 0 };
        ui.painter().rect_filled(header, top, ui.tokens().bg_chrome);
        let mut table = TableBuilder::new(ui)
            .id_salt("keys")
            // Not `click()`: that would make each cell a Tab stop without a name.
            .sense(Sense::CLICK)
            .vscroll(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(222.0))
            .column(Column::exact(112.0))
            .column(Column::exact(62.0))
            .column(Column::exact(164.0))
            .column(Column::exact(columns.finding));
        table = if columns.description {
            table.column(Column::remainder().clip(true)).column(Column::exact(72.0))
        } else {
            table.column(Column::remainder())
        };
        table.header(height::TABLE_HEADER, |row| self.header(row)).body(|body| {
            body.rows(height::KEY_ROW, keys.len(), |mut row| {
                if let Some(key) = keys.get(row.index()) {
                    self.row(&mut row, view, open, user, key);
                }
            });
        });
    }

    fn header(&mut self, mut row: TableRow<'_, '_>) {
        let columns = self.columns;
        self.heading(&mut row, "Key id", SortBy::Id, 16.0, false);
        self.heading(&mut row, "Status", SortBy::Status, 0.0, false);
        self.heading(&mut row, "Age", SortBy::Age, 0.0, true);
        self.heading(&mut row, "Last used", SortBy::LastUse, 20.0, false);
        row.col(|ui| _ = label(ui, "Finding", Style::SmallMedium, ui.tokens().text_secondary));
        if columns.description {
            self.heading(&mut row, "Description", SortBy::Description, 0.0, false);
        }
        row.col(|_| {});
    }

    fn heading(&mut self, row: &mut TableRow<'_, '_>, word: &str, by: SortBy, indent: f32, right: bool) {
        let sorted = self.by == by;
        let backwards = self.backwards;
        let (_, response) = row.col(|ui| {
            let color = if sorted { ui.tokens().text_primary } else { ui.tokens().text_secondary };
            ui.add_space(indent);
            let arrow = |ui: &mut Ui| {
                if sorted && backwards {
                    Icon::ArrowUp.show(ui, 12.0, color);
                } else if sorted {
                    Icon::ArrowDown.show(ui, 12.0, color);
                }
            };
            if right {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    label(ui, word, Style::SmallMedium, color);
                    arrow(ui);
                });
            } else {
                label(ui, word, Style::SmallMedium, color);
                ui.add_space(space::S2);
                arrow(ui);
            }
        });
        let name = format!("Sort by {}", word.to_lowercase());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        if response.clicked() {
            self.backwards = sorted && !self.backwards;
            self.by = by;
        }
    }

    fn row(
        &mut self,
        row: &mut TableRow<'_, '_>,
        view: &mut View<'_>,
        open: &Open,
        user: &UserName,
        key: &AccessKey,
    ) {
        let columns = self.columns;
        let found = open.findings(user, &key.id, view.now);
        let known = open.keys_of(user);
        row.set_selected(self.selected.as_ref() == Some(&key.id));
        row.col(|ui| {
            hairline(ui);
            id_cell(ui, view, open, key);
        });
        row.col(|ui| {
            hairline(ui);
            status_cell(ui, view, user, key);
        });
        row.col(|ui| {
            hairline(ui);
            age_cell(ui, view, key);
        });
        row.col(|ui| {
            hairline(ui);
            last_use_cell(ui, view, known, key);
        });
        row.col(|ui| {
            hairline(ui);
            finding_cell(ui, &found);
        });
        if columns.description {
            row.col(|ui| {
                hairline(ui);
                self.description_cell(ui, view, open, user, key);
            });
        }
        row.col(|ui| {
            hairline(ui);
            self.action_cell(ui, view, open, user, key);
        });
        let response = row.response();
        let (name, selected) = (format!("Key {}", key.id), self.selected.as_ref() == Some(&key.id));
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &name));
        if response.clicked() {
            self.selected = Some(key.id.clone());
        }
    }

    fn description_cell(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        open: &Open,
        user: &UserName,
        key: &AccessKey,
    ) {
        if let Some((_, text)) = self.describing.as_mut().filter(|(id, _)| *id == key.id) {
            let name = format!("Description of {}", key.id);
            let width = ui.available_width() - space::S4;
            let field = Field::new(text, &name).hint("What is it for?").width(width).show(ui);
            if field.lost_focus() {
                if !ui.input(|input| input.key_pressed(Key::Escape)) {
                    view.keys(KeysMsg::Describe {
                        user: user.clone(),
                        key: key.id.clone(),
                        text: text.clone(),
                    });
                }
                self.describing = None;
            } else if !field.has_focus() {
                field.request_focus();
            }
            return;
        }
        let tokens = ui.tokens();
        let descriptions = open.keys_of(user).map(|keys| &keys.descriptions);
        match descriptions.and_then(|texts| texts.value.as_ref()) {
            Some(texts) => match texts.get(&key.id) {
                Some(text) => _ = one_line(ui, visible(text), Style::Body, tokens.text_primary),
                None if open.read_only => _ = label(ui, "–", Style::Body, tokens.text_secondary),
                None => {
                    if link(ui, "Add description", &format!("Add description to {}", key.id)).clicked() {
                        self.describing = Some((key.id.clone(), String::new()));
                    }
                }
            },
            None if descriptions.is_some_and(|texts| texts.failure.is_some() && !texts.is_loading()) => {
                let failure = descriptions.and_then(|texts| texts.failure.as_ref());
                let why = failure.map(|(failure, _)| words::explain(failure, Some(&open.account)));
                tip(label(ui, "Not known", Style::Body, tokens.text_secondary), why.unwrap_or_default());
            }
            None => skeleton(ui, 90.0),
        }
    }

    fn action_cell(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        open: &Open,
        user: &UserName,
        key: &AccessKey,
    ) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::S4);
            let off = open.read_only.then(|| "Read-only: nothing can be changed".to_owned());
            let name = format!("More for {}", key.id);
            let more = IconButton::new(Icon::Ellipsis, &name).tip("More").small().show(ui);
            menu(&more, 220.0, |ui| {
                if MenuItem::new("Copy key id")
                    .name(format!("Copy the id of {}", key.id))
                    .icon(Icon::Copy)
                    .show(ui)
                {
                    view.push(Msg::CopyText(key.id.to_string()));
                }
                if MenuItem::new("Edit description…").icon(Icon::KeyRound).off(off.clone()).show(ui) {
                    let now =
                        open.keys_of(user).and_then(|keys| keys.description(&key.id)).unwrap_or_default();
                    self.describing = Some((key.id.clone(), now.to_owned()));
                }
                if MenuItem::new("Delete…")
                    .name(format!("Delete {}…", key.id))
                    .icon(Icon::Trash2)
                    .off(off.clone())
                    .show(ui)
                {
                    view.keys(KeysMsg::AskDelete { user: user.clone(), key: key.id.clone() });
                }
            });
            let name = format!("Delete {}", key.id);
            if IconButton::new(Icon::Trash2, &name).tip("Delete…").small().off(off.clone()).show(ui).clicked()
            {
                view.keys(KeysMsg::AskDelete { user: user.clone(), key: key.id.clone() });
            }
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
        let in_dialog = view.model.open.as_ref().is_some_and(|open| open.gate.is_some());
        if ui.ctx().text_edit_focused() || in_dialog {
            return;
        }
        let (step, delete) = ui.input(|input| {
            let step = arrow_steps(input);
            (step, input.key_pressed(Key::Delete))
        });
        let to = neighbour(at, step, keys.len());
        self.selected = keys.get(to).map(|key| key.id.clone());
        if let (true, Some(key)) = (delete, self.selected.clone()) {
            view.keys(KeysMsg::AskDelete { user: user.clone(), key });
        }
    }
}

/// The line above each row.
fn hairline(ui: &Ui) {
    let rect = ui.max_rect();
    let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
    ui.painter().hline(rect.x_range(), rect.top(), line);
}

fn id_cell(ui: &mut Ui, view: &mut View<'_>, open: &Open, key: &AccessKey) {
    let tokens = ui.tokens();
    ui.add_space(space::S6);
    one_line_id(ui, &key.id);
    ui.add_space(space::S3);
    let name = format!("Copy key id {}", key.id);
    if IconButton::new(Icon::Copy, &name).tip("Copy key id").small().flashes().show(ui).clicked() {
        view.push(Msg::CopyText(key.id.to_string()));
    }
    if open.signs_with(&key.id) {
        let mark = Icon::Fingerprint.show(ui, size::ROW, tokens.accent_text);
        tip(mark, "Signs for you: Keyfob itself uses this key");
    }
}

fn one_line_id(ui: &mut Ui, id: &KeyId) {
    let color = ui.tokens().text_primary;
    let room = 166.0_f32.min(ui.available_width() - 30.0);
    ui.allocate_ui_with_layout(vec2(room, 18.0), Layout::left_to_right(Align::Center), |ui| {
        one_line(ui, visible(id.as_str()), Style::Mono, color);
    });
}

fn status_cell(ui: &mut Ui, view: &mut View<'_>, user: &UserName, key: &AccessKey) {
    let under_way = view.model.open.as_ref().and_then(|open| open.switching.get(&key.id));
    let active = key.status == KeyStatus::Active;
    let (position, word) = match under_way.map(|switch| switch.to) {
        Some(KeyStatus::Inactive) => (Position::Working, "Switching off…"),
        Some(_) => (Position::Working, "Switching on…"),
        None if active => (Position::On, words::status(key.status)),
        None => (Position::Off, words::status(key.status)),
    };
    let deed = if active { "Deactivate" } else { "Activate" };
    let name = format!("{deed} {}", key.id);
    let off = view.model.switch_block(&key.id).and_then(words::switch_block);
    if switch(ui, position, word, &name, off).clicked() {
        let status = if active { KeyStatus::Inactive } else { KeyStatus::Active };
        view.keys(KeysMsg::SetStatus { user: user.clone(), key: key.id.clone(), status });
    }
}

fn age_cell(ui: &mut Ui, view: &View<'_>, key: &AccessKey) {
    let tokens = ui.tokens();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| match key.created {
        Some(created) => {
            let text = label(ui, words::days(created, view.now), Style::Body, tokens.text_primary);
            tip(text, format!("Created {}", words::exact(created, view.zone)));
        }
        None => _ = label(ui, "–", Style::Body, tokens.text_secondary),
    });
}

fn last_use_cell(ui: &mut Ui, view: &View<'_>, known: Option<&UserKeys>, key: &AccessKey) {
    let tokens = ui.tokens();
    ui.add_space(20.0);
    let remote = known.and_then(|known| known.last_uses.get(&key.id));
    let Some(used) = remote.and_then(|remote| remote.value.as_ref()) else {
        match remote.and_then(|remote| remote.failure.as_ref().filter(|_| !remote.is_loading())) {
            Some((failure, _)) => {
                let account = view.model.open.as_ref().map(|open| &open.account);
                let why = words::explain(failure, account);
                tip(label(ui, "Not known", Style::Body, tokens.text_secondary), why);
            }
            None => skeleton(ui, 90.0),
        }
        return;
    };
    let (first, second) = words::last_use(used, view.now);
    let exact = used.when().map(|when| words::exact(when, view.zone));
    let explained = match exact {
        Some(exact) => format!("{exact}\n{}", words::LAST_USE_LIMITS),
        None => words::LAST_USE_LIMITS.to_owned(),
    };
    let cell = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let lines = if second.is_empty() { 18.0 } else { 36.0 };
        ui.add_space((ui.max_rect().height() - lines) / 2.0);
        one_line(ui, first, Style::Body, tokens.text_primary);
        if !second.is_empty() {
            one_line(ui, second, Style::Body, tokens.text_secondary);
        }
    });
    tip(cell.response, explained);
}

/// The worst one, and how many more.
fn finding_cell(ui: &mut Ui, found: &[Finding]) {
    let tokens = ui.tokens();
    let Some(worst) = found.first() else {
        label(ui, "–", Style::Body, tokens.text_secondary);
        return;
    };
    let icon = (*worst == Finding::SignsForKeyfob).then_some(Icon::Fingerprint);
    let all: Vec<String> = found.iter().map(|finding| words::finding(*finding)).collect();
    let room = ui.available_width() - if found.len() > 1 { 30.0 } else { 8.0 };
    let shown =
        ui.allocate_ui_with_layout(vec2(room, height::BADGE), Layout::left_to_right(Align::Center), |ui| {
            badge(ui, worst.severity(), icon, &words::finding(*worst))
        });
    tip(shown.inner, all.join("\n"));
    if found.len() > 1 {
        ui.add_space(space::S3);
        let more = label(ui, format!("+{}", found.len() - 1), Style::SmallMedium, tokens.text_secondary);
        tip(more, all.join("\n"));
    }
}

fn empty(ui: &mut Ui, user: &UserName, quota: u32) {
    let tokens = ui.tokens();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 156.0), Sense::hover());
    let center = rect.center();
    let icon = Rect::from_center_size(center - vec2(0.0, 26.0), vec2(size::EMPTY, size::EMPTY));
    Icon::KeyRound.paint(ui, icon, tokens.text_secondary);
    let title = format!("{} has no access keys", visible(user.as_str()));
    let many = if quota == 2 { "two".to_owned() } else { quota.to_string() };
    let hint =
        format!("A new key lets a program sign in as {}. A user can have {many}.", visible(user.as_str()));
    let line = |y: f32, text: &str, style, color| {
        label_at(
            ui,
            pos2(center.x, center.y + y),
            Align2::CENTER_CENTER,
            text,
            style,
            color,
            rect.width() - 32.0,
        );
    };
    line(6.0, &title, Style::Lead, tokens.text_primary);
    line(28.0, &hint, Style::Body, tokens.text_secondary);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &title));
}

fn unknown(ui: &mut Ui) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 104.0), Sense::hover());
    let text = "The keys of this user are not known";
    label_at(
        ui,
        rect.center(),
        Align2::CENTER_CENTER,
        text,
        Style::Body,
        tokens.text_secondary,
        rect.width(),
    );
}

/// Two rows of grey bars where the words will be.
fn loading(ui: &mut Ui) {
    for _ in 0..2 {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::KEY_ROW), Sense::hover());
        let mut bar = |x: f32, width: f32| {
            let at = Rect::from_min_size(pos2(rect.left() + x, rect.center().y - 9.0), vec2(width, 18.0));
            ui.scope_builder(egui::UiBuilder::new().max_rect(at), |ui| skeleton(ui, width));
        };
        bar(16.0, 150.0);
        bar(222.0, 70.0);
        bar(370.0, 26.0);
        bar(416.0, 90.0);
    }
}
