//! Whether the secret is on screen, and for how long.

use egui::{Ui, ViewportCommand};

use crate::core::{Model, OpId};

/// A revealed secret hides itself again.
const REVEALED_SECS: f64 = 30.0;

/// egui keeps the text of a frame until two more were drawn (epaint `text/galley_cache.rs`).
const PASSES_TO_FORGET: u8 = 3;

/// What of the secret can be seen now.
#[derive(Default)]
pub(super) struct Shown {
    /// The creation whose secret is revealed, and until when in seconds of the window's clock.
    revealed: Option<(OpId, f64)>,
    /// It may also be read by assistive technology.
    pub(super) aloud: bool,
    /// Frames that are still to be drawn.
    passes: u8,
    protected: bool,
}

impl Shown {
    /// Hides what is not to be seen any more, and draws on until egui has forgotten it.
    pub(super) fn follow(&mut self, ui: &Ui, model: &Model) {
        let current = model.creation.as_ref().map(|creation| creation.op);
        let (now, focused) = ui.input(|input| (input.time, input.viewport().focused != Some(false)));
        if let Some((op, until)) = self.revealed {
            if !focused || now >= until || current != Some(op) {
                self.hide(ui);
            } else {
                ui.request_repaint_after_secs((until - now) as f32);
            }
        }
        let protect = self.revealed.is_some() && !model.settings.allow_capture;
        if protect != self.protected {
            self.protected = protect;
            ui.send_viewport_cmd(ViewportCommand::ContentProtected(protect));
        }
        if self.passes > 0 {
            self.passes -= 1;
            ui.request_repaint();
        }
    }

    pub(super) fn is_revealed(&self, op: OpId) -> bool {
        self.revealed.is_some_and(|(revealed, _)| revealed == op)
    }

    pub(super) fn reveal(&mut self, ui: &Ui, op: OpId) {
        self.revealed = Some((op, ui.input(|input| input.time) + REVEALED_SECS));
        // Some systems forget it when a window is hidden: asked for at each reveal.
        self.protected = false;
        ui.request_repaint();
    }

    pub(super) fn hide(&mut self, ui: &Ui) {
        self.revealed = None;
        self.aloud = false;
        self.passes = PASSES_TO_FORGET;
        ui.request_repaint();
    }
}
