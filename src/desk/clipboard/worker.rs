//! The clipboard thread.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use super::aside::aside;
use super::fingerprint::Fingerprint;
use super::system::{System, clear_ours, holds, patiently};
use super::{Answer, Command};
use crate::clock::Clock;
use crate::core::{ClipboardEvent, PasteSource};
use crate::domain::{Secret, Steady};

/// How long the owner of the clipboard may take to respond. A healthy one takes milliseconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);

/// How long a paste waits for it, and no longer than until it is time to clear.
const PASTE_WITHIN: Duration = Duration::from_secs(2);

/// The same at exit: less than the window waits.
const ANSWER_AT_EXIT_WITHIN: Duration = Duration::from_millis(400);

/// How long after clearing to check again: some clipboard managers restore cleared text.
const SETTLED_AFTER: Duration = Duration::from_millis(100);

/// How long after a failure, and how often, to retry clearing: for a minute in all. After that, only by hand and at exit.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(5);
const AGAIN_TIMES: u8 = 12;

/// The longest single wait: waits of the system leave out the time for which the computer sleeps.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// Longer than any computer runs.
const NEVER: SignedDuration = SignedDuration::from_hours(24 * 365 * 100);

/// Our texts that may be on the clipboard, as fingerprints.
struct Armed {
    /// More than one if the last copy failed, because the one before it may still be there.
    prints: Vec<Fingerprint>,
    /// `None` if it is cleared only by hand and at exit.
    deadline: Option<Steady>,
    /// The window has received the event that the text is there.
    told: bool,
    /// How often clearing has failed.
    failed: u8,
}

/// Why an access to the clipboard failed.
enum ClipboardProblem {
    /// The clipboard could not be opened, so nothing was changed.
    NotOpened(String),
    /// The change may have been made nevertheless.
    Failed(String),
}

impl ClipboardProblem {
    fn reason(self) -> String {
        match self {
            Self::NotOpened(reason) | Self::Failed(reason) => reason,
        }
    }
}

pub(super) struct Worker<S, Open, Tell> {
    open: Open,
    /// One handle for the life of the program: on X11, dropping the last one drops the text. `None` until it could be opened,
    /// and after an access that never returned.
    system: Option<S>,
    armed: Option<Armed>,
    clock: Clock,
    tell: Tell,
}

