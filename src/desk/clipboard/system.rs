//! The clipboard of the desktop.

use std::time::{Duration, Instant};

use arboard::Error;
use zeroize::Zeroizing;

use super::fingerprint::Fingerprint;

/// How often, and after which pause, to retry while another program has the clipboard open (Windows).
const TRIES: u32 = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// A clipboard. Every call may block for as long as the clipboard's owner does.
pub(super) trait System: Send + 'static {
    /// After an error, the text may still be there: Windows marks it as secret after setting it.
    fn set(&mut self, text: &str, secret: bool) -> Result<(), Error>;
    /// The text on the clipboard. `None` if it is empty or holds something other than text.
    fn text(&mut self) -> Result<Option<Zeroizing<String>>, Error>;
    /// The text that the middle button pastes. `None` if there is none.
    fn selected_text(&mut self) -> Result<Option<Zeroizing<String>>, Error> {
        Ok(None)
    }
    /// Offers a selected text to the middle button. Does nothing where it does not paste.
    fn select(&mut self, _text: &str) -> Result<(), Error> {
        Ok(())
    }
    /// Clears it, if the system can do so only while nobody has copied since. True if it is clear now.
    fn clear_unless_taken(&mut self) -> bool {
        false
    }
    /// Clears it, whoever owns it.
    fn clear(&mut self) -> Result<(), Error>;
    /// Overwrites the remains of a pasted text, if the system keeps them.
    fn forget(&mut self) {}
}

/// The clipboard of this computer.
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
        text_or_none(self.clipboard.get_text())
    }

    #[cfg(target_os = "linux")]
    fn selected_text(&mut self) -> Result<Option<Zeroizing<String>>, Error> {
        use arboard::{GetExtLinux as _, LinuxClipboardKind};

        text_or_none(self.clipboard.get().clipboard(LinuxClipboardKind::Primary).text())
    }

    #[cfg(target_os = "linux")]
    fn select(&mut self, text: &str) -> Result<(), Error> {
        use arboard::{LinuxClipboardKind, SetExtLinux as _};

        self.clipboard.set().clipboard(LinuxClipboardKind::Primary).text(text)
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

fn text_or_none(read: Result<String, Error>) -> Result<Option<Zeroizing<String>>, Error> {
    match read {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(Error::ContentNotAvailable | Error::ConversionFailure) => Ok(None),
        // Some X11 programs return an image for text.
        Err(Error::Unknown { description }) if description == "incorrect type received from clipboard" => {
            Ok(None)
        }
        Err(err) => Err(err),
    }
}

#[cfg(target_os = "linux")]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(windows)]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    // Includes the history and the cloud.
    arboard::SetExtWindows::exclude_from_monitoring(set)
}

#[cfg(target_os = "macos")]
fn out_of_history(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

/// Retries while another program briefly has the clipboard open.
pub(super) fn patiently<T>(mut ask: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
    for _ in 1..TRIES {
        match ask() {
            Err(Error::ClipboardOccupied) => std::thread::sleep(BETWEEN_TRIES),
            answer => return answer,
        }
    }
    ask()
}

/// Clears the clipboard if it holds one of `ours`; otherwise returns false.
///
/// X11 can clear only while nobody else has copied. Elsewhere, and if a clipboard manager has taken over our text, clearing
/// is unconditional, so it must directly follow the check. After `late` nothing is cleared: nobody is waiting any more, and
/// the same secret may have been copied again.
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

/// True if the clipboard holds one of `ours`.
pub(super) fn holds(system: &mut impl System, ours: &[Fingerprint]) -> Result<bool, Error> {
    let text = patiently(|| system.text())?;
    Ok(text.is_some_and(|text| ours.iter().any(|print| print.fits(&text))))
}
