//! Toasts: what was done, and what failed away from its page.

use std::collections::BTreeMap;

use egui::{Align2, Area, Id, Order, Rect, Ui, Vec2};

use super::{is_banner, place};
use crate::core::{Model, Msg, Notice, NoticeId, NoticeKind};
use crate::domain::spell_out_hidden;
use crate::ui::commands::Command;
use crate::ui::theme::measures::{motion, space};
use crate::ui::widgets::{Toast, ToastKind, toast};
use crate::ui::{View, pages, words};

/// So many are shown, the newest.
const SHOWN: usize = 3;

/// How long each toast has been seen, in seconds of the window's clock, and where they are.
#[derive(Default)]
pub(in crate::ui) struct Toasts {
    seen_until: BTreeMap<NoticeId, f64>,
    corner: Option<Align2>,
    size: Vec2,
}

impl Toasts {
    /// In a corner of `page`, the newest below.
    pub(in crate::ui) fn show(&mut self, ui: &Ui, view: &mut View<'_>, page: Rect) {
        let model = view.model;
        // On a page that is about no user there is no place for a banner.
        let open = model.open.as_ref().filter(|_| pages::entry(model.page).of_user);
        let here = open.and_then(|open| Some((open, open.selected_user()?)));
        let on_page = |notice: &Notice| here.is_some_and(|(open, user)| is_banner(notice, open, user));
        let all: Vec<&Notice> = model.notices.iter().filter(|notice| !on_page(notice)).collect();
        self.seen_until.retain(|id, _| all.iter().any(|notice| notice.id == *id));
        if all.is_empty() {
            self.corner = None;
            return;
        }
        let (older, shown) = all.split_at(all.len().saturating_sub(SHOWN));
        let corner = place::corner(&view.ui.keep_clear, page, self.size, self.corner);
        self.corner = Some(corner);
        let at = corner.pos_in_rect(&page.shrink(space::S6));
        let area = Area::new(Id::unique("toasts")).order(Order::Foreground).pivot(corner).fixed_pos(at);
        let shown = area.show(ui.ctx(), |ui| {
            collapsed(ui, view, older);
            let newest = shown.iter().rposition(|notice| Model::undo(&notice.event).is_some());
            for (at, notice) in shown.iter().enumerate() {
                self.one(ui, view, notice, newest == Some(at));
            }
        });
        self.size = shown.response.rect.size();
    }

    /// `newest`: of those that can be undone.
    fn one(&mut self, ui: &mut Ui, view: &mut View<'_>, notice: &Notice, newest: bool) {
        let text = text(view.model, notice);
        let act = action(&notice.event);
        let fine = notice.event.is_success();
        let mood = if fine { ToastKind::Done } else { ToastKind::Failed };
        let keys = if newest { Command::Undo.text() } else { String::new() };
        let word = act.as_ref().map(|(word, _)| (*word, keys.as_str()));
        let pressed = match toast(ui, &text, mood, word, "Dismiss") {
            _ if newest && view.take(Command::Undo) => Toast::Act,
            pressed => pressed,
        };
        let now = ui.input(|input| input.time);
        let stays = if act.is_some() { motion::TOAST_UNDO } else { motion::TOAST };
        let until = *self.seen_until.entry(notice.id).or_insert(now + stays);
        match pressed {
            Toast::Act => {
                view.out.extend(act.map(|(_, msg)| msg));
                if fine {
                    view.push(Msg::Dismiss(notice.id));
                }
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

/// What went well is no news any more, unless it can be undone: that waits for its turn. What failed is counted.
fn collapsed(ui: &mut Ui, view: &mut View<'_>, older: &[&Notice]) {
    let (done, failed): (Vec<&Notice>, Vec<&Notice>) =
        older.iter().partition(|notice| notice.event.is_success());
    let done = done.iter().filter(|notice| Model::undo(&notice.event).is_none());
    view.out.extend(done.map(|notice| Msg::Dismiss(notice.id)));
    if failed.is_empty() {
        return;
    }
    let noun = if failed.len() == 1 { "message" } else { "messages" };
    let text = format!("{} older {noun}, kept in Activity until Keyfob closes", failed.len());
    if toast(ui, &text, ToastKind::Failed, None, "Dismiss the older messages") == Toast::Dismiss {
        view.out.extend(failed.iter().map(|notice| Msg::Dismiss(notice.id)));
    }
}

/// What can be done about it at once.
fn action(event: &NoticeKind) -> Option<(&'static str, Msg)> {
    if let NoticeKind::PageNotOpened { url, .. } = event {
        return Some(("Copy address", Msg::CopyText(url.clone())));
    }
    Some(("Undo", Model::undo(event)?))
}

/// What happened elsewhere names its account.
fn text(model: &Model, notice: &Notice) -> String {
    let account = notice.session.and_then(|session| model.account_of(session));
    let (title, why) = words::event(&notice.event, account);
    let text = if why.is_empty() { title } else { format!("{title}: {why}") };
    let here = model.open.as_ref().is_some_and(|open| Some(open.session) == notice.session);
    match account.filter(|_| !here) {
        Some(account) => format!("In {}: {text}", spell_out_hidden(account.name())),
        None => text,
    }
}
