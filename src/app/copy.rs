//! What is copied out of fields and selected text takes the way of all else that is copied. The window library would set it
//! on the thread that draws, and keep it.

use egui::{Context, FullOutput, OutputCommand, Plugin};

use crate::core::Msg;
use crate::engine::Engine;

/// From now on, the window library sets no clipboard.
pub fn copy_through(ctx: &Context, engine: Engine) {
    ctx.add_plugin(Copies(engine));
}

struct Copies(Engine);

impl Plugin for Copies {
    fn debug_name(&self) -> &'static str {
        "copies"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let commands = &mut output.platform_output.commands;
        for command in std::mem::take(commands) {
            match command {
                OutputCommand::CopyText(text) => self.0.lock().apply([Msg::CopyText(text)]),
                OutputCommand::TextSelectionSettled(text) => self.0.select_text(text),
                OutputCommand::CopyImage(_) | OutputCommand::OpenUrl(_) => commands.push(command),
            }
        }
    }
}
