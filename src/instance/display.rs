//! The display that a window opens on, as the environment names it.

use std::ffi::OsString;

use sha1::{Digest as _, Sha1};

/// The display of a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Display(String);

impl Display {
    /// The one that the window library opens: Wayland before X11 (`winit-0.30/src/platform_impl/linux/mod.rs`). On Windows,
    /// the session: the console, or one over RDP.
    pub fn of_environment() -> Self {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        Self::of(variable)
    }

    fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let told = |name: &str| variable(name).map(|value| value.to_string_lossy().into_owned());
        if cfg!(windows) {
            return Self(told("SESSIONNAME").unwrap_or_default());
        }
        if cfg!(target_os = "macos") {
            return Self(String::new());
        }
        if let Some(socket) = told("WAYLAND_DISPLAY") {
            // Relative names are below this folder.
            return Self(format!("wayland {} {socket}", told("XDG_RUNTIME_DIR").unwrap_or_default()));
        }
        match told("DISPLAY") {
            Some(display) => Self(format!("x11 {}", without_screen(&display))),
            None => Self(String::new()),
        }
    }

    #[cfg(test)]
    pub(super) fn named(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// A part of a file name.
    pub(super) fn file_name(&self) -> String {
        // Short, because the path of a socket is limited, and that of a link to it, too.
        format!("{:x}", Sha1::digest(self.0.as_bytes())).chars().take(16).collect()
    }
}

/// `:0.0` is a screen of the display `:0`.
fn without_screen(display: &str) -> &str {
    match display.rsplit_once('.') {
        Some((server, screen))
            if server.contains(':') && screen.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            server
        }
        _ => display,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Display {
        Display::of(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    #[test]
    fn displays_are_told_apart_and_screens_are_not() {
        let x11 = |display| of(&[("DISPLAY", display)]);
        assert_eq!(x11(":0"), x11(":0.0"));
        assert_eq!(x11("localhost:10.0"), x11("localhost:10"));
        assert_ne!(x11(":0"), x11(":1"));
        assert_ne!(x11("localhost:10.0"), x11("localhost:11.0"), "two times `ssh -X`");
        assert_ne!(x11("a.example:0"), x11("b.example:0"));
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    #[test]
    fn wayland_is_the_display_where_both_are_there() {
        let both =
            of(&[("WAYLAND_DISPLAY", "wayland-0"), ("XDG_RUNTIME_DIR", "/run/user/1"), ("DISPLAY", ":0")]);
        assert_eq!(both, of(&[("WAYLAND_DISPLAY", "wayland-0"), ("XDG_RUNTIME_DIR", "/run/user/1")]));
        assert_ne!(both, of(&[("DISPLAY", ":0")]));
    }
}
