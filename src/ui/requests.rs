//! What one part of the window asks of another one: plain fields that go around with the [`View`].
//!
//! [`View`]: super::View

use egui::{Rect, Ui};

use super::commands::Command;
use super::focus;

/// What was asked for. The part that does it takes it when it is drawn; what nobody takes is dropped with the frame.
#[derive(Default)]
pub(crate) struct Requests {
    /// To be done in this frame.
    commands: Vec<Command>,
    /// Asked for while this frame is drawn, by what may be drawn after that which does it: done in the next one.
    asked: Vec<Command>,
    /// It is to be asked whether changes are to be allowed.
    pub(super) allow_changes: bool,
    pub(super) focus: focus::Requests,
    /// What no toast may cover in this frame.
    pub(super) keep_clear: Vec<Rect>,
}

impl Requests {
    /// Before anything is drawn.
    pub(super) fn begin(&mut self) {
        self.commands = std::mem::take(&mut self.asked);
        self.focus.begin();
        self.keep_clear.clear();
    }

    /// After all is drawn.
    pub(super) fn end(&self, ui: &Ui) {
        if !self.asked.is_empty() {
            ui.request_repaint();
        }
    }

    /// Its keys were pressed.
    pub(super) fn press(&mut self, command: Command) {
        if !self.commands.contains(&command) {
            self.commands.push(command);
        }
    }

    /// As if its keys had been pressed.
    pub(super) fn ask(&mut self, command: Command) {
        self.asked.push(command);
    }

    /// True if it is to be done. Counts once.
    pub(super) fn take(&mut self, command: Command) -> bool {
        let before = self.commands.len();
        self.commands.retain(|asked| *asked != command);
        self.commands.len() < before
    }

    /// All that is to be done and that is still to be taken.
    pub(super) fn commands(&self) -> Vec<Command> {
        self.commands.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_counts_once_and_is_forgotten_with_its_frame() {
        let mut requests = Requests::default();
        requests.press(Command::Find);
        requests.press(Command::Find);
        requests.press(Command::Delete);
        assert!(requests.take(Command::Find), "it was pressed");
        assert!(!requests.take(Command::Find), "once");
        requests.begin();
        assert!(!requests.take(Command::Delete), "nobody has taken it");
    }

    #[test]
    fn what_a_control_asks_for_is_done_in_the_next_frame_wherever_it_is_drawn() {
        let mut requests = Requests::default();
        requests.ask(Command::Settings);
        assert!(!requests.take(Command::Settings), "not yet");
        requests.begin();
        assert!(requests.take(Command::Settings), "now");
        requests.begin();
        assert!(!requests.take(Command::Settings), "once");
    }
}
