//! Several instances of Keyfob, and the ways in which one may end.

use std::io::{BufRead as _, Write as _};
use std::process::{ChildStdin, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use keyfob::clock::Clock;
use keyfob::core::ClipboardEvent;
use keyfob::desk::ClipboardThread;
use keyfob::domain::Secret;

use super::desktop::{Program, SOON, Xvfb, pasted, until};
use super::stand::{Stand, check, clipboard_is, secret};
use super::{Outcome, Scenario};

pub(crate) const ALL: &[Scenario] = &[
    ("the_copy_of_a_second_keyfob_survives_the_first", the_copy_of_a_second_keyfob_survives_the_first),
    ("a_killed_keyfob_leaves_nothing", a_killed_keyfob_leaves_nothing),
    ("a_lost_desktop_is_reported", a_lost_desktop_is_reported),
    ("a_desktop_that_comes_late_is_found", a_desktop_that_comes_late_is_found),
];

/// Another Keyfob: each line of its input is "MILLISECONDS SECRET" to copy, each of its output an event.
struct Holder {
    program: Program,
    input: ChildStdin,
    events: Receiver<String>,
}

/// The process of a [`Holder`]. Ends with its input.
pub(crate) fn hold() -> Outcome {
    let clock = Clock::system();
    let thread = ClipboardThread::start(clock, |event| {
        println!("{}", name(&event));
    });
    let thread = thread.map_err(|err| err.to_string())?;
    for line in std::io::stdin().lines() {
        let line = line.map_err(|err| err.to_string())?;
        let (keep, text) = line.split_once(' ').ok_or("a line without a text")?;
        let keep = keep.parse().map(Duration::from_millis).map_err(|_invalid| "a line without a time")?;
        thread.copy_secret(Secret::new(text.to_owned()), Some(keep)).map_err(|event| format!("{event:?}"))?;
    }
    thread.quit();
    Ok(())
}

fn name(event: &ClipboardEvent) -> &'static str {
    match event {
        ClipboardEvent::Holds { .. } => "Holds",
        ClipboardEvent::CopiedText => "CopiedText",
        ClipboardEvent::NotCopied { .. } => "NotCopied",
        ClipboardEvent::NotPasted { .. } => "NotPasted",
        ClipboardEvent::Cleared => "Cleared",
        ClipboardEvent::NotOurs => "NotOurs",
        ClipboardEvent::NotCleared { .. } => "NotCleared",
    }
}

impl Holder {
    /// On the display of this process, or on another one.
    fn start(display: Option<&str>) -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe().map_err(|err| err.to_string())?);
        command.arg("--holder").envs(display.map(|display| ("DISPLAY", display)));
        let mut program = Program::start(command)?;
        let (input, output) = (program.input()?, program.output()?);
        let (tell, events) = channel();
        let read = move || output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line));
        std::thread::Builder::new().spawn(read).map_err(|err| err.to_string())?;
        Ok(Self { program, input, events })
    }

    fn copy(&mut self, text: &str, keep: Duration) -> Outcome {
        writeln!(self.input, "{} {text}", keep.as_millis()).map_err(|err| err.to_string())
    }

    fn tells(&self, wanted: &str) -> Outcome {
        let event =
            self.events.recv_timeout(SOON).map_err(|_closed| format!("nothing was told for {SOON:?}"))?;
        check(event == wanted, &format!("unexpected: {event}"))
    }
}

const LONG: Duration = Duration::from_mins(5);

fn the_copy_of_a_second_keyfob_survives_the_first() -> Outcome {
    let mut first = Holder::start(None)?;
    first.copy(&secret(), Duration::from_secs(2))?;
    first.tells("Holds")?;
    let second = Stand::new()?;
    let secret = second.holding(None)?;
    first.tells("NotOurs")?;
    clipboard_is(&secret)?;
    drop(first);
    clipboard_is(&secret)
}

fn a_killed_keyfob_leaves_nothing() -> Outcome {
    let (mut holder, secret) = (Holder::start(None)?, secret());
    holder.copy(&secret, LONG)?;
    holder.tells("Holds")?;
    clipboard_is(&secret)?;
    holder.program.kill()?;
    until(SOON, "the secret outlived its program", || Ok(pasted()?.is_none()))
}

fn a_lost_desktop_is_reported() -> Outcome {
    let mut desktop = Xvfb::start()?;
    let mut holder = Holder::start(Some(&desktop.display))?;
    holder.copy(&secret(), LONG)?;
    holder.tells("Holds")?;
    desktop.kill()?;
    holder.copy(&secret(), LONG)?;
    holder.tells("NotCopied")?;
    // It exits in time, too.
    let Holder { mut program, input, .. } = holder;
    drop(input);
    check(program.end(SOON)?, "it did not end well")
}

fn a_desktop_that_comes_late_is_found() -> Outcome {
    let mut desktop = Xvfb::start()?;
    desktop.kill()?;
    let mut holder = Holder::start(Some(&desktop.display))?;
    holder.copy(&secret(), LONG)?;
    holder.tells("NotCopied")?;
    let _desktop = Xvfb::start_on(Some(&desktop.display))?;
    holder.copy(&secret(), LONG)?;
    holder.tells("Holds")
}
