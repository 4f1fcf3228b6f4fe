//! Work per frame and per message, as ratios within one run. It must not grow with the account.
//!
//! `tests/figures` runs it and prints its figures.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measuring program stops where it cannot measure"
)]

#[path = "shared/figure.rs"]
mod figure;
#[path = "../tests/screens/tools.rs"]
mod tools;

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use figure::{median, note, note_in, ratio};
use jiff::Timestamp;
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::clock::Clock;
use keyfob::core::{Answered, Call, Effect, KeysMsg, Model, Msg, Reply, SessionId, StartMsg, UserPage};
use keyfob::domain::{
    AccessKey, Account, Caller, Endpoint, KeyId, KeyStatus, Moment, Settings, SignInChoice, User, UserName,
};
use keyfob::practice::{Options, Practice};
use tools::{app, services};

const FRAMES: usize = 200;

/// The option that prints only the time of a single frame, in nanoseconds, as the last line.
pub(crate) const ONE_FRAME: &str = "--one-frame";

pub(crate) fn main() {
    if std::env::args().any(|argument| argument == ONE_FRAME) {
        return println!("{}", frame(100).as_nanos());
    }
    let frames: Vec<Duration> = [10, 100, 5000].into_iter().map(frame).collect();
    if let [ten, hundred, five_thousand] = frames[..] {
        // Ten users do not fill the list, so the others draw about twice as many rows.
        note("frame_100_to_10_users", ratio(hundred, ten), 3.0);
        note("frame_5000_to_10_users", ratio(five_thousand, ten), 3.0);
        note("update_5000_to_10_users", ratio(update(5000), update(10)), 5.0);
    }
    let (idle, typing) = account_keys_100_to_1();
    note("account_keys_100_to_1", idle, ACCOUNT_KEYS_TARGET);
    note_in("ms", "account_keys_filter", typing.as_secs_f64() * 1000.0, 16.0);
}

/// How often 5,000 users are compared with 50. What else runs here slows one of the two, so the least ratio counts.
const TRIES: usize = 4;

const ACCOUNT_KEYS_TARGET: f64 = 1.3;

/// The least ratio, and the least time in which the filter is typed.
fn account_keys_100_to_1() -> (f64, Duration) {
    let (mut idle, mut typing) = (f64::INFINITY, Duration::MAX);
    for _ in 0..TRIES {
        let [few, many] = [50, 5000].map(account_keys);
        idle = idle.min(ratio(many.idle, few.idle));
        typing = typing.min(many.typing);
        if idle <= ACCOUNT_KEYS_TARGET {
            break;
        }
    }
    (idle, typing)
}

/// The median times of one frame of the page *Account keys*.
struct AccountKeys {
    idle: Duration,
    /// In which the filter has changed: all keys are filtered and ordered anew.
    typing: Duration,
}

fn account_keys(users: usize) -> AccountKeys {
    let (mut harness, _runtime) = start(users);
    until(&mut harness, |app| settled(app, users));
    harness.get_by_label("Account keys").click_accesskit();
    until(&mut harness, |app| {
        app.model().open.as_ref().is_some_and(|open| open.inventory.report.report.value.is_some())
    });
    harness.step();
    harness.step();
    if let Some(cancel) = harness.query_by_label("Cancel loading key ids") {
        cancel.click_accesskit();
    }
    // What is under way is still answered.
    let quiet = Instant::now() + Duration::from_secs(2);
    while Instant::now() < quiet {
        harness.step();
    }
    let keys = harness.state().model().open.as_ref().map_or(0, |open| open.keys.count());
    let idle = median((0..FRAMES).map(|_| timed(|| harness.step())).collect());
    harness.get_by_label("Filter account keys").focus();
    harness.step();
    let typed = |at: usize| {
        let backspace = Event::Key {
            key: Key::Backspace,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        if at.is_multiple_of(2) { Event::Text("a".to_owned()) } else { backspace }
    };
    let mut type_one = |at: usize| {
        harness.input_mut().events.push(typed(at));
        timed(|| harness.step())
    };
    let typing = median((0..FRAMES).map(&mut type_one).collect());
    println!("a frame with {keys} keys of {users} users: {idle:?}, while the filter is typed: {typing:?}");
    AccountKeys { idle, typing }
}

/// The median time of one frame with the user picker and the key table.
fn frame(users: usize) -> Duration {
    let (mut harness, _runtime) = start(users);
    until(&mut harness, |app| settled(app, users));
    let median = median((0..FRAMES).map(|_| timed(|| harness.step())).collect());
    println!("a frame with {users} users: {median:?}");
    median
}

fn until(harness: &mut Harness<'_, App>, done: impl Fn(&App) -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !done(harness.state()) {
        assert!(Instant::now() < deadline, "the account never settled");
        harness.step();
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The program on a practice account with this many users.
fn start(users: usize) -> (Harness<'static, App>, tokio::runtime::Runtime) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let clock = Clock::fixed("2026-11-24T12:00:00Z".parse::<Timestamp>().expect("a time"));
    let now = Arc::new({
        let clock = clock.clone();
        move || clock.date()
    });
    let practice = Practice::new(Options { users: Some(users), latency: Duration::ZERO, now });
    let args = Args { practice: true, ..Args::default() };
    let handle = runtime.handle().clone();
    let harness: Harness<'static, App> =
        Harness::builder().with_size([1280.0, 800.0]).build_eframe(move |cc| {
            app(&cc.egui_ctx, services(handle, clock, practice), Default::default(), &args)
        });
    (harness, runtime)
}

fn settled(app: &App, users: usize) -> bool {
    app.model().open.as_ref().is_some_and(|open| {
        let shown = open.users.all().iter().take(20);
        let counted =
            shown.clone().all(|user| open.keys_of(&user.name).and_then(|keys| keys.count()).is_some());
        open.users.all().len() == users && counted
    })
}

/// The median time of one answer to the core, with this many users known: a list of keys that was asked for, which is the
/// most frequent message while an account fills.
fn update(users: usize) -> Duration {
    let now = Moment::of(Timestamp::UNIX_EPOCH);
    let mut model = Model::new(Settings::default(), false, now);
    let choice = SignInChoice::Practice;
    model.update(Msg::Start(StartMsg::Open { choice, read_only: false }), now);
    let session = model.sign_in().expect("a sign-in").session;
    let effects = model.update(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }), now);
    fill(&mut model, effects, users, now);
    let user = UserName::new("user-0");
    let answer = |model: &mut Model| {
        let effects = model.update(Msg::Keys(KeysMsg::RelistDue { session, user: user.clone() }), now);
        let msg = listed(&effects, session);
        timed(|| _ = model.update(msg, now))
    };
    let median = median((0..FRAMES).map(|_| answer(&mut model)).collect());
    let known = model.open.as_ref().and_then(|open| open.keys_of(&user)).and_then(|keys| keys.count());
    assert_eq!(known, Some(KEYS), "the answers were dropped");
    println!("a message with {users} users: {median:?}");
    median
}

