//! The account popup, account preferences, and actions that are not allowed.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;
use keyfob::domain::Action;

use crate::stand::{Window, practice, start};

const OPEN_POPUP: (Modifiers, Key) = (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::A);
const TROUBLES: &str = "Simulated faults of the practice account";
const DENIED: &str = "Denied: changes and key lists";

impl Window {
    fn has(&self, name: &str) -> bool {
        self.harness.query_by_label(name).is_some()
    }

    fn is_off(&self, button: &str) -> bool {
        self.harness.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
    }

    fn account(&self) -> String {
        self.harness.get_by_label("Account").value().unwrap_or_default()
    }

    fn key(&mut self, key: Key) {
        self.press_in_one_frame(&[(Modifiers::NONE, key)]);
        self.harness.step();
    }

    fn open_popup(&mut self) {
        self.press_in_one_frame(&[OPEN_POPUP]);
        // The popup is measured first.
        self.harness.step();
        self.harness.step();
    }
}

#[test]
fn the_popup_is_opened_searched_and_left_by_keyboard() {
    let mut window = practice(egui::Theme::Light);
    window.open_popup();
    window.type_text("prac");
    assert_eq!(window.harness.get_by_label("Search accounts").value().as_deref(), Some("prac"), "at once");
    assert!(window.has("Switch to practice account"));
    window.type_text("xyz");
    assert!(!window.has("Switch to practice account"), "it filters");
    window.key(Key::Enter);
    assert!(window.has("Search accounts"), "there is nothing to open");
    assert!(window.harness.get_by_label("Search accounts").is_focused(), "one can type on");
    window.key(Key::Escape);
    assert!(!window.has("Search accounts"));
    assert!(
        window.harness.get_by_label("Switch account").is_focused(),
        "the keyboard goes on from the button"
    );
}

#[test]
fn the_account_that_is_open_is_not_opened_again() {
    let mut window = practice(egui::Theme::Light);
    let session = |window: &Window| window.harness.state().model().open.as_ref().map(|open| open.session);
    let before = session(&window);
    window.open_popup();
    window.key(Key::Enter);
    assert!(!window.has("Search accounts"), "it closes");
    assert!(window.harness.state().model().sign_in().is_none());
    assert_eq!(session(&window), before);
}

#[test]
fn enter_counts_with_what_is_typed_in_the_same_frame() {
    let mut window = practice(egui::Theme::Light);
    window.open_popup();
    window.type_text("no such account");
    let press =
        |modifiers, key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    let typed = Event::Text("practice".to_owned());
    let events = [press(Modifiers::COMMAND, Key::A), typed, press(Modifiers::NONE, Key::Enter)];
    window.harness.input_mut().events.extend(events);
    window.harness.step();
    window.harness.step();
    assert!(!window.has("Search accounts"), "the only match is taken");
}

#[test]
fn all_accounts_are_on_the_start_screen() {
    let mut window = practice(egui::Theme::Light);
    window.click("Switch account");
    window.click("All accounts…");
    assert!(window.has("Open practice account") && window.harness.state().model().open.is_none());
}

#[test]
fn account_preferences_apply_at_once() {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    window.click("Switch account");
    window.click("This account…");
    window.type_text("Sandbox");
    window.click("Always open read-only");
    // Controls behind a dialog do not react.
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::N)]);
    assert!(window.harness.state().model().creation().is_none());
    window.click("Save account preferences");
    assert_eq!(window.account(), "Sandbox, practice-account, 0000-0000-0000, anna");
    assert!(window.has("Read-only") && window.is_off("Create and copy"));

    // The shortcut does not bypass it.
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::N)]);
    // A toast is measured first.
    window.harness.step();
    window.harness.step();
    assert!(window.harness.state().model().creation().is_none());
    window.harness.get_by_label_contains("Nothing was changed: This account always opens read-only");

    window.click("Allow changes");
    window.click("Stay read-only");
    assert!(window.is_off("Create and copy"));
    window.click("Allow changes");
    window.click("Allow changes now");
    assert!(!window.has("Read-only") && !window.is_off("Create and copy"));
}

