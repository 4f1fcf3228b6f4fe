//! The popup below *Switch account*.

use egui::{
    Align, Align2, CornerRadius, Frame, Id, Key, Layout, Margin, Modifiers, Popup, PopupCloseBehavior, Rect,
    Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::is_open;
use super::rows::{Row, rows};
use crate::domain::{AccountKind, SignInChoice, grouped_account_id, visible};
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Button, Field, label, label_at, neighbour};
use crate::ui::{View, words};

const WIDTH: f32 = 560.0;
const ROW: f32 = height::ROW;

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
        let tall = (room.height() - 220.0).clamp(100.0, 12.0 * ROW);
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
                let rows = rows(view.model, &self.query);
                let typed = self.search(ui, view, &rows);
                let clicked = self.list(ui, view, &rows, tall);
                let footer = footer(ui, view);
                footer.or(clicked).or(typed)
            });
        self.open = open;
        shown.and_then(|shown| shown.inner)
    }

    /// Typing searches, arrows move the mark, Enter opens what is marked.
    fn search(&mut self, ui: &mut Ui, view: &View<'_>, rows: &[Row]) -> Option<Chosen> {
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
        if !field.has_focus() && !field.lost_focus() {
            return None;
        }
        let (step, enter) = ui.input_mut(|input| {
            let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key).cast_signed();
            (presses(Key::ArrowDown) - presses(Key::ArrowUp), presses(Key::Enter) > 0)
        });
        let marked = self.marked(view, rows);
        if step != 0 {
            self.marked = Some(neighbour(marked, step, rows.len()));
            self.reveal = true;
        }
        let marked = rows.get(self.marked.unwrap_or(marked)).filter(|_| enter && !field.changed());
        marked.map(|row| Chosen::Account(row.choice.clone()))
    }

    fn marked(&self, view: &View<'_>, rows: &[Row]) -> usize {
        let other = || rows.iter().position(|row| row.recent && !is_open(view.model, &row.choice));
        self.marked.or_else(other).unwrap_or_default().min(rows.len().saturating_sub(1))
    }

    fn list(&mut self, ui: &mut Ui, view: &View<'_>, rows: &[Row], tall: f32) -> Option<Chosen> {
        if rows.is_empty() {
            let text = format!("No account matches “{}”", visible(self.query.trim()));
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
                let response = show_row(ui, view, row, at == marked);
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

fn show_row(ui: &mut Ui, view: &View<'_>, row: &Row, marked: bool) -> Response {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let name = match row.choice {
        SignInChoice::Profile(_) => format!("Switch to {}", row.names.given),
        SignInChoice::Environment => "Switch to environment credentials".to_owned(),
        SignInChoice::Practice => "Switch to practice account".to_owned(),
    };
    // Tab goes on to the buttons below: in the list the arrows move.
    let response = ui.interact(rect, ui.scope_id().with(&name), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, marked, &name));
    let inner = rect.shrink2(vec2(space::S3, 0.0));
    let fill = if marked {
        tokens.bg_selected
    } else if response.hovered() {
        tokens.bg_pressed
    } else {
        tokens.bg_raised
    };
    ui.painter().rect_filled(inner, CornerRadius::same(radius::CONTROL), fill);
    let stripe = match row.names.kind {
        AccountKind::Production => Some(tokens.production_strip),
        AccountKind::Practice => Some(tokens.practice_fill),
        AccountKind::Staging | AccountKind::Development => Some(tokens.info_text),
        AccountKind::Plain => None,
    };
    if let Some(color) = stripe {
        let strip = Rect::from_min_size(
            pos2(inner.left() + space::S1, inner.top() + space::S4),
            vec2(stroke::STRIP, inner.height() - 2.0 * space::S4),
        );
        ui.painter().rect_filled(strip, 2, color);
    }
    cells(ui, view, row, inner);
    response
}

/// Name and tag at the left; id and when it was opened at the right.
fn cells(ui: &mut Ui, view: &View<'_>, row: &Row, rect: Rect) {
    let tokens = ui.tokens();
    let middle = rect.center().y;
    let narrow = rect.width() < 480.0;
    let right = rect.right() - space::S4;
    let current = is_open(view.model, &row.choice);
    let signing_in = view.model.sign_in.as_ref().is_some_and(|sign_in| sign_in.choice == row.choice);
    let when = match row.opened {
        _ if signing_in => "Signing in…".to_owned(),
        _ if current => "Open now".to_owned(),
        Some(at) => words::ago(at, view.now),
        None => "Never opened".to_owned(),
    };
    let mut edge = right;
    if !narrow {
        label_at(
            ui,
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            &when,
            Style::Small,
            tokens.text_secondary,
            100.0,
        );
        edge -= 108.0;
    }
    let id = row.account_id.as_deref().map(grouped_account_id).unwrap_or_default();
    label_at(
        ui,
        pos2(edge, middle),
        Align2::RIGHT_CENTER,
        &visible(&id),
        Style::Mono,
        tokens.text_secondary,
        120.0,
    );
    let mut left = rect.left() + space::S5;
    if current {
        let mark = Rect::from_center_size(pos2(left + size::ROW / 2.0, middle), vec2(size::ROW, size::ROW));
        Icon::Check.paint(ui, mark, tokens.accent_text);
        left += size::ROW + space::S3;
    }
    row.names.show(ui, Rect::from_min_max(pos2(left, rect.top()), pos2(edge - 124.0, rect.bottom())));
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
            let may_leave = view.model.open.as_ref().is_some_and(|open| open.may_leave_read_only());
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
