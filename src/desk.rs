//! The workstation: clipboard and files.

mod clipboard;
mod settings;

pub use clipboard::ClipboardThread;
pub use settings::SettingsFile;
