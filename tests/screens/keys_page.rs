//! The keys page and the user picker: stale or unknown data is marked, and nothing is sent by accident.

mod descriptions;
mod picker;
mod table;
mod told;
mod waits;

use egui::{Key, Modifiers};
use keyfob::app::App;
use keyfob::core::UserKeys;
use keyfob::domain::UserName;

use crate::stand::{Window, practice};

fn light() -> Window {
    practice(egui::Theme::Light)
}

/// What is known about the keys of a user, if anything.
fn known<R>(app: &App, user: &str, read: impl FnOnce(&UserKeys) -> Option<R>) -> Option<R> {
    read(app.model().open.as_ref()?.keys_of(&UserName::new(user))?)
}

/// The keys of the selected user, oldest first.
fn keys(window: &Window) -> Vec<String> {
    let model = window.harness.state().model();
    let open = model.open.as_ref().expect("an account is open");
    let known = open.keys_of_selected_user().expect("the keys are known");
    known.list().iter().map(|key| key.id.to_string()).collect()
}

fn key(window: &Window) -> String {
    keys(window).into_iter().next().expect("a key")
}

fn selected_user(app: &App) -> Option<String> {
    app.model().open.as_ref()?.selected_user().map(ToString::to_string)
}

/// Turns a simulated fault of the practice account on or off.
fn trouble(window: &mut Window, word: &str) {
    window.click("Simulated faults of the practice account");
    window.click(word);
}

const THROTTLED: &str = "Throttled by IAM";
const DENIED: &str = "Denied: changes and key lists";

fn press(window: &mut Window, key: Key) {
    window.press_in_one_frame(&[(Modifiers::NONE, key)]);
    window.harness.step();
}

fn type_text(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(egui::Event::Text(text.to_owned()));
    window.harness.step();
    window.harness.step();
}

/// Waits until all requests have been answered.
fn settle(window: &mut Window) {
    window.until("all answers", |app| {
        app.model().open.as_ref().is_some_and(|open| {
            let keys = open.keys_of_selected_user();
            !open.users.list.is_loading()
                && keys.is_none_or(|keys| {
                    !keys.list.is_loading()
                        && !keys.descriptions.is_loading()
                        && keys.rows().all(|row| !row.last_use.is_loading())
                })
        })
    });
}