/// Answers the pages of users, and then a list of keys for each of them.
fn fill(model: &mut Model, effects: Vec<Effect>, users: usize, now: Moment) {
    let names: Vec<UserName> = (0..users).map(|number| UserName::new(format!("user-{number}"))).collect();
    let session = model.open.as_ref().expect("an account").session;
    let mut effects = effects;
    for (index, names) in names.chunks(PAGE).enumerate() {
        let asked = calls(&effects).find_map(|call| {
            let Call::ListUsers { load, .. } = call else { return None };
            Some(*load)
        });
        let more = (index + 1) * PAGE < users;
        let page =
            UserPage { users: names.iter().map(user).collect(), next: more.then(|| index.to_string()) };
        let load = asked.expect("a page is asked for");
        effects =
            model.update(answered(session, Reply::ListUsers { load, marker: None, result: Ok(page) }), now);
    }
    assert_eq!(model.open.as_ref().map(|open| open.users.all().len()), Some(users), "all users are known");
    for user in &names {
        let effects = model.update(Msg::Keys(KeysMsg::RelistDue { session, user: user.clone() }), now);
        let msg = listed(&effects, session);
        model.update(msg, now);
    }
}

/// The maximum page size of `ListUsers`.
const PAGE: usize = 1000;
/// Keys of each user.
const KEYS: usize = 2;

fn user(name: &UserName) -> User {
    User { name: name.clone(), path: "/".to_owned(), created: None, password_last_used: None }
}

/// The answer to the list of keys that is among `effects`.
fn listed(effects: &[Effect], session: SessionId) -> Msg {
    let asked = calls(effects).find_map(|call| {
        let Call::ListKeys { user, load, .. } = call else { return None };
        Some((user.clone(), *load))
    });
    let (user, load) = asked.expect("the keys are asked for");
    let key = |number: usize| AccessKey {
        id: KeyId::new(format!("AKIA{number}{user}")),
        status: KeyStatus::Active,
        created: None,
    };
    let result = Ok((0..KEYS).map(key).collect::<Vec<_>>().into());
    answered(session, Reply::ListKeys { user, load, paced: false, result })
}

fn calls(effects: &[Effect]) -> impl Iterator<Item = &Call> {
    effects.iter().filter_map(|effect| {
        let Effect::Call { call, .. } = effect else { return None };
        Some(call)
    })
}

fn answered(session: SessionId, reply: Reply) -> Msg {
    Msg::Answered(Answered { session, reply, request_id: None, server_time: None })
}

fn account() -> Account {
    Account {
        id: "123456789012".to_owned(),
        alias: None,
        profile: "lab".to_owned(),
        caller: Caller::Root,
        caller_arn: String::new(),
        signing_key: None,
        session_key: None,
        endpoint: Endpoint::Practice,
        expires: None,
        takes_mfa: false,
        other_endpoints: Vec::new(),
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}
