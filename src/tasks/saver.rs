//! Saving the settings: one at a time, and only the latest.

use poll_promise::Promise;
use tokio::runtime::Handle;

use super::Waker;
use crate::core::{Msg, SettingsMsg};
use crate::desk::SettingsFile;
use crate::domain::Settings;

/// Threads that write at the same time could finish in any order, and an older file would be the last one.
pub(super) struct Saver {
    file: SettingsFile,
    runtime: Handle,
    waker: Waker,
    under_way: Option<Promise<Option<Msg>>>,
    /// Written once that is done. A later one takes its place.
    next: Option<Settings>,
}

impl Saver {
    pub(super) fn new(file: SettingsFile, runtime: Handle, waker: Waker) -> Self {
        Self { file, runtime, waker, under_way: None, next: None }
    }

    pub(super) fn save(&mut self, settings: Settings) {
        self.next = Some(settings);
        self.go_on();
    }

    /// Why it could not be saved, if so.
    pub(super) fn poll(&mut self) -> Option<Msg> {
        let told = match self.under_way.take()?.try_take() {
            Ok(told) => told,
            Err(promise) => {
                self.under_way = Some(promise);
                return None;
            }
        };
        self.go_on();
        told
    }

    pub(super) fn is_busy(&self) -> bool {
        self.under_way.is_some()
    }

    fn go_on(&mut self) {
        if self.is_busy() {
            return;
        }
        let Some(settings) = self.next.take() else { return };
        let (sender, promise) = Promise::new();
        let (file, waker) = (self.file.clone(), self.waker.clone());
        // Files may be on a slow disk; the runtime has threads for that.
        let write = self.runtime.spawn_blocking(move || file.save(&settings));
        self.runtime.spawn(async move {
            let failed = write.await.ok().and_then(Result::err);
            sender.send(failed.map(|err| Msg::Settings(SettingsMsg::NotSaved { reason: err.to_string() })));
            waker.wake();
        });
        self.under_way = Some(promise);
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::waker;
    use super::*;
    use crate::domain::UserName;

    #[test]
    fn whatever_is_saved_in_between_the_last_one_is_the_last_to_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(folder.path().join("settings.json"));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let mut saver = Saver::new(file.clone(), runtime.handle().clone(), waker().0);
        let of = |number: usize| {
            let mut settings = Settings::default();
            settings.last_user.insert("123456789012".into(), UserName::new(number.to_string()));
            settings
        };
        for number in 0..20 {
            saver.save(of(number));
        }
        assert_eq!(saver.next, Some(of(19)), "one is written, and only the latest waits");
        let deadline = Instant::now() + Duration::from_secs(30);
        while saver.is_busy() {
            assert!(Instant::now() < deadline, "it is never written");
            assert!(saver.poll().is_none(), "it fails");
            std::thread::yield_now();
        }
        assert_eq!(file.load(jiff::Timestamp::UNIX_EPOCH).settings, of(19));
    }
}
