//! Rare behaviour of desktops, simulated by a fake clipboard.

#![expect(clippy::disallowed_types, reason = "a clipboard is what several programs share")]

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use arboard::Error;
use zeroize::Zeroizing;

use super::system::System;
use super::{ClipboardEvent, ClipboardThread, Clock, Secret};

/// The content of the clipboard, and the faults to come.
#[derive(Default)]
struct State {
    text: Option<String>,
    opened: u32,
    occupied: u32,
    cannot_open: u32,
    panics: u32,
    /// The text is set, but an error is reported.
    fails_after_setting: u32,
    fails_to_clear: u32,
    /// A clipboard manager that restores a cleared clipboard.
    puts_back: bool,
    /// Text that another program copies between the check and the clearing.
    copied_meanwhile: Option<String>,
}

#[derive(Clone, Default)]
struct Desktop(Arc<Mutex<State>>);

/// Counts down; true until it reaches zero.
fn takes(counter: &mut u32) -> bool {
    let left = *counter > 0;
    *counter = counter.saturating_sub(1);
    left
}

impl Desktop {
    fn state(&self) -> MutexGuard<'_, State> {
        // An intended panic poisons it.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Runs before every access.
    fn access(&self) -> Result<MutexGuard<'_, State>, Error> {
        let mut state = self.state();
        assert!(!takes(&mut state.panics), "the system's library panics");
        if takes(&mut state.occupied) { Err(Error::ClipboardOccupied) } else { Ok(state) }
    }

    fn text(&self) -> Option<String> {
        self.state().text.clone()
    }
}

impl System for Desktop {
    fn set(&mut self, text: &str, _secret: bool) -> Result<(), Error> {
        let mut state = self.access()?;
        state.text = Some(text.to_owned());
        if takes(&mut state.fails_after_setting) { Err(Error::ClipboardNotSupported) } else { Ok(()) }
    }

    fn text(&mut self) -> Result<Option<Zeroizing<String>>, Error> {
        Ok(self.access()?.text.clone().map(Zeroizing::new))
    }

    fn clear_unless_taken(&mut self) -> bool {
        let mut state = self.state();
        let taken = state.copied_meanwhile.take();
        if taken.is_some() {
            state.text = taken;
        }
        false
    }

    fn clear(&mut self) -> Result<(), Error> {
        let mut state = self.access()?;
        if takes(&mut state.fails_to_clear) {
            return Err(Error::ClipboardNotSupported);
        }
        if !state.puts_back {
            state.text = None;
        }
        Ok(())
    }
}

struct Stand {
    desktop: Desktop,
    thread: ClipboardThread,
    events: Receiver<ClipboardEvent>,
}

impl Stand {
    fn new(state: State) -> Self {
        let desktop = Desktop(Arc::new(Mutex::new(state)));
        let (tell, events) = channel();
        let shared = desktop.clone();
        let open = move || {
            let mut state = shared.state();
            state.opened += 1;
            let fails = takes(&mut state.cannot_open);
            drop(state);
            if fails { Err(Error::ClipboardNotSupported) } else { Ok(shared.clone()) }
        };
        let clock = Clock::system();
        let thread = ClipboardThread::start_with(open, clock, move |event| _ = tell.send(event).ok());
        Self { desktop, thread: thread.expect("a thread"), events }
    }

    fn copy(&self, text: &str, keep: Option<Duration>) -> ClipboardEvent {
        self.thread.copy_secret(Secret::new(text.to_owned()), keep).expect("the thread lives");
        self.event()
    }

    fn clear(&self) -> ClipboardEvent {
        self.thread.clear().expect("the thread lives");
        self.event()
    }

    fn event(&self) -> ClipboardEvent {
        self.events.recv_timeout(Duration::from_secs(10)).expect("an event")
    }

    /// All events not yet read; ends the thread.
    fn rest(self) -> Vec<ClipboardEvent> {
        self.thread.quit();
        self.events.try_iter().collect()
    }
}

const HOLDS: ClipboardEvent = ClipboardEvent::Holds { until: None };

fn not_copied(event: &ClipboardEvent) -> bool {
    matches!(event, ClipboardEvent::NotCopied { secret: true, .. })
}

fn not_cleared(event: &ClipboardEvent) -> bool {
    matches!(event, ClipboardEvent::NotCleared { .. })
}

