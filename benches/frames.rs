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
use keyfob::core::{Model, Msg, StartMsg};
use keyfob::desk::SettingsFile;
use keyfob::domain::{Settings, SignInChoice};
use keyfob::practice::{Options, Practice};
use keyfob::tasks::Tools;
use keyfob::ui::words::Zone;

const FRAMES: usize = 200;

fn main() {
    let frames: Vec<Duration> = [10, 100, 5000].into_iter().map(frame).collect();
    if let [ten, hundred, five_thousand] = frames[..] {
        figure("frame_100_to_10_users", ratio(hundred, ten), 2.0);
        figure("frame_5000_to_10_users", ratio(five_thousand, ten), 2.0);
        figure("update_to_frame", ratio(update(), ten), 0.5);
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

/// The median time of one message to the core.
fn update() -> Duration {
    let now = Timestamp::UNIX_EPOCH;
    let mut model = Model::new(Settings::default(), false, now);
    let message = || Msg::Start(StartMsg::Open { choice: SignInChoice::Practice, read_only: true });
    let median = median((0..FRAMES).map(|_| timed(|| drop(model.update(message(), now)))).collect());
    println!("a message: {median:?}");
    median
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
