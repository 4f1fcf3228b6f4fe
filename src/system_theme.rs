//! Light or dark, as the system has it. The window library reports nothing on Linux: there the desktop portal is asked, off
//! the window's thread, and until it answers the window looks as it did last.

use egui::Context;

use crate::domain::SystemTheme;

/// Follows the system from now on, beginning with what is `remembered`.
#[cfg(target_os = "linux")]
pub fn follow(ctx: &Context, remembered: Option<SystemTheme>) {
    use std::sync::Arc;

    use mundy::{ColorScheme, Interest, Preferences};

    show(ctx, remembered.unwrap_or(SystemTheme::Light));
    let window = ctx.clone();
    let subscription = Preferences::subscribe(Interest::ColorScheme, move |found| {
        let theme = match found.color_scheme {
            ColorScheme::Dark => SystemTheme::Dark,
            _ => SystemTheme::Light,
        };
        show(&window, theme);
        window.data_mut(|data| data.insert_temp(told(), theme));
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
