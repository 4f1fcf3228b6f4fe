//! A clock of this computer that is wrong.

use egui::{Frame, Margin, Ui};

use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Banner, Tone, label};
use super::{View, words};

/// From this many seconds on it is said in the status bar.
const STATUS_SECS: u64 = 2 * 60;

/// AWS refuses requests that are further off than this.
const BANNER_SECS: u64 = 5 * 60;

fn off_by_more_than(view: &View<'_>, secs: u64) -> bool {
    view.clock_ahead.unsigned_abs().as_secs() > secs
}

pub(super) fn status(ui: &mut Ui, view: &View<'_>) {
    if !off_by_more_than(view, STATUS_SECS) {
        return;
    }
    let tokens = ui.tokens();
    Icon::TriangleAlert.show(ui, size::STATUS_BAR, tokens.warning_text);
    label(ui, words::clock_off(view.clock_ahead), Style::Small, tokens.text_secondary);
}

/// Above the page, however the SDK corrects it: ages would be wrong elsewhere, and other programs are refused.
pub(super) fn banner(ui: &mut Ui, view: &View<'_>) {
    let Some(open) = view.model.open.as_ref().filter(|_| off_by_more_than(view, BANNER_SECS)) else { return };
    let title = words::clock_off(view.clock_ahead);
    let text = words::clock_off_text(&open.account.endpoint);
    Frame::new().inner_margin(Margin { left: 24, right: 24, top: 12, bottom: 0 }).show(ui, |ui| {
        Banner { tone: Tone::Warning, title: &title, text: &text }.show(ui, |_| {});
    });
}
