//! No answer waits for a frame: here none is drawn at all, as if the painter never finished or the window were hidden.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use egui_kittest::kittest::Queryable as _;
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::domain::UserName;

use crate::stand::{Window, start};

/// More than a page, so that answers lead to requests.
const USERS: usize = 2500;

fn window() -> Window {
    let args = Args { practice: true, practice_users: Some(USERS), ..Args::default() };
    start(&args, Duration::ZERO, egui::Theme::Light)
}

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
        open.users.list.as_of.is_some() && open.picked_keys().is_some_and(used)
    })
}

#[test]
fn what_follows_from_an_answer_is_asked_before_the_next_frame() {
    let window = window();
    without_frames(window.harness.state(), "all users and the last uses of the first one's keys", settled);
    let model = window.harness.state().model();
    assert_eq!(model.open.as_ref().map(|open| open.users.all().len()), Some(USERS), "all pages");
}

#[test]
fn the_window_is_drawn_again_for_an_answer_and_for_nothing_else() {
    let mut window = window();
    without_frames(window.harness.state(), "the users", settled);
    window.harness.run();
    let repaints = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&repaints);
    // What was in view is counted meanwhile: that is drawn too, and over at some time.
    without_frames(window.harness.state(), "the counts", |app| {
        app.model().open.as_ref().is_some_and(|open| {
            let known = |user: &UserName| open.keys_of(user).is_some_and(|keys| keys.count().is_some());
            open.users.all().iter().take(10).all(|user| known(&user.name))
        })
    });
    window.harness.run();
    window.harness.ctx.set_request_repaint_callback(move |_| _ = count.fetch_add(1, Ordering::SeqCst));
    assert_eq!(repaints.load(Ordering::SeqCst), 0, "nothing has changed");
    window.harness.get_by_label("Refresh").click_accesskit();
    window.harness.step();
    let pressed = repaints.swap(0, Ordering::SeqCst);
    assert!(pressed > 0, "what was pressed is to be seen");
    without_frames(window.harness.state(), "a repaint", |_| repaints.load(Ordering::SeqCst) > 0);
}
