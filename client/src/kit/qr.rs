//! A QR code, drawn as rectangles.

use egui::{Color32, CornerRadius, Rect, Sense, Ui, Vec2, vec2};

/// Modules of white around the code, as the standard asks.
const QUIET: usize = 2;

/// The code of a link in a square of this side; nothing when it cannot be coded.
pub(crate) fn code(ui: &mut Ui, link: &str, side: f32) {
    let Ok(code) = fast_qr::QRBuilder::new(link).build() else { return };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, link));
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(6), Color32::WHITE);
    let module = side / (code.size + 2 * QUIET) as f32;
    for (index, dark) in code.data[..code.size * code.size].iter().enumerate() {
        if !dark.value() {
            continue;
        }
        let (x, y) = (index % code.size + QUIET, index / code.size + QUIET);
        let corner = rect.min + vec2(x as f32 * module, y as f32 * module);
        // A hair larger than a module, so that no gaps show between neighbours.
        painter.rect_filled(Rect::from_min_size(corner, Vec2::splat(module + 0.3)), CornerRadius::ZERO, Color32::BLACK);
    }
}
