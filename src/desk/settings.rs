//! The settings file: small, of our own, written whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::domain::Settings;

/// Where the settings are kept. Without a folder for it, nothing is remembered.
#[derive(Clone, Debug)]
pub struct SettingsFile(Option<PathBuf>);

impl SettingsFile {
    /// `keyfob/settings.json` in the platform's configuration folder.
    pub fn of_user() -> Self {
        let folders = directories::ProjectDirs::from("", "", "keyfob");
        Self(folders.map(|folders| folders.config_dir().join("settings.json")))
    }

    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Some(path.into()))
    }

    /// Nothing is read or written.
    pub fn none() -> Self {
        Self(None)
    }

    /// What was remembered. An unreadable file is kept aside as `settings.json.bad`, and the defaults are used.
    pub fn load(&self) -> Settings {
        let Some(path) = &self.0 else {
            return Settings::default();
        };
        let Ok(text) = fs::read_to_string(path) else {
            return Settings::default();
        };
        serde_json::from_str(&text).unwrap_or_else(|err| {
            log::warn!("the settings file is not usable and was kept aside: {err}");
            if let Err(err) = fs::rename(path, path.with_extension("json.bad")) {
                log::warn!("and could not be renamed: {err}");
            }
            Settings::default()
        })
    }

    /// Writes beside the file and renames, so that a crash leaves the old or the new one.
    pub fn save(&self, settings: &Settings) -> io::Result<()> {
        let Some(path) = &self.0 else { return Ok(()) };
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        super::make_private(folder)?;
        // Readable by this user only, from the first byte: it names accounts and users.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, settings)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{SignInChoice, Theme};

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(folder.path().join("deep/settings.json"));
        let mut settings = Settings { theme: Theme::Dark, ..Settings::default() };
        settings.remember_opened(crate::domain::Opened {
            choice: SignInChoice::Profile("acme".into()),
            account_id: "123456789012".into(),
            elsewhere: None,
            at: jiff::Timestamp::UNIX_EPOCH,
        });
        file.save(&settings).unwrap();
        assert_eq!(file.load(), settings);
    }

    #[test]
    fn a_broken_file_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, "{ not json").unwrap();
        assert_eq!(SettingsFile::at(&path).load(), Settings::default());
        assert_eq!(fs::read_to_string(folder.path().join("settings.json.bad")).unwrap(), "{ not json");
    }

    #[test]
    fn fields_of_other_versions_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, r#"{"theme": "light", "from_the_future": [1]}"#).unwrap();
        assert_eq!(SettingsFile::at(&path).load().theme, Theme::Light);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        SettingsFile::at(&path).save(&Settings::default()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
