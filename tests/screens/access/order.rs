//! The order in which Tab goes: as one reads, and round.

use std::time::Duration;

use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
use keyfob::args::Args;

use super::{keys, press, type_text};
use crate::secret::panel;
use crate::stand::{Window, practice, start};

/// The name of what has the keyboard.
pub(super) fn focused(window: &Window) -> Option<String> {
    let nodes = window.harness.root().children_recursive();
    let mut focused = nodes.map(|node| node.accesskit_node()).filter(|node| node.is_focused());
    focused.next().filter(|node| !node.is_root()).map(|node| node.label().unwrap_or_default())
}

/// Where Tab leads from here, until it comes to the first stop again. `key` stands for the ids of these keys.
fn round(window: &mut Window, keys: &[String]) -> Vec<String> {
    let mut stops: Vec<String> = Vec::new();
    loop {
        press(window, Modifiers::NONE, Key::Tab);
        let mut stop = focused(window).expect("Tab leads to a control");
        for (at, key) in keys.iter().enumerate() {
            stop = stop.replace(key.as_str(), &format!("key {at}"));
        }
        if stops.first() == Some(&stop) {
            return stops;
        }
        stops.push(stop);
        assert!(stops.len() < 100, "it never comes round: {stops:?}");
    }
}

#[test]
fn start_screen() {
    let mut window = start(&Args::default(), Duration::ZERO, egui::Theme::Light);
    window.until("the profiles", |app| app.model().profiles.value.is_some());
    println!("{:?} {:#?}", focused(&window), round(&mut window, &[]));
}

#[test]
fn keys_page() {
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    let keys = keys(&window);
    println!("{:?} {:#?}", focused(&window), round(&mut window, &keys));
}

#[test]
fn new_key_panel() {
    let (mut window, _) = panel();
    let keys = keys(&window);
    println!("{:?} {:#?}", focused(&window), round(&mut window, &keys));
}

#[test]
fn gate() {
    let mut window = practice(egui::Theme::Light);
    window.pick("dmitri");
    let keys = keys(&window);
    window.click(&format!("Delete {}", keys[0]));
    println!("{:?} {:#?}", focused(&window), round(&mut window, &keys));
    type_text(&mut window, &keys[0][keys[0].len() - 4..]);
}

#[test]
fn help_sheet() {
    let mut window = practice(egui::Theme::Light);
    press(&mut window, Modifiers::NONE, Key::F1);
    println!("{:?} {:#?}", focused(&window), round(&mut window, &[]));
}

#[test]
fn activity() {
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    let keys = keys(&window);
    window.click(&format!("Deactivate {}", keys[0]));
    window.until("the answer", |app| app.model().activity.deeds().next().is_some());
    window.click("Activity");
    println!("{:?} {:#?}", focused(&window), round(&mut window, &keys));
}
