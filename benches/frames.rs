//! Work per frame and per message, as ratios within one run: what must not grow with the account.
//!
//! `tests/figures` runs it and prints its figures.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measuring program stops where it cannot measure"
)]

#[path = "shared/figure.rs"]
mod figure;

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use figure::{median, note, ratio};
use jiff::Timestamp;
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::aws;
use keyfob::clock::Clock;
use keyfob::core::{KeysMsg, Model, Msg, SessionId, StartMsg};
use keyfob::desk::SettingsFile;
use keyfob::domain::{Account, Caller, Endpoint, Settings, SignInChoice, UserName};
use keyfob::practice::{Options, Practice};
use keyfob::tasks::Tools;
use keyfob::ui::words::Zone;

const FRAMES: usize = 200;

/// Asks for the time of a single frame alone, in nanoseconds, as the last line.
pub(crate) const ONE_FRAME: &str = "--one-frame";

pub(crate) fn main() {
    if std::env::args().any(|argument| argument == ONE_FRAME) {
        return println!("{}", frame(100).as_nanos());
    }
    let frames: Vec<Duration> = [10, 100, 5000].into_iter().map(frame).collect();
    if let [ten, hundred, five_thousand] = frames[..] {
        // Ten users do not fill the list: about twice as many rows are drawn for the others.
        note("frame_100_to_10_users", ratio(hundred, ten), 3.0);
        note("frame_5000_to_10_users", ratio(five_thousand, ten), 3.0);
        note("update_5000_to_10_users", ratio(update(5000), update(10)), 5.0);
    }
}

/// The median time of one frame of picker and key table, with nothing else going on.
fn frame(users: usize) -> Duration {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let clock = Clock::fixed("2026-11-24T12:00:00Z".parse::<Timestamp>().expect("a time"));
    let now = Arc::new({
        let clock = clock.clone();
        move || clock.now()
    });
    let practice = Practice::new(Options { users: Some(users), latency: Duration::ZERO, now });
    let args = Args { practice: true, ..Args::default() };
    let handle = runtime.handle().clone();
    let mut harness: Harness<'_, App> =
        Harness::builder().with_size([1280.0, 800.0]).build_eframe(move |cc| {
            let tools = Tools {
                runtime: handle,
                egui: cc.egui_ctx.clone(),
                clock,
                practice,
                sign_in: aws::Options::default(),
                settings: SettingsFile::none(),
                journal: None,
                home: "/home/anna".into(),
                ending: Default::default(),
                zone: Zone::utc(),
                uses_clipboard: false,
            };
            App::new(&cc.egui_ctx, &args, tools)
        });
    let deadline = Instant::now() + Duration::from_mins(1);
    while !settled(harness.state(), users) {
        assert!(Instant::now() < deadline, "the account never settled");
        harness.step();
        std::thread::sleep(Duration::from_millis(2));
    }
    let median = median((0..FRAMES).map(|_| timed(|| harness.step())).collect());
    println!("a frame with {users} users: {median:?}");
    median
}

fn settled(app: &App, users: usize) -> bool {
    app.model().open.as_ref().is_some_and(|open| {
        let shown = open.users.all().iter().take(20);
        let counted =
            shown.clone().all(|user| open.keys_of(&user.name).and_then(|keys| keys.count()).is_some());
        open.users.all().len() == users && counted
    })
}

/// The median time of one answer to the core, with this many users known.
fn update(users: usize) -> Duration {
    let now = Timestamp::UNIX_EPOCH;
    let mut model = Model::new(Settings::default(), false, now);
    let choice = SignInChoice::Practice;
    model.update(Msg::Start(StartMsg::Open { choice, read_only: false }), now);
    let session = model.sign_in.as_ref().expect("a sign-in").session;
    model.update(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }), now);
    for number in 0..users {
        listed(&mut model, session, &format!("user-{number}"), now);
    }
    let median = median((0..FRAMES).map(|_| timed(|| listed(&mut model, session, "user-0", now))).collect());
    println!("a message with {users} users: {median:?}");
    median
}

/// A list of keys that arrives late: the most frequent message while an account fills.
fn listed(model: &mut Model, session: SessionId, user: &str, now: Timestamp) {
    let (user, answer) = (UserName::new(user), Ok(Vec::new()));
    model.update(Msg::Keys(KeysMsg::Listed { session, user, load: 0, answer }), now);
}

fn account() -> Account {
    Account {
        id: "123456789012".to_owned(),
        alias: None,
        profile: "lab".to_owned(),
        caller: Caller::Root,
        caller_arn: String::new(),
        signing_key: None,
        endpoint: Endpoint::Practice,
        expires: None,
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}
