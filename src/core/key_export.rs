//! Exporting keys of the account to a file.

use std::path::PathBuf;

use super::{Effect, Export, FileRequest, Model};
use crate::domain::{KeyReport, KeyReportFormat, SaveError};

pub enum KeyExportMsg {
    Write {
        report: Box<KeyReport>,
        format: KeyReportFormat,
        path: PathBuf,
        /// Whether an existing file may be replaced.
        replace: bool,
    },
    Written {
        answer: Result<PathBuf, SaveError>,
    },
    /// Clears the result of the last export.
    Forget,
}

impl Model {
    pub(super) fn update_key_export(&mut self, msg: KeyExportMsg) {
        match msg {
            KeyExportMsg::Write { report, format, path, replace } => {
                if self.key_export == Some(Export::Running) {
                    return;
                }
                self.key_export = Some(Export::Running);
                self.send(Effect::File(FileRequest::ExportKeys { report, format, path, replace }));
            }
            KeyExportMsg::Written { answer } => {
                self.key_export = Some(answer.map_or_else(Export::Failed, Export::Done));
            }
            KeyExportMsg::Forget => _ = self.key_export.take_if(|now| *now != Export::Running),
        }
    }
}
