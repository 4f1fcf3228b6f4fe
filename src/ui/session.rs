//! How long the session lasts, and the way to a new one.

use egui::{Frame, Margin, Ui};

use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Banner, Button, Tone, label};
use super::{View, words};
use crate::core::{OpenAccount, StartMsg, TimeLeft};
use crate::domain::Failure;

/// In the account bar: "57 min left", louder towards the end.
pub(super) fn time_left(ui: &mut Ui, view: &View<'_>, open: &OpenAccount) {
    let left = open.time_left(view.now);
    let Some(text) = words::time_left(left) else { return };
    let tokens = ui.tokens();
    let (icon, color) = match left {
        TimeLeft::Over => (Some(Icon::OctagonAlert), tokens.danger_text),
        TimeLeft::Soon(_) => (Some(Icon::Timer), tokens.warning_text),
        TimeLeft::Unknown | TimeLeft::Minutes(_) => (None, tokens.text_secondary),
    };
    ui.spacing_mut().item_spacing.x = space::S3;
    label(ui, "·", Style::Body, tokens.text_secondary);
    if let Some(icon) = icon {
        icon.show(ui, size::BAR, color);
    }
    label(ui, text, Style::Body, color);
    // It goes on while nothing else happens.
    ui.request_repaint_after_secs(if matches!(left, TimeLeft::Soon(_)) { 5.0 } else { 30.0 });
}

/// Above the page: the session is over, or soon will be.
pub(super) fn banner(ui: &mut Ui, view: &mut View<'_>) {
    let Some(open) = &view.model.open else { return };
    let left = open.time_left(view.now);
    let failure = open.life.renewal_failed.as_ref();
    let (tone, title) = match (left, failure) {
        (_, Some(_)) => (Tone::Danger, "Signing in again failed"),
        (TimeLeft::Over, None) => (Tone::Danger, words::SESSION_OVER),
        (TimeLeft::Soon(_), None) => (Tone::Warning, words::SESSION_ENDS),
        (TimeLeft::Minutes(_) | TimeLeft::Unknown, None) if view.model.is_renewing() => {
            (Tone::Info, words::SESSION_RENEWS)
        }
        (TimeLeft::Minutes(_) | TimeLeft::Unknown, None) => return,
    };
    let text = match failure {
        Some(failure) => words::explain(failure, Some(&open.account)),
        None => words::SESSION_HINT.to_owned(),
    };
    Frame::new().inner_margin(Margin { left: 24, right: 24, top: 12, bottom: 0 }).show(ui, |ui| {
        Banner { tone, title, text: &text }.show(ui, |ui| {
            ui.horizontal_wrapped(|ui| buttons(ui, view));
        });
    });
}

fn buttons(ui: &mut Ui, view: &mut View<'_>) {
    let renewing = view.model.is_renewing();
    let word = if renewing { "Signing in…" } else { "Sign in again" };
    let off = renewing.then(String::new);
    let again = Button::secondary(word).name("Sign in again").icon(Icon::LogIn).off(off);
    if again.show(ui).clicked() {
        view.start(StartMsg::Renew { use_mfa: false });
    }
    let failure = view.model.open.as_ref().and_then(|open| open.life.renewal_failed.as_ref());
    let mfa = failure.is_some_and(Failure::mfa_may_help);
    if mfa && Button::secondary("Use MFA…").icon(Icon::Smartphone).show(ui).clicked() {
        view.start(StartMsg::Renew { use_mfa: true });
    }
    if renewing && Button::secondary("Cancel").name("Cancel signing in again").show(ui).clicked() {
        view.start(StartMsg::CancelSignIn);
    }
}
