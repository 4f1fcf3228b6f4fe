//! From the key that pastes to the text in its field, while the window goes on drawing: the program that owns the clipboard
//! may answer late, or never.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use crate::core::PasteSource;
use crate::desk::PastedText;
use egui::{Event, Id, Key, Modifiers, Pos2};

/// What comes after a paste waits for it this long, so that all reach the field in their order. A healthy owner answers sooner.
const HOLD: Duration = Duration::from_millis(250);

/// After this the paste is given up, in words.
const WITHIN: Duration = Duration::from_secs(2);

const NO_ANSWER: &str =
    "The program that owns the clipboard did not answer within 2 seconds. Copy again, then paste again";
const GONE: &str = "The clipboard did not answer. Paste again";
const FOCUS_MOVED: &str = "The clipboard answered late, when its field no longer had the focus. Paste again";

/// A key or button that pastes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Paste {
    from: PasteSource,
    /// Of the pointer, where the middle button pastes.
    at: Option<Pos2>,
}

impl Paste {
    pub(super) const CLIPBOARD: Self = Self { from: PasteSource::Clipboard, at: None };

    /// Where the middle button pastes what is selected.
    pub(super) fn primary(at: Pos2) -> Option<Self> {
        cfg!(target_os = "linux").then_some(Self { from: PasteSource::Primary, at: Some(at) })
    }

    fn event(self, text: &str) -> Option<Event> {
        let text = text.replace("\r\n", "\n");
        match self.at {
            _ if text.is_empty() => None,
            Some(pos) => Some(Event::MiddleClickPaste { pos, text }),
            None => Some(Event::Paste(text)),
        }
    }
}

/// What a press of a key asks of the clipboard (`egui-winit-0.37/src/lib.rs`, `is_cut_command` and those beside it; its keys
/// for Windows are those of Linux, too).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shortcut {
    Copy,
    Cut,
    Paste,
}

impl Shortcut {
    pub(super) fn of(key: Key, modifiers: Modifiers) -> Option<Self> {
        let insert_and_delete = !cfg!(target_os = "macos");
        match key {
            Key::Copy => Some(Self::Copy),
            Key::Cut => Some(Self::Cut),
            Key::Paste => Some(Self::Paste),
            Key::C if modifiers.command_only() => Some(Self::Copy),
            Key::X if modifiers.command_only() => Some(Self::Cut),
            Key::V if modifiers.command_only() => Some(Self::Paste),
            Key::Insert if insert_and_delete && modifiers.command_only() => Some(Self::Copy),
            Key::Insert if insert_and_delete && modifiers.shift_only() => Some(Self::Paste),
            Key::Delete if insert_and_delete && modifiers.shift_only() => Some(Self::Cut),
            _ => None,
        }
    }
}

/// Where a text could be pasted now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The text field that has the focus.
    pub focused: Option<Id>,
    /// The pointer is over a text field.
    pub pointed: bool,
}

impl Fields {
    fn take(self, paste: Paste) -> bool {
        match paste.from {
            PasteSource::Clipboard => self.focused.is_some(),
            PasteSource::Primary => self.pointed,
        }
    }
}

impl Running {
    /// The text would reach the field that asked for it.
    fn is_for(&self, fields: Fields) -> bool {
        match self.paste.from {
            PasteSource::Clipboard => self.fields.focused == fields.focused,
            // It goes to what is under the pointer, which has moved on once the input is not held any more.
            PasteSource::Primary => !self.late && fields.pointed,
        }
    }

    /// `None` as long as it has not come. Whoever was asked may be gone.
    fn arrived(&self) -> Option<PastedText> {
        match self.text.try_recv() {
            Ok(text) => Some(text),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(GONE.to_owned())),
        }
    }
}

/// What is known of a paste whose turn it is.
#[derive(Debug, PartialEq)]
pub(super) enum Turn {
    /// It holds what comes after it.
    Wait,
    /// The text is there; `None` if there is nothing to paste, or it will come late.
    Over(Option<Event>),
}

