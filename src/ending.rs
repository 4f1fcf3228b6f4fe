//! The system asks the program to end: log-off, shutdown, `kill`.
//!
//! The window closes as if it had been asked to, but without a question: what is under way is waited for within limits, the
//! clipboard is cleared, and a key whose secret was not saved is named at the next start.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use egui::Context;

/// Set once the system has asked.
#[cfg(unix)]
pub fn follow(ctx: &Context) -> Arc<AtomicBool> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use std::sync::atomic::Ordering;

    let ending = Arc::new(AtomicBool::new(false));
    let (set, ctx) = (Arc::clone(&ending), ctx.clone());
    let wait = |mut signals: Signals| {
        move || {
            for _ in signals.forever() {
                set.store(true, Ordering::Relaxed);
                ctx.request_repaint();
            }
        }
    };
    let started = Signals::new([SIGHUP, SIGINT, SIGTERM])
        .and_then(|signals| std::thread::Builder::new().name("signals".into()).spawn(wait(signals)));
    if let Err(err) = started {
        log::warn!("the system's signals cannot be followed: {err}");
    }
    ending
}

/// Windows ends programs by closing their window; macOS by its own quit, which the window handles.
#[cfg(not(unix))]
pub fn follow(_ctx: &Context) -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}
