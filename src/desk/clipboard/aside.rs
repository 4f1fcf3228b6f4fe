//! Runs work that may hang or panic on another thread.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("the program that owns the clipboard does not respond")]
    TooLate,
    /// The work panicked, or no thread could be started.
    #[error("the clipboard failed unexpectedly")]
    Ended,
}

/// Runs `work` on its own thread and waits for it. `work` receives its deadline.
///
/// Work that misses the deadline is abandoned: a read from a program that hangs cannot be cancelled.
pub(super) fn aside<T: Send + 'static>(
    within: Duration,
    work: impl FnOnce(Instant) -> T + Send + 'static,
) -> Result<T, Unanswered> {
    let (answer, answered) = channel();
    let late = Instant::now() + within;
    let run = move || _ = answer.send(work(late));
    let spawned = std::thread::Builder::new().name("clipboard access".into()).spawn(run);
    if let Err(err) = spawned {
        log::error!("no thread for the clipboard: {err}");
        return Err(Unanswered::Ended);
    }
    answered.recv_timeout(within).map_err(|err| match err {
        RecvTimeoutError::Timeout => Unanswered::TooLate,
        RecvTimeoutError::Disconnected => Unanswered::Ended,
    })
}
