//! Keyfob, or what it is compared with, as a program of its own that says in its messages how far it is.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Nothing that starts takes this long.
const PATIENCE: Duration = Duration::from_mins(1);

/// Lets a program keep its files below `home`, and hides the desktop and the account of whoever measures from it.
pub(crate) fn at_home(command: &mut Command, home: &Path) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    command.env("HOME", home).env("XDG_CONFIG_HOME", home.join("config")).env("XDG_RUNTIME_DIR", home);
    command.env("XDG_STATE_HOME", home.join("state"));
    // No other desktop's bus: what is asked there is answered by nobody.
    command.env_remove("DBUS_SESSION_BUS_ADDRESS").env_remove("WAYLAND_DISPLAY");
}

/// The time from the start of a program until a line of its messages contains `milestone`. It is ended then.
pub(crate) fn time_to(mut command: Command, milestone: &str) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let begun = Instant::now();
    let mut child = command.spawn().expect("a program that starts");
    let took = reached(&mut child, milestone).map(|at| at - begun);
    child.kill().expect("a program that can be ended");
    child.wait().expect("a program that has ended");
    took.unwrap_or_else(|said| panic!("it never came to \"{milestone}\", but said: {said}"))
}

/// When the line was written, or what was written instead.
fn reached(child: &mut Child, milestone: &str) -> Result<Instant, String> {
    let (tell, told) = mpsc::channel();
    let lines = BufReader::new(child.stderr.take().expect("its messages")).lines();
    let read = move || lines.map_while(Result::ok).all(|line| tell.send((line, Instant::now())).is_ok());
    std::thread::Builder::new().name("lines".into()).spawn(read).expect("a thread");
    let deadline = Instant::now() + PATIENCE;
    let mut said = String::new();
    while let Ok((line, at)) = told.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        if line.contains(milestone) {
            return Ok(at);
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(said)
}
