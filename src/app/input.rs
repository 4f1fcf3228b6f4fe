//! Input in the order in which it was made, however many of it arrive with one frame, and one action for one press.
//!
//! egui looks at all input of a frame at once: where the pointer is at its end decides what a click in its middle has hit
//! (`egui-0.37/src/context.rs`, `hit_test`), a press elsewhere takes the focus from the field whose letters came before it
//! (`surrender_focus`), and two presses of Tab move once. With slow frames (remote desktops, no graphics card) a click could
//! hit what the pointer went on to, and typed letters could be lost. So what does not belong together comes in frames of its own.
//!
//! A key that is held down is pressed again and again, and egui takes each of these for a press: of a shortcut, and of the
//! control that has the focus. Here is the one place that knows better: what is repeated moves and edits, and does nothing else.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use egui::{Context, Event, Key, Modifiers, MouseWheelUnit, Vec2};

/// What egui scrolls by for a line of the wheel (`egui-0.37/src/input_state/mod.rs`, `line_scroll_speed`), in points.
const LINE: f32 = 40.0;
/// The next step of a wheel that goes on comes sooner than this.
const SETTLE: Duration = Duration::from_millis(150);

/// Gives each frame only the input that belongs together, and keeps the rest for the next ones.
#[derive(Default)]
pub(super) struct InputQueue {
    held: VecDeque<Event>,
    /// What is down.
    down: BTreeSet<Held>,
    /// How many events the last frame was given, until it has been drawn: a hidden window is not, and is given them again.
    given: usize,
    /// The last frame may have opened something, which has the focus only once it is drawn.
    rest: bool,
    /// A step of the wheel scrolls in one frame.
    at_once: bool,
    /// How far the wheel was turned since the last frame, in points.
    scrolled: Vec2,
}

impl InputQueue {
    /// `light`: where frames are dear, a step of the wheel takes one of them. egui spreads it over a tenth of a second, and
    /// draws one more frame after each event.
    pub(super) fn new(light: bool) -> Self {
        Self { at_once: light, ..Self::default() }
    }

    /// Leaves in `events` what the next frame is to have. `typing`: a text field has the focus.
    pub(super) fn next_frame(&mut self, events: &mut Vec<Event>, typing: bool) {
        for mut event in events.split_off(self.given.min(events.len())) {
            if self.pastes_again(&event) {
                continue;
            }
            self.mark_repeat(&mut event);
            match event {
                Event::MouseWheel { unit: MouseWheelUnit::Line, delta, modifiers, .. }
                    if self.at_once && modifiers.is_none() =>
                {
                    self.scrolled += delta * LINE;
                }
                event => self.held.push_back(event),
            }
        }
        if std::mem::take(&mut self.rest) && self.held.front().is_some_and(needs_focus) {
            return;
        }
        let mut step = Step::default();
        for event in events.iter() {
            step.take(event);
        }
        while let Some(event) = self.held.pop_front_if(|event| step.fits(event)) {
            if !acts_again(&event, typing) {
                step.take(&event);
                events.push(event);
            }
        }
        self.given = events.len();
        self.rest = step.turn;
    }

    /// A second press without a release is a repeat, whatever the system says of it: not every one marks them. egui marks
    /// them too, but only later than here, and by the letter: that may be another one when the key is let go (Shift).
    fn mark_repeat(&mut self, event: &mut Event) {
        match event {
            Event::Key { key, physical_key, pressed, repeat, .. } => {
                let held = Held::Key(physical_key.unwrap_or(*key));
                if *pressed {
                    *repeat = !self.down.insert(held);
                } else {
                    self.down.remove(&held);
                    self.down.retain(|held| !held.ends_with(*key));
                }
            }
            // It is not told any more of keys that are let go.
            Event::WindowFocused(false) => self.down.clear(),
            _ => {}
        }
    }

    /// Scrolls in the frame that is being drawn.
    pub(super) fn scroll(&mut self, ctx: &Context) {
        let scrolled = std::mem::take(&mut self.scrolled);
        if scrolled != Vec2::ZERO {
            ctx.input_mut(|input| input.smooth_scroll_delta += scrolled);
            // What is under the pointer now is known only in the next frame.
            ctx.request_repaint_after(SETTLE);
        }
    }

