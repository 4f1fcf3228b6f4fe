//! The program: arguments, log, runtime, the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser as _;
use keyfob::app::{self, App, Options};
use keyfob::args::Args;
use keyfob::clock::Clock;
use keyfob::desk::login_shell::LoginShell;
use keyfob::desk::{self, Journal, SettingsFile};
use keyfob::domain::About;
use keyfob::engine::{Engine, Start};
use keyfob::instance::{Claim, Display, Instance};
use keyfob::practice::{self, Practice};
use keyfob::tasks::Services;
use keyfob::ui::words::{self, Zone};
use keyfob::{aws, ending, hardening, window};

/// Zeroes what is freed: the only thing that reaches the copies of a secret that the SDK, hyper and egui make.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// How long the background may still take when the window is closed and all that matters is done.
const END_WITHIN: Duration = Duration::from_secs(1);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let started = Instant::now();
    let args = Args::parse();
    // Not from the environment: RUST_LOG could ask for the traces in which the SDK prints what it reads.
    env_logger::Builder::new()
        .filter_level(log::LevelFilter::Warn)
        .filter_module("keyfob", log::LevelFilter::Info)
        // Its warnings print errors in full.
        .filter_module("aws_config", log::LevelFilter::Error)
        .init();
    hardening::mute_panics();
    // Builds with debug assertions stay open to debuggers, and to the memory scan of `tests/run memory`.
    if cfg!(not(debug_assertions)) {
        hardening::shut_out_readers();
    }
    let claim = if args.new_window { Claim::NewWindow } else { Claim::Shared };
    let claimed = Instance::claim(desk::state_folder().as_deref(), &Display::of_environment(), claim);
    let Some(instance) = claimed.map(Arc::new) else {
        log::info!("Keyfob runs already: its window was asked to come to the front");
        return Ok(ExitCode::SUCCESS);
    };
    // Kept until the window is closed: dropping it would cut off what is under way.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let clock = Clock::system();
    let settings = SettingsFile::of_user();
    let remembered = settings.load(clock.date());
    let practice = Practice::new(practice::Options {
        users: args.practice_users,
        latency: Duration::from_millis(args.practice_latency),
        now: Arc::new({
            let clock = clock.clone();
            move || clock.date()
        }),
    });
    // Before the window opens: both take their time, side by side.
    let services = Services {
        runtime: runtime.handle().clone(),
        clock: clock.clone(),
        practice,
        sign_in: aws::Options { endpoint_url: args.endpoint_url.clone(), ..aws::Options::default() },
        settings: settings.clone(),
        journal: Journal::folder_of_user(),
        activity: desk::state_folder(),
        home: desk::home(),
        login_shell: LoginShell::of_user(),
        browser: desk::Browser::of_system(),
        uses_clipboard: true,
    };
    let about = About {
        settings_file: settings.path().map(Path::to_owned),
        state_folder: desk::state_folder(),
        ..About::default()
    };
    let window_settings = remembered.settings.clone();
    let start = Start { remembered, about, choice: args.choice(), read_only: args.read_only };
    let engine = Engine::start(services, start)?;
    let found = Arc::clone(&instance);
    let opened = window::open(&window_settings, move |ctx, graphics| {
        found.follow(ctx);
        let options = Options {
            clock: clock.clone(),
            zone: Zone::system(),
            home: desk::home(),
            ending: ending::follow(ctx),
            graphics,
            started,
        };
        app::copy_through(ctx, engine.clone());
        App::new(ctx, engine.clone(), options)
    });
    if let Err(why) = &opened {
        // Another start may have more luck while somebody reads this.
        drop(instance);
        window::tell(&words::not_opened(why), desk::state_folder().as_deref(), desk::in_terminal());
    }
    // What hangs in a file system that does not answer must not keep the program.
    runtime.shutdown_timeout(END_WITHIN);
    Ok(if opened.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
