//! The prompt for an MFA code.

use egui::accesskit::Live;
use egui::text_edit::TextEditState;
use egui::{Context, Id, Key, Ui};
use zeroize::Zeroize as _;

use super::{buttons, dialog};
use crate::core::StartMsg;
use crate::domain::{MfaAsk, MfaCode, PromptReply, spell_out_hidden};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Button, Field, Wrong, announce, label, one_line};
use crate::ui::{View, words};

const DIGITS: usize = 6;

/// The draft.
#[derive(Default)]
pub(super) struct MfaView {
    code: String,
    serial: String,
    /// The current prompt, if any.
    asked: Option<MfaAsk>,
}

impl MfaView {
    /// Removes the code from the draft and from the undo buffer of its field.
    pub(super) fn forget(&mut self, ctx: &Context) {
        self.asked = None;
        if !self.code.is_empty() {
            self.forget_code(ctx);
        }
    }

    fn forget_code(&mut self, ctx: &Context) {
        self.code.zeroize();
        ctx.data_mut(|data| data.remove::<TextEditState>(code_id()));
    }

    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>, ask: &MfaAsk) {
        let first = self.asked.as_ref() != Some(ask);
        if first {
            self.asked = Some(ask.clone());
            // Not the serial number of an earlier profile.
            self.serial = ask.serial.clone().unwrap_or_default();
        }
        dialog(ui, view, "Multi-factor authentication", |ui, view| {
            let tokens = ui.tokens();
            label(ui, words::mfa_wanted(ask), Style::Body, tokens.text_primary);
            ui.add_space(space::S5);
            let serial = self.device(ui, ask, first);
            let entered = self.field(ui, first && !ask.wants_serial());
            if let Some(refused) = ask.refused.filter(|_| self.code.is_empty()) {
                ui.add_space(space::S2);
                let why = label(ui, words::mfa_refused(refused), Style::Body, tokens.danger_text);
                announce(&why, Live::Assertive);
            }
            let off = match (MfaCode::parse(&self.code), serial.is_empty()) {
                (_, true) => Some("Type the serial number of the device".to_owned()),
                (None, _) => Some("Type the six digits that the device shows".to_owned()),
                (Some(_), false) => None,
            };
            let ready = off.is_none();
            buttons(ui, view, |ui, view| {
                let pressed = Button::primary("Sign in").icon(Icon::LogIn).off(off).show(ui).clicked();
                if (pressed || entered)
                    && ready
                    && let Some(code) = MfaCode::parse(&self.code)
                {
                    view.start(StartMsg::Reply(PromptReply::Mfa { serial, code }));
                    self.forget_code(ui.ctx());
                }
            });
        });
    }

    /// The known device, or the field for its serial number.
    fn device(&mut self, ui: &mut Ui, ask: &MfaAsk, first: bool) -> String {
        let tokens = ui.tokens();
        if let Some(serial) = ask.serial.as_ref().filter(|_| !ask.wants_serial()) {
            one_line(ui, spell_out_hidden(serial), Style::Mono, tokens.text_secondary);
        } else {
            label(ui, "Serial number of the device", Style::Body, tokens.text_secondary);
            let field = Field::new(&mut self.serial, "Serial number of the MFA device").mono();
            let field = field.hint(words::MFA_SERIAL_HINT).show(ui);
            if first {
                field.request_focus();
            }
        }
        ui.add_space(space::S5);
        self.serial.trim().to_owned()
    }

    /// Returns true when Enter is pressed in the field.
    fn field(&mut self, ui: &mut Ui, focus: bool) -> bool {
        let tokens = ui.tokens();
        label(ui, "Six digits", Style::Body, tokens.text_secondary);
        // Pasted codes may contain a space.
        let wrong = if self.code.chars().count() > DIGITS { Wrong::Yes } else { Wrong::No };
        let field = Field::new(&mut self.code, "MFA code").mono().width(120.0).limit(16).wrong(wrong);
        let field = field.id(code_id()).show(ui);
        self.code.retain(|c| c.is_ascii_digit());
        if focus {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if entered && MfaCode::parse(&self.code).is_none() {
            field.request_focus();
        }
        entered
    }
}

fn code_id() -> Id {
    Id::unique("mfa code")
}
