//! The clipboard, on its own thread: reading it may block for many seconds if its owner hangs.

mod aside;
mod fingerprint;
mod system;
#[cfg(test)]
mod tests;
#[cfg(target_os = "linux")]
mod wire;
mod worker;
#[cfg(target_os = "linux")]
mod x11;

use std::io;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::core::{ClipboardEvent, PasteSource};
use crate::domain::Secret;
use system::{Desktop, System};
use worker::Worker;

/// How long the window waits at exit for a clipboard that hangs.
const QUIT_WITHIN: Duration = Duration::from_millis(500);

/// The text to paste, `None` if there is none, or why it could not be read.
pub type PastedText = Result<Option<Zeroizing<String>>, String>;

/// Called once with the text to paste, on a thread of the clipboard.
type Answer = Box<dyn FnOnce(PastedText) + Send>;

/// A command for the thread.
enum Command {
    CopySecret { text: Secret, keep: Option<Duration> },
    CopyText(String),
    Select(String),
    Read { from: PasteSource, asked: Instant, answer: Answer },
    Clear,
    Quit(Sender<()>),
}

/// The window's handle. Sending never blocks, whatever the owner of the clipboard does.
///
/// Methods that return a `Result` fail only if the thread has ended. The error is then the event for the window; in all
/// other cases the thread sends it.
pub struct ClipboardThread(Sender<Command>);

impl ClipboardThread {
    /// Starts the thread, which calls `tell` with every event.
    pub fn start(clock: Clock, tell: impl FnMut(ClipboardEvent) + Send + 'static) -> io::Result<Self> {
        Self::start_with(Desktop::open, clock, tell)
    }

    fn start_with<S: System>(
        open: impl Fn() -> Result<S, arboard::Error> + Clone + Send + 'static,
        clock: Clock,
        tell: impl FnMut(ClipboardEvent) + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, commands) = channel();
        let run = move || Worker::new(open, clock, tell).run(commands);
        std::thread::Builder::new().name("clipboard".into()).spawn(run)?;
        Ok(Self(sender))
    }

    /// Copies a secret, outside history and cloud where the system supports that, and clears it after `keep` if it is still there.
    ///
    /// With `None` it stays until [`Self::clear`] or [`Self::quit`]. Copying again restarts the time.
    pub fn copy_secret(&self, text: Secret, keep: Option<Duration>) -> Result<(), ClipboardEvent> {
        let command = Command::CopySecret { text, keep };
        self.send(command).map_err(|reason| ClipboardEvent::NotCopied { secret: true, reason })
    }

    pub fn copy_text(&self, text: String) -> Result<(), ClipboardEvent> {
        let command = Command::CopyText(text);
        self.send(command).map_err(|reason| ClipboardEvent::NotCopied { secret: false, reason })
    }

    /// Offers a selected text to the middle button, where that pastes. Not answered.
    pub fn select(&self, text: String) {
        self.send(Command::Select(text)).ok();
    }

    /// Reads the text to paste. Answered within 2 s, or not at all: whoever waits decides how long.
    pub fn read(&self, from: PasteSource, answer: impl FnOnce(PastedText) + Send + 'static) {
        let command = Command::Read { from, asked: Instant::now(), answer: Box::new(answer) };
        self.send(command).ok();
    }

    /// Clears the clipboard if it still holds one of our secrets.
    pub fn clear(&self) -> Result<(), ClipboardEvent> {
        self.send(Command::Clear).map_err(|reason| ClipboardEvent::NotCleared { reason })
    }

    /// Clears the clipboard if it still holds one of our secrets, and ends the thread. Waits at most half a second.
    pub fn quit(&self) {
        let (done, finished) = channel();
        if self.send(Command::Quit(done)).is_err() {
            return;
        }
        match finished.recv_timeout(QUIT_WITHIN) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => log::warn!("the clipboard did not answer in time at exit"),
            Err(RecvTimeoutError::Disconnected) => log::error!("the clipboard thread ended early"),
        }
    }

    fn send(&self, command: Command) -> Result<(), String> {
        self.0.send(command).map_err(|_gone| {
            // Does not log the command: it may contain a secret.
            log::error!("the clipboard thread is gone");
            "the clipboard does not work until Keyfob is restarted".to_owned()
        })
    }
}
