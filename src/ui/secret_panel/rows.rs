//! The rows of the key id and the secret, and the note below.

use egui::{Align, CornerRadius, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::state::Shown;
use crate::core::{ClipboardState, CreateMsg, Creation, Model, Msg, NewKey, OpId};
use crate::domain::{PairFormat, Secret, spell_out_hidden};
use crate::ui::theme::measures::{height, motion, radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Button, label, link};
use crate::ui::{View, words};

pub(super) const LABEL: f32 = 128.0;
pub(super) const BUTTON: f32 = 132.0;
/// Width of *Read aloud* after the note.
const READ_ALOUD: f32 = 84.0;

/// A label, the field with painted content, and a button on the right.
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
        // A child layout, so that the row continues after the field whatever its content.
        let layout = Layout::left_to_right(Align::Center);
        let mut content = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
        field(&mut content, inner);
        button(ui);
    });
}

pub(super) fn id(ui: &mut Ui, view: &mut View<'_>, new_key: &NewKey) {
    let id = &new_key.pair.id;
    field_row(
        ui,
        "Access key id",
        |ui, _| _ = label(ui, spell_out_hidden(id.as_str()), Style::Mono, ui.tokens().text_primary),
        |ui| {
            let button = Button::secondary("Copy key id").name("Copy the new key id").icon(Icon::Copy);
            if button.width(BUTTON).show(ui).clicked() {
                view.push(Msg::CopyText(id.to_string()));
            }
        },
    );
}

pub(super) fn secret(ui: &mut Ui, view: &mut View<'_>, op: OpId, new_key: &NewKey, shown: &mut Shown) {
    let model = view.model;
    let revealed = shown.is_revealed(ui, op);
    field_row(
        ui,
        "Secret access key",
        |ui, rect| {
            if revealed {
                paint_secret(ui, &new_key.pair.secret);
            } else {
                dots(ui, rect);
            }
            if shown.aloud {
                speak(ui, &new_key.pair.secret);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| reveal(ui, model, op, shown));
        },
        |ui| {
            let copy = Button::secondary("Copy secret").icon(Icon::Copy).width(BUTTON);
            let copy = copy.done(just_copied(ui, view, PairFormat::SecretOnly)).show(ui);
            // Never on "I have saved it": one press of Enter too many must not discard a secret.
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

/// True for a moment after the clipboard has accepted a copy.
pub(super) fn just_copied(ui: &Ui, view: &View<'_>, format: PairFormat) -> bool {
    let ClipboardState::Holds { since, .. } = view.model.clipboard.state else { return false };
    let left = motion::FLASH - view.now.steady.since(since).as_secs_f64();
    let just = left > 0.0 && view.model.settings.pair_format == format;
    if just {
        ui.request_repaint_after_secs(left as f32);
    }
    just
}

/// The link at the right end of the field.
fn reveal(ui: &mut Ui, model: &Model, op: OpId, shown: &mut Shown) {
    let revealed = shown.is_revealed(ui, op);
    ui.spacing_mut().item_spacing.x = space::S3;
    let (word, icon) = if revealed { ("Hide secret", Icon::EyeOff) } else { ("Reveal secret", Icon::Eye) };
    if link(ui, word, word).clicked() {
        if revealed {
            shown.hide(ui);
        } else {
            shown.reveal(ui, op, model);
        }
    }
    icon.show(ui, size::ROW, ui.tokens().accent_text);
}

/// For screen readers. A separate choice, because other programs can listen.
fn read_aloud(ui: &mut Ui, shown: &mut Shown) {
    let name = "Let assistive technology read the secret";
    let link = link(ui, "Read aloud", name);
    if link.on_hover_text("For screen readers, until it is hidden again").clicked() {
        shown.aloud = true;
    }
}

/// Read-only text for assistive technology, only on request and until the secret is hidden.
fn speak(ui: &mut Ui, secret: &Secret) {
    let (_, response) = ui.allocate_exact_size(vec2(0.0, 0.0), Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::TextInput);
        node.set_read_only();
        node.set_label("Secret access key");
        node.set_value(secret.expose());
    });
}

fn dots(ui: &mut Ui, rect: Rect) {
    let color = ui.tokens().text_primary;
    let room = ((rect.width() - 124.0) / 7.8).clamp(0.0, 40.0) as usize;
    for index in 0..room {
        let at = pos2(rect.left() + 4.0 + 7.8 * index as f32, rect.center().y);
        ui.painter().circle_filled(at, 1.7, color);
    }
    let (_, response) = ui.allocate_exact_size(vec2(0.0, 0.0), Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Label, true, "Secret access key, hidden; use Copy secret or Save as")
    });
}

/// Paints the secret in pieces and without a widget: nothing for assistive technology, selection or undo, and no piece longer
/// than four characters in egui's caches.
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

/// Below the fields: a note about the secret, where it was saved, and whether it works.
pub(super) fn notes(ui: &mut Ui, view: &View<'_>, creation: &Creation, new_key: &NewKey, shown: &mut Shown) {
    let tokens = ui.tokens();
    let secondary = (Icon::Info, tokens.text_secondary);
    ui.horizontal_top(|ui| {
        ui.add_space(LABEL + space::S4);
        let hint =
            "AWS never shows this secret again. It stays here until you confirm that you have saved it.";
        // In a narrow window the note has two lines, with room for the link beside it.
        let room = ui.available_width() - READ_ALOUD;
        let wide =
            ui.painter().layout_no_wrap(hint.to_owned(), Style::Small.font(), tokens.text_secondary).size();
        ui.allocate_ui(vec2(room.min(wide.x + 1.0), 0.0), |ui| {
            ui.vertical(|ui| {
                ui.add_space(5.0);
                label(ui, hint, Style::Small, tokens.text_secondary);
            });
        });
        if shown.is_revealed(ui, creation.op) && !shown.aloud {
            read_aloud(ui, shown);
        }
    });
    let mut lines: Vec<((Icon, egui::Color32), String)> = Vec::new();
    for written in &new_key.written {
        lines.push(((Icon::CircleCheck, tokens.success_text), words::handed_over(written)));
        let warnings = written.warnings.iter();
        lines.extend(warnings.map(|text| ((Icon::TriangleAlert, tokens.warning_text), text.clone())));
    }
    if new_key.gone {
        let text = format!("{} does not exist any more: it was deleted elsewhere", new_key.pair.id);
        lines.push(((Icon::TriangleAlert, tokens.warning_text), text));
    }
    if view.model.open.as_ref().is_none_or(|open| open.selected_user() != Some(creation.user())) {
        let text = format!("This key belongs to {}", spell_out_hidden(creation.user().as_str()));
        lines.push((secondary, text));
    }
    ui.spacing_mut().item_spacing.y = space::S1;
    for ((icon, color), text) in lines {
        ui.horizontal(|ui| {
            ui.add_space(LABEL + space::S4);
            ui.spacing_mut().item_spacing.x = space::S3;
            icon.show(ui, size::ROW, color);
            label(ui, text, Style::Small, tokens.text_primary);
        });
    }
    ui.spacing_mut().item_spacing.y = 0.0;
}
