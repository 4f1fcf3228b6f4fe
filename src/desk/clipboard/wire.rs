//! What an X11 connection keeps of what it sent.
//!
//! x11rb 0.13 writes requests into a buffer that it drains and never empties: after a paste, the text stays there until
//! longer requests come along, which they do not. So a text of no meaning is put on the SECONDARY selection, which
//! nothing else uses, and asked for as another program would: on its way it takes the old one's place.

use std::error::Error;
use std::time::{Duration, Instant};

use arboard::{ClearExtLinux as _, Clipboard, LinuxClipboardKind, SetExtLinux as _};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, CreateWindowAux, WindowClass};
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME};

/// Longer than any text that a secret is handed over in.
const FILLER_CHARS: usize = 4096;

/// The answer comes from a thread of this process.
const WITHIN: Duration = Duration::from_millis(500);

/// Overwrites what the clipboard's connection still holds. On Wayland there is no such connection, and nothing is done.
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
    // Into any property of our own window, which goes with the connection.
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
