//! Input in the order in which it was made, however many of it arrive with one frame.
//!
//! egui looks at all input of a frame at once: where the pointer is at its end decides what a click in its middle has hit
//! (`egui-0.37/src/context.rs`, `hit_test`), a press elsewhere takes the focus from the field whose letters came before it
//! (`surrender_focus`), and two presses of Tab move once. With slow frames (remote desktops, no graphics card) a click could
//! hit what the pointer went on to, and typed letters could be lost. So what does not belong together comes in frames of its own.

use std::collections::{BTreeSet, VecDeque};

use egui::{Event, Key, Modifiers};

/// Gives each frame only the input that belongs together, and keeps the rest for the next ones.
#[derive(Default)]
pub(super) struct InOrder {
    held: VecDeque<Event>,
    /// The keys that are down.
    down: BTreeSet<Key>,
    /// How many events the last frame was given, until it has been drawn: a hidden window is not, and is given them again.
    given: usize,
    /// The last frame may have opened something, which has the focus only once it is drawn.
    rest: bool,
}

impl InOrder {
    /// Leaves in `events` what the next frame is to have.
    pub(super) fn hand_over(&mut self, events: &mut Vec<Event>) {
        for mut event in events.split_off(self.given.min(events.len())) {
            self.mark_repeat(&mut event);
            self.held.push_back(event);
        }
        if std::mem::take(&mut self.rest) && self.held.front().is_some_and(needs_focus) {
            return;
        }
        let mut step = Step::default();
        for event in events.iter() {
            step.take(event);
        }
        while let Some(event) = self.held.front().filter(|event| step.fits(event)) {
            step.take(event);
            events.extend(self.held.pop_front());
        }
        self.given = events.len();
        self.rest = step.turn;
    }

    /// egui says of a key which presses are repeats, but only later than here.
    fn mark_repeat(&mut self, event: &mut Event) {
        match event {
            Event::Key { key, pressed: true, repeat, .. } => *repeat = !self.down.insert(*key),
            Event::Key { key, pressed: false, .. } => _ = self.down.remove(key),
            // It is not told any more of keys that are let go.
            Event::WindowFocused(false) => self.down.clear(),
            _ => {}
        }
    }

    /// The frame is drawn: what it was given is used up. True if there is more.
    pub(super) fn drawn(&mut self) -> bool {
        self.given = 0;
        !self.held.is_empty()
    }
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
    use Key::{
        ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Delete, End, Enter, Escape, Home, PageDown, PageUp, Tab,
    };
    let moves =
        matches!(key, ArrowDown | ArrowLeft | ArrowRight | ArrowUp | Home | End | PageDown | PageUp | Tab);
    let function = key.name().starts_with('F') && key != Key::F;
    let commands = modifiers.command || modifiers.ctrl || modifiers.alt;
    moves || function || commands || matches!(key, Delete | Enter | Escape)
}

#[cfg(test)]
mod tests {
    use egui::{PointerButton, Pos2, pos2};

    use super::*;

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
        let mut input = InOrder::default();
        let mut events: Vec<Event> = arrived.into_iter().collect();
        let mut frames = Vec::new();
        loop {
            input.hand_over(&mut events);
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
        let mut input = InOrder::default();
        let mut events = vec![find, text("ci")];
        input.hand_over(&mut events);
        assert!(input.drawn(), "the letters are still to come");
        let mut next = Vec::new();
        input.hand_over(&mut next);
        assert_eq!(next, [], "first a frame in which what was opened is placed and takes the focus");
    }

    #[test]
    fn a_held_key_stops_when_it_is_released() {
        // As they come from the window: none is marked as a repeat, and no release is between them.
        let held = vec![plain(Key::ArrowDown); 4];
        let mut input = InOrder::default();
        let mut events = held.clone();
        input.hand_over(&mut events);
        assert_eq!(events.len(), held.len(), "all in one frame");
        assert!(!input.drawn());
        let mut next = vec![released(Key::ArrowDown), plain(Key::ArrowDown), released(Key::ArrowDown)];
        let pressed = [next.clone(), vec![plain(Key::ArrowDown)]].concat();
        next.push(plain(Key::ArrowDown));
        input.hand_over(&mut next);
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
        let mut input = InOrder::default();
        let mut events = vec![text("a"), plain(Key::Enter)];
        input.hand_over(&mut events);
        assert_eq!(events, [text("a")]);
        // Not drawn: it is given again, with what has come since.
        events.push(text("b"));
        input.hand_over(&mut events);
        assert_eq!(events, [text("a")]);
        input.drawn();
        let mut next = Vec::new();
        input.hand_over(&mut next);
        assert_eq!(next, [plain(Key::Enter)]);
    }

    proptest::proptest! {
        /// Whatever arrives, and however it is spread over the frames: nothing is lost, doubled or out of order.
        #[test]
        fn everything_comes_once_and_in_order(batches in proptest::collection::vec(proptest::collection::vec(0_u8..7, 0..6), 0..8)) {
            let mut input = InOrder::default();
            let (mut sent, mut seen) = (Vec::new(), Vec::new());
            let mut number = 0_u16;
            let mut batches = batches.into_iter();
            loop {
                let batch = batches.next();
                let mut events: Vec<Event> = batch.iter().flatten().map(|kind| {
                    number += 1;
                    any(*kind, number)
                }).collect();
                sent.extend(events.clone());
                input.hand_over(&mut events);
                seen.extend(events.into_iter().map(unmarked));
                if !input.drawn() && batch.is_none() {
                    break;
                }
            }
            proptest::prop_assert_eq!(seen, sent);
        }
    }

    fn unmarked(mut event: Event) -> Event {
        if let Event::Key { repeat, .. } = &mut event {
            *repeat = false;
        }
        event
    }

    /// One of each kind, told apart by a number.
    fn any(kind: u8, number: u16) -> Event {
        let at = pos2(f32::from(number), 0.0);
        match kind {
            0 => button(at, true),
            1 => button(at, false),
            2 => Event::PointerMoved(at),
            3 => plain(Key::Tab),
            4 => text(&number.to_string()),
            5 => key(Key::K, Modifiers::COMMAND),
            _ => Event::Zoom(f32::from(number)),
        }
    }
}
