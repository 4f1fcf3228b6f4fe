//! The profiles and the environment, one row each.

use egui::{
    Align, Align2, CornerRadius, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{SIGNING_IN, Start, signs_in_to};
use crate::core::StartMsg;
use crate::domain::{Profile, ProfileKind, Settings, SignInChoice, grouped_account_id, visible};
use crate::ui::accounts::Names;
use crate::ui::theme::measures::{height, radius, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Button, label_at};
use crate::ui::{View, words};

const CELL_GAP: f32 = 12.0;

/// One line of the table.
pub(super) struct Entry {
    pub(super) choice: SignInChoice,
    icon: Icon,
    names: Names,
    signs_in_with: String,
    account: Option<String>,
    state: String,
}

impl Start {
    pub(super) fn entries(&self, view: &View<'_>) -> Vec<Entry> {
        let Some(found) = &view.model.profiles.value else {
            return Vec::new();
        };
        let settings = &view.model.settings;
        let of_profile = |profile| entry_of(profile, settings);
        let mut entries: Vec<Entry> = found.list.iter().map(of_profile).collect();
        if let Some(key) = &found.environment {
            entries.push(Entry {
                choice: SignInChoice::Environment,
                icon: Icon::Variable,
                names: Names::of(settings, &SignInChoice::Environment, "Environment credentials", None),
                signs_in_with: format!("Keys · {}", key.short()),
                account: None,
                state: "Ready".to_owned(),
            });
        }
        let filter = self.filter.to_lowercase();
        entries.retain(|entry| entry.names.match_query(&filter));
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

    pub(super) fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, entries: &[Entry]) {
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

    fn row(&mut self, ui: &mut Ui, view: &mut View<'_>, entry: &Entry, row: Rect, columns: &Columns) {
        let tokens = ui.tokens();
        let name = match entry.choice {
            SignInChoice::Environment => "Open environment credentials".to_owned(),
            _ => format!("Open account {}", entry.names.given),
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
        let signing_in = signs_in_to(view, &entry.choice);
        cells(ui, view, entry, row, columns);
        self.press(view, entry, &response);
        if signing_in {
            let rest = Rect::from_min_max(
                pos2(row.left() + columns.state, row.top()),
                row.max - vec2(CELL_GAP, 0.0),
            );
            cancel(ui, view, rest, &entry.names.given);
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
}

fn cells(ui: &mut Ui, view: &View<'_>, entry: &Entry, row: Rect, columns: &Columns) {
    let tokens = ui.tokens();
    let middle = row.center().y;
    let names = Rect::from_min_max(
        pos2(row.left() + 48.0, row.top()),
        pos2(row.left() + columns.signs_in - CELL_GAP, row.bottom()),
    );
    entry.names.show(ui, names);
    let cell = |x: f32, text: &str, style, color, width: f32| {
        label_at(ui, pos2(row.left() + x, middle), Align2::LEFT_CENTER, text, style, color, width);
    };
    let icon = Rect::from_center_size(pos2(row.left() + 24.0, middle), vec2(size::BAR, size::BAR));
    entry.icon.paint(ui, icon, tokens.text_secondary);
    let width = columns.account - columns.signs_in - CELL_GAP;
    cell(columns.signs_in, &entry.signs_in_with, Style::Body, tokens.text_primary, width);
    match &entry.account {
        Some(id) => {
            cell(columns.account, &visible(&grouped_account_id(id)), Style::Mono, tokens.text_primary, 130.0);
        }
        None => cell(columns.account, "not known yet", Style::Body, tokens.text_secondary, 130.0),
    }
    let signing_in = signs_in_to(view, &entry.choice);
    let width = columns.last - columns.state - CELL_GAP;
    if !signing_in {
        cell(columns.state, &entry.state, Style::Body, tokens.text_secondary, width);
    } else if columns.shows_last {
        cell(columns.state, SIGNING_IN, Style::Body, tokens.text_secondary, width);
    }
    // While it signs in, its place is taken by the way out.
    if columns.shows_last && !signing_in {
        let opened = view.model.settings.opened(&entry.choice);
        let text = opened.map_or_else(|| "never".to_owned(), |opened| words::ago(opened.at, view.now));
        cell(columns.last, &text, Style::Body, tokens.text_secondary, 96.0);
    }
}

/// The way out of a sign-in, at the right end of `area`.
pub(super) fn cancel(ui: &mut Ui, view: &mut View<'_>, area: Rect, name: &str) {
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(area).layout(layout), |ui| {
        if Button::secondary("Cancel").name(format!("Cancel sign-in to {name}")).show(ui).clicked() {
            view.start(StartMsg::CancelSignIn);
        }
    });
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

fn entry_of(profile: &Profile, settings: &Settings) -> Entry {
    let choice = SignInChoice::Profile(profile.name.clone());
    let icon = match profile.kind {
        ProfileKind::Keys => Icon::KeyRound,
        ProfileKind::Role { .. } | ProfileKind::WebIdentity { .. } => Icon::Users,
        ProfileKind::Sso { .. } => Icon::AppWindow,
        ProfileKind::Login => Icon::LogIn,
        ProfileKind::Process { .. } => Icon::Terminal,
        ProfileKind::Empty => Icon::CircleDashed,
    };
    Entry {
        names: Names::of(settings, &choice, &profile.name, profile.account_id.as_deref()),
        choice,
        icon,
        signs_in_with: words::kind(&profile.kind),
        account: profile.account_id.clone(),
        state: words::state(&profile.kind).to_owned(),
    }
}
