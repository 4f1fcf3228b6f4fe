//! The window never waits for a request.

use std::time::{Duration, Instant};

use egui::Key;

use super::{light, press, trouble};
use crate::stand::{Window, secret};

/// Longer than an unoptimised frame on a slow computer, and shorter than the response.
const FRAME: Duration = Duration::from_millis(2500);

/// How long to draw frames: short enough that all come before the response.
const ENOUGH: Duration = Duration::from_secs(1);

const SLOW: &str = "Slow: responses take 5 seconds";

/// Draws frames for a while; none may wait for a request.
fn longest_frame(window: &mut Window) -> Duration {
    let (all, mut longest) = (Instant::now(), Duration::ZERO);
    for _ in 0..60 {
        if all.elapsed() > ENOUGH {
            break;
        }
        let begun = Instant::now();
        window.harness.step();
        longest = longest.max(begun.elapsed());
    }
    longest
}

#[test]
fn no_frame_waits_for_a_refresh_or_a_new_key() {
    let mut window = light();
    window.pick("carol");
    trouble(&mut window, SLOW);
    press(&mut window, Key::F5);
    let longest = longest_frame(&mut window);
    assert!(window.harness.state().model().open.as_ref().is_some_and(|open| open.users.list.is_loading()));
    assert!(longest < FRAME, "a frame waited for a refresh: {longest:?}");
    window.click("Create and copy");
    let longest = longest_frame(&mut window);
    assert!(window.harness.state().model().creation().is_some() && secret(window.harness.state()).is_none());
    assert!(longest < FRAME, "a frame waited for a new key: {longest:?}");
}
