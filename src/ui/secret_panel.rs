//! The new key panel: shown once, hidden until asked for.

use egui::{
    Align, CornerRadius, Frame, Key, Layout, Margin, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::theme::measures::{height, radius, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Button, label, link};
use super::{View, messages, words};
use crate::core::{Clipboard, CreateMsg, Creation, Msg, NewKey, OpId, Stage};
use crate::domain::{PairFormat, Secret, visible};

/// A revealed secret hides itself again.
const REVEALED_SECS: f64 = 30.0;

/// On the page of a user, whoever that is.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    messages::lost_answer(ui, view);
    let model = view.model;
    let Some(creation) = &model.creation else { return };
    match &creation.stage {
        Stage::InFlight => {
            ui.add_space(space::S6);
            in_flight(ui, creation);
        }
        Stage::Made(new_key) => {
            ui.add_space(space::S6);
            panel(ui, view, creation, new_key);
        }
        Stage::Unknown { .. } => {}
    }
}

/// On the start screen, after the account was left with the panel open.
pub(super) fn over_start(ui: &mut Ui, view: &mut View<'_>) {
    if view.model.creation.is_none() {
        return;
    }
    let screen = ui.max_rect().shrink2(vec2(24.0, 16.0));
    let rect = Rect::from_min_max(pos2(screen.left(), screen.bottom() - 260.0), screen.max);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| show(ui, view));
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
    format!("New key for {}", visible(creation.user.as_str()))
}

fn in_flight(ui: &mut Ui, creation: &Creation) {
    framed(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(42.0);
            Icon::KeyRound.show(ui, size::BAR, ui.tokens().accent_text);
            label(ui, title(creation), Style::Lead, ui.tokens().text_primary);
            label(ui, "being created…", Style::Body, ui.tokens().text_secondary);
        });
    });
}

fn panel(ui: &mut Ui, view: &mut View<'_>, creation: &Creation, new_key: &NewKey) {
    let shown = ui.scope(|ui| {
        framed(ui, |ui| {
            header(ui, view, creation);
            countdown(ui, view);
            ui.add_space(14.0);
            id_row(ui, view, new_key);
            ui.add_space(space::S4);
            secret_row(ui, view, creation.op, new_key);
            ui.add_space(space::S3);
            hint(ui);
            ui.add_space(14.0);
            let line = ui.available_rect_before_wrap();
            let stroke = Stroke::new(stroke::HAIR, ui.tokens().border_frame);
            ui.painter().hline(line.x_range(), line.top(), stroke);
            ui.add_space(14.0);
            if new_key.asking {
                question(ui, view);
            } else {
                footer(ui, view);
            }
        });
    });
    // The panel has a name; what it shows has none: a secret is in no node.
    let name = title(creation);
    ui.ctx().accesskit_node_builder(shown.response.id, |node| {
        node.set_role(egui::accesskit::Role::Group);
        node.set_label(name);
    });
}

fn header(ui: &mut Ui, view: &mut View<'_>, creation: &Creation) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        ui.set_min_height(42.0);
        Icon::KeyRound.show(ui, size::BAR, tokens.accent_text);
        label(ui, title(creation), Style::Lead, tokens.text_primary);
        let open = view.model.open.as_ref();
        let elsewhere = open.is_none_or(|open| open.session != creation.session);
        let note = if elsewhere {
            format!("shown once · in {} {}", visible(&creation.account_name), creation.account_id)
        } else {
            "shown once".to_owned()
        };
        label(ui, note, Style::Body, tokens.text_secondary);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if matches!(view.model.clipboard, Clipboard::Holds { .. })
                && link(ui, "Clear clipboard now", "Clear clipboard now").clicked()
            {
                view.push(Msg::ClearClipboard);
            }
            if let Some(text) = words::clipboard(&view.model.clipboard, view.now) {
                label(ui, text, Style::Body, tokens.text_secondary);
                Icon::Clipboard.show(ui, size::BAR, tokens.text_secondary);
            }
        });
    });
}

/// The line under the header, shorter each second.
fn countdown(ui: &mut Ui, view: &View<'_>) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 2.0), Sense::hover());
    let rect = rect.expand2(vec2(15.0, 0.0));
    ui.painter().rect_filled(rect, 0, tokens.border_subtle);
    if let Clipboard::Holds { until } = view.model.clipboard {
        let left = until.duration_since(view.now).as_secs().clamp(0, 45) as f32;
        let done = Rect::from_min_size(rect.min, vec2(rect.width() * left / 45.0, 2.0));
        ui.painter().rect_filled(done, 0, tokens.accent_text);
        ui.request_repaint_after_secs(1.0);
    }
}

const LABEL: f32 = 128.0;
const BUTTON: f32 = 132.0;

/// A label, the field that the content is painted into, and the button at the right.
fn field_row(ui: &mut Ui, word: &str, field: impl FnOnce(&mut Ui, Rect), button: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(vec2(LABEL, height::BUTTON), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(LABEL);
            label(ui, word, Style::Body, tokens.text_secondary);
        });
        let width = (ui.available_width() - BUTTON - space::S4).max(120.0);
        let (rect, _) = ui.allocate_exact_size(vec2(width, height::BUTTON), Sense::hover());
        let border = Stroke::new(stroke::HAIR, tokens.border_frame);
        let corners = CornerRadius::same(radius::CONTROL);
        ui.painter().rect(rect, corners, tokens.secret_field, border, StrokeKind::Inside);
        let inner = rect.shrink2(vec2(10.0, 0.0));
        // A child of its own: the row goes on behind the field, whatever stands in it.
        let layout = Layout::left_to_right(Align::Center);
        let mut content = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
        field(&mut content, inner);
        button(ui);
    });
}

