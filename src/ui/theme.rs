//! Colours, measures, fonts and icons, and their registration in egui.

#[cfg(test)]
mod contrast_tests;
pub mod fonts;
pub mod icons;
pub mod measures;
mod style;
pub mod tokens;

pub use fonts::Style;
pub use icons::Icon;
pub use style::apply;
pub(crate) use style::dialog_shadow;
pub use tokens::{Themed, Tokens};

/// Prepares a context before its first pass: image loaders, fonts, both themes.
pub fn install(ctx: &egui::Context) {
    egui_extras::install_image_loaders(ctx);
    ctx.set_fonts(fonts::definitions());
    apply(ctx);
}
