//! *Settings*, *Network*: validated while typing, and saved only if valid.

use egui::accesskit::{Live, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;
use keyfob::domain::Network;

use crate::stand::{Window, start};

fn opened() -> Window {
    let mut window = start(&Args::default(), std::time::Duration::ZERO, egui::Theme::Light);
    window.harness.step();
    window.click("Settings");
    window.click("Network settings");
    window
}

fn type_in(window: &mut Window, field: &str, text: &str) {
    // Its name is also a label above it.
    window.harness.get_by_role_and_label(Role::TextInput, field).focus();
    window.harness.step();
    window.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
    window.harness.step();
    window.harness.step();
}

fn can_save(window: &Window) -> bool {
    !window.harness.get_by_label("Save network settings").accesskit_node().is_disabled()
}

fn set(window: &Window) -> Network {
    window.harness.state().model().settings.network.clone()
}

#[test]
fn a_proxy_is_validated_while_typing() {
    let mut window = opened();
    assert!(!can_save(&window), "nothing is changed");
    type_in(&mut window, "Proxy", "socks5://127.0.0.1:1080");
    let told = window.harness.get_by_label_contains("This is a SOCKS proxy, which Keyfob does not support.");
    assert_eq!(told.accesskit_node().live(), Live::Assertive, "who does not see it hears it");
    assert!(!can_save(&window), "it cannot be used");
    window.click("Discard network changes");
    assert_eq!(set(&window), Network::default());
    assert!(window.harness.query_by_label_contains("This is a SOCKS proxy").is_none(), "it is gone");
    window.click("Close the settings");
    assert!(window.harness.query_by_label("Save network settings").is_none(), "the window is closed");
}

#[test]
fn valid_settings_are_saved_for_the_next_sign_in() {
    let mut window = opened();
    window.harness.get_by_label("Takes effect at the next sign-in");
    type_in(&mut window, "Proxy", "http://proxy.acme.example:8080");
    type_in(&mut window, "Bypass the proxy for", "intern.example");
    window.click("Save network settings");
    let expected = Network {
        proxy: "http://proxy.acme.example:8080".to_owned(),
        no_proxy: "intern.example".to_owned(),
        ca_file: String::new(),
    };
    assert_eq!(set(&window), expected);
}

#[test]
fn a_ca_file_is_read_before_it_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, "nothing of the kind").expect("a file");
    let mut window = opened();
    type_in(&mut window, "CA file", &file.display().to_string());
    window.until("the look", |app| {
        app.model().files.ca_file_check.as_ref().is_some_and(|look| look.answer.is_some())
    });
    window.harness.get_by_label_contains("This file contains no certificate.");
    assert!(!can_save(&window), "every sign-in would fail with it");
}
