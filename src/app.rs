//! The frame: draw, apply what was pressed, guard the close.

mod appearance;
mod copy;
mod input;
mod milestone;
mod paste;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use egui::{Context, ViewportCommand};

use crate::clock::Clock;
use crate::core::{BatchMsg, ClipboardEvent, CreateMsg, Msg, PasteSource, SettingsMsg};
use crate::desk::PastedText;
use crate::domain::{Graphics, Steady, WindowPlace};
use crate::engine::{Engine, Locked};
use crate::ui::Root;
use crate::ui::words::Zone;
use appearance::Appearance;
pub(crate) use appearance::LEAST_SIZE;
pub use copy::copy_through;
use input::InputQueue;
use milestone::Milestone;
use paste::{Fields, Pastes};

/// The longest that closing waits for what is being written or sent.
const FINISH_WITHIN: Duration = Duration::from_secs(5);

/// The application that eframe runs.
pub struct App {
    engine: Engine,
    root: Root,
    input: InputQueue,
    clock: Clock,
    /// Where egui's clock begins.
    started: Steady,
    appearance: Appearance,
    place: Option<WindowPlace>,
    /// The pointer is over a text field.
    points_at_text: bool,
    zoom: f32,
    /// The administrator wants to leave although a secret is on screen.
    may_close: bool,
    /// The system wants the program to end; nobody may be there to be asked.
    ending: Arc<AtomicBool>,
    first_frame: Milestone,
    first_keys: Milestone,
}

/// What the window needs beside the engine.
pub struct Options {
    pub clock: Clock,
    /// Dates are shown in this zone.
    pub zone: Zone,
    /// Files are saved there unless another folder was used last.
    pub home: PathBuf,
    /// Set when the system wants the program to end.
    pub ending: Arc<AtomicBool>,
    /// What draws the window.
    pub graphics: Graphics,
    /// When the process did.
    pub started: Instant,
}

impl App {
    pub fn new(ctx: &Context, engine: Engine, options: Options) -> Self {
        crate::ui::theme::install(ctx);
        let Options { clock, zone, home, ending, graphics, started } = options;
        let light = graphics.light;
        engine.attach(ctx, graphics);
        let mut appearance = Appearance::new(ctx, light);
        let place = {
            let model = engine.lock();
            // Before the first frame, which would be of another size.
            appearance.follow(ctx, &model.settings);
            model.settings.window
        };
        Self {
            points_at_text: false,
            root: Root::new(zone, home),
            input: InputQueue::new(light, Pastes::new(reader(ctx, &engine))),
            started: clock.now().steady,
            clock,
            appearance,
            place,
            zoom: 1.0,
            may_close: false,
            ending,
            first_frame: Milestone::new("first frame", started),
            first_keys: Milestone::new("keys shown", started),
            engine,
        }
    }

    /// What the program knows; for tests.
    pub fn model(&self) -> Locked<'_> {
        self.engine.lock()
    }

    fn follow_settings(&mut self, ctx: &Context) {
        let told = crate::system_theme::told_by_system(ctx);
        let mut engine = self.engine.lock();
        if let Some(theme) = told.filter(|theme| engine.settings.system_theme != Some(*theme)) {
            engine.apply([Msg::Settings(SettingsMsg::SystemTheme(theme))]);
        }
        self.appearance.follow(ctx, &engine.settings);
    }

    /// Where the window is now, remembered when it closes: in points of normal text, as the next start opens it.
    fn note_place(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        if std::mem::replace(&mut self.zoom, zoom) != zoom {
            // The place is still told in the points of before.
            return;
        }
        self.place = ctx
            .input(|input| {
                let viewport = input.viewport();
                let size = viewport.inner_rect?.size() * zoom;
                let position = viewport.outer_rect.map(|rect| [rect.left() * zoom, rect.top() * zoom]);
                let place = WindowPlace { position, size: [size.x, size.y], maximised: false };
                match (viewport.minimized, viewport.maximized, self.place) {
                    (Some(true), _, before) => before,
                    (_, Some(true), before) => {
                        Some(WindowPlace { maximised: true, ..before.unwrap_or(place) })
                    }
                    _ => Some(place),
                }
            })
            .or(self.place);
    }

    /// A secret on screen, or a key that is being made, is not lost to a closed window.
    fn guard_close(&mut self, ctx: &Context) {
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        if wants_to_close && !self.may_close && self.engine.lock().holds_secret() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.root.ask_to_close();
        }
    }
}

/// Reads the text to paste off this thread, and brings a frame when it is there.
fn reader(ctx: &Context, engine: &Engine) -> impl Fn(PasteSource) -> Receiver<PastedText> + use<> {
    let (ctx, engine) = (ctx.clone(), engine.clone());
    move |from| {
        let (answer, text) = channel();
        let window = ctx.clone();
        engine.read_clipboard(from, move |read| {
            answer.send(read).ok();
            window.request_repaint();
        });
        text
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, ctx: &Context, raw_input: &mut egui::RawInput) {
        // Without a graphics card: what comes meanwhile is drawn with it, instead of in frames of its own.
        std::thread::sleep(self.input.wait_for_more(&raw_input.events, Instant::now()));
        // Timers of the window hold however long the computer sleeps: egui's own clock stands still meanwhile.
        let passed = self.clock.now().steady.since(self.started).as_secs_f64();
        raw_input.time = raw_input.time.map(|time| time.max(passed));
        let focused = ctx.memory(egui::Memory::focused).filter(|_| ctx.text_edit_focused());
        self.input.next_frame(&mut raw_input.events, Fields { focused, pointed: self.points_at_text });
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.first_frame.log(ctx);
        self.first_keys.log(ctx);
        self.follow_settings(ctx);
        if self.ending.load(Ordering::Relaxed) && !self.may_close {
            self.may_close = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        self.root.hide_what_is_out_of_sight(ctx);
        self.guard_close(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.input.scroll(ui.ctx());
        if self.input.drawn() {
            ui.request_repaint();
        }
        self.note_place(ui.ctx());
        if let Some(after) = self.input.next_look() {
            ui.request_repaint_after(after);
        }
        let not_pasted = self.input.take_problem().map(|reason| ClipboardEvent::NotPasted { reason });
        let mut messages: Vec<Msg> = not_pasted.map(Msg::Clipboard).into_iter().collect();
        let mut engine = self.engine.lock();
        self.root.ui(ui, &engine, self.clock.now(), &mut messages);
        // What they change is to be seen, also where no input brings another frame: a toast whose time is over.
        if !messages.is_empty() {
            ui.request_repaint();
        }
        // Under the same lock: what was pressed meets the state that it was drawn for.
        let shows_keys = engine.shows_keys();
        engine.apply(messages);
        drop(engine);
        self.points_at_text = ui.output(|output| output.mutable_text_under_cursor);
        if self.root.may_close() && !self.may_close {
            self.may_close = true;
            ui.send_viewport_cmd(ViewportCommand::Close);
        }
        self.guard_close(ui.ctx());
        self.first_frame.drawn(ui.ctx());
        if shows_keys {
            self.first_keys.drawn(ui.ctx());
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let place = self.place.map(|place| Msg::Settings(SettingsMsg::WindowPlaced(place)));
        self.engine
            .lock()
            .apply(place.into_iter().chain([Msg::Create(CreateMsg::DropUnsent), Msg::Batch(BatchMsg::Quit)]));
        self.engine.finish(FINISH_WITHIN);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
