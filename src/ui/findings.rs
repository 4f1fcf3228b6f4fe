//! What there is to say about the keys of a user, in sentences.

use egui::{Align, Layout, Sense, Stroke, Ui, vec2};

use super::theme::measures::{height, space, stroke};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{label, link, one_line};
use super::{View, words};
use crate::core::{KeysMsg, OpenAccount};
use crate::domain::{AccessKey, Action, Finding, KeyStatus, UserName};

/// So many are shown until more are asked for.
const SHOWN: usize = 4;

#[derive(Default)]
pub(super) struct FindingList {
    all_of: Option<UserName>,
}

impl FindingList {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
        let keys = open.keys_of(user).map(|keys| keys.list()).unwrap_or_default();
        let mut found: Vec<(&AccessKey, Finding)> = Vec::new();
        for &key in &keys {
            found.extend(open.findings(user, &key.id, view.now).into_iter().map(|finding| (key, finding)));
        }
        found.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity()));
        if found.is_empty() || !settled(open, user, &keys) {
            return;
        }
        let tokens = ui.tokens();
        ui.add_space(space::S7);
        label(ui, "Findings", Style::BodyStrong, tokens.text_primary);
        ui.add_space(space::S3);
        let shown = if self.all_of.as_ref() == Some(user) { found.len() } else { SHOWN };
        for (key, finding) in found.iter().take(shown) {
            line(ui, view, open, user, (key, *finding));
        }
        if found.len() > shown {
            ui.add_space(space::S4);
            let more = format!("Show {} more", found.len() - shown);
            if link(ui, &more, &more).clicked() {
                self.all_of = Some(user.clone());
            }
        }
    }
}

/// The list comes when it is whole: a line that moves under the pointer is pressed by mistake.
fn settled(open: &OpenAccount, user: &UserName, keys: &[&AccessKey]) -> bool {
    let is_answered = |key: &&AccessKey| {
        let used = open.keys_of(user).and_then(|known| known.last_use_of(&key.id));
        used.is_some_and(|used| used.value.is_some() || used.failure().is_some())
    };
    keys.iter().all(is_answered)
}

fn line(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &OpenAccount,
    user: &UserName,
    (key, finding): (&AccessKey, Finding),
) {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::ROW), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(stroke::HAIR, tokens.border_subtle));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        let (mut icon, color, _) = super::widgets::severity_look(finding.severity(), tokens);
        if finding == Finding::SignsForKeyfob {
            icon = Icon::Fingerprint;
        }
        icon.show(ui, size::ROW, color);
        let word = vec2(148.0, 18.0);
        ui.allocate_ui_with_layout(word, layout, |ui| {
            ui.set_min_width(word.x);
            one_line(ui, words::finding(finding), Style::BodyStrong, tokens.text_primary);
        });
        label(ui, key.id.short(), Style::Mono, tokens.text_primary);
        let used = open.keys_of(user).and_then(|keys| keys.last_use(&key.id));
        let offers = matches!(finding, Finding::Unused { .. } | Finding::NeverUsed { .. });
        let offers = offers
            && open.access.forbidden(Action::UpdateAccessKey, user).is_none()
            && key.status == KeyStatus::Active;
        let room = vec2(ui.available_width() - if offers { 90.0 } else { space::S4 }, 18.0);
        ui.allocate_ui_with_layout(room, layout, |ui| {
            ui.set_min_width(room.x);
            one_line(ui, words::advice(finding, used, view.now), Style::Body, tokens.text_secondary);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if offers {
                let name = format!("Deactivate {} from findings", key.id);
                if link(ui, "Deactivate", &name).clicked() {
                    let (user, key) = (user.clone(), key.id.clone());
                    view.keys(KeysMsg::SetStatus { user, key, status: KeyStatus::Inactive });
                }
            }
        });
    });
}
