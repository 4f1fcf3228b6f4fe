//! The frame: take what came back, draw, apply what was pressed, guard the close.

mod appearance;
mod input;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use egui::{Context, ViewportCommand};

use crate::args::Args;
use crate::clock::Clock;
use crate::core::{CreateMsg, Effect, Model, Msg, SettingsMsg, StartMsg};
use crate::domain::{SignInChoice, WindowPlace};
use crate::tasks::{Tasks, Tools};
use crate::ui::Root;
use appearance::Appearance;
pub(crate) use appearance::LEAST_SIZE;
use input::InOrder;

/// The longest that closing waits for what is being written or sent.
const FINISH_WITHIN: Duration = Duration::from_secs(5);

/// The application that eframe runs.
pub struct App {
    model: Model,
    tasks: Tasks,
    root: Root,
    input: InOrder,
    clock: Clock,
    appearance: Appearance,
    place: Option<WindowPlace>,
    zoom: f32,
    /// The administrator wants to leave although a secret is on screen.
    may_close: bool,
    /// The system wants the program to end; nobody may be there to be asked.
    ending: Arc<AtomicBool>,
    first_frame: FirstFrame,
}

/// How long it takes until something is to be seen.
enum FirstFrame {
    Awaited(Instant),
    /// And the number of the frame: it may take more than one pass.
    Drawn(Instant, u64),
    Told,
}

impl App {
    pub fn new(ctx: &Context, args: &Args, mut tools: Tools) -> Self {
        crate::ui::theme::install(ctx);
        let (settings, trouble) = (tools.remembered.settings.clone(), tools.remembered.trouble.clone());
        tools.sign_in.network = settings.network.clone();
        let (clock, zone, home) = (tools.clock.clone(), tools.zone.clone(), tools.home.clone());
        let ending = Arc::clone(&tools.ending);
        let place = settings.window;
        let mut model = Model::new(settings, args.read_only, clock.now());
        model.about = tools.about.clone();
        let mut app = Self {
            model,
            tasks: Tasks::new(tools),
            root: Root::new(zone, home),
            input: InOrder::default(),
            clock,
            appearance: Appearance::default(),
            place,
            zoom: 1.0,
            may_close: false,
            ending,
            first_frame: FirstFrame::Awaited(Instant::now()),
        };
        // Before the first frame, which would be of another size.
        app.appearance.follow(ctx, &app.model.settings);
        app.apply(trouble.map(|trouble| Msg::Settings(SettingsMsg::NotRead(trouble))).into_iter().collect());
        app.apply(vec![Msg::Start(StartMsg::FindProfiles)]);
        let choice = match (&args.profile, args.practice) {
            (Some(profile), _) => Some(SignInChoice::Profile(profile.clone())),
            (None, true) => Some(SignInChoice::Practice),
            (None, false) => None,
        };
        let open = choice.map(|choice| Msg::Start(StartMsg::Open { choice, read_only: args.read_only }));
        app.apply(open.into_iter().collect());
        app
    }

    /// What the program knows; for tests.
    pub fn model(&self) -> &Model {
        &self.model
    }

    fn apply(&mut self, messages: Vec<Msg>) {
        for msg in messages {
            let effects: Vec<Effect> = self.model.update(msg, self.clock.now());
            for effect in effects {
                self.tasks.run(effect);
            }
        }
    }

    fn follow_settings(&mut self, ctx: &Context) {
        let told = crate::system_theme::told_by_system(ctx);
        if let Some(theme) = told.filter(|theme| self.model.settings.system_theme != Some(*theme)) {
            self.apply(vec![Msg::Settings(SettingsMsg::SystemTheme(theme))]);
        }
        self.appearance.follow(ctx, &self.model.settings);
    }

    /// Told in the second frame, when the first one is on its way to the screen.
    fn tell_first_frame(&mut self, ctx: &Context) {
        if let FirstFrame::Drawn(since, frame) = self.first_frame
            && ctx.cumulative_frame_nr() > frame
        {
            self.first_frame = FirstFrame::Told;
            log::info!("first frame after {} ms", since.elapsed().as_millis());
        }
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
        if wants_to_close && !self.may_close && self.model.holds_secret() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.root.ask_to_close();
        }
    }
}

impl App {
    /// Goes on with what must not be cut off, and with what follows from its answers: a pair that was saved needs no mention
    /// at the next start.
    fn finish(&mut self) {
        let deadline = Instant::now() + FINISH_WITHIN;
        while self.tasks.must_finish() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
            let messages = self.tasks.poll();
            self.apply(messages);
        }
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, ctx: &Context, raw_input: &mut egui::RawInput) {
        self.input.hand_over(&mut raw_input.events, ctx.text_edit_focused());
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.tell_first_frame(ctx);
        let messages = self.tasks.poll();
        self.apply(messages);
        self.follow_settings(ctx);
        if self.ending.load(Ordering::Relaxed) && !self.may_close {
            self.may_close = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        self.root.hide_what_is_out_of_sight(ctx);
        self.guard_close(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.input.drawn() {
            ui.request_repaint();
        }
        self.note_place(ui.ctx());
        let mut messages = Vec::new();
        self.root.ui(ui, &self.model, self.clock.now(), &mut messages);
        // What they change is to be seen, also where no input brings another frame: a toast whose time is over.
        if !messages.is_empty() {
            ui.request_repaint();
        }
        self.apply(messages);
        if self.root.may_close() && !self.may_close {
            self.may_close = true;
            ui.send_viewport_cmd(ViewportCommand::Close);
        }
        self.guard_close(ui.ctx());
        if let FirstFrame::Awaited(since) = self.first_frame {
            self.first_frame = FirstFrame::Drawn(since, ui.ctx().cumulative_frame_nr());
            ui.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(place) = self.place {
            self.apply(vec![Msg::Settings(SettingsMsg::WindowPlaced(place))]);
        }
        self.apply(vec![Msg::Create(CreateMsg::DropUnsent)]);
        self.finish();
        self.tasks.quit();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
