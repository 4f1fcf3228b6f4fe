//! Where the window opens: as it was last, but wholly on a screen that is there, with its title bar and beside the panels of
//! the desktop.
//!
//! How high the title bar is turns out only when the window manager has framed the window. So the window is fitted twice:
//! before it is shown, with room for an ordinary title bar, and again when the frame is known.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use eframe::CreationContext;
use egui::{Context, Plugin, Pos2, Rect, Ui, Vec2, pos2, vec2};
use winit::dpi::{PhysicalPosition, PhysicalSize};
use winit::window::Window;

use super::screens;
use crate::domain::WindowPlace;

/// An ordinary title bar, in points.
const TITLE_BAR: f32 = 32.0;

/// When the window manager has framed a new window, however busy the computer is. Whoever moves it after that wants it there.
const FRAMED_WITHIN: Duration = Duration::from_secs(3);

const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A window manager that places windows by rules of its own is not fought with.
const CORRECTIONS: u8 = 3;

/// Fits the window into its screen, now and once it is framed. `place`: where it was last.
pub(super) fn keep_on_screen(cc: &CreationContext<'_>, place: Option<WindowPlace>) {
    let Some(window) = cc.winit_window() else { return };
    if !place.is_some_and(|place| place.maximised) {
        open_on_screen(window, place.and_then(|place| place.position).is_some());
    }
    cc.egui_ctx.add_plugin(Framing {
        window: Arc::downgrade(window),
        until: Instant::now() + FRAMED_WITHIN,
        corrections: CORRECTIONS,
        seen: None,
        reported: None,
    });
}

/// Before it is shown. Without a place of its own, the window manager finds one.
fn open_on_screen(window: &Window, is_placed: bool) {
    let title_bar = vec2(0.0, TITLE_BAR * window.scale_factor() as f32);
    let at = window.outer_position().map_or(Pos2::ZERO, |at| pos2(at.x as f32, at.y as f32));
    let framed = Rect::from_min_size(at, size(window.inner_size()) + title_bar);
    let fitted = fit(framed, &screens::work_areas(window));
    resize(window, framed, fitted, title_bar);
    if is_placed {
        move_to(window, framed, fitted);
    }
}

/// Watches the window until it is framed. It does not keep the window alive.
struct Framing {
    window: Weak<Window>,
    until: Instant,
    corrections: u8,
    /// With its frame, in pixels.
    seen: Option<Rect>,
    /// The place that screen readers were told.
    reported: Option<Rect>,
}

impl Plugin for Framing {
    fn debug_name(&self) -> &'static str {
        "framing"
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        if self.corrections == 0 || Instant::now() >= self.until {
            return;
        }
        ui.request_repaint_after(LOOK_EVERY);
        let Some(window) = self.window.upgrade().filter(|window| is_framed(ui, window)) else { return };
        // Wayland tells no position, and places windows itself.
        let Ok(at) = window.outer_position() else { return };
        let outer = Rect::from_min_size(pos2(at.x as f32, at.y as f32), size(window.outer_size()));
        if self.seen.replace(outer) != Some(outer) {
            self.corrections -= u8::from(correct(&window, outer));
        } else if self.reported.replace(outer) != Some(outer) {
            // It stands still.
            report_position(&window);
        }
    }
}

#[cfg(target_os = "linux")]
fn report_position(window: &Window) {
    super::x11::report_position(window);
}

#[cfg(not(target_os = "linux"))]
fn report_position(_window: &Window) {}

/// False for what covers its screen by the window manager's own rules, and before the first frame is shown.
fn is_framed(ctx: &Context, window: &Window) -> bool {
    ctx.cumulative_frame_nr() > 1
        && !window.is_maximized()
        && window.is_minimized() != Some(true)
        && window.fullscreen().is_none()
}

/// True if the window was not wholly on its screen.
fn correct(window: &Window, outer: Rect) -> bool {
    let fitted = fit(outer, &screens::work_areas(window));
    let frame = outer.size() - size(window.inner_size());
    let resized = resize(window, outer, fitted, frame);
    let moved = move_to(window, outer, fitted);
    resized || moved
}

