//! The actions for a new key pair.

use egui::{Align, Id, Key, Layout, Role, Ui, WidgetInfo};

use super::rows::{BUTTON, just_copied};
use crate::core::{Check, CreateMsg, Creation, NewKey, Writing};
use crate::domain::PairFormat;
use crate::ui::save_form::{Pressed, SaveForm};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Button, MenuItem, label, menu, one_line, split_menu};
use crate::ui::{View, words};

pub(super) fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    creation: &Creation,
    new_key: &NewKey,
    place: &mut Option<SaveForm>,
) {
    if new_key.asking {
        question(ui, view);
        return;
    }
    let failed = match &new_key.writing {
        Some(Writing::Failed(to, why)) => Some((to, why)),
        Some(Writing::UnderWay(_)) | None => None,
    };
    if let (None, Some((to, _))) = (&place, failed) {
        // The destination was chosen before the key was created, and can be corrected here.
        *place = Some(SaveForm::at(to, creation.user(), view, new_key.saves));
    }
    if let Some(form) = place {
        let busy = matches!(new_key.writing, Some(Writing::UnderWay(_)));
        match form.show(ui, view, "Save", busy, failed.map(|(_, why)| why)) {
            Pressed::Nothing => {}
            Pressed::Cancel => {
                view.create(CreateMsg::ForgetDestination);
                *place = None;
                view.ui.focus.go_to(Some(save_id()));
            }
            Pressed::There(to) => view.create(CreateMsg::Save(to)),
        }
        // Saved: the line above says where.
        if place.as_ref().is_some_and(|form| form.is_done(new_key.saves)) {
            *place = None;
            view.ui.focus.go_to(Some(save_id()));
        }
        ui.add_space(space::S5);
    }
    buttons(ui, view, creation, new_key, place);
}

/// The focus returns to this button, and not to the one that discards the secret.
fn save_id() -> Id {
    Id::unique("save the new key as")
}

fn buttons(
    ui: &mut Ui,
    view: &mut View<'_>,
    creation: &Creation,
    new_key: &NewKey,
    place: &mut Option<SaveForm>,
) {
    ui.horizontal(|ui| {
        let copied = just_copied(ui, view, PairFormat::Both);
        copy_menu(ui, view, copied);
        let saving = matches!(new_key.writing, Some(Writing::UnderWay(_)));
        let save = Button::secondary("Save as…").name("Save as").icon(Icon::Save).id(save_id());
        let save = save.working("Saving…", saving);
        if place.is_none() && save.show(ui).clicked() {
            *place = Some(SaveForm::new(creation.user(), view, new_key.saves));
        }
        let checking = matches!(new_key.check, Check::UnderWay { .. });
        let check = Button::secondary("Check that it works").icon(Icon::ShieldCheck);
        if check.working("Checking…", checking).show(ui).clicked() {
            view.create(CreateMsg::Check);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if Button::primary("I have saved it").icon(Icon::Check).width(BUTTON).show(ui).clicked() {
                view.create(CreateMsg::Saved);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| check_state(ui, view, &new_key.check));
        });
    });
}

/// Copies both, or another format from the menu. *Create and copy* uses the last copied format.
fn copy_menu(ui: &mut Ui, view: &mut View<'_>, copied: bool) {
    ui.spacing_mut().item_spacing.x = 0.0;
    if Button::secondary("Copy both").icon(Icon::Copy).left_part().done(copied).show(ui).clicked() {
        view.create(CreateMsg::Copy(PairFormat::Both));
    }
    let more = split_menu(ui, "More ways to copy", None, false);
    menu(&more, 280.0, |ui| {
        for format in PairFormat::ALL {
            let last = view.model.settings.pair_format == format;
            if MenuItem::new(format.name()).name(format!("Copy as {}", format.name())).checked(last).show(ui)
            {
                view.create(CreateMsg::Copy(format));
            }
        }
    });
    ui.spacing_mut().item_spacing.x = space::S4;
    ui.add_space(space::S4);
}

/// Beside the button, so that nothing moves during the check.
fn check_state(ui: &mut Ui, view: &View<'_>, check: &Check) {
    let Some(text) = words::check(check, view.now) else { return };
    let (icon, color) = check_mark(check, ui);
    ui.spacing_mut().item_spacing.x = space::S3;
    icon.show(ui, size::ROW, color);
    one_line(ui, text, Style::Small, ui.tokens().text_primary);
    if matches!(check, Check::UnderWay { .. }) {
        ui.request_repaint_after_secs(1.0);
    }
}

fn check_mark(check: &Check, ui: &Ui) -> (Icon, egui::Color32) {
    let tokens = ui.tokens();
    match check {
        Check::Works { .. } => (Icon::CircleCheck, tokens.success_text),
        Check::NotAsked(_) => (Icon::OctagonAlert, tokens.danger_text),
        Check::Idle | Check::UnderWay { .. } | Check::NotYet => (Icon::Timer, tokens.text_secondary),
    }
}

/// Asks once before a secret that was not copied or saved is discarded. Leaves the place of *I have saved it* empty, so that a
/// double click does not answer.
fn question(ui: &mut Ui, view: &mut View<'_>) {
    let tokens = ui.tokens();
    ui.horizontal_wrapped(|ui| {
        ui.set_max_width((ui.available_width() - BUTTON).max(BUTTON));
        Icon::TriangleAlert.show(ui, size::BAR, tokens.warning_text);
        let text = "You have not copied or saved this secret. Discard it?";
        let shown = label(ui, text, Style::BodyStrong, tokens.text_primary);
        shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        let keep = Button::primary("Keep it").show(ui);
        if keep.clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
            view.create(CreateMsg::Keep);
        }
        if Button::secondary("Discard secret").show(ui).clicked() {
            view.create(CreateMsg::DiscardSecret);
        }
    });
}
