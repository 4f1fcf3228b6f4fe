//! One account of the popup.

use egui::{Align2, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::is_open;
use super::rows::Row;
use crate::domain::{AccountKind, SignInChoice, grouped_account_id, spell_out_hidden};
use crate::ui::theme::measures::{height, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{describe, label_at};
use crate::ui::{View, words};

pub(super) const HEIGHT: f32 = height::ROW;

pub(super) fn show(ui: &mut Ui, view: &View<'_>, row: &Row, marked: bool) -> Response {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let name = match row.choice {
        SignInChoice::Profile(_) => format!("Switch to {}", row.listed.names.given),
        SignInChoice::Environment => "Switch to environment credentials".to_owned(),
        SignInChoice::Container => "Switch to container credentials".to_owned(),
        SignInChoice::Practice => "Switch to practice account".to_owned(),
    };
    // Tab goes on to the buttons below: in the list the arrows move.
    let response = ui.interact(rect, ui.scope_id().with(&name), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, marked, &name));
    describe(&response, || row.listed.description([when(view, row)]));
    // Those out of view only take their place.
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let inner = rect.shrink2(vec2(space::S3, 0.0));
    let fill = if marked {
        tokens.bg_selected
    } else if response.hovered() {
        tokens.bg_pressed
    } else {
        tokens.bg_raised
    };
    ui.painter().rect_filled(inner, CornerRadius::same(radius::CONTROL), fill);
    let stripe = match row.listed.names.kind {
        AccountKind::Production => Some(tokens.production_text),
        AccountKind::Practice => Some(tokens.practice_text),
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

/// When it was opened last, or what it is doing.
fn when(view: &View<'_>, row: &Row) -> String {
    let signing_in = view.model.sign_in().is_some_and(|sign_in| sign_in.choice == row.choice);
    match row.listed.opened {
        _ if signing_in => "Signing in…".to_owned(),
        _ if is_open(view.model, &row.choice) => "Open now".to_owned(),
        Some(at) => words::ago(at, view.local_now()),
        None => "Never opened".to_owned(),
    }
}

/// Name and tag at the left; id and when it was opened at the right.
fn cells(ui: &mut Ui, view: &View<'_>, row: &Row, rect: Rect) {
    let tokens = ui.tokens();
    let middle = rect.center().y;
    let narrow = rect.width() < 480.0;
    let right = rect.right() - space::S4;
    let current = is_open(view.model, &row.choice);
    let when = when(view, row);
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
    let id = row.listed.account_id.as_deref().map(grouped_account_id).unwrap_or_default();
    label_at(
        ui,
        pos2(edge, middle),
        Align2::RIGHT_CENTER,
        &spell_out_hidden(&id),
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
    row.listed.names.show(ui, Rect::from_min_max(pos2(left, rect.top()), pos2(edge - 124.0, rect.bottom())));
}
