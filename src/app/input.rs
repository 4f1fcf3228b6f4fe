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
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers, MouseWheelUnit, PointerButton, Vec2};

use super::paste::{Fields, Paste, Pastes, Shortcut, Turn};

/// What egui scrolls by for a line of the wheel (`egui-0.37/src/input_state/mod.rs`, `line_scroll_speed`), in points.
const LINE: f32 = 40.0;
/// The next step of a wheel that goes on comes sooner than this.
const SETTLE: Duration = Duration::from_millis(150);
/// Between two frames of a wheel that goes on, where frames are dear: as smooth as a remote desktop shows it.
const WHEEL_PACE: Duration = Duration::from_millis(50);

/// Gives each frame only the input that belongs together, and keeps the rest for the next ones.
#[derive(Default)]
pub(super) struct InputQueue {
    held: VecDeque<Held>,
    pastes: Pastes,
    /// A paste waits for its text: no further frame is needed before that comes.
    waits: bool,
    /// The keys that are down.
    down: BTreeSet<Key>,
    /// How many events the last frame was given, until it has been drawn: a hidden window is not, and is given them again.
    given: usize,
    /// The last frame may have opened something, which has the focus only once it is drawn.
    rest: bool,
    /// A step of the wheel scrolls in one frame.
    at_once: bool,
    /// How far the wheel was turned since the last frame, in points.
    scrolled: Vec2,
    /// When the last frame began that scrolled.
    scrolled_at: Option<Instant>,
}

impl InputQueue {
    /// `light`: where frames are dear, a step of the wheel takes one of them. egui spreads it over a tenth of a second, and
    /// draws one more frame after each event.
    pub(super) fn new(light: bool, pastes: Pastes) -> Self {
        Self { at_once: light, pastes, ..Self::default() }
    }

    /// How long the next frame may wait: the wheel goes on, and nothing else has come. `frame_start`: now.
    pub(super) fn wait_for_more(&mut self, events: &[Event], frame_start: Instant) -> Duration {
        let only_scrolls = !events.is_empty() && self.held.is_empty();
        if !self.at_once || !only_scrolls || !events.iter().all(scrolls) {
            return Duration::ZERO;
        }
        let since = self.scrolled_at.map_or(WHEEL_PACE, |at| frame_start.saturating_duration_since(at));
        let wait = WHEEL_PACE.saturating_sub(since);
        self.scrolled_at = Some(frame_start + wait);
        wait
    }

    /// Leaves in `events` what the next frame is to have.
    pub(super) fn next_frame(&mut self, events: &mut Vec<Event>, fields: Fields) {
        let typing = fields.focused.is_some();
        for mut event in events.split_off(self.given.min(events.len())) {
            self.mark_repeat(&mut event);
            match event {
                Event::MouseWheel { delta, .. } if self.at_once && scrolls(&event) => {
                    self.scrolled += delta * LINE;
                }
                event => self.hold(event, typing),
            }
        }
        let now = Instant::now();
        if let Some(late) = self.pastes.late(fields, now) {
            self.held.push_front(Held::Event(late));
        }
        self.waits = false;
        if std::mem::take(&mut self.rest) && self.held.front().is_some_and(Held::needs_focus) {
            return;
        }
        let mut step = Step::default();
        for event in events.iter() {
            step.take(event);
        }
        while let Some(event) = self.next_event(&step, fields, now) {
            if !acts_again(&event, typing) {
                step.take(&event);
                events.push(event);
            }
        }
        self.given = events.len();
        self.rest = step.turn;
    }

    /// Keeps it for its frame. The keys of the clipboard become what egui knows them as.
    fn hold(&mut self, event: Event, typing: bool) {
        let Event::Key { key, pressed: true, repeat, modifiers, .. } = event else {
            let middle = match event {
                Event::PointerButton { pos, button: PointerButton::Middle, pressed: true, .. } => {
                    Paste::primary(pos)
                }
                _ => None,
            };
            self.held.push_back(Held::Event(event));
            self.held.extend(middle.map(Held::Paste));
            return;
        };
        let held = match Shortcut::of(key, modifiers) {
            // Outside of a field it is the Delete of a row.
            Some(Shortcut::Cut) if key == Key::Delete && !typing => Held::Event(event),
            None => Held::Event(event),
            // Held down, it is one press.
            Some(_) if repeat => return,
            Some(Shortcut::Copy) => Held::Event(Event::Copy),
            Some(Shortcut::Cut) => Held::Event(Event::Cut),
            Some(Shortcut::Paste) => Held::Paste(Paste::CLIPBOARD),
        };
        self.held.push_back(held);
    }

