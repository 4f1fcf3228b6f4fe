//! Banners above what they are about, and toasts in the corner.

use std::collections::BTreeMap;

use egui::{Align, Align2, Area, Id, Layout, Order, Ui, vec2};

use super::shortcuts::Shortcut;
use super::theme::measures::{motion, space};
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Banner, Button, Mood, Toast, Tone, describe, label, toast};
use super::{View, status_bar, words};
use crate::core::{
    AccountMsg, CreateBlock, Event, Forbidden, KeysMsg, Model, Msg, Notice, NoticeId, Open, Search, StartMsg,
    Tab, Unfinished,
};
use crate::domain::{Action, Failure, KeyStatus, Refusal, UserName, visible};

/// What went wrong with the user that is shown.
pub(super) fn banners(ui: &mut Ui, view: &mut View<'_>, open: &Open, user: &UserName) {
    let known = open.keys_of(user);
    if let Some((failure, _)) = known.and_then(|keys| keys.list.failure.as_ref()) {
        let as_of = known.and_then(|keys| keys.list.as_of);
        let deed = if as_of.is_some() { "refreshed" } else { "read" };
        let title = format!("The keys of {} could not be {deed}", visible(user.as_str()));
        let note = as_of.map(|as_of| {
            format!(
                "The table below is from {}, {}",
                words::clock_time(as_of, view.zone),
                words::ago(as_of, view.now)
            )
        });
        failed(ui, view, open, &title, Refused { failure, user: Some(user), offers: true }, note);
        ui.add_space(space::S5);
    }
    let model = view.model;
    for notice in &model.notices {
        if is_banner(notice, open, user) {
            let told = known.and_then(|keys| keys.list.failure.as_ref()).map(|(failure, _)| failure.action);
            refused(ui, view, open, notice, told);
            ui.add_space(space::S5);
        }
    }
}

/// What failed is told on the page of its user, in the account in which it happened.
fn is_banner(notice: &Notice, open: &Open, user: &UserName) -> bool {
    let here = notice.session == Some(open.session) && notice.event.user() == Some(user);
    here && !notice.event.is_success()
}

/// Nothing is known of the account but its name.
pub(super) fn users_failed(ui: &mut Ui, view: &mut View<'_>, open: &Open, failure: &Failure) {
    let title = format!("The users of {} could not be read", visible(open.name()));
    failed(ui, view, open, &title, Refused { failure, user: None, offers: true }, None);
}

fn failed(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &Open,
    title: &str,
    refused: Refused<'_>,
    note: Option<String>,
) {
    let failure = refused.failure;
    let text = words::explain(failure, Some(&open.account));
    Banner { tone: Tone::Danger, title, text: &text }.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let busy = status_bar::is_busy(open);
            let off = busy.then(|| "Under way…".to_owned());
            let again = Button::secondary("Try again").icon(Icon::RefreshCw).off(off).show(ui);
            describe(&again, || title.to_owned());
            if again.clicked() {
                view.push(Msg::Refresh);
            }
            use_mfa(ui, view, open, failure);
            if !failure.may_pass()
                && Button::secondary("Switch account").name("Switch to another account").show(ui).clicked()
            {
                Shortcut::SwitchAccount.ask(ui);
            }
            copies(ui, view, open, title, refused);
            let Some(note) = note else { return };
            let color = ui.tokens().text_secondary;
            let wanted = ui.painter().layout_no_wrap(note.clone(), Style::Body.font(), color).size().x;
            if wanted > ui.available_size_before_wrap().x {
                label(ui, note, Style::Body, color);
            } else {
                let right = Layout::right_to_left(Align::Center);
                ui.with_layout(right, |ui| label(ui, note, Style::Body, color));
            }
        });
    });
}

