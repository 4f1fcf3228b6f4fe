//! The interface, driven by accessible names, and a few images of it.

#![expect(clippy::expect_used, reason = "a test fails where it finds something unexpected")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotOptions};
use jiff::Timestamp;
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::aws;
use keyfob::clock::Clock;
use keyfob::core::Stage;
use keyfob::desk::SettingsFile;
use keyfob::practice::{Options, Practice};
use keyfob::tasks::Tools;
use keyfob::ui::words::Zone;

/// The program without a window, on the practice account, at a time that stands still.
struct Window {
    harness: Harness<'static, App>,
    _runtime: tokio::runtime::Runtime,
}

fn start(args: &Args, latency: Duration, theme: egui::Theme) -> Window {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let clock = Clock::fixed("2026-11-24T12:00:00Z".parse::<Timestamp>().expect("a time"));
    let practice = Practice::new(Options {
        users: args.practice_users,
        latency,
        now: Arc::new({
            let clock = clock.clone();
            move || clock.now()
        }),
    });
    let (handle, args) = (runtime.handle().clone(), args.clone());
    let harness = Harness::builder().with_size([1280.0, 800.0]).with_theme(theme).build_eframe(move |cc| {
        // The settings say "as the system", and there is no system here.
        cc.egui_ctx.options_mut(|options| options.fallback_theme = theme);
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
    Window { harness, _runtime: runtime }
}

fn practice(theme: egui::Theme) -> Window {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::ZERO, theme);
    window.until("the users", |app| {
        app.model().open.as_ref().is_some_and(|open| {
            open.users.list.as_of.is_some()
                && open.picked_keys().is_some_and(|keys| keys.list.as_of.is_some())
        })
    });
    window
}

impl Window {
    fn until(&mut self, what: &str, done: impl Fn(&App) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !done(self.harness.state()) {
            assert!(Instant::now() < deadline, "timed out waiting for {what}");
            self.harness.step();
            std::thread::sleep(Duration::from_millis(2));
        }
        self.harness.step();
    }

    fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click_accesskit();
        self.harness.step();
        self.harness.step();
    }

    fn press_in_one_frame(&mut self, keys: &[(Modifiers, Key)]) {
        let press = |(modifiers, key): &(Modifiers, Key)| Event::Key {
            key: *key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: *modifiers,
        };
        self.harness.input_mut().events.extend(keys.iter().map(press));
        self.harness.step();
    }

    fn pick(&mut self, user: &str) {
        self.click(&format!("User {user}"));
        let user = keyfob::domain::UserName::new(user);
        self.until("the keys of the user", |app| {
            app.model().open.as_ref().is_some_and(|open| {
                open.keys_of(&user).is_some_and(|keys| {
                    let known = |key: &keyfob::domain::AccessKey| keys.last_use(&key.id).is_some();
                    keys.list.as_of.is_some()
                        && !keys.list.is_loading()
                        && keys.descriptions.value.is_some()
                        && keys.list().iter().all(known)
                })
            })
        });
    }

    fn picture(&mut self, name: &str) {
        // Counts of the other users arrive one by one: an image is taken when all are there.
        self.until("the counts", |app| {
            app.model().open.as_ref().is_none_or(|open| {
                open.users
                    .all()
                    .iter()
                    .take(20)
                    .all(|user| open.keys_of(&user.name).and_then(|keys| keys.count()).is_some())
            })
        });
        for _ in 0..12 {
            self.harness.step();
        }
        // Software renderers differ in the last bit of a blend.
        let options = SnapshotOptions::new().threshold(1.5).max_failed_pixels(200);
        self.harness.snapshot_options(name, &options);
    }
}

fn secret(app: &App) -> Option<String> {
    match &app.model().creation.as_ref()?.stage {
        Stage::Made(new_key) => Some(new_key.pair.secret.expose().to_owned()),
        _ => None,
    }
}

#[test]
fn a_key_is_created_and_its_secret_is_in_no_node() {
    let mut window = practice(egui::Theme::Light);
    window.pick("carol");
    window.click("Create and copy");
    window.until("the new key", |app| secret(app).is_some());
    let made = secret(window.harness.state()).expect("a secret");
    for press in ["Reveal secret", "Hide secret"] {
        let spoken = window.harness.query_all_by(|node| {
            let says = |text: Option<String>| text.is_some_and(|text| text.contains(made.as_str()));
            says(node.label()) || says(node.value())
        });
        assert_eq!(spoken.count(), 0, "before {press}");
        window.click(press);
    }
    // Nothing was copied here: it is asked once, and Let it go is the answer.
    window.click("I have saved it");
    assert!(secret(window.harness.state()).is_some(), "it is asked first");
    window.click("Let it go");
    assert!(secret(window.harness.state()).is_none());
}

#[test]
fn at_the_limit_the_button_is_off_and_says_why() {
    let mut window = practice(egui::Theme::Light);
    window.pick("ci-deployer");
    let button = window.harness.get_by_role_and_label(Role::Button, "Create and copy");
    assert!(button.accesskit_node().is_disabled());
    window.harness.get_by_label_contains("ci-deployer has 2 of 2 keys; delete one first");
}

