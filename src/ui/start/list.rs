//! The profiles and the environment, one row each.

use egui::{
    Align, Align2, CornerRadius, Id, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{SIGNING_IN, Start, wait};
use crate::core::{Model, SignIn, StartMsg};
use crate::domain::{Profile, ProfileKind, SignInChoice, grouped_account_id, spell_out_hidden};
use crate::ui::accounts::Entry;
use crate::ui::theme::measures::{height, radius, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Button, describe, is_slow, label_at};
use crate::ui::{View, words};

const CELL_GAP: f32 = 12.0;

/// What the table shows of an account besides.
impl Entry<'_> {
    /// The accessible name.
    fn spoken(self) -> String {
        match self {
            Self::Profile(profile) => format!("Open account {}", profile.name),
            Self::Environment(_) => "Open environment credentials".to_owned(),
            Self::Container => "Open container credentials".to_owned(),
            Self::Practice => "Open practice account".to_owned(),
        }
    }

    /// What stands in the row beside the name.
    fn description(self, view: &View<'_>) -> String {
        let (_, signs_in_with, state) = self.words();
        let is_it = |sign_in: &SignIn| self.is(&sign_in.choice);
        let signs_in = view.model.sign_in().is_some_and(is_it);
        let listed = self.listed(&view.model.settings);
        let opened = listed.opened.map(|at| format!("opened {}", words::ago(at, view.local_now())));
        let state = if signs_in { SIGNING_IN.to_owned() } else { state };
        listed.description([signs_in_with, state].into_iter().chain(opened))
    }

    fn words(self) -> (Icon, String, String) {
        match self {
            Self::Profile(profile) => (icon(profile), words::kind(&profile.kind), words::state(profile)),
            Self::Environment(key) => (Icon::Variable, format!("Keys · {}", key.short()), "Ready".to_owned()),
            Self::Container => (Icon::Variable, "Role of the container".to_owned(), "Ready".to_owned()),
            Self::Practice => (Icon::FlaskConical, String::new(), "Ready".to_owned()),
        }
    }
}

/// By which a row can be given the focus before it is drawn.
pub(super) fn row_id(choice: &SignInChoice) -> Id {
    Id::unique(("start row", choice))
}

fn icon(profile: &Profile) -> Icon {
    match profile.kind {
        _ if profile.flaw.is_some() || profile.problem.is_some() => Icon::TriangleAlert,
        ProfileKind::Keys { mfa: false } => Icon::KeyRound,
        ProfileKind::Keys { mfa: true } | ProfileKind::Role { mfa: true, .. } => Icon::Smartphone,
        ProfileKind::Role { .. } | ProfileKind::WebIdentity { .. } => Icon::Users,
        ProfileKind::Sso { .. } => Icon::AppWindow,
        ProfileKind::Login => Icon::LogIn,
        ProfileKind::Process { .. } => Icon::Terminal,
        ProfileKind::Empty => Icon::CircleDashed,
    }
}

