//! The first run listens on a socket in the user's folder: who connects is answered by one byte.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) struct Listener(UnixListener);

impl Listener {
    /// Only for the run that has the lock: what is found there is of a run that is over.
    pub(super) fn bind(folder: &Path) -> io::Result<Self> {
        let place = place(folder);
        match fs::remove_file(&place) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(err),
            _ => {}
        }
        UnixListener::bind(place).map(Self)
    }

    /// A second handle of the same listener.
    pub(super) fn again(&self) -> io::Result<Self> {
        self.0.try_clone().map(Self)
    }

    /// Answers for ever. Who gets no byte was refused.
    pub(super) fn answer(&self, raise: impl Fn() -> bool) {
        for caller in self.0.incoming() {
            let answered =
                caller.and_then(|mut caller| if raise() { caller.write_all(b"!") } else { Ok(()) });
            if let Err(err) = answered {
                log::warn!("a second start got no answer: {err}");
            }
        }
    }
}

/// Asks the first run to come to the front.
pub(super) fn ask(folder: &Path, patience: Duration) -> io::Result<()> {
    let mut first = UnixStream::connect(place(folder))?;
    first.set_read_timeout(Some(patience))?;
    first.read_exact(&mut [0])
}

fn place(folder: &Path) -> PathBuf {
    folder.join("raise")
}
