//! Pictures of panels without a graphics card: egui's triangles, filled one by one. The same
//! on every machine, so pictures can be compared.

use egui::{
    Color32, ColorImage, TextureId, TexturesDelta,
    epaint::{ClippedPrimitive, Mesh, Primitive, Vertex},
};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};
use std::collections::HashMap;

/// What stands behind the panels: the night sky of the floor.
const BEHIND: Color32 = Color32::from_rgb(0x07, 0x0b, 0x18);

/// Fills triangles into an image.
#[derive(Default)]
pub(crate) struct Raster {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for Raster {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, parts) in delta.set.drain() {
            for part in parts {
                self.update(id, &part);
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut image = RgbaImage::from_pixel(size.x.round() as u32, size.y.round() as u32, Rgba(BEHIND.to_array()));
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            fill_mesh(&mut image, &mesh, texture, clip_rect * scale, scale);
        }
        Ok(image)
    }
}

impl Raster {
    fn update(&mut self, id: TextureId, part: &egui::epaint::ImageDelta) {
        let egui::ImageData::Color(new) = &part.image;
        let Some([left, top]) = part.pos else {
            self.textures.insert(id, new.as_ref().clone());
            return;
        };
        let Some(whole) = self.textures.get_mut(&id) else { return };
        for y in 0..new.height() {
            for x in 0..new.width() {
                whole[(left + x, top + y)] = new[(x, y)];
            }
        }
    }
}

fn fill_mesh(image: &mut RgbaImage, mesh: &Mesh, texture: &ColorImage, clip: egui::Rect, scale: f32) {
    for corners in mesh.indices.chunks_exact(3) {
        let triangle = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
        fill_triangle(image, triangle, texture, clip, scale);
    }
}

fn fill_triangle(image: &mut RgbaImage, corners: [Vertex; 3], texture: &ColorImage, clip: egui::Rect, scale: f32) {
    let points = corners.map(|vertex| vertex.pos * scale);
    let [a, b, c] = points;
    let area = (b - a).x * (c - a).y - (b - a).y * (c - a).x;
    if area.abs() < 1e-6 {
        return;
    }
    // Most triangles are of one colour: looked up once.
    let flat = corners[1..].iter().all(|other| other.color == corners[0].color && other.uv == corners[0].uv);
    let mut ink = Ink::new(shade(&corners, [1.0, 0.0, 0.0], texture), image.width());
    let top = points.iter().map(|p| p.y).fold(f32::INFINITY, f32::min).max(clip.top()).max(0.0);
    let bottom = points.iter().map(|p| p.y).fold(0.0, f32::max).min(clip.bottom()).min(image.height() as f32);
    for y in (top - 0.5).ceil().max(0.0) as u32..(bottom - 0.5).ceil().max(0.0) as u32 {
        let middle = y as f32 + 0.5;
        let Some((left, right)) = span(points, middle) else { continue };
        let (left, right) = (left.max(clip.left()).max(0.0), right.min(clip.right()).min(image.width() as f32));
        let columns = (left - 0.5).ceil().max(0.0) as u32..(right - 0.5).ceil().max(0.0) as u32;
        if flat {
            ink.fill(image, y, columns);
            continue;
        }
        for x in columns {
            let p = egui::pos2(x as f32 + 0.5, middle);
            let edge =
                |from: egui::Pos2, to: egui::Pos2| ((to - from).x * (p - from).y - (to - from).y * (p - from).x) / area;
            let color = shade(&corners, [edge(b, c), edge(c, a), edge(a, b)], texture);
            let pixel = image.get_pixel_mut(x, y);
            *pixel = over(*pixel, color);
        }
    }
}

/// One colour for many pixels. Rows of an opaque one are copied whole, and what a translucent one makes of what is
/// below is computed once per shade: without it, most of the time would go into the backgrounds of panels.
struct Ink {
    color: [f32; 4],
    row: Vec<u8>,
    over: Option<Box<[[u8; 256]; 3]>>,
    filled: usize,
}

/// Translucent pixels after which a table pays.
const TABLE_AFTER: usize = 1_500;

