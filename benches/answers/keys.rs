//! How long it takes from the start until the keys of the remembered user are on the screen, beside `aws iam
//! list-access-keys` on the same server.
//!
//! Both are started as programs of their own, in turns: once with a server that answers at once, and once with 100 ms more
//! for each answer. Needs a display and the AWS CLI.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::figure::{median, note, ratio};
use crate::iam::{Iam, Pages};
use crate::program::{at_home, time_to};

const RUNS: usize = 7;

/// What Keyfob's log says.
const KEYS_SHOWN: &str = "keys shown after";

/// The first one, which Keyfob picks by itself and remembers.
const USER: &str = "user-0000";

pub(crate) fn measure() {
    let home = tempfile::tempdir().expect("a home");
    let iam = Iam::start(Pages { users: 200, page: 1000 });
    std::fs::create_dir(home.path().join(".aws")).expect("a folder");
    let profile =
        "[profile lab]\nregion = us-east-1\naws_access_key_id = AKIAUSER\naws_secret_access_key = secret\n";
    let config = format!("{profile}endpoint_url = {}\n", iam.url);
    std::fs::write(home.path().join(".aws/config"), config).expect("a file");
    // Not counted: the first one learns which user is looked at, and both fill the caches of the disk.
    println!("to warm up: Keyfob {:?}, the AWS CLI {:?}", keyfob(home.path()), aws(home.path()));
    let settings = home.path().join("config/keyfob/settings.json");
    let settings = std::fs::read_to_string(settings).expect("what is remembered");
    assert!(settings.contains(USER), "no user is remembered: {settings}");
    for (name, delay, target) in
        [("start_to_keys_against_aws_cli", 0, 0.5), ("start_to_keys_against_aws_cli_slow", 100, 0.6)]
    {
        iam.delay(Duration::from_millis(delay));
        let (ours, theirs): (Vec<_>, Vec<_>) =
            (0..RUNS).map(|_| (keyfob(home.path()), aws(home.path()))).unzip();
        let (ours, theirs) = (median(ours), median(theirs));
        println!("keys shown, {delay} ms more for each answer: Keyfob {ours:?}, the AWS CLI {theirs:?}");
        note(name, ratio(ours, theirs), target);
    }
}

fn keyfob(home: &Path) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyfob"));
    at_home(&mut command, home);
    command.args(["--profile", "lab"]);
    time_to(command, KEYS_SHOWN)
}

/// The system's, where there is one: others may be reached through a wrapper that takes its own time.
fn aws(home: &Path) -> Duration {
    let system = Path::new("/usr/bin/aws");
    let mut command = Command::new(if system.exists() { system } else { Path::new("aws") });
    at_home(&mut command, home);
    command.args(["--profile", "lab", "iam", "list-access-keys", "--user-name", USER, "--no-cli-pager"]);
    // The second version takes it from the profile, the first one does not.
    command.args(["--endpoint-url", &endpoint(home)]);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let begun = Instant::now();
    let status = command.status().expect("the AWS CLI");
    assert!(status.success(), "the AWS CLI failed");
    begun.elapsed()
}

fn endpoint(home: &Path) -> String {
    let config = std::fs::read_to_string(home.join(".aws/config")).expect("a file");
    config.lines().find_map(|line| line.strip_prefix("endpoint_url = ")).expect("a line").to_owned()
}
