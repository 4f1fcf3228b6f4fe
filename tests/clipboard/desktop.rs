//! The desktop around Keyfob: an X server without a screen, and other programs that own the clipboard.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use super::Outcome;

/// Longer than any step on a busy computer.
pub(crate) const SOON: Duration = Duration::from_secs(10);

/// A process that ends with its owner.
pub(crate) struct Program(Child);

impl Program {
    /// The program's errors go to the test's standard error.
    pub(crate) fn start(mut command: Command) -> Outcome<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let name = command.get_program().to_string_lossy().into_owned();
        command.spawn().map(Self).map_err(|err| format!("{name}: {err}"))
    }

    pub(crate) fn input(&mut self) -> Outcome<ChildStdin> {
        self.0.stdin.take().ok_or_else(|| "the input is taken".to_owned())
    }

    pub(crate) fn output(&mut self) -> Outcome<BufReader<ChildStdout>> {
        self.0.stdout.take().map(BufReader::new).ok_or_else(|| "the output is taken".to_owned())
    }

    /// Waits for its exit, and returns whether it succeeded.
    pub(crate) fn end(&mut self, within: Duration) -> Outcome<bool> {
        let mut ended = None;
        until(within, "a program does not end", || {
            ended = self.0.try_wait().map_err(|err| err.to_string())?;
            Ok(ended.is_some())
        })?;
        Ok(ended.is_some_and(|status| status.success()))
    }

    /// SIGKILL: it cannot clean up.
    pub(crate) fn kill(&mut self) -> Outcome {
        self.0.kill().and_then(|()| self.0.wait()).map(|_| ()).map_err(|err| err.to_string())
    }

    /// SIGSTOP: it keeps running but does not respond.
    pub(crate) fn hang(&self) -> Outcome {
        let id = self.0.id();
        let stopped = Command::new("sh").args(["-c", &format!("kill -STOP {id}")]).status();
        stopped.map_err(|err| err.to_string())?;
        until(SOON, "a program that does not stop", || {
            let state = std::fs::read_to_string(format!("/proc/{id}/stat")).map_err(|err| err.to_string())?;
            Ok(state.rsplit(") ").next().is_some_and(|state| state.starts_with('T')))
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill().ok();
    }
}

/// A private X server.
pub(crate) struct Xvfb {
    program: Program,
    pub(crate) display: String,
}

impl Xvfb {
    /// Starts it on a free display number.
    pub(crate) fn start() -> Outcome<Self> {
        Self::start_on(None)
    }

    pub(crate) fn start_on(display: Option<&str>) -> Outcome<Self> {
        let mut command = Command::new("Xvfb");
        command.args(display).args(["-displayfd", "1", "-screen", "0", "64x64x24"]);
        command.args(["-nolisten", "tcp", "-noreset"]).stderr(Stdio::null());
        let mut program = Program::start(command)?;
        let mut number = String::new();
        program.output()?.read_line(&mut number).map_err(|err| err.to_string())?;
        match number.trim() {
            "" => Err("Xvfb did not start".to_owned()),
            number => Ok(Self { program, display: format!(":{number}") }),
        }
    }

    /// A program on this display only.
    pub(crate) fn shown(&self, mut command: Command) -> Command {
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY");
        command
    }

    pub(crate) fn kill(&mut self) -> Outcome {
        self.program.kill()
    }
}

/// Another program that owns a selection.
pub(crate) struct Owner(pub(crate) Program);

impl Owner {
    /// Text on the clipboard.
    pub(crate) fn of(text: &str) -> Outcome<Self> {
        Self::of_bytes("clipboard", "UTF8_STRING", text.as_bytes())
    }

    /// Returns once it owns the selection.
    pub(crate) fn of_bytes(selection: &str, target: &str, bytes: &[u8]) -> Outcome<Self> {
        let owner = Self::about_to_be(selection, target, bytes)?;
        until(SOON, "xclip does not own the selection", || {
            Ok(paste(selection, target)?.as_deref() == Some(bytes))
        })?;
        Ok(owner)
    }

    /// Returns at once.
    pub(crate) fn about_to_be(selection: &str, target: &str, bytes: &[u8]) -> Outcome<Self> {
        let mut command = Command::new("xclip");
        // Quiet: it stays in the foreground, where it can be stopped.
        command.args(["-quiet", "-i", "-selection", selection, "-t", target]).stderr(Stdio::null());
        let mut program = Program::start(command)?;
        program.input()?.write_all(bytes).map_err(|err| err.to_string())?;
        Ok(Self(program))
    }

    pub(crate) fn hung(text: &str) -> Outcome<Self> {
        let owner = Self::of(text)?;
        owner.0.hang()?;
        Ok(owner)
    }
}

/// The result of pasting `target`. `None` if it is not available.
pub(crate) fn paste(selection: &str, target: &str) -> Outcome<Option<Vec<u8>>> {
    let mut command = Command::new("xclip");
    command.args(["-o", "-selection", selection, "-t", target]).stdin(Stdio::null());
    let output = command.output().map_err(|err| format!("xclip: {err}"))?;
    Ok(output.status.success().then_some(output.stdout))
}

/// The text on the clipboard.
pub(crate) fn pasted() -> Outcome<Option<String>> {
    Ok(paste("clipboard", "UTF8_STRING")?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Polls until the condition holds.
pub(crate) fn until(within: Duration, otherwise: &str, mut so: impl FnMut() -> Outcome<bool>) -> Outcome {
    let deadline = Instant::now() + within;
    while !so()? {
        if Instant::now() >= deadline {
            return Err(format!("{otherwise}, after {within:?}"));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}
