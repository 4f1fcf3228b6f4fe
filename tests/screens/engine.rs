//! No answer waits for a frame: here none is drawn at all, as if the painter never finished or the window were hidden.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use egui_kittest::kittest::Queryable as _;
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::aws;
use keyfob::desk::SettingsFile;
use keyfob::domain::{ReducedMotion, Settings};

use crate::stand::{Window, start, start_with};

/// More than a page, so that answers lead to requests.
const USERS: usize = 2500;

/// Waits, and draws nothing.
fn without_frames(app: &App, what: &str, done: impl Fn(&App) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !done(app) {
        assert!(Instant::now() < deadline, "timed out waiting for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn settled(app: &App) -> bool {
    app.model().open.as_ref().is_some_and(|open| {
        let used = |keys: &keyfob::core::UserKeys| {
            keys.list.as_of.is_some() && keys.list().iter().all(|key| keys.last_use(&key.id).is_some())
        };
        open.users.list.as_of.is_some() && open.keys_of_selected_user().is_some_and(used)
    })
}

#[test]
fn what_follows_from_an_answer_is_asked_before_the_next_frame() {
    let args = Args { practice: true, practice_users: Some(USERS), ..Args::default() };
    let window = start(&args, Duration::ZERO, egui::Theme::Light);
    without_frames(window.harness.state(), "all users and the last uses of the first one's keys", settled);
    let model = window.harness.state().model();
    assert_eq!(model.open.as_ref().map(|open| open.users.all().len()), Some(USERS), "all pages");
}

#[test]
fn the_window_is_drawn_again_for_an_answer_and_for_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = SettingsFile::at(folder.path().join("settings.json"));
    // Nothing turns: whatever is drawn again has changed.
    let still = Settings { reduced_motion: ReducedMotion::On, ..Settings::default() };
    file.save(&still).expect("written");
    let args = Args { practice: true, ..Args::default() };
    let mut window = start_with(file, aws::Options::default(), &args, Duration::ZERO, egui::Theme::Light);
    let repaints = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&repaints);
    window.harness.ctx.set_request_repaint_callback(move |asked| {
        if asked.delay.is_zero() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    without_frames(window.harness.state(), "the users", settled);
    until_still(&mut window, &repaints);
    window.holds.store(true, Ordering::Relaxed);
    window.harness.get_by_label("Refresh").click_accesskit();
    until_still(&mut window, &repaints);
    window.holds.store(false, Ordering::Relaxed);
    without_frames(window.harness.state(), "a repaint", |_| repaints.load(Ordering::SeqCst) > 0);
}

/// Draws until nothing asks for another frame, whatever comes in meanwhile.
fn until_still(window: &mut Window, repaints: &AtomicUsize) {
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut still = 0;
    while still < 5 {
        assert!(Instant::now() < deadline, "the window never comes to rest");
        std::thread::sleep(Duration::from_millis(20));
        repaints.store(0, Ordering::SeqCst);
        window.harness.step();
        still = if repaints.load(Ordering::SeqCst) == 0 { still + 1 } else { 0 };
    }
}
