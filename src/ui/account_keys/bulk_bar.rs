//! What can be done with the keys that are selected, below their rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::accesskit::Live;
use egui::{Align, Frame, Layout, Margin, Sense, Stroke, Ui, vec2};

use super::entry::Entry;
use crate::domain::{BatchAction, KeyStatus, UserName};
use crate::ui::theme::measures::{height, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Button, announce, button_row, label, link};
use crate::ui::words;

pub(super) const HEIGHT: f32 = 48.0;
/// With less room the sum stays alone.
const DETAILS_FROM: f32 = 900.0;

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    Export,
    Batch(BatchAction),
    Copy,
    Clear,
}

pub(super) fn show(ui: &mut Ui, selected: &[Arc<Entry>]) -> Option<Pressed> {
    let tokens = ui.tokens();
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(stroke::HAIR, tokens.border_frame));
    let mut pressed = None;
    Frame::new().inner_margin(Margin::symmetric(16, 9)).show(ui, |ui| {
        ui.horizontal(|ui| {
            sum(ui, selected);
            button_row(ui, |ui| {
                if Button::secondary("Export…")
                    .name("Export selected keys")
                    .icon(Icon::Download)
                    .show(ui)
                    .clicked()
                {
                    pressed = Some(Pressed::Export);
                }
                for action in [BatchAction::Deactivate, BatchAction::Delete] {
                    pressed = batch_button(ui, action, selected).or(pressed);
                }
                let ids = selected.iter().any(|entry| entry.key_id().is_some());
                let off = (!ids).then(|| words::account_keys::ID_NOT_KNOWN.to_owned());
                let copy = Button::secondary("Copy key ids").name("Copy selected key ids").icon(Icon::Copy);
                if copy.off(off).show(ui).clicked() {
                    pressed = Some(Pressed::Copy);
                }
                separator(ui);
                if link(ui, "Clear selection", "Clear selection").clicked() {
                    pressed = Some(Pressed::Clear);
                }
            });
        });
    });
    pressed
}

/// Opens the plan. It is offered where it applies to one of the keys.
fn batch_button(ui: &mut Ui, action: BatchAction, selected: &[Arc<Entry>]) -> Option<Pressed> {
    let applies = |entry: &&Arc<Entry>| entry.key_id().is_some() && action.applies_to(entry.status);
    let off = match (action, selected.iter().any(|entry| applies(&entry))) {
        (_, true) => None,
        (BatchAction::Deactivate, false) => {
            Some("None of the keys is active, or their ids are not known yet")
        }
        (_, false) => Some("None of the keys is inactive, or their ids are not known yet"),
    };
    let word = format!("{}…", words::batch_verb(action));
    let icon = if action == BatchAction::Delete { Icon::Trash2 } else { Icon::Power };
    let button = Button::secondary(&word).name(words::batch_selected(action)).icon(icon);
    button.off(off.map(str::to_owned)).show(ui).clicked().then_some(Pressed::Batch(action))
}

fn sum(ui: &mut Ui, selected: &[Arc<Entry>]) {
    let tokens = ui.tokens();
    let active = selected.iter().filter(|entry| entry.status == KeyStatus::Active).count();
    let users: BTreeSet<&UserName> = selected.iter().map(|entry| &entry.id.user).collect();
    let (sum, details) = words::account_keys::selected(selected.len(), active, users.len());
    let wide = ui.available_width() >= DETAILS_FROM;
    ui.allocate_ui_with_layout(vec2(0.0, height::BUTTON), Layout::left_to_right(Align::Center), |ui| {
        announce(&label(ui, sum, Style::BodyStrong, tokens.text_primary), Live::Polite);
        if wide {
            label(ui, details, Style::Body, tokens.text_secondary);
        }
    });
}

fn separator(ui: &mut Ui) {
    ui.add_space(space::S2);
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 20.0), Sense::hover());
    ui.painter().vline(rect.center().x, rect.y_range(), Stroke::new(stroke::HAIR, ui.tokens().border_frame));
    ui.add_space(space::S2);
}
