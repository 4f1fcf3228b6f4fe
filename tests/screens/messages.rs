//! Messages stay long enough to be read, do not cover their subject, and are kept.

use std::time::Duration;

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use keyfob::args::Args;

use crate::stand::{Window, practice, start};

fn with(user: &str) -> (Window, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick(user);
    let key = window.keys().into_iter().next().expect("a key");
    (window, key)
}

/// Lets this many seconds pass in the window.
fn wait(window: &mut Window, seconds: u32) {
    for _ in 0..seconds * 5 {
        window.harness.step();
    }
}

#[test]
fn an_error_stays_and_a_success_goes_by_itself() {
    let (mut window, key) = with("bob");
    window.click(&format!("Deactivate {key}"));
    window.until("the toast", |app| app.model().notices.iter().any(|notice| notice.event.is_success()));
    // There is no clipboard here.
    window.click(&format!("Copy key id {key}"));
    window.until("the failure", |app| app.model().notices.iter().any(|notice| !notice.event.is_success()));
    wait(&mut window, 60);
    assert!(window.harness.query_by_label("Undo").is_none(), "done");
    window.harness.get_by_label_contains("Not copied");
    window.click("Dismiss");
    assert!(window.harness.query_by_label_contains("Not copied").is_none());
    window.click("Activity");
    window.harness.get_by_label_contains("Not copied: the clipboard of this system cannot be reached");
}

#[test]
fn a_removed_description_comes_back_by_undo() {
    let (mut window, key) = with("acme-audit");
    let text = |window: &Window| {
        let model = window.harness.state().model();
        let open = model.open.as_ref().expect("an account");
        open.keys_of_selected_user()
            .and_then(|keys| keys.description(&keyfob::domain::KeyId::new(&*key)).map(str::to_owned))
    };
    let before = text(&window).expect("a description");
    window.click(&format!("More for {key}"));
    window.click(&format!("Edit the description of {key}"));
    window.press(Key::F24);
    window.press_in_one_frame(&[(egui::Modifiers::COMMAND, Key::A)]);
    window.press(Key::Delete);
    window.press(Key::Enter);
    window.until("the removal", |app| !app.model().notices.is_empty());
    assert_eq!(text(&window), None);
    window.click("Undo");
    window.until("the undoing", |app| app.model().activity.entries().count() == 2);
    window.press(Key::F24);
    assert_eq!(text(&window), Some(before));
}

#[test]
fn a_toast_covers_neither_the_new_key_nor_the_row_that_it_speaks_of() {
    let mut window = practice(egui::Theme::Light);
    // Here the panel reaches down to the toasts.
    window.harness.set_size(egui::vec2(1024.0, 640.0));
    window.pick("bob");
    let key = window.keys().into_iter().next().expect("a key");
    window.click("Create and copy");
    window.until("the new key", |app| crate::stand::secret(app).is_some());
    window.click(&format!("Deactivate {key}"));
    window.until("the toast", |app| app.model().notices.iter().any(|notice| notice.event.is_success()));
    window.press(Key::F24);
    let toast = window.harness.get_by_label("Undo").rect();
    for name in ["I have saved it".to_owned(), "Copy secret".to_owned(), format!("Key {key}")] {
        let kept = window.harness.get_by_label(&name).rect();
        assert!(!toast.expand(12.0).intersects(kept), "{name} at {kept} is covered by {toast}");
    }
}

#[test]
fn many_messages_at_once_take_few_lines() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let key = window.keys().into_iter().next().expect("a key");
    for _ in 0..6 {
        window.click(&format!("Copy key id {key}"));
        window.press(Key::F24);
    }
    let told = window.harness.state().model().notices.len();
    assert!(told >= 5, "{told}");
    let shown = window.harness.query_all_by_label_contains("Not copied").count();
    assert_eq!(shown, 3, "the newest");
    window.harness.get_by_label_contains("older messages, kept in Activity");
    window.click("Dismiss the older messages");
    assert_eq!(window.harness.state().model().notices.len(), 3);
}

#[test]
fn what_takes_a_moment_says_nothing_and_what_takes_longer_says_so_in_its_place() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_millis(400), egui::Theme::Light);
    window.until("bob", |app| {
        let user = keyfob::domain::UserName::new("bob");
        app.model()
            .open
            .as_ref()
            .is_some_and(|open| open.keys_of(&user).is_some_and(|keys| keys.count().is_some()))
    });
    window.pick("bob");
    let key = window.keys().into_iter().next().expect("a key");
    let place = |window: &Window| window.harness.get_by_label(&format!("More for {key}")).rect();
    let before = place(&window);
    window.click(&format!("Add description to {key}"));
    window.type_text("nightly");
    window.press_in_one_frame(&[(egui::Modifiers::NONE, Key::Enter)]);
    window.harness.step();
    window.harness.get_by_label("nightly");
    assert!(window.harness.query_by_label("Saving…").is_none(), "it has only begun");
    wait(&mut window, 1);
    if window.harness.state().model().notices.is_empty() {
        window.harness.get_by_label("Saving…");
    }
    assert_eq!(place(&window), before, "nothing has moved");
    window.until("the answer", |app| !app.model().notices.is_empty());
    window.press(Key::F24);
    assert!(window.harness.query_by_label("Saving…").is_none());
    assert_eq!(place(&window), before, "nor afterwards");
}
