//! *Settings*: one window in which each setting applies at once.

use std::time::Duration;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;
use keyfob::domain::{ClipboardClears, ReducedMotion, Renderer, Settings, TextSize, Theme};

use crate::stand::{Window, practice, start};

fn opened() -> Window {
    let mut window = start(&Args::default(), Duration::ZERO, egui::Theme::Light);
    window.harness.step();
    window.click("Settings");
    window
}

fn settings(window: &Window) -> Settings {
    window.harness.state().model().settings.clone()
}

fn press(window: &mut Window, key: Key) {
    window.press_in_one_frame(&[(Modifiers::COMMAND, key)]);
    window.harness.step();
}

fn is_open(window: &Window) -> bool {
    window.harness.query_by_label("Close the settings").is_some()
}

#[test]
fn each_setting_is_applied_as_soon_as_it_is_pressed() {
    let mut window = opened();
    window.click("Dark");
    assert_eq!(settings(&window).theme, Theme::Dark);
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    window.click("Reduced motion on");
    assert_eq!(settings(&window).reduced_motion, ReducedMotion::On);
    window.click("Secret settings");
    window.click("After 90 seconds");
    assert_eq!(settings(&window).clipboard_clears, ClipboardClears::AfterSecs(90));
    window.click("Allow screen capture of a visible secret");
    assert!(settings(&window).allow_capture);
    window.click("Program settings");
    window.click("Use the login shell's environment");
    assert!(!settings(&window).login_shell);
    window.click("Renderer settings");
    window.click("Renderer OpenGL");
    assert_eq!(settings(&window).renderer, Renderer::OpenGl);
}

#[test]
fn it_opens_from_the_bar_by_keyboard_and_by_find_and_closes_by_esc_and_button() {
    let mut window = practice(egui::Theme::Light);
    press(&mut window, Key::Comma);
    assert!(is_open(&window), "by Ctrl+,");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Escape)]);
    window.harness.step();
    assert!(!is_open(&window), "Esc closes it");
    press(&mut window, Key::K);
    window.harness.get_by_label("Find user or key").type_text("settings");
    window.harness.step();
    window.harness.step();
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Enter)]);
    window.harness.step();
    window.harness.step();
    assert!(is_open(&window), "by Find");
    window.click("Close the settings");
    assert!(!is_open(&window), "by its button");
}

#[test]
fn the_focus_goes_back_to_where_it_was() {
    let mut window = practice(egui::Theme::Light);
    let is_focused =
        |window: &Window| window.harness.get_by_label("Search users").accesskit_node().is_focused();
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    assert!(is_focused(&window), "before");
    press(&mut window, Key::Comma);
    assert!(!is_focused(&window), "meanwhile");
    window.press_in_one_frame(&[(Modifiers::NONE, Key::Escape)]);
    window.harness.step();
    window.harness.step();
    assert!(is_focused(&window), "afterwards");
}

#[test]
fn the_text_grows_by_keyboard_also_over_a_dialog_and_that_is_kept() {
    let mut window = opened();
    press(&mut window, Key::Plus);
    press(&mut window, Key::Equals);
    assert_eq!(settings(&window).text_size.percent(), 125);
    window.harness.step();
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25);
    press(&mut window, Key::Minus);
    assert_eq!(settings(&window).text_size.percent(), 110);
    press(&mut window, Key::Num0);
    assert_eq!(settings(&window).text_size, TextSize::NORMAL);
    window.click("Text size 200 %");
    window.harness.step();
    assert_eq!(window.harness.ctx.zoom_factor(), 2.0);
}

#[test]
fn enter_in_a_field_opens_no_account_behind_it_and_what_is_typed_stays() {
    let mut window = opened();
    fn proxy(window: &Window) -> egui_kittest::Node<'_> {
        window.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Proxy")
    }
    window.click("Network settings");
    proxy(&window).focus();
    window.harness.step();
    proxy(&window).type_text("http://proxy.example:8080");
    window.harness.step();
    for key in [Key::ArrowDown, Key::Enter, Key::Escape] {
        window.press_in_one_frame(&[(Modifiers::NONE, key)]);
        window.harness.step();
    }
    {
        let model = window.harness.state().model();
        assert!(model.sign_in().is_none() && model.open.is_none());
    }
    assert!(window.harness.query_by_label("Close the settings").is_none(), "it is closed");
    window.click("Settings");
    assert_eq!(proxy(&window).value().as_deref(), Some("http://proxy.example:8080"));
    assert_eq!(settings(&window).network, keyfob::domain::Network::default(), "it is not saved");
}

#[test]
fn with_reduced_motion_nothing_is_animated() {
    let mut window = opened();
    let time = |window: &Window| window.harness.ctx.global_style().animation_time;
    window.click("Reduced motion on");
    assert_eq!(time(&window), 0.0);
    window.click("Reduced motion off");
    assert!(time(&window) > 0.0);
    window.click("Reduced motion on");
    window.click("Reduced motion follows the system");
    assert!(time(&window) > 0.0, "it wishes nothing here");
}

#[test]
fn everything_can_be_reached_in_the_smallest_window() {
    let mut window = opened();
    window.harness.set_size(egui::vec2(640.0, 400.0));
    window.harness.step();
    for part in [
        "Appearance settings",
        "Secret settings",
        "Network settings",
        "Program settings",
        "Renderer settings",
        "About Keyfob",
    ] {
        let tab = window.harness.get_by_label(part).rect();
        assert!(tab.right() <= 640.0 - 16.0, "{part} is cut: {tab}");
        window.click(part);
        for _ in 0..4 {
            window.harness.step();
        }
        let close = window.harness.get_by_label("Close the settings").rect();
        assert!(close.bottom() <= 400.0 - 16.0, "{part}: the button is below the window, {close}");
    }
    // Focusing a control scrolls it into view.
    window.click("Network settings");
    let place = |window: &Window| {
        window.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "CA file").rect()
    };
    assert!(place(&window).top() > 330.0, "it is out of sight");
    window.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "CA file").focus();
    for _ in 0..60 {
        window.harness.step();
    }
    assert!(place(&window).bottom() < 330.0, "the focus brings it into view: {}", place(&window));
}

#[test]
fn the_details_for_a_report_name_no_account_and_no_value() {
    let mut window = practice(egui::Theme::Light);
    window.click("Settings");
    window.click("About Keyfob");
    window.harness.get_by_label("Copy details about Keyfob");
    let model = window.harness.state().model();
    let text = keyfob::ui::words::settings::report(&model.run.about, &model.run.workstation);
    assert!(text.contains(env!("CARGO_PKG_VERSION")), "{text}");
    let account = &model.open.as_ref().expect("an account").account;
    assert!(!text.contains(&account.id) && !text.contains(account.name()), "{text}");
}
