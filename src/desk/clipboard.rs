//! The clipboard, on a thread of its own: reading it may block for many seconds when its owner hangs.

use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::core::ClipboardEvent;
use crate::domain::Secret;

/// How long a secret stays on the clipboard.
const KEEP: Duration = Duration::from_secs(45);

/// How long the window waits at exit for a clipboard that hangs.
const QUIT_WITHIN: Duration = Duration::from_millis(500);

enum Command {
    CopySecret(Secret),
    CopyText(String),
    Clear,
    Quit(Sender<()>),
}

/// The handle that the window holds. Sending never blocks.
pub struct ClipboardThread(Sender<Command>);

impl ClipboardThread {
    /// Starts the thread; `tell` is called there with everything that happens.
    pub fn start(clock: Clock, tell: impl FnMut(ClipboardEvent) + Send + 'static) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let run = move || run(&receiver, &clock, tell);
        std::thread::Builder::new().name("clipboard".into()).spawn(run)?;
        Ok(Self(sender))
    }

    pub fn copy_secret(&self, text: Secret) {
        self.send(Command::CopySecret(text));
    }

    pub fn copy_text(&self, text: String) {
        self.send(Command::CopyText(text));
    }

    /// Clears it if it still holds what was copied.
    pub fn clear(&self) {
        self.send(Command::Clear);
    }

    /// Clears it if it still holds a secret of ours, and ends the thread. Waits half a second at most.
    pub fn quit(&self) {
        let (done, finished) = channel();
        self.send(Command::Quit(done));
        if finished.recv_timeout(QUIT_WITHIN).is_err() {
            log::warn!("the clipboard did not answer in time at exit");
        }
    }

    fn send(&self, command: Command) {
        if self.0.send(command).is_err() {
            log::error!("the clipboard thread is gone");
        }
    }
}

/// What was copied, as a keyed digest: the secret itself is not kept.
struct Armed {
    keys: [RandomState; 2],
    digest: [u64; 2],
    deadline: Instant,
}

impl Armed {
    fn new(text: &str) -> Self {
        let keys = [RandomState::new(), RandomState::new()];
        let digest = keys.each_ref().map(|key| key.hash_one(text));
        Self { keys, digest, deadline: Instant::now() + KEEP }
    }

    fn is(&self, text: &str) -> bool {
        self.digest == self.keys.each_ref().map(|key| key.hash_one(text))
    }
}

fn run(commands: &Receiver<Command>, clock: &Clock, mut tell: impl FnMut(ClipboardEvent)) {
    // One handle for the life of the program: on X11 the last one takes what it holds with it.
    let mut clipboard = arboard::Clipboard::new();
    let mut armed: Option<Armed> = None;
    loop {
        let wait = armed
            .as_ref()
            .map_or(Duration::MAX, |armed| armed.deadline.saturating_duration_since(Instant::now()));
        match commands.recv_timeout(wait) {
            Ok(Command::CopySecret(text)) => {
                // Armed also when it fails: some systems report an error after the text is there.
                armed = Some(Armed::new(text.expose()));
                tell(match copy(&mut clipboard, text.expose(), true) {
                    Ok(()) => ClipboardEvent::Holds { until: until(clock.now()) },
                    Err(reason) => ClipboardEvent::NotCopied { secret: true, reason },
                });
            }
            Ok(Command::CopyText(text)) => {
                tell(match copy(&mut clipboard, &text, false) {
                    Ok(()) => ClipboardEvent::CopiedText,
                    Err(reason) => ClipboardEvent::NotCopied { secret: false, reason },
                });
            }
            Ok(Command::Clear) | Err(RecvTimeoutError::Timeout) => {
                if let Some(armed) = armed.take() {
                    tell(clear(&mut clipboard, &armed));
                }
            }
            Ok(Command::Quit(done)) => {
                if let Some(armed) = armed.take() {
                    clear(&mut clipboard, &armed);
                }
                drop(clipboard);
                done.send(()).ok();
                return;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn until(now: Timestamp) -> Timestamp {
    now + SignedDuration::from_secs(KEEP.as_secs().cast_signed())
}

type Handle = Result<arboard::Clipboard, arboard::Error>;

fn copy(clipboard: &mut Handle, text: &str, secret: bool) -> Result<(), String> {
    let clipboard = match clipboard {
        Ok(clipboard) => clipboard,
        Err(err) => return Err(err.to_string()),
    };
    let set = clipboard.set();
    let set = if secret { out_of_history(set) } else { set };
    set.text(text).map_err(|err| err.to_string())
}

#[cfg(target_os = "linux")]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(windows)]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    // Covers the history and the cloud.
    arboard::SetExtWindows::exclude_from_monitoring(set)
}

#[cfg(target_os = "macos")]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

/// Clearing is unconditional in every system: look first whether it is still ours.
fn clear(clipboard: &mut Handle, armed: &Armed) -> ClipboardEvent {
    let Ok(clipboard) = clipboard else {
        return ClipboardEvent::NotCleared { reason: "the clipboard cannot be reached".to_owned() };
    };
    match clipboard.get_text().map(Zeroizing::new) {
        Ok(text) if armed.is(&text) => match clipboard.clear() {
            Ok(()) => ClipboardEvent::Cleared,
            Err(err) => ClipboardEvent::NotCleared { reason: err.to_string() },
        },
        _ => ClipboardEvent::NotOurs,
    }
}
