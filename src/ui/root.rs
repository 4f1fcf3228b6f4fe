//! The whole window: which screen, the bars around it, what lies over it.

use std::path::PathBuf;

use egui::{
    Align, CentralPanel, Color32, Context, Frame, Layout, Margin, Panel, Rect, Stroke, Ui, UiBuilder,
};

use super::commands::{self, Command};
use super::requests::Requests;
use super::theme::Themed as _;
use super::theme::measures::{height, stroke};
use super::words::Zone;
use super::{
    View, account_bar, accounts, announcer, batch, clock, delete_dialog, dialogs, find, focus, guide,
    messages, pages, secret_panel, session, settings, sign_in, start, status_bar, tab_bar, user_picker,
    words,
};
use crate::core::{Model, Msg};
use crate::domain::{AccountKind, Moment};

/// State that belongs to the view alone.
pub struct Root {
    zone: Zone,
    home: PathBuf,
    accounts: accounts::Accounts,
    start: start::Start,
    picker: user_picker::Picker,
    pages: pages::Pages,
    find: find::Finder,
    guide: guide::Guide,
    settings: settings::SettingsWindow,
    batch: batch::BatchView,
    delete_dialog: delete_dialog::GateView,
    dialogs: dialogs::Dialogs,
    toasts: messages::Toasts,
    panel: secret_panel::Panel,
    questions: sign_in::Questions,
    announcer: announcer::Announcer,
    focus: focus::FocusRestorer,
    requests: Requests,
}

impl Root {
    /// Dates are shown in this zone; files are saved to `home` unless another folder was used last.
    pub fn new(zone: Zone, home: PathBuf) -> Self {
        Self {
            zone,
            home,
            accounts: Default::default(),
            start: Default::default(),
            picker: Default::default(),
            pages: Default::default(),
            find: Default::default(),
            guide: Default::default(),
            settings: Default::default(),
            batch: Default::default(),
            delete_dialog: Default::default(),
            dialogs: Default::default(),
            toasts: Default::default(),
            panel: Default::default(),
            questions: Default::default(),
            announcer: Default::default(),
            focus: Default::default(),
            requests: Default::default(),
        }
    }

    /// Draws one frame; what was pressed is pushed to `out`, to be applied afterwards.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, now: Moment, out: &mut Vec<Msg>) {
        // The window itself has no name of its own in the accessibility tree.
        ui.ctx().accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("Keyfob"));
        let (clock_ahead, now) = (model.clock_ahead(now), model.moment(now));
        self.focus.begin(ui.ctx());
        self.requests.begin();
        let mut view =
            View { model, now, clock_ahead, zone: &self.zone, home: &self.home, out, ui: &mut self.requests };
        commands::hear(ui, &mut view);
        let status = bars(ui, &mut view, &mut self.accounts, &mut self.picker, &mut self.find);
        // Without a fill: eframe has cleared the window to the same colour, at a fraction of the cost where software draws.
        let page = CentralPanel::no_frame().show(ui, |ui| {
            let Some(open) = &model.open else {
                return self.start.show(ui, &mut view, &mut self.panel);
            };
            session::banner(ui, &mut view);
            clock::banner(ui, &view);
            self.batch.bar(ui, &mut view);
            self.pages.show(ui, &mut view, open, &mut self.panel);
        });
        // Last, as one reads: Tab goes in the order in which things are drawn.
        let layout = Layout::left_to_right(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(status).layout(layout), |ui| {
            status_bar::show(ui, &mut view);
        });
        commands::send(&mut view);
        self.accounts.dialogs(ui, &mut view);
        self.toasts.show(ui, &mut view, page.response.rect);
        self.batch.dialogs(ui, &mut view);
        self.delete_dialog.show(ui, &mut view);
        self.dialogs.show(ui, &mut view);
        self.questions.show(ui, &mut view);
        self.settings.show(ui, &mut view);
        self.guide.show(ui, &mut view);
        if self.dialogs.wants_to_save() {
            self.panel.save(&view);
        }
        self.announcer.show(ui, &view);
        // On macOS the window library's own menu would end the program unasked; see `window.rs`.
        if view.take(Command::Close) {
            ui.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.focus.end(ui.ctx(), &mut self.requests.focus);
        self.requests.end(ui);
    }

    /// Called for every pass, also of a hidden window.
    pub fn hide_what_is_out_of_sight(&mut self, ctx: &Context) {
        self.panel.hide_out_of_sight(ctx);
    }

    /// The window was asked to close while a secret is on screen.
    pub fn ask_to_close(&mut self) {
        self.dialogs.closing = true;
    }

    /// It may close all the same.
    pub fn may_close(&self) -> bool {
        self.dialogs.may_close
    }
}

