//! Visits every screen and checks each of its controls.

use std::time::Duration;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use keyfob::args::Args;

use super::{contrast, keys, press, tree, type_text};
use crate::batch::propose;
use crate::secret::panel;
use crate::stand::{Window, practice, secret, start};

const DENIED: &str = "Denied: changes and key lists";

/// Collects the problems of all screens.
#[derive(Default)]
struct Walk {
    faults: Vec<String>,
}

impl Walk {
    fn see(&mut self, window: &mut Window, screen: &str) {
        window.harness.step();
        window.harness.step();
        let faults = tree::faults(window).into_iter().chain(contrast::faults(window));
        self.faults.extend(faults.map(|fault| format!("{screen}: {fault}")));
    }

    fn end(self) {
        assert!(self.faults.is_empty(), "{} faults:\n{}", self.faults.len(), self.faults.join("\n"));
    }
}

fn wide_and_narrow(mut walk: impl FnMut(&mut Window, &mut Walk)) {
    let mut seen = Walk::default();
    let (light, dark) = (egui::Theme::Light, egui::Theme::Dark);
    for (size, theme) in [(egui::vec2(1280.0, 800.0), light), (egui::vec2(1024.0, 640.0), dark)] {
        let mut window = practice(theme);
        window.harness.set_size(size);
        walk(&mut window, &mut seen);
    }
    seen.end();
}

#[test]
fn choosing_an_account() {
    let mut walk = Walk::default();
    let mut window = start(&Args::default(), Duration::ZERO, egui::Theme::Light);
    window.until("the profiles", |app| app.model().files.profiles.value.is_some());
    walk.see(&mut window, "start");
    window.click("Settings");
    walk.see(&mut window, "settings of start");
    window.click("Network settings");
    walk.see(&mut window, "network");
    window.click("Discard network changes");
    let args = Args { profile: Some("no-such-profile".to_owned()), ..Args::default() };
    let mut window = start(&args, Duration::ZERO, egui::Theme::Light);
    window.until("the refusal", |app| app.model().sign_in_failure().is_some());
    walk.see(&mut window, "a profile that is not there");
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_mins(1), egui::Theme::Light);
    walk.see(&mut window, "signing in");
    walk.end();
}

#[test]
fn keys_and_their_menus() {
    wide_and_narrow(|window, walk| {
        window.pick("alice");
        walk.see(window, "keys");
        let key = keys(window).remove(0);
        window.click(&format!("More for {key}"));
        walk.see(window, "menu of a row");
        window.click(&format!("Edit the description of {key}"));
        walk.see(window, "a description is typed");
        press(window, Modifiers::NONE, Key::Escape);
        window.click("Sort users");
        walk.see(window, "order of the users");
        press(window, Modifiers::NONE, Key::Escape);
        window.pick("carol");
        walk.see(window, "no keys");
        window.click("More ways to create");
        walk.see(window, "more ways to create");
        window.click("Create with a description…");
        walk.see(window, "create with a description");
        window.click("More ways to create");
        window.click("Create and save as…");
        walk.see(window, "create and save as");
        window.click("Simulated faults of the practice account");
        walk.see(window, "troubles");
        window.click(DENIED);
        window.click("User bob");
        window.until("the refusal", |app| {
            let model = app.model();
            let keys = model.open.as_ref().and_then(|open| open.keys_of_selected_user());
            keys.is_some_and(|keys| keys.list.failure().is_some())
        });
        walk.see(window, "denied");
    });
}

#[test]
fn the_new_key_panel() {
    let mut walk = Walk::default();
    let (mut window, _) = panel();
    walk.see(&mut window, "new key");
    window.click("Reveal secret");
    walk.see(&mut window, "revealed");
    window.click("More ways to copy");
    walk.see(&mut window, "more ways to copy");
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.click("Save as");
    walk.see(&mut window, "save as");
    window.click("Format");
    walk.see(&mut window, "formats");
    window.click("AWS CLI profile");
    walk.see(&mut window, "save to a profile");
    window.click("Cancel saving");
    window.click("I have saved it");
    walk.see(&mut window, "let it go?");
    window.click("Activity");
    walk.see(&mut window, "new key over the activity");
    window.click("Switch account");
    window.click("All accounts…");
    walk.see(&mut window, "new key over the start screen");
    walk.end();
}

