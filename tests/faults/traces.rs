//! No log event at any level, no error and no panic contains a secret, whatever the fault.

use std::process::{Command, Output};

use keyfob::core::CreateOutcome;
use keyfob::domain::Failure;
use keyfob::ui::words;
use tracing::level_filters::LevelFilter;

use crate::SIGNS;
use crate::create::{at_creation, attempt, losses, refusals};
use crate::figure::Figure;
use crate::recorder::Recorder;
use crate::server::{Fault, Plan, SECRET};

/// Shorter pieces occur by chance.
const CHANCE: usize = 5;

/// Runs in its own process, because the recorder is global.
const TRACED: &str = "traces::every_fault_at_full_log_level";

/// With this variable, the SDK logs response bodies.
const BODIES: &str = "LOG_SENSITIVE_BODIES";

/// The most detailed level in this build.
const LEVEL: &str = "KEYFOB_TRACED_LEVEL";

#[tokio::test]
#[ignore = "run by the test below, in a process of its own"]
async fn every_fault_at_full_log_level() {
    #[expect(clippy::disallowed_methods, reason = "the test is told by its environment how much is told")]
    let most = std::env::var(LEVEL).expect("a level").parse::<LevelFilter>().expect("a level");
    let told = Recorder::install(most);
    let mut failures = Vec::new();
    for (_, fault) in losses().into_iter().chain(refusals()) {
        failures.extend(failure_of(attempt(at_creation(fault, true)).await.0));
    }
    let answered = Plan { times: 0, ..at_creation(Fault::Close, true) };
    assert!(failure_of(attempt(answered).await.0).is_none(), "it was answered");
    let errors = failures.iter().map(said);
    let events: Vec<String> = told.try_iter().collect();
    let longest =
        events.iter().cloned().chain(errors).map(|text| longest_piece(&text)).max().unwrap_or_default();
    println!("told {} events, {} errors, {longest} characters", events.len(), failures.len());
}

fn failure_of(outcome: CreateOutcome) -> Option<Failure> {
    match outcome {
        CreateOutcome::Made(_) => None,
        CreateOutcome::Refused(failure) | CreateOutcome::Unknown { failure, .. } => Some(failure),
    }
}

/// An error in every format.
fn said(failure: &Failure) -> String {
    format!("{failure:?} {failure:#?} {} {}", words::explain(failure, None), words::details(failure, None))
}

/// The longest run of a secret's characters in the text, as characters, numbers or hexadecimal.
fn longest_piece(text: &str) -> usize {
    let lengths = [SECRET, SIGNS].into_iter().flat_map(|secret| {
        (0..secret.len()).map(move |from| {
            let is_there =
                |length: &usize| forms(&secret[from..from + length]).iter().any(|form| text.contains(form));
            (CHANCE + 1..=secret.len() - from).take_while(is_there).last().unwrap_or_default()
        })
    });
    lengths.max().unwrap_or_default()
}

fn forms(piece: &str) -> [String; 3] {
    let numbers: Vec<String> = piece.bytes().map(|byte| byte.to_string()).collect();
    let hex: Vec<String> = piece.bytes().map(|byte| format!("{byte:02x}")).collect();
    [piece.to_owned(), numbers.join(", "), hex.concat()]
}

/// Events, errors and characters.
fn traced(level: &str, bodies: bool) -> [usize; 3] {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--ignored", "--exact", "--nocapture", TRACED]).env(LEVEL, level).env_remove(BODIES);
    if bodies {
        command.env(BODIES, "true");
    }
    let Output { status, stdout, .. } = command.output().expect("a run");
    let stdout = String::from_utf8_lossy(&stdout);
    assert!(status.success(), "it failed");
    let line = stdout.lines().find_map(|line| Some(line.split_once("told ")?.1)).expect("a line");
    let mut numbers = line.split(' ').filter_map(|word| word.parse().ok());
    [(); 3].map(|()| numbers.next().expect("three numbers"))
}

#[test]
fn no_log_event_contains_a_piece_of_a_secret() {
    let [events, errors, everything] = traced("trace", false);
    // A release build logs nothing below this level, which `tests/run deny` checks.
    let [_, _, released] = traced("info", true);
    let longest = everything.max(released);
    Figure {
        name: "secret_bytes_in_traces_and_errors",
        value: longest.into(),
        unit: format!("in {events} events at TRACE and {errors} errors"),
        target: "0".to_owned(),
        holds: longest == 0 && events > 1000 && errors > 20,
        command: "cargo test --test faults",
    }
    .write();
    assert_eq!(longest, 0, "characters of a secret in a row");
    assert!(events > 1000 && errors > 20, "{events} events, {errors} errors");
}

/// Without it, finding nothing would prove nothing.
#[test]
fn a_logged_body_is_noticed() {
    let [_, _, longest] = traced("trace", true);
    assert_eq!(longest, SECRET.len(), "the SDK was asked to tell the bodies that it reads");
}
