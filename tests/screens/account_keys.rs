//! All keys of the account: filtered, ordered, selected, exported.

use std::path::{Path, PathBuf};

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::core::{Export, Page, SweepState};
use keyfob::domain::{Sorting, Table};

use crate::stand::{Window, practice};

/// The page, once the keys of all users of the story are known.
pub(crate) fn account_keys(theme: egui::Theme) -> Window {
    let mut window = practice(theme);
    window.click("Account keys");
    window.until("all keys", |app| {
        app.model().open.as_ref().is_some_and(|open| open.inventory.sweep.state() == SweepState::Done)
    });
    window
}

/// The rows in view, by their names, from the top.
fn rows(window: &Window) -> Vec<String> {
    let nodes = window.harness.root().children_recursive();
    let rows = nodes.filter(|node| node.accesskit_node().role() == Role::Row);
    let mut rows: Vec<(f32, String)> =
        rows.filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?))).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

/// The user of each row in view.
fn users(window: &Window) -> Vec<String> {
    rows(window).iter().filter_map(|name| Some(name.rsplit_once(" of ")?.1.to_owned())).collect()
}

fn selected(window: &Window) -> usize {
    let nodes = window.harness.root().children_recursive();
    let rows = nodes.filter(|node| node.accesskit_node().role() == Role::Row);
    rows.filter(|node| node.accesskit_node().is_selected() == Some(true)).count()
}

fn is_on(window: &Window, name: &str) -> bool {
    window.harness.get_by_label(name).accesskit_node().toggled() == Some(Toggled::True)
}

/// How many keys the account has that pass a chip, as it says.
fn count_of(window: &Window, chip: &str) -> usize {
    let told = window.harness.get_by_label(chip).accesskit_node().description().expect("a count");
    told.split(' ').next().and_then(|count| count.parse().ok()).expect("a number")
}

#[test]
fn every_key_has_a_row_and_the_oldest_is_first() {
    let window = account_keys(egui::Theme::Light);
    let model = window.harness.state().model();
    let open = model.open.as_ref().expect("an account");
    let known: usize = open.keys.iter().filter_map(|(_, keys)| keys.count()).sum();
    let tab = window.harness.get_by_role_and_label(Role::Tab, "Account keys").accesskit_node().description();
    assert!(known >= 24 && tab.expect("a number of keys").ends_with(" keys"), "{known}");
    let listed = users(&window);
    let places = ["jenkins-legacy", "dmitri", "ci-deployer", "bob", "ivan"]
        .map(|user| listed.iter().position(|one| one == user).expect("a row"));
    assert!(places.is_sorted(), "by age: {listed:?}");
}

#[test]
fn chips_combine_and_count_the_account() {
    let mut window = account_keys(egui::Theme::Light);
    let (active, old) = ("Filter: Active", "Filter: Older than 90 days");
    let (all_active, all_old) = (count_of(&window, active), count_of(&window, old));
    window.click(active);
    window.harness.get_by_label(&all_active.to_string());
    window.click(old);
    assert!(is_on(&window, active) && is_on(&window, old));
    let both = users(&window);
    assert!(!both.contains(&"dmitri".to_owned()), "an old key that is inactive: {both:?}");
    assert!(!both.contains(&"alice".to_owned()), "an active one that is not old: {both:?}");
    assert!(both.contains(&"bob".to_owned()), "{both:?}");
    assert_eq!((count_of(&window, active), count_of(&window, old)), (all_active, all_old), "of the account");
    window.click("Filter: Inactive");
    assert!(users(&window).contains(&"dmitri".to_owned()), "either status");
    window.click("Clear filters");
    assert!(!is_on(&window, active) && window.harness.query_by_label("Clear filters").is_none());
}

#[test]
fn the_text_filter_searches_users_ids_and_descriptions() {
    let mut window = account_keys(egui::Theme::Light);
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::F)]);
    window.type_text("ci-DEPLOYER");
    assert_eq!(users(&window), ["ci-deployer", "ci-deployer"]);
    let id = rows(&window).first().and_then(|row| row.split(' ').nth(1)).expect("an id").to_owned();
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.type_text(&id);
    assert_eq!(users(&window), ["ci-deployer"]);
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.type_text("nothing like this");
    window.harness.get_by_label("No key matches these filters");
}

#[test]
fn a_bar_shows_the_active_keys_of_its_age() {
    let mut window = account_keys(egui::Theme::Light);
    let bar = "Keys aged 360 days or more";
    let count = count_of(&window, bar);
    window.click(bar);
    assert!(is_on(&window, bar));
    assert_eq!(rows(&window).len(), count);
    window.focus(bar);
    window.press(Key::ArrowLeft);
    assert_eq!(
        window.focused().as_deref(),
        Some("Keys aged 330 to 359 days"),
        "arrows move between the bars"
    );
    window.press(Key::Space);
    assert!(!is_on(&window, bar), "one bar at a time");
    window.click("Clear filters");
    assert!(!is_on(&window, "Keys aged 330 to 359 days"));
}

