//! How soon answers have their effect: what follows from one is asked while the painter is slow, all users are read in pages,
//! and the keys of the remembered user are on the screen after a start.
//!
//! Needs a display and the AWS CLI; `tests/figures` brings a display.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measuring program stops where it cannot measure"
)]

#[path = "../shared/figure.rs"]
mod figure;
mod iam;
mod keys;
#[path = "../shared/program.rs"]
mod program;
#[path = "../../tests/screens/tools.rs"]
mod tools;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use aws_types::os_shim_internal::Env;
use egui_kittest::Harness;
use figure::{median, note, note_in, ratio};
use iam::{Iam, Pages, Served};
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::aws::{self, Connection};
use keyfob::clock::Clock;
use keyfob::domain::{KeyId, Secret};
use keyfob::practice::{Options, Practice};
use keyfob::tasks::Services;
use tokio::runtime::Runtime;
use tools::{app, services};

/// As with software drawing on a busy machine.
const FRAME: Duration = Duration::from_millis(150);
/// A median of fewer is at the mercy of what else runs on the machine.
const RUNS: usize = 9;

fn main() -> ExitCode {
    if std::env::var_os("DISPLAY").is_none() {
        eprintln!("There is no display to open a window on; tests/figures brings one");
        return ExitCode::FAILURE;
    }
    follow_ups();
    all_pages();
    keys::measure();
    ExitCode::SUCCESS
}

fn follow_ups() {
    // Small pages: what counts is how soon the next one is asked for, not how long it takes to read one.
    let pages = Pages { users: 60, page: 10 };
    let gaps: Vec<Duration> = (0..RUNS).flat_map(|_| gaps(&all_users(pages).1)).collect();
    println!("from an answer to the next request: {gaps:?}");
    note_in("ms", "answer_to_follow_up", median(gaps).as_secs_f64() * 1000.0, 5.0);
}

fn all_pages() {
    let pages = Pages { users: 5000, page: 834 };
    let (ours, theirs): (Vec<_>, Vec<_>) = (0..RUNS).map(|_| (all_users(pages).0, plain_loop(pages))).unzip();
    let (ours, theirs) = (median(ours), median(theirs));
    println!("5,000 users in six pages: Keyfob {ours:?}, a plain loop {theirs:?}");
    note("users_5000_against_plain_loop", ratio(ours, theirs), 1.3);
}

/// How long it takes from the first request until the window could draw all users, and the requests.
fn all_users(pages: Pages) -> (Duration, Vec<Served>) {
    let iam = Iam::start(pages);
    let home = tempfile::tempdir().expect("a home");
    let config =
        "[profile lab]\nregion = us-east-1\naws_access_key_id = AKIAUSER\naws_secret_access_key = secret\n";
    std::fs::create_dir(home.path().join(".aws")).expect("a folder");
    std::fs::write(home.path().join(".aws/config"), config).expect("a file");
    let runtime = runtime();
    let clock = Clock::system();
    let practice = Practice::new(Options {
        users: Some(1),
        latency: Duration::ZERO,
        now: std::sync::Arc::new(jiff::Timestamp::now),
    });
    let env = Env::from_slice(&[("HOME", home.path().to_str().expect("a path"))]);
    let sign_in = aws::Options { env, endpoint_url: Some(iam.url.clone()), ..aws::Options::default() };
    let services = Services { sign_in, ..services(runtime.handle().clone(), clock, practice) };
    let args = Args { profile: Some("lab".to_owned()), ..Args::default() };
    let mut harness: Harness<'_, App> = Harness::builder()
        .with_size([1280.0, 800.0])
        .build_eframe(move |cc| app(&cc.egui_ctx, services, Default::default(), &args));
    let deadline = Instant::now() + Duration::from_mins(1);
    let done = 'frames: loop {
        assert!(Instant::now() < deadline, "the users never came");
        harness.step();
        let painted = Instant::now() + FRAME;
        while Instant::now() < painted {
            if has_all_users(harness.state(), pages.users) {
                break 'frames Instant::now();
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    let served: Vec<Served> = iam.served.try_iter().filter(|served| served.action == "ListUsers").collect();
    let first = served.first().expect("a request").arrived;
    (done - first, served)
}

fn has_all_users(app: &App, users: usize) -> bool {
    app.model()
        .open
        .as_ref()
        .is_some_and(|open| open.users.list.as_of.is_some() && open.users.all().len() == users)
}

/// From each answer to the request that follows from it.
fn gaps(served: &[Served]) -> Vec<Duration> {
    served.iter().zip(served.iter().skip(1)).map(|(before, after)| after.arrived - before.answered).collect()
}

/// The same requests with the SDK and nothing around it.
fn plain_loop(pages: Pages) -> Duration {
    let iam = Iam::start(pages);
    let users = runtime().block_on(async {
        let (id, secret) = (KeyId::new("AKIAUSER"), Secret::new("secret".to_owned()));
        let connection = Connection::for_endpoint(&iam.url, &id, &secret, aws::Patience::default())
            .await
            .expect("a connection");
        // Keyfob has asked who it is by then, and its connection is open.
        connection.key_quota().await.expect("an answer");
        let (mut users, mut marker) = (0, None);
        loop {
            let page = connection.users(marker).await.expect("a page");
            users += page.users.len();
            marker = page.next;
            if marker.is_none() {
                return users;
            }
        }
    });
    let done = Instant::now();
    assert_eq!(users, pages.users, "all users");
    let mut served = iam.served.try_iter().filter(|served| served.action == "ListUsers");
    done - served.next().expect("a request").arrived
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}
