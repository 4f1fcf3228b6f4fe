//! Saying where a report is to be written.

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Live;
use egui::{Key, Ui};

use crate::core::{ActivityMsg, Export, Msg};
use crate::domain::{ActivityEntry, SaveError, spell_out_hidden};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Button, Field, announce, error_text, label};
use crate::ui::{View, words};

pub(super) struct ExportForm {
    path: String,
    /// The field has had the focus.
    focused: bool,
}

impl ExportForm {
    pub(super) fn new(view: &mut View<'_>) -> Self {
        view.push(Msg::Activity(ActivityMsg::ForgetExport));
        let folder = view.model.settings.save_folder.as_deref().unwrap_or(view.home);
        let path = folder.join(words::report_file(view.now, view.zone)).display().to_string();
        Self { path, focused: false }
    }

    /// Returns true once it is to be closed.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        entries: impl FnOnce() -> Vec<Arc<ActivityEntry>>,
    ) -> bool {
        ui.add_space(10.0);
        let state = view.model.activity.export.clone();
        if let Some(Export::Done(path)) = &state {
            return done(ui, &path.display().to_string());
        }
        let busy = state == Some(Export::Running);
        let mut write = None;
        let mut leave = false;
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 180.0).clamp(120.0, 560.0);
            let field = Field::new(&mut self.path, "File to export to").limit(4096).width(width).show(ui);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
            if field.changed() {
                // What is known is about another file: this one must not be replaced by mistake.
                view.push(Msg::Activity(ActivityMsg::ForgetExport));
            }
            let (enter, esc) =
                ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
            let nameless = self.path.trim().is_empty().then(|| "Type a file name".to_owned());
            let off = nameless.or_else(|| busy.then(String::new));
            let ready = off.is_none();
            let export = Button::secondary("Export").name("Export to the file").off(off).show(ui);
            if export.clicked() || (ready && field.lost_focus() && enter) {
                write = Some(false);
            }
            let cancel = Button::ghost("Cancel").name("Cancel the export").show(ui);
            leave = cancel.clicked() || (field.lost_focus() && esc);
        });
        match &state {
            Some(Export::Failed(SaveError::Exists(path))) => {
                ui.add_space(space::S3);
                ui.horizontal(|ui| {
                    error_text(ui, &words::not_handed_over(&SaveError::Exists(path.clone())));
                    if Button::secondary("Replace it").name("Replace the exported file").show(ui).clicked() {
                        write = Some(true);
                    }
                });
            }
            Some(Export::Failed(why)) => {
                ui.add_space(space::S3);
                error_text(ui, &words::not_handed_over(why));
            }
            _ => {}
        }
        if let Some(replace) = write {
            let (entries, path) = (entries(), PathBuf::from(self.path.trim()));
            view.push(Msg::Activity(ActivityMsg::Export { entries, path, replace }));
        }
        leave
    }
}

fn done(ui: &mut Ui, path: &str) -> bool {
    let tokens = ui.tokens();
    let mut close = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        Icon::CircleCheck.show(ui, size::BAR, tokens.success_text);
        let done = format!("Exported to {}", spell_out_hidden(path));
        announce(&label(ui, done, Style::Body, tokens.text_primary), Live::Polite);
        close = Button::ghost("Close").name("Close the export").show(ui).clicked();
    });
    close
}
