//! Theme, size of the text and motion: what the settings say, told to egui when it changes.

use egui::{Context, Theme as Look, ThemePreference, Vec2, ViewportCommand, style::ScrollAnimation};

use crate::domain::{Settings, Theme};
use crate::system_theme;
use crate::ui::theme::{self, measures::motion};

/// A screen of 1280 x 800 pixels at 200 %: no window may be larger than what shows it. In points.
pub(crate) const LEAST_SIZE: [f32; 2] = [640.0, 400.0];

/// What egui was told last.
pub(super) struct Appearance {
    /// Nothing moves, whatever the settings say.
    light: bool,
    theme: Option<Theme>,
    still: Option<bool>,
    /// The zoom, and the least size of the window with it, in points.
    least: (f32, Vec2),
}

impl Default for Appearance {
    /// As the window was opened.
    fn default() -> Self {
        Self { light: false, theme: None, still: None, least: (1.0, LEAST_SIZE.into()) }
    }
}

impl Appearance {
    /// `light`: without shadows, smoothed edges and motion.
    pub(super) fn new(ctx: &Context, light: bool) -> Self {
        if light {
            theme::lighten(ctx);
        }
        Self { light, ..Self::default() }
    }

    pub(super) fn follow(&mut self, ctx: &Context, settings: &Settings) {
        if self.theme.replace(settings.theme) != Some(settings.theme) {
            ctx.set_theme(match settings.theme {
                Theme::System => ThemePreference::System,
                Theme::Light => ThemePreference::Light,
                Theme::Dark => ThemePreference::Dark,
            });
        }
        follow_touch(ctx);
        ctx.set_zoom_factor(settings.text_size.factor());
        self.keep_least_size(ctx);
        let still = self.light || settings.reduced_motion.is_on(system_theme::wishes_reduced_motion(ctx));
        if self.still.replace(still) != Some(still) {
            hold_still(ctx, still);
        }
    }

    /// The least size grows with the text, but not beyond the screen.
    fn keep_least_size(&mut self, ctx: &Context) {
        let screen = ctx.input(|input| input.viewport().monitor_size).unwrap_or(Vec2::INFINITY);
        let least = (ctx.zoom_factor(), Vec2::from(LEAST_SIZE).min(screen * 0.9).round());
        if self.least != least {
            self.least = least;
            ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(least.1));
        }
    }
}

/// How long a click may last is also how long a finger rests until a menu opens.
fn follow_touch(ctx: &Context) {
    let longest =
        if ctx.input(egui::InputState::any_touches) { motion::LONG_TOUCH } else { motion::LONGEST_CLICK };
    ctx.options_mut(|options| options.input_options.max_click_duration = longest);
}

/// Still: what would slide or turn is at once where it belongs. The spinner looks at the same number.
fn hold_still(ctx: &Context, still: bool) {
    for theme in [Look::Light, Look::Dark] {
        ctx.style_mut_of(theme, |style| {
            style.animation_time = if still { 0.0 } else { motion::BASE };
            style.scroll_animation = if still { ScrollAnimation::none() } else { ScrollAnimation::default() };
        });
    }
}
