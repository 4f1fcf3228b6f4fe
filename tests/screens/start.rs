//! Choosing an account.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::args::Args;

use crate::stand::{Window, practice, start};

#[test]
fn the_window_never_waits() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_mins(1), egui::Theme::Light);
    // The first frame loads the fonts.
    window.harness.step();
    // The first response takes a minute. A hundred frames pass meanwhile, and none waits for it.
    let mut longest = Duration::ZERO;
    for _ in 0..100 {
        let begun = Instant::now();
        window.harness.step();
        longest = longest.max(begun.elapsed());
    }
    assert!(window.harness.state().model().sign_in().is_some(), "the answer is still on its way");
    assert!(longest < Duration::from_secs(10), "a frame waited for the network: {longest:?}");
    window.click("Open read-only");
    let checked = window.harness.get_by_label("Open read-only");
    assert_eq!(checked.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True), "input is handled");
}

#[test]
fn a_sign_in_can_be_cancelled() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_mins(1), egui::Theme::Light);
    window.harness.step();
    window.click("Cancel sign-in to practice account");
    let model = window.harness.state().model();
    assert!(model.sign_in().is_none() && model.open.is_none(), "nothing is waited for any more");
    window.harness.get_by_label("Open practice account");
}

#[test]
fn try_again_looks_only_if_that_is_ticked() {
    let mut window = start(&Args::default(), Duration::ZERO, egui::Theme::Light);
    window.panics.store(true, Ordering::Relaxed);
    window.click("Open practice account");
    for read_only in [false, true] {
        window.until("the refusal", |app| {
            app.model().sign_in().is_none() && app.model().sign_in_failure().is_some()
        });
        if read_only {
            window.click("Open read-only");
        }
        let place = |window: &Window| window.harness.get_by_label("Open practice account").rect();
        let before = place(&window);
        window.holds.store(true, Ordering::Relaxed);
        window.harness.get_by_label("Try again").click_accesskit();
        window.harness.step();
        window.harness.step();
        let again = window.harness.state().model().sign_in().map(|sign_in| sign_in.read_only);
        assert_eq!(again, Some(read_only), "it is tried again");
        assert_eq!(place(&window), before, "nothing moves under the pointer");
        window.holds.store(false, Ordering::Relaxed);
    }
}

#[test]
fn the_account_is_a_name_and_a_value() {
    let window = practice(egui::Theme::Light);
    let account = window.harness.get_by_label("Account");
    assert_eq!(account.value().as_deref(), Some("practice-account, 0000-0000-0000, anna"));
}
