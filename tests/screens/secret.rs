//! The new key panel: who can read the secret, and for how long.

use egui::{Key, ViewportCommand, ViewportId};
use egui_kittest::kittest::Queryable as _;

use crate::figure::Figure;
use crate::stand::{Window, practice, secret};
use crate::telling::{is_painted, telling_nodes};

const EXPOSE: &str = "Let assistive technology read the secret";

/// A panel with a new key for carol, neither copied nor revealed, and its secret.
pub(crate) fn panel() -> (Window, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    window.click("More ways to create");
    window.click("Create without copying");
    window.until("the new key", |app| secret(app).is_some());
    let made = secret(window.harness.state()).expect("a secret");
    (window, made)
}

/// Presses it, and draws until the window sends a request about screen capture.
fn press_until_asked(window: &mut Window, name: &str) -> Option<bool> {
    window.harness.get_by_label(name).click_accesskit();
    (0..5).find_map(|_| {
        window.harness.step();
        let viewport = window.harness.output().viewport_output.get(&ViewportId::ROOT).expect("the window");
        viewport.commands.iter().find_map(|command| match command {
            ViewportCommand::ContentProtected(protected) => Some(*protected),
            _ => None,
        })
    })
}

#[test]
fn a_secret_is_discarded_only_after_confirmation() {
    let (mut window, _) = panel();
    // Nothing was copied, so the panel asks once, and Discard secret is the answer.
    window.click("I have saved it");
    assert!(secret(window.harness.state()).is_some(), "it is asked first");
    window.click("Discard secret");
    assert!(secret(window.harness.state()).is_none());
}

#[test]
fn escape_a_refresh_another_user_and_the_list_of_accounts_leave_the_panel() {
    let (mut window, made) = panel();
    for _ in 0..2 {
        window.press(Key::Escape);
    }
    window.click("Refresh");
    window.pick("bob");
    window.harness.get_by_label_contains("This key belongs to carol");
    window.click("Switch account");
    window.click("All accounts…");
    window.harness.get_by_label("Open practice account");
    window.harness.get_by_label("Copy secret");
    assert_eq!(secret(window.harness.state()), Some(made));
}

#[test]
fn no_node_contains_the_secret_except_the_requested_one() {
    let (mut window, made) = panel();
    let hidden = telling_nodes(&window, &made);
    window.click("Reveal secret");
    assert!(is_painted(&window, &made), "it is on screen");
    let revealed = telling_nodes(&window, &made);
    window.click(EXPOSE);
    let exposed = telling_nodes(&window, &made);
    window.click("Hide secret");
    let again = telling_nodes(&window, &made);
    let counts = [hidden, revealed, exposed, again];
    Figure {
        name: "accessibility_nodes_with_secret",
        value: format!("{hidden} / {revealed} / {exposed}").into(),
        unit: "nodes: hidden / revealed / exposed on request".to_owned(),
        target: "0 / 0 / 1".to_owned(),
        holds: counts == [0, 0, 1, 0],
        command: "cargo test --test screens",
    }
    .write();
    assert_eq!(counts, [0, 0, 1, 0], "hidden, revealed, exposed, hidden again");
}

#[test]
fn a_revealed_secret_hides_after_half_a_minute() {
    let (mut window, made) = panel();
    let now = |window: &Window| window.harness.ctx.input(|input| input.time);
    window.click("Reveal secret");
    window.click(EXPOSE);
    let since = now(&window);
    assert!(is_painted(&window, &made), "it is on screen");
    while is_painted(&window, &made) {
        assert!(now(&window) - since < 31.0, "it is still on screen");
        window.harness.step();
    }
    assert!(now(&window) - since > 28.0, "it was hidden too early");
    assert_eq!(telling_nodes(&window, &made), 0, "what was exposed is hidden with it");
    assert!(secret(window.harness.state()).is_some(), "hidden is not let go");
}

#[test]
fn a_revealed_secret_hides_when_the_window_loses_focus() {
    let (mut window, made) = panel();
    window.click("Reveal secret");
    assert!(is_painted(&window, &made), "it is on screen");
    let viewport = window.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.focused = Some(false);
    window.harness.step();
    window.harness.step();
    assert!(!is_painted(&window, &made), "nobody looks at it any more");
    window.click("Reveal secret");
    window.harness.step();
    assert!(!is_painted(&window, &made), "nobody is at this window");
    assert!(secret(window.harness.state()).is_some(), "hidden is not let go");
}

#[test]
fn capture_protection_is_requested_before_the_secret_is_painted() {
    let (mut window, made) = panel();
    // At each reveal, because some systems forget it.
    for _ in 0..2 {
        assert_eq!(press_until_asked(&mut window, "Reveal secret"), Some(true));
        assert!(!is_painted(&window, &made), "it was painted before captures were kept off");
        window.harness.step();
        window.harness.step();
        assert!(is_painted(&window, &made), "it was revealed");
        assert_eq!(press_until_asked(&mut window, "Hide secret"), Some(false));
        window.harness.step();
        assert!(!is_painted(&window, &made), "it was hidden");
    }
}

#[test]
fn capture_protection_can_be_turned_off() {
    let (mut window, made) = panel();
    window.click("Settings");
    window.click("Secret settings");
    window.click("Allow screen capture of a visible secret");
    window.click("Close the settings");
    assert_eq!(press_until_asked(&mut window, "Reveal secret"), None);
    assert!(is_painted(&window, &made), "it was revealed");
}
