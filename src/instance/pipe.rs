//! The first run listens on a named pipe: who connects is answered by one byte. Other users may not write to it, and so not
//! open it as we do.

use std::fs::OpenOptions;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};

/// Of the path, so many characters are part of the name.
const MOST: usize = 200;

/// The name of the pipe; the pipe itself is made by the thread that answers.
#[derive(Clone)]
pub(super) struct Listener(String);

impl Listener {
    #[expect(clippy::unnecessary_wraps, reason = "the socket of other systems can fail here")]
    pub(super) fn bind(place: &Path) -> io::Result<Self> {
        Ok(Self(name(place)))
    }

    /// A second handle of the same listener.
    #[expect(clippy::unnecessary_wraps, reason = "the socket of other systems can fail here")]
    pub(super) fn again(&self) -> io::Result<Self> {
        Ok(self.clone())
    }

    /// Answers for ever. Who gets no byte was refused.
    pub(super) fn answer(&self, raise: impl Fn() -> bool) {
        if let Err(err) = self.serve(raise) {
            log::warn!("a second start will not find this window: {err}");
        }
    }

    fn serve(&self, raise: impl Fn() -> bool) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        runtime.block_on(async {
            let mut pipe = ServerOptions::new().first_pipe_instance(true).create(&self.0)?;
            loop {
                pipe.connect().await?;
                // The next caller finds a pipe while this one is answered.
                let next = ServerOptions::new().create(&self.0)?;
                if let Err(err) = reply(pipe, raise()).await {
                    log::warn!("a second start got no answer: {err}");
                }
                pipe = next;
            }
        })
    }
}

async fn reply(mut caller: NamedPipeServer, raised: bool) -> io::Result<()> {
    if raised {
        caller.write_all(b"!").await?;
        caller.flush().await?;
    }
    Ok(())
}

/// Asks the first run to come to the front. Its thread answers at once or not at all, so nothing is timed here.
pub(super) fn ask(place: &Path, _patience: Duration) -> io::Result<()> {
    let mut first = OpenOptions::new().read(true).write(true).open(name(place))?;
    first.read_exact(&mut [0])
}

/// A pipe's name may hold anything but a backslash, and has 256 characters at most: the end of a long path is in it, which
/// tells users and sessions apart.
fn name(place: &Path) -> String {
    let place = place.display().to_string().replace('\\', "/");
    let start = place.char_indices().rev().nth(MOST - 1).map_or(0, |(at, _)| at);
    format!(r"\\.\pipe\keyfob {}", place.get(start..).unwrap_or_default())
}
