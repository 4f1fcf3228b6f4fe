//! Tables remember their column widths and order.

use std::time::Duration;

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;
use keyfob::aws;
use keyfob::desk::SettingsFile;
use keyfob::domain::{KeyStatus, Sorting, Table, TablePrefs};
use keyfob::ui::{ColumnWidth, column_width};

use crate::stand::{Window, practice, start_with};

fn left(window: &Window, heading: &str) -> f32 {
    window.harness.get_by_label(heading).rect().left()
}

fn prefs(window: &Window, table: Table) -> TablePrefs {
    window.harness.state().model().settings.tables.prefs(table).clone()
}

/// The width of the first column of the key table, as its definition has it.
fn of_id() -> ColumnWidth {
    column_width(Table::Keys, "id").expect("the key table has such a column")
}

/// How wide the first column of the key table is on screen.
fn id_width(window: &Window) -> f32 {
    left(window, "Sort by status") - left(window, "Sort by key id")
}

/// From the edge of a column to where a test grabs it.
const GRAB: f32 = 3.0;

/// Drags the edge before `heading` by this many points.
fn drag(window: &mut Window, heading: &str, by: f32) {
    let edge = window.harness.get_by_label(heading).rect().left_center() - vec2(GRAB, 0.0);
    window.harness.hover_at(edge);
    window.harness.step();
    window.harness.drag_at(edge);
    window.harness.step();
    for part in [0.5, 1.0] {
        window.harness.hover_at(edge + vec2(by * part, 0.0));
        window.harness.step();
    }
    let before = prefs(window, Table::Keys);
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
        window.until("the users", |app| {
            app.model().open.as_ref().is_some_and(|open| open.users.list.as_of.is_some())
        });
        window.pick("bob");
        window
    };
    let mut window = open();
    let before = left(&window, "Sort by status");
    drag(&mut window, "Sort by status", 40.0);
    let after = left(&window, "Sort by status");
    assert!((after - before - (40.0 - GRAB)).abs() <= 1.0, "{before} became {after}");
    window.until("the file", |app| {
        file.load(app.model().now.date).settings.tables.keys.widths.contains_key("id")
    });
    drop(window);
    let mut window = open();
    assert!((left(&window, "Sort by status") - after).abs() < 1.0, "at the next start too");
    let edge = window.harness.get_by_label("Sort by status").rect().left_center() - vec2(GRAB, 0.0);
    window.harness.hover_at(edge);
    window.harness.step();
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let event = Event::PointerButton { pos: edge, button, pressed, modifiers };
        window.harness.input_mut().events.push(event);
    }
    window.press(Key::F24);
    assert!((left(&window, "Sort by status") - before).abs() < 1.0);
    assert!(prefs(&window, Table::Keys).widths.is_empty());
}

#[test]
fn widths_have_limits_and_give_way_in_a_narrow_window() {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    window.harness.set_size(vec2(1600.0, 800.0));
    window.press(Key::F24);
    drag(&mut window, "Sort by status", 5000.0);
    assert!((id_width(&window) - of_id().most).abs() < 1.0, "{}", id_width(&window));
    window.harness.set_size(vec2(900.0, 640.0));
    window.press(Key::F24);
    assert!((id_width(&window) - of_id().default).abs() < 1.0, "as wide as by itself: {}", id_width(&window));
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
    assert!(left(&window, "Sort by status") > before + 1.0, "it is wider");
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
    assert_eq!(prefs(&window, Table::Keys).sort, Some(wanted));
    assert_eq!(prefs(&window, Table::Activity).sort, None, "of this table alone");
}

