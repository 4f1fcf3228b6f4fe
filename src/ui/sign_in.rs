//! The prompts of a sign-in, as dialogs over any screen.

mod browser;
mod mfa;

use egui::Ui;

use super::theme::measures::space;
use super::theme::{Style, Themed as _};
use super::widgets::{Button, Dialog, button_row, label};
use super::{View, words};
use crate::core::{SignInStep, StartMsg};
use crate::domain::{Prompt, PromptReply};

/// The drafts, and the addresses that were opened.
#[derive(Default)]
pub(super) struct Questions {
    mfa: mfa::MfaView,
    browser: browser::BrowserView,
}

impl Questions {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        let step = view.model.sign_in().map(|sign_in| &sign_in.step);
        if !matches!(step, Some(SignInStep::Asking(Prompt::Mfa(_)))) {
            self.mfa.forget(ui.ctx());
        }
        match step {
            None | Some(SignInStep::UnderWay) => {}
            Some(SignInStep::Asking(Prompt::PlainHttp { url })) => plain_http(ui, view, url),
            Some(SignInStep::Asking(Prompt::Mfa(ask))) => self.mfa.show(ui, view, ask),
            Some(SignInStep::Asking(Prompt::Sso(session))) => {
                browser::wanted(ui, view, &words::sso_wanted(&session.start_url));
            }
            Some(SignInStep::Asking(Prompt::Login { profile })) => {
                browser::wanted(ui, view, &words::login_wanted(profile));
            }
            Some(SignInStep::Device) => browser::waiting(ui, view, "Asking for a code…"),
            Some(SignInStep::AwsLogin { .. }) => {
                browser::waiting(ui, view, "`aws login` has opened the browser. Sign in there");
            }
            Some(SignInStep::Browser(code)) => self.browser.show(ui, view, code),
        }
    }
}

/// A dialog of a sign-in. Closing it cancels the sign-in.
fn dialog(ui: &Ui, view: &mut View<'_>, title: &str, content: impl FnOnce(&mut Ui, &mut View<'_>)) {
    let dialog = Dialog { id: "sign-in", name: title, title, width: 520.0 };
    let leave = dialog.show(ui, |ui| {
        ui.add_space(space::S4);
        content(ui, view);
    });
    if leave {
        view.start(StartMsg::CancelSignIn);
    }
}

/// The row of buttons at the bottom, *Cancel* first.
fn buttons(ui: &mut Ui, view: &mut View<'_>, content: impl FnOnce(&mut Ui, &mut View<'_>)) {
    ui.add_space(20.0);
    button_row(ui, |ui| {
        if Button::secondary("Cancel").name("Cancel sign-in").show(ui).clicked() {
            view.start(StartMsg::CancelSignIn);
        }
        content(ui, view);
    });
}

fn plain_http(ui: &Ui, view: &mut View<'_>, url: &str) {
    dialog(ui, view, "The endpoint is not encrypted", |ui, view| {
        label(ui, words::plain_http(url), Style::Body, ui.tokens().text_primary);
        buttons(ui, view, |ui, view| {
            if Button::danger("Send without encryption").show(ui).clicked() {
                view.start(StartMsg::Reply(PromptReply::PlainHttp));
            }
        });
    });
}