impl<S, Open, Tell> Worker<S, Open, Tell>
where
    S: System,
    Open: Fn() -> Result<S, arboard::Error> + Clone + Send + 'static,
    Tell: FnMut(ClipboardEvent),
{
    pub(super) fn new(open: Open, clock: Clock, tell: Tell) -> Self {
        Self { open, system: None, armed: None, clock, tell }
    }

    pub(super) fn run(mut self, commands: Receiver<Command>) {
        // Opened before the first copy, to make that fast. If this fails, the next copy tries again.
        self.access(ANSWER_WITHIN, |_, _| Ok(())).ok();
        loop {
            match self.next(&commands) {
                Ok(Command::CopySecret { text, keep }) => self.copy_secret(text, keep),
                Ok(Command::CopyText(text)) => self.copy_text(text),
                Ok(Command::Select(text)) => self.select(text),
                Ok(Command::Read { from, asked, answer }) => self.read(from, asked, answer),
                Ok(Command::Clear) => self.clear(true),
                Err(RecvTimeoutError::Timeout) => self.clear(false),
                Ok(Command::Quit(done)) => {
                    self.quit();
                    // No command is accepted once the window continues.
                    drop(commands);
                    done.send(()).ok();
                    return;
                }
                Err(RecvTimeoutError::Disconnected) => return self.quit(),
            }
        }
    }

    /// Waits for the next command, or until it is time to clear.
    fn next(&self, commands: &Receiver<Command>) -> Result<Command, RecvTimeoutError> {
        loop {
            let Some(left) = self.clears_in() else {
                return commands.recv().map_err(|_closed| RecvTimeoutError::Disconnected);
            };
            // Before what else is waiting.
            if left.is_zero() {
                return Err(RecvTimeoutError::Timeout);
            }
            match commands.recv_timeout(left.min(LONGEST_WAIT)) {
                Err(RecvTimeoutError::Timeout) => {}
                heard => return heard,
            }
        }
    }

    fn clears_in(&self) -> Option<Duration> {
        let deadline = self.armed.as_ref()?.deadline?;
        Some(Duration::try_from(deadline.since(self.clock.now().steady)).unwrap_or_default())
    }

    /// Reads with a handle of its own: one that hangs would take the other with it, and what it knows of our copy.
    fn read(&self, from: PasteSource, asked: Instant, answer: Answer) {
        let left = PASTE_WITHIN.saturating_sub(asked.elapsed()).min(self.clears_in().unwrap_or(PASTE_WITHIN));
        // Nobody waits any more.
        if left.is_zero() {
            return;
        }
        let open = self.open.clone();
        let read = aside(left, move |_| {
            let mut system = open()?;
            patiently(|| match from {
                PasteSource::Clipboard => system.text(),
                PasteSource::Primary => system.selected_text(),
            })
        });
        answer(match read {
            Ok(read) => read.map_err(|err: arboard::Error| err.to_string()),
            Err(unanswered) => Err(unanswered.to_string()),
        });
    }

    fn select(&mut self, text: String) {
        let set = self.access(ANSWER_WITHIN, move |system, _| patiently(|| system.select(&text)));
        if let Err(problem) = set {
            log::warn!("the selected text is not offered: {}", problem.reason());
        }
    }

    fn copy_secret(&mut self, text: Secret, keep: Option<Duration>) {
        let print = Fingerprint::of(text.expose());
        let set = self.access(ANSWER_WITHIN, move |system, _| patiently(|| system.set(text.expose(), true)));
        let deadline = keep.and_then(|keep| later(self.clock.now().steady, keep));
        match set {
            Ok(()) => {
                self.armed = Some(Armed { prints: vec![print], deadline, told: true, failed: 0 });
                (self.tell)(ClipboardEvent::Holds { until: deadline });
            }
            Err(trouble) => {
                let opened = matches!(trouble, ClipboardProblem::Failed(_));
                (self.tell)(ClipboardEvent::NotCopied { secret: true, reason: trouble.reason() });
                if opened {
                    self.take_back(print, deadline);
                }
            }
        }
    }

    /// After a failed copy the text may be there nevertheless: clears it now, or later if that is not possible.
    fn take_back(&mut self, print: Fingerprint, deadline: Option<Steady>) {
        let ours = vec![print.clone()];
        if matches!(self.access(ANSWER_WITHIN, move |system, late| clear_ours(system, &ours, late)), Ok(true))
        {
            return;
        }
        match &mut self.armed {
            Some(armed) => {
                armed.prints.push(print);
                armed.deadline = armed.deadline.into_iter().chain(deadline).min();
            }
            None => self.armed = Some(Armed { prints: vec![print], deadline, told: false, failed: 0 }),
        }
    }

    fn copy_text(&mut self, text: String) {
        match self.access(ANSWER_WITHIN, move |system, _| patiently(|| system.set(&text, false))) {
            Ok(()) => {
                (self.tell)(ClipboardEvent::CopiedText);
                // It replaced the secret.
                if let Some(armed) = self.armed.take() {
                    self.forget();
                    if armed.told {
                        (self.tell)(ClipboardEvent::NotOurs);
                    }
                }
            }
            Err(trouble) => {
                (self.tell)(ClipboardEvent::NotCopied { secret: false, reason: trouble.reason() });
            }
        }
    }

    /// Overwrites the remains of a pasted text.
    fn forget(&mut self) {
        let forget = |system: &mut S, _| {
            system.forget();
            Ok(())
        };
        self.access(ANSWER_WITHIN, forget).ok();
    }

    /// Clears when the time is up, or by hand.
    fn clear(&mut self, by_hand: bool) {
        let Some(armed) = self.armed.take() else { return };
        let cleared = self.clear_armed(&armed);
        if cleared.is_ok() {
            self.forget();
        }
        match cleared {
            Err(trouble) => {
                let failed = armed.failed.saturating_add(1);
                let deadline = (failed <= AGAIN_TIMES).then(|| self.clock.now().steady + AGAIN_AFTER);
                if failed == 1 || by_hand {
                    (self.tell)(ClipboardEvent::NotCleared { reason: trouble.reason() });
                }
                self.armed = Some(Armed { deadline, failed, ..armed });
            }
            Ok(true) => (self.tell)(ClipboardEvent::Cleared),
            Ok(false) if armed.told => (self.tell)(ClipboardEvent::NotOurs),
            Ok(false) => {}
        }
    }

    fn clear_armed(&mut self, armed: &Armed) -> Result<bool, ClipboardProblem> {
        let ours = armed.prints.clone();
        if !self.access(ANSWER_WITHIN, move |system, late| clear_ours(system, &ours, late))? {
            return Ok(false);
        }
        let ours = armed.prints.clone();
        let is_back = self.access(ANSWER_WITHIN, move |system, _| {
            std::thread::sleep(SETTLED_AFTER);
            holds(system, &ours)
        })?;
        if is_back {
            Err(ClipboardProblem::Failed("another program put it back".to_owned()))
        } else {
            Ok(true)
        }
    }

    fn quit(&mut self) {
        if let Some(armed) = self.armed.take() {
            let clear = move |system: &mut S, late| clear_ours(system, &armed.prints, late);
            if let Err(trouble) = self.access(ANSWER_AT_EXIT_WITHIN, clear) {
                log::warn!("the clipboard could not be cleared at exit: {}", trouble.reason());
            }
        }
        self.system = None;
    }

    /// Runs `work` with the clipboard, opening it if necessary.
    ///
    /// Runs on another thread, so that neither a program that hangs nor a panic ends this one. In that case the handle is lost,
    /// and the next access opens a new one.
    fn access<T: Send + 'static>(
        &mut self,
        within: Duration,
        work: impl FnOnce(&mut S, Instant) -> Result<T, arboard::Error> + Send + 'static,
    ) -> Result<T, ClipboardProblem> {
        let (system, open) = (self.system.take(), self.open.clone());
        let answer = aside(within, move |late| {
            let mut system = system.map_or_else(open, Ok)?;
            let done = work(&mut system, late);
            Ok((system, done))
        });
        let opened = answer.map_err(|unanswered| ClipboardProblem::Failed(unanswered.to_string()))?;
        let (system, done) =
            opened.map_err(|err: arboard::Error| ClipboardProblem::NotOpened(err.to_string()))?;
        self.system = Some(system);
        done.map_err(|err| ClipboardProblem::Failed(err.to_string()))
    }
}

/// `None` for a time that is never reached.
fn later(now: Steady, by: Duration) -> Option<Steady> {
    Some(now + SignedDuration::try_from(by).ok().filter(|by| *by < NEVER)?)
}
