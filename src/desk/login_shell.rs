//! The environment of the administrator's shell, for an application that was started by a double click.
//!
//! Such a start gives a program the environment of the desktop. So the login shell is asked once what it exports; it must be
//! interactive, too, as many set their search path only there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

use crate::domain::Secret;

/// A shell whose start-up files wait for something is left alone.
pub const WITHIN: Duration = Duration::from_secs(5);

/// Sets the answer apart from what start-up files print.
const MARK: &[u8] = b"-keyfob-environment-";

/// A shell that prints without an end is none.
const AT_MOST: usize = 4 << 20;

/// The shell that could be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginShell {
    /// Keyfob was started in a terminal: it has the shell's environment, and a second shell would fight for the keyboard.
    InTerminal,
    Missing,
    Named(PathBuf),
}

impl LoginShell {
    pub fn of_user() -> Self {
        if super::in_terminal() {
            return Self::InTerminal;
        }
        let named = std::env::var_os("SHELL").filter(|shell| cfg!(unix) && !shell.is_empty());
        named.map_or(Self::Missing, |shell| Self::Named(shell.into()))
    }
}

/// What the shell exports, and how long it took. It may hold secrets.
pub struct Told {
    pub variables: Vec<(String, Secret)>,
    pub took: Duration,
}

impl Told {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.expose())
    }
}

/// `None` if it does not answer in time, or not with an environment.
pub async fn ask(shell: &Path, within: Duration) -> Option<Told> {
    let begun = Instant::now();
    let started = start(shell).inspect_err(|err| log::warn!("the login shell did not start: {err}"));
    let mut asked = Asked { shell: started.ok()?, answered: false };
    let answer = tokio::time::timeout(within, answer(&mut asked.shell)).await;
    let variables = answer.ok().flatten().filter(|told| told.iter().any(|(name, _)| name == "PATH"));
    let Some(variables) = variables else {
        log::warn!("the login shell did not tell its environment");
        return None;
    };
    asked.answered = true;
    Some(Told { variables, took: begun.elapsed() })
}

/// A shell that was started. Unless it has answered, it is ended with all that it has started when this is dropped: also when
/// nobody waits for it any more.
struct Asked {
    shell: Child,
    answered: bool,
}

impl Drop for Asked {
    fn drop(&mut self) {
        if !self.answered {
            end(&self.shell);
        }
    }
}

fn start(shell: &Path) -> std::io::Result<Child> {
    // Words that all shells read alike, fish, tcsh and nu too; the variables end with a zero, or at least with a line.
    let mark = String::from_utf8_lossy(MARK);
    let script = format!("sh -c 'printf %s {mark}; env -0 2>/dev/null || env; printf %s {mark}'");
    let mut command = Command::new(shell);
    command.args(login_words(shell)).arg("-c").arg(OsString::from(script));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    #[cfg(unix)]
    {
        // Of its own, so that all that its start-up files wait for can be ended with it.
        command.process_group(0);
        if is_csh(shell) {
            command.arg0("-csh");
        }
    }
    command.spawn()
}

/// What makes it a login shell that reads what one types in reads. For csh and tcsh that is the dash before their name: they
/// take `-l` only alone.
fn login_words(shell: &Path) -> &'static [&'static str] {
    if is_csh(shell) { &["-i"] } else { &["-i", "-l"] }
}

fn is_csh(shell: &Path) -> bool {
    shell.file_name().is_some_and(|name| name == "csh" || name == "tcsh")
}

/// Until the answer is there, and not until nothing holds its end: start-up files may leave programs behind that do.
async fn answer(child: &mut Child) -> Option<Vec<(String, Secret)>> {
    let mut output = child.stdout.take()?;
    let mut read = Zeroizing::new(Vec::with_capacity(64 << 10));
    while read.len() < AT_MOST {
        if output.read_buf(&mut *read).await.ok()? == 0 {
            return between_marks(&read).map(variables);
        }
        if let Some(answer) = between_marks(&read) {
            return Some(variables(answer));
        }
    }
    None
}

fn between_marks(output: &[u8]) -> Option<&[u8]> {
    let find = |text: &[u8]| text.windows(MARK.len()).position(|part| part == MARK);
    let answer = output.get(find(output)? + MARK.len()..)?;
    answer.get(..find(answer)?)
}

/// What is no text is left out.
fn variables(answer: &[u8]) -> Vec<(String, Secret)> {
    let end = if answer.contains(&0) { 0 } else { b'\n' };
    let all = answer.split(|byte| *byte == end).filter_map(|line| {
        let (name, value) = std::str::from_utf8(line).ok()?.split_once('=')?;
        Some((name.to_owned(), Secret::new(value.to_owned())))
    });
    all.collect()
}

#[cfg(unix)]
fn end(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};

    let group = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    if let Some(Err(err)) = group.map(|group| kill_process_group(group, Signal::KILL)) {
        log::warn!("the login shell could not be ended: {err}");
    }
}

#[cfg(not(unix))]
fn end(_child: &Child) {}
