//! What has just come of something, in a line that is read out and not painted: for those who hear the window.
//!
//! Toasts, banners and faults of a field speak for themselves. Here is told what others see change somewhere: an icon, a
//! number, a table.

use egui::accesskit::Live;
use egui::{Id, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::widgets::announce;
use super::{View, pages, words};
use crate::core::{Check, ClipboardState, Model, Page, SessionId};
use crate::domain::{Moment, UserName, spell_out_hidden};

#[derive(Default)]
pub(super) struct Announcer {
    seen: Seen,
    line: String,
    /// How many lines were read out: the same words twice are read twice.
    spoken_lines: u64,
}

/// What the window showed in the last frame.
#[derive(Default)]
struct Seen {
    session: Option<SessionId>,
    /// The request that the list of users answers.
    users: Option<u64>,
    page: Page,
    /// The user whose keys are on screen.
    keys: Option<UserName>,
    clipboard: ClipboardState,
    copied_texts: u64,
    saves: usize,
    check: String,
}

impl Announcer {
    /// After everything is drawn and pressed.
    pub(super) fn show(&mut self, ui: &Ui, view: &View<'_>) {
        let now = Seen::of(view.model, view.now);
        let lines = now.news(&self.seen, view);
        self.seen = now;
        if !lines.is_empty() {
            self.line = lines.join(". ");
            self.spoken_lines += 1;
        }
        if self.line.is_empty() {
            return;
        }
        let nowhere = Rect::from_min_size(ui.max_rect().min, Vec2::ZERO);
        // A node of its own for each line: one that appears is read out, whatever the last one said.
        let spoken = ui.interact(nowhere, Id::unique(("spoken", self.spoken_lines)), Sense::hover());
        spoken.widget_info(|| WidgetInfo::labeled(Role::Label, true, &self.line));
        announce(&spoken, Live::Polite);
    }
}

impl Seen {
    fn of(model: &Model, now: Moment) -> Self {
        let open = model.open.as_ref();
        let of_user = open.filter(|_| pages::entry(model.page).of_user);
        let loaded =
            of_user.filter(|open| open.keys_of_selected_user().is_some_and(|keys| keys.list.as_of.is_some()));
        let new_key = model.new_key();
        let check = new_key.and_then(|new_key| match &new_key.check {
            // Each second of it would be told.
            Check::Idle | Check::UnderWay { .. } => None,
            check => words::check(check, now),
        });
        Self {
            session: open.map(|open| open.session),
            users: open.and_then(|open| open.users.list.request),
            page: model.page,
            keys: loaded.and_then(|open| open.selected_user().cloned()),
            clipboard: model.clipboard.state.clone(),
            copied_texts: model.clipboard.copied_texts,
            saves: new_key.map_or(0, |new_key| new_key.saves),
            check: check.unwrap_or_default(),
        }
    }

    fn news(&self, before: &Self, view: &View<'_>) -> Vec<String> {
        let mut news = Vec::new();
        if let Some(open) = &view.model.open {
            if self.session != before.session {
                news.push(format!("Opened {}", spell_out_hidden(&words::account(open))));
            }
            if self.users != before.users && self.users.is_some() && open.users.list.failure().is_none() {
                let first = self.session != before.session || before.users.is_none();
                news.push(if first { words::users(open.users.all().len()) } else { "Refreshed".to_owned() });
            }
            if self.page != before.page {
                news.push(pages::entry(self.page).word.to_owned());
            }
            if let Some(user) = self.keys.as_ref().filter(|_| self.keys != before.keys) {
                news.push(format!(
                    "{}: {}",
                    spell_out_hidden(user.as_str()),
                    words::user_row(open, user, view.now)
                ));
            }
        }
        if self.clipboard != before.clipboard
            && matches!(
                self.clipboard,
                ClipboardState::Holds { .. } | ClipboardState::Cleared | ClipboardState::NotOurs
            )
        {
            news.extend(words::clipboard(&self.clipboard, view.now));
        }
        if self.copied_texts != before.copied_texts {
            news.push("Copied".to_owned());
        }
        let written = view.model.new_key().and_then(|new_key| new_key.written.last());
        news.extend(written.filter(|_| self.saves > before.saves).map(words::handed_over));
        if self.check != before.check && !self.check.is_empty() {
            news.push(self.check.clone());
        }
        news
    }
}
