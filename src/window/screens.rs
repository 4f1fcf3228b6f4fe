//! The parts of the screens that panels leave free.

use egui::{Rect, pos2, vec2};
use winit::monitor::MonitorHandle;
use winit::window::Window;

/// Where the system does not tell how large its panels are: those of Windows and GNOME, in points.
const PANEL: f32 = 48.0;

/// The free part of each screen, in pixels, the main one first.
pub(super) fn work_areas(window: &Window) -> Vec<Rect> {
    let main = window.primary_monitor();
    let others = window.available_monitors().filter(|screen| Some(screen) != main.as_ref());
    let known = x11_work_area(window);
    let free = |screen: &MonitorHandle| {
        let screen_rect = rect(screen);
        let Some(known) = known else {
            let panel = PANEL * screen.scale_factor() as f32;
            return screen_rect.with_max_y((screen_rect.bottom() - panel).max(screen_rect.top()));
        };
        // It is one rectangle around all screens.
        Some(screen_rect.intersect(known)).filter(Rect::is_positive).unwrap_or(screen_rect)
    };
    main.iter().chain(others.collect::<Vec<_>>().iter()).map(free).collect()
}

fn rect(screen: &MonitorHandle) -> Rect {
    let (at, size) = (screen.position(), screen.size());
    Rect::from_min_size(pos2(at.x as f32, at.y as f32), vec2(size.width as f32, size.height as f32))
}

#[cfg(target_os = "linux")]
fn x11_work_area(window: &Window) -> Option<Rect> {
    super::x11::work_area(window)
}

#[cfg(not(target_os = "linux"))]
fn x11_work_area(_window: &Window) -> Option<Rect> {
    None
}
