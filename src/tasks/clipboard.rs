//! What goes to the clipboard. Its thread answers by itself; here is told only what never got there.

use super::Tasks;
use crate::core::{ClipboardEvent, Msg, PasteSource};
use crate::desk::PastedText;
use crate::domain::{ClipboardClears, Secret};

const UNREACHABLE: &str = "the clipboard of this system cannot be reached";

impl Tasks {
    pub(super) fn copy_secret(&mut self, text: Secret, clears: ClipboardClears) {
        match &self.clipboard {
            Some(clipboard) => {
                let gone = clipboard.copy_secret(text, clears.after()).err();
                self.ready.extend(gone.map(Msg::Clipboard));
            }
            None => self.ready.push(no_clipboard(true)),
        }
    }

    pub(super) fn copy_text(&mut self, text: String) {
        match &self.clipboard {
            Some(clipboard) => self.ready.extend(clipboard.copy_text(text).err().map(Msg::Clipboard)),
            None => self.ready.push(no_clipboard(false)),
        }
    }

    /// Offers a text that was selected in the window to the middle button.
    pub fn select_text(&self, text: String) {
        if let Some(clipboard) = &self.clipboard {
            clipboard.select(text);
        }
    }

    /// Reads the text to paste. It goes to its field and to nobody else, so it is no message.
    pub fn read_clipboard(&self, from: PasteSource, answer: impl FnOnce(PastedText) + Send + 'static) {
        match &self.clipboard {
            Some(clipboard) => clipboard.read(from, answer),
            None => answer(Err(UNREACHABLE.to_owned())),
        }
    }

    pub(super) fn clear_clipboard(&mut self) {
        let gone = self.clipboard.as_ref().and_then(|clipboard| clipboard.clear().err());
        self.ready.extend(gone.map(Msg::Clipboard));
    }
}

fn no_clipboard(secret: bool) -> Msg {
    Msg::Clipboard(ClipboardEvent::NotCopied { secret, reason: UNREACHABLE.to_owned() })
}
