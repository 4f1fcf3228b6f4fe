//! How old the keys of the account are, and how reading them stands: in the status bar.

use egui::{Sense, Ui, vec2};

use crate::core::{AccountKeysMsg, Msg, OpenAccount, SweepPause, SweepState};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{link, one_line, spinner, tip};
use crate::ui::{View, words};

/// True while something on the page is loading that is waited for. The sweep is none of it: it may take minutes.
pub(in crate::ui) fn is_busy(open: &OpenAccount) -> bool {
    open.users.list.is_loading() || open.inventory.report.report.is_loading()
}

pub(in crate::ui) fn show(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(size::STATUS_BAR, size::STATUS_BAR), Sense::hover());
    let busy = is_busy(open);
    let state = open.inventory.sweep.state();
    let report = &open.inventory.report.report;
    let failing = matches!(state, SweepState::Paused(SweepPause::Failing(_)));
    if !busy && (failing || report.failure().is_some()) {
        Icon::TriangleAlert.paint(ui, rect, tokens.warning_text);
    } else {
        spinner(ui, rect, tokens.text_secondary, busy);
    }
    let text = words::account_keys::freshness(open, view.now, view.zone);
    let room = vec2((ui.available_width() - RIGHT).max(120.0), ui.available_height());
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(room, layout, |ui| {
        ui.spacing_mut().item_spacing.x = space::S4;
        let links = if matches!(state, SweepState::Running | SweepState::Paused(_)) { 110.0 } else { 60.0 };
        let words = vec2((ui.available_width() - links).max(60.0), ui.available_height());
        ui.scope(|ui| {
            ui.set_max_width(words.x);
            let shown = one_line(ui, text, Style::Small, tokens.text_secondary);
            if let Some(why) = words::account_keys::trouble(open) {
                tip(shown, why);
            }
        });
        controls(ui, view, state);
    });
    // So that "6 min old" stays right while nothing else happens.
    ui.request_repaint_after_secs(30.0);
}

/// What stands at the right of the status bar, in points.
const RIGHT: f32 = 330.0;

/// A word, an accessible name, and what it does.
type Control = (&'static str, &'static str, fn() -> AccountKeysMsg);

fn controls(ui: &mut Ui, view: &mut View<'_>, state: SweepState<'_>) {
    let offered: &[Control] = match state {
        SweepState::Running => &[
            ("Pause", "Pause loading key ids", || AccountKeysMsg::Pause),
            ("Cancel", "Cancel loading key ids", || AccountKeysMsg::Cancel),
        ],
        SweepState::Paused(SweepPause::Administrator | SweepPause::Failing(_)) => &[
            ("Resume", "Resume loading key ids", || AccountKeysMsg::Resume),
            ("Cancel", "Cancel loading key ids", || AccountKeysMsg::Cancel),
        ],
        SweepState::Cancelled => &[("Resume", "Resume loading key ids", || AccountKeysMsg::Resume)],
        SweepState::Paused(SweepPause::SessionOver) | SweepState::Off | SweepState::Done => &[],
    };
    for (word, name, msg) in offered {
        if link(ui, word, name).clicked() {
            view.push(Msg::AccountKeys(msg()));
        }
    }
}
