//! The guide.

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::stand::{Window, practice};

fn open() -> Window {
    let mut window = practice(egui::Theme::Light);
    window.press_in_one_frame(&[(Modifiers::NONE, Key::F1)]);
    window.harness.step();
    window.harness.step();
    window
}

fn press(window: &mut Window, key: Key) {
    window.press_in_one_frame(&[(Modifiers::NONE, key)]);
    window.harness.step();
}

#[test]
fn the_guide_opens_at_the_shortcuts_by_f1_and_closes_by_escape() {
    let mut window = practice(egui::Theme::Light);
    window.press_in_one_frame(&[(Modifiers::NONE, Key::F1)]);
    window.harness.step();
    window.harness.get_by_label("F5: Refresh");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::K)]);
    window.harness.step();
    assert!(window.harness.query_by_label_contains("Go to user").is_none(), "not behind a dialog");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Escape)]);
    window.harness.step();
    assert!(window.harness.query_by_label("F5: Refresh").is_none());
}

#[test]
fn the_settings_open_by_keyboard_also_after_the_guide() {
    let mut window = practice(egui::Theme::Light);
    window.press_in_one_frame(&[(Modifiers::NONE, Key::F1)]);
    window.harness.step();
    window.click("Close the guide");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::Comma)]);
    window.harness.step();
    window.harness.get_by_label("Network settings");
}

#[test]
fn arrows_turn_its_pages() {
    let mut window = open();
    press(&mut window, Key::ArrowDown);
    window.harness.get_by_label_contains("Open the practice account");
    assert!(window.harness.get_by_label("Guide page First steps").accesskit_node().is_focused());
    press(&mut window, Key::ArrowUp);
    window.harness.get_by_label("F5: Refresh");
}

#[test]
fn a_link_leads_to_its_page_and_the_page_is_kept() {
    let mut window = open();
    window.click("Guide page First steps");
    let links = |window: &Window| window.harness.query_all_by_label("Guide page A new key").count();
    assert_eq!(links(&window), 2, "in the contents and in the text");
    let link = window.harness.query_all_by_label("Guide page A new key").last().expect("the link");
    link.click_accesskit();
    window.harness.step();
    window.harness.step();
    window.harness.get_by_label("The panel");
    press(&mut window, Key::Escape);
    assert!(window.harness.query_by_label("The panel").is_none());
    press(&mut window, Key::F1);
    window.harness.get_by_label("The panel");
}

#[test]
fn a_word_finds_its_page() {
    let search = |words: &str| {
        let mut window = open();
        window.harness.get_by_label("Search the guide").focus();
        window.harness.step();
        window.harness.get_by_label("Search the guide").type_text(words);
        window.harness.step();
        window.harness.step();
        window
    };
    search("quarantine xylophone").harness.get_by_label("No page matches");
    let window = search("external_id");
    window.harness.get_by_label("Guide page Signing in");
    window.harness.get_by_label("Step by step");
    assert!(window.harness.query_by_label("Guide page Permissions").is_none(), "it has not that word");
}

#[test]
fn a_small_window_has_the_contents_in_a_menu() {
    let mut window = open();
    window.harness.set_size(vec2(640.0, 400.0));
    window.harness.step();
    window.harness.step();
    window.click("Contents of the guide");
    window.click("Guide page Permissions");
    window.harness.get_by_label("Required permissions");
    window.click("Close the guide");
    assert!(window.harness.query_by_label("Required permissions").is_none());
}
