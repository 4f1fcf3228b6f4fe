//! A thousand random events on the open panel: no secret leaves it unless a control for that is pressed.

use std::ops::Range;

use egui::accesskit::Role;
use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2,
    pos2,
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use keyfob::core::ClipboardState;

use crate::figure::Figure;
use crate::secret::panel;
use crate::stand::{Window, secret};
use crate::telling::telling_writes;

const EVENTS: usize = 1000;

const SEED: u64 = 3;

/// Controls that copy, save or discard the secret, which would not be an accident.
const DELIBERATE: [&str; 4] = ["copy", "let it go", "save to", "write to"];

/// egui presses controls this close to the pointer.
const REACH: f32 = 8.0;

/// The size of the panel.
const HEIGHT: f32 = 240.0;

const KEYS: [(Modifiers, Key); 17] = [
    (Modifiers::COMMAND, Key::A),
    (Modifiers::NONE, Key::ArrowDown),
    (Modifiers::NONE, Key::ArrowLeft),
    (Modifiers::NONE, Key::ArrowRight),
    (Modifiers::NONE, Key::ArrowUp),
    (Modifiers::SHIFT, Key::ArrowLeft),
    (Modifiers::SHIFT, Key::End),
    (Modifiers::SHIFT, Key::Home),
    (Modifiers::NONE, Key::Enter),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::COMMAND, Key::F),
    (Modifiers::COMMAND, Key::N),
    (Modifiers::NONE, Key::PageDown),
    (Modifiers::NONE, Key::PageUp),
    (Modifiers::NONE, Key::Space),
    (Modifiers::SHIFT, Key::Tab),
    (Modifiers::NONE, Key::Tab),
];

/// A user who does anything at all.
struct Monkey {
    window: Window,
    secret: String,
    rng: fastrand::Rng,
    events: usize,
    /// Parts of the secret that reached a clipboard.
    writes: usize,
}

#[test]
fn nothing_is_copied_unless_a_control_that_copies_is_pressed() {
    let mut monkey = Monkey::at_a_panel();
    while monkey.events < EVENTS {
        monkey.do_something();
    }
    Figure {
        name: "clipboard_writes_without_copy",
        value: monkey.writes.into(),
        unit: format!("of {} random events", monkey.events),
        target: "0".to_owned(),
        holds: monkey.writes == 0,
        command: "cargo test --test screens",
    }
    .write();
    assert_eq!(monkey.writes, 0, "with the seed {SEED}");
    let still = secret(monkey.window.harness.state());
    assert_eq!(still.as_deref(), Some(monkey.secret.as_str()), "it is still there");
}

/// Without it, finding nothing would prove nothing.
#[test]
fn what_is_copied_is_noticed() {
    let mut monkey = Monkey::at_a_panel();
    monkey.window.harness.get_by_label("Search users").focus();
    monkey.window.harness.step();
    // The whole of it would be dropped from the field.
    let half: String = monkey.secret.chars().take(20).collect();
    monkey.each([Event::Text(half)]);
    monkey.window.press_in_one_frame(&[(Modifiers::COMMAND, Key::A)]);
    monkey.each([Event::Copy]);
    assert_eq!(monkey.writes, 1, "a selection that was copied");
    monkey.window.click("Copy secret");
    monkey.each([Event::PointerGone]);
    assert_eq!(monkey.writes, 2, "a control that was pressed");
}

impl Monkey {
    fn at_a_panel() -> Self {
        let (window, secret) = panel();
        Self { window, secret, rng: fastrand::Rng::with_seed(SEED), events: 0, writes: 0 }
    }

    fn do_something(&mut self) {
        self.keep_revealed();
        match self.rng.u8(..100) {
            0..30 => self.drag(),
            30..60 => self.click(),
            60..70 => self.each([Event::Copy]),
            70..74 => self.each([Event::Cut]),
            74..76 => self.each([Event::Text("x".to_owned())]),
            76..78 => self.each([Event::Paste("y".to_owned())]),
            78..82 => self.scroll(),
            _ => self.press_a_key(),
        }
    }

