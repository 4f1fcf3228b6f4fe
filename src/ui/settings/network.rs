//! Network settings that complement the environment. Only valid ones can be saved.

use egui::Ui;
use egui::accesskit::Live;

use super::{choice, setting};
use crate::core::{Model, Msg, NetworkMsg, SettingsMsg};
use crate::domain::{Network, RequestRate};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Button, Field, Wrong, announce, label};
use crate::ui::{View, words};

/// The draft, until it is saved.
#[derive(Default)]
pub(super) struct NetworkFields {
    draft: Network,
    /// The saved settings when the draft was started.
    of: Network,
}

/// Applies at once, unlike what follows.
fn request_rate(ui: &mut Ui, view: &mut View<'_>) {
    let set = view.model.settings.request_rate;
    setting(ui, "Background requests", words::settings::REQUEST_RATE, |ui| {
        for rate in RequestRate::CHOICES {
            let word = words::request_rate(rate);
            if choice(ui, set == rate, &word, &format!("Background requests: {word}")) {
                view.push(Msg::Settings(SettingsMsg::RequestRate(rate)));
            }
        }
    });
}

impl NetworkFields {
    /// Keeps an unsaved draft from before the window was closed.
    pub(super) fn open(&mut self, view: &mut View<'_>) {
        if self.of == view.model.settings.network && self.draft != self.of {
            look(view, &self.draft.ca_file);
        } else {
            self.begin(view);
        }
    }

    /// A draft of the current settings.
    fn begin(&mut self, view: &mut View<'_>) {
        self.of = view.model.settings.network.clone();
        self.draft = self.of.clone();
        look(view, &self.draft.ca_file);
    }

    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        request_rate(ui, view);
        proxy(ui, &mut self.draft);
        no_proxy(ui, &mut self.draft);
        ca_file(ui, view, &mut self.draft);
        label(ui, words::NETWORK_APPLIES, Style::Body, ui.tokens().text_primary);
        ui.add_space(space::S4);
        self.buttons(ui, view);
        ui.add_space(space::S5);
    }

    fn buttons(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let set = &view.model.settings.network;
        let unchanged = (self.draft == *set).then_some("Nothing has changed");
        let off = why_not(view.model, &self.draft).or(unchanged).map(str::to_owned);
        ui.horizontal(|ui| {
            let save = Button::primary("Save").name("Save network settings").icon(Icon::Save).off(off);
            if save.show(ui).clicked() {
                view.push(Msg::Network(NetworkMsg::Set(self.draft.clone())));
            }
            let discard = Button::secondary("Discard").name("Discard network changes");
            if discard.off(unchanged.map(str::to_owned)).show(ui).clicked() {
                self.begin(view);
            }
        });
    }
}

fn proxy(ui: &mut Ui, draft: &mut Network) {
    let problem = draft.proxy_problem().map(|problem| words::proxy_field_problem(&problem));
    let field = Field::new(&mut draft.proxy, "Proxy").hint("http://proxy.example:8080").limit(1024);
    line(ui, "Proxy", field, words::PROXY_FIELD, problem);
}

fn no_proxy(ui: &mut Ui, draft: &mut Network) {
    let field = Field::new(&mut draft.no_proxy, "Bypass the proxy for").hint("intern.example, 10.0.0.0/8");
    line(ui, "Bypass the proxy for", field.limit(4096), words::NO_PROXY_FIELD, None);
}

fn ca_file(ui: &mut Ui, view: &mut View<'_>, draft: &mut Network) {
    let before = draft.ca_file.clone();
    let look_now = view.model.files.ca_file_check.as_ref().filter(|look| look.file == before);
    let problem = look_now.and_then(|look| look.answer.as_ref()?.as_ref().err());
    let problem = problem.map(|problem| words::ca_field_problem(problem, &before));
    let field = Field::new(&mut draft.ca_file, "CA file").hint("~/acme-ca.pem").limit(4096);
    line(ui, "CA file", field, words::CA_FIELD, problem.filter(|_| !before.is_empty()));
    if draft.ca_file != before {
        look(view, &draft.ca_file);
    }
}

fn look(view: &mut View<'_>, file: &str) {
    view.push(Msg::Network(NetworkMsg::CheckCaFile(file.to_owned())));
}

/// A label, the field, and its hint or error.
fn line(ui: &mut Ui, name: &str, field: Field<'_>, sentence: &str, problem: Option<String>) {
    let tokens = ui.tokens();
    label(ui, name, Style::BodyStrong, tokens.text_primary);
    let wrong = if problem.is_some() { Wrong::Yes } else { Wrong::No };
    field.wrong(wrong).show(ui);
    match problem {
        Some(problem) => {
            let words = label(ui, problem, Style::Body, tokens.danger_text);
            announce(&words, Live::Assertive);
            words
        }
        None => label(ui, sentence, Style::Body, tokens.text_secondary),
    };
    ui.add_space(space::S5);
}

fn why_not(model: &Model, draft: &Network) -> Option<&'static str> {
    if draft.proxy_problem().is_some() {
        return Some("Correct the proxy first");
    }
    (!model.files.may_trust(&draft.ca_file)).then_some("Correct the CA file first")
}
