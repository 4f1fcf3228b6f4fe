//! Saying where a key pair is to be saved: a file in one of the formats, or a profile.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Button, Field, MenuItem, error_text, label, menu};
use super::{View, words};
use crate::core::{Msg, ProfileMsg};
use crate::domain::{PairFormat, ProfileChange, SaveError, SaveTarget, UserName, spell_out_hidden};

/// Behind the field: the button but for its word, and *Cancel*.
const AROUND_VERB: f32 = 160.0;

/// What is being said about the place.
pub(super) struct SaveForm {
    kind: Kind,
    path: String,
    profile: String,
    /// The profile name that was looked at last.
    looked_at: Option<String>,
    user: UserName,
    /// How many copies there were when the form was opened.
    saves_before: usize,
    /// The field has had the focus.
    focused: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File(PairFormat),
    Profile,
}

/// What was pressed.
pub(super) enum Pressed {
    Nothing,
    Cancel,
    There(SaveTarget),
}

impl SaveForm {
    pub(super) fn new(user: &UserName, view: &View<'_>, saves_before: usize) -> Self {
        let kind = Kind::File(PairFormat::Csv);
        let folder = view.model.settings.save_folder.as_deref().unwrap_or(view.home);
        let path = file_in(folder, PairFormat::Csv, user);
        let profile = user.as_str().to_owned();
        Self { kind, path, profile, looked_at: None, user: user.clone(), saves_before, focused: false }
    }

    /// With what was said before, because it could not be done.
    pub(super) fn at(to: &SaveTarget, user: &UserName, view: &View<'_>, saves_before: usize) -> Self {
        let mut form = Self::new(user, view, saves_before);
        match to {
            SaveTarget::File { format, path, .. } => {
                form.kind = Kind::File(*format);
                form.path = path.display().to_string();
            }
            SaveTarget::Profile { name, .. } => {
                form.kind = Kind::Profile;
                form.profile.clone_from(name);
            }
        }
        form
    }

    /// True once one more copy is written.
    pub(super) fn is_done(&self, saves: usize) -> bool {
        saves > self.saves_before
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        verb: &str,
        busy: bool,
        failed: Option<&SaveError>,
    ) -> Pressed {
        let mut pressed = Pressed::Nothing;
        let change = self.change(view);
        let ready = match (self.kind, &change) {
            _ if busy => Err(String::new()),
            (Kind::Profile, Some(Err(why))) => Err(why.clone()),
            (Kind::Profile, None) => Err("Reading the credentials file…".to_owned()),
            (Kind::File(_), _) if self.path.trim().is_empty() => Err("Type a file name".to_owned()),
            _ => Ok(()),
        };
        ui.horizontal(|ui| {
            self.format_menu(ui);
            let entered = self.field(ui, verb);
            let off = ready.clone().err();
            let save = Button::secondary(verb).name(self.name(verb)).icon(Icon::Save);
            if save.off(off).show(ui).clicked() || (entered && ready.is_ok()) {
                pressed = Pressed::There(self.place(change.as_ref(), false));
            }
            if Button::ghost("Cancel").name("Cancel saving").show(ui).clicked() {
                pressed = Pressed::Cancel;
            }
        });
        match &change {
            Some(Ok(change)) => preview(ui, change),
            Some(Err(why)) => complain(ui, why),
            None => {}
        }
        match failed {
            // Of another file nothing is known yet, and it must not be replaced by mistake.
            Some(SaveError::Exists(path)) if !self.is_for(path, view.home) => {}
            Some(SaveError::Exists(path)) => {
                ui.add_space(space::S3);
                ui.horizontal(|ui| {
                    error_text(ui, &format!("{} already exists", path.display()));
                    if Button::secondary("Replace it").name("Replace the file").show(ui).clicked() {
                        pressed = Pressed::There(self.place(change.as_ref(), true));
                    }
                });
            }
            Some(SaveError::Failed(why)) => complain(ui, why),
            None => {}
        }
        pressed
    }

