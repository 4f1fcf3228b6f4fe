//! Whether the secret is visible, and for how long.

use egui::{Context, ViewportCommand};

use crate::core::{Model, OpId};

/// How long a secret stays revealed, in seconds.
const REVEALED_SECS: f64 = 30.0;

/// egui keeps the text of a frame for two more frames (epaint `text/galley_cache.rs`).
const PASSES_TO_FORGET: u8 = 3;

/// The visibility of the secret.
#[derive(Default)]
pub(super) struct Shown {
    revealed: Option<Revealed>,
    /// Assistive technology may read it too.
    pub(super) aloud: bool,
    /// The number of frames still to draw.
    passes: u8,
    protected: bool,
}

/// A revealed secret.
#[derive(Clone, Copy)]
struct Revealed {
    op: OpId,
    /// In seconds, by the window's clock.
    until: f64,
    /// The frame of the request. The protection from screen capture takes effect after it.
    asked_in: u64,
}

impl Shown {
    /// Hides the secret when its time is up, and keeps drawing until egui has dropped it.
    pub(super) fn follow(&mut self, ctx: &Context, model: &Model) {
        let current = model.creation().map(|creation| creation.op);
        let now = ctx.input(|input| input.time);
        self.hide_out_of_sight(ctx);
        if let Some(Revealed { op, until, .. }) = self.revealed {
            if now >= until || current != Some(op) {
                self.hide(ctx);
            } else {
                // Not in one wait: that would be longer by the time for which the computer sleeps.
                ctx.request_repaint_after_secs(((until - now) as f32).min(1.0));
            }
        }
        self.protect(ctx, self.revealed.is_some() && !model.settings.allow_capture);
        if self.passes > 0 {
            self.passes -= 1;
            ctx.request_repaint();
        }
    }

    /// True for a window without focus, or a hidden one, which draws no frames that could hide the secret later.
    pub(super) fn hide_out_of_sight(&mut self, ctx: &Context) {
        let away = ctx.input(|input| {
            let window = input.viewport();
            window.focused == Some(false) || window.minimized == Some(true) || window.occluded == Some(true)
        });
        if away && self.revealed.is_some() {
            self.hide(ctx);
            // The last frame would be visible when the window comes back.
            ctx.send_viewport_cmd(ViewportCommand::RequestPaintWhileHidden);
        }
    }

    /// Asks the system not to capture the window. Works on Windows, and on macOS before 15.
    fn protect(&mut self, ctx: &Context, on: bool) {
        if on != self.protected {
            self.protected = on;
            ctx.send_viewport_cmd(ViewportCommand::ContentProtected(on));
        }
    }

    /// True from the frame after the request.
    pub(super) fn is_revealed(&self, ctx: &Context, op: OpId) -> bool {
        let now = ctx.cumulative_frame_nr();
        self.revealed.is_some_and(|revealed| revealed.op == op && revealed.asked_in < now)
    }

    pub(super) fn reveal(&mut self, ctx: &Context, op: OpId, model: &Model) {
        let until = ctx.input(|input| input.time) + REVEALED_SECS;
        self.revealed = Some(Revealed { op, until, asked_in: ctx.cumulative_frame_nr() });
        // Some systems forget this when a window is hidden, so it is requested at each reveal.
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
