//! The program: arguments, log, runtime, the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use keyfob::app::App;
use keyfob::args::Args;
use keyfob::clock::Clock;
use keyfob::desk::{self, Journal, SettingsFile};
use keyfob::instance::Instance;
use keyfob::practice::{self, Practice};
use keyfob::tasks::Tools;
use keyfob::ui::words::Zone;
use keyfob::{aws, ending, hardening, window};

/// Zeroes what is freed: the only thing that reaches the copies of a secret that the SDK, hyper and egui make.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// How long the background may still take when the window is closed and all that matters is done.
const END_WITHIN: Duration = Duration::from_secs(1);

fn main() -> Result<(), Box<dyn Error>> {
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
    let Some(instance) = Instance::claim(desk::state_folder().as_deref()).map(Arc::new) else {
        log::info!("Keyfob runs already: its window was asked to come to the front");
        return Ok(());
    };
    // Kept until the window is closed: dropping it would cut off what is under way.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let clock = Clock::system();
    let settings = SettingsFile::of_user();
    let remembered = settings.load();
    let practice = Practice::new(practice::Options {
        users: args.practice_users,
        latency: Duration::from_millis(args.practice_latency),
        now: Arc::new({
            let clock = clock.clone();
            move || clock.now()
        }),
    });
    let handle = runtime.handle().clone();
    let found = Arc::clone(&instance);
    window::open(&remembered, move |ctx| {
        found.follow(ctx);
        let tools = Tools {
            runtime: handle.clone(),
            egui: ctx.clone(),
            clock: clock.clone(),
            practice: practice.clone(),
            sign_in: aws::Options { endpoint_url: args.endpoint_url.clone(), ..aws::Options::default() },
            settings: settings.clone(),
            journal: Journal::folder_of_user(),
            activity: desk::state_folder(),
            home: desk::home(),
            ending: ending::follow(ctx),
            zone: Zone::system(),
            browser: desk::Browser::of_system(),
            uses_clipboard: true,
        };
        App::new(ctx, &args, tools)
    })?;
    // What hangs in a file system that does not answer must not keep the program.
    runtime.shutdown_timeout(END_WITHIN);
    Ok(())
}
