//! What the process keeps to itself: nobody else reads its memory, and a panic quotes nothing of it.

use std::panic::{self, Location, PanicHookInfo};

/// Shuts debuggers and core dumps out (on Linux `PR_SET_DUMPABLE` and `RLIMIT_CORE`; secmem-proc has the others).
///
/// Root can read on.
pub fn shut_out_readers() {
    if let Err(err) = secmem_proc::harden_process() {
        log::warn!("the memory of this process is not shut to others: {err}");
    }
}

/// A panic is told by its place. Its message may quote what was held at that moment, and goes nowhere.
pub fn mute_panics() {
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| log::error!("{}", words(info.location()))));
}

fn words(place: Option<&Location<'_>>) -> String {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("a nameless thread");
    match place {
        Some(place) => format!("internal error in {thread} at {place}"),
        None => format!("internal error in {thread}"),
    }
}
