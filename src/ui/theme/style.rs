//! Configures egui's style once, for both themes.

use egui::{
    Context, CornerRadius, CursorIcon, Margin, Shadow, Stroke, TextStyle, Theme, Visuals,
    style::{ScrollStyle, Selection, WidgetVisuals, Widgets},
    vec2,
};

use super::{
    fonts::Style,
    measures::{height, motion, radius, space, stroke},
    tokens::{self, Tokens},
};

/// Sets both themes, the spacing, the text styles and the keyboard options.
pub fn apply(ctx: &Context) {
    for theme in [Theme::Light, Theme::Dark] {
        let tokens = tokens::of(theme);
        ctx.set_visuals_of(theme, visuals(theme.default_visuals(), tokens));
    }
    ctx.all_styles_mut(|style| {
        spacing(&mut style.spacing);
        text_styles(style);
        interaction(style);
    });
    // Ctrl+Q would close the window while a secret is on screen.
    ctx.options_mut(|options| {
        options.quit_shortcuts.clear();
        // Our own widgets are not affected.
        options.zoom_with_keyboard = false;
    });
}

/// Leaves out what costs most where software draws: shadows and smoothed edges. Letters and icons stay smooth.
pub fn lighten(ctx: &Context) {
    ctx.all_styles_mut(|style| {
        style.visuals.window_shadow = Shadow::NONE;
        style.visuals.popup_shadow = Shadow::NONE;
    });
    ctx.tessellation_options_mut(|options| options.feathering = false);
}

fn visuals(base: Visuals, tokens: &Tokens) -> Visuals {
    let hair = |color| Stroke::new(stroke::HAIR, color);
    Visuals {
        panel_fill: tokens.bg_panel,
        window_fill: tokens.bg_raised,
        extreme_bg_color: tokens.bg_field,
        text_edit_bg_color: Some(tokens.bg_field),
        faint_bg_color: tokens.bg_stripe,
        code_bg_color: tokens.bg_stripe,
        window_stroke: hair(tokens.border_frame),
        override_text_color: None,
        weak_text_color: Some(tokens.text_secondary),
        widgets: widgets(tokens),
        selection: Selection { bg_fill: tokens.bg_selected, stroke: hair(tokens.text_primary) },
        hyperlink_color: tokens.accent_text,
        warn_fg_color: tokens.warning_text,
        error_fg_color: tokens.danger_text,
        window_corner_radius: CornerRadius::same(radius::DIALOG),
        menu_corner_radius: CornerRadius::same(radius::FRAME),
        popup_shadow: popup_shadow(tokens),
        window_shadow: dialog_shadow(tokens),
        // Fading would break the tints: disabled widgets have their own colours.
        disabled_alpha: 1.0,
        interact_cursor: Some(CursorIcon::PointingHand),
        striped: false,
        ..base
    }
}

/// Shadow of a menu, popup or tooltip.
fn popup_shadow(tokens: &Tokens) -> Shadow {
    Shadow { offset: [0, 4], blur: 12, spread: 0, color: tokens.shadow_popup }
}

/// Shadow of a dialog or toast.
fn dialog_shadow(tokens: &Tokens) -> Shadow {
    Shadow { offset: [0, 8], blur: 24, spread: 0, color: tokens.shadow_dialog }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let state = |fill, border| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(stroke::HAIR, border),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(stroke::HAIR, tokens.text_primary),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(tokens.bg_panel, tokens.border_frame),
        inactive: state(tokens.bg_panel, tokens.border_control),
        hovered: state(tokens.bg_hover, tokens.border_control),
        active: state(tokens.bg_pressed, tokens.border_control),
        open: state(tokens.bg_hover, tokens.border_control),
    }
}

fn spacing(spacing: &mut egui::style::Spacing) {
    spacing.item_spacing = vec2(space::S4, space::S3);
    spacing.button_padding = vec2(space::S5, space::S3);
    // For tooltips; a menu sets its own.
    spacing.menu_margin = Margin::symmetric(8, 6);
    spacing.window_margin = Margin::symmetric(24, 20);
    spacing.interact_size.y = height::CONTROL;
    spacing.icon_spacing = space::S3;
    spacing.tooltip_width = 360.0;
    spacing.scroll = ScrollStyle { bar_width: 8.0, ..ScrollStyle::floating() };
}

fn text_styles(style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Heading, Style::Title.font()),
        (TextStyle::Body, Style::Body.font()),
        (TextStyle::Button, Style::Control.font()),
        (TextStyle::Small, Style::Small.font()),
        (TextStyle::Monospace, Style::Mono.font()),
    ]
    .into();
}

fn interaction(style: &mut egui::Style) {
    style.animation_time = motion::BASE;
    // A selectable label would take the click from its row and put its text into the primary selection.
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = motion::TOOLTIP_DELAY;
}