#[test]
fn several_keys_at_once() {
    wide_and_narrow(|window, walk| {
        window.pick("ci-deployer");
        propose(window, "Deactivate selected keys");
        walk.see(window, "plan of a batch");
        window.click("Deactivate these keys");
        window.until("the end", |app| app.model().batches.runs.iter().all(keyfob::core::BatchRun::is_over));
        walk.see(window, "end of a batch");
        window.click("Show the results");
        walk.see(window, "results of a batch");
        window.click("Close the results");
        // Both are off now.
        propose(window, "Delete selected keys");
        walk.see(window, "plan of a deletion");
        type_text(window, "9");
        walk.see(window, "plan of a deletion, a wrong number");
    });
}

#[test]
fn dialogs() {
    wide_and_narrow(|window, walk| {
        window.pick("dmitri");
        let key = keys(window).remove(0);
        window.click(&format!("Delete {key}"));
        walk.see(window, "delete gate");
        type_text(window, "ABCD");
        walk.see(window, "delete gate, a wrong end");
        window.click("Cancel");
        window.pick("anna");
        let key = keys(window).remove(0);
        window.click(&format!("Deactivate {key}"));
        walk.see(window, "the key that signs");
        window.click("Cancel");
        window.pick("bob");
        press(window, Modifiers::NONE, Key::F1);
        let mut pages = std::collections::BTreeSet::new();
        while pages.insert(window.focused()) {
            walk.see(window, &format!("page {} of the guide", pages.len()));
            press(window, Modifiers::NONE, Key::ArrowDown);
        }
        let last = Some("Guide page Figures".to_owned());
        assert!(pages.len() == 18 && window.focused() == last, "{pages:?}");
        window.click("Close the guide");
        window.click("Switch account");
        walk.see(window, "accounts");
        window.click("This account…");
        walk.see(window, "this account");
    });
}

#[test]
fn find_and_activity() {
    wide_and_narrow(|window, walk| {
        press(window, Modifiers::COMMAND, Key::K);
        walk.see(window, "find");
        type_text(window, "a");
        walk.see(window, "find users");
        press(window, Modifiers::COMMAND, Key::A);
        type_text(window, "AKIAIOSFODNN7EXAMPLE ASIAY34FZKBOKMUTVV7A");
        walk.see(window, "find ids");
        press(window, Modifiers::NONE, Key::Escape);
        window.click("Activity");
        walk.see(window, "no activity");
        window.click("Keys");
        window.pick("bob");
        let key = keys(window).remove(0);
        window.click(&format!("Deactivate {key}"));
        window.until("the answer", |app| app.model().activity.entries().next().is_some());
        walk.see(window, "undo");
        window.click("Activity");
        walk.see(window, "activity");
        window.click("All accounts");
        walk.see(window, "activity of all accounts");
        window.click("Export…");
        walk.see(window, "export");
    });
}

#[test]
fn all_keys_of_the_account() {
    wide_and_narrow(|window, walk| {
        window.click("Account keys");
        walk.see(window, "account keys");
        window.click("Filter: Active");
        walk.see(window, "a chip is on");
        window.click("Select all keys shown");
        walk.see(window, "selected");
        window.click("Export selected keys");
        walk.see(window, "export keys");
        window.click("Cancel the export");
        window.click("Views of the keys");
        walk.see(window, "views");
        press(window, Modifiers::NONE, Key::Escape);
        if window.harness.query_by_label("Ages of active keys").is_some() {
            window.click("Ages of active keys");
            walk.see(window, "ages");
            press(window, Modifiers::NONE, Key::Escape);
        }
        window.harness.get_by_label("Filter account keys").type_text("nothing like this");
        walk.see(window, "no key matches");
    });
}

#[test]
fn a_window_without_room() {
    let mut walk = Walk::default();
    let mut window = practice(egui::Theme::Light);
    window.pick("alice");
    window.harness.set_size(egui::vec2(640.0, 400.0));
    walk.see(&mut window, "keys");
    window.click("Users");
    walk.see(&mut window, "users");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::K);
    walk.see(&mut window, "find");
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.click("Create and copy");
    window.until("the new key", |app| secret(app).is_some());
    walk.see(&mut window, "new key");
    window.click("Reveal secret");
    walk.see(&mut window, "revealed");
    window.click("Switch account");
    window.click("All accounts…");
    walk.see(&mut window, "new key over the start screen");
    walk.end();
}
