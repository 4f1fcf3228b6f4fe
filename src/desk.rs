//! The workstation: clipboard, files, programs.

mod batch_store;
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

/// The home folder; the current folder if the system does not report one.
pub fn home() -> PathBuf {
    directories::UserDirs::new().map_or_else(PathBuf::new, |folders| folders.home_dir().to_owned())
}

/// The folder for state that outlives a run, other than settings; `None` if the platform has none.
pub fn state_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "keyfob")?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}

/// True if Keyfob was started in a terminal: it then has a shell's environment, and somebody sees its output.
pub fn in_terminal() -> bool {
    std::io::stderr().is_terminal() || std::io::stdin().is_terminal()
}

/// Creates a folder and its parents, accessible only to their owner.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

pub use batch_store::BatchStore;
pub use browser::Browser;
pub use clipboard::{ClipboardThread, PastedText};
pub use journal::Journal;
pub use records::Records;
pub use settings::{LoadedSettings, SettingsFile};
