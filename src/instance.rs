//! One window per user and display: a second start brings the window of the first to the front, and ends.
//!
//! Nobody would see it come to the front on another display (a second seat, `ssh -X`, a session over RDP): there a start opens
//! a window of its own. A locked file tells that there is a first one; the system drops the lock however that one ends. What it listens on lies
//! beside the file, below the user's own folder, where nobody else can reach it. Nothing is handed over.

#[cfg(windows)]
mod pipe;
#[cfg(unix)]
mod socket;

mod display;

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use egui::{Context, UserAttentionType, ViewportCommand};

use crate::desk;
pub use display::Display;
#[cfg(windows)]
use pipe::{Listener, ask};
#[cfg(unix)]
use socket::{Listener, ask};

/// Longer than a window takes to open or to close.
const PATIENCE: Duration = Duration::from_secs(8);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Which window a start looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The one that is there already.
    Shared,
    /// One of its own, whatever is there.
    NewWindow,
}

/// What runs on one display share, below a folder.
struct Shared {
    folder: PathBuf,
    name: String,
}

impl Shared {
    fn lock_file(&self) -> PathBuf {
        self.folder.join(format!("running-{}", self.name))
    }

    fn socket(&self) -> PathBuf {
        self.folder.join(format!("raise-{}", self.name))
    }
}

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
    pub fn claim(folder: Option<&Path>, display: &Display, claim: Claim) -> Option<Self> {
        let alone = Self { _lock: None, listener: None };
        let Some(folder) = folder else {
            return Some(alone);
        };
        let shared = Shared { folder: folder.to_owned(), name: display.file_name() };
        let deadline = Instant::now() + PATIENCE;
        loop {
            match lock(&shared) {
                Ok(Some(lock)) => return Some(Self { _lock: Some(lock), listener: listen(&shared) }),
                Ok(None) if claim == Claim::NewWindow => return Some(alone),
                Ok(None) => {}
                Err(err) => {
                    log::warn!("whether Keyfob runs already cannot be told: {err}");
                    return Some(alone);
                }
            }
            match ask(&shared.socket(), PATIENCE) {
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
fn lock(shared: &Shared) -> io::Result<Option<File>> {
    desk::make_private(&shared.folder)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(shared.lock_file())?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(err)) => Err(err),
    }
}

fn listen(shared: &Shared) -> Option<Listener> {
    Listener::bind(&shared.socket())
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

    fn claim(folder: &Path, display: &str) -> Option<Instance> {
        Instance::claim(Some(folder), &Display::named(display), Claim::Shared)
    }

    fn first(folder: &Path, ctx: &Context) -> Instance {
        let first = claim(folder, ":0").expect("nobody else is there");
        first.follow(ctx);
        first
    }

    fn pass(ctx: &Context, input: RawInput) -> FullOutput {
        let mut output = ctx.run_ui(input, |_| {});
        // Nobody paints here, and egui insists on being told.
        output.textures_delta.clear();
        output
    }

    fn is_raised(ctx: &Context) -> bool {
        let output = pass(ctx, RawInput::default());
        let root = output.viewport_output.get(&ViewportId::ROOT).expect("the window");
        root.commands.contains(&ViewportCommand::Focus)
    }

    #[test]
    fn a_second_start_raises_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = Context::default();
        let _first = first(folder.path(), &ctx);
        assert!(claim(folder.path(), ":0").is_none(), "it would open a second window");
        assert!(is_raised(&ctx));
    }

    #[test]
    fn a_second_start_on_another_display_opens_a_window_there_which_later_starts_find() {
        let folder = tempfile::tempdir().expect("a folder");
        let (here, there) = (Context::default(), Context::default());
        let _first = first(folder.path(), &here);
        let second = claim(folder.path(), "localhost:10.0").expect("nobody would see the first come up");
        second.follow(&there);
        assert!(!is_raised(&here));
        assert!(claim(folder.path(), "localhost:10.0").is_none(), "it would open a third window");
        assert!(is_raised(&there));
        assert!(!is_raised(&here));
    }

    #[test]
    fn a_window_of_its_own_raises_nothing_and_is_found_where_it_is_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = Context::default();
        let own = || Instance::claim(Some(folder.path()), &Display::named(":0"), Claim::NewWindow);
        let first = own().expect("a window");
        first.follow(&ctx);
        let _second = own().expect("a second window");
        assert!(!is_raised(&ctx));
        assert!(claim(folder.path(), ":0").is_none(), "it would open a third window");
        assert!(is_raised(&ctx));
    }

    #[test]
    fn long_folder_names_make_no_difference() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep =
            folder.path().join("long-folder-name-".repeat(12)).join("Benutzerverzeichnisse-".repeat(8));
        let ctx = Context::default();
        let started = Instant::now();
        let _first = first(&deep, &ctx);
        assert!(claim(&deep, ":0").is_none(), "it would open a second window");
        assert!(is_raised(&ctx));
        assert!(started.elapsed() < PATIENCE, "it was waited for");
    }

    #[test]
    fn a_window_that_closes_hands_its_place_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = Context::default();
        let first = first(folder.path(), &ctx);
        let mut closing = RawInput::default();
        closing.viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
        pass(&ctx, closing);
        let shared = Shared { folder: folder.path().to_owned(), name: Display::named(":0").file_name() };
        ask(&shared.socket(), PATIENCE).expect_err("a closing window was raised");
        drop(first);
        assert!(claim(folder.path(), ":0").is_some(), "the next start found no place");
    }
}
