//! The window and its renderer.

use eframe::{NativeOptions, Renderer};
use egui::{Context, IconData, ViewportBuilder};

use crate::app::App;
use crate::domain::WindowPlace;

/// One id everywhere: window class, desktop file, icon.
const APP_ID: &str = "io.github.keyfob.Keyfob";

const DEFAULT_SIZE: [f32; 2] = [1280.0, 800.0];
/// A screen of 1280 x 800 pixels at 200 %: no window may be larger than what shows it.
const LEAST_SIZE: [f32; 2] = [640.0, 400.0];

/// Opens the window and returns when it is closed. wgpu first; glow where wgpu finds no adapter.
pub fn open(place: Option<WindowPlace>, app: impl Fn(&Context) -> App + Clone + 'static) -> eframe::Result {
    match run(Renderer::Wgpu, place, app.clone()) {
        // Only this error means that another renderer may help.
        Err(err @ eframe::Error::Wgpu(_)) => {
            log::warn!("wgpu cannot be used, trying OpenGL: {err}");
            run(Renderer::Glow, place, app)
        }
        result => result,
    }
}

fn run(
    renderer: Renderer,
    place: Option<WindowPlace>,
    app: impl Fn(&Context) -> App + 'static,
) -> eframe::Result {
    let mut viewport = ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title("Keyfob")
        .with_min_inner_size(LEAST_SIZE)
        .with_inner_size(place.map_or(DEFAULT_SIZE, |place| place.size))
        .with_maximized(place.is_some_and(|place| place.maximised));
    if let Some(icon) = icon() {
        viewport = viewport.with_icon(icon);
    }
    let mut options = NativeOptions { viewport, renderer, ..NativeOptions::default() };
    keep_quit_in_hand(&mut options);
    eframe::run_native(
        "Keyfob",
        options,
        Box::new(move |cc| {
            follow_system_theme(&cc.egui_ctx);
            Ok(Box::new(app(&cc.egui_ctx)))
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

/// The window library reports no theme on Linux: the desktop portal is asked, off the window's thread.
#[cfg(target_os = "linux")]
fn follow_system_theme(ctx: &Context) {
    use mundy::{ColorScheme, Interest, Preferences};
    use std::time::Duration;

    let ctx = ctx.clone();
    let ask = move || {
        let found = Preferences::once_blocking(Interest::ColorScheme, Duration::from_secs(2));
        let theme = match found.map(|found| found.color_scheme) {
            Some(ColorScheme::Dark) => egui::Theme::Dark,
            _ => egui::Theme::Light,
        };
        ctx.options_mut(|options| options.fallback_theme = theme);
        ctx.request_repaint();
    };
    if let Err(err) = std::thread::Builder::new().name("system-theme".into()).spawn(ask) {
        log::warn!("the system's theme could not be asked for: {err}");
    }
}

#[cfg(not(target_os = "linux"))]
fn follow_system_theme(_ctx: &Context) {}
