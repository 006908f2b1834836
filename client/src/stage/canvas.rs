//! How much of the window is drawn as a scene, and how finely: the dearest choice where the
//! processor has to draw it.

use super::lens::usable;
use egui::{Rect, Vec2, vec2};
use glam::UVec2;

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(all(feature = "floor", not(target_arch = "wasm32")), derive(clap::ValueEnum))]
pub enum Level {
    /// Software graphics: what panels leave free, coarse, without reflections, with few lights.
    Low,
    /// Without smoothed edges.
    Middle,
    /// Everything, with smoothed edges.
    High,
}

impl Level {
    /// Most pixels of the scene; beyond it they become larger. Words stay fine.
    #[must_use]
    pub const fn pixels_max(self) -> f32 {
        match self {
            Self::Low => 110_000.0,
            Self::Middle => 1_300_000.0,
            Self::High => 6_000_000.0,
        }
    }
}

/// What lies under panels, beyond their edges, in points: gaps between them show it.
const UNDER_PANELS: f32 = 10.0;

/// The picture of the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canvas {
    /// Where it lies, in whole points.
    pub rect: Rect,
    /// Its size in pixels.
    pub pixels: UVec2,
}

impl Canvas {
    /// The canvas for a level of detail, with so many pixels per point of the window.
    #[must_use]
    pub fn of(level: Level, free: Rect, window: Vec2, pixels_per_point: f32) -> Self {
        let whole = Rect::from_min_size(egui::Pos2::ZERO, vec2(window.x.max(1.0).ceil(), window.y.max(1.0).ceil()));
        let rect = match level {
            Level::Low => usable(free, window).expand(UNDER_PANELS).intersect(whole),
            Level::Middle | Level::High => whole,
        };
        let rect = Rect::from_min_max(rect.min.floor(), rect.max.ceil());
        let fine = pixels_per_point.max(0.1);
        let coarse = (level.pixels_max() / rect.area().max(1.0)).sqrt();
        let pixels = rect.size() * fine.min(coarse);
        Self { rect, pixels: UVec2::new(pixels.x.round().max(1.0) as u32, pixels.y.round().max(1.0) as u32) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn pixels_are_bounded_and_square() {
        let free = Rect::from_min_max(pos2(320.0, 72.0), pos2(952.0, 440.0));
        for level in [Level::Low, Level::Middle, Level::High] {
            for (window, fine) in [((1_280.0, 720.0), 1.0), ((2_560.0, 1_440.0), 2.0), ((360.0, 740.0), 3.0)] {
                let canvas = Canvas::of(level, free, vec2(window.0, window.1), fine);
                let pixels = canvas.pixels.x as f32 * canvas.pixels.y as f32;
                assert!(pixels <= level.pixels_max() * 1.02, "{level:?} {window:?}: {pixels}");
                let (across, down) =
                    (canvas.pixels.x as f32 / canvas.rect.width(), canvas.pixels.y as f32 / canvas.rect.height());
                assert!((across / down - 1.0).abs() < 0.02, "{level:?} {window:?}: {across} by {down}");
            }
        }
    }

    #[test]
    fn weak_graphics_draw_only_what_panels_leave_free() {
        let free = Rect::from_min_max(pos2(8.0, 72.0), pos2(640.0, 300.0));
        let canvas = Canvas::of(Level::Low, free, vec2(960.0, 600.0), 1.0);
        assert!(canvas.rect.contains_rect(free));
        assert!(canvas.rect.area() < 960.0 * 600.0 * 0.3, "{:?}", canvas.rect);
        assert_eq!(Canvas::of(Level::High, free, vec2(960.0, 600.0), 1.0).pixels, UVec2::new(960, 600));
    }
}
