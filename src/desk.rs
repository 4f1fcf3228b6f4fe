//! The workstation: clipboard and files.

mod clipboard;
pub mod credentials;
mod journal;
pub mod private_file;
mod settings;
pub mod shell;

use std::path::PathBuf;

/// The administrator's own folder; the current one where the system does not tell.
pub fn home() -> PathBuf {
    directories::UserDirs::new().map_or_else(PathBuf::new, |folders| folders.home_dir().to_owned())
}

pub use clipboard::ClipboardThread;
pub use journal::Journal;
pub use settings::SettingsFile;
