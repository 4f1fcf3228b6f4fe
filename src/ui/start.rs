//! Choose an account.

use egui::{
    Align, Align2, CornerRadius, Key, Layout, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{
    Banner, Button, Field, IconButton, Tone, arrow_steps, checkbox, label, label_at, neighbour,
};
use super::{View, words};
use crate::core::{Msg, StartMsg};
use crate::domain::{Profile, ProfileKind, SignInChoice, grouped_account_id, visible};

/// From this many profiles on there is a filter.
const FILTER_FROM: usize = 9;

#[derive(Default)]
pub(super) struct Start {
    filter: String,
    marked: Option<SignInChoice>,
    read_only: bool,
}

/// One line of the table.
struct Entry {
    choice: SignInChoice,
    icon: Icon,
    name: String,
    signs_in_with: String,
    account: Option<String>,
    state: String,
}

impl Start {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
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
        super::secret_panel::over_start(ui, view);
    }

    fn content(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let entries = self.entries(view);
        self.keep_mark(&entries, view);
        self.title(ui, view);
        problems(ui, view);
        ui.add_space(space::S4);
        if entries.is_empty() {
            empty(ui, self.filter.is_empty());
        } else {
            self.table(ui, view, &entries);
        }
        ui.add_space(space::S5);
        self.practice(ui, view);
        ui.add_space(space::S6);
        self.footer(ui);
        self.keyboard(ui, view, &entries);
    }

    fn title(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let tokens = ui.tokens();
        ui.horizontal(|ui| {
            label(ui, "Choose an account", Style::Title, tokens.text_primary);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if IconButton::new(Icon::RefreshCw, "Refresh")
                    .tip("Read the files again (F5)")
                    .show(ui)
                    .clicked()
                {
                    view.push(Msg::Refresh);
                }
                let total = view.model.profiles.value.as_ref().map_or(0, |found| found.list.len());
                if total >= FILTER_FROM {
                    Field::search(&mut self.filter, "Filter profiles").width(260.0).show(ui);
                }
            });
        });
        let found = view.model.profiles.value.as_ref();
        let line = match found {
            None => "Reading the AWS config and credentials files…".to_owned(),
            Some(found) if found.files.is_empty() => "No AWS config or credentials file was found".to_owned(),
            Some(found) => {
                let count = found.list.len();
                let noun = if count == 1 { "profile" } else { "profiles" };
                format!("{count} {noun} in {}", visible(&found.files.join(" and ")))
            }
        };
        label(ui, line, Style::Body, tokens.text_secondary);
    }

    fn entries(&self, view: &View<'_>) -> Vec<Entry> {
        let Some(found) = &view.model.profiles.value else {
            return Vec::new();
        };
        let settings = &view.model.settings;
        let mut entries: Vec<Entry> = found.list.iter().map(entry_of).collect();
        if let Some(key) = &found.environment {
            entries.push(Entry {
                choice: SignInChoice::Environment,
                icon: Icon::Variable,
                name: "Environment credentials".to_owned(),
                signs_in_with: format!("Keys · {}", key.short()),
                account: None,
                state: "Ready".to_owned(),
            });
        }
        let filter = self.filter.to_lowercase();
        entries.retain(|entry| entry.name.to_lowercase().contains(&filter));
        let last = settings.opened.first().map(|opened| &opened.choice);
        // The last one first, the others as they are: by name, the environment at the end.
        entries.sort_by_key(|entry| Some(&entry.choice) != last);
        for entry in &mut entries {
            if entry.account.is_none() {
                entry.account = settings.opened(&entry.choice).map(|opened| opened.account_id.clone());
            }
        }
        entries
    }

    fn keep_mark(&mut self, entries: &[Entry], view: &View<'_>) {
        let last = view.model.settings.opened.first().map(|opened| opened.choice.clone());
        let exists = |choice: &SignInChoice| {
            *choice == SignInChoice::Practice || entries.iter().any(|entry| entry.choice == *choice)
        };
        if view.model.profiles.value.is_some() && !self.marked.as_ref().is_some_and(exists) {
            let first = entries.first().map(|entry| entry.choice.clone());
            self.marked = last.filter(exists).or(first).or(Some(SignInChoice::Practice));
        }
    }

    fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, entries: &[Entry]) {
        let tokens = ui.tokens();
        let tall = height::TABLE_HEADER + height::START_ROW * entries.len() as f32;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
        let corners = CornerRadius::same(radius::FRAME);
        ui.painter().rect_filled(rect, corners, tokens.bg_panel);
        let header = Rect::from_min_size(rect.min, vec2(rect.width(), height::TABLE_HEADER));
        let top = CornerRadius { sw: 0, se: 0, ..corners };
        ui.painter().rect_filled(header, top, tokens.bg_chrome);
        let columns = Columns::of(rect.width());
        for (x, word) in columns.headers() {
            let at = pos2(rect.left() + x, header.center().y);
            label_at(ui, at, Align2::LEFT_CENTER, word, Style::SmallMedium, tokens.text_secondary, 200.0);
        }
        for (index, entry) in entries.iter().enumerate() {
            let y = header.bottom() + height::START_ROW * index as f32;
            let row = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), height::START_ROW));
            self.row(ui, view, entry, row, &columns);
        }
        let frame = Stroke::new(stroke::HAIR, tokens.border_frame);
        ui.painter().rect_stroke(rect, corners, frame, StrokeKind::Inside);
    }

    fn row(&mut self, ui: &Ui, view: &mut View<'_>, entry: &Entry, row: Rect, columns: &Columns) {
        let tokens = ui.tokens();
        let name = match entry.choice {
            SignInChoice::Environment => "Open environment credentials".to_owned(),
            _ => format!("Open account {}", entry.name),
        };
        let response = ui.interact(row, ui.scope_id().with(&name), Sense::click());
        let marked = self.marked.as_ref() == Some(&entry.choice);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, marked, &name));
        let inner = row.shrink2(vec2(1.0, 0.0));
        if marked {
            ui.painter().rect_filled(inner, 0, tokens.bg_selected);
            ui.painter().rect_stroke(inner, 0, (stroke::RING, tokens.focus_ring), StrokeKind::Inside);
        } else {
            if response.hovered() {
                ui.painter().rect_filled(inner, 0, tokens.bg_hover);
            }
            ui.painter().hline(inner.x_range(), row.top(), Stroke::new(stroke::HAIR, tokens.border_subtle));
        }
        Self::cells(ui, view, entry, row, columns);
        self.press(view, entry, &response);
    }

    fn cells(ui: &Ui, view: &View<'_>, entry: &Entry, row: Rect, columns: &Columns) {
        let tokens = ui.tokens();
        let middle = row.center().y;
        let cell = |x: f32, text: &str, style, color, width: f32| {
            label_at(ui, pos2(row.left() + x, middle), Align2::LEFT_CENTER, text, style, color, width);
        };
        let icon = Rect::from_center_size(pos2(row.left() + 24.0, middle), vec2(size::BAR, size::BAR));
        entry.icon.paint(ui, icon, tokens.text_secondary);
        cell(48.0, &visible(&entry.name), Style::BodyStrong, tokens.text_primary, columns.signs_in - 60.0);
        let width = columns.account - columns.signs_in - 12.0;
        cell(columns.signs_in, &entry.signs_in_with, Style::Body, tokens.text_primary, width);
        match &entry.account {
            Some(id) => cell(
                columns.account,
                &visible(&grouped_account_id(id)),
                Style::Mono,
                tokens.text_primary,
                130.0,
            ),
            None => cell(columns.account, "not known yet", Style::Body, tokens.text_secondary, 130.0),
        }
        let under_way = view.model.sign_in.as_ref().is_some_and(|sign_in| sign_in.choice == entry.choice);
        let state = if under_way { "Signing in…" } else { &entry.state };
        let width = columns.last - columns.state - 12.0;
        cell(columns.state, state, Style::Body, tokens.text_secondary, width);
        if columns.shows_last {
            let opened = view.model.settings.opened(&entry.choice);
            let text = opened.map_or_else(|| "never".to_owned(), |opened| words::ago(opened.at, view.now));
            cell(columns.last, &text, Style::Body, tokens.text_secondary, 96.0);
        }
    }

    fn press(&mut self, view: &mut View<'_>, entry: &Entry, response: &Response) {
        // A press without a pointer comes from assistive technology, which knows no double click.
        let spoken = response.clicked() && response.interact_pointer_pos().is_none();
        if response.double_clicked() || spoken {
            view.start(StartMsg::Open { choice: entry.choice.clone(), read_only: self.read_only });
        } else if response.clicked() {
            self.marked = Some(entry.choice.clone());
        }
    }

    fn practice(&self, ui: &mut Ui, view: &mut View<'_>) {
        let marked = self.marked == Some(SignInChoice::Practice);
        let read_only = self.read_only;
        let tokens = ui.tokens();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 56.0), Sense::hover());
        let corners = CornerRadius::same(radius::FRAME);
        ui.painter().rect_filled(rect, corners, tokens.practice_bg);
        if marked {
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
        line(
            37.0,
            "An IAM inside Keyfob with a story of its own. Nothing reaches AWS.",
            Style::Body,
            tokens.text_secondary,
        );
        let button = Rect::from_min_max(pos2(rect.right() - 200.0, rect.top()), rect.max - vec2(12.0, 0.0));
        let layout = Layout::right_to_left(Align::Center);
        ui.scope_builder(egui::UiBuilder::new().max_rect(button).layout(layout), |ui| {
            if Button::secondary("Open practice account").show(ui).clicked() {
                view.start(StartMsg::Open { choice: SignInChoice::Practice, read_only });
            }
        });
    }

    fn footer(&mut self, ui: &mut Ui) {
        let tokens = ui.tokens();
        ui.horizontal(|ui| {
            checkbox(ui, &mut self.read_only, "Open read-only");
            label(ui, "looks at everything, changes nothing", Style::Body, tokens.text_secondary);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                label(ui, "Enter opens the marked account", Style::Body, tokens.text_secondary);
            });
        });
    }

    fn keyboard(&mut self, ui: &Ui, view: &mut View<'_>, entries: &[Entry]) {
        let typing = ui.ctx().text_edit_focused();
        let focused_elsewhere = ui.ctx().egui_wants_keyboard_input() && !typing;
        let step = ui.input(arrow_steps);
        if ui.input(|input| input.key_pressed(Key::Escape)) && view.model.sign_in.is_some() {
            view.start(StartMsg::CancelSignIn);
        }
        let mut choices: Vec<&SignInChoice> = entries.iter().map(|entry| &entry.choice).collect();
        choices.push(&SignInChoice::Practice);
        if step != 0 {
            let at = choices.iter().position(|choice| Some(*choice) == self.marked.as_ref()).unwrap_or(0);
            let to = neighbour(at, step, choices.len());
            self.marked = choices.get(to).map(|choice| (*choice).clone());
        }
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        if enter
            && !focused_elsewhere
            && let Some(choice) = self.marked.clone()
        {
            view.start(StartMsg::Open { choice, read_only: self.read_only });
        }
    }
}

