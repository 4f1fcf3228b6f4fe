//! All users: search, sort, pick.

use egui::{
    Align, Align2, CornerRadius, Frame, Key, Layout, Margin, Modifiers, Panel, Rect, Role, ScrollArea, Sense,
    Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Banner, Field, MenuItem, Tone, label, label_at, link, menu, neighbour, ring, skeleton};
use super::{View, words};
use crate::core::{Open, SessionId, UsersMsg};
use crate::domain::{Severity, User, UserName, UserOrder, visible};

/// What the filtered list was made from; it is made again only when one of these changes.
type Made = (SessionId, u64, String, usize);

#[derive(Default)]
pub(super) struct Picker {
    query: String,
    made: Option<Made>,
    /// Positions in the user list.
    matches: Vec<usize>,
    in_view: Vec<UserName>,
    /// Scroll to the picked user in the next frame.
    reveal: bool,
}

impl Picker {
    pub(super) fn panel(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let wide = ui.ctx().content_rect().width() >= 1100.0;
        let default = if wide { 264.0 } else { 220.0 };
        let frame = Frame::new().fill(ui.tokens().bg_chrome).inner_margin(Margin::ZERO);
        Panel::left("users")
            .resizable(true)
            .default_size(default)
            .size_range(200.0..=360.0)
            .frame(frame)
            .show(ui, |ui| self.show(ui, view));
    }

    fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let Some(open) = &view.model.open else { return };
        ui.spacing_mut().item_spacing.y = 0.0;
        self.search(ui, view, open);
        self.filter(open);
        heading(ui);
        problem(ui, open);
        let list_height = ui.available_height() - 32.0;
        let area = vec2(ui.available_width(), list_height.max(0.0));
        ui.allocate_ui(area, |ui| {
            ui.set_min_size(area);
            self.list(ui, view, open);
        });
        footer(ui, view, open, self.matches.len());
    }

    fn search(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open) {
        Frame::new().inner_margin(Margin { left: 12, right: 12, top: 10, bottom: 6 }).show(ui, |ui| {
            let response = Field::search(&mut self.query, "Search users").show(ui);
            let find = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F));
            if find {
                response.request_focus();
            }
            if response.has_focus() || response.lost_focus() {
                self.arrows(ui, view, open);
            }
        });
    }

    /// Up and down pick the neighbour; Enter picks the first match.
    fn arrows(&mut self, ui: &Ui, view: &mut View<'_>, open: &Open) {
        let (step, enter) = ui.input_mut(|input| {
            let mut presses = |key| input.count_and_consume_key(Modifiers::NONE, key).cast_signed();
            (presses(Key::ArrowDown) - presses(Key::ArrowUp), presses(Key::Enter) > 0)
        });
        if step == 0 && !enter {
            return;
        }
        let users = open.users.all();
        let is_picked =
            |at: &usize| users.get(*at).is_some_and(|user| Some(&user.name) == open.picked.as_ref());
        let to = match self.matches.iter().position(is_picked) {
            Some(at) => neighbour(at, step, self.matches.len()),
            None => 0,
        };
        if let Some(user) = self.matches.get(to).and_then(|at| users.get(*at)) {
            view.users(UsersMsg::Pick(user.name.clone()));
            self.reveal = true;
        }
    }

    fn filter(&mut self, open: &Open) {
        let made = (open.session, open.users.revision, self.query.clone(), open.keys.len());
        if self.made.as_ref() == Some(&made) {
            return;
        }
        let query = self.query.trim().to_lowercase();
        let users = open.users.all().iter().enumerate();
        self.matches = users.filter(|(_, user)| matches(open, user, &query)).map(|(at, _)| at).collect();
        // A new account, or a new query, is looked at from the picked user.
        if self.made.as_ref().is_none_or(|old| old.0 != made.0) {
            self.reveal = true;
        }
        self.made = Some(made);
    }

    fn list(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &Open) {
        if open.users.list.is_first_load() {
            return loading(ui);
        }
        if self.matches.is_empty() {
            return empty(ui, &self.query, open.users.all().is_empty());
        }
        let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("user list");
        if self.reveal {
            self.reveal = false;
            area = area.vertical_scroll_offset(self.offset_of_picked(ui, open));
        }
        let users = open.users.all();
        let mut in_view = Vec::new();
        area.show_rows(ui, height::CONTROL, self.matches.len(), |ui, range| {
            for at in self.matches.get(range).unwrap_or_default() {
                let Some(user) = users.get(*at) else { continue };
                in_view.push(user.name.clone());
                row(ui, view, open, user);
            }
        });
        if in_view != self.in_view {
            self.in_view.clone_from(&in_view);
            view.users(UsersMsg::InView(in_view));
        }
    }

    /// So that the picked user stands in the middle.
    fn offset_of_picked(&self, ui: &Ui, open: &Open) -> f32 {
        let users = open.users.all();
        let is_picked =
            |at: &usize| users.get(*at).is_some_and(|user| Some(&user.name) == open.picked.as_ref());
        let at = self.matches.iter().position(is_picked).unwrap_or(0);
        (at as f32 * height::CONTROL - ui.available_height() / 2.0).max(0.0)
    }
}

