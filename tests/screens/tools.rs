//! Services without a workstation: nothing is read, stored or opened. Shared with the benchmarks.

use egui::Context;
use keyfob::app::{App, Options};
use keyfob::args::Args;
use keyfob::aws;
use keyfob::clock::Clock;
use keyfob::desk::login_shell::LoginShell;
use keyfob::desk::{Browser, LoadedSettings, SettingsFile};
use keyfob::engine::{Engine, Start};
use keyfob::practice::Practice;
use keyfob::tasks::Services;
use keyfob::ui::words::Zone;
use tokio::runtime::Handle;

pub(crate) fn services(runtime: Handle, clock: Clock, practice: Practice) -> Services {
    Services {
        runtime,
        clock,
        practice,
        sign_in: aws::Options::default(),
        settings: SettingsFile::none(),
        journal: None,
        activity: None,
        home: "/home/anna".into(),
        login_shell: LoginShell::Missing,
        browser: Browser::with(|_| Ok(())),
        uses_clipboard: false,
    }
}

/// The program, started with what was remembered, in this window.
pub(crate) fn app(window: &Context, services: Services, remembered: LoadedSettings, args: &Args) -> App {
    let options = Options {
        clock: services.clock.clone(),
        zone: Zone::utc(),
        home: services.home.clone(),
        ending: Default::default(),
        graphics: Default::default(),
        started: std::time::Instant::now(),
    };
    let start = Start { remembered, choice: args.choice(), read_only: args.read_only, ..Start::default() };
    let engine = Engine::start(services, start).expect("a thread");
    App::new(window, engine, options)
}
