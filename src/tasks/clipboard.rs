//! What goes to the clipboard. Its thread answers by itself; here is told only what never got there.

use super::Tasks;
use crate::core::{ClipboardEvent, Msg};
use crate::domain::{ClipboardClears, Secret};

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

    pub(super) fn clear_clipboard(&mut self) {
        let gone = self.clipboard.as_ref().and_then(|clipboard| clipboard.clear().err());
        self.ready.extend(gone.map(Msg::Clipboard));
    }
}

fn no_clipboard(secret: bool) -> Msg {
    let reason = "the clipboard of this system cannot be reached".to_owned();
    Msg::Clipboard(ClipboardEvent::NotCopied { secret, reason })
}
