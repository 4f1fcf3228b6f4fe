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

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use eframe::{NativeOptions, Renderer};
use figure::{median, note, ratio};

const RUNS: usize = 7;

/// Longer than any start.
const PATIENCE: Duration = Duration::from_mins(1);

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

/// The time from the start of a program that remembers nothing to its first frame. It is ended then.
fn start(mut command: Command) -> Duration {
    let home = tempfile::tempdir().expect("a home");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    at_home(&mut command, home.path());
    let begun = Instant::now();
    let mut child = command.spawn().expect("a program that starts");
    let took = first_frame(&mut child).map(|at| at - begun);
    child.kill().expect("a program that can be ended");
    child.wait().expect("a program that has ended");
    took.unwrap_or_else(|said| panic!("it never told its first frame, but: {said}"))
}

fn at_home(command: &mut Command, home: &Path) {
    command.env("HOME", home).env("XDG_CONFIG_HOME", home.join("config")).env("XDG_RUNTIME_DIR", home);
    // No other desktop's bus: what is asked there is answered by nobody.
    command.env_remove("DBUS_SESSION_BUS_ADDRESS").env_remove("WAYLAND_DISPLAY");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
}

/// The time of the first frame, or the output without one.
fn first_frame(child: &mut Child) -> Result<Instant, String> {
    let (tell, told) = mpsc::channel();
    let lines = BufReader::new(child.stderr.take().expect("its messages")).lines();
    let read = move || lines.map_while(Result::ok).all(|line| tell.send((line, Instant::now())).is_ok());
    std::thread::Builder::new().name("lines".into()).spawn(read).expect("a thread");
    let deadline = Instant::now() + PATIENCE;
    let mut said = String::new();
    while let Ok((line, at)) = told.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        if line.contains(FIRST_FRAME) {
            return Ok(at);
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(said)
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
