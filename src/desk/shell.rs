//! The tools of the workstation, for an application that was started by a double click.
//!
//! Such a start gives a program the folders of the system to look in, and not those that the administrator's shell knows. So
//! the login shell is asked for its search path, once, and only when a program is to be run.

use std::env;
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

/// A shell whose start-up files wait for something is left alone.
const WITHIN: Duration = Duration::from_secs(5);

/// Sets the answer apart from what start-up files print.
const MARK: &str = "-keyfob-search-path-";

/// Where tools are installed that neither the system nor a shell may know.
const USUAL: [&str; 4] = ["/opt/homebrew/bin", "/usr/local/bin", "/snap/bin", "/opt/local/bin"];
const USUAL_AT_HOME: [&str; 2] = [".local/bin", "bin"];

/// The folders to look for programs in: our own, those of the login shell, the usual ones.
pub async fn search_path(home: &Path) -> OsString {
    let own = env::var_os("PATH").unwrap_or_default();
    // Started in a terminal, the path is the shell's already; a second shell there would fight for the keyboard.
    let shells = if std::io::stderr().is_terminal() || std::io::stdin().is_terminal() {
        None
    } else {
        of_login_shell().await
    };
    joined(&own, shells.as_deref(), home)
}

fn joined(own: &OsString, shells: Option<&str>, home: &Path) -> OsString {
    let mut folders: Vec<PathBuf> = env::split_paths(own).collect();
    folders.extend(shells.map(env::split_paths).into_iter().flatten());
    if cfg!(unix) {
        folders.extend(USUAL.iter().map(PathBuf::from));
        folders.extend(USUAL_AT_HOME.iter().map(|folder| home.join(folder)));
    }
    let mut seen = Vec::new();
    for folder in folders {
        if !folder.as_os_str().is_empty() && !seen.contains(&folder) {
            seen.push(folder);
        }
    }
    env::join_paths(seen).unwrap_or_else(|_| own.clone())
}

/// What the interactive login shell has for `PATH`; `None` where there is no such shell, or it does not answer.
async fn of_login_shell() -> Option<String> {
    if cfg!(not(unix)) {
        return None;
    }
    ask(&env::var_os("SHELL")?).await
}

async fn ask(shell: &OsString) -> Option<String> {
    // `env` and not `echo $PATH`: fish keeps a list.
    let script = format!("printf '%s' '{MARK}'; env; printf '%s' '{MARK}'");
    let mut command = Command::new(shell);
    command.args(["-i", "-l", "-c", &script]).stdin(Stdio::null()).stderr(Stdio::null());
    // Not our clipboard, window or job: it is ended with us.
    let output = tokio::time::timeout(WITHIN, command.kill_on_drop(true).output()).await;
    let Ok(Ok(output)) = output else {
        log::warn!("the login shell did not tell its search path");
        return None;
    };
    path_in(&String::from_utf8_lossy(&output.stdout)).map(str::to_owned)
}

fn path_in(output: &str) -> Option<&str> {
    let answer = output.split(MARK).nth(1)?;
    answer.lines().find_map(|line| line.strip_prefix("PATH="))
}

/// The program `name` in one of the folders of `search_path`.
pub fn find(name: &str, search_path: &OsString) -> Option<PathBuf> {
    let name = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    env::split_paths(search_path).map(|folder| folder.join(&name)).find(|path| is_program(path))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// Runs a program to its end, whenever that may be. Dropping the future ends the program.
pub async fn run(program: &Path, args: &[&str], search_path: &OsString) -> std::io::Result<(bool, Vec<u8>)> {
    let mut command = Command::new(program);
    command.args(args).env("PATH", search_path).stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await?;
    let (mut words, errors) = (output.stdout, output.stderr);
    words.extend(errors);
    Ok((output.status.success(), words))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A program in a folder of its own.
    fn program(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("runnable");
        (folder, path)
    }

    #[test]
    fn the_path_is_found_among_what_start_up_files_print() {
        let output = format!("Welcome!\nPATH=/wrong\n{MARK}HOME=/h\nPATH=/a:/b\n{MARK}bye");
        assert_eq!(path_in(&output), Some("/a:/b"));
        assert_eq!(path_in("nothing at all"), None);
    }

    #[test]
    fn each_folder_is_looked_in_once_and_our_own_first() {
        let joined = joined(&"/usr/bin:/bin".into(), Some("/x:/usr/bin"), Path::new("/home/anna"));
        let folders: Vec<PathBuf> = env::split_paths(&joined).collect();
        assert_eq!(folders.get(..3), Some(&["/usr/bin".into(), "/bin".into(), "/x".into()][..]));
        assert!(folders.contains(&"/home/anna/.local/bin".into()), "{folders:?}");
        assert_eq!(folders.iter().filter(|folder| **folder == Path::new("/usr/bin")).count(), 1);
    }

    #[tokio::test]
    async fn a_login_shell_tells_its_path() {
        let (_folder, shell) =
            program("shell", "#!/bin/sh\necho hello\nPATH=/from/the/shell:$PATH\neval \"$4\"\n");
        let path = ask(&shell.into()).await.expect("a path");
        assert!(path.starts_with("/from/the/shell:"), "{path}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_shell_that_waits_is_given_up() {
        let (_folder, shell) = program("shell", "#!/bin/sh\nexec sleep 60\n");
        assert_eq!(ask(&shell.into()).await, None);
    }

    #[test]
    fn a_tool_is_found_where_it_can_be_run() {
        let (folder, path) = program("aws", "#!/bin/sh\n");
        let (other, not_runnable) = program("aws", "");
        std::fs::set_permissions(&not_runnable, std::fs::Permissions::from_mode(0o644))
            .expect("not runnable");
        let search = env::join_paths([other.path(), folder.path()]).expect("a path");
        assert_eq!(find("aws", &search), Some(path));
        assert_eq!(find("no-such-tool", &search), None);
    }
}
