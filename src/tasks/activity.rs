//! What was done: read once, and written as it happens.

use super::Tasks;
use crate::core::{ActivityMsg, Msg};
use crate::desk::Records;
use crate::domain::ActivityEntry;

impl Tasks {
    /// Reads what earlier runs did.
    pub(super) fn open_activity(&mut self) {
        let Some(folder) = &self.services.activity else {
            self.ready.push(Msg::Activity(ActivityMsg::Found(Vec::new())));
            return;
        };
        let records = Records::in_folder(folder, "activity");
        self.activity = Some(records.clone());
        self.read(
            move || records.read(),
            |read| {
                let not_read = |reason| ActivityMsg::NotRead { reason };
                Msg::Activity(read.map_or_else(not_read, ActivityMsg::Found))
            },
        );
    }

    pub(super) fn write_deed(&mut self, entry: ActivityEntry) {
        let Some(records) = self.activity.clone() else { return };
        let written = self.writer.run(move || records.append(&entry));
        self.write(written, |reason| Msg::Activity(ActivityMsg::NotWritten { reason }));
    }
}
