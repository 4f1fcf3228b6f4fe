//! The first run listens on a socket in the user's folder: who connects is answered by one byte.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::time::Duration;

/// The address of a socket holds this many bytes of a path: 107 on Linux, 103 on macOS (`sun_path` of unix(7)).
const LONGEST: usize = 103;

pub(super) struct Listener(UnixListener);

impl Listener {
    /// Only for the run that has the lock: what is found there is of a run that is over.
    pub(super) fn bind(place: &Path) -> io::Result<Self> {
        match fs::remove_file(place) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(err),
            _ => {}
        }
        shortened(place, |place| UnixListener::bind(place)).map(Self)
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
pub(super) fn ask(place: &Path, patience: Duration) -> io::Result<()> {
    let mut first = shortened(place, |place| UnixStream::connect(place))?;
    first.set_read_timeout(Some(patience))?;
    first.read_exact(&mut [0])
}

/// Reaches a path that is too long for an address through a link to its folder, which is needed only for this moment.
fn shortened<T>(place: &Path, reach: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else { return reach(place) };
    if place.as_os_str().len() <= LONGEST {
        return reach(place);
    }
    let short = tempfile::tempdir()?;
    let link = short.path().join("l");
    std::os::unix::fs::symlink(folder, &link)?;
    reach(&link.join(name))
}