struct Columns {
    signs_in: f32,
    account: f32,
    state: f32,
    last: f32,
    shows_last: bool,
}

impl Columns {
    fn of(width: f32) -> Self {
        let shows_last = width >= 900.0;
        let last = if shows_last { width - 98.0 } else { width };
        Self { signs_in: 304.0, account: 536.0, state: 672.0, last, shows_last }
    }

    fn headers(&self) -> Vec<(f32, &'static str)> {
        let mut headers = vec![
            (48.0, "Profile"),
            (self.signs_in, "Signs in with"),
            (self.account, "Account"),
            (self.state, "State"),
        ];
        if self.shows_last {
            headers.push((self.last, "Last opened"));
        }
        headers
    }
}

fn entry_of(profile: &Profile) -> Entry {
    let icon = match profile.kind {
        ProfileKind::Keys => Icon::KeyRound,
        ProfileKind::Role { .. } | ProfileKind::WebIdentity { .. } => Icon::Users,
        ProfileKind::Sso { .. } => Icon::AppWindow,
        ProfileKind::Login => Icon::LogIn,
        ProfileKind::Process { .. } => Icon::Terminal,
        ProfileKind::Empty => Icon::CircleDashed,
    };
    Entry {
        choice: SignInChoice::Profile(profile.name.clone()),
        icon,
        name: profile.name.clone(),
        signs_in_with: words::kind(&profile.kind),
        account: profile.account_id.clone(),
        state: words::state(&profile.kind).to_owned(),
    }
}

