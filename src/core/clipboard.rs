//! What the clipboard holds of ours.

use std::collections::VecDeque;

use super::{Model, NoticeKind, OpId, Stage};
use crate::domain::Steady;

/// The state of the clipboard, as far as Keyfob put something secret there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ClipboardState {
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

/// The clipboard, as far as Keyfob uses it.
#[derive(Default)]
pub struct Clipboard {
    pub state: ClipboardState,
    /// The creation whose secret the state is about.
    pub owner: Option<OpId>,
    /// Whose secrets the clipboard was asked to take and has not answered for, the oldest first. It answers each, in order.
    copying: VecDeque<OpId>,
    /// How many texts that are no secrets the clipboard has accepted in this run.
    pub copied_texts: u64,
}

impl Clipboard {
    /// True while a secret may be there that can be taken away.
    pub fn can_be_cleared(&self) -> bool {
        matches!(self.state, ClipboardState::Holds { .. } | ClipboardState::NotCleared)
    }

    /// The secret of `op` is on its way to the clipboard.
    pub(super) fn copy(&mut self, op: OpId) {
        self.copying.push_back(op);
        self.owner = Some(op);
        self.state = ClipboardState::Copying;
    }

    /// A new key is being made. A secret that is still there is still reported.
    pub(super) fn forget(&mut self) {
        if !self.can_be_cleared() {
            self.state = ClipboardState::Idle;
        }
    }

    /// The clipboard has answered for the oldest copy; the result is the creation whose secret it was.
    fn copied(&mut self, state: ClipboardState) -> Option<OpId> {
        self.owner = self.copying.pop_front();
        self.state = state;
        self.owner
    }
}

impl Model {
    /// True if the panel that is open tells of the clipboard: its own secret is there, or was.
    pub fn panel_tells_of_clipboard(&self) -> bool {
        let shown =
            self.creations.current.as_ref().filter(|creation| matches!(creation.stage, Stage::Made(_)));
        shown.is_some_and(|creation| self.clipboard.owner == Some(creation.op))
    }

    pub(super) fn update_clipboard(&mut self, event: ClipboardEvent) {
        match event {
            ClipboardEvent::Holds { until } => {
                let copied = self.clipboard.copied(ClipboardState::Holds { since: self.now.steady, until });
                let shown = self.creations.current.as_ref().map(|creation| creation.op);
                // A slow answer about an earlier key says nothing about this one.
                if copied == shown
                    && let Some(new_key) = self.creations.new_key_mut()
                {
                    new_key.copied = true;
                    new_key.asking = false;
                }
            }
            ClipboardEvent::CopiedText => self.clipboard.copied_texts += 1,
            ClipboardEvent::NotCopied { secret, reason } => {
                if secret {
                    self.clipboard.copied(ClipboardState::NotCopied);
                }
                self.notify(NoticeKind::NotCopied { reason });
            }
            ClipboardEvent::NotPasted { reason } => {
                self.notices.retain(|notice| !matches!(notice.event, NoticeKind::NotPasted { .. }));
                self.notify(NoticeKind::NotPasted { reason });
            }
            ClipboardEvent::Cleared => self.clipboard.state = ClipboardState::Cleared,
            ClipboardEvent::NotOurs => self.clipboard.state = ClipboardState::NotOurs,
            ClipboardEvent::NotCleared { reason } => {
                self.clipboard.state = ClipboardState::NotCleared;
                self.notify(NoticeKind::NotCleared { reason });
            }
        }
    }
}
