//! What is wrong with the profiles, and what could not be opened.

use egui::{Align2, CornerRadius, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::core::{Msg, StartMsg};
use crate::domain::{SignInChoice, visible};
use crate::ui::theme::measures::{radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Banner, Button, Tone, label_at};
use crate::ui::{View, words};

/// What cannot be read or opened. `read_only` is how *Try again* opens it.
pub(super) fn problems(ui: &mut Ui, view: &mut View<'_>, read_only: bool) {
    if let Some(failure) = view.model.profiles.value.as_ref().and_then(|found| found.problem.as_ref()) {
        ui.add_space(space::S4);
        let text = words::explain(failure, None);
        Banner { tone: Tone::Danger, title: "The AWS config files cannot be used", text: &text }
            .show(ui, |_| {});
    }
    if let Some((choice, failure)) = &view.model.sign_in_failure {
        ui.add_space(space::S4);
        let name = match choice {
            SignInChoice::Profile(name) => visible(name).into_owned(),
            SignInChoice::Environment => "the environment credentials".to_owned(),
            SignInChoice::Practice => "the practice account".to_owned(),
        };
        let (title, text) = (format!("{name} could not be opened"), words::explain(failure, None));
        Banner { tone: Tone::Danger, title: &title, text: &text }.show(ui, |ui| {
            ui.horizontal(|ui| {
                let off = super::signs_in_to(view, choice).then(|| super::SIGNING_IN.to_owned());
                if Button::secondary("Try again").icon(Icon::RefreshCw).off(off).show(ui).clicked() {
                    view.start(StartMsg::Open { choice: choice.clone(), read_only });
                }
                if Button::ghost("Copy details").icon(Icon::Copy).show(ui).clicked() {
                    view.push(Msg::CopyText(words::details(failure, None)));
                }
            });
        });
    }
    let ignored = view.model.profiles.value.as_ref().map_or(&[][..], |found| &found.ignored);
    if let Some(first) = ignored.first() {
        ui.add_space(space::S4);
        let text = format!(
            "{}, line {}: [{}]. In the config file a section is called [profile NAME], without quotes or spaces in the name.",
            first.file.display(),
            first.line,
            visible(&first.header)
        );
        let title = if ignored.len() == 1 { "A section is ignored" } else { "Some sections are ignored" };
        Banner { tone: Tone::Warning, title, text: &text }.show(ui, |_| {});
    }
}

/// Where the table would be.
pub(super) fn empty(ui: &mut Ui, unfiltered: bool) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 120.0), Sense::hover());
    let frame = Stroke::new(stroke::HAIR, tokens.border_frame);
    ui.painter().rect_stroke(rect, CornerRadius::same(radius::FRAME), frame, StrokeKind::Inside);
    let (title, hint) = if unfiltered {
        ("No profiles yet", "`aws configure` makes one; the practice account needs none")
    } else {
        ("No profile matches", "Change the filter to see more")
    };
    let center = rect.center();
    label_at(
        ui,
        center - vec2(0.0, 12.0),
        Align2::CENTER_CENTER,
        title,
        Style::Lead,
        tokens.text_primary,
        600.0,
    );
    label_at(
        ui,
        center + vec2(0.0, 12.0),
        Align2::CENTER_CENTER,
        hint,
        Style::Body,
        tokens.text_secondary,
        600.0,
    );
}
