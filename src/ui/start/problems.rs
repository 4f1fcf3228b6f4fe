//! What is wrong with the profiles, and what could not be opened.

use egui::{Align2, CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::core::{Model, Msg, StartMsg};
use crate::domain::Flaw;
use crate::ui::theme::measures::{radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Banner, Button, Tone, label_at};
use crate::ui::{View, words};

/// What cannot be read or opened. `read_only` is how *Try again* opens it.
pub(super) fn problems(ui: &mut Ui, view: &mut View<'_>, read_only: bool) {
    if let Some((choice, failure)) = view.model.sign_in_failure() {
        ui.add_space(space::S4);
        let name = words::choice(choice);
        let (title, text) = (format!("{name} could not be opened"), words::explain(failure, None));
        Banner { tone: Tone::Danger, title: &title, text: &text }.show(ui, |ui| {
            ui.horizontal(|ui| {
                let trying = view.model.sign_in().is_some_and(|sign_in| sign_in.choice == *choice);
                let off = trying.then(|| super::SIGNING_IN.to_owned());
                if Button::secondary("Try again").icon(Icon::RefreshCw).off(off).show(ui).clicked() {
                    view.start(StartMsg::Open { choice: choice.clone(), read_only });
                }
                if failure.mfa_may_help()
                    && Button::secondary("Use MFA…").icon(Icon::Smartphone).show(ui).clicked()
                {
                    view.start(StartMsg::OpenWithMfa { choice: choice.clone(), read_only });
                }
                if Button::ghost("Copy details").icon(Icon::Copy).show(ui).clicked() {
                    view.push(Msg::CopyText(words::details(failure, None)));
                }
            });
        });
    }
    flaws(ui, view.model);
}

/// How many are told in full.
const FLAWS_SHOWN: usize = 3;

fn flaws(ui: &mut Ui, model: &Model) {
    let Some(found) = &model.files.profiles.value else { return };
    for flaw in found.flaws.iter().take(FLAWS_SHOWN) {
        ui.add_space(space::S4);
        let tone = match flaw.what {
            Flaw::Section { .. }
            | Flaw::Replaced { .. }
            | Flaw::ByteOrderMark
            | Flaw::NotAFile
            | Flaw::NotThere { .. } => Tone::Warning,
            Flaw::Line(_) | Flaw::NotUtf8 | Flaw::Unreadable { .. } | Flaw::TooLarge { .. } => Tone::Danger,
        };
        let (title, text) = words::flaw(flaw);
        Banner { tone, title: &title, text: &text }.show(ui, |_| {});
    }
    let more = found.flaws.iter().skip(FLAWS_SHOWN).map(|flaw| words::flaw(flaw).0);
    let more: Vec<String> = more.collect();
    if !more.is_empty() {
        ui.add_space(space::S4);
        let title = format!("{} more lines are ignored", more.len());
        Banner { tone: Tone::Warning, title: &title, text: &more.join("; ") }.show(ui, |_| {});
    }
}

/// Where the table would be.
pub(super) fn empty(ui: &mut Ui, unfiltered: bool) {
    let tokens = ui.tokens();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 120.0), Sense::hover());
    let frame = Stroke::new(stroke::HAIR, tokens.border_frame);
    ui.painter().rect_stroke(rect, CornerRadius::same(radius::FRAME), frame, StrokeKind::Inside);
    let (title, hint) = if unfiltered {
        ("No profiles yet", "Create one with `aws configure`, or open the practice account")
    } else {
        ("No profile matches", "Change the filter to see more")
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{title}. {hint}")));
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
