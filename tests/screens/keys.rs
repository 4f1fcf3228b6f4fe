//! The keys of a user, and when one can be created.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::stand::practice;

#[test]
fn at_the_limit_the_button_is_disabled_with_the_reason() {
    let mut window = practice(egui::Theme::Light);
    window.pick("ci-deployer");
    let button = window.harness.get_by_role_and_label(Role::Button, "Create and copy");
    assert!(button.accesskit_node().is_disabled());
    window.harness.get_by_label_contains("ci-deployer has 2 of 2 keys. Delete one first");
}

#[test]
fn create_by_keyboard_is_never_for_a_user_that_is_not_on_screen_yet() {
    let mut window = practice(egui::Theme::Light);
    // Both have loaded, so only the rule prevents the creation.
    window.pick("carol");
    window.pick("bob");
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    window.press_in_one_frame(&[(Modifiers::NONE, Key::ArrowDown), (Modifiers::COMMAND, Key::N)]);
    {
        let model = window.harness.state().model();
        let selected_user = model.open.as_ref().and_then(|open| open.selected_user());
        assert_eq!(
            selected_user.map(ToString::to_string).as_deref(),
            Some("carol"),
            "the arrow picks the next user"
        );
        assert!(model.creation().is_none(), "Ctrl+N came before that user was seen");
    }
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::N)]);
    let model = window.harness.state().model();
    let creation = model.creation();
    assert_eq!(
        creation.map(|creation| creation.user().to_string()).as_deref(),
        Some("carol"),
        "now it counts"
    );
}
