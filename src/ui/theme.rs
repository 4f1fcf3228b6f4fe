//! Colours, measures, fonts and icons, and their registration in egui.

#[cfg(test)]
mod contrast_tests;
pub mod fonts;
pub mod icons;
pub mod measures;
mod style;
mod svg;
pub mod tokens;

pub use fonts::Style;
pub use icons::Icon;
pub use style::{apply, lighten};
pub use tokens::{Themed, Tokens};

/// Prepares a context before its first pass: image loaders, fonts, both themes.
pub fn install(ctx: &egui::Context) {
    svg::install(ctx);
    ctx.set_fonts(fonts::definitions());
    apply(ctx);
}
