//! What X11 tells that the window library does not pass on.

use std::error::Error;

use egui::{Rect, pos2, vec2};
use winit::raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
use winit::window::Window;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _};
use x11rb::rust_connection::RustConnection;

/// The part of all screens together that panels leave free (`_NET_WORKAREA` of the Extended Window Manager Hints), in pixels.
/// The whole of it where no window manager tells; `None` on Wayland.
pub(super) fn work_area(window: &Window) -> Option<Rect> {
    if !matches!(window.window_handle().ok()?.as_raw(), RawWindowHandle::Xlib(_) | RawWindowHandle::Xcb(_)) {
        return None;
    }
    Some(ask().inspect_err(|err| log::debug!("no work area: {err}")).unwrap_or(Rect::EVERYTHING))
}

fn ask() -> Result<Rect, Box<dyn Error>> {
    let (connection, screen) = x11rb::connect(None)?;
    let root = connection.setup().roots.get(screen).ok_or("no screen")?.root;
    let desktop = cardinals(&connection, root, b"_NET_CURRENT_DESKTOP", 1)?;
    let desktop = desktop.first().copied().unwrap_or_default() as usize;
    let areas = cardinals(&connection, root, b"_NET_WORKAREA", 4 * 64)?;
    let area = areas.chunks_exact(4).nth(desktop).or_else(|| areas.chunks_exact(4).next());
    let Some(&[left, top, width, height]) = area else { return Err("no window manager tells it".into()) };
    Ok(Rect::from_min_size(pos2(left as f32, top as f32), vec2(width as f32, height as f32)))
}

fn cardinals(
    connection: &RustConnection,
    root: u32,
    name: &[u8],
    most: u32,
) -> Result<Vec<u32>, Box<dyn Error>> {
    let name = connection.intern_atom(false, name)?.reply()?.atom;
    let reply = connection.get_property(false, root, name, AtomEnum::CARDINAL, 0, most)?.reply()?;
    Ok(reply.value32().into_iter().flatten().collect())
}
