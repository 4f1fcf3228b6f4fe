//! The one writer of the files that Keyfob keeps for itself: journal, activity, settings. Its jobs are done in the order in
//! which they were given, on threads that may wait for a slow disk.
//!
//! The order matters: which key was made must be in the journal before its intent is closed, an older file of settings must
//! not be written last, and what an earlier run did is read before this one adds to it.

use std::io;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::{AtExit, Tasks};
use crate::core::Msg;

type Job = Box<dyn FnOnce() + Send>;

/// Where jobs are given to it.
#[derive(Clone)]
pub(super) struct Writer(mpsc::UnboundedSender<Job>);

impl Writer {
    /// Works until nobody is left who could give it a job.
    pub(super) fn start(runtime: &Handle) -> Self {
        let (queue, mut jobs) = mpsc::unbounded_channel::<Job>();
        let threads = runtime.clone();
        runtime.spawn(async move {
            while let Some(job) = jobs.recv().await {
                // A job that panics has told so by dropping its end of the channel.
                threads.spawn_blocking(job).await.ok();
            }
        });
        Self(queue)
    }

    /// The job has its place in the order when this returns, and is done when the future ends.
    pub(super) fn run<T, J>(&self, job: J) -> impl Future<Output = Result<T, String>> + Send + use<T, J>
    where
        T: Send + 'static,
        J: FnOnce() -> io::Result<T> + Send + 'static,
    {
        let (tell, done) = oneshot::channel();
        self.0.send(Box::new(move || _ = tell.send(job()))).ok();
        async move {
            let ended_early = |_| Err(io::Error::other("it ended early"));
            done.await.unwrap_or_else(ended_early).map_err(|err| err.to_string())
        }
    }
}

impl Tasks {
    /// Reads what earlier runs have left.
    pub(super) fn read<T: Send + 'static>(
        &mut self,
        job: impl FnOnce() -> io::Result<T> + Send + 'static,
        found: fn(Result<T, String>) -> Msg,
    ) {
        let read = self.writer.run(job);
        self.spawn(AtExit::CutOff, None, async move { found(read.await).into() });
    }

    /// Writes; the end of the program waits for it.
    pub(super) fn write(
        &mut self,
        written: impl Future<Output = Result<(), String>> + Send + 'static,
        not_written: fn(String) -> Msg,
    ) {
        self.spawn(AtExit::Finish, None, async move { written.await.err().map(not_written).into() });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn jobs_are_done_in_the_order_in_which_they_were_given() {
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let writer = Writer::start(runtime.handle());
        let (tell, done) = mpsc::channel();
        let given: Vec<_> = (0..20_u64)
            .map(|number| {
                let tell = tell.clone();
                writer.run(move || {
                    // A slow disk: what comes after it waits.
                    std::thread::sleep(Duration::from_millis(if number == 3 { 50 } else { 0 }));
                    tell.send(number).unwrap();
                    Ok(number)
                })
            })
            .collect();
        for (number, job) in given.into_iter().enumerate().rev() {
            assert_eq!(runtime.block_on(job), Ok(number as u64));
        }
        assert_eq!(done.try_iter().collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn errors_are_reported_and_stop_nothing() {
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let writer = Writer::start(runtime.handle());
        let full = writer.run(|| Err::<(), _>(io::Error::other("the disk is full")));
        let panics = writer.run(|| -> io::Result<()> { panic!("on purpose") });
        let good = writer.run(|| Ok(7));
        assert_eq!(runtime.block_on(good), Ok(7));
        assert_eq!(runtime.block_on(full), Err("the disk is full".to_owned()));
        assert_eq!(runtime.block_on(panics), Err("it ended early".to_owned()));
    }
}
