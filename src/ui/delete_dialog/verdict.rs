//! The conclusion from the evidence, in one or two sentences.

use egui::Ui;

use crate::core::{DeleteDialog, OpenAccount};
use crate::domain::{Cause, KeyStatus, LastUse, NotDeleted, age_days, spell_out_hidden};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Banner, Tone, label};
use crate::ui::{View, words};

/// Draws the verdict, or the error of the last attempt in its place.
pub(super) fn verdict(ui: &mut Ui, view: &View<'_>, open: &OpenAccount, delete_dialog: &DeleteDialog) {
    if let Some(failure) = &delete_dialog.failure {
        let why = words::explain(failure, Some(&open.account));
        let status = open.keys_of(&delete_dialog.user).and_then(|keys| keys.key(&delete_dialog.key));
        let (title, text) = if let Some(listed) = failure.listed_status() {
            words::not_inactive(listed, status.map(|key| key.status))
        } else if failure.cause == Cause::NotDeleted(NotDeleted::Gone) {
            words::not_listed_yet()
        } else if failure.is_lost() {
            let next = "Keyfob is checking the key list and closes this dialog once the key is gone.";
            ("AWS did not confirm whether it was deleted", format!("{why} {next}"))
        } else {
            ("It could not be deleted", why)
        };
        Banner { tone: Tone::Danger, title, text: &text }.show(ui, |_| {});
        return;
    }
    let verdict = judge(view, open, delete_dialog);
    if verdict.serious {
        let (title, text) = (&verdict.title, &verdict.text);
        return Banner { tone: Tone::Danger, title, text }.show(ui, |_| {});
    }
    let tokens = ui.tokens();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        Icon::TriangleAlert.show(ui, size::BAR, tokens.warning_text);
        let text = format!("{} {}", verdict.title, verdict.text);
        // Beside the icon and not in its row, because a row does not wrap.
        ui.vertical(|ui| label(ui, text.trim(), Style::Body, tokens.text_primary));
    });
}

/// The conclusion from the evidence.
struct Verdict {
    serious: bool,
    title: String,
    text: String,
}

fn judge(view: &View<'_>, open: &OpenAccount, delete_dialog: &DeleteDialog) -> Verdict {
    if open.signs_with(&delete_dialog.key) {
        let title = "Keyfob signs its own requests with this key. Deleting it ends this session.".to_owned();
        let text = format!("Keyfob cannot undo this.{}", others(open, delete_dialog));
        return Verdict { serious: true, title, text };
    }
    if open.is_gone(&delete_dialog.user, &delete_dialog.key) {
        let title = "This key no longer exists.".to_owned();
        let text = "“Delete for good” removes the description that it left behind.".to_owned();
        return Verdict { serious: false, title, text };
    }
    let known = open.keys_of(&delete_dialog.user);
    let used = known.and_then(|keys| keys.last_use_of(&delete_dialog.key));
    let value = used.and_then(|used| used.value.as_ref());
    let status = known.and_then(|keys| keys.key(&delete_dialog.key)).map(|key| key.status);
    let off = status.is_some_and(KeyStatus::is_off);
    let recent = value.and_then(LastUse::when).filter(|when| age_days(*when, view.now.date) < RECENT_DAYS);
    let mut text = if off { NO_WAY_BACK.to_owned() } else { DEACTIVATE_FIRST.to_owned() };
    let failed = used.and_then(|used| used.failure()).filter(|_| value.is_none());
    let (serious, title) = if open.signs_in_with(&delete_dialog.key) {
        (true, "Keyfob signs in with this key. Without it, this session cannot be renewed.".to_owned())
    } else if let Some(when) = recent {
        (true, format!("This key was used {}.", words::ago(when, view.now)))
    } else if let Some((failure, _)) = failed {
        text = format!("{} {text}", words::explain(failure, Some(&open.account)));
        (true, "Its last use could not be loaded.".to_owned())
    } else if value.is_none() {
        (true, "Its last use has not loaded yet.".to_owned())
    } else if value == Some(&LastUse::Never) {
        (false, "This key has never been used.".to_owned())
    } else {
        text.push_str(" Anything that still uses it will stop working.");
        (false, String::new())
    };
    text.push_str(&others(open, delete_dialog));
    Verdict { serious, title, text }
}

/// A key that was used within this many days may still be in use.
const RECENT_DAYS: u32 = 30;
const DEACTIVATE_FIRST: &str = "Deactivate it first. You can undo that.";
const NO_WAY_BACK: &str = "A deleted key cannot be restored.";

/// The keys that stay: " The other key of ci-deployer is not affected."
fn others(open: &OpenAccount, delete_dialog: &DeleteDialog) -> String {
    let user = spell_out_hidden(delete_dialog.user.as_str());
    match open.keys_of(&delete_dialog.user).and_then(|keys| keys.count()) {
        Some(2) => format!(" The other key of {user} is not affected."),
        Some(count @ 3..) => format!(" The other {} keys of {user} are not affected.", count - 1),
        _ => String::new(),
    }
}