fn id_row(ui: &mut Ui, view: &mut View<'_>, new_key: &NewKey) {
    let id = &new_key.pair.id;
    field_row(
        ui,
        "Access key id",
        |ui, _| _ = label(ui, visible(id.as_str()), Style::Mono, ui.tokens().text_primary),
        |ui| {
            if Button::secondary("Copy key id")
                .name("Copy the new key id")
                .icon(Icon::Copy)
                .width(BUTTON)
                .show(ui)
                .clicked()
            {
                view.push(Msg::CopyText(id.to_string()));
            }
        },
    );
}

fn secret_row(ui: &mut Ui, view: &mut View<'_>, op: OpId, new_key: &NewKey) {
    let revealed = revealed(ui, op);
    field_row(
        ui,
        "Secret access key",
        |ui, rect| {
            if revealed {
                paint_secret(ui, &new_key.pair.secret);
            } else {
                dots(ui, rect);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let word = if revealed { "Hide secret" } else { "Reveal secret" };
                if link(ui, word, word).clicked() {
                    set_revealed(ui, op, !revealed);
                }
            });
        },
        |ui| {
            let copy = Button::secondary("Copy secret").icon(Icon::Copy).width(BUTTON).show(ui);
            // Never on "I have saved it": an Enter too many must not take a secret away.
            let first = egui::Id::unique("first focus");
            if ui.data(|data| data.get_temp::<OpId>(first)) != Some(op) {
                copy.request_focus();
                ui.data_mut(|data| data.insert_temp(first, op));
            }
            if copy.clicked() {
                view.create(CreateMsg::Copy(PairFormat::SecretOnly));
            }
        },
    );
}

/// Until when the secret of this creation is revealed, in seconds of the window's clock.
fn revealed_id(op: OpId) -> egui::Id {
    egui::Id::unique(("revealed", op.0))
}

fn revealed(ui: &Ui, op: OpId) -> bool {
    let (now, focused) = ui.input(|input| (input.time, input.viewport().focused != Some(false)));
    let until = ui.data(|data| data.get_temp::<f64>(revealed_id(op))).unwrap_or(f64::MIN);
    let revealed = focused && now < until;
    if revealed {
        ui.request_repaint_after_secs((until - now) as f32);
    } else if until > f64::MIN {
        set_revealed(ui, op, false);
    }
    revealed
}

fn set_revealed(ui: &Ui, op: OpId, on: bool) {
    let now = ui.input(|input| input.time);
    ui.data_mut(|data| {
        if on {
            data.insert_temp(revealed_id(op), now + REVEALED_SECS);
        } else {
            data.remove::<f64>(revealed_id(op));
        }
    });
    ui.send_viewport_cmd(egui::ViewportCommand::ContentProtected(on));
    ui.request_repaint();
}

fn dots(ui: &Ui, rect: Rect) {
    let color = ui.tokens().text_primary;
    for index in 0..40 {
        let at = pos2(rect.left() + 4.0 + 7.8 * index as f32, rect.center().y);
        if at.x > rect.right() - 120.0 {
            return;
        }
        ui.painter().circle_filled(at, 1.7, color);
    }
}

/// Paints the secret in pieces, without a widget: nothing for assistive technology, selection or undo, and no piece in
/// egui's caches is longer than four characters.
fn paint_secret(ui: &mut Ui, secret: &Secret) {
    let font = Style::Mono.font();
    let color = ui.tokens().text_primary;
    ui.spacing_mut().item_spacing.x = 0.0;
    for chunk in secret.expose().as_bytes().chunks(4) {
        let text = String::from_utf8_lossy(chunk).into_owned();
        let galley = ui.painter().layout_no_wrap(text, font.clone(), color);
        let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
        ui.painter().galley(rect.min, galley, color);
    }
}

fn hint(ui: &mut Ui) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        ui.add_space(LABEL + space::S4);
        let text = "AWS never shows this secret again. It stays here until you say that you have saved it.";
        label(ui, text, Style::Small, tokens.text_secondary);
    });
}

fn footer(ui: &mut Ui, view: &mut View<'_>) {
    ui.horizontal(|ui| {
        if Button::secondary("Copy both").icon(Icon::Copy).show(ui).clicked() {
            view.create(CreateMsg::Copy(PairFormat::Both));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if Button::primary("I have saved it").icon(Icon::Check).width(BUTTON).show(ui).clicked() {
                view.create(CreateMsg::Saved);
            }
        });
    });
}

/// It was neither copied nor saved: asked once, here and not in a dialog.
fn question(ui: &mut Ui, view: &mut View<'_>) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        Icon::TriangleAlert.show(ui, size::BAR, tokens.warning_text);
        let text = "This secret was neither copied nor saved. Let it go?";
        let shown = label(ui, text, Style::BodyStrong, tokens.text_primary);
        shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if Button::secondary("Let it go").show(ui).clicked() {
                view.create(CreateMsg::LetGo);
            }
            let keep = Button::primary("Keep it").show(ui);
            if keep.clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
                view.create(CreateMsg::Keep);
            }
        });
    });
}
