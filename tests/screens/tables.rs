//! Tables remember their column widths and order.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;
use keyfob::aws;
use keyfob::desk::SettingsFile;
use keyfob::domain::{Sorting, Table, TableLook};

use crate::stand::{Window, practice, start_with};

fn left(window: &Window, heading: &str) -> f32 {
    window.harness.get_by_label(heading).rect().left()
}

fn look(window: &Window, table: Table) -> TableLook {
    window.harness.state().model().settings.tables.look(table).clone()
}

/// Drags the edge before `heading` by this many points.
fn drag(window: &mut Window, heading: &str, by: f32) {
    let edge = window.harness.get_by_label(heading).rect().left_center() - vec2(3.0, 0.0);
    window.harness.hover_at(edge);
    window.harness.step();
    window.harness.drag_at(edge);
    window.harness.step();
    for part in [0.5, 1.0] {
        window.harness.hover_at(edge + vec2(by * part, 0.0));
        window.harness.step();
    }
    let before = look(window, Table::Keys);
    assert!(before.widths.is_empty(), "nothing is written while it is dragged");
    window.harness.drop_at(edge + vec2(by, 0.0));
    window.press(Key::F24);
}

#[test]
fn a_column_that_was_dragged_stays_so_and_is_as_it_was_after_a_double_click() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = SettingsFile::at(folder.path().join("settings.json"));
    let args = Args { practice: true, ..Args::default() };
    let open = || {
        let options = aws::Options::default();
        let mut window = start_with(file.clone(), options, &args, Duration::ZERO, egui::Theme::Light);
        window.until("the users", |app| app.model().open.as_ref().is_some_and(|open| open.picked.is_some()));
        window.pick("bob");
        window
    };
    let mut window = open();
    let before = left(&window, "Sort by status");
    drag(&mut window, "Sort by status", 40.0);
    let after = left(&window, "Sort by status");
    assert!((after - before - 37.0).abs() <= 4.0, "{before} became {after}");
    window.until("the file", |app| file.load(app.model().now).settings.tables.keys.widths.contains_key("id"));
    drop(window);
    let mut window = open();
    assert!((left(&window, "Sort by status") - after).abs() < 1.0, "at the next start too");
    let edge = window.harness.get_by_label("Sort by status").rect().left_center() - vec2(3.0, 0.0);
    window.harness.hover_at(edge);
    window.harness.step();
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let event = Event::PointerButton { pos: edge, button, pressed, modifiers };
        window.harness.input_mut().events.push(event);
    }
    window.press(Key::F24);
    assert!((left(&window, "Sort by status") - before).abs() < 1.0);
    assert!(look(&window, Table::Keys).widths.is_empty());
}

#[test]
fn widths_have_limits_and_give_way_in_a_narrow_window() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    window.harness.set_size(vec2(1600.0, 800.0));
    window.press(Key::F24);
    let first = left(&window, "Sort by key id");
    drag(&mut window, "Sort by status", 5000.0);
    let widest = left(&window, "Sort by status") - first;
    assert!((widest - 320.0).abs() < 1.0, "{widest}");
    window.harness.set_size(vec2(900.0, 640.0));
    window.press(Key::F24);
    let here = left(&window, "Sort by status") - left(&window, "Sort by key id");
    assert!((here - 214.0).abs() < 1.0, "as wide as by itself: {here}");
    let row = format!("Delete {}", window.keys().pop().expect("a key"));
    let inside = egui::Rect::from_min_max(pos2(0.0, 0.0), pos2(900.0, 640.0));
    assert!(inside.contains_rect(window.harness.get_by_label(&row).rect()), "nothing is pushed out");
}

#[test]
fn a_heading_does_it_by_keyboard_too() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let before = left(&window, "Sort by status");
    window.focus("Sort by key id");
    window.press(Key::Menu);
    assert_eq!(window.focused().as_deref(), Some("Make the column Key id wider"));
    window.press(Key::Enter);
    assert!((left(&window, "Sort by status") - before - 24.0).abs() < 1.0);
    assert_eq!(window.focused().as_deref(), Some("Sort by key id"), "and the heading has the focus again");
    window.press(Key::Menu);
    window.click("Reset column widths");
    assert!((left(&window, "Sort by status") - before).abs() < 1.0);
}

#[test]
fn the_order_is_remembered() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    window.click("Sort by status");
    window.click("Sort by status");
    let wanted = Sorting { by: "status".into(), backwards: true };
    assert_eq!(look(&window, Table::Keys).sort, Some(wanted));
    assert_eq!(look(&window, Table::Activity).sort, None, "of this table alone");
}

#[test]
fn the_activity_is_sorted_by_what_is_pressed() {
    let mut window = practice(egui::Theme::Light);
    for user in ["bob", "alice"] {
        window.pick(user);
        let key = window.keys().into_iter().next().expect("a key");
        let done = |count| move |app: &keyfob::app::App| app.model().activity.deeds().count() > count;
        let before = window.harness.state().model().activity.deeds().count();
        window.click(&format!("Deactivate {key}"));
        window.until("the answer", done(before));
    }
    window.click("Activity");
    let users = |window: &Window| -> Vec<bool> {
        let nodes = window.harness.root().children_recursive();
        let rows = nodes.filter(|node| node.accesskit_node().role() == Role::Row);
        let names = rows.filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?)));
        let mut names: Vec<(f32, String)> = names.collect();
        names.sort_by(|a, b| a.0.total_cmp(&b.0));
        names.iter().map(|(_, name)| name.contains("of alice")).collect()
    };
    assert_eq!(users(&window), [true, false], "the newest first");
    window.click("Sort by when");
    assert_eq!(users(&window), [false, true]);
    window.click("Sort by what");
    assert_eq!(users(&window), [true, false]);
}