#[test]
fn the_limits_of_an_account_are_checked_and_hold_at_once() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let row = |window: &Window| window.harness.get_by_label("User bob").accesskit_node().description();
    assert_eq!(row(&window).as_deref(), Some("1 key, Older than 90 days"));
    let type_into = |window: &mut Window, field: &str, text: &str| {
        window.harness.get_by_role_and_label(Role::TextInput, field).focus();
        window.harness.step();
        window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
        window.type_text(text);
        window.harness.step();
    };
    let open_dialog = |window: &mut Window| {
        window.click("Switch account");
        window.click("This account…");
    };
    open_dialog(&mut window);
    type_into(&mut window, "Maximum key age, in days", "4000");
    type_into(&mut window, "Exempt users", "bo;b");
    assert!(window.has("Enter a number of days from 0 to 3650"));
    assert!(window.has("“;” cannot be part of a user name: bo;b"));
    assert!(window.is_off("Save account preferences"));
    type_into(&mut window, "Maximum key age, in days", "120");
    type_into(&mut window, "Exempt users", "eve ");
    assert!(!window.has("Enter a number of days from 0 to 3650"));
    window.click("Save account preferences");
    assert_eq!(row(&window).as_deref(), Some("1 key, Older than 120 days"));

    open_dialog(&mut window);
    type_into(&mut window, "Exempt users", "bo*");
    window.click("Save account preferences");
    assert_eq!(row(&window).as_deref(), Some("1 key"));
    assert!(window.harness.query_all_by_label("Exempt").next().is_some(), "shown at the key");
    window.pick("grace");
    let grace = window.harness.get_by_label("User grace").accesskit_node().description();
    assert_eq!(grace.as_deref(), Some("1 key, Older than 120 days"), "129 days");
}

#[test]
fn esc_drops_the_draft_of_the_dialog() {
    let mut window = practice(egui::Theme::Light);
    window.click("Switch account");
    window.click("This account…");
    window.type_text("Sandbox");
    window.key(Key::Escape);
    assert!(!window.has("Name of the account"));
    assert_eq!(window.account(), "practice-account, 0000-0000-0000, anna");
}

#[test]
fn a_program_that_was_started_read_only_offers_no_way_out() {
    let args = Args { practice: true, read_only: true, ..Args::default() };
    let mut window = start(&args, Duration::ZERO, egui::Theme::Light);
    window.until("the keys", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.and_then(|open| open.keys_of_selected_user()).is_some_and(|keys| keys.list.as_of.is_some())
    });
    assert!(window.has("Read-only") && !window.has("Allow changes"));
    window.click("Switch account");
    assert!(window.has("All accounts…") && !window.has("Allow changes…"));
}

#[test]
fn a_denied_action_is_disabled_with_the_missing_permission() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let id = {
        let model = window.harness.state().model();
        let open = model.open.as_ref().expect("an account is open");
        open.keys_of_selected_user()
            .and_then(|keys| keys.list().first().copied())
            .expect("a key")
            .id
            .to_string()
    };
    window.click(TROUBLES);
    window.click(DENIED);
    window.click(&format!("Deactivate {id}"));
    let bob = keyfob::domain::UserName::new("bob");
    window.until("the refusal", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.is_some_and(|open| open.access.refusal(Action::UpdateAccessKey, Some(&bob)).is_some())
    });
    window.until("the list after it", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.is_some_and(|open| open.access.refusal(Action::ListAccessKeys, Some(&bob)).is_some())
    });
    // Keys are listed before one is created, so that is disabled too.
    assert!(window.is_off("Create and copy"));
    window.harness.get_by_label("Not allowed: iam:ListAccessKeys is missing");
    assert!(window.has("Copy policy for iam:ListAccessKeys"));
    assert!(window.has("Copy the policy for iam:UpdateAccessKey"), "the banner offers it");
    window.click("Switch to another account");
    window.harness.step();
    window.harness.step();
    assert!(window.has("Search accounts"), "the way out is the list of accounts");
    window.key(Key::Escape);
    window.click(&format!("More for {id}"));
    assert!(window.has("Copy policy for iam:UpdateAccessKey"), "and so does the key's menu");
    window.key(Key::Escape);

    window.click(TROUBLES);
    window.click(DENIED);
    window.key(Key::F5);
    window.until("the keys again", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.and_then(|open| open.keys_of_selected_user()).is_some_and(|keys| keys.list.failure().is_none())
    });
    assert!(!window.is_off("Create and copy"), "a refresh asks anew");
}
