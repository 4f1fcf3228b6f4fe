//! Announcements: results at the next pause, errors at once.

use std::time::{Duration, Instant};

use egui::accesskit::Live;
use egui_kittest::kittest::NodeT as _;
use keyfob::args::Args;
use keyfob::core::NoticeKind;

use super::{end_of, keys, press, type_text};
use crate::secret::panel;
use crate::stand::{Window, practice, secret, start};
use crate::telling::tells;

/// All live regions on screen, with their politeness.
fn live(window: &Window) -> Vec<(Live, String)> {
    let nodes = window.harness.root().children_recursive();
    let live = nodes.map(|node| node.accesskit_node()).filter(|node| node.live() != Live::Off);
    live.map(|node| (node.live(), node.value().unwrap_or_default())).collect()
}

/// Draws until it is announced.
fn await_told(window: &mut Window, how: Live, part: &str) {
    let is_told =
        |window: &Window| live(window).iter().any(|(told, text)| *told == how && text.contains(part));
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_told(window) {
        assert!(Instant::now() < deadline, "{part:?} is not told: {:?}", live(window));
        window.harness.step();
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn trouble(window: &mut Window, word: &str) {
    window.click("Simulated faults of the practice account");
    window.click(word);
}

#[test]
fn an_account_its_users_and_keys_are_announced_as_they_load() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_millis(30), egui::Theme::Light);
    await_told(&mut window, Live::Polite, "acme-audit: 1 key");
    window.pick("carol");
    await_told(&mut window, Live::Polite, "carol: 0 keys");
    // While the users load, F5 asks for nothing.
    window.until("the users", |app| {
        app.model().open.as_ref().is_some_and(|open| !open.users.list.is_loading())
    });
    press(&mut window, egui::Modifiers::NONE, egui::Key::F5);
    await_told(&mut window, Live::Polite, "Refreshed");
}

#[test]
fn a_change_its_undo_and_a_deletion_are_announced() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let key = keys(&window).remove(0);
    window.click(&format!("Deactivate {key}"));
    await_told(&mut window, Live::Polite, "of bob is inactive");
    window.click(&format!("Delete {key}"));
    type_text(&mut window, "!!!!");
    await_told(&mut window, Live::Assertive, "not the last four characters of this key id");
    for _ in 0..4 {
        press(&mut window, egui::Modifiers::NONE, egui::Key::Backspace);
    }
    type_text(&mut window, end_of(&key));
    window.click("Delete for good");
    await_told(&mut window, Live::Polite, "deleted");
}

#[test]
fn a_new_key_is_announced_but_not_its_secret() {
    let (mut window, made) = panel();
    await_told(&mut window, Live::Polite, "New key for carol");
    window.click("Copy the new key id");
    window.click("Reveal secret");
    window.click("Check that it works");
    await_told(&mut window, Live::Polite, "Works: signed in as carol");
    assert_eq!(secret(window.harness.state()).as_ref(), Some(&made));
    let told = live(&window);
    assert!(!told.iter().any(|(_, text)| tells(text, &made)), "{told:?}");
    let id = keys(&window).remove(0);
    assert!(!told.iter().any(|(_, text)| text.contains(&id)), "nor what else was copied: {told:?}");
}

#[test]
fn failures_are_announced_at_once() {
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    let key = keys(&window).remove(0);
    trouble(&mut window, "Denied: changes and key lists");
    window.click(&format!("Deactivate {key}"));
    window.until("the refusal", |app| {
        app.model().notices.iter().any(|notice| matches!(notice.event, NoticeKind::StatusRefused { .. }))
    });
    await_told(&mut window, Live::Assertive, "could not be deactivated");
    window.click("Activity");
    await_told(&mut window, Live::Assertive, "could not be deactivated");
}

#[test]
fn an_expired_session_is_announced_at_once() {
    let mut window = practice(egui::Theme::Light);
    trouble(&mut window, "Session expired, until you sign in again");
    press(&mut window, egui::Modifiers::NONE, egui::Key::F5);
    await_told(&mut window, Live::Assertive, "session");
}

#[test]
fn the_same_text_is_announced_again() {
    let mut window = practice(egui::Theme::Light);
    let node = |window: &Window| {
        let nodes = window.harness.root().children_recursive();
        let mut live = nodes.map(|node| node.accesskit_node()).filter(|node| node.live() != Live::Off);
        live.find(|node| node.value().as_deref() == Some("Refreshed")).map(|node| node.id())
    };
    let refreshed = |window: &mut Window| {
        window.until("all lists", |app| {
            let model = app.model();
            let open = model.open.as_ref();
            open.is_some_and(|open| {
                let keys = open.keys_of_selected_user().is_some_and(|keys| !keys.list.is_loading());
                keys && !open.users.list.is_loading()
            })
        });
        let before = node(window);
        press(window, egui::Modifiers::NONE, egui::Key::F5);
        let deadline = Instant::now() + Duration::from_secs(20);
        while node(window).is_none() || node(window) == before {
            assert!(Instant::now() < deadline, "not told: {:?}", live(window));
            window.harness.step();
            std::thread::sleep(Duration::from_millis(2));
        }
    };
    // A new node is announced.
    refreshed(&mut window);
    refreshed(&mut window);
}

#[test]
fn copied_is_announced_only_after_the_clipboard_has_answered() {
    // These windows have no clipboard, so every copy fails.
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    let key = keys(&window).remove(0);
    window.click(&format!("Copy key id {key}"));
    await_told(&mut window, Live::Assertive, "Not copied");
    assert!(!live(&window).iter().any(|(_, text)| text.contains("Copied")), "{:?}", live(&window));
}
