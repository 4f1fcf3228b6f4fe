//! Where the window opens: where it was, if there is still a screen.

use eframe::CreationContext;
use egui::{Rect, pos2, vec2};

use crate::domain::WindowPlace;

/// What can be taken hold of with the pointer, in points: a piece of the title bar.
const HANDLE: f32 = 64.0;

/// A window whose screen was unplugged would open where nobody sees it: it is moved to the first screen that is there.
pub(super) fn bring_into_view(cc: &CreationContext<'_>, place: Option<WindowPlace>) {
    let (Some(window), Some(place)) = (cc.winit_window(), place) else { return };
    let scale = window.scale_factor() as f32;
    let screens: Vec<Rect> = window
        .available_monitors()
        .map(|screen| {
            let (at, size) = (screen.position(), screen.size());
            Rect::from_min_size(pos2(at.x as f32, at.y as f32), vec2(size.width as f32, size.height as f32))
                / scale
        })
        .collect();
    if is_in_reach(place, &screens) {
        return;
    }
    if let Some(screen) = window.primary_monitor().or_else(|| window.available_monitors().next()) {
        window.set_outer_position(screen.position());
    }
}

/// True also where nothing is known of the screens or of the place.
fn is_in_reach(place: WindowPlace, screens: &[Rect]) -> bool {
    let Some([left, top]) = place.position else { return true };
    let [width, _] = place.size;
    let title = Rect::from_min_size(pos2(left, top), vec2(width, HANDLE / 2.0));
    let seen = |screen: &Rect| {
        let seen = screen.intersect(title);
        seen.width() >= HANDLE && seen.height() >= HANDLE / 4.0
    };
    screens.is_empty() || screens.iter().any(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(left: f32, top: f32) -> WindowPlace {
        WindowPlace { position: Some([left, top]), size: [1280.0, 800.0], maximised: false }
    }

    fn screens() -> [Rect; 2] {
        let screen = |left| Rect::from_min_size(pos2(left, 0.0), vec2(1920.0, 1080.0));
        [screen(0.0), screen(-1920.0)]
    }

    #[test]
    fn a_window_stays_where_a_screen_shows_its_title_bar() {
        assert!(is_in_reach(at(100.0, 80.0), &screens()));
        assert!(is_in_reach(at(-1900.0, 80.0), &screens()), "on the second screen");
        assert!(is_in_reach(at(1850.0, 80.0), &screens()), "hardly, but it can be dragged");
    }

    #[test]
    fn a_window_whose_screen_is_gone_is_out_of_reach() {
        assert!(!is_in_reach(at(-1900.0, 80.0), &screens()[..1]));
        assert!(!is_in_reach(at(100.0, 1075.0), &screens()), "below all screens");
        assert!(!is_in_reach(at(100.0, -60.0), &screens()), "its title bar is above all screens");
    }

    #[test]
    fn what_is_not_known_moves_no_window() {
        assert!(is_in_reach(at(9000.0, 80.0), &[]), "no screen is told");
        assert!(is_in_reach(WindowPlace { position: None, ..at(0.0, 0.0) }, &screens()), "as on Wayland");
    }
}
