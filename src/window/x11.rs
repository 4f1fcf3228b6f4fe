//! What X11 tells that the window library does not pass on.

use std::error::Error;

use egui::{Rect, pos2, vec2};
use winit::raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
use winit::window::Window;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, CONFIGURE_NOTIFY_EVENT, ConfigureNotifyEvent, ConnectionExt as _, EventMask,
};
use x11rb::rust_connection::RustConnection;

/// The part of all screens together that panels leave free (`_NET_WORKAREA` of the Extended Window Manager Hints), in pixels.
/// The whole of it where no window manager tells; `None` on Wayland.
pub(super) fn work_area(window: &Window) -> Option<Rect> {
    id_of(window)?;
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

/// Reports the position of the content again, as window managers do when they move a window (ICCCM 4.1.5).
///
/// A screen reader is told where the window is only with such a report, and then from where it is at that moment
/// (`accesskit_winit-0.34/src/platform_impl/unix.rs`, `process_event`). A window manager that reports before it has put the
/// window into its frame leaves all controls too high by the title bar.
pub(super) fn report_position(window: &Window) {
    let Some(id) = id_of(window) else { return };
    if let Err(err) = report(id) {
        log::debug!("the position of the window is not reported: {err}");
    }
}

fn report(id: u32) -> Result<(), Box<dyn Error>> {
    let (connection, _) = x11rb::connect(None)?;
    let geometry = connection.get_geometry(id)?.reply()?;
    let at = connection.translate_coordinates(id, geometry.root, 0, 0)?.reply()?;
    // A position that the window library has heard of is no news to it, so it hears of another one first.
    for top in [at.dst_y.wrapping_add(1), at.dst_y] {
        let event = ConfigureNotifyEvent {
            response_type: CONFIGURE_NOTIFY_EVENT,
            sequence: 0,
            event: id,
            window: id,
            above_sibling: x11rb::NONE,
            x: at.dst_x,
            y: top,
            width: geometry.width,
            height: geometry.height,
            border_width: 0,
            override_redirect: false,
        };
        connection.send_event(false, id, EventMask::STRUCTURE_NOTIFY, event)?;
    }
    connection.flush()?;
    Ok(())
}

/// `None` on Wayland.
fn id_of(window: &Window) -> Option<u32> {
    match window.window_handle().ok()?.as_raw() {
        RawWindowHandle::Xlib(handle) => u32::try_from(handle.window).ok(),
        RawWindowHandle::Xcb(handle) => Some(handle.window.get()),
        _ => None,
    }
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
