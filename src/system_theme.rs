//! The system's preferences: light or dark, and reduced motion.
//!
//! The window library reports nothing on Linux: there the desktop portal is asked, off the window's thread, and until it
//! answers the window looks as it did last.

use egui::Context;

use crate::domain::SystemTheme;

/// Follows the system from now on, beginning with what is `remembered`.
#[cfg(target_os = "linux")]
pub fn follow(ctx: &Context, remembered: Option<SystemTheme>) {
    use std::sync::Arc;

    use mundy::{ColorScheme, Interest, Preferences, ReducedMotion};

    show(ctx, remembered.unwrap_or(SystemTheme::Light));
    let window = ctx.clone();
    let interest = Interest::ColorScheme | Interest::ReducedMotion;
    let subscription = Preferences::subscribe(interest, move |found| {
        let theme = match found.color_scheme {
            ColorScheme::Dark => SystemTheme::Dark,
            _ => SystemTheme::Light,
        };
        show(&window, theme);
        let reduced = found.reduced_motion == ReducedMotion::Reduce;
        window.data_mut(|data| {
            data.insert_temp(told(), theme);
            data.insert_temp(motion(), reduced);
        });
        window.request_repaint();
    });
    // Dropping it would end it.
    ctx.data_mut(|data| {
        data.insert_temp(egui::Id::unique("system theme subscription"), Arc::new(subscription))
    });
}

#[cfg(not(target_os = "linux"))]
pub fn follow(_ctx: &Context, _remembered: Option<SystemTheme>) {}

/// What the system has told, once it has.
pub fn told_by_system(ctx: &Context) -> Option<SystemTheme> {
    ctx.data(|data| data.get_temp(told()))
}

/// Whether the system asks for reduced motion. False where it reports nothing.
pub fn wishes_reduced_motion(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(motion())).unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn show(ctx: &Context, theme: SystemTheme) {
    ctx.options_mut(|options| {
        options.fallback_theme = match theme {
            SystemTheme::Light => egui::Theme::Light,
            SystemTheme::Dark => egui::Theme::Dark,
        };
    });
}

fn told() -> egui::Id {
    egui::Id::unique("system theme")
}

fn motion() -> egui::Id {
    egui::Id::unique("system motion")
}
