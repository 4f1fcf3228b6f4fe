//! The dialog for the preferences of the open account.

use egui::{Key, Ui};

use super::policy::PolicyForm;
use crate::core::{AccountMsg, OpenAccount, SessionId};
use crate::domain::{AccountKind, AccountPrefs, spell_out_hidden};
use crate::ui::View;
use crate::ui::theme::measures::space;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{Button, Dialog, Field, button_row, checkbox, chip, label, one_line};
use crate::ui::words;

/// The draft.
pub(super) struct LookForm {
    session: SessionId,
    name: String,
    /// `None`: not set.
    kind: Option<AccountKind>,
    read_only: bool,
    policy: PolicyForm,
    focused: bool,
}

impl LookForm {
    pub(super) fn of(open: &OpenAccount) -> Self {
        let AccountPrefs { name, kind, read_only, policy } = open.prefs.clone();
        Self {
            session: open.session,
            name: name.unwrap_or_default(),
            kind,
            read_only,
            policy: PolicyForm::of(&policy),
            focused: false,
        }
    }

    pub(super) fn belongs_to(&self, open: &OpenAccount) -> bool {
        self.session == open.session
    }

    /// Returns true when the dialog is finished.
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>, open: &OpenAccount) -> bool {
        let (mut save, mut cancel) = (false, false);
        let dialog = Dialog { id: "account look", name: "This account", title: "This account", width: 480.0 };
        let leave = dialog.show(ui, |ui| {
            let tokens = ui.tokens();
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.horizontal(|ui| {
                one_line(ui, spell_out_hidden(open.account.name()), Style::Body, tokens.text_secondary);
                label(ui, open.account.grouped_id(), Style::Mono, tokens.text_secondary);
            });
            ui.add_space(space::S6);
            save |= self.name(ui, open);
            ui.add_space(space::S5);
            if open.kind() != AccountKind::Practice {
                self.kinds(ui, open);
                ui.add_space(space::S5);
            }
            checkbox(ui, &mut self.read_only, "Always open read-only");
            ui.add_space(space::S5);
            self.policy.show(ui);
            ui.add_space(space::S5);
            label(ui, words::LOOK_IS_KEPT_HERE, Style::Small, tokens.text_secondary);
            ui.add_space(20.0);
            button_row(ui, |ui| {
                cancel |= Button::secondary("Cancel").show(ui).clicked();
                let off = self.policy.policy().is_none().then(|| words::policy::CORRECT_FIRST.to_owned());
                let button = Button::primary("Save").name("Save account preferences").off(off);
                save |= button.show(ui).clicked();
            });
        });
        let policy = self.policy.policy().filter(|_| save);
        let saved = policy.is_some();
        if let Some(policy) = policy {
            let name = Some(self.name.clone());
            let prefs = AccountPrefs { name, kind: self.kind, read_only: self.read_only, policy };
            view.account(AccountMsg::SetLook(prefs));
        }
        saved || cancel || leave
    }

    /// Returns true when Enter was pressed in it.
    fn name(&mut self, ui: &mut Ui, open: &OpenAccount) -> bool {
        label(ui, "Name", Style::SmallMedium, ui.tokens().text_secondary);
        ui.add_space(space::S2);
        let hint = spell_out_hidden(open.account.name()).into_owned();
        let field = Field::new(&mut self.name, "Name of the account").hint(&hint).limit(60).show(ui);
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }

    fn kinds(&mut self, ui: &mut Ui, open: &OpenAccount) {
        let tokens = ui.tokens();
        label(ui, "Kind", Style::SmallMedium, tokens.text_secondary);
        ui.add_space(space::S2);
        let guessed = open.account.kind(&AccountPrefs::default());
        let shown = self.kind.unwrap_or(guessed);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S3;
            use AccountKind as K;
            for kind in [K::Production, K::Staging, K::Development, K::Plain] {
                let word = if kind == K::Plain { "Standard" } else { words::account_kind(kind) };
                let name = format!("Mark as {}", word.to_lowercase());
                if chip(ui, shown == kind, word, &name).clicked() {
                    self.kind = Some(kind);
                }
            }
        });
        if self.kind.is_none() && guessed == AccountKind::Production {
            ui.add_space(space::S2);
            label(ui, words::PRODUCTION_IS_GUESSED, Style::Small, tokens.text_secondary);
        }
    }
}
