//! After each dialog, the focus moves to a sensible control.

use std::sync::atomic::Ordering;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use keyfob::app::App;
use keyfob::domain::KeyStatus;

use crate::stand::{Window, practice};

fn with(user: &str) -> (Window, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick(user);
    let key = window.keys().into_iter().next().expect("a key");
    (window, key)
}

#[test]
fn a_closed_delete_dialog_returns_the_focus_to_its_opener() {
    let (mut window, key) = with("dmitri");
    let opener = format!("Delete {key}");
    window.focus(&opener);
    window.press(Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("Type the last four characters"));
    window.press(Key::Escape);
    assert_eq!(window.focused(), Some(opener.clone()), "opened by keyboard");
    window.harness.get_by_label(&opener).click();
    window.harness.step();
    window.harness.step();
    window.click("Cancel");
    window.press(Key::F24);
    assert_eq!(window.focused(), Some(opener), "opened by the pointer, which gives no focus");
}

/// Deletes an inactive key.
fn delete(window: &mut Window, key: &str) {
    window.click(&format!("Delete {key}"));
    window.press(Key::F24);
    let last_four: String = key.chars().skip(key.len() - 4).collect();
    window.type_text(&last_four);
    window.press(Key::Enter);
    let id = keyfob::domain::KeyId::new(key);
    window.until("the deletion", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.is_some_and(|open| {
            open.pending.delete_dialog.is_none()
                && open.keys_of_selected_user().is_some_and(|keys| keys.key(&id).is_none())
        })
    });
    window.press(Key::F24);
}

fn switch_off(window: &mut Window, key: &str) {
    window.click(&format!("Deactivate {key}"));
    let id = keyfob::domain::KeyId::new(key);
    window.until("the switch", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        open.is_some_and(|open| {
            open.pending.switching.is_empty()
                && open.keys_of_selected_user().and_then(|keys| keys.key(&id)).map(|key| key.status)
                    == Some(KeyStatus::Inactive)
        })
    });
}

#[test]
fn after_a_deletion_the_next_row_has_the_keyboard_and_at_last_the_button_that_creates() {
    let (mut window, _) = with("ci-deployer");
    let keys = window.keys();
    let [first, second] = &keys[..] else { panic!("two keys: {keys:?}") };
    for key in [first, second] {
        if window.harness.query_by_label(&format!("Deactivate {key}")).is_some() {
            switch_off(&mut window, key);
        }
    }
    delete(&mut window, first);
    assert_eq!(window.focused(), Some(format!("More for {second}")), "an Enter too many opens a menu");
    delete(&mut window, second);
    assert_eq!(window.focused().as_deref(), Some("Create and copy"));
}

#[test]
fn a_switch_keeps_the_keyboard_while_its_change_is_under_way() {
    let (mut window, key) = with("dmitri");
    let was_active = window.harness.query_by_label(&format!("Deactivate {key}")).is_some();
    let name = |active| format!("{} {key}", if active { "Deactivate" } else { "Activate" });
    let is_under_way =
        |app: &App| app.model().open.as_ref().is_some_and(|open| !open.pending.switching.is_empty());
    for active in [was_active, !was_active] {
        window.focus(&name(active));
        window.holds.store(true, Ordering::Relaxed);
        window.press(Key::Enter);
        window.until("the request", is_under_way);
        // egui takes some frames to notice that a control does not want the keyboard.
        for _ in 0..3 {
            window.harness.step();
            assert_eq!(window.focused(), Some(name(!active)));
        }
        window.holds.store(false, Ordering::Relaxed);
        window.until("the answer", |app| !is_under_way(app));
        window.harness.step();
        assert_eq!(window.focused(), Some(name(!active)), "and afterwards");
    }
}