    /// True while the field names this file.
    fn is_for(&self, path: &Path, home: &Path) -> bool {
        let typed = Path::new(self.path.trim());
        let below_home = home.join(typed.strip_prefix("~").unwrap_or(typed));
        matches!(self.kind, Kind::File(_)) && (typed == path || below_home == path)
    }

    fn format_menu(&mut self, ui: &mut Ui) {
        let word = match self.kind {
            Kind::File(format) => format.name(),
            Kind::Profile => "AWS CLI profile",
        };
        let button = Button::secondary(word).name("Format").icon(Icon::ChevronDown).show(ui);
        menu(&button, 280.0, |ui| {
            let profile = self.kind == Kind::Profile;
            if MenuItem::new("AWS CLI profile").checked(profile).show(ui) {
                self.kind = Kind::Profile;
            }
            ui.separator();
            for format in PairFormat::ALL.into_iter().filter(|format| format.is_for_files()) {
                if MenuItem::new(format.name()).checked(self.kind == Kind::File(format)).show(ui) {
                    self.kind = Kind::File(format);
                    let folder = Path::new(&self.path).parent().map(Path::to_owned).unwrap_or_default();
                    self.path = file_in(&folder, format, &self.user);
                }
            }
        });
    }

    /// True when Enter was pressed in it.
    fn field(&mut self, ui: &mut Ui, verb: &str) -> bool {
        let color = ui.tokens().text_primary;
        let verb = ui.painter().layout_no_wrap(verb.to_owned(), Style::Control.font(), color).size().x;
        let width = (ui.available_width() - verb - AROUND_VERB).max(120.0);
        let field = match self.kind {
            Kind::File(_) => Field::new(&mut self.path, "File to save to").limit(4096),
            Kind::Profile => Field::new(&mut self.profile, "Profile to write to").mono().limit(128),
        };
        let response = field.width(width).show(ui);
        if !std::mem::replace(&mut self.focused, true) {
            response.request_focus();
        }
        response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
    }

    fn name(&self, verb: &str) -> String {
        match self.kind {
            Kind::File(_) => format!("{verb} to the file"),
            Kind::Profile => format!("{verb} to the profile"),
        }
    }

    /// What writing to the profile would change, asked for whenever the name is another one.
    fn change(&mut self, view: &mut View<'_>) -> Option<Result<ProfileChange, String>> {
        if self.kind != Kind::Profile {
            return None;
        }
        let look = view.model.files.profile_preview.as_ref();
        if self.looked_at.as_ref() != Some(&self.profile) || look.is_none() {
            self.looked_at = Some(self.profile.clone());
            view.push(Msg::Profile(ProfileMsg::Look(self.profile.clone())));
            return None;
        }
        look.filter(|look| look.name == self.profile)?.answer.clone()
    }

    fn place(&self, change: Option<&Result<ProfileChange, String>>, replace: bool) -> SaveTarget {
        match (self.kind, change) {
            (Kind::File(format), _) => {
                SaveTarget::File { format, path: PathBuf::from(self.path.trim()), replace }
            }
            (Kind::Profile, change) => {
                let seen = change.and_then(|change| change.as_ref().ok());
                let seen = seen.map(|change| change.seen.clone()).unwrap_or_default();
                SaveTarget::Profile { name: self.profile.clone(), seen }
            }
        }
    }
}

fn file_in(folder: &Path, format: PairFormat, user: &UserName) -> String {
    folder.join(format.file_name(user)).display().to_string()
}

fn preview(ui: &mut Ui, change: &ProfileChange) {
    let tokens = ui.tokens();
    ui.add_space(space::S3);
    label(ui, words::profile_change(change), Style::Small, tokens.text_secondary);
    ui.add_space(space::S1);
    for line in &change.lines {
        label(ui, spell_out_hidden(line.trim_start()), Style::MonoDense, tokens.text_primary);
    }
    for note in &change.notes {
        ui.horizontal(|ui| {
            Icon::TriangleAlert.show(ui, size::ROW, tokens.warning_text);
            label(ui, spell_out_hidden(note), Style::Small, tokens.text_primary);
        });
    }
}

fn complain(ui: &mut Ui, why: &str) {
    if !why.is_empty() {
        ui.add_space(space::S3);
        error_text(ui, why);
    }
}
