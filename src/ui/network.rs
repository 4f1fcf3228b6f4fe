//! The dialog *Network*: how AWS is reached, where the environment does not say it well enough.

use egui::accesskit::Live;
use egui::{Id, Ui};

use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Button, Dialog, Field, Wrong, announce, label, row_end};
use super::{View, words};
use crate::core::{Model, Msg, NetworkMsg};
use crate::domain::Network;

/// The draft, while the dialog is open.
#[derive(Default)]
pub(super) struct NetworkDialog {
    draft: Option<Network>,
}

/// Opens it in this frame.
pub(super) fn ask_to_open(ui: &Ui) {
    ui.data_mut(|data| data.insert_temp(open_id(), true));
}

fn open_id() -> Id {
    Id::unique("open the network dialog")
}

impl NetworkDialog {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        if ui.data_mut(|data| data.remove_temp::<bool>(open_id())).is_some() {
            let network = view.model.settings.network.clone();
            look(view, &network.ca_file);
            self.draft = Some(network);
            ui.memory_mut(|memory| memory.request_focus(field_id("Proxy")));
        }
        let Some(draft) = &mut self.draft else { return };
        let mut done = false;
        let leave =
            Dialog { id: "network", name: "Network", title: "Network", width: 560.0 }.show(ui, |ui| {
                ui.add_space(space::S3);
                proxy(ui, draft);
                no_proxy(ui, draft);
                ca_file(ui, view, draft);
                label(ui, words::NETWORK_APPLIES, Style::Body, ui.tokens().text_primary);
                ui.add_space(space::S4);
                done = buttons(ui, view, draft);
            });
        if leave || done {
            self.draft = None;
        }
    }
}

fn proxy(ui: &mut Ui, draft: &mut Network) {
    let problem = draft.proxy_problem().map(|problem| words::proxy_field_problem(&problem));
    let field = Field::new(&mut draft.proxy, "Proxy").hint("http://proxy.example:8080").limit(1024);
    line(ui, "Proxy", field, words::PROXY_FIELD, problem);
}

fn no_proxy(ui: &mut Ui, draft: &mut Network) {
    let field =
        Field::new(&mut draft.no_proxy, "Reached without the proxy").hint("intern.example, 10.0.0.0/8");
    line(ui, "Reached without the proxy", field.limit(4096), words::NO_PROXY_FIELD, None);
}

fn ca_file(ui: &mut Ui, view: &mut View<'_>, draft: &mut Network) {
    let before = draft.ca_file.clone();
    let look_now = view.model.ca_file_look.as_ref().filter(|look| look.file == before);
    let problem = look_now.and_then(|look| look.answer.as_ref()?.as_ref().err());
    let problem = problem.map(|problem| words::ca_field_problem(problem, &before));
    let field = Field::new(&mut draft.ca_file, "CA file").hint("~/acme-ca.pem").limit(4096);
    line(ui, "CA file", field, words::CA_FIELD, problem.filter(|_| !before.is_empty()));
    if draft.ca_file != before {
        look(view, &draft.ca_file);
    }
}

fn look(view: &mut View<'_>, file: &str) {
    view.push(Msg::Network(NetworkMsg::LookAtCaFile(file.to_owned())));
}

fn field_id(name: &str) -> Id {
    Id::unique(("network", name))
}

/// What it is called, the field, and what it is for or what is wrong with it.
fn line(ui: &mut Ui, name: &str, field: Field<'_>, sentence: &str, problem: Option<String>) {
    let tokens = ui.tokens();
    label(ui, name, Style::BodyStrong, tokens.text_primary);
    let wrong = if problem.is_some() { Wrong::Yes } else { Wrong::No };
    field.wrong(wrong).id(field_id(name)).show(ui);
    match problem {
        Some(problem) => announce(&label(ui, problem, Style::Body, tokens.danger_text), Live::Assertive),
        None => _ = label(ui, sentence, Style::Body, tokens.text_secondary),
    }
    ui.add_space(space::S5);
}

/// True once it is saved or given up.
fn buttons(ui: &mut Ui, view: &mut View<'_>, draft: &Network) -> bool {
    let off = why_not(view.model, draft).map(str::to_owned);
    let mut done = false;
    row_end(ui, |ui| {
        done |= Button::secondary("Cancel").name("Cancel network settings").show(ui).clicked();
        let save = Button::primary("Save").name("Save network settings").icon(Icon::Save).off(off);
        if save.show(ui).clicked() {
            view.push(Msg::Network(NetworkMsg::Set(draft.clone())));
            done = true;
        }
    });
    done
}

fn why_not(model: &Model, draft: &Network) -> Option<&'static str> {
    if draft.proxy_problem().is_some() {
        return Some("Correct the proxy first");
    }
    (!model.may_trust(&draft.ca_file)).then_some("Correct the CA file first")
}