#[test]
fn the_activity_is_sorted_by_what_is_pressed() {
    let mut window = practice(egui::Theme::Light);
    for user in ["bob", "alice"] {
        window.pick(user);
        let key = window.keys().into_iter().next().expect("a key");
        let done = |count| move |app: &keyfob::app::App| app.model().activity.entries().count() > count;
        let before = window.harness.state().model().activity.entries().count();
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

/// The keys whose rows are selected.
fn selected(window: &Window) -> Vec<String> {
    let is_selected = |key: &String| {
        let name = format!("Key {key}");
        let row = window.harness.get_by_label(&name);
        let node = row.accesskit_node();
        assert_eq!(
            node.is_selected() == Some(true),
            node.toggled() == Some(Toggled::True),
            "both say the same"
        );
        node.is_selected() == Some(true)
    };
    window.keys().into_iter().filter(is_selected).collect()
}

fn with_two_keys() -> (Window, String, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick("ci-deployer");
    let [first, second] = window.keys().try_into().expect("two keys");
    (window, first, second)
}

#[test]
fn several_keys_are_selected_by_keyboard_and_copied() {
    let (mut window, first, second) = with_two_keys();
    window.click(&format!("Key {first}"));
    assert_eq!(selected(&window), std::slice::from_ref(&first));
    window.press(Key::ArrowDown);
    assert_eq!(selected(&window), std::slice::from_ref(&second));
    window.press_in_one_frame(&[(Modifiers::SHIFT, Key::ArrowUp)]);
    window.press(Key::F24);
    assert_eq!(selected(&window), [first.clone(), second.clone()], "a range");
    window.harness.get_by_label("2 keys selected");
    window.press(Key::Escape);
    assert!(selected(&window).is_empty(), "Esc selects nothing");
    assert!(window.harness.query_by_label("2 keys selected").is_none());
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    window.press(Key::F24);
    assert_eq!(selected(&window), [first, second], "all");
    let before = window.harness.state().model().notices.len();
    window.harness.input_mut().events.push(Event::Copy);
    window.until("the copy", |app| app.model().notices.len() > before);
    // There is no clipboard in this world.
    window.harness.get_by_label_contains("Not copied: the clipboard of this system cannot be reached");
    window.click("Clear selection");
    window.press(Key::F24);
    assert!(selected(&window).is_empty());
}

#[test]
fn several_keys_are_selected_with_the_mouse() {
    let (mut window, first, second) = with_two_keys();
    let click = |window: &mut Window, key: &str, modifiers| {
        let row = window.harness.get_by_label(&format!("Key {key}")).rect();
        // Beside what the row has in it.
        let pos = pos2(row.left() + 4.0, row.center().y);
        window.harness.hover_at(pos);
        window.harness.step();
        let input = window.harness.input_mut();
        for pressed in [true, false] {
            let button = PointerButton::Primary;
            input.events.push(Event::PointerButton { pos, button, pressed, modifiers });
        }
        window.harness.step();
        window.harness.step();
    };
    click(&mut window, &first, Modifiers::NONE);
    click(&mut window, &second, Modifiers::COMMAND);
    assert_eq!(selected(&window), [first.clone(), second.clone()], "one more");
    click(&mut window, &first, Modifiers::COMMAND);
    assert_eq!(selected(&window), std::slice::from_ref(&second), "one less");
    click(&mut window, &first, Modifiers::NONE);
    click(&mut window, &second, Modifiers::SHIFT);
    assert_eq!(selected(&window), [first.clone(), second.clone()], "a range");
    window.right_click(&format!("Key {second}"));
    window.harness.get_by_role_and_label(Role::MenuItem, "Copy selected key ids");
    assert_eq!(selected(&window), [first, second.clone()], "its menu is for all of them");
    window.press(Key::Escape);
    window.press(Key::Delete);
    // What is pressed is for all that are selected.
    window.harness.get_by_label("Delete several keys");
}

#[test]
fn a_key_that_is_held_down_moves_on_and_acts_once() {
    let (mut window, first, second) = with_two_keys();
    window.click(&format!("Key {first}"));
    window.hold(Key::ArrowDown, 5);
    assert_eq!(selected(&window), std::slice::from_ref(&second));
    window.focus(&format!("Deactivate {first}"));
    window.hold(Key::Space, 5);
    window.until("the answer", |app| app.model().activity.entries().next().is_some());
    let model = window.harness.state().model();
    let status = model.open.as_ref().and_then(|open| open.keys_of_selected_user()).map(|known| known.list());
    let status =
        status.and_then(|list| list.into_iter().find(|key| key.id.as_str() == first)).map(|key| key.status);
    assert_eq!(status, Some(KeyStatus::Inactive));
    assert_eq!(model.activity.entries().count(), 1, "switched once");
}

#[test]
fn several_lines_of_the_activity_are_selected() {
    let (mut window, first, second) = with_two_keys();
    for (at, key) in [&first, &second].into_iter().enumerate() {
        window.click(&format!("Deactivate {key}"));
        window.until("the answer", |app| app.model().activity.entries().count() > at);
    }
    window.click("Activity");
    window.focus("Search activity");
    let selected = |window: &Window| {
        let nodes = window.harness.root().children_recursive();
        let rows = nodes.filter(|node| node.accesskit_node().role() == Role::Row);
        rows.filter(|row| row.accesskit_node().is_selected() == Some(true)).count()
    };
    window.press(Key::ArrowDown);
    assert_eq!(selected(&window), 1);
    window.press_in_one_frame(&[(Modifiers::SHIFT, Key::ArrowDown)]);
    window.press(Key::F24);
    assert_eq!(selected(&window), 2, "from the search, too");
    window.harness.get_by_label("2 selected");
    window.harness.get_by_role_and_label(Role::Button, "Copy selected rows");
    window.harness.input_mut().events.push(Event::Copy);
    let copied = |app: &keyfob::app::App| {
        let told = |notice: &keyfob::core::Notice| format!("{:?}", notice.event).contains("Cop");
        app.model().notices.iter().any(told)
    };
    window.until("the copy", copied);
    window.type_text("nothing like this");
    assert_eq!(selected(&window), 0);
    assert!(window.harness.query_by_label("2 selected").is_none(), "what is not shown is not selected");
}
