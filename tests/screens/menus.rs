//! The menus of rows: the same by right click, keyboard and the row's button.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::core::Page;
use keyfob::domain::KeyStatus;

use crate::stand::{Window, practice};

/// The items of the open menu, and whether each is enabled.
fn lines(window: &Window) -> Vec<(String, bool)> {
    let nodes = window.harness.root().children_recursive();
    let items = nodes.filter(|node| node.accesskit_node().role() == Role::MenuItem);
    items
        .map(|node| {
            let node = node.accesskit_node();
            (node.label().unwrap_or_default(), !node.is_disabled())
        })
        .collect()
}

fn with_bob() -> (Window, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let key = window.keys().pop().expect("a key");
    (window, key)
}

#[test]
fn the_menu_of_a_key_is_the_same_wherever_it_is_opened() {
    let (mut window, key) = with_bob();
    window.click(&format!("More for {key}"));
    let behind_the_button = lines(&window);
    assert!(behind_the_button.contains(&(format!("Copy the id of {key}"), true)));
    assert!(behind_the_button.contains(&(format!("Delete {key}…"), true)));
    window.press(Key::Escape);
    assert!(lines(&window).is_empty(), "it is closed");
    window.right_click(&format!("Key {key}"));
    assert_eq!(lines(&window), behind_the_button, "by a right click");
    window.press(Key::Escape);
    window.press(Key::Menu);
    assert_eq!(lines(&window), behind_the_button, "by the Menu key, for the row that is marked");
    window.press(Key::Escape);
    window.press_in_one_frame(&[(Modifiers::SHIFT, Key::F10)]);
    window.harness.step();
    assert_eq!(lines(&window), behind_the_button, "by Shift+F10");
}

#[test]
fn by_keyboard_the_first_line_has_the_focus_and_arrows_lead_on() {
    let (mut window, key) = with_bob();
    window.right_click(&format!("Key {key}"));
    window.press(Key::Escape);
    window.press(Key::Menu);
    assert_eq!(window.focused(), Some(format!("Copy the id of {key}")));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    assert_eq!(window.focused(), Some(format!("Deactivate {key} now")), "what is off is passed over");
    window.press(Key::Enter);
    window.until("the change", |app| {
        let model = app.model();
        let open = model.open.as_ref();
        let keys = open.and_then(|open| open.keys_of_selected_user());
        keys.is_some_and(|keys| keys.list().iter().all(|key| key.status == KeyStatus::Inactive))
    });
    assert_eq!(window.focused(), Some(format!("More for {key}")), "and the keyboard goes on from its row");
}

#[test]
fn the_practice_account_has_no_page_in_the_console() {
    let (mut window, key) = with_bob();
    let name = "Open bob in the AWS console";
    assert!(window.harness.get_by_label(name).accesskit_node().is_disabled(), "beside the name");
    window.right_click(&format!("Key {key}"));
    assert!(lines(&window).contains(&(name.to_owned(), false)), "and in the menu");
    assert!(window.opened.try_recv().is_err(), "nothing was opened");
}

#[test]
fn the_menu_of_a_user_is_about_the_user_on_screen() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    window.right_click("User carol");
    let selected_user =
        window.harness.state().model().open.as_ref().and_then(|open| open.selected_user().cloned());
    assert_eq!(selected_user.map(|user| user.to_string()).as_deref(), Some("carol"));
    let names: Vec<String> = lines(&window).into_iter().map(|(name, _)| name).collect();
    let wanted = ["Copy the name of carol", "Copy the ARN of carol", "Open carol in the AWS console"];
    assert_eq!(names.iter().take(3).collect::<Vec<_>>(), wanted.iter().collect::<Vec<_>>());
    window.until("its keys", |app| {
        app.model().open.as_ref().and_then(|open| open.keys_of_selected_user()?.count()) == Some(0)
    });
    window.click("Create and copy a key for carol");
    window.until("the new key", |app| crate::stand::secret(app).is_some());
}

#[test]
fn keys_of_the_keyboard_are_for_the_marked_row() {
    let (mut window, key) = with_bob();
    window.right_click(&format!("Key {key}"));
    window.press(Key::Escape);
    window.press(Key::F2);
    assert_eq!(window.focused(), Some(format!("Description of {key}")));
    window.press(Key::Escape);
    window.press(Key::Delete);
    window.harness.get_by_label(&format!("Delete access key {key}"));
}

#[test]
fn the_menu_of_the_activity_leads_to_the_key() {
    let (mut window, key) = with_bob();
    window.click(&format!("Deactivate {key}"));
    window.until("the answer", |app| app.model().activity.entries().next().is_some());
    window.click("Activity");
    window.press(Key::F24);
    let name = format!("Deactivate a key of bob, {key}, Done, just now, by anna");
    window.right_click(&name);
    let names: Vec<String> = lines(&window).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&format!("Copy the id of {key}")) && names.contains(&"Copy row".to_owned()));
    window.click(&format!("Go to {key}"));
    window.harness.step();
    assert_eq!(window.harness.state().model().page, Page::Keys);
    window.press(Key::F24);
    assert_eq!(window.focused(), Some(format!("More for {key}")));
}
