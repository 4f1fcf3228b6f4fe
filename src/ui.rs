//! The window: what the administrator sees and does.
//!
//! Screens read the [`Model`] and push messages; they keep only what is local to the view: text being typed, open menus.

mod account_bar;
mod account_keys;
mod accounts;
mod activity;
mod announcer;
mod batch;
mod clock;
mod commands;
mod create;
mod delete_dialog;
mod dialogs;
mod export_form;
mod find;
mod findings;
mod focus;
mod guide;
mod key_table;
mod keys_page;
mod messages;
mod pages;
mod requests;
mod root;
mod save_form;
mod secret_panel;
mod session;
mod settings;
mod sign_in;
mod start;
mod status_bar;
mod tab_bar;
mod table;
pub mod theme;
mod user_actions;
mod user_picker;
pub mod widgets;
pub mod words;

pub use root::Root;
pub use table::{ColumnWidth, column_width};

use std::path::Path;

use jiff::SignedDuration;

use crate::core::{AccountMsg, CreateMsg, KeysMsg, Model, Msg, StartMsg, UsersMsg};
use crate::domain::Moment;
use commands::Command;
use requests::Requests;
use words::Zone;

/// The keys of every command, for a test that each press of them counts once.
#[cfg(test)]
pub(crate) fn all_shortcuts() -> impl Iterator<Item = (egui::Modifiers, egui::Key)> {
    Command::all().flat_map(Command::combinations)
}

/// What a screen is drawn from, and where it puts what was pressed.
pub(crate) struct View<'a> {
    pub(crate) model: &'a Model,
    /// By the server's clock while an account is open.
    pub(crate) now: Moment,
    /// How far this computer's clock is ahead of the server's.
    pub(crate) clock_ahead: SignedDuration,
    pub(crate) zone: &'a Zone,
    /// The administrator's own folder: files are saved there unless another one was used last.
    pub(crate) home: &'a Path,
    pub(crate) out: &'a mut Vec<Msg>,
    /// What other parts of the window are asked for.
    pub(crate) ui: &'a mut Requests,
}

impl View<'_> {
    /// By this computer's clock, however wrong it is: for what is remembered from session to session.
    fn local_now(&self) -> Moment {
        let date = self.now.date.saturating_add(self.clock_ahead).unwrap_or(self.now.date);
        Moment { date, ..self.now }
    }

    fn push(&mut self, msg: Msg) {
        self.out.push(msg);
    }

    /// True if this part of the window is to do it now. Counts once.
    fn take(&mut self, command: Command) -> bool {
        self.ui.take(command)
    }

    fn start(&mut self, msg: StartMsg) {
        self.push(Msg::Start(msg));
    }

    fn account(&mut self, msg: AccountMsg) {
        self.push(Msg::Account(msg));
    }

    fn users(&mut self, msg: UsersMsg) {
        self.push(Msg::Users(msg));
    }

    fn keys(&mut self, msg: KeysMsg) {
        self.push(Msg::Keys(msg));
    }

    fn create(&mut self, msg: CreateMsg) {
        self.push(Msg::Create(msg));
    }
}
