//! The activity: shown, searched and exported.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::core::{Export, Page};

use crate::stand::{Window, practice};

/// Deactivates the first key of bob, and shows the activity.
fn with_a_deed() -> (Window, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let key = {
        let model = window.harness.state().model();
        let open = model.open.as_ref().expect("an account is open");
        let active = |key: &&keyfob::domain::AccessKey| key.status == keyfob::domain::KeyStatus::Active;
        let keys = open.keys_of_selected_user().expect("its keys").list();
        keys.into_iter().find(active).expect("an active key").id.to_string()
    };
    window.click(&format!("Deactivate {key}"));
    window.until("the answer", |app| app.model().activity.entries().next().is_some());
    window.click("Activity");
    (window, key)
}

/// The rows of the table, by their names.
fn rows(window: &Window) -> Vec<String> {
    let nodes = window.harness.root().children_recursive();
    let rows = nodes.filter(|node| node.accesskit_node().role() == Role::Row);
    rows.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn a_deed_appears_with_its_request_id() {
    let (mut window, key) = with_a_deed();
    let wanted = format!("Deactivate a key of bob, {key}, Done, just now, by anna");
    assert_eq!(rows(&window), [wanted]);
    let id = window.harness.state().model().activity.entries().next().expect("a deed").request_id.clone();
    let id = id.expect("AWS gives each request an id");
    window.harness.get_by_label(&format!("Request {id}"));
    assert!(window.harness.query_by_label("Search users").is_none(), "the users are of the keys alone");
    window.click("Keys");
    window.harness.get_by_label("Search users");
}

#[test]
fn an_empty_activity_explains_itself() {
    let mut window = practice(egui::Theme::Light);
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::H)]);
    window.harness.step();
    window.harness.get_by_label("No activity yet");
    let export = window.harness.get_by_label("Export…");
    assert!(export.accesskit_node().is_disabled(), "there is nothing to export");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::H)]);
    assert_eq!(window.harness.state().model().page, Page::Keys, "and back");
}

#[test]
fn it_is_searched_and_a_row_leads_to_its_key() {
    let (mut window, key) = with_a_deed();
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::F)]);
    for (typed, found) in [("bob done", 1), (" anna", 1), ("carol", 0)] {
        window.harness.get_by_label("Search activity").type_text(typed);
        window.harness.step();
        window.harness.step();
        assert_eq!(rows(&window).len(), found, "after {typed:?}");
    }
    window.harness.get_by_label("Nothing matches “bob done annacarol”");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Backspace)]);
    window.harness.step();
    window.press_in_one_frame(&[(Modifiers::NONE, Key::ArrowDown)]);
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Enter)]);
    window.harness.step();
    window.harness.step();
    let name = format!("Key {key}");
    let row = window.harness.get_by_label(&name);
    assert_eq!(row.accesskit_node().toggled(), Some(Toggled::True), "the key is selected");
}

#[test]
fn what_is_shown_is_exported() {
    let (mut window, key) = with_a_deed();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.csv");
    window.click("Export…");
    let field = window.harness.get_by_label("File to export to");
    assert_eq!(field.value().as_deref(), Some("/home/anna/keyfob-activity-2026-11-24.csv"));
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.harness.get_by_label("File to export to").type_text(&path.display().to_string());
    window.harness.step();
    window.click("Export to the file");
    window.until("the report", |app| matches!(app.model().activity.export, Some(Export::Done(_))));
    let report = std::fs::read_to_string(&path).expect("the report");
    assert_eq!(report.lines().count(), 2, "a heading and a line");
    assert!(report.lines().nth(1).is_some_and(|line| line.contains(&format!("deactivate,bob,{key},done"))));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).expect("the report").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it names accounts and users");
    }
    window.harness.get_by_label(&format!("Exported to {}", path.display()));
}

#[test]
fn a_report_replaces_no_file_unasked() {
    let (mut window, _) = with_a_deed();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.csv");
    std::fs::write(&path, "mine").expect("a file");
    window.click("Export…");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.harness.get_by_label("File to export to").type_text(&path.display().to_string());
    window.harness.step();
    window.click("Export to the file");
    window.until("the refusal", |app| matches!(app.model().activity.export, Some(Export::Failed(_))));
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "mine");
    window.click("Replace the exported file");
    window.until("the report", |app| matches!(app.model().activity.export, Some(Export::Done(_))));
    assert!(std::fs::read_to_string(&path).expect("a file").starts_with("time,"));
}

#[test]
fn a_secret_stays_in_sight_on_the_activity() {
    let (mut window, secret) = crate::secret::panel();
    window.click("Activity");
    window.harness.get_by_label("I have saved it");
    assert_eq!(crate::stand::secret(window.harness.state()), Some(secret));
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::N)]);
    assert_eq!(window.harness.state().model().page, Page::Keys, "first one sees for whom it would be");
}
