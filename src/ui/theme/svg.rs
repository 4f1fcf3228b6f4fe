//! Draws the bundled icons at the size in pixels that egui asks for.
//!
//! Of SVG it knows what Lucide uses: outlines of a view box of 24 by 24, two wide, with round ends, drawn in white.

use std::sync::Arc;

use egui::load::{BytesPoll, ImageLoadResult, ImageLoader, ImagePoll, LoadError, SizeHint};
use egui::{ColorImage, Context, Vec2};
use vello_cpu::color::{OpaqueColor, Srgb};
use vello_cpu::kurbo::{Affine, BezPath, Circle, Line, RoundedRect, Shape as _, Stroke};
use vello_cpu::{Pixmap, RenderContext, Resources};

/// Width and height of the view box.
const VIEW_BOX: f32 = 24.0;
const STROKE_WIDTH: f64 = 2.0;
/// How far a curve may be from the one in the file, in units of the view box.
const TOLERANCE: f64 = 0.01;

pub(super) fn install(ctx: &Context) {
    // Its textures are kept by egui, so it needs no memory of its own.
    ctx.add_image_loader(Arc::new(Loader));
}

struct Loader;

impl ImageLoader for Loader {
    fn id(&self) -> &'static str {
        egui::generate_loader_id!(Loader)
    }

    fn load(&self, ctx: &Context, uri: &str, size: SizeHint) -> ImageLoadResult {
        if !egui::load::has_extension(uri, "svg") {
            return Err(LoadError::NotSupported);
        }
        match ctx.try_load_bytes(uri)? {
            BytesPoll::Pending { size } => Ok(ImagePoll::Pending { size }),
            BytesPoll::Ready { bytes, .. } => draw(&bytes, side(size))
                .map(|image| ImagePoll::Ready { image: Arc::new(image) })
                .map_err(LoadError::Loading),
        }
    }

    fn forget(&self, _uri: &str) {}

    fn forget_all(&self) {}

    fn byte_size(&self) -> usize {
        0
    }
}

/// Width and height in pixels.
fn side(hint: SizeHint) -> u16 {
    let side = match hint {
        SizeHint::Scale(scale) => (scale.into_inner() * VIEW_BOX).round() as u32,
        SizeHint::Width(side) | SizeHint::Height(side) => side,
        SizeHint::Size { width, height, .. } => width.min(height),
    };
    u16::try_from(side).unwrap_or(u16::MAX).max(1)
}

fn draw(file: &[u8], side: u16) -> Result<ColorImage, String> {
    let file = std::str::from_utf8(file).map_err(|err| err.to_string())?;
    let mut canvas = RenderContext::new(side, side);
    canvas.set_transform(Affine::scale(f64::from(side) / f64::from(VIEW_BOX)));
    canvas.set_stroke(Stroke::new(STROKE_WIDTH)); // round caps and joins
    canvas.set_paint(OpaqueColor::<Srgb>::WHITE);
    for element in elements(file) {
        let path = element.path()?;
        if element.get("fill").is_some() {
            canvas.fill_path(&path);
        }
        canvas.stroke_path(&path);
    }
    let mut pixels = Pixmap::new(side, side);
    canvas.render(&mut pixels, &mut Resources::new());
    let size = [usize::from(side); 2];
    let image = ColorImage::from_rgba_premultiplied(size, pixels.data_as_u8_slice());
    Ok(image.with_source_size(Vec2::splat(VIEW_BOX)))
}

/// A tag: its name and what follows.
struct Element<'a> {
    name: &'a str,
    attributes: &'a str,
}

/// What the file draws, in order. Its first tag is the picture itself.
fn elements(file: &str) -> impl Iterator<Item = Element<'_>> {
    let body = file.split_once("<svg").and_then(|(_, svg)| svg.split_once('>')).map_or("", |(_, body)| body);
    body.split('<').skip(1).filter(|tag| !tag.starts_with('/')).map(|tag| {
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        Element { name, attributes }
    })
}

impl Element<'_> {
    fn path(&self) -> Result<BezPath, String> {
        let number = |name| self.number(name);
        Ok(match self.name {
            "path" => BezPath::from_svg(self.get("d").unwrap_or("")).map_err(|err| err.to_string())?,
            "circle" => Circle::new((number("cx")?, number("cy")?), number("r")?).to_path(TOLERANCE),
            "line" => {
                Line::new((number("x1")?, number("y1")?), (number("x2")?, number("y2")?)).to_path(TOLERANCE)
            }
            "rect" => {
                let (x, y) = (number("x")?, number("y")?);
                let (right, bottom) = (x + number("width")?, y + number("height")?);
                RoundedRect::new(x, y, right, bottom, number("rx")?).to_path(TOLERANCE)
            }
            unknown => return Err(format!("cannot draw <{unknown}>")),
        })
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut rest = self.attributes;
        while let Some((attribute, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"')?;
            if attribute.trim() == name {
                return Some(value);
            }
            rest = after;
        }
        None
    }

    /// Zero where it is not there, as SVG has it.
    fn number(&self, name: &str) -> Result<f64, String> {
        self.get(name).map_or(Ok(0.0), |value| value.parse().map_err(|_err| format!("{name} is {value}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(body: &str, side: u16) -> Result<ColorImage, String> {
        let file = format!("<!-- a comment -->\n<svg\n  width=\"24\"\n>\n  {body}\n</svg>");
        draw(file.as_bytes(), side)
    }

    /// How much of it is covered, from 0 to 1, at this point of the view box.
    fn cover(image: &ColorImage, x: usize, y: usize) -> f32 {
        let side = image.width();
        f32::from(image[(x * side / 24, y * side / 24)].a()) / 255.0
    }

    #[test]
    fn outlines_are_drawn_and_what_they_enclose_is_left_open() {
        for body in [
            "<circle cx=\"12\" cy=\"12\" r=\"8\" />",
            "<rect x=\"4\" y=\"4\" width=\"16\" height=\"16\" rx=\"2\" />",
            "<path d=\"M4 4h16v16H4z\" />",
        ] {
            let image = drawn(body, 240).expect("an image");
            assert!(cover(&image, 20, 12) > 0.9 && cover(&image, 12, 4) > 0.9, "{body}: the outline");
            assert!(cover(&image, 12, 12) < 0.1 && cover(&image, 1, 1) < 0.1, "{body}: elsewhere");
        }
        let image = drawn("<circle cx=\"12\" cy=\"12\" r=\"8\" fill=\"#ffffff\" />", 240).expect("an image");
        assert!(cover(&image, 12, 12) > 0.9, "filled where the file says so");
        let image = drawn("<line x1=\"4\" x2=\"20\" y1=\"12\" y2=\"12\" />", 240).expect("an image");
        assert!(cover(&image, 12, 12) > 0.9 && cover(&image, 12, 16) < 0.1, "a line");
    }

    #[test]
    fn what_it_cannot_draw_is_an_error() {
        assert_eq!(drawn("<ellipse cx=\"12\" />", 24).err().as_deref(), Some("cannot draw <ellipse>"));
        assert_eq!(drawn("<circle cx=\"50%\" />", 24).err().as_deref(), Some("cx is 50%"));
        assert!(drawn("<path d=\"M1\" />", 24).is_err());
    }

    #[test]
    fn it_is_as_large_as_asked() {
        let scale = |scale: f32| side(SizeHint::Scale(scale.into()));
        assert_eq!((scale(1.0), scale(2.0), scale(0.0)), (24, 48, 1));
        assert_eq!(side(SizeHint::Size { width: 15, height: 20, maintain_aspect_ratio: true }), 15);
    }
}
