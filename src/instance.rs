//! One window per user: a second start brings the window of the first to the front, and ends.
//!
//! A locked file tells that there is a first one; the system drops the lock however that one ends. What it listens on lies
//! beside the file, below the user's own folder, where nobody else can reach it. Nothing is handed over.

#[cfg(windows)]
mod pipe;
#[cfg(unix)]
mod socket;

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use egui::{Context, UserAttentionType, ViewportCommand};

use crate::desk;
#[cfg(windows)]
use pipe::{Listener, ask};
#[cfg(unix)]
use socket::{Listener, ask};

/// Longer than a window takes to open or to close.
const PATIENCE: Duration = Duration::from_secs(8);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// This run is the one that later starts find.
pub struct Instance {
    /// Held as long as the run lives. `None` where there is no folder to lock in, or a first one that does not answer.
    _lock: Option<File>,
    listener: Option<Listener>,
}

impl Instance {
    /// `None` if another run of this user has been asked to come to the front.
    ///
    /// One that holds the lock and does not answer (it hangs, or runs on another machine that shares this folder) is no
    /// reason to stay without a window.
    pub fn claim(folder: Option<&Path>) -> Option<Self> {
        let alone = Self { _lock: None, listener: None };
        let Some(folder) = folder else {
            return Some(alone);
        };
        let deadline = Instant::now() + PATIENCE;
        loop {
            match lock(folder) {
                Ok(Some(lock)) => return Some(Self { _lock: Some(lock), listener: listen(folder) }),
                Ok(None) => {}
                Err(err) => {
                    log::warn!("whether Keyfob runs already cannot be told: {err}");
                    return Some(alone);
                }
            }
            match ask(folder, PATIENCE) {
                Ok(()) => return None,
                // It is just opening or closing.
                Err(_) if Instant::now() < deadline => thread::sleep(BETWEEN_TRIES),
                Err(err) => {
                    log::warn!("another Keyfob runs and does not answer: {err}");
                    return Some(alone);
                }
            }
        }
    }

    /// From now on, later starts bring this window to the front.
    pub fn follow(&self, ctx: &Context) {
        let Some(listener) = self.listener.as_ref().map(Listener::again) else {
            return;
        };
        let ctx = ctx.clone();
        let started = listener.and_then(|listener| {
            thread::Builder::new().name("instance".into()).spawn(move || listener.answer(|| raise(&ctx)))
        });
        if let Err(err) = started {
            log::warn!("a second start will not find this window: {err}");
        }
    }
}

/// The lock, or `None` while another run has it.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    desk::make_private(folder)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("running"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(err)) => Err(err),
    }
}

fn listen(folder: &Path) -> Option<Listener> {
    Listener::bind(folder)
        .inspect_err(|err| log::warn!("a second start will not find this window: {err}"))
        .ok()
}

/// Brings the window to the front. `false` if it is closing: then the start that asked takes its place.
fn raise(ctx: &Context) -> bool {
    if ctx.input(|input| input.viewport().close_requested()) {
        return false;
    }
    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
    ctx.send_viewport_cmd(ViewportCommand::Focus);
    // Where a program may not take the focus (Wayland), it may say that it wants it.
    ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
    ctx.request_repaint();
    true
}

#[cfg(test)]
mod tests {
    use egui::{FullOutput, RawInput, ViewportEvent, ViewportId};

    use super::*;

    fn first(folder: &Path, ctx: &Context) -> Instance {
        let first = Instance::claim(Some(folder)).expect("nobody else is there");
        first.follow(ctx);
        first
    }

    fn pass(ctx: &Context, input: RawInput) -> FullOutput {
        let mut output = ctx.run_ui(input, |_| {});
        // Nobody paints here, and egui insists on being told.
        output.textures_delta.clear();
        output
    }

    #[test]
    fn a_second_start_raises_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = Context::default();
        let _first = first(folder.path(), &ctx);
        assert!(Instance::claim(Some(folder.path())).is_none(), "it would open a second window");
        let output = pass(&ctx, RawInput::default());
        let root = output.viewport_output.get(&ViewportId::ROOT).expect("the window");
        assert!(root.commands.contains(&ViewportCommand::Focus), "{:?}", root.commands);
    }

    #[test]
    fn a_window_that_closes_hands_its_place_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = Context::default();
        let first = first(folder.path(), &ctx);
        let mut closing = RawInput::default();
        closing.viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
        pass(&ctx, closing);
        ask(folder.path(), PATIENCE).expect_err("a closing window was raised");
        drop(first);
        assert!(Instance::claim(Some(folder.path())).is_some(), "the next start found no place");
    }
}