#[test]
fn a_description_that_was_typed_leaves_the_keyboard_in_its_row() {
    let (mut window, key) = with("bob");
    for end in [Key::Escape, Key::Enter] {
        window.focus(&format!("Add description to {key}"));
        window.press(Key::Enter);
        assert_eq!(window.focused(), Some(format!("Description of {key}")));
        window.type_text("nightly");
        window.press(end);
        assert_eq!(window.focused(), Some(format!("More for {key}")), "after {end:?}");
        assert!(
            window.harness.query_by_label(&format!("Copy the id of {key}")).is_none(),
            "and that Enter opens nothing"
        );
    }
}

#[test]
fn dialogs_of_the_account_bar_go_back_to_its_buttons() {
    let mut window = practice(egui::Theme::Light);
    window.focus("Settings");
    window.press(Key::Enter);
    assert_ne!(window.focused().as_deref(), Some("Settings"), "they are open");
    window.press(Key::Escape);
    assert_eq!(window.focused().as_deref(), Some("Settings"), "after the settings");
    window.focus("Switch account");
    window.press(Key::Enter);
    window.press(Key::Escape);
    assert_eq!(window.focused().as_deref(), Some("Switch account"), "after the accounts");
    window.press(Key::Enter);
    window.click("This account…");
    window.press(Key::F24);
    window.press(Key::Escape);
    assert_eq!(window.focused().as_deref(), Some("Switch account"), "after the look of the account");
}

#[test]
fn find_and_help_go_back_to_where_one_was() {
    let (mut window, key) = with("bob");
    let here = format!("Copy key id {key}");
    window.focus(&here);
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::K)]);
    window.press(Key::F24);
    assert_eq!(window.focused().as_deref(), Some("Find user or key"));
    window.press(Key::Escape);
    assert_eq!(window.focused(), Some(here.clone()), "after Find");
    window.press(Key::F1);
    assert_ne!(window.focused(), Some(here.clone()), "the guide has it");
    window.press(Key::Escape);
    assert_eq!(window.focused(), Some(here), "after the guide");
}

#[test]
fn what_was_found_has_the_keyboard() {
    let (mut window, key) = with("bob");
    window.pick("alice");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::K)]);
    window.press(Key::F24);
    window.type_text(&key);
    window.press(Key::Enter);
    assert_eq!(window.focused(), Some(format!("More for {key}")));
}

#[test]
fn the_question_about_the_key_that_signs_goes_back_to_its_switch() {
    let (mut window, _) = with("anna");
    let signs = |window: &Window| {
        let model = window.harness.state().model();
        let open = model.open.as_ref().expect("an account");
        open.account.signing_key.as_ref().map(ToString::to_string)
    };
    let key = signs(&window).expect("the key that signs");
    let opener = format!("Deactivate {key}");
    window.focus(&opener);
    window.press(Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("Cancel"), "an Enter too many ends no session");
    window.press(Key::Enter);
    assert_eq!(window.focused(), Some(opener));
}

#[test]
fn saving_that_is_given_up_goes_back_to_its_menu() {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    window.click("More ways to create");
    window.click("Create and save as…");
    window.press(Key::F24);
    assert_eq!(window.focused().as_deref(), Some("File to save to"));
    window.click("Cancel saving");
    window.press(Key::F24);
    assert_eq!(window.focused().as_deref(), Some("More ways to create"));
}

#[test]
fn a_form_that_is_given_up_goes_back_to_its_button() {
    let (mut window, key) = with("bob");
    window.click(&format!("Deactivate {key}"));
    window.until("the deed", |app| app.model().activity.entries().next().is_some());
    window.click("Activity");
    window.click("Export…");
    window.press(Key::F24);
    assert_eq!(window.focused().as_deref(), Some("File to export to"));
    window.press(Key::Escape);
    assert_eq!(window.focused().as_deref(), Some("Export…"));
    window.click("Keys");
    window.click("Create and copy");
    window.until("the new key", |app| crate::stand::secret(app).is_some());
    window.click("Save as");
    window.press(Key::F24);
    assert_eq!(window.focused().as_deref(), Some("File to save to"));
    window.click("Cancel saving");
    window.press(Key::F24);
    assert_eq!(window.focused().as_deref(), Some("Save as"), "and not the one that lets the secret go");
}
