//! The contrast of each painted text with its background, measured in a drawn frame.

use egui::epaint::{RectShape, TextShape};
use egui::{Color32, Pos2, Rect, Shape};
use keyfob::ui::theme::tokens;

use crate::stand::Window;

/// WCAG 2.2, 1.4.3.
const LEAST: f64 = 4.5;
/// Disabled controls are exempt, but should be readable.
const LEAST_OFF: f64 = 3.0;

/// Texts with too little contrast, with the ratio.
pub(super) fn faults(window: &Window) -> Vec<String> {
    let ctx = &window.harness.ctx;
    let off = tokens::of(ctx.theme()).text_disabled;
    let mut grounds: Vec<(Rect, Color32)> = vec![(ctx.content_rect(), ctx.global_style().visuals.panel_fill)];
    let mut faults = Vec::new();
    for clipped in &window.harness.output().shapes {
        each(&clipped.shape, &mut |shape| match shape {
            Shape::Rect(rect) => grounds.extend(ground(rect, clipped.clip_rect)),
            Shape::Text(text) => {
                for (color, at, words) in colors(text, clipped.clip_rect) {
                    let under =
                        grounds.iter().rev().find(|(rect, _)| rect.contains(at)).map(|(_, fill)| *fill);
                    let ratio = under.map_or(21.0, |under| ratio(color, under));
                    if ratio < if color == off { LEAST_OFF } else { LEAST } {
                        faults.push(format!("{words:?} stands out by {ratio:.2}: {color:?} on {under:?}"));
                    }
                }
            }
            _ => {}
        });
    }
    faults
}

fn each<'a>(shape: &'a Shape, see: &mut impl FnMut(&'a Shape)) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| each(shape, see)),
        shape => see(shape),
    }
}

/// True for opaque shapes, not for shadows and veils.
fn ground(rect: &RectShape, clip: Rect) -> Option<(Rect, Color32)> {
    let covers = rect.fill.is_opaque() && rect.blur_width == 0.0;
    covers.then(|| (rect.rect.intersect(clip), rect.fill))
}

/// The colours of a text, and the position of the first character of each line.
fn colors(text: &TextShape, clip: Rect) -> Vec<(Color32, Pos2, String)> {
    let job = &text.galley.job;
    let mut seen = Vec::new();
    for row in &text.galley.rows {
        let Some(glyph) = row.glyphs.iter().find(|glyph| !glyph.chr.is_whitespace()) else { continue };
        let at =
            text.pos + row.pos.to_vec2() + glyph.pos.to_vec2() + egui::vec2(glyph.advance_width / 2.0, -4.0);
        let shown = clip.contains(at) && text.opacity_factor == 1.0;
        for section in job.sections.iter().filter(|_| shown) {
            let own = Some(section.format.color).filter(|color| *color != Color32::PLACEHOLDER);
            let color = text.override_text_color.or(own).unwrap_or(text.fallback_color);
            seen.push((color, at, row.text()));
        }
    }
    seen
}

fn ratio(front: Color32, ground: Color32) -> f64 {
    let (front, ground) = (luminance(front), luminance(ground));
    (front.max(ground) + 0.05) / (front.min(ground) + 0.05)
}

fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}