fn problems(ui: &mut Ui, view: &mut View<'_>) {
    if let Some(failure) = view.model.profiles.value.as_ref().and_then(|found| found.problem.as_ref()) {
        ui.add_space(space::S4);
        let text = words::explain(failure, None);
        Banner { tone: Tone::Danger, title: "The AWS config files cannot be used", text: &text }
            .show(ui, |_| {});
    }
    if let Some((choice, failure)) = &view.model.sign_in_failure {
        ui.add_space(space::S4);
        let name = match choice {
            SignInChoice::Profile(name) => visible(name).into_owned(),
            SignInChoice::Environment => "the environment credentials".to_owned(),
            SignInChoice::Practice => "the practice account".to_owned(),
        };
        let (title, text) = (format!("{name} could not be opened"), words::explain(failure, None));
        Banner { tone: Tone::Danger, title: &title, text: &text }.show(ui, |ui| {
            ui.horizontal(|ui| {
                if Button::secondary("Try again").icon(Icon::RefreshCw).show(ui).clicked() {
                    view.start(StartMsg::Open { choice: choice.clone(), read_only: false });
                }
                if Button::ghost("Copy details").icon(Icon::Copy).show(ui).clicked() {
                    view.push(Msg::CopyText(words::details(failure, None)));
                }
            });
        });
    }
    let ignored = view.model.profiles.value.as_ref().map_or(&[][..], |found| &found.ignored);
    if let Some(first) = ignored.first() {
        ui.add_space(space::S4);
        let text = format!(
            "{}, line {}: [{}]. In the config file a section is called [profile NAME], without quotes or spaces in the name.",
            first.file.display(),
            first.line,
            visible(&first.header)
        );
        let title = if ignored.len() == 1 { "A section is ignored" } else { "Some sections are ignored" };
        Banner { tone: Tone::Warning, title, text: &text }.show(ui, |_| {});
    }
}

fn empty(ui: &mut Ui, unfiltered: bool) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 120.0), Sense::hover());
    let frame = Stroke::new(stroke::HAIR, tokens.border_frame);
    ui.painter().rect_stroke(rect, CornerRadius::same(radius::FRAME), frame, StrokeKind::Inside);
    let (title, hint) = if unfiltered {
        ("No profiles yet", "`aws configure` makes one; the practice account needs none")
    } else {
        ("No profile matches", "Change the filter to see more")
    };
    let center = rect.center();
    label_at(
        ui,
        center - vec2(0.0, 12.0),
        Align2::CENTER_CENTER,
        title,
        Style::Lead,
        tokens.text_primary,
        600.0,
    );
    label_at(
        ui,
        center + vec2(0.0, 12.0),
        Align2::CENTER_CENTER,
        hint,
        Style::Body,
        tokens.text_secondary,
        600.0,
    );
}
