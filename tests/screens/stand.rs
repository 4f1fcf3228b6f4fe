//! The program without a window.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::Timestamp;
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::aws;
use keyfob::clock::Clock;
use keyfob::desk::{Browser, SettingsFile};
use keyfob::practice::{Options, Practice};
use keyfob::tasks::Services;

use crate::painter::Painter;
use crate::tools::{app, services};

/// The program without a window, on the practice account, with a fixed clock.
pub(crate) struct Window {
    pub(crate) harness: Harness<'static, App>,
    /// While set, every request panics in its task.
    pub(crate) panics: Arc<AtomicBool>,
    /// While it is set, every request of the account waits.
    pub(crate) holds: Arc<AtomicBool>,
    /// The addresses that were opened.
    pub(crate) opened: Receiver<String>,
    _runtime: tokio::runtime::Runtime,
}

pub(crate) fn start(args: &Args, latency: Duration, theme: egui::Theme) -> Window {
    start_in(aws::Options::default(), args, latency, theme)
}

/// Starts it on a workstation with these AWS files and this environment.
pub(crate) fn start_in(sign_in: aws::Options, args: &Args, latency: Duration, theme: egui::Theme) -> Window {
    start_with(SettingsFile::none(), sign_in, args, latency, theme)
}

/// Starts it with these stored settings.
pub(crate) fn start_with(
    settings: SettingsFile,
    sign_in: aws::Options,
    args: &Args,
    latency: Duration,
    theme: egui::Theme,
) -> Window {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let clock = Clock::fixed("2026-11-24T12:00:00Z".parse::<Timestamp>().expect("a time"));
    let (panics, holds) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let now = Arc::new({
        let (clock, panics, holds) = (clock.clone(), Arc::clone(&panics), Arc::clone(&holds));
        move || {
            while holds.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(1));
            }
            assert!(!panics.load(Ordering::Relaxed), "on purpose");
            clock.date()
        }
    });
    let practice = Practice::new(Options { users: args.practice_users, latency, now });
    let (tell, opened) = channel();
    let browser = Browser::with(move |url| tell.send(url.to_owned()).map_err(std::io::Error::other));
    let remembered = settings.load(clock.date());
    let (handle, args) = (runtime.handle().clone(), args.clone());
    let builder =
        Harness::builder().with_size([1280.0, 800.0]).with_theme(theme).renderer(Painter::default());
    let harness = builder.build_eframe(move |cc| {
        // The settings say "as the system", and there is no system here.
        cc.egui_ctx.options_mut(|options| options.fallback_theme = theme);
        let services = Services { sign_in, browser, settings, ..services(handle, clock, practice) };
        app(&cc.egui_ctx, services, remembered, &args)
    });
    Window { harness, panics, holds, opened, _runtime: runtime }
}

pub(crate) fn practice(theme: egui::Theme) -> Window {
    let args = Args { practice: true, ..Args::default() };
    let mut window = start(&args, Duration::ZERO, theme);
    window.until("the users", |app| {
        app.model().open.as_ref().is_some_and(|open| {
            open.users.list.as_of.is_some()
                && open.keys_of_selected_user().is_some_and(|keys| keys.list.as_of.is_some())
        })
    });
    window
}

impl Drop for Window {
    /// A test that failed must not wait for requests that never go on.
    fn drop(&mut self) {
        self.holds.store(false, Ordering::Relaxed);
    }
}

impl Window {
    pub(crate) fn until(&mut self, what: &str, done: impl Fn(&App) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while !done(self.harness.state()) {
            assert!(Instant::now() < deadline, "timed out waiting for {what}");
            self.harness.step();
            std::thread::sleep(Duration::from_millis(2));
        }
        // What came may be a toast or a popup, which is measured in one frame and drawn in the next.
        self.harness.step();
        self.harness.step();
    }

    pub(crate) fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click_accesskit();
        self.harness.step();
        self.harness.step();
    }

    /// Each key is pressed and released: one that stays down is pressed anew only by repeating itself.
    pub(crate) fn press_in_one_frame(&mut self, keys: &[(Modifiers, Key)]) {
        let press = |(modifiers, key): &(Modifiers, Key), pressed| Event::Key {
            key: *key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: *modifiers,
        };
        let events = keys.iter().flat_map(|key| [press(key, true), press(key, false)]);
        self.harness.input_mut().events.extend(events);
        self.harness.step();
    }

    /// The key is down and repeats itself so many times.
    pub(crate) fn hold(&mut self, key: Key, times: usize) {
        let press = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        for _ in 0..times {
            self.harness.input_mut().events.push(press(true));
            self.harness.step();
            self.harness.step();
        }
        self.harness.input_mut().events.push(press(false));
        self.settle();
    }

    pub(crate) fn press(&mut self, key: Key) {
        self.press_in_one_frame(&[(Modifiers::NONE, key)]);
        self.settle();
    }

    pub(crate) fn right_click(&mut self, name: &str) {
        self.harness.get_by_label(name).click_secondary();
        self.settle();
    }

    pub(crate) fn focus(&mut self, name: &str) {
        self.harness.get_by_label(name).focus();
        self.settle();
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.harness.input_mut().events.push(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Draws the effects of the input: a menu is measured first, and the focus moves after a dialog has closed.
    fn settle(&mut self) {
        for _ in 0..6 {
            self.harness.step();
        }
    }

    /// The accessible name of the control that has the focus.
    pub(crate) fn focused(&self) -> Option<String> {
        let mut nodes = self.harness.root().children_recursive();
        let focused = nodes.find(|node| node.accesskit_node().is_focused())?;
        focused.accesskit_node().label()
    }

    /// The keys of the selected user, oldest first.
    pub(crate) fn keys(&self) -> Vec<String> {
        let model = self.harness.state().model();
        let open = model.open.as_ref().expect("an account is open");
        let known = open.keys_of_selected_user().expect("the keys are known");
        known.list().iter().map(|key| key.id.to_string()).collect()
    }

    pub(crate) fn pick(&mut self, user: &str) {
        self.click(&format!("User {user}"));
        let user = keyfob::domain::UserName::new(user);
        self.until("the keys of the user", |app| {
            app.model().open.as_ref().is_some_and(|open| {
                open.keys_of(&user).is_some_and(|keys| {
                    let known = |key: &keyfob::domain::AccessKey| keys.last_use(&key.id).is_some();
                    keys.list.as_of.is_some()
                        && !keys.list.is_loading()
                        && keys.descriptions.value.is_some()
                        && keys.list().into_iter().all(known)
                })
            })
        });
    }
}

/// The secret that the panel holds, if it is open.
pub(crate) fn secret(app: &App) -> Option<String> {
    app.model().new_key().map(|new_key| new_key.pair.secret.expose().to_owned())
}