/// `told`: the action of the banner above it, whose policy is offered there.
fn refused(ui: &mut Ui, view: &mut View<'_>, open: &Open, notice: &Notice, told: Option<&str>) {
    let (title, text) = words::event(&notice.event, Some(&open.account));
    let tone = match notice.event {
        Event::NotUndescribed { .. } | Event::StatusLost { .. } => Tone::Warning,
        _ => Tone::Danger,
    };
    Banner { tone, title: &title, text: &text }.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            if let Some(retry) = Model::retry(&notice.event) {
                let creates = |block: &CreateBlock| {
                    let refused = matches!(block, CreateBlock::Forbidden(Forbidden::NotAllowed(_)));
                    matches!(retry, Msg::Create(_)) && !refused
                };
                let block = view.model.create_block().filter(creates);
                let off = block.and_then(|block| Some(words::create_block(&block, notice.event.user()?)));
                let again = Button::secondary("Try again").icon(Icon::RefreshCw).off(off).show(ui);
                describe(&again, || title.clone());
                if again.clicked() {
                    // It may have been allowed meanwhile.
                    view.account(AccountMsg::ForgetRefused);
                    view.push(retry);
                }
            }
            if let Some(failure) = notice.event.failure() {
                use_mfa(ui, view, open, failure);
                let offers = Some(failure.action) != told;
                copies(ui, view, open, &title, Refused { failure, user: notice.event.user(), offers });
            }
            let dismiss = Button::ghost("Dismiss").icon(Icon::X).show(ui);
            describe(&dismiss, || title.clone());
            if dismiss.clicked() {
                view.push(Msg::Dismiss(notice.id));
            }
        });
    });
}

/// A policy may ask for MFA without saying so.
fn use_mfa(ui: &mut Ui, view: &mut View<'_>, open: &Open, failure: &Failure) {
    if open.mfa_may_help(failure) && Button::secondary("Use MFA…").icon(Icon::Smartphone).show(ui).clicked()
    {
        view.start(StartMsg::Renew { use_mfa: true });
    }
}

/// A failure, and the user that it is about.
#[derive(Clone, Copy)]
struct Refused<'a> {
    failure: &'a Failure,
    user: Option<&'a UserName>,
    /// The policy that would allow it is offered here.
    offers: bool,
}

