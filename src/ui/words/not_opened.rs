//! Why no window could be opened, and what to install.

use crate::domain::{NotOpened, RENDERER_VARIABLE};

/// The packages of the libraries that are loaded by name at the start.
const DEBIAN: &str = "sudo apt install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libegl1 libgl1 \
     libgl1-mesa-dri";
const FEDORA: &str = "sudo dnf install libX11 libX11-xcb libXcursor libXi libxkbcommon-x11 mesa-libEGL mesa-libGL \
     mesa-dri-drivers";

/// The complete message, in several lines.
pub fn not_opened(why: &NotOpened) -> String {
    let (what, remedy) = match why {
        NotOpened::NoDisplay => (
            "there is no desktop: neither DISPLAY nor WAYLAND_DISPLAY is set".to_owned(),
            "Start it from a desktop, or over ssh with -X.".to_owned(),
        ),
        NotOpened::NoRenderer(tried) => {
            let tried: Vec<_> = tried.iter().map(|(name, reason)| format!("{name}: {reason}")).collect();
            (format!("no renderer works\n  {}", tried.join("\n  ")), drivers())
        }
        NotOpened::NoLibrary(words) | NotOpened::Other(words) => (words.clone(), libraries()),
        NotOpened::Ended(words) => return ended(words),
    };
    format!("Keyfob cannot open its window: {what}\n\n{remedy}")
}

fn ended(words: &str) -> String {
    format!(
        "Keyfob had to close its window: {words}\n\nStart it again. If a key was being created, or its secret was not saved, \
         Keyfob names the key then. If this happens again, try another renderer: set {RENDERER_VARIABLE} to {}.",
        renderers()
    )
}

fn libraries() -> String {
    if cfg!(all(unix, not(target_os = "macos"))) {
        format!(
            "Install the libraries that it needs and start it again.\n  Debian, Ubuntu: {DEBIAN}\n  Fedora, RHEL: {FEDORA}"
        )
    } else {
        format!("Try another renderer: set {RENDERER_VARIABLE} to {}, and start it again.", renderers())
    }
}

/// The values of the variable.
fn renderers() -> &'static str {
    if cfg!(wgpu) { "wgpu, opengl or light" } else { "light" }
}

fn drivers() -> String {
    if cfg!(windows) {
        "Install the graphics driver and the Windows updates that include DirectX 12, and start it again."
            .to_owned()
    } else {
        libraries()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_why_and_what_to_do() {
        let text = not_opened(&NotOpened::NoDisplay);
        assert!(text.contains("DISPLAY") && text.contains("desktop"), "{text}");
        let renderers = vec![("wgpu", "no adapter".to_owned()), ("OpenGL", "no config".to_owned())];
        let text = not_opened(&NotOpened::NoRenderer(renderers));
        assert!(text.contains("wgpu: no adapter") && text.contains("OpenGL: no config"), "{text}");
    }

    #[test]
    fn a_window_that_closed_later_has_its_own_message() {
        let text = not_opened(&NotOpened::Ended("the device is lost".to_owned()));
        assert!(text.contains("the device is lost") && text.contains("Start it again"), "{text}");
        assert!(!text.contains("cannot open") && !text.contains("Install"), "{text}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_missing_library_is_reported_with_its_package() {
        let text =
            not_opened(&NotOpened::NoLibrary("Library libxkbcommon-x11.so could not be loaded.".into()));
        assert!(text.contains("libxkbcommon-x11.so") && text.contains("libxkbcommon-x11-0"), "{text}");
    }
}
