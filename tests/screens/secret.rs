//! The new key panel: who learns the secret from the window, and for how long.

use egui::{ViewportCommand, ViewportId};
use egui_kittest::kittest::Queryable as _;

use crate::figure::Figure;
use crate::stand::{Window, practice, secret};
use crate::telling::telling_nodes;

const EXPOSE: &str = "Let assistive technology read the secret";

/// A new key for carol, its secret neither copied nor revealed, and that secret.
pub(crate) fn panel() -> (Window, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    window.click("More ways to create");
    window.click("Create without copying");
    window.until("the new key", |app| secret(app).is_some());
    let made = secret(window.harness.state()).expect("a secret");
    (window, made)
}

fn is_revealed(window: &Window) -> bool {
    window.harness.query_by_label("Hide secret").is_some()
}

/// What the last frame asked the system about captures of the window.
fn protection(window: &Window) -> Option<bool> {
    let viewport = window.harness.output().viewport_output.get(&ViewportId::ROOT).expect("the window");
    viewport.commands.iter().rev().find_map(|command| match command {
        ViewportCommand::ContentProtected(protected) => Some(*protected),
        _ => None,
    })
}

/// Draws on until the system is asked about captures.
fn await_protection(window: &mut Window) -> Option<bool> {
    (0..5).find_map(|_| {
        window.harness.step();
        protection(window)
    })
}

#[test]
fn a_secret_is_let_go_only_when_that_is_said_twice() {
    let (mut window, _) = panel();
    // Nothing was copied here: it is asked once, and Let it go is the answer.
    window.click("I have saved it");
    assert!(secret(window.harness.state()).is_some(), "it is asked first");
    window.click("Let it go");
    assert!(secret(window.harness.state()).is_none());
}

#[test]
fn no_node_tells_the_secret_but_the_one_that_was_asked_for() {
    let (mut window, made) = panel();
    let hidden = telling_nodes(&window, &made);
    window.click("Reveal secret");
    assert!(is_revealed(&window), "it is on screen");
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
fn what_is_revealed_hides_itself_after_half_a_minute() {
    let (mut window, made) = panel();
    let now = |window: &Window| window.harness.ctx.input(|input| input.time);
    window.click("Reveal secret");
    window.click(EXPOSE);
    let since = now(&window);
    while is_revealed(&window) {
        assert!(now(&window) - since < 31.0, "it is still on screen");
        window.harness.step();
    }
    assert!(now(&window) - since > 28.0, "it was hidden too early");
    assert_eq!(telling_nodes(&window, &made), 0, "what was exposed is hidden with it");
    assert!(secret(window.harness.state()).is_some(), "hidden is not let go");
}

#[test]
fn what_is_revealed_hides_when_the_window_loses_the_focus() {
    let (mut window, _) = panel();
    window.click("Reveal secret");
    let viewport = window.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.focused = Some(false);
    window.harness.step();
    window.harness.step();
    assert!(!is_revealed(&window));
    window.click("Reveal secret");
    window.harness.step();
    assert!(!is_revealed(&window), "nobody is at this window");
    assert!(secret(window.harness.state()).is_some(), "hidden is not let go");
}

#[test]
fn captures_are_asked_to_be_kept_off_while_the_secret_is_on_screen() {
    let (mut window, _) = panel();
    // At each reveal: some systems forget it.
    for _ in 0..2 {
        window.harness.get_by_label("Reveal secret").click_accesskit();
        assert_eq!(await_protection(&mut window), Some(true), "asked for");
        assert!(!is_revealed(&window), "the system hears of it after this frame: not painted yet");
        window.harness.step();
        assert!(is_revealed(&window));
        window.harness.get_by_label("Hide secret").click_accesskit();
        assert_eq!(await_protection(&mut window), Some(false), "hidden");
    }
}

#[test]
fn captures_are_left_alone_where_that_is_set() {
    let (mut window, _) = panel();
    window.click("Settings");
    window.click("May show a revealed secret");
    window.click("Reveal secret");
    assert!(is_revealed(&window));
    assert_eq!(protection(&window).or_else(|| await_protection(&mut window)), None);
}
