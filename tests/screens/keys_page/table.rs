//! The table by keyboard, and the delete dialog.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{THROTTLED, key, keys, light, press, settle, trouble, type_text};
use crate::stand::Window;

fn order(window: &Window, of: &[String]) -> Vec<String> {
    let top = |key: &String| window.harness.get_by_label(&format!("Key {key}")).rect().top();
    let mut rows = of.to_vec();
    rows.sort_by(|a, b| top(a).total_cmp(&top(b)));
    rows
}

#[test]
fn headings_sort_and_are_reached_by_keyboard() {
    let mut window = light();
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    type_text(&mut window, "terraform-prod");
    press(&mut window, Key::Enter);
    settle(&mut window);
    let keys = keys(&window);
    assert_eq!(order(&window, &keys), keys, "the oldest first");
    let mut by_id = keys.clone();
    by_id.sort();
    window.harness.get_by_label("Sort by key id").focus();
    window.harness.step();
    press(&mut window, Key::Enter);
    assert_eq!(order(&window, &keys), by_id);
    by_id.reverse();
    press(&mut window, Key::Enter);
    assert_eq!(order(&window, &keys), by_id, "and backwards");
    window.click("Sort by status");
    let last = order(&window, &keys).pop();
    assert_eq!(last, keys.get(2).cloned(), "the one that is inactive");
}

#[test]
fn the_delete_key_belongs_to_the_menu_that_is_open() {
    let mut window = light();
    window.pick("dmitri");
    let key = key(&window);
    window.harness.get_by_label(&format!("Delete {key}")).focus();
    window.harness.step();
    window.harness.step();
    window.click("Settings");
    press(&mut window, Key::Delete);
    let delete_dialog = |window: &Window| {
        window.harness.state().model().open.as_ref().is_some_and(|open| open.pending.delete_dialog.is_some())
    };
    assert!(!delete_dialog(&window), "the menu is open");
    press(&mut window, Key::Escape);
    window.harness.get_by_label(&format!("Delete {key}")).focus();
    window.harness.step();
    window.harness.step();
    press(&mut window, Key::Delete);
    assert!(delete_dialog(&window), "now it is the table's");
}

#[test]
fn the_delete_dialog_shows_the_age_of_its_evidence() {
    let mut window = light();
    window.pick("dmitri");
    let key = key(&window);
    trouble(&mut window, THROTTLED);
    window.click(&format!("Delete {key}"));
    settle(&mut window);
    window.harness.get_by_label_contains("us-east-1, as of 12:00");
    window.harness.get_by_label_contains("This could not be refreshed and may have changed");
    assert_eq!(window.harness.get_all_by_label("Type the last four characters").count(), 1, "said once");
}

#[test]
fn the_key_that_signs_is_guarded_by_its_own_words() {
    let mut window = light();
    window.pick("anna");
    let key = key(&window);
    window.click(&format!("Deactivate {key}"));
    window.harness.step();
    let cancel = window.harness.get_by_role_and_label(Role::Button, "Cancel");
    assert!(cancel.accesskit_node().is_focused(), "an Enter too many must not end the session");
    window.click("Cancel");
    window.click(&format!("Delete {key}"));
    settle(&mut window);
    window
        .harness
        .get_by_label("Keyfob signs its own requests with this key. Deleting it ends this session.");
    assert!(window.harness.query_by_label("Deactivate first").is_none(), "Keyfob could not delete it then");
}
