//! Draws a window into an image without a graphics card, the same on every computer: what the shaders of egui do
//! (`egui_glow-0.37/src/shader`), pixel by pixel.

use std::collections::HashMap;

use egui::epaint::{ImageData, ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Context, FullOutput, Pos2, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

#[derive(Default)]
pub(crate) struct Painter {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for Painter {
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
        let background = Rgba(ctx.global_style().visuals.panel_fill.to_array());
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
    for corners in mesh.indices.chunks_exact(3) {
        let corners = [0, 1, 2].map(|corner| {
            let vertex = mesh.vertices[corners[corner] as usize];
            Vertex { pos: vertex.pos * scale, ..vertex }
        });
        triangle(canvas, texture, corners, clip);
    }
}

fn triangle(canvas: &mut RgbaImage, texture: &ColorImage, corners: [Vertex; 3], clip: Rect) {
    let [a, mut b, mut c] = corners;
    let mut area = edge(a.pos, b.pos, c.pos);
    if area < 0.0 {
        (b, c, area) = (c, b, -area);
    }
    let bounds = Rect::from_points(&[a.pos, b.pos, c.pos]).intersect(clip);
    if area == 0.0 || !bounds.is_positive() {
        return;
    }
    let flat = (a.uv == b.uv && b.uv == c.uv && a.color == b.color && b.color == c.color)
        .then(|| shade(a.color.to_array().map(f32::from), sample(texture, a.uv)));
    for y in bounds.top().floor() as u32..bounds.bottom().ceil() as u32 {
        for x in bounds.left().floor() as u32..bounds.right().ceil() as u32 {
            let center = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
            let weights = [(b.pos, c.pos), (c.pos, a.pos), (a.pos, b.pos)];
            let inside = |(from, to)| {
                let weight = edge(from, to, center);
                (weight > 0.0 || (weight == 0.0 && owns(from, to))).then_some(weight / area)
            };
            let [Some(wa), Some(wb), Some(wc)] = weights.map(inside) else { continue };
            if !clip.contains(center) {
                continue;
            }
            let source = flat.unwrap_or_else(|| {
                let (at, bt, ct) = (a.uv.to_vec2(), b.uv.to_vec2(), c.uv.to_vec2());
                let uv = (at * wa + bt * wb + ct * wc).to_pos2();
                let [ac, bc, cc] = [a, b, c].map(|vertex| vertex.color.to_array().map(f32::from));
                let color = std::array::from_fn(|part| ac[part] * wa + bc[part] * wb + cc[part] * wc);
                shade(color, sample(texture, uv))
            });
            blend(canvas.get_pixel_mut(x, y), source);
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
fn sample(texture: &ColorImage, uv: Pos2) -> [f32; 4] {
    let at = |position: f32, length: usize| {
        let position = (position * length as f32 - 0.5).clamp(0.0, (length - 1) as f32);
        let first = position as usize;
        (first, (first + 1).min(length - 1), position.fract())
    };
    let (left, right, over) = at(uv.x, texture.width());
    let (top, bottom, down) = at(uv.y, texture.height());
    let part = |x, y| texture[(x, y)].to_array().map(f32::from);
    let [nw, ne, sw, se] = [part(left, top), part(right, top), part(left, bottom), part(right, bottom)];
    std::array::from_fn(|part| {
        let above = nw[part] + (ne[part] - nw[part]) * over;
        let below = sw[part] + (se[part] - sw[part]) * over;
        above + (below - above) * down
    })
}

fn shade(color: [f32; 4], texel: [f32; 4]) -> Color32 {
    let [r, g, b, a] = std::array::from_fn(|part| (color[part] * texel[part] / 255.0).round() as u8);
    Color32::from_rgba_premultiplied(r, g, b, a)
}

fn blend(below: &mut Rgba<u8>, source: Color32) {
    let shown = f32::from(255 - source.a()) / 255.0;
    for (below, source) in below.0.iter_mut().zip(source.to_array()) {
        *below = (f32::from(source) + f32::from(*below) * shown).round().min(255.0) as u8;
    }
}
