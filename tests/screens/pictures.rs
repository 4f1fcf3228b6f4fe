//! Snapshots of the window.

use egui_kittest::SnapshotOptions;

use keyfob::core::SweepState;

use crate::stand::{Window, practice};

fn picture(window: &mut Window, name: &str) {
    // The counts of the other users arrive one by one, so wait for all of them.
    window.until("the counts", |app| {
        app.model().open.as_ref().is_none_or(|open| {
            open.users
                .all()
                .iter()
                .take(20)
                .all(|user| open.keys_of(&user.name).and_then(|keys| keys.count()).is_some())
        })
    });
    // And for all refreshes.
    window.until("all answers", |app| {
        let model = app.model();
        let known = model.open.as_ref().and_then(|open| open.keys_of_selected_user());
        known.is_none_or(|keys| !keys.list.is_loading() && keys.rows().all(|row| !row.last_use.is_loading()))
    });
    for _ in 0..12 {
        window.harness.step();
    }
    let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(200);
    window.harness.snapshot_options(name, &options);
}

/// A few snapshots per theme; the rest is asserted by names.
fn images(theme: egui::Theme, word: &str) {
    let mut window = practice(theme);
    assert_eq!(window.harness.ctx.theme(), theme, "an image of the other theme proves nothing");
    window.pick("ci-deployer");
    picture(&mut window, &format!("keys-{word}"));
    window.pick("dmitri");
    let key = window.keys().into_iter().next().expect("a key");
    window.click(&format!("Delete {key}"));
    picture(&mut window, &format!("gate-{word}"));
    window.click("Cancel");
    window.pick("carol");
    picture(&mut window, &format!("empty-{word}"));
    window.pick("ci-deployer");
    crate::batch::propose(&mut window, "Deactivate selected keys");
    picture(&mut window, &format!("batch-{word}"));
    window.click("Cancel");
    window.click("Settings");
    picture(&mut window, &format!("settings-{word}"));
    window.click("Close the settings");
    window.press_in_one_frame(&[(egui::Modifiers::NONE, egui::Key::F1)]);
    window.harness.step();
    window.click("Guide page Signing in");
    picture(&mut window, &format!("guide-{word}"));
    window.press(egui::Key::Escape);
    window.click("Account keys");
    window.until("all keys", |app| {
        app.model().open.as_ref().is_some_and(|open| open.inventory.sweep.state() == SweepState::Done)
    });
    window.click("Filter: Active");
    window.click("Select all keys shown");
    picture(&mut window, &format!("account-keys-{word}"));
    window.harness.set_size(egui::vec2(1024.0, 640.0));
    picture(&mut window, &format!("account-keys-small-{word}"));
    window.harness.set_size(egui::vec2(1280.0, 800.0));
    window.click("Keys");
    window.pick("ci-deployer");
    let key = window.keys().into_iter().next().expect("a key");
    // The pointer comes last, because it is in the snapshots.
    window.right_click(&format!("Key {key}"));
    picture(&mut window, &format!("menu-{word}"));
}

#[test]
#[ignore = "draws a dozen images, pixel by pixel: run tests/run snapshots"]
fn images_light() {
    images(egui::Theme::Light, "light");
}

#[test]
#[ignore = "draws a dozen images, pixel by pixel: run tests/run snapshots"]
fn images_dark() {
    images(egui::Theme::Dark, "dark");
}
