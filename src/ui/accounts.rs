//! Other accounts, and what is said about the one that is open.

mod listed;
mod names;
mod policy;
mod popup;
mod preferences;
mod row;
mod rows;
mod under_way;

use egui::{Response, Ui};

use super::commands::Command;
use super::theme::measures::space;
use super::theme::{Style, Themed as _};
use super::widgets::{Button, Dialog, button_row, label};
use super::{View, words};
use crate::core::{AccountMsg, Model, OpenAccount, StartMsg};
use crate::domain::{SignInChoice, spell_out_hidden};
pub(super) use listed::Entry;
use popup::{Chosen, Switcher};
use preferences::LookForm;
pub(super) use under_way::{switching, switching_bar};

/// State of the popup and the dialogs.
#[derive(Default)]
pub(super) struct Accounts {
    switcher: Option<Switcher>,
    preferences: Option<LookForm>,
    /// It is asked whether changes are to be allowed.
    allowing: bool,
}

impl Accounts {
    /// The popup of the button; Ctrl+Shift+A opens it too.
    pub(super) fn popup(&mut self, button: &Response, ui: &Ui, view: &mut View<'_>) {
        if button.clicked() || view.take(Command::SwitchAccount) {
            self.switcher = match self.switcher {
                Some(_) => None,
                None => Some(Switcher::default()),
            };
            // The files may have changed since they were read.
            view.start(StartMsg::FindProfiles);
        }
        let Some(switcher) = &mut self.switcher else { return };
        let chosen = switcher.show(button, ui, view);
        if chosen.is_none() && switcher.is_open() {
            return;
        }
        self.switcher = None;
        view.ui.focus.opened_by(button.id);
        // The keyboard goes on from where it came.
        if !ui.input(|input| input.pointer.any_click()) {
            button.request_focus();
        }
        match chosen {
            // It is there already.
            Some(Chosen::Account(choice)) if is_open(view.model, &choice) => {}
            Some(Chosen::Account(choice)) => {
                view.start(StartMsg::Open { choice, read_only: false });
            }
            Some(Chosen::All) => view.start(StartMsg::SwitchAccount),
            Some(Chosen::This) => self.preferences = view.model.open.as_ref().map(LookForm::of),
            Some(Chosen::AllowChanges) => self.allowing = true,
            None => {}
        }
    }

    /// What lies over the window.
    pub(super) fn dialogs(&mut self, ui: &Ui, view: &mut View<'_>) {
        self.allowing |= std::mem::take(&mut view.ui.allow_changes);
        let Some(open) = &view.model.open else {
            *self = Self::default();
            return;
        };
        self.preferences.take_if(|form| !form.belongs_to(open));
        if self.preferences.as_mut().is_some_and(|form| form.show(ui, view, open)) {
            self.preferences = None;
        }
        self.allowing &= open.access.may_leave_read_only();
        if self.allowing {
            self.allowing = !allow_changes(ui, view, open);
        }
    }
}

/// Returns true once it is decided.
fn allow_changes(ui: &Ui, view: &mut View<'_>, open: &OpenAccount) -> bool {
    let name = format!("Allow changes in {}", spell_out_hidden(open.name()));
    let mut done = false;
    let leave = Dialog { id: "allow changes", name: &name, title: &name, width: 480.0 }.show(ui, |ui| {
        ui.add_space(space::S4);
        label(ui, words::allow_changes(open), Style::Body, ui.tokens().text_primary);
        ui.add_space(20.0);
        button_row(ui, |ui| {
            let stay = Button::secondary("Stay read-only").show(ui);
            if ui.memory(|memory| memory.focused().is_none()) {
                stay.request_focus();
            }
            done |= stay.clicked();
            if Button::secondary("Allow changes").name("Allow changes now").show(ui).clicked() {
                view.account(AccountMsg::AllowChanges);
                done = true;
            }
        });
    });
    done || leave
}

fn is_open(model: &Model, choice: &SignInChoice) -> bool {
    model.open.as_ref().is_some_and(|open| open.choice == *choice)
}
