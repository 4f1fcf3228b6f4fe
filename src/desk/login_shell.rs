//! The environment of the administrator's shell, for a program started from the desktop.
//!
//! Such a program has only the desktop's environment. So this runs the login shell once and reads what it exports. The shell must
//! also be interactive, because many users set their search path only there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

use crate::domain::Secret;

/// A shell whose start-up files wait for something is given up.
pub const WITHIN: Duration = Duration::from_secs(5);

/// Separates the answer from the output of start-up files.
const MARK: &[u8] = b"-keyfob-environment-";

/// A shell that prints more is given up.
const AT_MOST: usize = 4 << 20;

/// Whether there is a shell to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginShell {
    /// Keyfob was started in a terminal: it has the shell's environment, and a second shell would compete for the keyboard.
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

/// The shell's exported variables, and how long it took. They may include secrets.
pub struct Told {
    pub variables: Vec<(String, Secret)>,
    pub took: Duration,
}

impl Told {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.expose())
    }
}

/// `None` if the shell does not answer in time, or not with an environment.
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

/// A running shell. Dropping it before it has answered stops the shell with everything that it started, also if nobody waits
/// for it any more.
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
    // A command that all shells read in the same way, including fish, tcsh and nu. The variables end with NUL, or at least with
    // a line end.
    let mark = String::from_utf8_lossy(MARK);
    let script = format!("sh -c 'printf %s {mark}; env -0 2>/dev/null || env; printf %s {mark}'");
    let mut command = Command::new(shell);
    command.args(login_words(shell)).arg("-c").arg(OsString::from(script));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    #[cfg(unix)]
    {
        // Its own process group, so that everything that its start-up files wait for can be stopped with it.
        command.process_group(0);
        if is_csh(shell) {
            command.arg0("-csh");
        }
    }
    command.spawn()
}

/// The options of an interactive login shell. csh and tcsh accept `-l` only as the sole option, so they get a dash before their
/// name instead.
fn login_words(shell: &Path) -> &'static [&'static str] {
    if is_csh(shell) { &["-i"] } else { &["-i", "-l"] }
}

fn is_csh(shell: &Path) -> bool {
    shell.file_name().is_some_and(|name| name == "csh" || name == "tcsh")
}

/// Reads until the answer is complete, not until the end of the stream: programs left behind by start-up files may keep it open.
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

/// Leaves out variables that are not text.
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
