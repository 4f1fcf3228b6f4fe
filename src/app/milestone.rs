//! How long it takes until something is on the screen for the first time, for the log.

use std::time::Instant;

use egui::Context;

pub(super) struct Milestone {
    /// Begins the line in the log.
    what: &'static str,
    since: Instant,
    state: State,
}

enum State {
    Awaited,
    /// In this frame, of which there may be more than one pass.
    Drawn(u64),
    Logged,
}

impl Milestone {
    pub(super) fn new(what: &'static str, since: Instant) -> Self {
        Self { what, since, state: State::Awaited }
    }

    /// To be called in each frame that draws it.
    pub(super) fn drawn(&mut self, ctx: &Context) {
        if matches!(self.state, State::Awaited) {
            self.state = State::Drawn(ctx.cumulative_frame_nr());
            ctx.request_repaint();
        }
    }

    /// Writes the line at the beginning of the next frame, when that one is on its way to the screen.
    pub(super) fn log(&mut self, ctx: &Context) {
        if let State::Drawn(frame) = self.state
            && ctx.cumulative_frame_nr() > frame
        {
            self.state = State::Logged;
            log::info!("{} after {} ms", self.what, self.since.elapsed().as_millis());
        }
    }
}
