//! Hardening of the process.

#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]

use std::process::{Command, Output};

/// Stands for a secret that a message would quote.
const HELD: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// Run in its own process by the test below, because a panic hook and its output are global.
#[test]
#[ignore = "panics on purpose"]
fn panics_with_a_secret() {
    env_logger::Builder::new().filter_level(log::LevelFilter::Trace).init();
    keyfob::hardening::mute_panics();
    std::thread::Builder::new()
        .name("worker".into())
        .spawn(|| {
            HELD.parse::<u32>().expect(HELD);
        })
        .expect("a thread")
        .join()
        .expect_err("it panicked");
}

/// Run like the one above, because it cannot be undone.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "shuts the memory of this process"]
fn shuts_readers_out() {
    keyfob::hardening::shut_out_readers();
    let limits = std::fs::read_to_string("/proc/self/limits").expect("the limits");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
    let numbers: Vec<&str> = core.split_whitespace().filter(|word| word.parse::<u64>().is_ok()).collect();
    assert_eq!(numbers, ["0", "0"], "a core may be written");
}

fn run_alone(test: &str) -> Output {
    let program = std::env::current_exe().expect("this test");
    let arguments = ["--ignored", "--exact", "--nocapture", test];
    Command::new(program).args(arguments).env("RUST_BACKTRACE", "full").output().expect("a run")
}

#[cfg(target_os = "linux")]
#[test]
fn no_core_is_written_once_readers_are_shut_out() {
    let run = run_alone("shuts_readers_out");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

#[test]
fn a_panic_names_its_place_and_nothing_of_what_was_held() {
    let run = run_alone("panics_with_a_secret");
    let told = [run.stdout, run.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert!(run.status.success(), "the panic was not caught");
    assert!(told.contains("internal error in worker at tests/hardening/main.rs:"), "the place is not told");
    assert!(!told.contains(HELD), "the message is told");
}
