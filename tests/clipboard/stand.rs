//! The clipboard thread and its events.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use keyfob::clock::Clock;
use keyfob::core::{ClipboardEvent, PasteSource};
use keyfob::desk::{ClipboardThread, PastedText};
use keyfob::domain::Secret;

use super::Outcome;
use super::desktop::{SOON, pasted};

/// Longer than any scenario.
pub(crate) const LONG: Option<Duration> = Some(Duration::from_mins(5));

pub(crate) struct Stand {
    pub(crate) thread: ClipboardThread,
    events: Receiver<ClipboardEvent>,
}

impl Stand {
    pub(crate) fn new() -> Outcome<Self> {
        let (tell, events) = channel();
        let started = ClipboardThread::start(Clock::system(), move |event| {
            tell.send(event).ok();
        });
        Ok(Self { thread: started.map_err(|err| err.to_string())?, events })
    }

    /// Copies a secret, and returns it.
    pub(crate) fn holding(&self, keep: Option<Duration>) -> Outcome<String> {
        let secret = secret();
        self.copy(&secret, keep)?;
        is(&self.event()?, |event| matches!(event, ClipboardEvent::Holds { .. }))?;
        Ok(secret)
    }

    pub(crate) fn copy(&self, text: &str, keep: Option<Duration>) -> Outcome {
        alive(self.thread.copy_secret(Secret::new(text.to_owned()), keep))
    }

    pub(crate) fn clear(&self) -> Outcome {
        alive(self.thread.clear())
    }

    /// Asks for the text to paste.
    pub(crate) fn pastes(&self, from: PasteSource) -> Receiver<PastedText> {
        let (answer, asked) = channel();
        self.thread.read(from, move |text| _ = answer.send(text).ok());
        asked
    }

    /// The next event.
    pub(crate) fn event(&self) -> Outcome<ClipboardEvent> {
        self.events.recv_timeout(SOON).map_err(|_closed| format!("nothing was told for {SOON:?}"))
    }

    pub(crate) fn tells(&self, wanted: &ClipboardEvent) -> Outcome {
        is(&self.event()?, |event| event == wanted)
    }

    /// Checks that no event arrives until then.
    pub(crate) fn silent_until(&self, then: Instant) -> Outcome {
        match self.events.recv_timeout(then.saturating_duration_since(Instant::now())) {
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => Err("the thread ended".to_owned()),
            Ok(event) => Err(format!("unexpected: {event:?}")),
        }
    }
}

pub(crate) fn is(event: &ClipboardEvent, wanted: impl Fn(&ClipboardEvent) -> bool) -> Outcome {
    if wanted(event) { Ok(()) } else { Err(format!("unexpected: {event:?}")) }
}

pub(crate) fn alive(sent: Result<(), ClipboardEvent>) -> Outcome {
    sent.map_err(|event| format!("the thread is gone: {event:?}"))
}

/// A secret in the form of a real one.
pub(crate) fn secret() -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(40).collect()
}

pub(crate) fn check(so: bool, otherwise: &str) -> Outcome {
    if so { Ok(()) } else { Err(otherwise.to_owned()) }
}

pub(crate) fn clipboard_is(text: &str) -> Outcome {
    check(pasted()?.as_deref() == Some(text), "the clipboard holds something else")
}

pub(crate) fn clipboard_is_empty() -> Outcome {
    check(pasted()?.is_none(), "something is on the clipboard")
}

/// Measures a duration.
pub(crate) fn timed<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (what(), start.elapsed())
}

/// How long this thread has waited for a core in all, because the computer was busy.
pub(crate) fn waited_for_a_core() -> Duration {
    // On the CPU, ready and waiting, how often: in nanoseconds (`Documentation/scheduler/sched-stats.rst`).
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace()
        .nth(1)
        .and_then(|nanos| nanos.parse().ok())
        .map_or(Duration::ZERO, Duration::from_nanos)
}
