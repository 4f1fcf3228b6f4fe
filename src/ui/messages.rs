//! Banners above what they are about, and toasts in the corner.

use std::collections::BTreeMap;

use egui::{Align2, Area, Id, Order, Ui, vec2};

use super::theme::measures::{motion, space};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Banner, Button, Mood, Toast, Tone, label, toast};
use super::{View, words};
use crate::core::{Event, Model, Msg, Notice, NoticeId, Open, Stage};
use crate::domain::{Failure, KeyStatus, UserName, visible};

/// What went wrong with the user that is shown.
pub(super) fn banners(ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName) {
    let known = open.keys_of(user);
    if let Some((failure, _)) = known.and_then(|keys| keys.list.failure.as_ref()) {
        let title = format!("The keys of {} could not be refreshed", visible(user.as_str()));
        let as_of = known.and_then(|keys| keys.list.as_of);
        let note = as_of.map(|as_of| {
            format!(
                "The table below is from {}, {}",
                words::clock_time(as_of, view.zone),
                words::ago(as_of, view.now)
            )
        });
        failed(ui, view, open, &title, failure, note);
        ui.add_space(space::S5);
    }
    let model = view.model;
    for notice in &model.notices {
        if notice.event.is_success() || notice.event.user() != Some(user) {
            continue;
        }
        refused(ui, view, open, notice);
        ui.add_space(space::S5);
    }
}

fn failed(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    title: &str,
    failure: &Failure,
    note: Option<String>,
) {
    let text = words::explain(failure, Some(&open.account));
    Banner { tone: Tone::Danger, title, text: &text }.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            if Button::secondary("Try again").icon(Icon::RefreshCw).show(ui).clicked() {
                view.push(Msg::Refresh);
            }
            if !failure.may_pass()
                && Button::secondary("Switch account").name("Switch to another account").show(ui).clicked()
            {
                view.start(crate::core::StartMsg::SwitchAccount);
            }
            if Button::ghost("Copy details").icon(Icon::Copy).show(ui).clicked() {
                view.push(Msg::CopyText(words::details(failure, Some(&open.account))));
            }
            if let Some(note) = note {
                label(ui, note, Style::Body, ui.tokens().text_secondary);
            }
        });
    });
}

fn refused(ui: &mut Ui, view: &mut View<'_>, open: &Open, notice: &Notice) {
    let (title, text) = words::event(&notice.event, Some(&open.account));
    let tone =
        if matches!(notice.event, Event::NotUndescribed { .. }) { Tone::Warning } else { Tone::Danger };
    Banner { tone, title: &title, text: &text }.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            if let Some(failure) = notice.event.failure()
                && Button::ghost("Copy details").icon(Icon::Copy).show(ui).clicked()
            {
                view.push(Msg::CopyText(words::details(failure, Some(&open.account))));
            }
            if Button::ghost("Dismiss").icon(Icon::X).show(ui).clicked() {
                view.push(Msg::Dismiss(notice.id));
            }
        });
    });
}

/// How long each toast has been seen, in seconds of the window's clock.
#[derive(Default)]
pub(super) struct Messages {
    seen_until: BTreeMap<NoticeId, f64>,
}

impl Messages {
    /// Newest below, at the bottom right of the content.
    pub(super) fn toasts(&mut self, ui: &Ui, view: &mut View<'_>) {
        let model = view.model;
        let picked = model.open.as_ref().and_then(|open| open.picked.as_ref());
        let shown: Vec<&Notice> = model
            .notices
            .iter()
            .filter(|notice| {
                notice.event.is_success() || notice.event.user().is_none() || notice.event.user() != picked
            })
            .collect();
        self.seen_until.retain(|id, _| shown.iter().any(|notice| notice.id == *id));
        if shown.is_empty() {
            return;
        }
        let area = Area::new(Id::unique("toasts")).order(Order::Foreground);
        area.anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -42.0)).show(ui.ctx(), |ui| {
            for notice in shown {
                self.one(ui, view, notice);
            }
        });
    }

    fn one(&mut self, ui: &mut Ui, view: &mut View<'_>, notice: &Notice) {
        let account = view.model.open.as_ref().map(|open| &open.account);
        let (title, why) = words::event(&notice.event, account);
        let text = if why.is_empty() { title } else { format!("{title}: {why}") };
        let undo = Model::undo(&notice.event).filter(|_| matches!(&notice.event, Event::StatusSet { .. }));
        let fine = notice.event.is_success();
        let mood = match (fine, undo.is_some()) {
            (true, true) => Mood::Undoable,
            (true, false) => Mood::Done,
            (false, _) => Mood::Failed,
        };
        let pressed = toast(ui, &text, mood);
        let now = ui.input(|input| input.time);
        let stays = if undo.is_some() { motion::TOAST_UNDO } else { motion::TOAST };
        let until = *self.seen_until.entry(notice.id).or_insert(now + stays);
        match pressed {
            Toast::Undo => {
                view.out.extend(undo);
                view.push(Msg::Dismiss(notice.id));
            }
            Toast::Dismiss => view.push(Msg::Dismiss(notice.id)),
            Toast::Held => _ = self.seen_until.insert(notice.id, now + stays),
            // Errors stay until they are read.
            Toast::Nothing if !fine => {}
            Toast::Nothing if now >= until => view.push(Msg::Dismiss(notice.id)),
            Toast::Nothing => ui.request_repaint_after_secs((until - now) as f32),
        }
    }
}

/// The answer to a creation was lost: what was found out.
pub(super) fn lost_answer(ui: &mut Ui, view: &mut View<'_>) {
    let Some(creation) = &view.model.creation else {
        return;
    };
    let Stage::Unknown { failure, orphans, listed } = &creation.stage else {
        return;
    };
    let user = visible(creation.user.as_str());
    let why = words::explain(failure, None);
    let (title, text) = match (orphans.first(), listed) {
        (Some(key), _) => (
            format!("AWS did not answer, but it made {key} for {user}"),
            format!("Its secret is lost and cannot be read again. Delete it and create another. {why}"),
        ),
        (None, true) => (
            format!("Probably no key was created for {user}"),
            format!("AWS's answer was lost, and no new key appeared within 30 seconds. {why}"),
        ),
        (None, false) => (
            format!("Whether a key was created for {user} is not known"),
            format!(
                "AWS's answer was lost and the keys could not be listed. Refresh before you create another. {why}"
            ),
        ),
    };
    ui.add_space(space::S6);
    Banner { tone: Tone::Danger, title: &title, text: &text }.show(ui, |ui| {
        ui.horizontal(|ui| {
            for key in orphans {
                let set = |status| crate::core::KeysMsg::SetStatus {
                    user: creation.user.clone(),
                    key: key.clone(),
                    status,
                };
                if Button::secondary("Deactivate")
                    .name(format!("Deactivate the orphan {key}"))
                    .show(ui)
                    .clicked()
                {
                    view.keys(set(KeyStatus::Inactive));
                }
                if Button::secondary("Delete…").name(format!("Delete the orphan {key}")).show(ui).clicked()
                {
                    view.keys(crate::core::KeysMsg::AskDelete {
                        user: creation.user.clone(),
                        key: key.clone(),
                    });
                }
            }
            if Button::ghost("Dismiss").icon(Icon::X).show(ui).clicked() {
                view.create(crate::core::CreateMsg::LetGo);
            }
        });
    });
}