    /// Reveals the secret again, after it was hidden by time or by a key.
    fn keep_revealed(&mut self) {
        if let Some(link) = self.window.harness.query_by_label("Reveal secret") {
            link.click_accesskit();
            self.window.harness.step();
        }
    }

    /// One to three clicks in a row.
    fn click(&mut self) {
        let at = self.place();
        if self.is_deliberate(|_, rect| rect.expand(REACH).contains(at)) {
            return;
        }
        let button = if self.rng.u8(..4) == 0 { PointerButton::Middle } else { PointerButton::Primary };
        self.each([Event::PointerMoved(at)]);
        for _ in 0..self.rng.u8(1..=3) {
            self.each([true, false].map(|pressed| pointer(at, button, pressed)));
        }
    }

    fn drag(&mut self) {
        let (from, to) = (self.place(), self.place());
        if self.is_deliberate(|_, rect| rect.expand(REACH).contains(from)) {
            return;
        }
        self.each([Event::PointerMoved(from), pointer(from, PointerButton::Primary, true)]);
        self.each([0.3, 0.6, 1.0].map(|part| Event::PointerMoved(from + (to - from) * part)));
        if self.rng.bool() {
            self.each([Event::Copy]);
        }
        self.each([pointer(to, PointerButton::Primary, false)]);
    }

    fn scroll(&mut self) {
        let delta = Vec2::new(0.0, self.rng.f32() * 200.0 - 100.0);
        let scroll = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta,
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
            source: MouseWheelSource::Wheel,
        };
        let at = self.place();
        self.each([Event::PointerMoved(at), scroll]);
    }

    fn press_a_key(&mut self) {
        let (modifiers, key) = self.rng.choice(KEYS).expect("there are keys");
        let presses = matches!(key, Key::Enter | Key::Space);
        if presses && self.is_deliberate(|focused, _| focused) {
            return;
        }
        let press = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.each([press(true), press(false)]);
    }

    /// Half of the positions are on the row of the secret, and most others in its panel.
    fn place(&mut self) -> Pos2 {
        let harness = &self.window.harness;
        let screen = harness.ctx.content_rect();
        // A dialog may cover it for a moment.
        let title =
            harness.query_by_role_and_label(Role::Label, "New key for carol").map(|title| title.rect());
        let panel = title.map_or(screen, |title| {
            Rect::from_min_max(title.min, pos2(screen.right(), title.top() + HEIGHT))
        });
        let row = harness.query_by_label("Hide secret").map_or(panel, |link| link.rect());
        let row = Rect::from_x_y_ranges(panel.x_range(), row.y_range());
        let area = match self.rng.u8(..10) {
            0..5 => row,
            5..8 => panel,
            _ => screen,
        };
        let mut within = |range: Range<f32>| range.start + self.rng.f32() * (range.end - range.start);
        pos2(within(area.left()..area.right()), within(area.top()..area.bottom()))
    }

    /// Whether one of the controls that copy or discard is under the pointer, or has the focus.
    fn is_deliberate(&self, which: impl Fn(bool, Rect) -> bool) -> bool {
        self.window.harness.root().children_recursive().any(|node| {
            let name = node.accesskit_node().label().unwrap_or_default().to_lowercase();
            DELIBERATE.iter().any(|word| name.contains(word))
                && node.accesskit_node().bounding_box().is_some()
                && which(node.is_focused(), node.rect())
        })
    }

    /// Sends each event in its own frame.
    fn each(&mut self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            self.window.harness.input_mut().events.push(event);
            self.window.harness.step();
            self.events += 1;
            self.writes += telling_writes(&self.window, &self.secret);
            // Without a clipboard, the program reports that it could not copy.
            let model = self.window.harness.state().model();
            let clipboard = &model.clipboard.state;
            self.writes += usize::from(!matches!(clipboard, ClipboardState::Idle));
        }
    }
}

fn pointer(pos: Pos2, button: PointerButton, pressed: bool) -> Event {
    Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE }
}
