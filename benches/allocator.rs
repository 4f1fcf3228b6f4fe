//! The cost of zeroing freed memory, per frame: two programs that differ in their allocator, run alternately.
//!
//! The other one is the bench `frames`, which keeps the system's allocator.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measuring program stops where it cannot measure"
)]

#[path = "../tests/figure/write.rs"]
mod figure;
// The same frame, here with the other allocator.
mod frames;

use std::path::{Path, PathBuf};
use std::process::Command;

use figure::Figure;
use frames::ONE_FRAME;

#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Each program runs this often, alternately, so that other load slows both.
const TURNS: usize = 15;
/// If the results are too close to tell, the programs run up to this often.
const TURNS_AT_MOST: usize = 75;

/// Of a frame without effects, which is cheap: the same time for zeroing is a larger share of it.
const TARGET: f64 = 1.05;

fn main() {
    if std::env::args().any(|argument| argument == ONE_FRAME) {
        return frames::main();
    }
    let (zeroing, plain) = (std::env::current_exe().expect("this program"), plain_program());
    let mut turns: Vec<[f64; 2]> = Vec::new();
    let mut cost = f64::INFINITY;
    while cost > TARGET && turns.len() < TURNS_AT_MOST {
        turns.extend((0..TURNS).map(|_| [nanos(&zeroing), nanos(&plain)]));
        cost = least(&turns, |[zeroed, _]| zeroed) / least(&turns, |[_, left]| left);
    }
    println!("nanoseconds a frame, zeroed and left: {turns:.0?}");
    let cost = (cost * 1000.0).round() / 1000.0;
    Figure {
        name: "allocator_frame_cost",
        value: cost.into(),
        unit: format!("ratio, the least of {} each", turns.len()),
        target: format!("<= {TARGET}"),
        holds: cost <= TARGET,
        command: "tests/figures",
    }
    .write();
}

/// Other load only ever adds time, so the minimum is due to the program.
fn least(turns: &[[f64; 2]], of: impl Fn([f64; 2]) -> f64) -> f64 {
    turns.iter().copied().map(of).fold(f64::INFINITY, f64::min)
}

/// Built like this one.
fn plain_program() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["bench", "--locked", "--no-run", "--bench", "frames", "--message-format", "json"]);
    if !std::env::current_exe().is_ok_and(|program| program.iter().any(|folder| folder == "release")) {
        cargo.args(["--profile", "dev", "--config", "benches/optimised.toml"]);
    }
    let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo");
    let built = String::from_utf8_lossy(&built.stdout).into_owned();
    let mut artifacts = built.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let frames = artifacts.find_map(|made| {
        let is_frames = made.pointer("/target/name")?.as_str()? == "frames";
        is_frames.then(|| made.get("executable")?.as_str().map(PathBuf::from))?
    });
    frames.expect("the bench without zeroing")
}

/// The median time of a frame in that program.
fn nanos(program: &Path) -> f64 {
    let run = Command::new(program).arg(ONE_FRAME).output().expect("a run");
    let told = String::from_utf8_lossy(&run.stdout).into_owned();
    told.lines().last().and_then(|line| line.parse().ok()).expect("a time")
}
