//! What the clipboard holds of ours.

use jiff::Timestamp;

use super::{Effect, Event, Model, Stage};

/// The state of the clipboard, as far as Keyfob put something secret there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    #[default]
    Idle,
    /// Handed over; the system has not accepted it yet.
    Copying,
    Holds {
        until: Timestamp,
    },
    Cleared,
    /// Something else was copied meanwhile, and left alone.
    NotOurs,
    NotCleared,
    NotCopied,
}

/// What the clipboard tells. `secret` says whether what was copied is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipboardEvent {
    /// It is on the clipboard, until when.
    Holds {
        until: Timestamp,
    },
    CopiedText,
    NotCopied {
        secret: bool,
        reason: String,
    },
    Cleared,
    NotOurs,
    NotCleared {
        reason: String,
    },
}

impl Model {
    pub(super) fn update_clipboard(&mut self, event: ClipboardEvent) -> Vec<Effect> {
        match event {
            ClipboardEvent::Holds { until } => {
                self.clipboard = Clipboard::Holds { until };
                if let Some(Stage::Made(new_key)) = self.creation.as_mut().map(|creation| &mut creation.stage)
                {
                    new_key.copied = true;
                }
            }
            ClipboardEvent::CopiedText => {}
            ClipboardEvent::NotCopied { secret, reason } => {
                if secret {
                    self.clipboard = Clipboard::NotCopied;
                }
                self.notify(Event::NotCopied { reason });
            }
            ClipboardEvent::Cleared => self.clipboard = Clipboard::Cleared,
            ClipboardEvent::NotOurs => self.clipboard = Clipboard::NotOurs,
            ClipboardEvent::NotCleared { reason } => {
                self.clipboard = Clipboard::NotCleared;
                self.notify(Event::NotCleared { reason });
            }
        }
        Vec::new()
    }
}