fn matches(open: &Open, user: &User, query: &str) -> bool {
    let has_key = || {
        let keys = open.keys_of(&user.name).map(|keys| keys.list()).unwrap_or_default();
        keys.iter().any(|key| key.id.as_str().to_lowercase().contains(query))
    };
    query.is_empty()
        || user.name.as_str().to_lowercase().contains(query)
        || user.path.to_lowercase().contains(query)
        || has_key()
}

fn heading(ui: &mut Ui) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let middle = rect.center().y;
    let text = |x, align, word| {
        label_at(ui, pos2(x, middle), align, word, Style::Small, tokens.text_secondary, 100.0);
    };
    text(rect.left() + 16.0, Align2::LEFT_CENTER, "User");
    text(rect.right() - 16.0, Align2::RIGHT_CENTER, "Keys");
}

fn problem(ui: &mut Ui, open: &Open) {
    let Some((failure, _)) = &open.users.list.failure else {
        return;
    };
    Frame::new().inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
        let text = words::explain(failure, Some(&open.account));
        Banner { tone: Tone::Danger, title: "The users could not be read", text: &text }.show(ui, |_| {});
    });
}

fn row(ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &User) {
    let tokens = ui.tokens();
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height::CONTROL), Sense::click());
    let picked = open.picked.as_ref() == Some(&user.name);
    let name = format!("User {}", user.name);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, picked, &name));
    let inner = rect.shrink2(vec2(space::S3, 0.0));
    let corners = CornerRadius::same(radius::CONTROL);
    if picked {
        ui.painter().rect_filled(inner, corners, tokens.bg_selected);
    } else if response.hovered() {
        ui.painter().rect_filled(inner, corners, tokens.bg_hover);
    }
    if response.has_focus() {
        ring(ui, inner.shrink(4.0), radius::SMALL);
    }
    let middle = rect.center().y;
    let style = if picked { Style::BodyStrong } else { Style::Body };
    let at = pos2(inner.left() + 10.0, middle);
    let room = inner.width() - 74.0;
    let shown = visible(user.name.as_str());
    label_at(ui, at, Align2::LEFT_CENTER, &shown, style, tokens.text_primary, room);
    mark(ui, view, open, user, pos2(inner.right() - 44.0, middle));
    if let Some(count) = open.keys_of(&user.name).and_then(|keys| keys.count()) {
        let at = pos2(inner.right() - 10.0, middle);
        let color = if picked { tokens.text_primary } else { tokens.text_secondary };
        label_at(ui, at, Align2::RIGHT_CENTER, &count.to_string(), style, color, 30.0);
    }
    if response.clicked() {
        view.users(UsersMsg::Pick(user.name.clone()));
    }
}

/// Only what is to be looked at; what is just good to know would be noise here.
fn mark(ui: &Ui, view: &View<'_>, open: &Open, user: &User, at: egui::Pos2) {
    let tokens = ui.tokens();
    let worst = open.worst_finding(&user.name, view.now).map(|finding| finding.severity());
    let rect = Rect::from_center_size(at, vec2(size::ROW, size::ROW));
    match worst {
        Some(Severity::Act) => Icon::OctagonAlert.paint(ui, rect, tokens.danger_text),
        Some(Severity::Look) => Icon::TriangleAlert.paint(ui, rect, tokens.warning_text),
        _ => {}
    }
}

fn loading(ui: &mut Ui) {
    Frame::new().inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 10.0;
        for width in [120.0, 90.0, 140.0, 100.0, 130.0, 80.0] {
            skeleton(ui, width);
        }
    });
}

fn empty(ui: &mut Ui, query: &str, no_users: bool) {
    let tokens = ui.tokens();
    let text = if no_users {
        "This account has no IAM users".to_owned()
    } else {
        format!("No user matches “{}”", visible(query.trim()))
    };
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        label(ui, text, Style::Body, tokens.text_secondary);
    });
}

fn footer(ui: &mut Ui, view: &mut View<'_>, open: &Open, shown: usize) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(stroke::HAIR, tokens.border_subtle));
    let inner = rect.shrink2(vec2(16.0, 0.0));
    ui.scope_builder(
        egui::UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)),
        |ui| {
            let total = open.users.all().len();
            let text = if shown == total {
                words::users(total)
            } else {
                format!("{shown} of {}", words::users(total))
            };
            label(ui, text, Style::Small, tokens.text_secondary);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let now = view.model.settings.user_order;
                let button = link(ui, words::order(now), "Sort users");
                menu(&button, 160.0, |ui| {
                    for order in [UserOrder::Name, UserOrder::OldestFirst, UserOrder::NewestFirst] {
                        if MenuItem::new(words::order(order)).checked(order == now).show(ui) {
                            view.users(UsersMsg::Sort(order));
                        }
                    }
                });
            });
        },
    );
}
