//! Work that may hang or panic, done beside the thread that waits for it.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unanswered {
    TooLate,
    /// It panicked, or no thread could be had.
    Ended,
}

/// Does `work` on a thread of its own and waits for it. `work` is told when it is too late.
///
/// What is too late is left to itself: a read from a program that hangs cannot be called off.
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
