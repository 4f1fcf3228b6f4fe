//! Descriptions of keys: typed, validated, and sent only on purpose.

use egui::Key;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::app::App;
use keyfob::core::NoticeKind;

use super::{THROTTLED, key, known, light, press, settle, trouble, type_text};
use crate::stand::Window;
use keyfob::core::UserKeys;

fn edit_description(window: &mut Window, key: &str) {
    window.click(&format!("More for {key}"));
    window.click(&format!("Edit the description of {key}"));
    window.harness.step();
}

fn descriptions(app: &App) -> usize {
    let told =
        |event: &NoticeKind| matches!(event, NoticeKind::Described { .. } | NoticeKind::NotDescribed { .. });
    app.model().notices.iter().filter(|notice| told(&notice.event)).count()
}

#[test]
fn leaving_a_description_sends_only_what_was_changed() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    let text = |app: &App| {
        known(app, "alice", |known| known.description(&known.list().first()?.id).map(str::to_owned))
    };
    assert_eq!(text(window.harness.state()).as_deref(), Some("Laptop"));
    edit_description(&mut window, &key);
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    window.harness.step();
    assert!(window.harness.query_by_label(&format!("Description of {key}")).is_none(), "the field is closed");
    // A request that was sent would be answered before this one.
    press(&mut window, Key::F5);
    settle(&mut window);
    assert_eq!(descriptions(window.harness.state()), 0, "nothing was changed");

    edit_description(&mut window, &key);
    type_text(&mut window, " of Alice");
    press(&mut window, Key::Escape);
    assert_eq!(text(window.harness.state()).as_deref(), Some("Laptop"), "Esc forgets it");

    edit_description(&mut window, &key);
    type_text(&mut window, " of Alice");
    window.harness.get_by_label("Search users").focus();
    window.until("the description", |app| descriptions(app) == 1);
    assert_eq!(text(window.harness.state()).as_deref(), Some("Laptop of Alice"), "a change is kept");
}

#[test]
fn a_description_that_is_not_known_cannot_be_edited() {
    let mut window = light();
    window.until("the count", |app| known(app, "ci-deployer", UserKeys::count) == Some(2));
    trouble(&mut window, THROTTLED);
    window.click("User ci-deployer");
    settle(&mut window);
    let key = key(&window);
    window.click(&format!("More for {key}"));
    let name = format!("Edit the description of {key}");
    let edit = window.harness.get_by_label(&name);
    assert!(edit.accesskit_node().is_disabled(), "an empty field would delete it on AWS");
}

#[test]
fn an_invalid_description_is_reported_and_not_sent() {
    let mut window = light();
    window.pick("alice");
    let key = key(&window);
    edit_description(&mut window, &key);
    type_text(&mut window, " & desktop");
    window.harness.step();
    window.harness.get_by_label_contains("AWS does not accept “&” here");
    press(&mut window, Key::Enter);
    window.harness.get_by_label(&format!("Description of {key}"));
    assert_eq!(descriptions(window.harness.state()), 0, "it is still being typed");
}

#[test]
fn in_a_narrow_window_a_description_is_typed_in_a_popup() {
    let mut window = light();
    window.pick("alice");
    window.harness.set_size(egui::vec2(640.0, 400.0));
    window.harness.step();
    let key = key(&window);
    edit_description(&mut window, &key);
    window.harness.step();
    let name = format!("Description of {key}");
    let field = window.harness.get_by_label(&name);
    assert!(field.rect().width() > 200.0, "there is room to see what is typed: {:?}", field.rect());
    type_text(&mut window, " of Alice");
    press(&mut window, Key::Enter);
    window.until("the description", |app| descriptions(app) == 1);
}