/// What is around the page, from the outside in. Returns the place of the status bar, which is still empty.
fn bars(
    ui: &mut Ui,
    view: &mut View<'_>,
    accounts: &mut accounts::Accounts,
    picker: &mut user_picker::Picker,
    find: &mut find::Finder,
) -> Rect {
    let tokens = ui.tokens();
    let bar = |panel, height, line| Bar { panel, height, fill: tokens.bg_chrome, line };
    let model = view.model;
    let under = if model.open.is_some() { None } else { Some(Align::Max) };
    let account = bar(Panel::top("account bar"), height::ACCOUNT_BAR, under);
    chrome(account, ui, |ui| account_bar::show(ui, view, accounts, find));
    let status = bar(Panel::bottom("status bar"), height::STATUS_BAR, Some(Align::Min));
    let status = chrome(status, ui, |ui| ui.max_rect());
    let Some(open) = &model.open else { return status };
    let mut strip = height::ACCOUNT_BAR + height::TAB_BAR;
    if let Some(told) = words::endpoints(&open.account) {
        strip += height::CONTROL;
        let banner = bar(Panel::top("endpoint"), height::CONTROL, None);
        let banner = Bar { fill: tokens.warning_bg, ..banner };
        chrome(banner, ui, |ui| tab_bar::endpoint_banner(ui, told));
    }
    if accounts::switching(model) {
        strip += height::CONTROL;
        let line = bar(Panel::top("switching"), height::CONTROL, None);
        let fill = if model.sign_in().is_some() { tokens.info_bg } else { tokens.danger_bg };
        chrome(Bar { fill, ..line }, ui, |ui| accounts::switching_bar(ui, view, open));
    }
    let practice = open.kind() == AccountKind::Practice;
    let fill = if practice { tokens.practice_bg } else { tokens.bg_chrome };
    let tabs = Bar { fill, ..bar(Panel::top("tab bar"), height::TAB_BAR, Some(Align::Max)) };
    chrome(tabs, ui, |ui| tab_bar::show(ui, view, picker));
    tab_bar::strip(ui, view, strip);
    // Of the page alone, so that the tabs stay where they are.
    if pages::entry(model.page).of_user {
        picker.panel(ui, view);
    }
    status
}

/// A bar over the whole width. `line` is where its hairline is.
struct Bar {
    panel: Panel,
    height: f32,
    fill: Color32,
    line: Option<Align>,
}

fn chrome<R>(bar: Bar, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = ui.tokens();
    let frame = Frame::new()
        .fill(bar.fill)
        .inner_margin(Margin { left: 16, right: 12, top: 0, bottom: 0 })
        .stroke(Stroke::NONE);
    let shown = bar.panel.exact_size(bar.height).frame(frame).show_separator_line(false).show(ui, |ui| {
        let inner = content(ui);
        let edge = ui.max_rect().expand2(egui::vec2(16.0, 0.0));
        let line = Stroke::new(stroke::HAIR, tokens.border_frame);
        match bar.line {
            Some(Align::Min) => _ = ui.painter().hline(edge.x_range(), edge.top(), line),
            Some(_) => _ = ui.painter().hline(edge.x_range(), edge.bottom() - 0.5, line),
            None => {}
        }
        inner
    });
    shown.inner
}
