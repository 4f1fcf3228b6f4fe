//! Saying where a report is to be written, and what came of it.

use std::path::{Path, PathBuf};

use egui::accesskit::Live;
use egui::{Key, Ui};

use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Button, Field, announce, error_text, label};
use super::{View, words};
use crate::core::Export;
use crate::domain::{SaveError, spell_out_hidden};

/// A path that is being typed.
pub(super) struct ExportForm {
    path: String,
    /// The field has had the focus.
    focused: bool,
}

/// What was pressed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    Nothing,
    /// Another file is named: what is known of the last one must not lead to replacing this one.
    Forget,
    Close,
    Write {
        path: PathBuf,
        replace: bool,
    },
}

impl ExportForm {
    /// `file`: the suggested name.
    pub(super) fn new(view: &View<'_>, file: &str) -> Self {
        let folder = view.model.settings.save_folder.as_deref().unwrap_or(view.home);
        Self { path: folder.join(file).display().to_string(), focused: false }
    }

    /// The same name with another extension.
    pub(super) fn set_extension(&mut self, extension: &str) {
        self.path = Path::new(self.path.trim()).with_extension(extension).display().to_string();
    }

    pub(super) fn show(&mut self, ui: &mut Ui, state: Option<&Export>) -> Pressed {
        if let Some(Export::Done(path)) = state {
            return done(ui, &path.display().to_string());
        }
        let busy = state == Some(&Export::Running);
        let mut pressed = Pressed::Nothing;
        let path = |form: &Self| PathBuf::from(form.path.trim());
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 180.0).clamp(120.0, 560.0);
            let field = Field::new(&mut self.path, "File to export to").limit(4096).width(width).show(ui);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
            if field.changed() {
                pressed = Pressed::Forget;
            }
            let (enter, esc) =
                ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
            let nameless = self.path.trim().is_empty().then(|| "Type a file name".to_owned());
            let off = nameless.or_else(|| busy.then(String::new));
            let ready = off.is_none();
            let export = Button::secondary("Export").name("Export to the file").off(off).show(ui);
            if export.clicked() || (ready && field.lost_focus() && enter) {
                pressed = Pressed::Write { path: path(self), replace: false };
            }
            let cancel = Button::ghost("Cancel").name("Cancel the export").show(ui);
            if cancel.clicked() || (field.lost_focus() && esc) {
                pressed = Pressed::Close;
            }
        });
        if let Some(Export::Failed(why)) = state {
            ui.add_space(space::S3);
            ui.horizontal(|ui| {
                error_text(ui, &words::not_handed_over(why));
                let exists = matches!(why, SaveError::Exists(_));
                if exists
                    && Button::secondary("Replace it").name("Replace the exported file").show(ui).clicked()
                {
                    pressed = Pressed::Write { path: path(self), replace: true };
                }
            });
        }
        pressed
    }
}

fn done(ui: &mut Ui, path: &str) -> Pressed {
    let tokens = ui.tokens();
    let mut pressed = Pressed::Nothing;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        Icon::CircleCheck.show(ui, size::BAR, tokens.success_text);
        let done = format!("Exported to {}", spell_out_hidden(path));
        announce(&label(ui, done, Style::Body, tokens.text_primary), Live::Polite);
        if Button::ghost("Close").name("Close the export").show(ui).clicked() {
            pressed = Pressed::Close;
        }
    });
    pressed
}
