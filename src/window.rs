//! The window and its renderer.

mod place;

use eframe::{NativeOptions, Renderer};
use egui::{Context, IconData, ViewportBuilder};

use crate::app::App;
use crate::domain::Settings;
use crate::system_theme;

/// One id everywhere: window class, desktop file, icon.
const APP_ID: &str = "io.github.keyfob.Keyfob";

const DEFAULT_SIZE: [f32; 2] = [1280.0, 800.0];
/// A screen of 1280 x 800 pixels at 200 %: no window may be larger than what shows it.
const LEAST_SIZE: [f32; 2] = [640.0, 400.0];

/// Opens the window as it was last and returns when it is closed. wgpu first; glow where wgpu finds no adapter.
pub fn open(settings: &Settings, app: impl Fn(&Context) -> App + Clone + 'static) -> eframe::Result {
    match run(Renderer::Wgpu, settings, app.clone()) {
        // Only this error means that another renderer may help.
        Err(err @ eframe::Error::Wgpu(_)) => {
            log::warn!("wgpu cannot be used, trying OpenGL: {err}");
            run(Renderer::Glow, settings, app)
        }
        result => result,
    }
}

fn run(renderer: Renderer, settings: &Settings, app: impl Fn(&Context) -> App + 'static) -> eframe::Result {
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
    let mut options = NativeOptions { viewport, renderer, ..NativeOptions::default() };
    keep_quit_in_hand(&mut options);
    eframe::run_native(
        "Keyfob",
        options,
        Box::new(move |cc| {
            place::bring_into_view(cc, place);
            system_theme::follow(&cc.egui_ctx, theme);
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
