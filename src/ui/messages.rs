//! Banners above what they are about; toasts in a corner, for what is about something else.

mod place;
mod toasts;

use egui::{Align, Layout, Ui};

use super::commands::Command;
use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _};
use super::widgets::{Banner, Button, Tone, describe, label, link};
use super::{View, status_bar, words};
use crate::core::{
    AccountMsg, CreateBlock, Forbidden, KeysMsg, Model, Msg, Notice, NoticeKind, OpenAccount, Page, Search,
    StartMsg, Unfinished,
};
use crate::domain::{Action, Failure, KeyStatus, Refusal, UserName, spell_out_hidden};
pub(super) use toasts::Toasts;

/// What went wrong with the user that is shown.
pub(super) fn banners(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
    let known = open.keys_of(user);
    if let Some((failure, _)) = known.and_then(|keys| keys.list.failure()) {
        let as_of = known.and_then(|keys| keys.list.as_of);
        let done = if as_of.is_some() { "refreshed" } else { "loaded" };
        let title = format!("The keys of {} could not be {done}", spell_out_hidden(user.as_str()));
        let note = as_of.map(|as_of| {
            format!(
                "The table below is from {}, {}",
                words::clock_time(as_of.date, view.zone),
                words::ago(as_of, view.now)
            )
        });
        failed(ui, view, open, &title, Refused { failure, user: Some(user), offers: true }, note);
        ui.add_space(space::S5);
    }
    let here: Vec<&Notice> =
        view.model.notices.iter().filter(|notice| is_banner(notice, open, user)).collect();
    let more = here.len().saturating_sub(BANNERS);
    if more > 0 {
        others(ui, view, more);
        ui.add_space(space::S4);
    }
    for notice in here.into_iter().skip(more) {
        let told = known.and_then(|keys| keys.list.failure()).map(|(failure, _)| failure.action);
        refused(ui, view, open, notice, told);
        ui.add_space(space::S5);
    }
}

/// So many are shown, the newest: more would push what they are about out of the window.
const BANNERS: usize = 2;

/// Older ones that have no room. They come up again as the newer ones are dismissed.
fn others(ui: &mut Ui, view: &mut View<'_>, more: usize) {
    let noun = if more == 1 { "message" } else { "messages" };
    let word = format!("{more} older {noun} in Activity");
    if link(ui, &word, &format!("Show {more} older {noun} in Activity")).clicked() {
        view.push(Msg::Show(Page::Activity));
    }
}

/// What failed is told on the page of its user, in the account in which it happened.
fn is_banner(notice: &Notice, open: &OpenAccount, user: &UserName) -> bool {
    let here = notice.session == Some(open.session) && notice.event.user() == Some(user);
    here && !notice.event.is_success()
}

/// Nothing is known of the account but its name.
pub(super) fn users_failed(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, failure: &Failure) {
    let title = format!("The users of {} could not be loaded", spell_out_hidden(open.name()));
    failed(ui, view, open, &title, Refused { failure, user: None, offers: true }, None);
}

fn failed(
    ui: &mut Ui,
    view: &mut View<'_>,
    open: &OpenAccount,
    title: &str,
    refused: Refused<'_>,
    note: Option<String>,
) {
    let failure = refused.failure;
    let text = words::explain(failure, Some(&open.account));
    Banner { tone: Tone::Danger, title, text: &text }.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let busy = status_bar::is_busy(open);
            let off = busy.then(|| "In progress…".to_owned());
            let again = Button::secondary("Try again").icon(Icon::RefreshCw).off(off).show(ui);
            describe(&again, || title.to_owned());
            if again.clicked() {
                Command::Refresh.run(view);
            }
            use_mfa(ui, view, open, failure);
            if !failure.may_pass()
                && Button::secondary("Switch account").name("Switch to another account").show(ui).clicked()
            {
                view.ui.ask(Command::SwitchAccount);
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
fn refused(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, notice: &Notice, told: Option<&str>) {
    let (title, text) = words::event(&notice.event, Some(&open.account));
    let may_be_done =
        matches!(notice.event, NoticeKind::NotUndescribed { .. } | NoticeKind::StatusLost { .. });
    let tone = if may_be_done { Tone::Warning } else { Tone::Danger };
    Banner { tone, title: &title, text: &text }.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            if let Some(retry) = Model::retry(&notice.event) {
                let creates = |block: &CreateBlock| {
                    let refused = matches!(block, CreateBlock::Forbidden(Forbidden::NotAllowed(_)));
                    matches!(retry, Msg::Create(_)) && !refused
                };
                let off = notice.event.user().and_then(|user| {
                    let block = view.model.create_block(user).filter(creates)?;
                    Some(words::create_block(&block, user))
                });
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
fn use_mfa(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, failure: &Failure) {
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
fn copies(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, title: &str, refused: Refused<'_>) {
    if refused.offers
        && let Some(refusal) = Refusal::of(refused.failure, refused.user)
        && let Some(policy) = open.policy(&refusal)
    {
        let name = format!("Copy the policy for {}", spell_out_hidden(refusal.missing()));
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
        let why = view.model.open.as_ref().and_then(|open| open.access.forbidden(action, user));
        why.as_ref().map(words::forbidden)
    };
    let (not_switched, not_deleted) = (why_not(Action::UpdateAccessKey), why_not(Action::DeleteAccessKey));
    for key in orphans {
        let known = view.model.open.as_ref().and_then(|open| open.keys_of(user)?.key(key));
        let active = known.is_none_or(|key| key.status == KeyStatus::Active);
        let unknown =
            known.is_none().then(|| format!("The keys of {} are loading", spell_out_hidden(user.as_str())));
        let deactivate = Button::secondary("Deactivate").name(format!("Deactivate the orphan {key}"));
        if active && deactivate.off(not_switched.clone().or_else(|| unknown.clone())).show(ui).clicked() {
            let (user, key) = (user.clone(), key.clone());
            view.keys(KeysMsg::SetStatus { user, key, status: KeyStatus::Inactive });
        }
        let delete = Button::secondary("Delete…").name(format!("Delete the orphan {key}"));
        if delete.off(not_deleted.clone().or(unknown)).show(ui).clicked() {
            view.keys(KeysMsg::AskDelete { user: user.clone(), key: key.clone() });
        }
    }
    if matches!(one.search, Search::NotListed(_)) && Button::secondary("Try again").show(ui).clicked() {
        Command::Refresh.run(view);
    }
    let word = if one.intent.made.is_some() { "I have its secret" } else { "Dismiss" };
    if !matches!(one.search, Search::Waiting) && Button::ghost(word).icon(Icon::X).show(ui).clicked() {
        view.push(Model::dismiss_unfinished(one));
    }
}

/// Accounts that should be opened, because a creation in them has not ended.
pub(super) fn unfinished_elsewhere(ui: &mut Ui, view: &mut View<'_>) {
    let model = view.model;
    for one in model.unfinished_elsewhere() {
        let (title, text) = words::unfinished_elsewhere(one);
        Banner { tone: Tone::Warning, title: &title, text: &text }.show(ui, |ui| {
            // An account that cannot be opened any more must not be spoken of for ever.
            let name = format!("Dismiss the key for {}", spell_out_hidden(one.intent.user.as_str()));
            if Button::ghost("Dismiss").name(name).icon(Icon::X).show(ui).clicked() {
                view.push(Model::dismiss_unfinished(one));
            }
        });
        ui.add_space(space::S4);
    }
}