    /// Copy, cut and paste come without their keys; of these only the release is told.
    fn pastes_again(&mut self, event: &Event) -> bool {
        let held = match event {
            Event::Copy => Held::Copy,
            Event::Cut => Held::Cut,
            Event::Paste(_) | Event::PasteImage(_) => Held::Paste,
            _ => return false,
        };
        !self.down.insert(held)
    }

    /// The frame is drawn: what it was given is used up. True if there is more.
    pub(super) fn drawn(&mut self) -> bool {
        self.given = 0;
        !self.held.is_empty()
    }
}

/// A key, or what its combination is told as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    Key(Key),
    Copy,
    Cut,
    Paste,
}

impl Held {
    /// True if it is over once `key` is let go (`egui-winit-0.37/src/lib.rs`, `is_copy_command` and those beside it).
    fn ends_with(self, key: Key) -> bool {
        match self {
            Self::Key(_) => false,
            Self::Copy => matches!(key, Key::C | Key::Insert | Key::Copy),
            Self::Cut => matches!(key, Key::X | Key::Delete | Key::Cut),
            Self::Paste => matches!(key, Key::V | Key::Insert | Key::Paste),
        }
    }
}

/// True for a repeat that would do something again: all but moving and, in a text field, erasing.
fn acts_again(event: &Event, typing: bool) -> bool {
    let Event::Key { key, pressed: true, repeat: true, .. } = event else { return false };
    let edits = typing && matches!(key, Key::Backspace | Key::Delete);
    !moves(*key) && !edits
}

/// What a frame has been given so far.
#[derive(Default)]
struct Step {
    typing: bool,
    /// What may open something or move the focus.
    turn: bool,
    button: bool,
}

impl Step {
    fn fits(&self, event: &Event) -> bool {
        match kind(event) {
            Kind::Press | Kind::Turn => !self.typing && !self.turn,
            Kind::Typing => !self.turn,
            Kind::Move => !self.button,
            Kind::Release | Kind::Other => true,
        }
    }

    fn take(&mut self, event: &Event) {
        match kind(event) {
            Kind::Press => (self.turn, self.button) = (true, true),
            Kind::Release => self.button = true,
            Kind::Turn => self.turn = true,
            Kind::Typing => self.typing = true,
            Kind::Move | Kind::Other => {}
        }
    }
}

enum Kind {
    /// Of a button of the mouse.
    Press,
    Release,
    /// Of the pointer, to another place.
    Move,
    /// A key that does more than to type, or what a screen reader asks for.
    Turn,
    Typing,
    Other,
}

fn kind(event: &Event) -> Kind {
    match event {
        Event::PointerButton { pressed: true, .. } => Kind::Press,
        Event::PointerButton { pressed: false, .. } => Kind::Release,
        Event::PointerMoved(_) | Event::PointerGone => Kind::Move,
        Event::AccessKitActionRequest(_) => Kind::Turn,
        // A key that is held down must not go on after it was let go, however slow the frames are.
        Event::Key { pressed: true, repeat: false, key, modifiers, .. } => {
            if turns(*key, *modifiers) {
                Kind::Turn
            } else {
                Kind::Typing
            }
        }
        Event::Text(_) | Event::Ime(_) | Event::Copy | Event::Cut | Event::Paste(_) => Kind::Typing,
        _ => Kind::Other,
    }
}

fn needs_focus(event: &Event) -> bool {
    matches!(kind(event), Kind::Typing | Kind::Turn)
}

/// True for a key that may do more than change the text of a field.
fn turns(key: Key, modifiers: Modifiers) -> bool {
    let function = key.name().starts_with('F') && key != Key::F;
    let commands = modifiers.command || modifiers.ctrl || modifiers.alt;
    moves(key) || function || commands || matches!(key, Key::Delete | Key::Enter | Key::Escape)
}

/// True for a key that moves the focus, a mark or the text cursor.
fn moves(key: Key) -> bool {
    use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Home, PageDown, PageUp, Tab};
    matches!(key, ArrowDown | ArrowLeft | ArrowRight | ArrowUp | Home | End | PageDown | PageUp | Tab)
}

#[cfg(test)]
mod tests {
    use egui::{Context, Id, PointerButton, Pos2, RawInput, Response, Sense, Ui, pos2, vec2};

    use super::*;
    use crate::ui::theme::Icon;
    use crate::ui::widgets::{
        Button, IconButton, MenuItem, Position, TabCount, checkbox, chip, link, split_menu, switch, tab,
    };

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn plain(pressed: Key) -> Event {
        key(pressed, Modifiers::NONE)
    }

