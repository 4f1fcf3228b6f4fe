//! Work per frame and per message, as ratios within one run: what must not grow with the account.
//!
//! Writes its figures to `target/figures`; `tests/figures` prints them.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measuring program stops where it cannot measure"
)]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
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

fn main() {
    let frames: Vec<Duration> = [10, 100, 5000].into_iter().map(frame).collect();
    if let [ten, hundred, five_thousand] = frames[..] {
        // Ten users do not fill the list: about twice as many rows are drawn for the others.
        figure("frame_100_to_10_users", ratio(hundred, ten), 3.0);
        figure("frame_5000_to_10_users", ratio(five_thousand, ten), 3.0);
        figure("update_5000_to_10_users", ratio(update(5000), update(10)), 5.0);
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
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::EPSILON)
}

/// At most `target` holds.
fn figure(name: &str, value: f64, target: f64) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/figures");
    std::fs::create_dir_all(&folder).expect("a folder for figures");
    let value = (value * 1000.0).round() / 1000.0;
    let figure = serde_json::json!({
        "name": name,
        "value": value,
        "unit": "ratio",
        "target": format!("<= {target}"),
        "holds": value <= target,
        "command": "cargo bench --bench frames",
    });
    println!("{name}: {value} (target <= {target})");
    std::fs::write(folder.join(format!("{name}.json")), figure.to_string()).expect("a written figure");
}
