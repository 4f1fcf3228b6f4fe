//! The clipboard of the desktop, and what is done with it.

use std::time::{Duration, Instant};

use arboard::Error;
use zeroize::Zeroizing;

use super::fingerprint::Fingerprint;

/// How often, and after how long, another program that has the clipboard open is asked again (Windows).
const TRIES: u32 = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// A clipboard. Every call may block for as long as its owner likes.
pub(super) trait System: Send + 'static {
    /// An error does not mean that the text is not there: Windows marks it as secret after setting it.
    fn set(&mut self, text: &str, secret: bool) -> Result<(), Error>;
    /// The text that is there. `None` where there is nothing, or something else than text.
    fn text(&mut self) -> Result<Option<Zeroizing<String>>, Error>;
    /// Clears it where the system can do so only while nobody has copied since we did; true if it is clear now.
    fn clear_unless_taken(&mut self) -> bool {
        false
    }
    /// Clears it, whoever it belongs to.
    fn clear(&mut self) -> Result<(), Error>;
    /// Overwrites what is left of a text that was pasted, where the system keeps it.
    fn forget(&mut self) {}
}

/// The one of this computer.
pub(super) struct Desktop {
    clipboard: arboard::Clipboard,
    #[cfg(target_os = "linux")]
    x11: Option<super::x11::Selection>,
}

impl Desktop {
    pub(super) fn open() -> Result<Self, Error> {
        Ok(Self {
            clipboard: arboard::Clipboard::new()?,
            #[cfg(target_os = "linux")]
            x11: super::x11::Selection::open(),
        })
    }
}

impl System for Desktop {
    fn set(&mut self, text: &str, secret: bool) -> Result<(), Error> {
        let set = self.clipboard.set();
        let set = if secret { out_of_history(set) } else { set };
        set.text(text)?;
        #[cfg(target_os = "linux")]
        if let Some(x11) = &mut self.x11 {
            x11.remember_copy();
        }
        Ok(())
    }

    fn text(&mut self) -> Result<Option<Zeroizing<String>>, Error> {
        match self.clipboard.get_text() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(Error::ContentNotAvailable | Error::ConversionFailure) => Ok(None),
            // Some X11 programs answer with an image when asked for text.
            Err(Error::Unknown { description })
                if description == "incorrect type received from clipboard" =>
            {
                Ok(None)
            }
            Err(err) => Err(err),
        }
    }

    #[cfg(target_os = "linux")]
    fn clear_unless_taken(&mut self) -> bool {
        self.x11.as_mut().is_some_and(super::x11::Selection::clear_unless_taken)
    }

    fn clear(&mut self) -> Result<(), Error> {
        self.clipboard.clear()
    }

    #[cfg(target_os = "linux")]
    fn forget(&mut self) {
        super::wire::overwrite(&mut self.clipboard);
    }
}

#[cfg(target_os = "linux")]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(windows)]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    // Covers the history and the cloud.
    arboard::SetExtWindows::exclude_from_monitoring(set)
}

#[cfg(target_os = "macos")]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

/// Asks again where another program has the clipboard open for a moment.
pub(super) fn patiently<T>(mut ask: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
    for _ in 1..TRIES {
        match ask() {
            Err(Error::ClipboardOccupied) => std::thread::sleep(BETWEEN_TRIES),
            answer => return answer,
        }
    }
    ask()
}

/// Clears it if it holds one of `ours`; false where it does not.
///
/// X11 clears only what nobody has taken. Elsewhere, and where a clipboard manager has taken over what is ours, clearing
/// is unconditional, so nothing may come between the look and the clearing. After `late` nothing is cleared: nobody
/// waits any more, and the same secret may have been copied anew.
pub(super) fn clear_ours(
    system: &mut impl System,
    ours: &[Fingerprint],
    late: Instant,
) -> Result<bool, Error> {
    if !holds(system, ours)? || Instant::now() >= late {
        return Ok(false);
    }
    if system.clear_unless_taken() {
        return Ok(true);
    }
    if !holds(system, ours)? {
        return Ok(false);
    }
    patiently(|| system.clear())?;
    Ok(true)
}

/// True while it holds one of `ours`.
pub(super) fn holds(system: &mut impl System, ours: &[Fingerprint]) -> Result<bool, Error> {
    let text = patiently(|| system.text())?;
    Ok(text.is_some_and(|text| ours.iter().any(|print| print.fits(&text))))
}