fn resize(window: &Window, outer: Rect, fitted: Rect, frame: Vec2) -> bool {
    let differs = outer.size() != fitted.size();
    if differs {
        let inner = fitted.size() - frame;
        _ = window.request_inner_size(PhysicalSize::new(inner.x.max(1.0) as u32, inner.y.max(1.0) as u32));
    }
    differs
}

fn move_to(window: &Window, outer: Rect, fitted: Rect) -> bool {
    let differs = outer.min != fitted.min;
    if differs {
        window.set_outer_position(PhysicalPosition::new(fitted.left() as i32, fitted.top() as i32));
    }
    differs
}

fn size(size: PhysicalSize<u32>) -> Vec2 {
    vec2(size.width as f32, size.height as f32)
}

/// `outer`, made no larger than the screen on which most of it is, and moved onto it; the first screen where it is on none.
/// As it is where no screen is known.
fn fit(outer: Rect, screens: &[Rect]) -> Rect {
    let seen = |screen: &Rect| {
        let seen = screen.intersect(outer);
        if seen.is_positive() { seen.area() } else { 0.0 }
    };
    // The first of equal ones.
    let best = screens.iter().rev().max_by(|a, b| seen(a).total_cmp(&seen(b)));
    let Some(screen) = best.filter(|screen| screen.is_positive()) else { return outer };
    let size = outer.size().min(screen.size());
    let at = outer.min.min(screen.max - size).max(screen.min);
    Rect::from_min_size(at, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(left, top), vec2(width, height))
    }

    /// A large screen with a panel above, and a small one to its left.
    fn screens() -> [Rect; 2] {
        [rect(0.0, 30.0, 1920.0, 1050.0), rect(-1366.0, 0.0, 1366.0, 768.0)]
    }

    #[test]
    fn a_window_that_is_wholly_on_a_screen_stays_where_it_is() {
        for window in [rect(100.0, 80.0, 1280.0, 800.0), rect(-1300.0, 10.0, 1000.0, 700.0)] {
            assert_eq!(fit(window, &screens()), window);
        }
    }

    #[test]
    fn a_window_that_is_half_off_its_screen_comes_back_onto_it() {
        assert_eq!(fit(rect(1500.0, 600.0, 1000.0, 700.0), &screens()), rect(920.0, 380.0, 1000.0, 700.0));
        assert_eq!(fit(rect(200.0, -60.0, 1000.0, 700.0), &screens()), rect(200.0, 30.0, 1000.0, 700.0));
        let mostly_left = rect(-900.0, 500.0, 1000.0, 700.0);
        assert_eq!(fit(mostly_left, &screens()), rect(-1000.0, 68.0, 1000.0, 700.0));
    }

    #[test]
    fn a_window_that_is_larger_than_its_screen_becomes_as_large() {
        assert_eq!(fit(rect(-1366.0, 0.0, 1282.0, 832.0), &screens()), rect(-1366.0, 0.0, 1282.0, 768.0));
        assert_eq!(fit(rect(-1366.0, 0.0, 1400.0, 900.0), &screens()), rect(-1366.0, 0.0, 1366.0, 768.0));
    }

    #[test]
    fn a_window_whose_screen_is_gone_opens_on_the_first() {
        let [first, _] = screens();
        assert_eq!(fit(rect(-1300.0, 100.0, 1000.0, 600.0), &[first]), rect(0.0, 100.0, 1000.0, 600.0));
        assert_eq!(fit(rect(200.0, 5000.0, 1000.0, 600.0), &[first]), rect(200.0, 480.0, 1000.0, 600.0));
    }

    #[test]
    fn what_is_not_known_moves_no_window() {
        let window = rect(9000.0, 80.0, 1280.0, 800.0);
        assert_eq!(fit(window, &[]), window);
        assert_eq!(fit(window, &[Rect::NOTHING]), window);
    }
}
