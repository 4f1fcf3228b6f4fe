//! Reading the environment of login shells: scripted ones, and those installed here.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use keyfob::desk::login_shell::{Told, ask};

/// Long enough to load a shell from a slow disk.
async fn told(shell: &Path) -> Option<Told> {
    ask(shell, Duration::from_mins(1)).await
}

/// A scripted shell in its own folder.
fn shell(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shell");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("runnable");
    (folder, path)
}

#[tokio::test]
async fn the_exported_variables_are_found_in_any_output() {
    let (_folder, shell) = shell(
        "echo Welcome; echo AWS_PROFILE=wrong\nexport PATH=/from/the/shell:$PATH AWS_PROFILE=right\neval \"$4\"; echo bye",
    );
    let told = told(&shell).await.expect("an answer");
    assert!(told.get("PATH").expect("a path").starts_with("/from/the/shell:"));
    assert_eq!(told.get("AWS_PROFILE"), Some("right"));
}

#[tokio::test]
async fn a_value_of_several_lines_makes_no_variable_of_its_own() {
    let (_folder, shell) = shell("export NOTE='one\nAWS_PROFILE=two'\neval \"$4\"");
    let told = told(&shell).await.expect("an answer");
    assert_eq!(told.get("NOTE"), Some("one\nAWS_PROFILE=two"));
    assert_eq!(told.get("AWS_PROFILE"), None);
}

#[tokio::test]
async fn what_a_start_up_file_leaves_behind_is_not_waited_for() {
    let (_folder, shell) = shell("sleep 90 & eval \"$4\"");
    assert!(told(&shell).await.is_some(), "it waited for the program that holds the output");
}

#[tokio::test]
async fn a_shell_that_hangs_is_ended_with_all_that_it_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let ids = folder.path().join("ids");
    let (_folder, shell) = shell(&format!("echo $$ > {0}; sleep 600 & echo $! >> {0}; wait", ids.display()));
    assert!(ask(&shell, Duration::from_secs(5)).await.is_none());
    let ids = std::fs::read_to_string(&ids).expect("it ran");
    let deadline = Instant::now() + Duration::from_secs(20);
    for id in ids.lines() {
        // A zombie no longer runs.
        let state = || std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let runs = || state().rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'));
        while cfg!(target_os = "linux") && runs() {
            assert!(Instant::now() < deadline, "{id} still runs: {}", state());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test]
async fn a_program_that_is_no_shell_gives_nothing() {
    assert!(told(Path::new("/nonexistent/shell")).await.is_none());
    assert!(told(Path::new("/bin/true")).await.is_none());
    let (_folder, shell) = shell("printf -- -keyfob-environment-nothing-keyfob-environment-");
    assert!(told(&shell).await.is_none(), "an environment without a search path is none");
}

/// The installed shells, with typical start-up files.
#[tokio::test]
async fn the_usual_shells_are_understood() {
    let mut asked = Vec::new();
    for (shell, file) in [
        ("bash", ".bash_profile"),
        ("bash", ".profile"),
        ("zsh", ".zshrc"),
        ("zsh", ".zprofile"),
        ("fish", ".config/fish/config.fish"),
    ] {
        let found = ["/bin", "/usr/bin"].map(|folder| Path::new(folder).join(shell));
        let Some(path) = found.into_iter().find(|path| path.exists()) else { continue };
        asked.push(shell);
        let shell = path;
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join(file);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        let text = "echo hello\nexport AWS_CONFIG_FILE=/from/the/profile https_proxy=http://proxy:1\n";
        std::fs::write(&file, text.replace(" https_proxy", "\nexport https_proxy")).expect("written");
        // Around it, so that it looks there for its files.
        let (_folder, around) = self::shell(&format!(
            "export HOME={} XDG_CONFIG_HOME={0}/.config\nunset ZDOTDIR\nexec {} \"$@\"",
            home.path().display(),
            shell.display()
        ));
        let told = told(&around).await.expect("an answer");
        assert_eq!(
            told.get("AWS_CONFIG_FILE"),
            Some("/from/the/profile"),
            "{} {}",
            shell.display(),
            file.display()
        );
        assert_eq!(told.get("https_proxy"), Some("http://proxy:1"), "{}", shell.display());
        assert!(told.get("PATH").is_some());
    }
    assert!(asked.contains(&"bash"), "only these are here: {asked:?}");
}
