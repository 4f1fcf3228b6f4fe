//! The window and its renderer.

mod graphics_card;
mod not_opened;
mod place;
mod renderer;
mod screens;
#[cfg(wgpu)]
mod wgpu;
#[cfg(target_os = "linux")]
mod x11;

use std::ffi::OsStr;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::NativeOptions;
use egui::{Context, IconData, ViewportBuilder};

use crate::app::{App, LEAST_SIZE};
use crate::domain::{Graphics, NotOpened, RENDERER_VARIABLE, Renderer, Settings};
use crate::system_theme;
pub use not_opened::tell;
use renderer::Kind;

/// One id everywhere: window class, desktop file, icon.
const APP_ID: &str = "io.github.keyfob.Keyfob";

const DEFAULT_SIZE: [f32; 2] = [1280.0, 800.0];

/// Opens the window as it was last and returns when it is closed. Where there are two renderers, the second stands in for the
/// first.
pub fn open(
    settings: &Settings,
    app: impl Fn(&Context, Graphics) -> App + Clone + 'static,
) -> Result<(), NotOpened> {
    let forced = std::env::var_os(RENDERER_VARIABLE);
    let forced = forced.as_deref().and_then(OsStr::to_str).and_then(renderer::of_variable);
    let mut tried: Vec<(Kind, eframe::Error)> = Vec::new();
    for kind in Kind::order(settings.renderer, forced) {
        let instead_of =
            tried.last().map(|(kind, err)| format!("{}: {}", kind.name(), renderer::reason(err)));
        let opened = Arc::new(AtomicBool::new(false));
        let effects = forced.unwrap_or(settings.renderer);
        let run = || run(*kind, effects, settings, instead_of, Arc::clone(&opened), app.clone());
        let ended = panic::catch_unwind(AssertUnwindSafe(run));
        let was_open = opened.load(Ordering::Relaxed);
        match ended {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(err)) if was_open => return Err(NotOpened::Ended(renderer::reason(&err))),
            Ok(Err(err)) if !renderer::another_may_help(&err) => {
                tried.push((*kind, err));
                break;
            }
            Ok(Err(err)) => {
                log::warn!("{} cannot be used: {}", kind.name(), renderer::reason(&err));
                tried.push((*kind, err));
            }
            Err(payload) if was_open => panic::resume_unwind(payload),
            Err(payload) => return Err(not_opened::of_panic(&*payload)),
        }
    }
    Err(not_opened::of_errors(tried))
}

/// `opened` is set once there is a window: what happens then is no reason for another renderer.
fn run(
    kind: Kind,
    effects: Renderer,
    settings: &Settings,
    instead_of: Option<String>,
    opened: Arc<AtomicBool>,
    app: impl Fn(&Context, Graphics) -> App + 'static,
) -> eframe::Result {
    let (place, theme) = (settings.window, settings.system_theme);
    let mut viewport = ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title("Keyfob")
        .with_min_inner_size(LEAST_SIZE)
        .with_inner_size(place.map_or(DEFAULT_SIZE, |place| place.size))
        .with_maximized(place.is_some_and(|place| place.maximised));
    if let Some(position) = place.and_then(|place| place.position) {
        viewport = viewport.with_position(position);
    }
    if let Some(icon) = icon() {
        viewport = viewport.with_icon(icon);
    }
    let mut options = NativeOptions { viewport, renderer: kind.into(), ..NativeOptions::default() };
    // egui would read the clipboard on the thread that draws: `app/paste.rs` does it elsewhere.
    options.clipboard_shortcuts = false;
    // It smooths gradients, and those of shadows are too short to show steps.
    options.dithering = false;
    #[cfg(wgpu)]
    wgpu::set_up(&mut options);
    keep_quit_in_hand(&mut options);
    eframe::run_native(
        "Keyfob",
        options,
        Box::new(move |cc| {
            opened.store(true, Ordering::Relaxed);
            place::keep_on_screen(cc, place);
            system_theme::follow(&cc.egui_ctx, theme);
            Ok(Box::new(app(&cc.egui_ctx, renderer::in_use(cc, effects, instead_of))))
        }),
    )
}

/// The window library's menu for macOS ends the program without asking the window; the shortcut of it is handled in `app.rs`.
#[cfg(target_os = "macos")]
fn keep_quit_in_hand(options: &mut NativeOptions) {
    use winit::platform::macos::EventLoopBuilderExtMacOS as _;

    options.event_loop_builder = Some(Box::new(|builder| _ = builder.with_default_menu(false)));
}

#[cfg(not(target_os = "macos"))]
fn keep_quit_in_hand(_options: &mut NativeOptions) {}

/// The window icon; without it eframe shows egui's.
fn icon() -> Option<IconData> {
    eframe::icon_data::from_png_bytes(include_bytes!("../assets/app/keyfob-256.png")).ok()
}