#[test]
fn an_occupied_clipboard_is_asked_again() {
    let stand = Stand::new(State { occupied: 4, ..State::default() });
    assert_eq!(stand.copy("ours", None), HOLDS);
    stand.desktop.state().occupied = 4;
    assert_eq!(stand.clear(), ClipboardEvent::Cleared);
    assert_eq!(stand.desktop.text(), None);
}

#[test]
fn a_clipboard_that_stays_occupied_is_reported() {
    let stand = Stand::new(State { occupied: u32::MAX, ..State::default() });
    assert!(not_copied(&stand.copy("ours", None)));
}

#[test]
fn one_that_could_not_be_opened_is_opened_at_the_next_copy() {
    let stand = Stand::new(State { cannot_open: 2, ..State::default() });
    assert!(not_copied(&stand.copy("ours", None)), "at the start and at the first copy");
    assert_eq!(stand.copy("ours", None), HOLDS);
    assert_eq!(stand.copy("ours", None), HOLDS);
    assert_eq!(stand.desktop.state().opened, 3, "and then kept open");
}

#[test]
fn a_panic_is_reported_and_survived() {
    let stand = Stand::new(State { panics: 1, ..State::default() });
    assert!(not_copied(&stand.copy("ours", None)));
    assert_eq!(stand.copy("ours", None), HOLDS);
    stand.desktop.state().panics = 1;
    assert!(not_cleared(&stand.clear()));
    assert_eq!(stand.clear(), ClipboardEvent::Cleared);
}

#[test]
fn what_is_there_in_spite_of_an_error_is_taken_back() {
    let stand = Stand::new(State { fails_after_setting: 1, ..State::default() });
    assert!(not_copied(&stand.copy("ours", None)));
    let desktop = stand.desktop.clone();
    assert_eq!(stand.rest(), [], "that it was not copied is all there is to say");
    assert_eq!(desktop.text(), None);
}

#[test]
fn what_could_not_be_taken_back_is_cleared_when_the_time_is_up() {
    let stand = Stand::new(State { fails_after_setting: 1, fails_to_clear: 1, ..State::default() });
    assert!(not_copied(&stand.copy("ours", Some(Duration::from_millis(50)))));
    assert_eq!(stand.event(), ClipboardEvent::Cleared);
    assert_eq!(stand.desktop.text(), None);
}

#[test]
fn the_copy_before_one_that_failed_is_still_cleared() {
    let stand = Stand::new(State::default());
    assert_eq!(stand.copy("first", None), HOLDS);
    stand.desktop.state().panics = 1;
    assert!(not_copied(&stand.copy("second", None)));
    assert_eq!(stand.desktop.text().as_deref(), Some("first"));
    assert_eq!(stand.clear(), ClipboardEvent::Cleared);
    assert_eq!(stand.desktop.text(), None);
}

#[test]
fn what_is_copied_between_the_look_and_the_clearing_is_spared() {
    let stand = Stand::new(State { copied_meanwhile: Some("theirs".to_owned()), ..State::default() });
    assert_eq!(stand.copy("ours", None), HOLDS);
    assert_eq!(stand.clear(), ClipboardEvent::NotOurs);
    assert_eq!(stand.desktop.text().as_deref(), Some("theirs"));
}

#[test]
fn text_restored_by_a_manager_is_reported() {
    let stand = Stand::new(State { puts_back: true, ..State::default() });
    assert_eq!(stand.copy("ours", None), HOLDS);
    assert!(not_cleared(&stand.clear()));
    stand.desktop.state().puts_back = false;
    assert_eq!(stand.clear(), ClipboardEvent::Cleared, "and tried again by hand");
}

#[test]
fn what_could_not_be_cleared_in_time_is_cleared_at_exit() {
    let stand = Stand::new(State { fails_to_clear: 1, ..State::default() });
    assert_eq!(stand.copy("ours", None), HOLDS);
    assert!(not_cleared(&stand.clear()));
    let desktop = stand.desktop.clone();
    assert_eq!(stand.rest(), []);
    assert_eq!(desktop.text(), None);
}

#[test]
fn a_thread_that_has_ended_is_reported() {
    let stand = Stand::new(State::default());
    stand.thread.quit();
    let secret = stand.thread.copy_secret(Secret::new("ours".to_owned()), None);
    assert!(secret.is_err_and(|event| not_copied(&event)));
    let text = stand.thread.copy_text("a key id".to_owned());
    assert!(matches!(text, Err(ClipboardEvent::NotCopied { secret: false, .. })));
    assert!(stand.thread.clear().is_err_and(|event| not_cleared(&event)));
}
