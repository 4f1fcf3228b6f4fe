//! The popup below *Switch account*.

use egui::{
    Align, Align2, Frame, Id, Layout, Margin, Popup, PopupCloseBehavior, Response, ScrollArea, Sense, Stroke,
    Ui, pos2, vec2,
};

use super::rows::{Row, rows};
use super::{is_open, row};
use crate::domain::{SignInChoice, spell_out_hidden};
use crate::ui::View;
use crate::ui::table::{Focus, list_keys};
use crate::ui::theme::measures::{height, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Button, Field, label, label_at, surface};

const WIDTH: f32 = 560.0;
/// The most rows that are in view.
const PAGE: usize = 12;

/// What was picked in it.
pub(super) enum Chosen {
    Account(SignInChoice),
    /// The start screen.
    All,
    /// What is said about the account that is open.
    This,
    AllowChanges,
}

/// The popup while it is open.
pub(super) struct Switcher {
    open: bool,
    query: String,
    /// The row that Enter opens; before anything was pressed, the one that was open before.
    marked: Option<usize>,
    /// The search has had the focus.
    focused: bool,
    /// Scroll to the marked row.
    reveal: bool,
}

impl Default for Switcher {
    fn default() -> Self {
        Self { open: true, query: String::new(), marked: None, focused: false, reveal: false }
    }
}

impl Switcher {
    /// False once Esc or a click elsewhere has closed it.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn show(&mut self, button: &Response, ui: &Ui, view: &View<'_>) -> Option<Chosen> {
        let room = ui.ctx().content_rect();
        let width = WIDTH.min(room.width() - 2.0 * space::S6);
        let tall = (room.height() - 220.0).clamp(100.0, PAGE as f32 * row::HEIGHT);
        let frame = Frame::popup(ui.style()).inner_margin(Margin::ZERO);
        let mut open = self.open;
        let shown = Popup::from_response(button)
            .open_bool(&mut open)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name("Accounts")
            .frame(frame)
            .width(width)
            .show(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                let search = self.search(ui);
                // As it is with this frame's typing: the last character and Enter may arrive together.
                let rows = rows(view.model, &self.query);
                let typed = self.keys(ui, view, &search, &rows);
                let clicked = self.list(ui, view, &rows, tall);
                let footer = footer(ui, view);
                surface(ui, None);
                footer.or(clicked).or(typed)
            });
        self.open = open;
        shown.and_then(|shown| shown.inner)
    }

    fn search(&mut self, ui: &mut Ui) -> Response {
        let id = Id::unique("search accounts");
        // A popup is measured first, in a pass in which nothing can have the focus.
        if !ui.is_sizing_pass() && !self.focused {
            self.focused = true;
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let frame = Frame::new().inner_margin(Margin::same(12));
        let field =
            frame.show(ui, |ui| Field::search(&mut self.query, "Search accounts").id(id).show(ui)).inner;
        if field.changed() {
            self.marked = Some(0);
            self.reveal = true;
        }
        field
    }

    /// Arrows move the mark, Enter opens what is marked.
    fn keys(&mut self, ui: &Ui, view: &View<'_>, search: &Response, rows: &[Row]) -> Option<Chosen> {
        if !search.has_focus() && !search.lost_focus() {
            return None;
        }
        let keys = list_keys(ui, Focus::Field);
        let marked = self.marked(view, rows);
        if let Some(to) = keys.target(Some(marked), rows.len(), PAGE) {
            self.marked = Some(to);
            self.reveal = true;
        }
        if keys.enter || keys.held {
            // Enter has taken the focus away, and there may be nothing to open.
            search.request_focus();
        }
        let row = rows.get(self.marked.unwrap_or(marked)).filter(|_| keys.enter);
        row.map(|row| Chosen::Account(row.choice.clone()))
    }

    fn marked(&self, view: &View<'_>, rows: &[Row]) -> usize {
        let other = || rows.iter().position(|row| row.recent && !is_open(view.model, &row.choice));
        self.marked.or_else(other).unwrap_or_default().min(rows.len().saturating_sub(1))
    }

    fn list(&mut self, ui: &mut Ui, view: &View<'_>, rows: &[Row], tall: f32) -> Option<Chosen> {
        if rows.is_empty() {
            let text = format!("No account matches “{}”", spell_out_hidden(self.query.trim()));
            Frame::new().inner_margin(Margin { left: 16, right: 16, top: 0, bottom: 12 }).show(ui, |ui| {
                label(ui, text, Style::Body, ui.tokens().text_secondary);
            });
            return None;
        }
        let (mut chosen, marked) = (None, self.marked(view, rows));
        ScrollArea::vertical().max_height(tall).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let mut recent = None;
            for (at, row) in rows.iter().enumerate() {
                if recent != Some(row.recent) {
                    recent = Some(row.recent);
                    title(ui, if row.recent { "Recent" } else { "All accounts" });
                }
                let response = row::show(ui, view, row, at == marked);
                if at == marked && std::mem::take(&mut self.reveal) {
                    ui.scroll_to_rect(response.rect, None);
                }
                if response.clicked() {
                    chosen = Some(Chosen::Account(row.choice.clone()));
                }
            }
        });
        chosen
    }
}

/// Of the rows below it, and aligned with their names.
fn title(ui: &mut Ui, text: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::SMALL), Sense::hover());
    let at = pos2(rect.left() + space::S3 + space::S5, rect.center().y);
    label_at(ui, at, Align2::LEFT_CENTER, text, Style::Small, ui.tokens().text_secondary, rect.width());
}

fn footer(ui: &mut Ui, view: &View<'_>) -> Option<Chosen> {
    let tokens = ui.tokens();
    let rect = ui.cursor();
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(stroke::HAIR, tokens.border_subtle));
    let mut chosen = None;
    Frame::new().inner_margin(Margin::symmetric(8, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            if Button::ghost("This account…").icon(Icon::Settings).show(ui).clicked() {
                chosen = Some(Chosen::This);
            }
            let may_leave = view.model.open.as_ref().is_some_and(|open| open.access.may_leave_read_only());
            if may_leave && Button::ghost("Allow changes…").icon(Icon::Lock).show(ui).clicked() {
                chosen = Some(Chosen::AllowChanges);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if Button::ghost("All accounts…").icon(Icon::Users).show(ui).clicked() {
                    chosen = Some(Chosen::All);
                }
            });
        });
    });
    chosen
}
