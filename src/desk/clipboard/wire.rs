//! Overwrites the copy of a pasted text that an X11 connection keeps.
//!
//! x11rb 0.13 writes requests into a buffer that it drains but never overwrites: after a paste, the text stays there until
//! longer requests follow, which never happens. So this puts a meaningless text on the SECONDARY selection, which nothing
//! else uses, and requests it like another program would: its transfer overwrites the old text.

use std::error::Error;
use std::time::{Duration, Instant};

use arboard::{ClearExtLinux as _, Clipboard, LinuxClipboardKind, SetExtLinux as _};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, CreateWindowAux, WindowClass};
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME};

/// Longer than any copied text with a secret.
const FILLER_CHARS: usize = 4096;

/// The answer comes from a thread of this process.
const WITHIN: Duration = Duration::from_millis(500);

/// Overwrites the buffer of the clipboard's connection. Does nothing on Wayland, where there is no such connection.
pub(super) fn overwrite(clipboard: &mut Clipboard) {
    let kind = LinuxClipboardKind::Secondary;
    if clipboard.set().clipboard(kind).exclude_from_history().text(" ".repeat(FILLER_CHARS)).is_err() {
        return;
    }
    if let Err(err) = ask_for_secondary() {
        log::warn!("the connection of the clipboard could not be overwritten: {err}");
    }
    if let Err(err) = clipboard.clear_with().clipboard(kind) {
        log::warn!("the secondary selection could not be cleared: {err}");
    }
}

fn ask_for_secondary() -> Result<(), Box<dyn Error>> {
    let (connection, screen) = x11rb::connect(None)?;
    let window = connection.generate_id()?;
    let root = connection.setup().roots.get(screen).ok_or("the display has no screen")?.root;
    let (depth, class, visual) = (COPY_DEPTH_FROM_PARENT, WindowClass::COPY_FROM_PARENT, COPY_FROM_PARENT);
    let plain = CreateWindowAux::new();
    connection.create_window(depth, window, root, 0, 0, 1, 1, 0, class, visual, &plain)?;
    let text = connection.intern_atom(false, b"UTF8_STRING")?.reply()?.atom;
    // Into any property of our own window, which ends with the connection.
    let property = AtomEnum::CUT_BUFFE_R0;
    connection.convert_selection(window, AtomEnum::SECONDARY.into(), text, property, CURRENT_TIME)?;
    connection.flush()?;
    let deadline = Instant::now() + WITHIN;
    while Instant::now() < deadline {
        if let Some(Event::SelectionNotify(_)) = connection.poll_for_event()? {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Err("no answer in time".into())
}
