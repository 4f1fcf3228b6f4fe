//! One thing that was found.

use egui::{Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::core::{KeyLocation, Model, OpenAccount};
use crate::domain::{KeyId, UserName, spell_out_hidden};
use crate::ui::commands::Command;
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Icon, Style, Themed as _, Tokens};
use crate::ui::widgets::label_at;
use crate::ui::{View, words};

/// Of a row with a sentence below its first line.
const TALL: f32 = 48.0;

pub(super) fn user(ui: &mut Ui, open: &OpenAccount, user: &UserName, marked: bool) -> Response {
    let (rect, response) = ground(ui, height::CONTROL, &format!("Go to user {user}"), marked);
    let tokens = ui.tokens();
    let path =
        open.users.get(user).map(|known| spell_out_hidden(&known.path).into_owned()).unwrap_or_default();
    let name = (spell_out_hidden(user.as_str()).into_owned(), Style::Body);
    line(ui, rect, (Icon::UserRound, tokens.text_secondary), name, &path);
    response
}

pub(super) fn key(ui: &mut Ui, key: &KeyId, user: &UserName, marked: bool) -> Response {
    let (rect, response) = ground(ui, height::CONTROL, &format!("Go to key {key} of {user}"), marked);
    let tokens = ui.tokens();
    let id = (spell_out_hidden(key.as_str()).into_owned(), Style::Mono);
    line(
        ui,
        rect,
        (Icon::KeyRound, tokens.text_secondary),
        id,
        &format!("of {}", spell_out_hidden(user.as_str())),
    );
    response
}

pub(super) fn command(ui: &mut Ui, model: &Model, command: Command, marked: bool) -> Response {
    let word = command.sentence(model);
    let (rect, response) = ground(ui, height::CONTROL, &format!("Action: {word}"), marked);
    let tokens = ui.tokens();
    line(ui, rect, (command.entry().icon, tokens.text_secondary), (word, Style::Body), &command.text());
    response
}

/// A whole id, and below it where its key is.
pub(super) fn id(ui: &mut Ui, view: &View<'_>, key: &KeyId, place: &KeyLocation, marked: bool) -> Response {
    let told = words::whereabouts(view.model, key, place);
    let (rect, response) = ground(ui, TALL, &format!("{key}: {told}"), marked);
    let tokens = ui.tokens();
    let (icon, color) = look(place, tokens);
    let first = Rect::from_min_size(rect.min, vec2(rect.width(), 26.0));
    let hint = if matches!(place, KeyLocation::Here(_)) { "Enter" } else { "" };
    line(ui, first, (icon, color), (spell_out_hidden(key.as_str()).into_owned(), Style::Mono), hint);
    let at = pos2(words_left(rect), rect.bottom() - 14.0);
    let shown = label_at(
        ui,
        at,
        Align2::LEFT_CENTER,
        &told,
        Style::Small,
        tokens.text_primary,
        rect.right() - at.x - space::S4,
    );
    // What is cut is told on hover.
    if shown.right() > rect.right() - 24.0 { response.on_hover_text(told) } else { response }
}

fn look(place: &KeyLocation, tokens: &Tokens) -> (Icon, Color32) {
    match place {
        KeyLocation::Here(_) => (Icon::KeyRound, tokens.success_text),
        KeyLocation::NoUser => (Icon::OctagonAlert, tokens.danger_text),
        KeyLocation::Elsewhere(_) => (Icon::TriangleAlert, tokens.warning_text),
        KeyLocation::Temporary(_) => (Icon::Timer, tokens.text_secondary),
        KeyLocation::NotKnown | KeyLocation::Looking => (Icon::CircleDashed, tokens.text_secondary),
        KeyLocation::Failed(_) => (Icon::Info, tokens.text_secondary),
    }
}

/// The row itself; the popup is one stop of the keyboard, with its field.
fn ground(ui: &mut Ui, height: f32, name: &str, marked: bool) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, marked, name));
    let tokens = ui.tokens();
    let fill = match (marked, response.hovered()) {
        (true, _) => tokens.bg_selected,
        (_, true) => tokens.bg_hover,
        _ => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(radius::ITEM), fill);
    (rect, response)
}

fn words_left(rect: Rect) -> f32 {
    rect.left() + space::S4 + size::BUTTON + space::S4
}

/// Icon, words, and at the right what belongs to them.
fn line(ui: &Ui, rect: Rect, (icon, color): (Icon, Color32), (word, style): (String, Style), right: &str) {
    let tokens = ui.tokens();
    let middle = rect.center().y;
    let at = pos2(rect.left() + space::S4 + size::BUTTON / 2.0, middle);
    icon.paint(ui, Rect::from_center_size(at, vec2(size::BUTTON, size::BUTTON)), color);
    let end = pos2(rect.right() - space::S4, middle);
    let room = rect.width() * 0.4;
    let taken = label_at(ui, end, Align2::RIGHT_CENTER, right, Style::Small, tokens.text_secondary, room);
    let at = pos2(words_left(rect), middle);
    let room = taken.left() - space::S4 - at.x;
    label_at(ui, at, Align2::LEFT_CENTER, &word, style, tokens.text_primary, room);
}
