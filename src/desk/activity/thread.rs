//! The one thread that writes the activity: in the order in which it is told, and nobody waits for the disk.

use std::io;
use std::sync::mpsc::{self, Sender};

use super::ActivityFile;
use crate::domain::Deed;

type Told = Box<dyn FnOnce(io::Result<()>) + Send>;

/// A handle to it. The thread ends when the handle is dropped and everything is written.
pub struct ActivityThread(Sender<(Deed, Told)>);

impl ActivityThread {
    pub fn start(file: ActivityFile) -> io::Result<Self> {
        let (sender, deeds) = mpsc::channel::<(Deed, Told)>();
        let write = move || {
            for (deed, tell) in deeds {
                tell(file.append(&deed));
            }
        };
        std::thread::Builder::new().name("activity".into()).spawn(write)?;
        Ok(Self(sender))
    }

    /// Never waits. `tell` is called once it is on the disk, or could not be written.
    pub fn append(&self, deed: Deed, tell: impl FnOnce(io::Result<()>) + Send + 'static) {
        // It ends only with this handle.
        self.0.send((deed, Box::new(tell))).ok();
    }
}
