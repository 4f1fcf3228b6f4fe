//! Draws a window into an image without a graphics card, the same on every computer: what the shaders of egui do
//! (`egui_glow-0.37/src/shader`), pixel by pixel.

use std::collections::HashMap;

use egui::epaint::{ImageData, ImageDelta, Mesh, Primitive};
use egui::{Color32, ColorImage, Context, FullOutput, Pos2, Rect, Rgba, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;

#[derive(Default)]
pub(crate) struct Painter {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for Painter {
    #[expect(clippy::iter_over_hash_type, reason = "no texture depends on another")]
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in std::mem::take(&mut delta.set) {
            for change in changes {
                self.update(id, change);
            }
        }
        for id in std::mem::take(&mut delta.free) {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let background = image::Rgba(ctx.global_style().visuals.panel_fill.to_array());
        let mut canvas = RgbaImage::from_pixel(size.x.round() as u32, size.y.round() as u32, background);
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = clipped.primitive else {
                return Err("a callback cannot be drawn".to_owned());
            };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture is missing")?;
            draw(&mut canvas, texture, &mesh, clipped.clip_rect * scale, scale);
        }
        Ok(canvas)
    }
}

impl Painter {
    fn update(&mut self, id: TextureId, change: ImageDelta) {
        let ImageData::Color(new) = change.image;
        let Some([left, top]) = change.pos else {
            self.textures.insert(id, (*new).clone());
            return;
        };
        let texture = self.textures.get_mut(&id).expect("a part of a texture that is there");
        for y in 0..new.height() {
            for x in 0..new.width() {
                texture[(left + x, top + y)] = new[(x, y)];
            }
        }
    }
}

fn draw(canvas: &mut RgbaImage, texture: &ColorImage, mesh: &Mesh, clip: Rect, scale: f32) {
    let canvas_rect =
        Rect::from_min_size(Pos2::ZERO, egui::vec2(canvas.width() as f32, canvas.height() as f32));
    // As a scissor: whole pixels.
    let clip = Rect::from_min_max(clip.min.round(), clip.max.round()).intersect(canvas_rect);
    for corners in mesh.indices.as_chunks::<3>().0 {
        let corners = corners.map(|index| {
            let vertex = mesh.vertices.get(index as usize).expect("a corner");
            Corner { at: vertex.pos * scale, uv: vertex.uv, color: parts(vertex.color) }
        });
        triangle(canvas, texture, corners, clip);
    }
}

#[derive(Clone, Copy)]
struct Corner {
    /// In pixels.
    at: Pos2,
    uv: Pos2,
    color: Rgba,
}

fn triangle(canvas: &mut RgbaImage, texture: &ColorImage, corners: [Corner; 3], clip: Rect) {
    let [one, mut two, mut three] = corners;
    let mut area = edge(one.at, two.at, three.at);
    if area < 0.0 {
        (two, three, area) = (three, two, -area);
    }
    let bounds = Rect::from_points(&[one.at, two.at, three.at]).intersect(clip);
    if area == 0.0 || !bounds.is_positive() {
        return;
    }
    let is_flat =
        one.uv == two.uv && two.uv == three.uv && one.color == two.color && two.color == three.color;
    let flat = is_flat.then(|| one.color * sample(texture, one.uv));
    for row in bounds.top().floor() as u32..bounds.bottom().ceil() as u32 {
        for column in bounds.left().floor() as u32..bounds.right().ceil() as u32 {
            let center = Pos2::new(column as f32 + 0.5, row as f32 + 0.5);
            let inside = |(from, to)| {
                let weight = edge(from, to, center);
                (weight > 0.0 || (weight == 0.0 && owns(from, to))).then_some(weight / area)
            };
            let edges = [(two.at, three.at), (three.at, one.at), (one.at, two.at)];
            let [Some(first), Some(second), Some(third)] = edges.map(inside) else { continue };
            if !clip.contains(center) {
                continue;
            }
            let source = flat.unwrap_or_else(|| {
                let uv = one.uv.to_vec2() * first + two.uv.to_vec2() * second + three.uv.to_vec2() * third;
                let color = one.color * first + two.color * second + three.color * third;
                color * sample(texture, uv.to_pos2())
            });
            blend(canvas.get_pixel_mut(column, row), source);
        }
    }
}

/// Twice the area of the triangle; positive on one side of the line.
fn edge(from: Pos2, to: Pos2, point: Pos2) -> f32 {
    (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
}

/// Of two triangles that share an edge, one draws what is on it.
fn owns(from: Pos2, to: Pos2) -> bool {
    to.y < from.y || (to.y == from.y && to.x > from.x)
}

/// Between the four nearest pixels.
fn sample(texture: &ColorImage, uv: Pos2) -> Rgba {
    let near = |position: f32, length: usize| {
        let position = (position * length as f32 - 0.5).clamp(0.0, (length - 1) as f32);
        let first = position as usize;
        (first, (first + 1).min(length - 1), position.fract())
    };
    let (left, right, over) = near(uv.x, texture.width());
    let (top, bottom, down) = near(uv.y, texture.height());
    let line = |row| parts(texture[(left, row)]) * (1.0 - over) + parts(texture[(right, row)]) * over;
    line(top) * (1.0 - down) + line(bottom) * down
}

/// From 0 to 1, not made linear: egui blends as it stores.
fn parts(color: Color32) -> Rgba {
    let [red, green, blue, alpha] = color.to_array().map(|part| f32::from(part) / 255.0);
    Rgba::from_rgba_premultiplied(red, green, blue, alpha)
}

fn blend(below: &mut image::Rgba<u8>, source: Rgba) {
    let shown = 1.0 - source.a();
    for (below, source) in below.0.iter_mut().zip(source.to_array()) {
        *below = (source * 255.0 + f32::from(*below) * shown).round().clamp(0.0, 255.0) as u8;
    }
}
