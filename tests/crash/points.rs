//! `strace` kills a child program at each system call from its first access to the file on.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};

use keyfob::desk::credentials::{self, ProfileName};
use keyfob::domain::{KeyId, Secret};

use crate::figure::Figure;

/// The option that runs the program to be killed.
pub(crate) const WRITE: &str = "--write";

const OLD: &str = "# mine\n[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old\n\n[ci]\nregion = eu-west-1\n";
/// All calls that can change a file, and the checks between them.
const CALLS: &str = "openat,read,write,pwrite64,fsync,fdatasync,ftruncate,fchmod,?mkdir,?rename,?renameat,renameat2,?link,\
                     linkat,?unlink,unlinkat,close,statx";
const KILLED: i32 = 9;

pub(crate) fn write_one_pair(path: &Path) {
    let profile = ProfileName::parse("ci").expect("a good name");
    let (id, secret) = (KeyId::new("AKIANEW"), Secret::new("new".to_owned()));
    let preview = credentials::preview(path, &profile, &id).expect("a preview");
    credentials::write(path, &profile, &id, &secret, &preview.seen).expect("it is written");
}

/// The initial state.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    There,
    BehindALink,
    /// The folder does not exist either.
    Missing,
}

impl Before {
    /// The path that is written to, and the actual file.
    fn lay_out(self, home: &Path) -> (PathBuf, PathBuf) {
        let path = home.join(".aws/credentials");
        let real = if self == Self::BehindALink { home.join("dotfiles/credentials") } else { path.clone() };
        if self != Self::Missing {
            for folder in [&path, &real].map(|path| path.parent().expect("a folder")) {
                fs::create_dir_all(folder).expect("a folder");
            }
            fs::write(&real, OLD).expect("the old file");
        }
        if self == Self::BehindALink {
            symlink(&real, &path).expect("a link");
        }
        (path, real)
    }
}

pub(crate) fn kill_at_each() -> ExitCode {
    let (mut old, mut new, mut wrong) = (0, 0, Vec::new());
    for before in [Before::There, Before::BehindALink, Before::Missing] {
        let (calls, written) = written_whole(before);
        for (call, time) in calls {
            match killed_at(before, &call, time, &written) {
                Ok(After::Old) => old += 1,
                Ok(After::New) => new += 1,
                Err(why) => wrong.push(format!("{before:?}, {call} {time}: {why}")),
            }
        }
    }
    let points = old + new + wrong.len();
    // If no point left the old file, or none the new one, the program was not killed during the write.
    let holds = wrong.is_empty() && old > 10 && new > 10;
    Figure {
        name: "crash_points_damaging_a_file",
        value: wrong.len().into(),
        unit: format!("of {points} calls to the system"),
        target: "0".to_owned(),
        holds,
        command: "tests/run credentials",
    }
    .write();
    println!("the old file after {old} of them, the new one after {new}; wrong: {wrong:#?}");
    println!("{} passed, {} failed", usize::from(holds), usize::from(!holds));
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The version of the file afterwards.
enum After {
    Old,
    New,
}

/// The calls from the first one that names the file, each with its number among those of its kind, and the final content of
/// the file.
fn written_whole(before: Before) -> (Vec<(String, usize)>, Vec<u8>) {
    let home = tempfile::tempdir().expect("a folder");
    let (path, real) = before.lay_out(home.path());
    let trace = home.path().join("trace");
    let status = run(&path, &["-o", &trace.display().to_string()]);
    assert!(status.success(), "it was not written: {status}");
    let trace = fs::read_to_string(trace).expect("a trace");
    let (mut counts, mut calls) = (BTreeMap::<&str, usize>::new(), Vec::new());
    let name = path.display().to_string();
    for line in trace.lines() {
        let Some((call, _)) = line.split_once('(') else { continue };
        let count = counts.entry(call).or_default();
        *count += 1;
        if line.contains(&name) || !calls.is_empty() {
            calls.push((call.to_owned(), *count));
        }
    }
    (calls, fs::read(real).expect("the new file"))
}

/// The version of the file after a kill at that call, or the error.
fn killed_at(before: Before, call: &str, time: usize, new: &[u8]) -> Result<After, &'static str> {
    let home = tempfile::tempdir().expect("a folder");
    let (path, real) = before.lay_out(home.path());
    let status = run(&path, &["-o", "/dev/null", "-e", &format!("inject={call}:signal=KILL:when={time}")]);
    if status.signal() != Some(KILLED) {
        return Err("it was not killed");
    }
    let old = (before != Before::Missing).then(|| OLD.as_bytes().to_vec());
    let found = fs::read(&real).ok();
    let after = match &found {
        _ if found == old => After::Old,
        Some(found) if found == new => After::New,
        _ => return Err("the file is neither the old one nor the new one"),
    };
    let folder = fs::read_dir(real.parent().expect("a folder")).into_iter().flatten();
    for entry in folder.map(|entry| entry.expect("an entry")) {
        let is_backup = entry.file_name().to_string_lossy().ends_with("keyfob-backup");
        if is_backup && fs::read(entry.path()).ok() != old {
            return Err("the backup is not the old file");
        }
        let mode = entry.metadata().expect("its mode").permissions().mode();
        if entry.path() != real && mode & 0o077 != 0 {
            return Err("others may read what is left behind");
        }
    }
    Ok(after)
}

fn run(path: &Path, options: &[&str]) -> ExitStatus {
    let program = std::env::current_exe().expect("this program");
    let mut strace = Command::new("strace");
    strace.args(["-e", &format!("trace={CALLS}")]).args(options).arg(program).arg(WRITE).arg(path);
    strace.stderr(Stdio::null()).status().expect("strace")
}