impl Start {
    /// Those that the filter leaves: opened ones first, the last one in front, then by name.
    pub(super) fn entries<'a>(&self, model: &'a Model) -> Vec<Entry<'a>> {
        let settings = &model.settings;
        let filter = self.filter.trim().to_lowercase();
        let mut entries = Entry::found(model);
        entries.retain(|entry| entry.listed(settings).matches(&filter));
        let place = |entry: &Entry<'_>| settings.opened.iter().position(|opened| entry.is(&opened.choice));
        entries.sort_by_cached_key(|entry| place(entry).unwrap_or(usize::MAX));
        entries
    }

    pub(super) fn table(&mut self, ui: &mut Ui, view: &mut View<'_>, entries: &[Entry<'_>]) {
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
        let place = |of: &Option<SignInChoice>| {
            entries.iter().position(|entry| of.as_ref().is_some_and(|of| entry.is(of)))
        };
        let stop = place(&self.marked).or_else(|| place(&self.stop)).unwrap_or_default();
        self.stop = entries.get(stop).map(|entry| entry.choice());
        let bottom = CornerRadius { nw: 0, ne: 0, ..corners };
        let seen = ui.clip_rect().expand(height::START_ROW);
        for (index, entry) in entries.iter().enumerate() {
            let y = header.bottom() + height::START_ROW * index as f32;
            let row = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), height::START_ROW));
            if self.moved && self.marked.as_ref().is_some_and(|marked| entry.is(marked)) {
                ui.scroll_to_rect(row, None);
            }
            // Hundreds of profiles cost no more than those that are seen; one keeps the focus out of view, too.
            if index == stop || seen.intersects(row) {
                let is_last = index + 1 == entries.len();
                let place = Place { row, corners: if is_last { bottom } else { CornerRadius::ZERO } };
                self.row(ui, view, *entry, (place, &columns), index == stop);
            }
        }
        self.moved = false;
        let frame = Stroke::new(stroke::HAIR, tokens.border_frame);
        ui.painter().rect_stroke(rect, corners, frame, StrokeKind::Inside);
    }

    /// `stop`: Tab stops here.
    fn row(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        entry: Entry<'_>,
        (Place { row, corners }, columns): (Place, &Columns),
        stop: bool,
    ) {
        let tokens = ui.tokens();
        let name = entry.spoken();
        // The table is one stop of the Tab key.
        let sense = if stop { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(row, row_id(&entry.choice()), sense);
        if response.has_focus() {
            self.marked = Some(entry.choice());
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        describe(&response, || entry.description(view));
        let marked = self.marked.as_ref().is_some_and(|marked| entry.is(marked));
        let inner = row.shrink2(vec2(1.0, 0.0));
        if marked {
            ui.painter().rect_filled(inner, corners, tokens.bg_selected);
            if response.has_focus() {
                let ring = (stroke::RING, tokens.focus_ring);
                ui.painter().rect_stroke(inner, corners, ring, StrokeKind::Inside);
                super::keep_arrows(ui, response.id);
            }
        } else {
            if response.hovered() {
                ui.painter().rect_filled(inner, corners, tokens.bg_hover);
            }
            ui.painter().hline(inner.x_range(), row.top(), Stroke::new(stroke::HAIR, tokens.border_subtle));
        }
        let signing_in = signs_in_to(ui, view, entry);
        cells(ui, view, entry, row, columns);
        self.press(view, entry, &response);
        if signing_in {
            let rest = Rect::from_min_max(
                pos2(row.left() + columns.state, row.top()),
                row.max - vec2(CELL_GAP, 0.0),
            );
            cancel(ui, view, rest, entry.name());
        }
    }

    fn press(&mut self, view: &mut View<'_>, entry: Entry<'_>, response: &Response) {
        // A press without a pointer comes from assistive technology, which knows no double click.
        let spoken = response.clicked() && response.interact_pointer_pos().is_none();
        if response.double_clicked() || spoken {
            view.start(StartMsg::Open { choice: entry.choice(), read_only: self.read_only });
        } else if response.clicked() {
            self.chosen = true;
            self.marked = Some(entry.choice());
        }
    }
}

fn cells(ui: &mut Ui, view: &View<'_>, entry: Entry<'_>, row: Rect, columns: &Columns) {
    let tokens = ui.tokens();
    let middle = row.center().y;
    let names = Rect::from_min_max(
        pos2(row.left() + 48.0, row.top()),
        pos2(row.left() + columns.names_end() - CELL_GAP, row.bottom()),
    );
    let listed = entry.listed(&view.model.settings);
    listed.names.show(ui, names);
    let cell = |x: f32, text: &str, style, color, width: f32| {
        label_at(ui, pos2(row.left() + x, middle), Align2::LEFT_CENTER, text, style, color, width);
    };
    let icon = Rect::from_center_size(pos2(row.left() + 24.0, middle), vec2(size::BAR, size::BAR));
    let (image, signs_in_with, state) = entry.words();
    image.paint(ui, icon, tokens.text_secondary);
    if let Some(signs_in) = columns.signs_in {
        let width = columns.account - signs_in - CELL_GAP;
        cell(signs_in, &spell_out_hidden(&signs_in_with), Style::Body, tokens.text_primary, width);
    }
    match listed.account_id.as_deref() {
        Some(id) => {
            cell(
                columns.account,
                &spell_out_hidden(&grouped_account_id(id)),
                Style::Mono,
                tokens.text_primary,
                130.0,
            );
        }
        None => cell(columns.account, "not known yet", Style::Body, tokens.text_secondary, 130.0),
    }
    let signing_in = signs_in_to(ui, view, entry);
    let width = columns.last - columns.state - CELL_GAP;
    if !signing_in {
        cell(columns.state, &state, Style::Body, tokens.text_secondary, width);
    } else if columns.shows_last {
        cell(columns.state, SIGNING_IN, Style::Body, tokens.text_secondary, width);
    }
    // While it signs in, its place is taken by the way out.
    if columns.shows_last && !signing_in {
        let text = listed.opened.map_or_else(|| "never".to_owned(), |at| words::ago(at, view.local_now()));
        cell(columns.last, &text, Style::Body, tokens.text_secondary, 96.0);
    }
}

/// The way out of a sign-in, at the right end of `area`. It takes no room of its own: what follows stays where it is.
pub(super) fn cancel(ui: &mut Ui, view: &mut View<'_>, area: Rect, name: &str) {
    let layout = Layout::right_to_left(Align::Center);
    let mut end = ui.new_child(egui::UiBuilder::new().max_rect(area).layout(layout));
    if Button::secondary("Cancel").name(format!("Cancel sign-in to {name}")).show(&mut end).clicked() {
        view.start(StartMsg::CancelSignIn);
    }
}

/// Where a row is. The last one has the corners of the table.
struct Place {
    row: Rect,
    corners: CornerRadius,
}

struct Columns {
    /// In a narrow window the icon alone tells it.
    signs_in: Option<f32>,
    account: f32,
    state: f32,
    last: f32,
    shows_last: bool,
}

impl Columns {
    fn of(width: f32) -> Self {
        let shows_last = width >= 900.0;
        let last = if shows_last { width - 98.0 } else { width };
        if width < 760.0 {
            return Self { signs_in: None, account: width - 304.0, state: width - 164.0, last, shows_last };
        }
        Self { signs_in: Some(304.0), account: 536.0, state: 672.0, last, shows_last }
    }

    fn names_end(&self) -> f32 {
        self.signs_in.unwrap_or(self.account)
    }

    fn headers(&self) -> Vec<(f32, &'static str)> {
        let mut headers = vec![(48.0, "Profile"), (self.account, "Account"), (self.state, "State")];
        headers.extend(self.signs_in.map(|x| (x, "Signs in with")));
        if self.shows_last {
            headers.push((self.last, "Last opened"));
        }
        headers
    }
}

/// And that takes its time.
fn signs_in_to(ui: &Ui, view: &View<'_>, entry: Entry<'_>) -> bool {
    let signs_in = view.model.sign_in().is_some_and(|sign_in| entry.is(&sign_in.choice));
    signs_in && is_slow(ui, wait())
}
