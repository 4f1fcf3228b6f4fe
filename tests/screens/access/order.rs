//! The Tab order: reading order, wrapping around.

use std::time::Duration;

use aws_types::os_shim_internal::Env;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;
use keyfob::aws::Options;
use keyfob::domain::SignInChoice;

use super::{end_of, keys, press, type_text};
use crate::secret::panel;
use crate::stand::{Window, practice, start_in};

/// The name of the focused control.
pub(super) fn focused(window: &Window) -> Option<String> {
    let nodes = window.harness.root().children_recursive();
    let mut focused = nodes.map(|node| node.accesskit_node()).filter(|node| node.is_focused());
    focused.next().filter(|node| !node.is_root()).map(|node| node.label().unwrap_or_default())
}

/// The tab stops from here until the first one comes again. `key` replaces the ids of these keys.
fn round(window: &mut Window, keys: &[String]) -> Vec<String> {
    let mut stops: Vec<String> = Vec::new();
    loop {
        press(window, Modifiers::NONE, Key::Tab);
        let mut stop = focused(window).expect("Tab leads to a control");
        for (at, key) in keys.iter().enumerate() {
            stop = stop.replace(key.as_str(), &format!("key {at}"));
        }
        if stops.first() == Some(&stop) {
            return stops;
        }
        stops.push(stop);
        assert!(stops.len() < 100, "it never comes round: {stops:?}");
    }
}

/// The controls around every page.
const BAR: [&str; 4] = ["Switch account", "Find user or key", "Refresh", "Settings"];
const TABS: [&str; 3] = ["Keys", "Account keys", "Activity"];
const TABLE: [&str; 6] = [
    "Sort by key id",
    "Sort by status",
    "Sort by age",
    "Sort by last used",
    "Sort by finding",
    "Sort by description",
];

fn check(window: &mut Window, keys: &[String], groups: &[&[&str]]) {
    assert_eq!(round(window, keys), groups.concat(), "as one reads");
}

#[test]
fn of_the_start_screen() {
    let home = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(home.path().join(".aws")).expect("made");
    let profiles: Vec<String> = (1..=9)
        .map(|at| format!("[profile p{at}]\naws_access_key_id = AKIALAB\naws_secret_access_key = secret\n"))
        .collect();
    std::fs::write(home.path().join(".aws/config"), profiles.concat()).expect("written");
    let path = home.path().display().to_string();
    let options = Options { env: Env::from_slice(&[("HOME", path.as_str())]), ..Options::default() };
    let mut window = start_in(options, &Args::default(), Duration::ZERO, egui::Theme::Light);
    window.until("the profiles", |app| app.model().files.profiles.value.is_some());
    window.harness.step();
    window.harness.step();
    assert_eq!(focused(&window).as_deref(), Some("Open account p1"), "Enter opens it");
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(focused(&window).as_deref(), Some("Open account p2"), "the focus goes along");
    let rest = ["Open practice account", "Open read-only", "Settings", "Filter profiles", "Refresh"];
    check(&mut window, &[], &[&rest, &["Open account p2"]]);
    press(&mut window, Modifiers::SHIFT, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Open account p2"), "back from the practice account");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::ArrowDown), (Modifiers::NONE, Key::Enter)]);
    let choice = window.harness.state().model().sign_in().map(|sign_in| sign_in.choice.clone());
    assert_eq!(choice, Some(SignInChoice::Profile("p3".into())), "Enter is meant for what the arrow led to");
}

#[test]
fn of_the_keys_page() {
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    let keys = keys(&window);
    let users = ["Search users", "User alice", "Sort users", "Resize panel"];
    let page = ["Copy user name alice", "Create and copy", "More ways to create"];
    let row = ["Copy key id key 0", "Deactivate key 0", "Delete key 0", "More for key 0"];
    check(
        &mut window,
        &keys,
        &[&BAR, &TABS, &users, &page, &TABLE, &row, &["Simulated faults of the practice account"]],
    );
}

#[test]
fn of_the_new_key_panel() {
    let (mut window, _) = panel();
    assert_eq!(focused(&window).as_deref(), Some("Copy secret"), "an Enter too many takes nothing away");
    let all = round(&mut window, &[]);
    let first = all.iter().position(|stop| stop == "Copy the new key id").expect("it is reached");
    let panel: Vec<&str> = all.iter().cycle().skip(first).take(8).map(String::as_str).collect();
    let wanted = [
        "Copy the new key id",
        "Reveal secret",
        "Copy secret",
        "Copy both",
        "More ways to copy",
        "Save as",
        "Check that it works",
        "I have saved it",
    ];
    // After the end, the first stop comes again.
    let wraps: Vec<&str> = panel.into_iter().filter(|stop| wanted.contains(stop)).collect();
    assert_eq!(wraps[..3], wanted[..3]);
    let rest: Vec<&str> = all.iter().map(String::as_str).take(5).collect();
    assert_eq!(rest, wanted[3..]);
}

#[test]
fn of_the_delete_dialog() {
    let mut window = practice(egui::Theme::Light);
    window.pick("dmitri");
    let keys = keys(&window);
    window.click(&format!("Delete {}", keys[0]));
    window.harness.step();
    assert_eq!(focused(&window).as_deref(), Some("Type the last four characters"), "one can type at once");
    let active = window.harness.query_by_label("Deactivate first").is_some();
    let first: &[&str] = if active { &["Deactivate first"] } else { &[] };
    check(&mut window, &keys, &[&["Cancel"], first, &["Type the last four characters"]]);
    if active {
        return;
    }
    press(&mut window, Modifiers::NONE, Key::Tab);
    type_text(&mut window, end_of(&keys[0]));
    check(&mut window, &keys, &[&["Cancel", "Delete for good", "Type the last four characters"]]);
}

#[test]
fn of_find_and_of_what_was_done() {
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    press(&mut window, Modifiers::COMMAND, Key::K);
    assert_eq!(focused(&window).as_deref(), Some("Find user or key"));
    // The list belongs to the field: arrow keys move in it, and Tab leaves it.
    type_text(&mut window, "bob");
    press(&mut window, Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some("Refresh"));
    press(&mut window, Modifiers::COMMAND, Key::H);
    let page = ["Search activity", "All accounts", "Simulated faults of the practice account"];
    press(&mut window, Modifiers::SHIFT, Key::Tab);
    let all = round(&mut window, &[]);
    let from_bar = all.iter().position(|stop| stop == BAR[0]).expect("it is reached");
    let stops: Vec<&str> = all.iter().cycle().skip(from_bar).take(all.len()).map(String::as_str).collect();
    assert_eq!(stops, [&BAR[..], &TABS, &page].concat());
}

#[test]
fn back_goes_the_other_way() {
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    press(&mut window, Modifiers::NONE, Key::Tab);
    press(&mut window, Modifiers::NONE, Key::Tab);
    press(&mut window, Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some(BAR[2]));
    press(&mut window, Modifiers::SHIFT, Key::Tab);
    press(&mut window, Modifiers::SHIFT, Key::Tab);
    assert_eq!(focused(&window).as_deref(), Some(BAR[0]));
}

#[test]
fn a_menu_is_walked_by_arrows_and_left_by_escape() {
    let mut window = practice(egui::Theme::Light);
    window.harness.get_by_label("More ways to create").focus();
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(focused(&window).as_deref(), Some("Create and copy the key"));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(focused(&window).as_deref(), Some("Create and save as…"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.harness.step();
    assert!(window.harness.query_by_label("Create and save as…").is_none());
    assert_eq!(
        focused(&window).as_deref(),
        Some("More ways to create"),
        "the keyboard goes on from its button"
    );
}