    fn released(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers: Modifiers::NONE }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    fn button(at: Pos2, pressed: bool) -> Event {
        Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    fn click(at: Pos2) -> [Event; 3] {
        [Event::PointerMoved(at), button(at, true), button(at, false)]
    }

    /// What each frame is given of input that arrives all at once; frames without any left out.
    fn frames(arrived: impl IntoIterator<Item = Event>) -> Vec<Vec<Event>> {
        let mut input = InputQueue::default();
        let mut events: Vec<Event> = arrived.into_iter().collect();
        let mut frames = Vec::new();
        loop {
            input.next_frame(&mut events, false);
            frames.extend(Some(std::mem::take(&mut events)).filter(|events| !events.is_empty()));
            if !input.drawn() {
                return frames;
            }
        }
    }

    const COPY: Pos2 = pos2(10.0, 10.0);
    const DELETE: Pos2 = pos2(90.0, 10.0);

    #[test]
    fn a_click_hits_where_it_was_made_though_the_pointer_goes_on() {
        let moved = Event::PointerMoved(DELETE);
        let frames = frames(click(COPY).into_iter().chain([moved.clone()]));
        assert_eq!(frames, [click(COPY).to_vec(), vec![moved]]);
    }

    #[test]
    fn two_clicks_are_two_frames() {
        let frames = frames(click(COPY).into_iter().chain(click(DELETE)));
        assert_eq!(frames, [click(COPY).to_vec(), click(DELETE).to_vec()]);
    }

    #[test]
    fn letters_reach_their_field_before_a_click_takes_the_focus_from_it() {
        let typed = [plain(Key::A), text("a"), plain(Key::Minus), text("-")];
        let frames = frames(typed.clone().into_iter().chain(click(DELETE)));
        let Some((first, rest)) = frames.split_first() else { panic!("no frame") };
        assert_eq!(first.get(..typed.len()), Some(&typed[..]));
        assert_eq!(rest, [[button(DELETE, true), button(DELETE, false)]]);
    }

    #[test]
    fn what_a_key_opens_gets_the_letters_after_it() {
        let find = key(Key::K, Modifiers::COMMAND);
        let arrived =
            [find.clone(), text("ci"), plain(Key::ArrowDown), plain(Key::ArrowUp), plain(Key::Enter)];
        let each: Vec<Vec<Event>> = arrived.iter().map(|event| vec![event.clone()]).collect();
        assert_eq!(frames(arrived), each);
        let mut input = InputQueue::default();
        let mut events = vec![find, text("ci")];
        input.next_frame(&mut events, false);
        assert!(input.drawn(), "the letters are still to come");
        let mut next = Vec::new();
        input.next_frame(&mut next, false);
        assert_eq!(next, [], "first a frame in which what was opened is placed and takes the focus");
    }

    #[test]
    fn a_held_key_stops_when_it_is_released() {
        // As they come from the window: none is marked as a repeat, and no release is between them.
        let held = vec![plain(Key::ArrowDown); 4];
        let mut input = InputQueue::default();
        let mut events = held.clone();
        input.next_frame(&mut events, false);
        assert_eq!(events.len(), held.len(), "all in one frame");
        assert!(!input.drawn());
        let mut next = vec![released(Key::ArrowDown), plain(Key::ArrowDown), released(Key::ArrowDown)];
        let pressed = [next.clone(), vec![plain(Key::ArrowDown)]].concat();
        next.push(plain(Key::ArrowDown));
        input.next_frame(&mut next, false);
        assert_eq!(next, pressed.get(..3).unwrap_or_default(), "pressed once more, it is a step of its own");
        assert!(input.drawn());
    }

    #[test]
    fn a_drag_is_followed() {
        let (there, end) = (Event::PointerMoved(pos2(50.0, 10.0)), Event::PointerMoved(DELETE));
        let frames = frames([button(COPY, true), there.clone(), end.clone(), button(DELETE, false)]);
        assert_eq!(frames, [vec![button(COPY, true)], vec![there, end, button(DELETE, false)]]);
    }

    #[test]
    fn what_a_hidden_window_has_not_drawn_comes_again_and_first() {
        let mut input = InputQueue::default();
        let mut events = vec![text("a"), plain(Key::Enter)];
        input.next_frame(&mut events, false);
        assert_eq!(events, [text("a")]);
        // Not drawn: it is given again, with what has come since.
        events.push(text("b"));
        input.next_frame(&mut events, false);
        assert_eq!(events, [text("a")]);
        input.drawn();
        let mut next = Vec::new();
        input.next_frame(&mut next, false);
        assert_eq!(next, [plain(Key::Enter)]);
    }

    #[test]
    fn where_frames_are_dear_a_step_of_the_wheel_takes_one() {
        let step = Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: egui::vec2(0.0, -3.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        let scrolled = |light| {
            let (ctx, mut input) = (Context::default(), InputQueue::new(light));
            let mut events = vec![step.clone()];
            input.next_frame(&mut events, false);
            let mut scrolled = Vec::new();
            for events in [events, Vec::new()] {
                let raw = egui::RawInput { events, ..egui::RawInput::default() };
                let mut output = ctx.run_ui(raw, |ui| {
                    input.scroll(ui.ctx());
                    scrolled.push(ui.input(|input| input.smooth_scroll_delta().y));
                });
                output.textures_delta.clear();
            }
            scrolled
        };
        assert_eq!(scrolled(true), [-3.0 * LINE, 0.0]);
        let spread = scrolled(false);
        assert!(spread.first().is_some_and(|first| *first > -2.0 * LINE), "egui spreads it: {spread:?}");
    }

    proptest::proptest! {
        /// Whatever arrives, and however it is spread over the frames: nothing is lost, doubled or out of order.
        #[test]
        fn everything_comes_once_and_in_order(batches in proptest::collection::vec(proptest::collection::vec(0_u8..7, 0..6), 0..8)) {
            let mut input = InputQueue::default();
            let (mut sent, mut seen) = (Vec::new(), Vec::new());
            let mut number = 0_u16;
            let mut batches = batches.into_iter();
            loop {
                let batch = batches.next();
                let mut events: Vec<Event> = batch.iter().flatten().flat_map(|kind| {
                    number += 1;
                    any(*kind, number)
                }).collect();
                sent.extend(events.clone());
                input.next_frame(&mut events, false);
                seen.extend(events);
                if !input.drawn() && batch.is_none() {
                    break;
                }
            }
            proptest::prop_assert_eq!(seen, sent);
        }
    }

    /// One of each kind, told apart by a number.
    fn any(kind: u8, number: u16) -> Vec<Event> {
        let at = pos2(f32::from(number), 0.0);
        match kind {
            0 => vec![button(at, true)],
            1 => vec![button(at, false)],
            2 => vec![Event::PointerMoved(at)],
            3 => vec![plain(Key::Tab), released(Key::Tab)],
            4 => vec![text(&number.to_string())],
            5 => vec![key(Key::K, Modifiers::COMMAND), released(Key::K)],
            _ => vec![Event::Zoom(f32::from(number))],
        }
    }

    /// What comes of a key that is held down for a while, and how often it is pressed.
    fn held_down(one: &Event, typing: bool) -> usize {
        let mut input = InputQueue::default();
        let mut presses = 0;
        for _ in 0..5 {
            let mut events = vec![one.clone(); 3];
            loop {
                input.next_frame(&mut events, typing);
                let again = |event: &&Event| !matches!(event, Event::Key { pressed: false, .. });
                presses += events.iter().filter(again).count();
                events.clear();
                if !input.drawn() {
                    break;
                }
            }
        }
        presses
    }

    #[test]
    fn the_keys_of_every_command_that_are_held_down_are_one_press() {
        for (modifiers, pressed) in crate::ui::all_shortcuts() {
            for typing in [false, true] {
                let edits = typing && pressed == Key::Delete;
                let presses = held_down(&key(pressed, modifiers), typing);
                assert_eq!(presses, if edits { 15 } else { 1 }, "{pressed:?}");
            }
        }
    }

    #[test]
    fn what_presses_the_control_that_has_the_focus_is_one_press() {
        for pressed in [Key::Space, Key::Enter, Key::Escape, Key::Menu] {
            assert_eq!(held_down(&plain(pressed), false), 1, "{pressed:?}");
            assert_eq!(held_down(&plain(pressed), true), 1, "{pressed:?} in a field");
        }
        assert_eq!(held_down(&key(Key::F10, Modifiers::SHIFT), false), 1);
    }

    #[test]
    fn moving_and_erasing_go_on_as_long_as_the_key_is_held() {
        for pressed in [Key::ArrowDown, Key::ArrowLeft, Key::PageDown, Key::Home, Key::Tab] {
            assert_eq!(held_down(&plain(pressed), false), 15, "{pressed:?}");
        }
        assert_eq!(held_down(&plain(Key::Backspace), true), 15);
        assert_eq!(held_down(&plain(Key::Delete), false), 1, "outside of a field it opens the gate");
    }

    #[test]
    fn copying_cutting_and_pasting_are_one_press_until_their_key_is_let_go() {
        for (told, end) in
            [(Event::Copy, Key::C), (Event::Cut, Key::X), (Event::Paste("a".to_owned()), Key::Insert)]
        {
            assert_eq!(held_down(&told, true), 1, "{told:?}");
            let frames = frames([told.clone(), told.clone(), released(end), told.clone()]);
            assert_eq!(frames.concat(), [told.clone(), released(end), told]);
        }
    }

    #[test]
    fn a_key_that_is_let_go_as_another_letter_can_be_pressed_again() {
        // Ctrl, Shift and the key of the equals sign, and Shift is let go first.
        let physical_key = Some(Key::Equals);
        let press = |key| Event::Key {
            key,
            physical_key,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        };
        let release = Event::Key {
            key: Key::Equals,
            physical_key,
            pressed: false,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let all = [press(Key::Plus), release, press(Key::Plus)];
        assert_eq!(frames(all.clone()).concat(), all);
    }

    #[test]
    fn what_was_held_when_the_window_lost_the_focus_can_be_pressed_again() {
        let all = [plain(Key::F5), Event::WindowFocused(false), Event::WindowFocused(true), plain(Key::F5)];
        assert_eq!(frames(all.clone()).concat(), all);
    }

    /// How often a control is pressed by keys that are held down on it.
    fn presses_of(control: impl Fn(&mut Ui) -> (Id, bool)) -> usize {
        let ctx = Context::default();
        crate::ui::theme::install(&ctx);
        let mut input = InputQueue::default();
        let mut presses = 0;
        let mut frame = |mut events: Vec<Event>| {
            input.next_frame(&mut events, ctx.text_edit_focused());
            let raw = RawInput { events, ..RawInput::default() };
            let mut shown = None;
            let mut output = ctx.run_ui(raw, |ui| {
                let (id, pressed) = control(ui);
                presses += usize::from(pressed);
                shown = Some(id);
            });
            output.textures_delta.clear();
            input.drawn();
            shown
        };
        let id = frame(Vec::new()).expect("it is shown");
        ctx.memory_mut(|memory| memory.request_focus(id));
        frame(Vec::new());
        for pressed in [Key::Space, Key::Enter] {
            for _ in 0..5 {
                frame(vec![plain(pressed), plain(pressed)]);
            }
            frame(vec![released(pressed)]);
        }
        presses
    }

    #[test]
    fn every_control_that_has_the_focus_is_pressed_once_by_each_key_that_is_held() {
        let presses = |show: &dyn Fn(&mut Ui) -> Response| {
            presses_of(|ui| {
                let control = show(ui);
                (control.id, control.clicked())
            })
        };
        assert_eq!(presses(&|ui| ui.allocate_response(vec2(90.0, 20.0), Sense::click())), 2, "a row");
        assert_eq!(presses(&|ui| Button::primary("Create").show(ui)), 2, "a button");
        assert_eq!(presses(&|ui| split_menu(ui, "More", None, true)), 2, "a button with a menu");
        assert_eq!(presses(&|ui| IconButton::new(Icon::Copy, "Copy").show(ui)), 2, "an icon");
        assert_eq!(presses(&|ui| switch(ui, Position::On, "Active", "Deactivate", None)), 2, "a switch");
        assert_eq!(presses(&|ui| checkbox(ui, &mut true, "All accounts")), 2, "a checkbox");
        assert_eq!(presses(&|ui| chip(ui, false, "Dark", "Dark theme")), 2, "a chip");
        assert_eq!(presses(&|ui| link(ui, "Undo", "Undo")), 2, "a link");
        assert_eq!(presses(&|ui| tab(ui, "Keys", false, TabCount::None)), 2, "a tab");
        let line = |ui: &mut Ui| (ui.next_auto_id(), MenuItem::new("Delete…").show(ui));
        assert_eq!(presses_of(line), 2, "a line of a menu");
    }
}
