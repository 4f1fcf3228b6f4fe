//! Signing in with the browser: the code to compare, and the wait.

use egui::{Align, Layout, Ui};

use super::{buttons, dialog};
use crate::core::{Msg, StartMsg};
use crate::domain::{DeviceCode, PromptReply, spell_out_hidden};
use crate::ui::View;
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Button, label};

const TITLE: &str = "Continue in the browser";

/// The address that was opened.
#[derive(Default)]
pub(super) struct BrowserView {
    opened: Option<String>,
}

/// Asks before opening the browser.
pub(super) fn wanted(ui: &Ui, view: &mut View<'_>, text: &str) {
    dialog(ui, view, TITLE, |ui, view| {
        label(ui, text, Style::Body, ui.tokens().text_primary);
        buttons(ui, view, |ui, view| {
            let sign_in =
                Button::primary("Sign in").name("Sign in with the browser").icon(Icon::ExternalLink);
            let sign_in = sign_in.show(ui);
            if ui.memory(|memory| memory.focused().is_none()) {
                sign_in.request_focus();
            }
            if sign_in.clicked() {
                view.start(StartMsg::Reply(PromptReply::Browser));
            }
        });
    });
}

pub(super) fn waiting(ui: &Ui, view: &mut View<'_>, text: &str) {
    dialog(ui, view, TITLE, |ui, view| {
        label(ui, text, Style::Body, ui.tokens().text_primary);
        buttons(ui, view, |_, _| {});
    });
}

impl BrowserView {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>, code: &DeviceCode) {
        if self.opened.as_ref() != Some(&code.url) {
            self.opened = Some(code.url.clone());
            view.push(Msg::OpenPage { url: code.url.clone() });
        }
        dialog(ui, view, TITLE, |ui, view| {
            let tokens = ui.tokens();
            let text = "Your browser is open. Continue there only if it shows this code:";
            label(ui, text, Style::Body, tokens.text_primary);
            ui.add_space(space::S5);
            ui.with_layout(Layout::top_down(Align::Center), |ui| {
                label(ui, spell_out_hidden(&code.user_code), Style::MonoLargeStrong, tokens.text_primary);
            });
            ui.add_space(space::S5);
            let minutes = code.ends.since(view.now.steady).as_mins().max(0);
            let text = format!("Waiting for the browser. The code is valid for {minutes} min.");
            label(ui, text, Style::Body, tokens.text_secondary);
            ui.request_repaint_after_secs(30.0);
            buttons(ui, view, |ui, view| {
                let copy = Button::secondary("Copy address").name("Copy the sign-in address");
                if copy.icon(Icon::Copy).show(ui).clicked() {
                    view.push(Msg::CopyText(code.url.clone()));
                }
                let again = Button::secondary("Open again").name("Open the browser again");
                if again.icon(Icon::ExternalLink).show(ui).clicked() {
                    view.push(Msg::OpenPage { url: code.url.clone() });
                }
            });
        });
    }
}
