//! The workstation: clipboard, files, programs.

mod browser;
mod clipboard;
pub mod credentials;
mod journal;
pub mod login_shell;
pub mod private_file;
pub mod programs;
mod records;
mod settings;

use std::fs::DirBuilder;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

/// The administrator's own folder; the current one where the system does not tell.
pub fn home() -> PathBuf {
    directories::UserDirs::new().map_or_else(PathBuf::new, |folders| folders.home_dir().to_owned())
}

/// What a run leaves for the next one, other than settings; `None` where the platform has no place for it.
pub fn state_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "keyfob")?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}

/// Started in a terminal, and not from the desktop: the environment is that of a shell, and somebody reads what is written.
pub fn in_terminal() -> bool {
    std::io::stderr().is_terminal() || std::io::stdin().is_terminal()
}

/// Makes a folder, and those above it, for its owner alone.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

pub use browser::Browser;
pub use clipboard::ClipboardThread;
pub use journal::Journal;
pub use records::Records;
pub use settings::{Remembered, SettingsFile};
