//! Finding and selecting a user.

use egui_kittest::kittest::Queryable as _;

use crate::stand::practice;

#[test]
fn what_is_typed_right_after_ctrl_f_is_searched() {
    let mut window = practice(egui::Theme::Light);
    // A fast typist: both keys arrive within one frame, while the focus is elsewhere.
    window.harness.get_by_label("Refresh").focus();
    window.harness.step();
    let find = egui::Event::Key {
        key: egui::Key::F,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::COMMAND,
    };
    // Not through the harness's queue, which sends each event in its own frame.
    window.harness.input_mut().events.extend([find, egui::Event::Text("carol".to_owned())]);
    window.harness.step();
    window.harness.step();
    assert_eq!(window.harness.get_by_label("Search users").value().as_deref(), Some("carol"));
    assert!(window.harness.query_by_label("User alice").is_none(), "the list is filtered");
}

#[test]
fn below_900_points_the_users_are_behind_a_button() {
    let mut window = practice(egui::Theme::Light);
    window.harness.set_size(egui::vec2(640.0, 400.0));
    window.harness.step();
    window.harness.step();
    assert!(window.harness.query_by_label("Search users").is_none(), "there is no room for the panel");
    window.click("Users");
    window.pick("alice");
    assert!(window.harness.query_by_label("Search users").is_none(), "picking one closes it");
    window.harness.get_by_label("Copy user name alice");
}