#[test]
fn create_by_keyboard_is_never_for_a_user_that_is_not_on_screen_yet() {
    let mut window = practice(egui::Theme::Light);
    // Both are known: nothing but the rule keeps a key from being made.
    window.pick("carol");
    window.pick("bob");
    window.harness.get_by_label("Search users").focus();
    window.harness.step();
    window.press_in_one_frame(&[(Modifiers::NONE, Key::ArrowDown), (Modifiers::COMMAND, Key::N)]);
    let model = window.harness.state().model();
    let picked = model.open.as_ref().and_then(|open| open.picked.as_ref());
    assert_eq!(picked.map(ToString::to_string).as_deref(), Some("carol"), "the arrow picks the next user");
    assert!(model.creation.is_none(), "Ctrl+N came before that user was seen");
    window.press_in_one_frame(&[(Modifiers::COMMAND, Key::N)]);
    let creation = window.harness.state().model().creation.as_ref();
    assert_eq!(
        creation.map(|creation| creation.user().to_string()).as_deref(),
        Some("carol"),
        "now it counts"
    );
}

#[test]
fn the_window_never_waits() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_secs(5), egui::Theme::Light);
    // The first answer takes five seconds; a hundred frames go by meanwhile and none of them waits for it.
    let mut longest = Duration::ZERO;
    for _ in 0..100 {
        let begun = Instant::now();
        window.harness.step();
        longest = longest.max(begun.elapsed());
    }
    assert!(window.harness.state().model().sign_in.is_some(), "the answer is still on its way");
    assert!(longest < Duration::from_secs(4), "a frame waited for the network: {longest:?}");
    window.click("Open read-only");
    let checked = window.harness.get_by_label("Open read-only");
    assert_eq!(checked.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True), "input is handled");
}

#[test]
fn a_sign_in_can_be_cancelled() {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::from_mins(1), egui::Theme::Light);
    window.harness.step();
    window.click("Cancel sign-in to practice account");
    let model = window.harness.state().model();
    assert!(model.sign_in.is_none() && model.open.is_none(), "nothing is waited for any more");
    window.harness.get_by_label("Open practice account");
}

#[test]
fn try_again_looks_only_if_that_is_ticked() {
    let args = Args { profile: Some("no-such-profile".to_owned()), ..Args::default() };
    let mut window = start(&args, Duration::ZERO, egui::Theme::Light);
    for read_only in [false, true] {
        window.until("the refusal", |app| app.model().sign_in_failure.is_some());
        if read_only {
            window.click("Open read-only");
        }
        window.harness.get_by_label("Try again").click_accesskit();
        // The answer is taken in the next frame at the earliest.
        window.harness.step();
        let sign_in = window.harness.state().model().sign_in.as_ref().expect("it is tried again");
        assert_eq!(sign_in.read_only, read_only);
    }
}

#[test]
fn what_is_typed_right_after_ctrl_f_is_searched() {
    let mut window = practice(egui::Theme::Light);
    // A fast typist: both arrive within one frame, while the focus is elsewhere.
    window.harness.get_by_label("Refresh").focus();
    window.harness.step();
    let find = egui::Event::Key {
        key: egui::Key::F,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::COMMAND,
    };
    // Not by the harness's queue, which gives each event a frame of its own.
    window.harness.input_mut().events.extend([find, egui::Event::Text("carol".to_owned())]);
    window.harness.step();
    window.harness.step();
    assert_eq!(window.harness.get_by_label("Search users").value().as_deref(), Some("carol"));
    assert!(window.harness.query_by_label("User alice").is_none(), "the list is filtered");
}

#[test]
fn the_account_is_a_name_and_a_value() {
    let window = practice(egui::Theme::Light);
    let account = window.harness.get_by_label("Account");
    assert_eq!(account.value().as_deref(), Some("practice-account, 0000-0000-0000, anna"));
}

#[test]
fn below_900_points_the_users_are_behind_a_button() {
    let mut window = practice(egui::Theme::Light);
    window.harness.set_size(egui::vec2(640.0, 400.0));
    window.harness.step();
    window.harness.step();
    assert!(window.harness.query_by_label("Search users").is_none(), "there is no room for the panel");
    window.click("Users");
    window.pick("alice");
    assert!(window.harness.query_by_label("Search users").is_none(), "picking one closes it");
    window.harness.get_by_label("Copy user name alice");
}

/// A few images a theme; the rest is asserted by names.
fn images(theme: egui::Theme, word: &str) {
    let mut window = practice(theme);
    assert_eq!(window.harness.ctx.theme(), theme, "an image of the other theme proves nothing");
    window.pick("ci-deployer");
    window.picture(&format!("keys-{word}"));
    window.pick("dmitri");
    let key = {
        let open = window.harness.state().model().open.as_ref().expect("an account is open");
        open.picked_keys().and_then(|keys| keys.list().first()).expect("a key").id.to_string()
    };
    window.click(&format!("Delete {key}"));
    window.picture(&format!("gate-{word}"));
    window.click("Cancel");
    window.pick("carol");
    window.picture(&format!("empty-{word}"));
}

#[test]
#[ignore = "needs a software renderer: tests/run provides mesa-vulkan-drivers"]
fn images_light() {
    images(egui::Theme::Light, "light");
}

#[test]
#[ignore = "needs a software renderer: tests/run provides mesa-vulkan-drivers"]
fn images_dark() {
    images(egui::Theme::Dark, "dark");
}
