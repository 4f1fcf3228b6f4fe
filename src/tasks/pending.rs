//! Requests whose answer is awaited: one one-shot mailbox each.

use poll_promise::Promise;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::Waker;
use crate::aws::{Connection, Unidentified};
use crate::core::{Msg, SessionId};

/// What a task brings back: messages, and the connection that a sign-in made, whose account is not known yet.
#[derive(Default)]
pub(super) struct Done {
    pub(super) messages: Vec<Msg>,
    pub(super) connected: Option<(SessionId, Connection, Unidentified)>,
}

impl From<Msg> for Done {
    fn from(msg: Msg) -> Self {
        Self::from(vec![msg])
    }
}

impl From<Vec<Msg>> for Done {
    fn from(messages: Vec<Msg>) -> Self {
        Self { messages, ..Self::default() }
    }
}

impl From<Option<Msg>> for Done {
    fn from(msg: Option<Msg>) -> Self {
        Self::from(Vec::from_iter(msg))
    }
}

/// How a task is treated when the window closes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AtExit {
    /// Asks, and changes nothing: may be cut off.
    CutOff,
    /// Changes something: is waited for, within limits.
    Finish,
}

pub(super) struct Pending {
    runtime: Handle,
    waker: Waker,
    promises: Vec<(AtExit, Promise<Done>)>,
}

impl Pending {
    pub(super) fn new(runtime: Handle, waker: Waker) -> Self {
        Self { runtime, waker, promises: Vec::new() }
    }

    /// Runs a future on the runtime; it may be given up with the handle. The inner task turns a panic into `lost`. The answer
    /// is sent before the engine is woken, or it might look for it too early.
    pub(super) fn start(
        &mut self,
        at_exit: AtExit,
        lost: Option<Msg>,
        future: impl Future<Output = Done> + Send + 'static,
    ) -> AbortHandle {
        let (sender, promise) = Promise::new();
        let waker = self.waker.clone();
        let task = self.runtime.spawn(future);
        let handle = task.abort_handle();
        self.runtime.spawn(async move {
            let done = task.await.unwrap_or_else(|err| {
                if err.is_cancelled() {
                    return Done::default();
                }
                log::error!("a background task ended early: panicked: {}", err.is_panic());
                lost.into()
            });
            sender.send(done);
            waker.wake();
        });
        self.promises.push((at_exit, promise));
        handle
    }

    /// What has arrived since the last call.
    pub(super) fn take_arrived(&mut self) -> Vec<Done> {
        let mut arrived = Vec::new();
        for (at_exit, promise) in std::mem::take(&mut self.promises) {
            match promise.try_take() {
                Ok(done) => arrived.push(done),
                Err(promise) => self.promises.push((at_exit, promise)),
            }
        }
        arrived
    }

    /// True while something is under way that must not be cut off at exit.
    pub(super) fn must_finish(&self) -> bool {
        self.promises.iter().any(|(at_exit, _)| *at_exit == AtExit::Finish)
    }
}
