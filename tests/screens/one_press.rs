//! One press, one action: a key that is held down does what it does once, whatever the window is about.

use std::collections::BTreeSet;
use std::time::Duration;

use eframe::App as _;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::core::Page;
use keyfob::domain::KeyStatus;

use crate::stand::{Window, practice, secret, start};

/// So many frames a key is held, with two presses in each: for as long as an answer of the practice account takes, and longer.
const FRAMES: usize = 40;

fn event(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
    Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
}

/// As the window hands it over: the harness alone does not ask the program about its input.
fn frame(window: &mut Window, events: Vec<Event>) {
    let harness = &mut window.harness;
    let ctx = harness.ctx.clone();
    let mut input = std::mem::take(harness.input_mut());
    input.events.extend(events);
    harness.state_mut().raw_input_hook(&ctx, &mut input);
    *harness.input_mut() = input;
    harness.step();
}

/// Holds the key down without that the system says which presses are repeats, and lets it go.
fn hold(window: &mut Window, modifiers: Modifiers, key: Key) {
    for _ in 0..FRAMES {
        frame(window, vec![event(key, modifiers, true), event(key, modifiers, true)]);
        // For the answers of the account: what follows from them is to be seen while the key is held.
        std::thread::sleep(Duration::from_millis(5));
    }
    frame(window, vec![event(key, modifiers, false)]);
    frame(window, Vec::new());
}

fn with_bob() -> (Window, String) {
    let mut window = practice(egui::Theme::Light);
    window.pick("bob");
    let key = window.keys().pop().expect("a key");
    (window, key)
}

fn status(window: &Window) -> Option<KeyStatus> {
    let model = window.harness.state().model();
    model.open.as_ref()?.keys_of_selected_user()?.list().first().map(|key| key.status)
}

fn entries(window: &Window) -> usize {
    window.harness.state().model().activity.entries().count()
}

#[test]
fn space_held_on_a_switch_turns_it_once() {
    for key in [Key::Space, Key::Enter] {
        let (mut window, id) = with_bob();
        window.focus(&format!("Deactivate {id}"));
        hold(&mut window, Modifiers::NONE, key);
        window.until("the answer", |app| app.model().activity.entries().next().is_some());
        assert_eq!((entries(&window), status(&window)), (1, Some(KeyStatus::Inactive)), "{key:?}");
        hold(&mut window, Modifiers::NONE, key);
        window.until("the next answer", |app| app.model().activity.entries().count() > 1);
        assert_eq!((entries(&window), status(&window)), (2, Some(KeyStatus::Active)), "a press of its own");
    }
}

#[test]
fn an_undo_is_not_undone_by_the_same_press() {
    let (mut window, id) = with_bob();
    window.click(&format!("Deactivate {id}"));
    window.until("the answer", |app| app.model().activity.entries().next().is_some());
    window.harness.get_by_label("Undo");
    hold(&mut window, Modifiers::COMMAND, Key::Z);
    window.until("the undo", |app| app.model().activity.entries().count() > 1);
    assert_eq!((entries(&window), status(&window)), (2, Some(KeyStatus::Active)));
}

#[test]
fn a_menu_that_a_held_key_has_used_stays_closed() {
    let (mut window, id) = with_bob();
    window.right_click(&format!("Key {id}"));
    window.press(Key::Escape);
    hold(&mut window, Modifiers::NONE, Key::Menu);
    for _ in 0..2 {
        frame(&mut window, vec![event(Key::ArrowDown, Modifiers::NONE, true)]);
        frame(&mut window, vec![event(Key::ArrowDown, Modifiers::NONE, false)]);
    }
    assert_eq!(window.focused(), Some(format!("Deactivate {id} now")), "opened once, and not closed again");
    hold(&mut window, Modifiers::NONE, Key::Enter);
    window.until("the answer", |app| app.model().activity.entries().next().is_some());
    assert_eq!(entries(&window), 1);
    let item = format!("Deactivate {id} now");
    assert!(
        window.harness.query_by_label(&item).is_none(),
        "its button has the focus, and does not open it again"
    );
}

#[test]
fn what_a_held_key_opens_is_not_answered_by_it() {
    let (mut window, id) = with_bob();
    window.click(&format!("Deactivate {id}"));
    window.until("the answer", |app| app.model().activity.entries().next().is_some());
    window.focus(&format!("Delete {id}"));
    hold(&mut window, Modifiers::NONE, Key::Enter);
    window.harness.get_by_label(&format!("Delete access key {id}"));
    hold(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label(&format!("Delete access key {id}")).is_none(), "it is left");
    assert_eq!(entries(&window), 1);
}

#[test]
fn a_page_is_turned_once_and_a_key_is_made_once() {
    let (mut window, _) = with_bob();
    let history = if cfg!(target_os = "macos") { Key::Y } else { Key::H };
    hold(&mut window, Modifiers::COMMAND, history);
    assert_eq!(window.harness.state().model().page, Page::Activity, "there, and not back again");
    hold(&mut window, Modifiers::COMMAND, history);
    window.pick("carol");
    hold(&mut window, Modifiers::COMMAND, Key::N);
    window.until("the new key", |app| secret(app).is_some());
    assert_eq!(window.keys().len(), 1);
}

#[test]
fn a_refresh_that_is_under_way_takes_no_second_one() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_millis(300), egui::Theme::Light);
    let idle = |app: &App| {
        app.model().open.as_ref().is_some_and(|open| {
            let keys = open.keys_of_selected_user();
            open.users.list.as_of.is_some()
                && !open.users.list.is_loading()
                && keys.is_some_and(|keys| keys.list.as_of.is_some() && !keys.list.is_loading())
        })
    };
    let answered = |window: &Window| {
        let model = window.harness.state().model();
        model.open.as_ref().and_then(|open| open.users.list.request)
    };
    let press = |window: &mut Window| {
        frame(window, vec![event(Key::F5, Modifiers::NONE, true)]);
        frame(window, vec![event(Key::F5, Modifiers::NONE, false)]);
    };
    for _ in 0..20 {
        window.until("the users and the keys", idle);
        let mut answers = BTreeSet::from([answered(&window)]);
        press(&mut window);
        press(&mut window);
        window.click("Refresh");
        press(&mut window);
        if idle(window.harness.state()) || answers.insert(answered(&window)) {
            // Answered too soon, and one of these presses was the next refresh.
            continue;
        }
        while !idle(window.harness.state()) {
            window.harness.step();
            answers.insert(answered(&window));
        }
        assert_eq!(answers.len(), 2, "one answer to all of these presses");
        return;
    }
    panic!("the account answers too fast");
}

#[test]
fn text_is_still_erased_by_a_key_that_is_held() {
    let mut window = practice(egui::Theme::Light);
    window.focus("Search users");
    window.type_text("deployer");
    hold(&mut window, Modifiers::NONE, Key::Backspace);
    let field = window.harness.get_by_label("Search users");
    assert_eq!(field.accesskit_node().value().unwrap_or_default(), "");
}
