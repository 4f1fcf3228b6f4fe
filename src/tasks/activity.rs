//! What was done: read once, and written as it happens.

use tokio::sync::oneshot;

use super::{AtExit, Tasks};
use crate::core::{ActivityMsg, Msg};
use crate::desk::{ActivityFile, ActivityThread};
use crate::domain::Deed;

impl Tasks {
    /// Starts the thread that writes, and reads what earlier runs did.
    pub(super) fn open_activity(&mut self) {
        let Some(folder) = self.services.activity.clone() else {
            self.ready.push(Msg::Activity(ActivityMsg::Found(Vec::new())));
            return;
        };
        let file = ActivityFile::in_folder(folder);
        match ActivityThread::start(file.clone()) {
            Ok(thread) => self.activity = Some(thread),
            Err(err) => {
                let reason = err.to_string();
                self.ready.push(Msg::Activity(ActivityMsg::NotWritten { reason }));
            }
        }
        let read = self.services.runtime.spawn_blocking(move || file.read());
        self.spawn(AtExit::CutOff, None, async move {
            let not_read = |reason| ActivityMsg::NotRead { reason };
            let msg = match read.await {
                Ok(found) => found.map_or_else(|err| not_read(err.to_string()), ActivityMsg::Found),
                Err(_) => not_read("reading it ended early".to_owned()),
            };
            Msg::Activity(msg).into()
        });
    }

    /// Given to the thread at once, so that the order stays; what is waited for at exit is that it is on the disk.
    pub(super) fn write_deed(&mut self, deed: Deed) {
        let Some(thread) = &self.activity else { return };
        let (tell, written) = oneshot::channel();
        thread.append(deed, |result| _ = tell.send(result));
        self.spawn(AtExit::Finish, None, async move {
            let failed = written.await.ok().and_then(Result::err);
            failed.map(|err| Msg::Activity(ActivityMsg::NotWritten { reason: err.to_string() })).into()
        });
    }
}
