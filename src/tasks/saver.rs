//! Saving the settings: only the latest of those that wait.

use std::sync::Arc;

use tokio::sync::watch;

use super::writer::Writer;
use crate::desk::SettingsFile;
use crate::domain::Settings;

pub(super) struct Saver {
    file: SettingsFile,
    writer: Writer,
    /// Written with the next turn. A later one takes its place.
    next: Arc<watch::Sender<Option<Settings>>>,
}

impl Saver {
    pub(super) fn new(file: SettingsFile, writer: Writer) -> Self {
        Self { file, writer, next: Arc::new(watch::Sender::new(None)) }
    }

    /// These or later ones are on the disk when the future ends.
    pub(super) fn save(&self, settings: Settings) -> impl Future<Output = Result<(), String>> + Send + use<> {
        let (file, next) = (self.file.clone(), Arc::clone(&self.next));
        next.send_replace(Some(settings));
        self.writer.run(move || next.send_replace(None).map_or(Ok(()), |settings| file.save(&settings)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::WindowPlace;

    #[test]
    fn whatever_is_saved_in_between_the_last_one_is_the_last_to_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(folder.path().join("settings.json"));
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let writer = Writer::start(runtime.handle());
        let (release, held) = std::sync::mpsc::channel::<()>();
        let busy = writer.run(move || held.recv().map_err(std::io::Error::other));
        let saver = Saver::new(file.clone(), writer);
        let of = |number: u8| {
            let window = WindowPlace { position: None, size: [f32::from(number), 1.0], maximised: false };
            Settings { window: Some(window), ..Settings::default() }
        };
        let saved: Vec<_> = (0..20).map(|number| saver.save(of(number))).collect();
        assert_eq!(*saver.next.borrow(), Some(of(19)), "only the latest waits");
        release.send(()).unwrap();
        for saved in std::iter::once(busy)
            .map(|busy| runtime.block_on(busy))
            .chain(saved.into_iter().map(|saved| runtime.block_on(saved)))
        {
            assert_eq!(saved, Ok(()));
        }
        assert_eq!(file.load(jiff::Timestamp::UNIX_EPOCH).settings, of(19));
    }
}
