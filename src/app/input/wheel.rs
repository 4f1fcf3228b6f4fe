//! A step of the wheel as what a touchpad sends: that is scrolled in the frame in which it comes.

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, Vec2};

/// What egui scrolls by for a line (`egui-0.37/src/input_state/mod.rs`, `line_scroll_speed`), in points.
const LINE: f32 = 40.0;
/// egui takes what is shorter for the movement of a finger (`wheel_state.rs`), in points.
const FINGER: f32 = 7.9;

pub(super) fn in_points(
    lines: Vec2,
    source: MouseWheelSource,
    modifiers: Modifiers,
) -> impl Iterator<Item = Event> {
    let points = lines * LINE;
    let parts = (points.length() / FINGER).ceil().max(1.0);
    std::iter::repeat_n(points / parts, parts as usize).map(move |delta| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source,
        modifiers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far a scroll area has gone in each frame after this input.
    fn scrolled(events: Vec<Event>) -> Vec<f32> {
        let ctx = egui::Context::default();
        let mut offsets = Vec::new();
        let mut events =
            vec![vec![Event::PointerMoved(egui::pos2(20.0, 20.0))], vec![], events, vec![], vec![]];
        for (frame, events) in events.drain(..).enumerate() {
            let input =
                egui::RawInput { events, time: Some(frame as f64 / 60.0), ..egui::RawInput::default() };
            let mut offset = 0.0;
            _ = ctx.run_ui(input, |ui| {
                let area =
                    egui::ScrollArea::vertical().max_height(100.0).show(ui, |ui| ui.set_height(5000.0));
                offset = area.state.offset().y;
            });
            offsets.push(offset);
        }
        offsets.split_off(2)
    }

    #[test]
    fn a_step_is_done_in_one_frame_and_goes_as_far() {
        let lines = egui::vec2(0.0, -3.0);
        let (source, modifiers) = (MouseWheelSource::Wheel, Modifiers::NONE);
        let spread = Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: lines,
            phase: TouchPhase::Move,
            source,
            modifiers,
        };
        let spread = scrolled(vec![spread]);
        assert!(spread.first() < spread.last(), "egui spreads it: {spread:?}");
        let at_once = scrolled(in_points(lines, source, modifiers).collect());
        assert!(at_once.iter().all(|offset| (offset - 120.0).abs() < 0.1), "{at_once:?}");
    }
}