impl Ink {
    fn new(color: [f32; 4], width: u32) -> Self {
        let opaque = color[3] >= 254.5;
        let row = if opaque { over(Rgba([0; 4]), color).0.repeat(width as usize) } else { vec![] };
        Self { color, row, over: None, filled: 0 }
    }

    fn fill(&mut self, image: &mut RgbaImage, y: u32, columns: std::ops::Range<u32>) {
        if columns.is_empty() {
            return;
        }
        let start = (y * image.width() + columns.start) as usize * 4;
        let samples: &mut [u8] = image;
        let pixels = &mut samples[start..start + columns.len() * 4];
        if !self.row.is_empty() {
            pixels.copy_from_slice(&self.row[..pixels.len()]);
            return;
        }
        self.filled += columns.len();
        if self.filled > TABLE_AFTER && self.over.is_none() {
            self.over = Some(self.table());
        }
        for pixel in pixels.chunks_exact_mut(4) {
            match &self.over {
                Some(table) => (0..3).for_each(|channel| pixel[channel] = table[channel][pixel[channel] as usize]),
                None => pixel.copy_from_slice(&over(Rgba([pixel[0], pixel[1], pixel[2], 255]), self.color).0),
            }
        }
    }

    fn table(&self) -> Box<[[u8; 256]; 3]> {
        let mut table = Box::new([[0; 256]; 3]);
        for below in 0..=255_u8 {
            let above = over(Rgba([below, below, below, 255]), self.color);
            (0..3).for_each(|channel| table[channel][usize::from(below)] = above.0[channel]);
        }
        table
    }
}

/// Where a row crosses a triangle.
fn span(points: [egui::Pos2; 3], y: f32) -> Option<(f32, f32)> {
    let mut crossings = [0, 1, 2].into_iter().filter_map(|corner| {
        let (from, to) = (points[corner], points[(corner + 1) % 3]);
        let between = (from.y <= y) != (to.y <= y);
        between.then(|| from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x))
    });
    let (first, second) = (crossings.next()?, crossings.next()?);
    Some((first.min(second), first.max(second)))
}

/// Colour and texture at a point of a triangle; colours are premultiplied.
fn shade(corners: &[Vertex; 3], weights: [f32; 3], texture: &ColorImage) -> [f32; 4] {
    let mut color = [0.0; 4];
    let mut uv = egui::Vec2::ZERO;
    for (vertex, weight) in corners.iter().zip(weights) {
        for (channel, value) in color.iter_mut().zip(vertex.color.to_array()) {
            *channel += f32::from(value) * weight;
        }
        uv += vertex.uv.to_vec2() * weight;
    }
    let texel = sample(texture, uv);
    [0, 1, 2, 3].map(|channel| color[channel] * texel[channel] / 255.0)
}

fn sample(texture: &ColorImage, uv: egui::Vec2) -> [f32; 4] {
    let (width, height) = (texture.width() as f32, texture.height() as f32);
    let (x, y) = (uv.x * width - 0.5, uv.y * height - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let at = |dx: f32, dy: f32| {
        let x = (left + dx).clamp(0.0, width - 1.0) as usize;
        let y = (top + dy).clamp(0.0, height - 1.0) as usize;
        texture[(x, y)].to_array().map(f32::from)
    };
    let (fx, fy) = (x - left, y - top);
    let corners = [
        (at(0.0, 0.0), (1.0 - fx) * (1.0 - fy)),
        (at(1.0, 0.0), fx * (1.0 - fy)),
        (at(0.0, 1.0), (1.0 - fx) * fy),
        (at(1.0, 1.0), fx * fy),
    ];
    [0, 1, 2, 3].map(|channel| corners.iter().map(|(color, weight)| color[channel] * weight).sum())
}

fn over(below: Rgba<u8>, above: [f32; 4]) -> Rgba<u8> {
    let keep = 1.0 - above[3] / 255.0;
    let mix = |channel: usize| (above[channel] + f32::from(below.0[channel]) * keep).round().clamp(0.0, 255.0) as u8;
    Rgba([mix(0), mix(1), mix(2), 255])
}