    /// The next event that fits into the frame.
    fn next_event(&mut self, step: &Step, fields: Fields, now: Instant) -> Option<Event> {
        loop {
            match self.held.pop_front()? {
                Held::Event(event) if step.fits(&event) => return Some(event),
                // What a key has opened has the focus only in the next frame.
                Held::Paste(paste) if !step.turn => match self.pastes.turn(paste, fields, now) {
                    Turn::Over(Some(event)) => return Some(event),
                    Turn::Over(None) => {}
                    Turn::Wait => {
                        self.waits = true;
                        self.held.push_front(Held::Paste(paste));
                        return None;
                    }
                },
                held => {
                    self.held.push_front(held);
                    return None;
                }
            }
        }
    }

    /// When a paste that hangs needs a frame.
    pub(super) fn next_look(&self) -> Option<Duration> {
        self.pastes.next_look(Instant::now())
    }

    /// Why the last paste has failed; told once.
    pub(super) fn take_problem(&mut self) -> Option<String> {
        self.pastes.take_problem()
    }

    /// A second press without a release is a repeat, whatever the system says of it: not every one marks them. egui marks
    /// them too, but only later than here, and by the letter: that may be another one when the key is let go (Shift).
    fn mark_repeat(&mut self, event: &mut Event) {
        match event {
            Event::Key { key, physical_key, pressed, repeat, .. } => {
                let key = physical_key.unwrap_or(*key);
                if *pressed {
                    *repeat = !self.down.insert(key);
                } else {
                    self.down.remove(&key);
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

    /// The frame is drawn: what it was given is used up. True if there is more.
    pub(super) fn drawn(&mut self) -> bool {
        self.given = 0;
        !self.held.is_empty() && !self.waits
    }
}

/// What waits for its frame.
enum Held {
    Event(Event),
    /// The place of a text in the order of the input.
    Paste(Paste),
}

impl Held {
    fn needs_focus(&self) -> bool {
        match self {
            Self::Event(event) => matches!(kind(event), Kind::Typing | Kind::Turn),
            Self::Paste(_) => true,
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

/// True for a step of the wheel. With a key held down it does something else.
fn scrolls(event: &Event) -> bool {
    matches!(event, Event::MouseWheel { unit: MouseWheelUnit::Line, modifiers, .. } if modifiers.is_none())
}

#[cfg(test)]
mod tests {
    use egui::{Context, Id, PointerButton, Pos2, RawInput, Response, Sense, Ui, pos2, vec2};

    use super::super::paste::answered;
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
            input.next_frame(&mut events, Fields::default());
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
        input.next_frame(&mut events, Fields::default());
        assert!(input.drawn(), "the letters are still to come");
        let mut next = Vec::new();
        input.next_frame(&mut next, Fields::default());
        assert_eq!(next, [], "first a frame in which what was opened is placed and takes the focus");
    }

    #[test]
    fn a_held_key_stops_when_it_is_released() {
        // As they come from the window: none is marked as a repeat, and no release is between them.
        let held = vec![plain(Key::ArrowDown); 4];
        let mut input = InputQueue::default();
        let mut events = held.clone();
        input.next_frame(&mut events, Fields::default());
        assert_eq!(events.len(), held.len(), "all in one frame");
        assert!(!input.drawn());
        let mut next = vec![released(Key::ArrowDown), plain(Key::ArrowDown), released(Key::ArrowDown)];
        let pressed = [next.clone(), vec![plain(Key::ArrowDown)]].concat();
        next.push(plain(Key::ArrowDown));
        input.next_frame(&mut next, Fields::default());
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
        input.next_frame(&mut events, Fields::default());
        assert_eq!(events, [text("a")]);
        // Not drawn: it is given again, with what has come since.
        events.push(text("b"));
        input.next_frame(&mut events, Fields::default());
        assert_eq!(events, [text("a")]);
        input.drawn();
        let mut next = Vec::new();
        input.next_frame(&mut next, Fields::default());
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
            let (ctx, mut input) = (Context::default(), InputQueue::new(light, Pastes::default()));
            let mut events = vec![step.clone()];
            input.next_frame(&mut events, Fields::default());
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

    #[test]
    fn a_wheel_that_goes_on_brings_few_frames_where_they_are_dear() {
        let step = |modifiers| Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, -1.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers,
        };
        let (wheel, zoom) = (step(Modifiers::NONE), step(Modifiers::CTRL));
        let start = Instant::now();
        let mut light = InputQueue::new(true, Pastes::default());
        let mut wait = |events: &[Event], ms| light.wait_for_more(events, start + Duration::from_millis(ms));
        let ms = Duration::from_millis;
        assert_eq!(wait(std::slice::from_ref(&wheel), 0), ms(0), "the first step is seen at once");
        assert_eq!(wait(&[wheel.clone(), wheel.clone()], 40), ms(10));
        // The frame before began at 50.
        assert_eq!(wait(std::slice::from_ref(&wheel), 80), ms(20));
        assert_eq!(wait(&[wheel.clone(), plain(Key::Enter)], 110), ms(0), "a key never waits");
        assert_eq!((wait(&[zoom], 120), wait(&[], 121)), (ms(0), ms(0)));
        assert_eq!(wait(std::slice::from_ref(&wheel), 900), ms(0));
        let mut full = InputQueue::new(false, Pastes::default());
        full.wait_for_more(std::slice::from_ref(&wheel), start);
        assert_eq!(full.wait_for_more(&[wheel], start), ms(0), "with a graphics card, every frame counts");
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
                input.next_frame(&mut events, Fields::default());
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
                input.next_frame(&mut events, fields(typing));
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

    fn fields(typing: bool) -> Fields {
        Fields { focused: typing.then(|| Id::unique("field")), pointed: false }
    }

    /// What reaches a field whose clipboard holds `text`, of presses and releases.
    fn pasted(arrived: impl IntoIterator<Item = Event>, text: &'static str) -> Vec<Event> {
        let read = |_| answered(Ok(Some(text.to_owned().into())));
        let mut input = InputQueue::new(false, Pastes::new(read));
        let mut events: Vec<Event> = arrived.into_iter().collect();
        let mut all = Vec::new();
        loop {
            input.next_frame(&mut events, fields(true));
            all.append(&mut events);
            if !input.drawn() {
                all.retain(|event| !matches!(event, Event::Key { pressed: false, .. }));
                return all;
            }
        }
    }

    #[test]
    fn copying_cutting_and_pasting_are_one_press_until_their_key_is_let_go() {
        let paste = Event::Paste("a".to_owned());
        for (pressed, modifiers, event) in [
            (Key::C, Modifiers::COMMAND, Event::Copy),
            (Key::X, Modifiers::COMMAND, Event::Cut),
            (Key::V, Modifiers::COMMAND, paste.clone()),
            (Key::Paste, Modifiers::NONE, paste.clone()),
        ] {
            let press = key(pressed, modifiers);
            let all = [press.clone(), press.clone(), press.clone(), released(pressed), press];
            assert_eq!(pasted(all, "a"), [event.clone(), event], "{pressed:?}");
        }
    }

    #[cfg(not(target_os = "macos"))]
    #[test]
    fn the_older_keys_of_the_clipboard_work_too() {
        let (copy, paste) = (key(Key::Insert, Modifiers::COMMAND), key(Key::Insert, Modifiers::SHIFT));
        let cut = key(Key::Delete, Modifiers::SHIFT);
        assert_eq!(pasted([copy], "a"), [Event::Copy]);
        assert_eq!(pasted([paste], "a"), [Event::Paste("a".to_owned())]);
        assert_eq!(pasted([cut.clone()], "a"), [Event::Cut]);
        assert_eq!(frames([cut.clone()]), [[cut]], "outside of a field it is no cut");
    }

    #[test]
    fn what_is_typed_around_a_paste_stays_around_it() {
        let all = [text("1"), key(Key::V, Modifiers::COMMAND), text("2"), plain(Key::Enter)];
        let seen = pasted(all, "a");
        assert_eq!(seen, [text("1"), Event::Paste("a".to_owned()), text("2"), plain(Key::Enter)]);
    }

    #[test]
    fn a_clipboard_that_hangs_asks_for_no_frames_and_does_not_swallow_what_comes_after() {
        let (hangs, asked) = std::sync::mpsc::channel();
        let asked = std::cell::Cell::new(Some(asked));
        let read = move |_| asked.take().expect("asked once");
        let mut input = InputQueue::new(false, Pastes::new(read));
        let mut events = vec![key(Key::V, Modifiers::COMMAND), text("b")];
        let asked = Instant::now();
        input.next_frame(&mut events, fields(true));
        assert_eq!(events, [], "the text is waited for");
        assert!(!input.drawn(), "frames would not bring it");
        while events.is_empty() {
            std::thread::sleep(input.next_look().expect("the wait has an end"));
            input.next_frame(&mut events, fields(true));
            assert!(asked.elapsed() < Duration::from_secs(10), "the letter is lost");
        }
        assert_eq!(events, [text("b")]);
        hangs.send(Ok(Some("late".to_owned().into()))).expect("the text may still come");
        events.clear();
        input.drawn();
        input.next_frame(&mut events, fields(true));
        assert_eq!(events, [Event::Paste("late".to_owned())]);
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
            input.next_frame(&mut events, fields(ctx.text_edit_focused()));
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
