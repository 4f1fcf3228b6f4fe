//! The parts of the picker: heading, rows, what stands in their place, footer.

use egui::{
    Align, Align2, CornerRadius, EventFilter, Frame, Id, Layout, Margin, Rect, Response, Role, Sense, Stroke,
    Ui, WidgetInfo, pos2, vec2,
};

use crate::core::{OpenAccount, UserList, UsersMsg};
use crate::domain::{Severity, User, UserName, UserOrder, spell_out_hidden};
use crate::ui::commands::Command;
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{
    MenuItem, RowMenu, describe, label, label_at, link, menu, menu_link, prose, ring, skeleton,
};
use crate::ui::{View, user_actions, words};

/// The heading, or what stands in its place: the rows below do not move.
pub(super) fn heading(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let list = &open.users.list;
    if let Some((failure, _)) = list.failure().filter(|_| !list.is_loading()) {
        let why = words::explain(failure, Some(&open.account));
        let word = match list.value {
            None => "Not loaded",
            Some(_) if open.users.is_partial() => "Incomplete",
            Some(_) => "Refresh failed",
        };
        problem(ui, view, rect, word);
        // Where nothing is known and nobody is picked, the page itself tells it.
        if list.value.is_some() || open.selected_user().is_some() {
            Frame::new().inner_margin(Margin { left: 16, right: 12, top: 6, bottom: 8 }).show(ui, |ui| {
                prose(ui, &why, Style::Body, ui.tokens().text_secondary);
            });
        }
        return;
    }
    let text = |x, align, word| {
        let at = pos2(x, rect.center().y);
        label_at(ui, at, align, word, Style::Small, ui.tokens().text_secondary, 100.0);
    };
    text(rect.left() + 16.0, Align2::LEFT_CENTER, "User");
    text(rect.right() - 16.0, Align2::RIGHT_CENTER, "Keys");
}

/// The list could not be refreshed; what is known stays. Why is told below.
fn problem(ui: &mut Ui, view: &mut View<'_>, rect: Rect, word: &str) {
    let tokens = ui.tokens();
    let inner = Rect::from_min_max(rect.min + vec2(16.0, 0.0), rect.max - vec2(12.0, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    // A child of its own: the link is higher than the heading.
    let mut line = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
    line.spacing_mut().item_spacing.x = space::S3;
    Icon::OctagonAlert.show(&mut line, size::ROW, tokens.danger_text);
    label(&mut line, word, Style::SmallMedium, tokens.text_primary);
    line.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if link(ui, "Try again", "Reload the users").clicked() {
            Command::Refresh.run(view);
        }
    });
}

/// By which a row can be given the focus before it is drawn.
pub(super) fn row_id(user: &UserName) -> Id {
    Id::unique(("user row", user.as_str()))
}

/// `stop`: Tab stops here. The list is one stop, whatever its length.
pub(super) fn row(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &User, stop: bool) -> Response {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::CONTROL), Sense::hover());
    let sense = if stop { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, row_id(&user.name), sense);
    let selected_user = open.selected_user() == Some(&user.name);
    let name = format!("User {}", user.name);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected_user, &name));
    describe(&response, || words::user_row(open, &user.name, view.now));
    let inner = rect.shrink2(vec2(space::S3, 0.0));
    let corners = CornerRadius::same(radius::CONTROL);
    if selected_user {
        ui.painter().rect_filled(inner, corners, tokens.bg_selected);
    } else if response.hovered() {
        ui.painter().rect_filled(inner, corners, tokens.bg_hover);
    }
    if response.has_focus() {
        ring(ui, inner.shrink(4.0), radius::SMALL);
        // Up and down are the list's own.
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    let middle = rect.center().y;
    let style = if selected_user { Style::BodyStrong } else { Style::Body };
    let at = pos2(inner.left() + 10.0, middle);
    let room = inner.width() - 70.0;
    let shown = spell_out_hidden(user.name.as_str());
    label_at(ui, at, Align2::LEFT_CENTER, &shown, style, tokens.text_primary, room);
    mark(ui, view, open, user, pos2(inner.right() - 40.0, middle));
    let keys = open.keys_of(&user.name);
    let denied = keys.and_then(|keys| keys.list.failure()).filter(|(failure, _)| failure.is_denied());
    if let Some(count) = keys.and_then(|keys| keys.count()) {
        let at = pos2(inner.right() - 10.0, middle);
        let color = if selected_user { tokens.text_primary } else { tokens.text_secondary };
        label_at(ui, at, Align2::RIGHT_CENTER, &count.to_string(), style, color, 30.0);
    } else if let Some((failure, _)) = denied {
        let place = Rect::from_center_size(pos2(inner.right() - 16.0, middle), vec2(size::ROW, size::ROW));
        Icon::Lock.paint(ui, place, tokens.text_secondary);
        response.clone().on_hover_text(words::explain(failure, Some(&open.account)));
    }
    let menu = RowMenu {
        row: &response,
        id: response.id,
        name: &format!("Menu of user {}", user.name),
        marked: response.has_focus(),
    };
    let opens = menu.show(user_actions::WIDTH, |ui| user_actions::items(ui, view, open, &user.name));
    if opens {
        view.ui.focus.opened_by(response.id);
    }
    // What is done in the menu is done to the user on screen.
    if (response.clicked() || opens) && !selected_user {
        view.users(UsersMsg::Select(user.name.clone()));
    }
    response
}

/// Only what is to be looked at; what is just good to know would be noise here.
fn mark(ui: &Ui, view: &View<'_>, open: &OpenAccount, user: &User, at: egui::Pos2) {
    let tokens = ui.tokens();
    let worst = open.worst_finding(&user.name, view.now).map(|finding| finding.severity());
    let rect = Rect::from_center_size(at, vec2(size::ROW, size::ROW));
    match worst {
        Some(Severity::Act) => Icon::OctagonAlert.paint(ui, rect, tokens.danger_text),
        Some(Severity::Look) => Icon::TriangleAlert.paint(ui, rect, tokens.warning_text),
        _ => {}
    }
}

pub(super) fn loading(ui: &mut Ui) {
    Frame::new().inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 10.0;
        for width in [120.0, 90.0, 140.0, 100.0, 130.0, 80.0] {
            skeleton(ui, width);
        }
    });
}

pub(super) fn empty(ui: &mut Ui, query: &str, users: &UserList) {
    let tokens = ui.tokens();
    let query = spell_out_hidden(query.trim());
    let text = match users.all().len() {
        0 => "This account has no IAM users".to_owned(),
        read if users.is_partial() => {
            format!("None of the {} loaded so far matches “{query}”", words::users(read))
        }
        _ => format!("No user matches “{query}”"),
    };
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        label(ui, text, Style::Body, tokens.text_secondary);
    });
}

pub(super) fn footer(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, shown: usize) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(stroke::HAIR, tokens.border_subtle));
    let inner = rect.shrink2(vec2(16.0, 0.0));
    ui.scope_builder(
        egui::UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)),
        |ui| {
            let total = open.users.all().len();
            let text = match open.users.list.value {
                None => String::new(),
                Some(_) if open.users.is_partial() && open.users.list.is_loading() => {
                    format!("{} so far", words::users(total))
                }
                Some(_) if open.users.is_partial() => {
                    format!("{} loaded, the rest failed", words::users(total))
                }
                Some(_) if shown == total => words::users(total),
                Some(_) => format!("{shown} of {}", words::users(total)),
            };
            label(ui, text, Style::Small, tokens.text_secondary);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let now = view.model.settings.user_order;
                let button = menu_link(ui, words::order(now), "Sort users");
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
