//! Accessibility: the tree of controls, the Tab order, and announcements.

mod contrast;
mod every_screen;
mod order;
mod told;
mod tree;

use egui::{Event, Key, Modifiers};

use crate::stand::Window;

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.press_in_one_frame(&[(modifiers, key)]);
    window.harness.step();
    window.harness.step();
}

fn type_text(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(Event::Text(text.to_owned()));
    window.harness.step();
    window.harness.step();
}

/// The characters that the delete dialog asks for.
fn end_of(key: &str) -> &str {
    key.split_at_checked(key.len() - 4).map(|(_, end)| end).expect("an id is ASCII")
}

/// The keys of the selected user, oldest first.
fn keys(window: &Window) -> Vec<String> {
    let model = window.harness.state().model();
    let open = model.open.as_ref().expect("an account is open");
    let known = open.keys_of_selected_user().expect("the keys are known");
    known.list().iter().map(|key| key.id.to_string()).collect()
}