/// The paste that is under way; the newest counts.
pub(super) struct Pastes {
    read: Box<dyn Fn(PasteSource) -> Receiver<PastedText>>,
    running: Option<Running>,
    problem: Option<String>,
}

struct Running {
    paste: Paste,
    since: Instant,
    /// What could take it when it was asked for.
    fields: Fields,
    text: Receiver<PastedText>,
    /// What came after it has gone on.
    late: bool,
}

impl Default for Pastes {
    /// Of a clipboard that is empty.
    fn default() -> Self {
        Self::new(|_| answered(Ok(None)))
    }
}

impl Pastes {
    pub(super) fn new(read: impl Fn(PasteSource) -> Receiver<PastedText> + 'static) -> Self {
        Self { read: Box::new(read), running: None, problem: None }
    }

    /// It is the turn of `paste`: asks for the text, and then looks for the answer.
    pub(super) fn turn(&mut self, paste: Paste, fields: Fields, now: Instant) -> Turn {
        let mut running = match self.running.take() {
            Some(running) if !running.late => running,
            // What comes late for another field is not given up for it.
            late if !fields.take(paste) => {
                self.running = late;
                return Turn::Over(None);
            }
            _ => Running { paste, since: now, fields, text: (self.read)(paste.from), late: false },
        };
        if let Some(text) = running.arrived() {
            return Turn::Over(self.arrived(&running, text, fields));
        }
        running.late = now.saturating_duration_since(running.since) >= HOLD;
        let turn = if running.late { Turn::Over(None) } else { Turn::Wait };
        self.running = Some(running);
        turn
    }

    /// A text that comes late, for the field that was to have it. One that does not come is given up.
    pub(super) fn late(&mut self, fields: Fields, now: Instant) -> Option<Event> {
        let running = self.running.take_if(|running| running.late)?;
        match running.arrived() {
            Some(text) => self.arrived(&running, text, fields),
            None if now.saturating_duration_since(running.since) >= WITHIN => {
                self.problem = Some(NO_ANSWER.to_owned());
                None
            }
            None => {
                self.running = Some(running);
                None
            }
        }
    }

    /// When something is to be decided, though no answer comes.
    pub(super) fn next_look(&self, now: Instant) -> Option<Duration> {
        let running = self.running.as_ref()?;
        let limit = if running.late { WITHIN } else { HOLD };
        Some(limit.saturating_sub(now.saturating_duration_since(running.since)))
    }

    /// Why the last paste has failed; told once.
    pub(super) fn take_problem(&mut self) -> Option<String> {
        self.problem.take()
    }

    fn arrived(&mut self, running: &Running, text: PastedText, fields: Fields) -> Option<Event> {
        match text {
            Ok(Some(_)) if !running.is_for(fields) => {
                self.problem = Some(FOCUS_MOVED.to_owned());
                None
            }
            Ok(text) => text.and_then(|text| running.paste.event(&text)),
            Err(reason) => {
                self.problem = Some(reason);
                None
            }
        }
    }
}

