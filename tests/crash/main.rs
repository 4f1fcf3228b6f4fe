//! A credentials file survives a crash at any point of a write: it is either the old or the new version.

#![cfg_attr(
    target_os = "linux",
    expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")
)]
#![expect(clippy::print_stdout, reason = "the suite has a harness of its own")]

#[cfg(target_os = "linux")]
#[path = "../figure/write.rs"]
mod figure;
#[cfg(target_os = "linux")]
mod points;

use std::process::ExitCode;

/// Without the usual harness, whose threads would make their own calls.
fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        #[cfg(target_os = "linux")]
        [points::WRITE, path] => points::write_one_pair(path.as_ref()),
        #[cfg(target_os = "linux")]
        _ if args.contains(&"--ignored") => return points::kill_at_each(),
        _ => println!("1 test ignored: it needs strace, `-- --ignored` runs it"),
    }
    ExitCode::SUCCESS
}
