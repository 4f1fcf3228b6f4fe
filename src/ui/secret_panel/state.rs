//! Whether the secret is on screen, and for how long.

use egui::{Context, ViewportCommand};

use crate::core::{Model, OpId};

/// A revealed secret hides itself again.
const REVEALED_SECS: f64 = 30.0;

/// egui keeps the text of a frame until two more were drawn (epaint `text/galley_cache.rs`).
const PASSES_TO_FORGET: u8 = 3;

/// What of the secret can be seen now.
#[derive(Default)]
pub(super) struct Shown {
    revealed: Option<Revealed>,
    /// It may also be read by assistive technology.
    pub(super) aloud: bool,
    /// Frames that are still to be drawn.
    passes: u8,
    protected: bool,
}

/// A secret that may be seen.
#[derive(Clone, Copy)]
struct Revealed {
    op: OpId,
    /// In seconds of the window's clock.
    until: f64,
    /// The frame in which it was asked for. What keeps other programs from capturing the window takes hold after it.
    asked_in: u64,
}

impl Shown {
    /// Hides what is not to be seen any more, and draws on until egui has forgotten it.
    pub(super) fn follow(&mut self, ctx: &Context, model: &Model) {
        let current = model.creation.as_ref().map(|creation| creation.op);
        let now = ctx.input(|input| input.time);
        self.hide_out_of_sight(ctx);
        if let Some(Revealed { op, until, .. }) = self.revealed {
            if now >= until || current != Some(op) {
                self.hide(ctx);
            } else {
                ctx.request_repaint_after_secs((until - now) as f32);
            }
        }
        self.protect(ctx, self.revealed.is_some() && !model.settings.allow_capture);
        if self.passes > 0 {
            self.passes -= 1;
            ctx.request_repaint();
        }
    }

    /// Nobody looks at a window without the focus, nor at one that is hidden: there no frame is drawn that would hide it.
    pub(super) fn hide_out_of_sight(&mut self, ctx: &Context) {
        let away = ctx.input(|input| {
            let window = input.viewport();
            window.focused == Some(false) || window.minimized == Some(true) || window.occluded == Some(true)
        });
        if away && self.revealed.is_some() {
            self.hide(ctx);
            // What was drawn last would be seen when the window comes back.
            ctx.send_viewport_cmd(ViewportCommand::RequestPaintWhileHidden);
        }
    }

    /// Asks the system to leave the window out of what others capture. Windows and macOS before 15 do.
    fn protect(&mut self, ctx: &Context, on: bool) {
        if on != self.protected {
            self.protected = on;
            ctx.send_viewport_cmd(ViewportCommand::ContentProtected(on));
        }
    }

    /// True from the frame after the one in which it was asked for.
    pub(super) fn is_revealed(&self, ctx: &Context, op: OpId) -> bool {
        let now = ctx.cumulative_frame_nr();
        self.revealed.is_some_and(|revealed| revealed.op == op && revealed.asked_in < now)
    }

    pub(super) fn reveal(&mut self, ctx: &Context, op: OpId, model: &Model) {
        let until = ctx.input(|input| input.time) + REVEALED_SECS;
        self.revealed = Some(Revealed { op, until, asked_in: ctx.cumulative_frame_nr() });
        // Some systems forget it when a window is hidden: asked for at each reveal.
        self.protected = false;
        self.protect(ctx, !model.settings.allow_capture);
        ctx.request_repaint();
    }

    pub(super) fn hide(&mut self, ctx: &Context) {
        self.revealed = None;
        self.aloud = false;
        self.passes = PASSES_TO_FORGET;
        ctx.request_repaint();
    }
}
