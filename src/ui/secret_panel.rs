//! The new key panel: the secret is shown once, and hidden until revealed.

mod footer;
mod rows;
mod state;

use egui::accesskit::Live;
use egui::{
    Align, Context, CornerRadius, Frame, Id, Layout, Margin, Panel as EguiPanel, Rect, ScrollArea, Sense,
    Stroke, Ui, vec2,
};

use super::save_form::SaveForm;
use super::theme::measures::{radius, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{announce, group, is_slow, label, link, one_line};
use super::{View, words};
use crate::core::{ClipboardState, Creation, Msg, NewKey, Stage};
use crate::domain::spell_out_hidden;
use state::Shown;

/// The view state of the panel.
#[derive(Default)]
pub(super) struct Panel {
    shown: Shown,
    /// The form for saving the pair, while it is open.
    place: Option<SaveForm>,
}

impl Panel {
    /// Runs even while the window is hidden and draws no frames.
    pub(super) fn hide_out_of_sight(&mut self, ctx: &Context) {
        self.shown.hide_out_of_sight(ctx);
    }

    /// Draws the panel on the page of any user.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let model = view.model;
        self.shown.follow(ui, model);
        let Some(creation) = model.creation() else {
            self.place = None;
            return;
        };
        ui.add_space(space::S6);
        let top = ui.cursor().min;
        match &creation.stage {
            Stage::Preparing => under_way(ui, creation, "looking at the place for the secret…"),
            Stage::InFlight => under_way(ui, creation, "being created…"),
            Stage::Made(new_key) => self.panel(ui, view, creation, new_key),
        }
        view.ui.keep_clear.push(Rect::from_min_max(top, ui.min_rect().max));
    }

    /// Opens the form for saving.
    pub(super) fn save(&mut self, view: &View<'_>) {
        if let Some(creation) = view.model.creation()
            && let Stage::Made(new_key) = &creation.stage
        {
            self.place = Some(SaveForm::new(creation.user(), view, new_key.saves));
        }
    }

    /// Draws the panel on the start screen, if the account was left with it open.
    pub(super) fn over_start(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        if view.model.creation().is_none() {
            self.shown.follow(ui, view.model);
            return;
        }
        // In a low window the panel scrolls, to leave half of the height for the accounts.
        let most = (ui.available_height() * 0.6).max(160.0);
        let frame = Frame::new().inner_margin(Margin::symmetric(24, 12));
        EguiPanel::bottom("new key").frame(frame).show_separator_line(false).show(ui, |ui| {
            ScrollArea::vertical()
                .max_height(most)
                .min_scrolled_height(most)
                .show(ui, |ui| self.show(ui, view));
        });
    }

    fn panel(&mut self, ui: &mut Ui, view: &mut View<'_>, creation: &Creation, new_key: &NewKey) {
        let shown = ui.scope(|ui| {
            framed(ui, |ui| {
                header(ui, view, creation);
                countdown(ui, view);
                ui.add_space(14.0);
                rows::id(ui, view, new_key);
                ui.add_space(space::S4);
                rows::secret(ui, view, creation.op, new_key, &mut self.shown);
                ui.add_space(space::S3);
                rows::notes(ui, view, creation, new_key, &mut self.shown);
                ui.add_space(14.0);
                let line = ui.available_rect_before_wrap();
                let stroke = Stroke::new(stroke::HAIR, ui.tokens().border_frame);
                ui.painter().hline(line.x_range(), line.top(), stroke);
                ui.add_space(14.0);
                footer::show(ui, view, creation, new_key, &mut self.place);
            });
        });
        // The panel has a name, but its content has none, so that no node contains the secret.
        group(&shown.response, title(creation));
    }
}

fn framed(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    Frame::new()
        .fill(tokens.secret_bg)
        .stroke(Stroke::new(stroke::HAIR, tokens.secret_border))
        .corner_radius(CornerRadius::same(radius::FRAME))
        .inner_margin(Margin { left: 16, right: 16, top: 0, bottom: 14 })
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(space::S4, 0.0);
            content(ui);
        });
}

fn title(creation: &Creation) -> String {
    format!("New key for {}", spell_out_hidden(creation.user().as_str()))
}

/// A key is being created, and it takes a while.
pub(super) fn creating(ui: &Ui) -> bool {
    is_slow(ui, Id::unique("creating"))
}

/// As tall as the panel will be, so that the content below moves only once and not under the pointer.
const HEIGHT: f32 = 218.0;

fn under_way(ui: &mut Ui, creation: &Creation, what: &str) {
    if !creating(ui) {
        return;
    }
    framed(ui, |ui| {
        ui.set_min_height(HEIGHT);
        ui.horizontal(|ui| {
            ui.set_min_height(42.0);
            Icon::KeyRound.show(ui, size::BAR, ui.tokens().accent_text);
            label(ui, title(creation), Style::Lead, ui.tokens().text_primary);
            label(ui, what, Style::Body, ui.tokens().text_secondary);
        });
    });
}

fn header(ui: &mut Ui, view: &mut View<'_>, creation: &Creation) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        ui.set_min_height(42.0);
        Icon::KeyRound.show(ui, size::BAR, tokens.accent_text);
        announce(&label(ui, title(creation), Style::Lead, tokens.text_primary), Live::Polite);
        let open = view.model.open.as_ref();
        let elsewhere = open.is_none_or(|open| open.session != creation.session);
        let note = if elsewhere {
            let account = crate::domain::grouped_account_id(&creation.intent.account.id);
            format!("shown once · in {} {account}", spell_out_hidden(&creation.intent.account.name))
        } else {
            "shown once".to_owned()
        };
        label(ui, note, Style::Body, tokens.text_secondary);
        if !view.model.panel_tells_of_clipboard() {
            return;
        }
        let clears = view.model.clipboard.can_be_cleared();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if clears && link(ui, "Clear clipboard now", "Clear clipboard now").clicked() {
                view.push(Msg::ClearClipboard);
            }
            if let Some(text) = words::clipboard(&view.model.clipboard.state, view.now) {
                // The account beside it is never shortened, so this is.
                let right = Layout::right_to_left(Align::Center);
                let room = vec2((ui.available_width() - size::BAR - space::S4).max(0.0), 20.0);
                ui.allocate_ui_with_layout(room, right, |ui| {
                    one_line(ui, text, Style::Body, tokens.text_secondary);
                });
                let left = view.model.clipboard.state == ClipboardState::NotCleared;
                let icon = if left { Icon::ClipboardX } else { Icon::Clipboard };
                icon.show(ui, size::BAR, tokens.text_secondary);
            }
        });
    });
}

/// The line under the header, which shrinks every second.
fn countdown(ui: &mut Ui, view: &View<'_>) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 2.0), Sense::hover());
    let rect = rect.expand2(vec2(15.0, 0.0));
    ui.painter().rect_filled(rect, 0, tokens.border_subtle);
    if let ClipboardState::Holds { until: Some(until), since } = view.model.clipboard.state
        && view.model.panel_tells_of_clipboard()
    {
        let whole = until.since(since).as_secs().max(1) as f32;
        let left = (until.since(view.now.steady).as_secs() as f32).clamp(0.0, whole);
        let done = Rect::from_min_size(rect.min, vec2(rect.width() * left / whole, 2.0));
        ui.painter().rect_filled(done, 0, tokens.accent_text);
        ui.request_repaint_after_secs(1.0);
    }
}
