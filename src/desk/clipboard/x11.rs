//! Clearing on X11 without a race.
//!
//! A program that gives up a selection may state since when it owned it; the server then does nothing if another program has
//! taken it since (ICCCM 2.3.1, `SetSelectionOwner` of the core protocol). arboard states "now", which is unconditional.

use std::error::Error;

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, Timestamp, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_FROM_PARENT, NONE};

/// The clipboard selection of an X server.
pub(super) struct Selection {
    connection: RustConnection,
    /// A window that is never shown: the server reports its time only in events of a window.
    window: Window,
    clipboard: Atom,
    /// The server's time just after our copy.
    copied: Option<Timestamp>,
}

impl Selection {
    /// `None` if there is no X server, or if Wayland owns the clipboard.
    pub(super) fn open() -> Option<Self> {
        if std::env::var_os("WAYLAND_DISPLAY").is_some() {
            return None;
        }
        Self::connect().inspect_err(|err| log::debug!("no X server: {err}")).ok()
    }

    fn connect() -> Result<Self, Box<dyn Error>> {
        let (connection, screen) = x11rb::connect(None)?;
        let root = connection.setup().roots.get(screen).ok_or("no screen")?.root;
        let (window, class) = (connection.generate_id()?, WindowClass::INPUT_ONLY);
        let events = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        connection.create_window(0, window, root, 0, 0, 1, 1, 0, class, COPY_FROM_PARENT, &events)?;
        let clipboard = connection.intern_atom(false, b"CLIPBOARD")?.reply()?.atom;
        Ok(Self { connection, window, clipboard, copied: None })
    }

    /// Call this right after a copy.
    pub(super) fn remember_copy(&mut self) {
        self.copied = self.time().inspect_err(|err| log::warn!("no time of the X server: {err}")).ok();
    }

    /// Appending nothing to a property still counts as a change, and the server reports its time.
    fn time(&self) -> Result<Timestamp, Box<dyn Error>> {
        let (name, kind) = (AtomEnum::WM_NAME, AtomEnum::STRING);
        self.connection.change_property8(PropMode::APPEND, self.window, name, kind, &[])?;
        self.connection.flush()?;
        loop {
            if let Event::PropertyNotify(event) = self.connection.wait_for_event()? {
                return Ok(event.time);
            }
        }
    }

    /// Clears the selection if nobody has taken it since our copy; true if nobody owns it now.
    pub(super) fn clear_unless_taken(&mut self) -> bool {
        let Some(copied) = self.copied.take() else { return false };
        self.clear_if_older(copied).inspect_err(|err| log::warn!("the X server: {err}")).unwrap_or(false)
    }

    fn clear_if_older(&self, copied: Timestamp) -> Result<bool, Box<dyn Error>> {
        self.connection.set_selection_owner(NONE, self.clipboard, copied)?;
        Ok(self.connection.get_selection_owner(self.clipboard)?.reply()?.owner == NONE)
    }
}
