//! The status bar: how fresh the data is, and its endpoint.

use egui::{Align, Layout, Sense, Ui, vec2};

use super::theme::measures::{space, window};
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{MenuItem, Tag, label, link, menu, spinner, tag};
use super::{View, account_keys, clock, words};
use crate::core::{Msg, OpenAccount, Page, UserKeys};
use crate::domain::{Endpoint, Failure, Moment, SimulatedFault};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let tokens = ui.tokens();
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        let holds = clipboard(ui, view);
        match &view.model.open {
            // There is no room for both.
            Some(_) if holds && ui.ctx().content_rect().width() < window::WIDE_FROM => {}
            Some(open) if view.model.page == Page::AccountKeys => account_keys::status::show(ui, view, open),
            Some(open) => freshness(ui, view, open),
            None => _ = label(ui, "Not signed in", Style::Small, tokens.text_secondary),
        }
        clock::status(ui, view);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(open) = &view.model.open {
                origin(ui, view, open);
            } else {
                let version = concat!("Keyfob ", env!("CARGO_PKG_VERSION"));
                label(ui, version, Style::Small, tokens.text_secondary);
            }
        });
    });
}

/// A secret on the clipboard after its panel has closed. Returns true if there is one.
fn clipboard(ui: &mut Ui, view: &mut View<'_>) -> bool {
    let model = view.model;
    if !model.clipboard.can_be_cleared() || model.panel_tells_of_clipboard() {
        return false;
    }
    let tokens = ui.tokens();
    Icon::Clipboard.show(ui, size::STATUS_BAR, tokens.text_secondary);
    if let Some(text) = words::clipboard(&model.clipboard.state, view.now) {
        label(ui, text, Style::Small, tokens.text_secondary);
    }
    if link(ui, "Clear clipboard now", "Clear clipboard now").clicked() {
        view.push(Msg::ClearClipboard);
    }
    ui.add_space(space::S4);
    ui.request_repaint_after_secs(1.0);
    true
}

/// True while something on screen is loading.
pub(super) fn is_busy(open: &OpenAccount) -> bool {
    open.users.list.is_loading() || open.keys_of_selected_user().is_some_and(|keys| keys.list.is_loading())
}

fn freshness(ui: &mut Ui, view: &View<'_>, open: &OpenAccount) {
    let tokens = ui.tokens();
    let keys = open.keys_of_selected_user();
    let busy = is_busy(open);
    let (rect, _) = ui.allocate_exact_size(vec2(size::STATUS_BAR, size::STATUS_BAR), Sense::hover());
    let failed = keys.and_then(failed_part).or_else(|| open.users.list.failure());
    let as_of = keys.and_then(|keys| keys.list.as_of).or(open.users.list.as_of);
    let text = match (busy, failed, as_of) {
        (true, _, _) => "Refreshing…".to_owned(),
        (false, Some((_, at)), Some(as_of)) => format!(
            "Refresh failed {} · keys as of {}",
            words::ago(*at, view.now),
            words::clock_time(as_of.date, view.zone)
        ),
        (false, Some((_, at)), None) => format!("Refresh failed {}", words::ago(*at, view.now)),
        (false, None, Some(as_of)) => {
            let lacks = keys.is_some_and(lacks_something);
            let note = if lacks { " · some of it is not offered by this endpoint" } else { "" };
            format!("Refreshed {}{note}", words::ago(as_of, view.now))
        }
        (false, None, None) => String::new(),
    };
    if !busy && failed.is_some() {
        Icon::TriangleAlert.paint(ui, rect, tokens.warning_text);
    } else {
        spinner(ui, rect, tokens.text_secondary, busy);
    }
    label(ui, text, Style::Small, tokens.text_secondary);
    // So that "Refreshed 3 minutes ago" stays right while nothing else happens.
    ui.request_repaint_after_secs(30.0);
}

/// The first part of the page that could not be refreshed. What the endpoint does not have is none.
fn failed_part(keys: &UserKeys) -> Option<&(Failure, Moment)> {
    keys.list.failure().or_else(|| details(keys).find(|(failure, _)| !failure.is_not_offered()))
}

fn lacks_something(keys: &UserKeys) -> bool {
    details(keys).any(|(failure, _)| failure.is_not_offered())
}

/// Why what is known besides the list could not be refreshed.
fn details(keys: &UserKeys) -> impl Iterator<Item = &(Failure, Moment)> {
    keys.descriptions.failure().into_iter().chain(keys.rows().filter_map(|row| row.last_use.failure()))
}

fn origin(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount) {
    let tokens = ui.tokens();
    match &open.account.endpoint {
        Endpoint::Practice => {
            tag(ui, Tag::Practice, &words::endpoint(&open.account.endpoint));
            troubles(ui, view);
        }
        endpoint @ Endpoint::Override { .. } => _ = tag(ui, Tag::Endpoint, &words::endpoint(endpoint)),
        endpoint @ Endpoint::Aws(_) => {
            label(ui, words::endpoint(endpoint), Style::Small, tokens.text_secondary);
        }
    }
}

/// The menu of the faults that the practice account can simulate.
fn troubles(ui: &mut Ui, view: &mut View<'_>) {
    let on = view.model.run.faults.len();
    let word = if on == 0 { "Simulated faults…".to_owned() } else { format!("Simulated faults: {on} on") };
    let button = link(ui, &word, "Simulated faults of the practice account");
    menu(&button, 280.0, |ui| {
        for trouble in SimulatedFault::ALL {
            let is_on = view.model.run.faults.contains(&trouble);
            if MenuItem::new(words::trouble(trouble)).checked(is_on).show(ui) {
                view.push(Msg::SetFault { trouble, on: !is_on });
            }
        }
    });
}
