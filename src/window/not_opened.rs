//! No window can be opened: why, what to do, and how somebody is told who started Keyfob from a menu.

use std::any::Any;
use std::io::Write as _;
use std::path::Path;

use eframe::Error;

use super::renderer::{self, Kind};
use crate::domain::NotOpened;

/// What was tried, and how each of them failed.
pub(super) fn of_errors(tried: Vec<(Kind, Error)>) -> NotOpened {
    if let Some((_, err)) = tried.iter().find(|(_, err)| !renderer::another_may_help(err)) {
        return of_words(err.to_string());
    }
    NotOpened::NoRenderer(
        tried.into_iter().map(|(kind, err)| (kind.name(), renderer::reason(&err))).collect(),
    )
}

/// The window library panics where one of its libraries is missing. Nothing of a user is in it that early.
pub(super) fn of_panic(payload: &(dyn Any + Send)) -> NotOpened {
    let words = payload.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| payload.downcast_ref::<&str>().copied());
    of_words(words.unwrap_or("it failed inside").to_owned())
}

fn of_words(words: String) -> NotOpened {
    if words.contains("neither WAYLAND_DISPLAY") {
        NotOpened::NoDisplay
    } else if words.contains("could not be loaded") || words.contains(".so") {
        NotOpened::NoLibrary(words)
    } else {
        NotOpened::Other(words)
    }
}

/// Tells it: on standard error, in a file `no-window.txt` in `folder`, and in whatever window the system itself can open.
pub fn tell(text: &str, folder: Option<&Path>, started_in_terminal: bool) {
    _ = writeln!(std::io::stderr(), "{text}");
    if let Some(folder) = folder
        && let Err(err) = write(folder, text)
    {
        log::warn!("{} could not be written: {err}", folder.join("no-window.txt").display());
    }
    if !started_in_terminal {
        show(text);
    }
}

fn write(folder: &Path, text: &str) -> std::io::Result<()> {
    crate::desk::make_private(folder)?;
    std::fs::write(folder.join("no-window.txt"), text)
}

#[cfg(windows)]
fn show(text: &str) {
    let dialog = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error);
    dialog.set_title("Keyfob").set_description(text).show();
}

#[cfg(target_os = "macos")]
fn show(text: &str) {
    let script = "on run argv\ndisplay alert \"Keyfob\" message (item 1 of argv) as critical\nend run";
    _ = std::process::Command::new("/usr/bin/osascript").args(["-e", script, text]).status();
}

/// With the first of the tools that is there. None of them needs what Keyfob lacks.
#[cfg(not(any(windows, target_os = "macos")))]
fn show(text: &str) {
    use std::process::{Command, Stdio};

    let tools: [(&str, &[&str]); 4] = [
        ("zenity", &["--error", "--no-markup", "--title=Keyfob", "--text"]),
        ("kdialog", &["--title", "Keyfob", "--error"]),
        ("xmessage", &["-center"]),
        ("notify-send", &["--urgency=critical", "Keyfob"]),
    ];
    for (tool, arguments) in tools {
        let mut command = Command::new(tool);
        command.args(arguments).arg(text).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // They return once it was read.
        if command.status().is_ok_and(|status| status.success()) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_for_a_missing_library_says_so() {
        let words = "Library libxkbcommon-x11.so could not be loaded.: NotFound";
        let payload: Box<dyn Any + Send> = Box::new(words.to_owned());
        assert_eq!(of_panic(&*payload), NotOpened::NoLibrary(words.to_owned()));
        let payload: Box<dyn Any + Send> = Box::new("something else");
        assert_eq!(of_panic(&*payload), NotOpened::Other("something else".to_owned()));
    }

    #[test]
    fn each_renderer_is_reported_with_its_error() {
        let err = |text: &str| Error::OpenGL(eframe::egui_glow::PainterError::from(text.to_owned()));
        let NotOpened::NoRenderer(told) = of_errors(vec![(Kind::Glow, err("one")), (Kind::Glow, err("two"))])
        else {
            panic!("another kind");
        };
        assert_eq!(told.first().map(|(name, why)| (*name, why.contains("one"))), Some(("OpenGL", true)));
        assert_eq!(told.get(1).map(|(name, why)| (*name, why.contains("two"))), Some(("OpenGL", true)));
    }
}
