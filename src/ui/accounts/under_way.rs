//! The line below the account bar: another account is being opened, or could not be, while one stays open.

use egui::accesskit::Live;
use egui::{Align, Layout, Sense, Ui, vec2};

use crate::core::{AccountMsg, Model, OpenAccount, StartMsg};
use crate::domain::spell_out_hidden;
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{announce, button_row, label, link, one_line, spinner, tip};
use crate::ui::{View, words};

/// Another account is being opened, or could not be, while one stays open.
pub(in crate::ui) fn switching(model: &Model) -> bool {
    let under_way = model.sign_in().is_some() && !model.is_renewing();
    model.open.is_some() && (under_way || model.sign_in_failure().is_some())
}

/// How far that is, under the account bar.
pub(in crate::ui) fn switching_bar(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
    let tokens = ui.tokens();
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        let (mark, _) = ui.allocate_exact_size(vec2(size::BAR, size::BAR), Sense::hover());
        ui.add_space(space::S1);
        let mfa = view.model.sign_in_failure().is_some_and(|(_, failure)| failure.mfa_may_help());
        let links = if mfa { 290.0 } else { 190.0 };
        let line = vec2(ui.available_width() - links, ui.available_height());
        let left = Layout::left_to_right(Align::Center);
        if let Some(sign_in) = view.model.sign_in() {
            let name = words::choice(&sign_in.choice);
            spinner(ui, mark, tokens.info_text, true);
            ui.allocate_ui_with_layout(line, left, |ui| {
                ui.set_min_width(line.x);
                let opening = format!("Opening {name}…");
                announce(&one_line(ui, opening, Style::BodyStrong, tokens.text_primary), Live::Polite);
                let stays = format!("{} stays open until then", spell_out_hidden(open.name()));
                one_line(ui, stays, Style::Body, tokens.text_secondary);
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if link(ui, "Cancel", &format!("Cancel sign-in to {name}")).clicked() {
                    view.start(StartMsg::CancelSignIn);
                }
            });
        } else if let Some((choice, failure)) = view.model.sign_in_failure() {
            Icon::OctagonAlert.paint(ui, mark, tokens.danger_text);
            let (title, why) =
                (format!("{} could not be opened", words::choice(choice)), words::explain(failure, None));
            ui.allocate_ui_with_layout(line, left, |ui| {
                ui.set_min_width(line.x);
                announce(&label(ui, title, Style::BodyStrong, tokens.text_primary), Live::Assertive);
                tip(one_line(ui, why.as_str(), Style::Body, tokens.text_primary), why);
            });
            button_row(ui, |ui| {
                ui.spacing_mut().item_spacing.x = space::S6;
                if link(ui, "Try again", "Try to sign in again").clicked() {
                    view.start(StartMsg::Open { choice: choice.clone(), read_only: false });
                }
                if mfa && link(ui, "Use MFA…", "Use MFA…").clicked() {
                    view.start(StartMsg::OpenWithMfa { choice: choice.clone(), read_only: false });
                }
                if link(ui, "Dismiss", "Dismiss the failed sign-in").clicked() {
                    view.account(AccountMsg::DismissFailure);
                }
            });
        }
    });
}