/// What can be taken to those who can help.
fn copies(ui: &mut Ui, view: &mut View<'_>, open: &Open, title: &str, refused: Refused<'_>) {
    if refused.offers
        && let Some(refusal) = Refusal::of(refused.failure, refused.user)
        && let Some(policy) = open.policy(&refusal)
    {
        let name = format!("Copy the policy for {}", visible(refusal.missing()));
        let button = Button::secondary("Copy policy").name(name).icon(Icon::ShieldCheck).show(ui);
        if button.on_hover_text(policy.as_str()).clicked() {
            view.push(Msg::CopyText(policy));
        }
    }
    let copy = Button::ghost("Copy details").icon(Icon::Copy).show(ui);
    describe(&copy, || title.to_owned());
    if copy.clicked() {
        view.push(Msg::CopyText(words::details(refused.failure, Some(&open.account))));
    }
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
        // On another tab there is no page for a banner.
        let open = model.open.as_ref().filter(|_| model.tab == Tab::Keys);
        let page = open.and_then(|open| Some((open, open.picked.as_ref()?)));
        let on_page = |notice: &Notice| page.is_some_and(|(open, user)| is_banner(notice, open, user));
        let shown: Vec<&Notice> = model.notices.iter().filter(|notice| !on_page(notice)).collect();
        self.seen_until.retain(|id, _| shown.iter().any(|notice| notice.id == *id));
        if shown.is_empty() {
            return;
        }
        let newest =
            shown.iter().rev().find(|notice| Model::undo(&notice.event).is_some()).map(|notice| notice.id);
        let area = Area::new(Id::unique("toasts")).order(Order::Foreground);
        area.anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -42.0)).show(ui.ctx(), |ui| {
            for notice in shown {
                self.one(ui, view, notice, newest == Some(notice.id));
            }
        });
    }

    /// `newest`: of those that can be undone.
    fn one(&mut self, ui: &mut Ui, view: &mut View<'_>, notice: &Notice, newest: bool) {
        let text = toast_text(view.model, notice);
        let undo = Model::undo(&notice.event);
        let fine = notice.event.is_success();
        let mood = match (fine, undo.is_some()) {
            (true, true) => Mood::Undoable,
            (true, false) => Mood::Done,
            (false, _) => Mood::Failed,
        };
        let keys = if newest { Shortcut::Undo.text() } else { String::new() };
        let pressed = match toast(ui, &text, mood, &keys) {
            _ if newest && Shortcut::Undo.taken(ui) => Toast::Undo,
            pressed => pressed,
        };
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

/// What happened elsewhere names its account.
fn toast_text(model: &Model, notice: &Notice) -> String {
    let account = notice.session.and_then(|session| model.account_of(session));
    let (title, why) = words::event(&notice.event, account);
    let text = if why.is_empty() { title } else { format!("{title}: {why}") };
    let here = model.open.as_ref().is_some_and(|open| Some(open.session) == notice.session);
    match account.filter(|_| !here) {
        Some(account) => format!("In {}: {text}", visible(account.name())),
        None => text,
    }
}

/// Creations of this account that have not ended: what was found out.
pub(super) fn unfinished(ui: &mut Ui, view: &mut View<'_>) {
    let model = view.model;
    for one in model.unfinished_here() {
        let (title, text) = words::unfinished(one, view.zone, view.now);
        let tone = if matches!(one.search, Search::Waiting) { Tone::Info } else { Tone::Danger };
        Banner { tone, title: &title, text: &text }.show(ui, |ui| {
            ui.horizontal_wrapped(|ui| orphan_buttons(ui, view, one));
        });
        ui.add_space(space::S5);
    }
}

fn orphan_buttons(ui: &mut Ui, view: &mut View<'_>, one: &Unfinished) {
    let user = &one.intent.user;
    let orphans = one.search.orphans();
    let why_not = |action| {
        let why = view.model.open.as_ref().and_then(|open| open.forbidden(action, user));
        why.as_ref().map(words::forbidden)
    };
    let (not_switched, not_deleted) = (why_not(Action::UpdateAccessKey), why_not(Action::DeleteAccessKey));
    for key in orphans {
        let known = view.model.open.as_ref().and_then(|open| open.keys_of(user)?.key(key));
        let active = known.is_none_or(|key| key.status == KeyStatus::Active);
        let deactivate = Button::secondary("Deactivate").name(format!("Deactivate the orphan {key}"));
        if active && deactivate.off(not_switched.clone()).show(ui).clicked() {
            let (user, key) = (user.clone(), key.clone());
            view.keys(KeysMsg::SetStatus { user, key, status: KeyStatus::Inactive });
        }
        let delete = Button::secondary("Delete…").name(format!("Delete the orphan {key}"));
        if delete.off(not_deleted.clone()).show(ui).clicked() {
            view.keys(KeysMsg::AskDelete { user: user.clone(), key: key.clone() });
        }
    }
    if matches!(one.search, Search::NotListed(_)) && Button::secondary("Try again").show(ui).clicked() {
        view.push(Msg::Refresh);
    }
    let word = if one.intent.made.is_some() { "Its secret is saved" } else { "Dismiss" };
    if !matches!(one.search, Search::Waiting) && Button::ghost(word).icon(Icon::X).show(ui).clicked() {
        view.push(Model::dismiss_unfinished(one));
    }
}

/// On the start screen: accounts that should be opened, because a creation in them has not ended.
pub(super) fn unfinished_elsewhere(ui: &mut Ui, view: &mut View<'_>) {
    let model = view.model;
    for one in &model.unfinished {
        let (title, text) = words::unfinished_elsewhere(one);
        Banner { tone: Tone::Warning, title: &title, text: &text }.show(ui, |ui| {
            // An account that cannot be opened any more must not be spoken of for ever.
            let name = format!("Dismiss the key for {}", visible(one.intent.user.as_str()));
            if Button::ghost("Dismiss").name(name).icon(Icon::X).show(ui).clicked() {
                view.push(Model::dismiss_unfinished(one));
            }
        });
        ui.add_space(space::S4);
    }
}