#[test]
fn in_a_small_window_the_bars_are_behind_a_button() {
    let mut window = account_keys(egui::Theme::Light);
    window.harness.set_size(egui::vec2(1024.0, 640.0));
    window.press(Key::F24);
    assert!(window.harness.query_by_label("Keys aged 360 days or more").is_none());
    assert!(window.harness.query_by_label("Sort by region").is_none(), "the region gives way");
    window.harness.get_by_label("Sort by service");
    window.click("Ages of active keys");
    window.press(Key::F24);
    window.click("Keys aged 360 days or more");
    window.press(Key::Escape);
    assert!(!users(&window).contains(&"bob".to_owned()), "his key is 203 days old");
}

#[test]
fn headings_sort_and_the_order_is_remembered() {
    let mut window = account_keys(egui::Theme::Light);
    window.click("Sort by user");
    let listed = users(&window);
    assert!(listed.is_sorted() && listed.len() > 10, "{listed:?}");
    window.click("Sort by user");
    assert!(users(&window).iter().rev().is_sorted());
    let prefs = window.harness.state().model().settings.tables.prefs(Table::AccountKeys).clone();
    assert_eq!(prefs.sort, Some(Sorting { by: "user".into(), backwards: true }));
}

#[test]
fn a_view_is_filters_and_an_order() {
    let mut window = account_keys(egui::Theme::Light);
    window.click("Views of the keys");
    window.click("View Two active");
    window.press(Key::F24);
    assert!(is_on(&window, "Filter: Two active"));
    let listed = users(&window);
    assert!(listed.len() >= 4 && listed.is_sorted(), "{listed:?}");
    assert!(listed.chunk_by(|a, b| a == b).all(|same| same.len() == 2), "{listed:?}");
}

#[test]
fn keys_are_selected_by_checkbox_and_by_keyboard() {
    let mut window = account_keys(egui::Theme::Light);
    let first = rows(&window).remove(0).replace("Key ", "Select ");
    window.click(&first);
    assert_eq!(selected(&window), 1);
    window.harness.get_by_label("1 key selected");
    assert_eq!(window.harness.state().model().page, Page::AccountKeys, "a checkbox opens nothing");
    window.click("Clear selection");
    assert_eq!(selected(&window), 0);
    window.focus("Account keys table");
    window.press(Key::Home);
    window.press(Key::Space);
    assert_eq!(selected(&window), 1, "Space selects");
    window.press(Key::ArrowDown);
    assert_eq!(selected(&window), 1, "arrows do not");
    window.press_in_one_frame(&[(Modifiers::SHIFT, Key::ArrowDown)]);
    window.press(Key::F24);
    assert_eq!(selected(&window), 2, "Shift selects a range");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.press(Key::F24);
    let all = window.harness.get_by_label("Select all keys shown");
    assert_eq!(all.accesskit_node().toggled(), Some(Toggled::True));
    window.press(Key::Escape);
    assert_eq!(selected(&window), 0);
    window.click("Filter: Two active");
    window.click("Select all keys shown");
    window.press(Key::F24);
    assert_eq!(selected(&window), count_of(&window, "Filter: Two active"), "all that is filtered");
    window.click("Filter: Inactive");
    window.press(Key::F24);
    assert!(window.harness.query_by_label("Clear selection").is_none(), "what is not shown is not selected");
}

#[test]
fn a_row_opens_its_user() {
    let mut window = account_keys(egui::Theme::Light);
    let row = rows(&window).into_iter().find(|row| row.ends_with(" of bob")).expect("a row");
    window.click(&row);
    let model = window.harness.state().model();
    assert_eq!(model.page, Page::Keys);
    let picked = model.open.as_ref().and_then(|open| open.selected_user()).map(ToString::to_string);
    assert_eq!(picked.as_deref(), Some("bob"));
}

/// Exports what is shown to a file in `folder`.
fn export(window: &mut Window, button: &str, format: &str, path: &Path) -> String {
    window.click(button);
    window.press(Key::F24);
    window.click(&format!("Export as {format}"));
    window.focus("File to export to");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.type_text(&path.display().to_string());
    window.click("Export to the file");
    window.until("the file", |app| matches!(app.model().key_export, Some(Export::Done(_))));
    window.click("Close the export");
    std::fs::read_to_string(path).expect("the report")
}

#[test]
fn what_is_shown_is_exported() {
    let mut window = account_keys(egui::Theme::Light);
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    window.click("Filter: Two active");
    let count = count_of(&window, "Filter: Two active");
    let csv = export(&mut window, "Export keys", "CSV", &path("keys.csv"));
    assert_eq!(csv.lines().count(), count + 1, "a heading and a line for each key");
    assert!(csv.contains(",ci-deployer,AKIA") && csv.contains("Second active key"), "{csv}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path("keys.csv")).expect("the report").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it names accounts and users");
    }
    let first = rows(&window).remove(0).replace("Key ", "Select ");
    window.click(&first);
    let json = export(&mut window, "Export selected keys", "JSON", &path("keys.json"));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["keys"].as_array().map(Vec::len), Some(1), "the selected one");
    assert_eq!(json["scope"], "selected keys, Two active");
    let markdown = export(&mut window, "Export keys", "Markdown summary", &path("keys.md"));
    assert!(markdown.contains("| Second active key | 1.13 | "), "{markdown}");
}
