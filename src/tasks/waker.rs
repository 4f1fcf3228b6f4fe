//! The word from the background that something has arrived.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Wakes who applies answers. Called after the answer was put where it is looked for; never blocks.
#[derive(Clone)]
pub struct Waker(SyncSender<()>);

impl Waker {
    pub(super) fn wake(&self) {
        // Full: who is woken has not looked yet.
        self.0.try_send(()).ok();
    }
}

/// A waker, and what it wakes.
pub fn waker() -> (Waker, Wakes) {
    let (sender, receiver) = sync_channel(1);
    (Waker(sender), Wakes(receiver))
}

/// What wakers wake.
pub struct Wakes(Receiver<()>);

impl Wakes {
    /// Waits for the next call. `false` once nobody is left to call.
    pub fn next(&self) -> bool {
        self.0.recv().is_ok()
    }
}
