//! What the clipboard holds of ours.

use super::{Model, NoticeKind, Stage};
use crate::domain::Steady;

/// The state of the clipboard, as far as Keyfob put something secret there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    #[default]
    Idle,
    /// Handed over; the system has not accepted it yet.
    Copying,
    /// `until`: when it is cleared; `None`: not before Keyfob is closed.
    Holds {
        since: Steady,
        until: Option<Steady>,
    },
    Cleared,
    /// Something else was copied meanwhile, and left alone.
    NotOurs,
    NotCleared,
    NotCopied,
}

/// Where a pasted text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasteSource {
    Clipboard,
    /// The selected text of any program, pasted by the middle button (X11 and Wayland).
    Primary,
}

/// What the clipboard tells. `secret` says whether what was copied is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipboardEvent {
    /// It is on the clipboard; `None`: until Keyfob is closed.
    Holds {
        until: Option<Steady>,
    },
    CopiedText,
    NotCopied {
        secret: bool,
        reason: String,
    },
    NotPasted {
        reason: String,
    },
    Cleared,
    NotOurs,
    NotCleared {
        reason: String,
    },
}

impl Clipboard {
    /// True while a secret may be there that can be taken away.
    pub fn can_be_cleared(&self) -> bool {
        matches!(self, Self::Holds { .. } | Self::NotCleared)
    }
}

impl Model {
    /// True if the panel that is open tells of the clipboard: its own secret is there, or was.
    pub fn panel_tells_of_clipboard(&self) -> bool {
        let shown = self.creation.as_ref().filter(|creation| matches!(creation.stage, Stage::Made(_)));
        shown.is_some_and(|creation| self.clipboard_of == Some(creation.op))
    }

    pub(super) fn update_clipboard(&mut self, event: ClipboardEvent) {
        match event {
            ClipboardEvent::Holds { until } => {
                self.clipboard = Clipboard::Holds { since: self.now.steady, until };
                let copied = self.copying.pop_front();
                self.clipboard_of = copied;
                let shown = self.creation.as_ref().map(|creation| creation.op);
                // A slow answer about an earlier key says nothing about this one.
                if copied == shown
                    && let Some(new_key) = self.new_key_mut()
                {
                    new_key.copied = true;
                    new_key.asking = false;
                }
            }
            ClipboardEvent::CopiedText => self.copied_texts += 1,
            ClipboardEvent::NotCopied { secret, reason } => {
                if secret {
                    self.clipboard_of = self.copying.pop_front();
                    self.clipboard = Clipboard::NotCopied;
                }
                self.notify(NoticeKind::NotCopied { reason });
            }
            ClipboardEvent::NotPasted { reason } => {
                self.notices.retain(|notice| !matches!(notice.event, NoticeKind::NotPasted { .. }));
                self.notify(NoticeKind::NotPasted { reason });
            }
            ClipboardEvent::Cleared => self.clipboard = Clipboard::Cleared,
            ClipboardEvent::NotOurs => self.clipboard = Clipboard::NotOurs,
            ClipboardEvent::NotCleared { reason } => {
                self.clipboard = Clipboard::NotCleared;
                self.notify(NoticeKind::NotCleared { reason });
            }
        }
    }
}
