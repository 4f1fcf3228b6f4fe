//! The contrast of the tokens.
//!
//! WCAG 2.2: 4.5 for text (1.4.3), 3.0 for controls, icons and the focus ring (1.4.11).

use egui::Color32;

use super::tokens::{DARK, LIGHT, Tokens};

/// Pairs of a foreground with each of its backgrounds.
macro_rules! pairs {
    ($theme:expr; $($front:ident: $($ground:ident),+;)+) => {
        vec![$($((
            concat!(stringify!($front), " on ", stringify!($ground)),
            $theme.$front,
            $theme.$ground,
        ),)+)+]
    };
}

type Pair = (&'static str, Color32, Color32);

fn text(theme: &Tokens) -> Vec<Pair> {
    pairs! { theme;
        text_primary: bg_chrome, bg_panel, bg_raised, bg_stripe, bg_hover, bg_pressed, bg_selected, secret_bg, secret_field, bg_field, practice_bg, warning_bg, danger_bg, info_bg, success_bg;
        text_secondary: bg_chrome, bg_panel, bg_raised, bg_stripe, bg_hover, bg_pressed, bg_selected, secret_bg, secret_field, bg_field, warning_bg, danger_bg, info_bg, practice_bg;
        accent_text: bg_chrome, bg_panel, bg_raised, bg_stripe, bg_hover, bg_selected, secret_bg, secret_field, danger_bg, warning_bg, info_bg;
        on_accent: accent_fill, accent_fill_hover, accent_fill_pressed;
        success_text: bg_chrome, bg_panel, bg_stripe, bg_hover, bg_selected, success_bg, bg_raised, secret_bg;
        warning_text: bg_chrome, bg_panel, bg_stripe, bg_hover, bg_selected, warning_bg, bg_raised, secret_bg;
        danger_text: bg_chrome, bg_panel, bg_stripe, bg_hover, bg_selected, danger_bg, bg_raised, secret_bg;
        on_danger: danger_fill, danger_fill_hover, danger_fill_pressed;
        info_text: bg_chrome, bg_raised, bg_panel, bg_stripe, bg_hover, bg_selected, info_bg;
        production_text: bg_chrome, bg_raised, bg_pressed, bg_selected, production_bg;
        on_practice: practice_fill;
        practice_text: bg_panel, bg_raised, bg_pressed, bg_selected, practice_bg, bg_chrome;
    }
}

fn controls(theme: &Tokens) -> Vec<Pair> {
    pairs! { theme;
        border_control: bg_chrome, bg_panel, bg_raised, bg_field, secret_bg, danger_bg, warning_bg, info_bg, practice_bg;
        focus_ring: bg_chrome, bg_panel, bg_raised, bg_field, bg_stripe, bg_hover, bg_selected, secret_bg, secret_field, danger_bg, warning_bg, info_bg, practice_bg;
        accent_fill: bg_panel, bg_raised, secret_bg;
        switch_on: bg_panel, bg_stripe, bg_hover, bg_selected;
        switch_off: bg_panel, bg_stripe, bg_hover, bg_selected;
        switch_knob: switch_on, switch_off;
        practice_fill: bg_chrome, practice_bg;
        production_strip: bg_chrome;
        chart_bar: bg_panel;
        chart_old: bg_panel;
        danger_fill: bg_raised, bg_panel;
        text_disabled: bg_chrome, bg_panel, bg_raised, bg_hover, secret_bg;
    }
}

fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

fn ratio(front: Color32, ground: Color32) -> f64 {
    let (front, ground) = (luminance(front), luminance(ground));
    (front.max(ground) + 0.05) / (front.min(ground) + 0.05)
}

fn too_weak(pairs: Vec<Pair>, least: f64) -> Vec<String> {
    pairs
        .into_iter()
        .map(|(name, front, ground)| (name, ratio(front, ground)))
        .filter(|(_, ratio)| *ratio < least)
        .map(|(name, ratio)| format!("{name}: {ratio:.2}"))
        .collect()
}

#[test]
fn the_ratio_is_that_of_wcag() {
    assert!((ratio(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9, "black on white is 21");
    assert!((ratio(LIGHT.text_primary, LIGHT.bg_chrome) - 14.48).abs() < 0.01, "as documented");
}

#[test]
fn text_can_be_read_in_both_themes() {
    assert_eq!(too_weak(text(&LIGHT), 4.5), Vec::<String>::new(), "light");
    assert_eq!(too_weak(text(&DARK), 4.5), Vec::<String>::new(), "dark");
}

#[test]
fn controls_can_be_seen_in_both_themes() {
    assert_eq!(too_weak(controls(&LIGHT), 3.0), Vec::<String>::new(), "light");
    assert_eq!(too_weak(controls(&DARK), 3.0), Vec::<String>::new(), "dark");
}
