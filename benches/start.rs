//! The time from start to first frame, compared with an empty window of the same renderer.
//!
//! Both run as separate programs, alternately, and print a line at their first frame. Needs a display, which
//! `tests/figures` provides.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measuring program stops where it cannot measure"
)]

#[path = "shared/figure.rs"]
mod figure;
#[path = "shared/program.rs"]
mod program;

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use eframe::{NativeOptions, Renderer};
use figure::{median, note, ratio};
use program::{at_home, time_to};

const RUNS: usize = 7;

/// The line that Keyfob's log and the empty window print.
const FIRST_FRAME: &str = "first frame after";

/// The option that runs the empty window.
const EMPTY: &str = "--empty";

fn main() -> ExitCode {
    if std::env::args().any(|arg| arg == EMPTY) {
        return empty_window();
    }
    if std::env::var_os("DISPLAY").is_none() {
        eprintln!("There is no display to open a window on; tests/figures brings one");
        return ExitCode::FAILURE;
    }
    let keyfob = || start(Command::new(env!("CARGO_BIN_EXE_keyfob")));
    let empty = || {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg(EMPTY);
        start(command)
    };
    // Not counted: these runs fill the caches of the disk and the renderer.
    println!("to warm up: Keyfob {:?}, an empty window {:?}", keyfob(), empty());
    let (ours, theirs): (Vec<_>, Vec<_>) = (0..RUNS).map(|_| (keyfob(), empty())).unzip();
    let (ours, theirs) = (median(ours), median(theirs));
    println!("first frame: Keyfob {ours:?}, an empty window {theirs:?}");
    note("first_frame", ratio(ours, theirs), 1.5);
    ExitCode::SUCCESS
}

/// The time from the start of a program that remembers nothing to its first frame.
fn start(mut command: Command) -> Duration {
    let home = tempfile::tempdir().expect("a home");
    at_home(&mut command, home.path());
    time_to(command, FIRST_FRAME)
}

/// The least that can be shown, with the renderer that Keyfob would take.
fn empty_window() -> ExitCode {
    let shown = run(Renderer::default());
    if shown.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(renderer: Renderer) -> eframe::Result {
    let viewport = egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]);
    let options = NativeOptions { viewport, renderer, ..NativeOptions::default() };
    eframe::run_native(
        "empty",
        options,
        Box::new(|_| Ok(Box::new(Empty { frames: 0, since: Instant::now() }))),
    )
}

struct Empty {
    frames: usize,
    since: Instant,
}

impl eframe::App for Empty {
    /// In the second frame, as Keyfob does it.
    fn logic(&mut self, _ctx: &egui::Context, _frame: &mut eframe::Frame) {
        if self.frames == 1 {
            eprintln!("{FIRST_FRAME} {} ms", self.since.elapsed().as_millis());
        }
    }

    /// A background and nothing on it: with nothing at all to draw, the renderer would not even be set up.
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |_| {});
        self.frames += 1;
        ui.request_repaint();
    }
}
