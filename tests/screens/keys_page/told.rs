//! How stale, refused and lost data is reported.

use std::time::Duration;

use egui::Key;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;
use keyfob::core::NoticeKind;
use keyfob::domain::KeyStatus;

use super::{DENIED, THROTTLED, key, known, light, press, settle, trouble};
use crate::stand::start;
use keyfob::core::UserKeys;

/// Part of the toast of a refused deactivation.
const NOT_DEACTIVATED: &str = "of alice could not be deactivated";

#[test]
fn a_refresh_that_fails_keeps_the_old_data_and_can_be_tried_again() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    trouble(&mut window, THROTTLED);
    press(&mut window, Key::F5);
    settle(&mut window);
    window.harness.get_by_label("The keys of alice could not be refreshed");
    window.harness.get_by_label(&format!("Key {key}"));
    window.harness.get_by_label_contains(&format!("Last use of {key} could not be refreshed"));
    window.harness.get_by_label_contains(&format!("Description of {key} could not be refreshed"));
    window.harness.get_by_label("Refresh failed");
    assert!(window.harness.query_by_label_contains("Refreshed just now").is_none(), "that would be a lie");
    trouble(&mut window, THROTTLED);
    window.click("Try again");
    settle(&mut window);
    assert!(window.harness.query_by_label("The keys of alice could not be refreshed").is_none());
    assert!(window.harness.query_by_label_contains("could not be refreshed").is_none());
    window.harness.get_by_label("Refreshed just now");
}

#[test]
fn a_refused_change_is_reported_once_and_can_be_retried() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    trouble(&mut window, DENIED);
    for _ in 0..2 {
        window.click(&format!("Deactivate {key}"));
        window.until("the refusal", |app| !app.model().notices.is_empty());
        assert_eq!(window.harness.state().model().notices.len(), 1, "the newest is enough");
    }
    trouble(&mut window, DENIED);
    let again = window.harness.get_all_by_label("Try again").find(|again| {
        again.accesskit_node().description().is_some_and(|about| about.contains(NOT_DEACTIVATED))
    });
    again.expect("a button that says what is tried again").click_accesskit();
    window.harness.step();
    window.until("the change", |app| {
        app.model().notices.iter().any(|notice| matches!(notice.event, NoticeKind::StatusSet { .. }))
    });
    let off = known(window.harness.state(), "alice", |known| known.list().first().map(|key| key.status));
    assert_eq!(off, Some(KeyStatus::Inactive));
    assert_eq!(window.harness.state().model().notices.len(), 1, "and the refusal is gone");
}

#[test]
fn a_finding_is_not_denied_before_it_is_known() {
    let mut window = light();
    // Counted, so that the row appears before anything else has loaded.
    window.until("the count", |app| known(app, "erin", UserKeys::count) == Some(1));
    trouble(&mut window, THROTTLED);
    window.click("User erin");
    settle(&mut window);
    assert!(window.harness.query_by_label("–").is_none(), "nothing is known yet of how it is used");
    assert!(window.harness.get_all_by_label("Unknown").count() >= 2, "the last use and the finding");
}

#[test]
fn what_was_refused_in_an_account_that_was_left_names_it() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_millis(300), egui::Theme::Light);
    window.until("carol", |app| known(app, "carol", UserKeys::count) == Some(0));
    window.pick("carol");
    trouble(&mut window, DENIED);
    window.click("Create and copy");
    window.click("Switch account");
    window.click("All accounts…");
    window.until("the refusal", |app| !app.model().notices.is_empty());
    window.harness.get_by_label_contains("In practice-account: No key was created for carol");
    // It is another session, although the account is the same.
    window.click("Open practice account");
    window.until("the account", |app| app.model().open.is_some());
    window.harness.get_by_label_contains("In practice-account: No key was created for carol");
    window.harness.get_by_label("Dismiss");
}

#[test]
fn what_can_be_undone_goes_with_its_account() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    window.click(&format!("Deactivate {key}"));
    window.until("the toast", |app| !app.model().notices.is_empty());
    window.harness.step();
    window.harness.get_by_label("Undo");
    window.click("Switch account");
    window.click("All accounts…");
    assert!(window.harness.query_by_label("Undo").is_none(), "there is nothing that could be undone");
}

#[test]
fn a_toast_stays_while_its_button_has_the_focus() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    window.click(&format!("Deactivate {key}"));
    window.until("the toast", |app| !app.model().notices.is_empty());
    window.harness.step();
    let undo = window.harness.get_by_label("Undo");
    let about = undo.accesskit_node().description();
    assert!(about.is_some_and(|about| about.contains("of alice is inactive")), "it says what is undone");
    undo.focus();
    for _ in 0..200 {
        window.harness.step();
    }
    window.harness.get_by_label("Undo");
}

#[test]
fn a_lost_answer_is_no_refusal() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    trouble(&mut window, "Responses to changes are lost");
    window.click(&format!("Deactivate {key}"));
    window.until("that it happened all the same", |app| {
        app.model().notices.iter().any(|notice| matches!(notice.event, NoticeKind::StatusSet { .. }))
    });
    assert!(window.harness.query_by_label_contains(NOT_DEACTIVATED).is_none());
}
