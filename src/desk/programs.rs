//! Searches for programs and runs them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::domain::InheritedEnv;

/// Folders with installed tools that may be missing from the system's and the shell's search paths.
const USUAL: [&str; 4] = ["/opt/homebrew/bin", "/usr/local/bin", "/snap/bin", "/opt/local/bin"];
const USUAL_AT_HOME: [&str; 2] = [".local/bin", "bin"];

/// The search path: the login shell's folders in the user's order, then our own, then the usual ones.
pub fn search_path(shells: Option<&str>, home: &Path) -> OsString {
    joined(&env::var_os("PATH").unwrap_or_default(), shells, home)
}

fn joined(own: &OsString, shells: Option<&str>, home: &Path) -> OsString {
    let mut folders: Vec<PathBuf> = shells.map(env::split_paths).into_iter().flatten().collect();
    folders.extend(env::split_paths(own));
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

/// Runs a program to its end, without a time limit. Dropping the future stops the program.
pub async fn run(
    program: &Path,
    args: &[&str],
    search_path: &OsString,
    inherited: &InheritedEnv,
) -> std::io::Result<(bool, Vec<u8>)> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).kill_on_drop(true);
    command.envs(inherited.iter().map(|(name, value)| (name, value.expose()))).env("PATH", search_path);
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

    /// A program in its own folder.
    fn program(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("runnable");
        (folder, path)
    }

    #[test]
    fn each_folder_is_looked_in_once_and_those_of_the_login_shell_first() {
        let joined = joined(&"/usr/bin:/bin".into(), Some("/x:/usr/bin"), Path::new("/home/anna"));
        let folders: Vec<PathBuf> = env::split_paths(&joined).collect();
        assert_eq!(folders.get(..3), Some(&["/x".into(), "/usr/bin".into(), "/bin".into()][..]));
        assert!(folders.contains(&"/home/anna/.local/bin".into()), "{folders:?}");
        assert_eq!(folders.iter().filter(|folder| **folder == Path::new("/usr/bin")).count(), 1);
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
