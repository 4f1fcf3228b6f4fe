//! Where messages meet the model. An answer is applied, and what follows from it is asked, when it arrives: no answer waits
//! for a frame, and the window may be slow, hidden or not there yet.
//!
//! Model and tasks are behind one lock. A thread of its own takes it to apply what has arrived; the window takes it while it
//! builds the shapes of a frame and applies what was pressed in that frame, so that a button acts on the state that it was
//! drawn for. While the frame is painted nobody holds it.
//!
//! Locks have one order: this one, then egui's. The engine is never called inside a closure of `egui::Context`.

use std::collections::VecDeque;
use std::io;
use std::ops::Deref;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Condvar, LockResult, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use egui::Context;

use crate::clock::Clock;
use crate::core::{Model, Msg, PasteSource, SettingsMsg, StartMsg};
use crate::desk::{LoadedSettings, PastedText};
use crate::domain::{About, Graphics, SignInChoice};
use crate::tasks::{Services, Tasks, Wakes, waker};

/// Held for a few messages or for the shapes of a frame, and never while anything is waited for.
#[expect(clippy::disallowed_types, reason = "the one state that all messages go to")]
type Mutex<T> = std::sync::Mutex<T>;

/// What a run of the program begins with.
#[derive(Default)]
pub struct Start {
    pub remembered: LoadedSettings,
    pub about: About,
    /// Opened at once.
    pub choice: Option<SignInChoice>,
    /// Every session of this run is read-only.
    pub read_only: bool,
}

/// The running program without its window. Cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// Notified when answers have been applied.
    applied: Condvar,
    /// To be drawn again when the model changes, once there is a window.
    window: Mutex<Option<Context>>,
}

struct State {
    model: Model,
    tasks: Tasks,
    clock: Clock,
}

impl Engine {
    /// Starts the background and, if an account is to be opened, its sign-in.
    ///
    /// # Errors
    /// If the system has no thread for it.
    pub fn start(mut services: Services, start: Start) -> io::Result<Self> {
        let Start { remembered, about, choice, read_only } = start;
        services.sign_in.network = remembered.settings.network.clone();
        let clock = services.clock.clone();
        let (waker, wakes) = waker();
        let tasks = Tasks::new(services, &remembered, waker);
        let mut model = Model::new(remembered.settings, read_only, clock.now());
        model.run.about = about;
        let mut state = State { model, tasks, clock };
        state.apply_arrived();
        state.apply(remembered.trouble.map(|trouble| Msg::Settings(SettingsMsg::NotRead(trouble))));
        state.apply([Msg::Start(StartMsg::FindProfiles)]);
        state.apply(choice.map(|choice| Msg::Start(StartMsg::Open { choice, read_only })));
        let shared =
            Arc::new(Shared { state: Mutex::new(state), applied: Condvar::new(), window: Mutex::default() });
        let engine = Arc::downgrade(&shared);
        std::thread::Builder::new().name("engine".into()).spawn(move || run(&wakes, &engine))?;
        Ok(Self(shared))
    }

    /// From now on, changes of the model are drawn there.
    pub fn attach(&self, window: &Context, graphics: Graphics) {
        held(self.0.state.lock()).model.run.about.graphics = graphics;
        *held(self.0.window.lock()) = Some(window.clone());
    }

    /// The model, for as long as the guard lives: answers wait meanwhile.
    pub fn lock(&self) -> Locked<'_> {
        Locked(held(self.0.state.lock()))
    }

    /// Reads the text to paste, off the window's thread. `answer` may be called late, or never.
    pub fn read_clipboard(&self, from: PasteSource, answer: impl FnOnce(PastedText) + Send + 'static) {
        self.lock().0.tasks.read_clipboard(from, answer);
    }

    /// Offers a text that was selected in the window to the middle button (X11 and Wayland).
    pub fn select_text(&self, text: String) {
        self.lock().0.tasks.select_text(text);
    }

    /// Waits for what must not be cut off and for what follows from its answers (a pair that was saved needs no mention at
    /// the next start), but no longer than this; then clears the clipboard.
    pub fn finish(&self, within: Duration) {
        let must_finish = |state: &mut State| state.tasks.must_finish();
        let waited = self.0.applied.wait_timeout_while(self.lock().0, within, must_finish);
        let (state, _) = held(waited);
        state.tasks.quit();
    }
}

/// The model while nothing else changes it.
pub struct Locked<'a>(MutexGuard<'a, State>);

impl Locked<'_> {
    /// Applies what the administrator did.
    pub fn apply(&mut self, messages: impl IntoIterator<Item = Msg>) {
        self.0.apply(messages);
    }
}

impl Deref for Locked<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.0.model
    }
}

impl State {
    fn apply(&mut self, messages: impl IntoIterator<Item = Msg>) {
        let mut queue = VecDeque::from_iter(messages);
        while let Some(msg) = queue.pop_front() {
            for effect in self.model.update(msg, self.clock.now()) {
                self.tasks.run(effect);
            }
            queue.extend(self.tasks.take_ready());
        }
    }

    /// True if there was anything.
    fn apply_arrived(&mut self) -> bool {
        let arrived = self.tasks.poll();
        let any = !arrived.is_empty();
        self.apply(arrived);
        any
    }
}

/// The thread: until the last handle is dropped.
fn run(wakes: &Wakes, engine: &Weak<Shared>) {
    while wakes.next() {
        let Some(shared) = engine.upgrade() else { return };
        let changed = panic::catch_unwind(AssertUnwindSafe(|| held(shared.state.lock()).apply_arrived()));
        shared.applied.notify_all();
        // After a panic too: the window finds the lock poisoned, and ends with it.
        let ended = changed.is_err();
        if changed.unwrap_or(true) {
            shared.repaint();
        }
        if ended {
            return;
        }
    }
}

impl Shared {
    fn repaint(&self) {
        let window = held(self.window.lock()).clone();
        if let Some(window) = window {
            window.request_repaint();
        }
    }
}

/// Who holds a lock while it panics leaves a state that nobody may go on with: the panic goes on here.
fn held<T>(locked: LockResult<T>) -> T {
    locked.unwrap_or_else(|poisoned: PoisonError<T>| {
        drop(poisoned);
        panic::resume_unwind(Box::new("a thread that held the lock panicked"))
    })
}