/// A clipboard that has answered.
pub(super) fn answered(text: PastedText) -> Receiver<PastedText> {
    let (answer, asked) = channel();
    answer.send(text).ok();
    asked
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Sender;

    use super::*;

    /// Pastes from a clipboard whose answers the test sends.
    fn pastes() -> (Pastes, Receiver<Sender<PastedText>>) {
        let (asked, answers) = channel();
        let read = move |_| {
            let (sender, text) = channel();
            asked.send(sender).ok();
            text
        };
        (Pastes::new(read), answers)
    }

    fn in_field(name: &str) -> Fields {
        Fields { focused: Some(Id::unique(name)), pointed: false }
    }

    #[test]
    fn a_text_that_comes_at_once_is_pasted() {
        let (mut pastes, answers) = pastes();
        let now = Instant::now();
        assert_eq!(pastes.turn(Paste::CLIPBOARD, in_field("a"), now), Turn::Wait);
        answers
            .recv()
            .expect("it was asked for")
            .send(Ok(Some("one\r\ntwo".to_owned().into())))
            .expect("it is waited for");
        let pasted = Turn::Over(Some(Event::Paste("one\ntwo".to_owned())));
        assert_eq!(pastes.turn(Paste::CLIPBOARD, in_field("a"), now), pasted);
        assert_eq!(pastes.next_look(now), None, "it is over");
    }

    #[test]
    fn what_hangs_holds_the_keys_after_it_for_a_moment_and_is_then_given_up_in_words() {
        let (mut pastes, answers) = pastes();
        let (now, field) = (Instant::now(), in_field("a"));
        assert_eq!(pastes.turn(Paste::CLIPBOARD, field, now), Turn::Wait);
        let _hangs = answers.recv().expect("it was asked for");
        assert_eq!(pastes.next_look(now), Some(HOLD));
        assert_eq!(pastes.turn(Paste::CLIPBOARD, field, now + HOLD), Turn::Over(None));
        assert_eq!(pastes.late(field, now + HOLD), None);
        assert_eq!(pastes.take_problem(), None, "it may still come");
        assert_eq!(pastes.next_look(now + HOLD), WITHIN.checked_sub(HOLD));
        assert_eq!(pastes.late(field, now + WITHIN), None);
        assert_eq!(pastes.take_problem().as_deref(), Some(NO_ANSWER));
        assert_eq!(pastes.take_problem(), None, "told once");
    }

    #[test]
    fn a_late_text_reaches_the_field_that_asked_and_no_other() {
        for (then, pasted) in [("a", true), ("b", false)] {
            let (mut pastes, answers) = pastes();
            let now = Instant::now();
            pastes.turn(Paste::CLIPBOARD, in_field("a"), now);
            let answer = answers.recv().expect("it was asked for");
            pastes.turn(Paste::CLIPBOARD, in_field("a"), now + HOLD);
            answer.send(Ok(Some("late".to_owned().into()))).expect("it is waited for");
            let event = pastes.late(in_field(then), now + HOLD);
            assert_eq!(event, pasted.then(|| Event::Paste("late".to_owned())));
            assert_eq!(pastes.take_problem().is_some(), !pasted);
        }
    }

    #[test]
    fn no_clipboard_is_asked_for_what_no_field_would_take() {
        let (mut pastes, answers) = pastes();
        let now = Instant::now();
        assert_eq!(pastes.turn(Paste::CLIPBOARD, Fields::default(), now), Turn::Over(None));
        assert!(answers.try_recv().is_err(), "it was asked");
        let middle = Paste { from: PasteSource::Primary, at: Some(Pos2::ZERO) };
        assert_eq!(pastes.turn(middle, in_field("a"), now), Turn::Over(None), "the pointer is elsewhere");
        let pointed = Fields { focused: None, pointed: true };
        assert_eq!(pastes.turn(middle, pointed, now), Turn::Wait);
        answers
            .recv()
            .expect("it was asked for")
            .send(Ok(Some("selected".to_owned().into())))
            .expect("it is waited for");
        let pasted = Event::MiddleClickPaste { pos: Pos2::ZERO, text: "selected".to_owned() };
        assert_eq!(pastes.turn(middle, pointed, now), Turn::Over(Some(pasted)));
    }

    #[test]
    fn a_clipboard_that_fails_says_why() {
        let mut pastes = Pastes::new(|_| answered(Err("it is gone".to_owned())));
        assert_eq!(pastes.turn(Paste::CLIPBOARD, in_field("a"), Instant::now()), Turn::Over(None));
        assert_eq!(pastes.take_problem().as_deref(), Some("it is gone"));
        let mut pastes = Pastes::new(|_| channel().1);
        assert_eq!(pastes.turn(Paste::CLIPBOARD, in_field("a"), Instant::now()), Turn::Over(None));
        assert_eq!(pastes.take_problem().as_deref(), Some(GONE), "its thread has ended");
    }
}
