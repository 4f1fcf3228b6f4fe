//! Whether a graphics card draws, or software in its place, as far as the system tells.
//!
//! A wrong guess costs looks or speed and nothing else, and the settings overrule it.

/// True where it is not known, and on the systems where wgpu tells it.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_there() -> bool {
    true
}

#[cfg(target_os = "linux")]
pub(super) use linux::is_there;

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    use x11rb::connection::RequestConnection as _;

    /// Drivers that have a node to draw with, and nothing behind it that draws.
    const NO_CARD: [&str; 2] = ["vgem", "vkms"];

    pub(crate) fn is_there() -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let wants_software = std::env::var_os("LIBGL_ALWAYS_SOFTWARE").is_some_and(|value| value != "0");
        let reached = || set("WAYLAND_DISPLAY") || is_shared_by_x_server();
        !wants_software && is_in(Path::new("/")) && reached()
    }

    /// Whether the kernel has one.
    pub(super) fn is_in(root: &Path) -> bool {
        // NVIDIA's own driver, and the one of Windows for Linux, make no node of the usual kind.
        if ["dev/nvidiactl", "dev/dxg"].iter().any(|node| root.join(node).exists()) {
            return true;
        }
        let nodes = std::fs::read_dir(root.join("sys/class/drm")).into_iter().flatten().flatten();
        let mut render = nodes.filter(|node| node.file_name().to_string_lossy().starts_with("renderD"));
        render.any(|node| draws(&node.path().join("device")))
    }

    fn draws(device: &Path) -> bool {
        let driver = std::fs::read_link(device.join("driver")).unwrap_or_default();
        let driver = driver.file_name().unwrap_or_default().to_string_lossy();
        match &*driver {
            // A virtual machine's: the first of its features is that the host draws.
            "virtio_gpu" => std::fs::read(device.join("features")).is_ok_and(|bits| bits.starts_with(b"1")),
            driver => !NO_CARD.contains(&driver),
        }
    }

    /// What programs use a card by that an X server has. One for remote desktops, or on another computer, has none of them.
    fn is_shared_by_x_server() -> bool {
        let Ok((server, _)) = x11rb::connect(None) else { return true };
        ["DRI3", "DRI2", "NV-GLX"].into_iter().any(|name| {
            let found = server.extension_information(name);
            found.map_or(true, |extension| extension.is_some())
        })
    }

    #[cfg(test)]
    mod tests {
        use std::os::unix::fs::symlink;

        use super::*;

        /// A computer with such a node.
        fn computer(driver: &str, features: Option<&str>) -> tempfile::TempDir {
            let root = tempfile::tempdir().expect("a folder");
            let device = root.path().join("sys/class/drm/renderD128/device");
            std::fs::create_dir_all(&device).expect("a device");
            symlink(Path::new("/sys/bus/drivers").join(driver), device.join("driver")).expect("a driver");
            if let Some(features) = features {
                std::fs::write(device.join("features"), features).expect("features");
            }
            root
        }

        #[test]
        fn a_card_is_told_from_what_only_looks_like_one() {
            let is_there = |driver, features| is_in(computer(driver, features).path());
            assert!(is_there("amdgpu", None) && is_there("i915", None) && is_there("vmwgfx", None));
            assert!(!is_there("vgem", None) && !is_there("virtio_gpu", None));
            assert!(is_there("virtio_gpu", Some("1010\n")) && !is_there("virtio_gpu", Some("0110\n")));
            let without = tempfile::tempdir().expect("a folder");
            assert!(!is_in(without.path()), "nothing at all");
            std::fs::create_dir(without.path().join("dev")).expect("a folder");
            std::fs::write(without.path().join("dev/nvidiactl"), "").expect("a node");
            assert!(is_in(without.path()), "the driver of NVIDIA");
        }
    }
}
