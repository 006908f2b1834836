//! The final chart: volume, maker risk, worst-case loss and maker's profit over the session.

use super::gather::Gathered;
use ab_glyph::{Font, FontRef, GlyphId};
use outcry_engine::{Metrics, Usdc, amount::MICRO};
use plotters::{
    coord::Shift,
    prelude::*,
    style::{FontStyle, register_font},
};
use std::error::Error;

/// Width and height of the chart, in pixels.
const SIZE: (u32, u32) = (1_600, 1_000);
/// The font of every label: drawn by us in the bitmap, named in the drawing.
const FONT: &str = "sans-serif";
/// Points of a curve; a longer session is thinned to them.
const POINTS_MAX: usize = 2_000;
const INK: RGBColor = RGBColor(0x1c, 0x22, 0x33);
const GRID: RGBColor = RGBColor(0xdd, 0xe1, 0xea);

/// A curve of the chart: its title, its colour, and the figure it shows.
type Curve = (&'static str, RGBColor, fn(&Metrics) -> Usdc);

/// Colours that the colour-blind tell apart (Okabe and Ito).
const CURVES: [Curve; 4] = [
    ("Volume", RGBColor(0x00, 0x72, 0xb2), |figures| figures.volume),
    ("Maker risk", RGBColor(0xe6, 0x9f, 0x00), |figures| figures.mm_risk),
    ("Worst-case loss", RGBColor(0xd5, 0x5e, 0x00), |figures| figures.worst_case_loss),
    ("Maker profit", RGBColor(0x00, 0x9e, 0x73), |figures| figures.mm_profit),
];

type Drawn<T> = Result<T, Box<dyn Error>>;

/// The chart as a PNG file.
pub(super) fn png(gathered: &Gathered) -> Drawn<Vec<u8>> {
    let (width, height) = SIZE;
    let mut pixels = vec![0; width as usize * height as usize * 3];
    // Where the font lacks a letter of the session's name, its number has to do; the drawing has every name.
    let name = Some(name(gathered)).filter(|name| is_drawn(name));
    draw(BitMapBackend::with_buffer(&mut pixels, SIZE).into_drawing_area(), gathered, name)?;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}

/// The chart as an SVG file.
pub(super) fn svg(gathered: &Gathered) -> Drawn<Vec<u8>> {
    let mut text = String::new();
    draw(SVGBackend::with_string(&mut text, SIZE).into_drawing_area(), gathered, Some(name(gathered)))?;
    Ok(text.into_bytes())
}

fn name(gathered: &Gathered) -> &str {
    &gathered.contents.state.config.name
}

/// Whether the bitmap's font has every letter of a text.
fn is_drawn(text: &str) -> bool {
    let font = FontRef::try_from_slice(epaint_default_fonts::UBUNTU_LIGHT);
    font.is_ok_and(|font| text.chars().all(|c| font.glyph_id(c) != GlyphId::default()))
}

fn draw<B: DrawingBackend>(area: DrawingArea<B, Shift>, gathered: &Gathered, name: Option<&str>) -> Drawn<()>
where
    B::ErrorType: 'static,
{
    register_font(FONT, FontStyle::Normal, epaint_default_fonts::UBUNTU_LIGHT).map_err(|_| "the font is damaged")?;
    area.fill(&WHITE)?;
    let name = name.map(|name| format!("{name} – ")).unwrap_or_default();
    let title = format!("{name}session {}", gathered.session);
    let area = area.margin(16, 8, 8, 16).titled(&title, (FONT, 34).into_font().color(&INK))?;
    for (panel, curve) in area.split_evenly((2, 2)).iter().zip(CURVES) {
        draw_curve(panel, curve, gathered)?;
    }
    area.present()?;
    Ok(())
}

fn draw_curve<B: DrawingBackend>(panel: &DrawingArea<B, Shift>, curve: Curve, gathered: &Gathered) -> Drawn<()>
where
    B::ErrorType: 'static,
{
    let (title, color, figure) = curve;
    let points = points(gathered, figure);
    let end_s = points.last().map_or(1.0, |(at_s, _)| at_s.max(1.0));
    let (low, high) = bounds(&points);
    let mut chart = ChartBuilder::on(panel)
        .margin(18)
        .caption(title, (FONT, 26).into_font().color(&INK))
        .x_label_area_size(44)
        .y_label_area_size(96)
        .build_cartesian_2d(0.0..end_s, low..high)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(GRID)
        .axis_style(INK)
        .label_style((FONT, 18).into_font().color(&INK))
        .x_desc("session time (min:s)")
        .y_desc("USDC")
        .x_label_formatter(&|at_s| minutes(*at_s))
        .y_label_formatter(&|value| money(*value, high - low))
        .draw()?;
    if low < 0.0 && high > 0.0 {
        chart.draw_series(LineSeries::new([(0.0, 0.0), (end_s, 0.0)], INK))?;
    }
    chart.draw_series(LineSeries::new(points, color.stroke_width(3)))?;
    Ok(())
}

/// Session time in s and value in USDC, thinned evenly, the last point kept.
fn points(gathered: &Gathered, figure: fn(&Metrics) -> Usdc) -> Vec<(f64, f64)> {
    let rows = &gathered.contents.metrics;
    let step = rows.len().div_ceil(POINTS_MAX).max(1);
    let last = rows.len().saturating_sub(1);
    let kept = rows.iter().enumerate().filter(|(index, _)| index % step == 0 || *index == last);
    kept.map(|(_, row)| (row.ts_ms as f64 / 1e3, figure(&row.metrics).0 as f64 / MICRO as f64)).collect()
}

/// The range of values with some air, never empty.
fn bounds(points: &[(f64, f64)]) -> (f64, f64) {
    let values = points.iter().map(|(_, value)| *value);
    let low = values.clone().fold(0.0, f64::min);
    let high = values.fold(0.0, f64::max);
    let air = ((high - low) * 0.08).max(0.5);
    (if low < 0.0 { low - air } else { low }, high + air)
}

fn minutes(at_s: f64) -> String {
    let at_s = at_s.round() as i64;
    format!("{}:{:02}", at_s / 60, at_s % 60)
}

/// Whole amounts on a wide scale, cents on a narrow one; thousands apart.
fn money(value: f64, range: f64) -> String {
    if range < 20.0 {
        return format!("{value:.2}");
    }
    let whole = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 && whole != "0" { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_like_money_and_time() {
        for (value, range, expected) in [
            (0.0, 1e4, "0"),
            (-0.2, 1e4, "0"),
            (1_234_567.0, 1e7, "1,234,567"),
            (-1_000.0, 1e4, "-1,000"),
            (999.0, 1e3, "999"),
            (1.5, 2.0, "1.50"),
        ] {
            assert_eq!(money(value, range), expected);
        }
        assert_eq!((minutes(0.0), minutes(59.6), minutes(905.0)), ("0:00".into(), "1:00".into(), "15:05".into()));
    }

    #[test]
    fn a_bitmap_says_only_names_that_its_font_draws() {
        for (name, drawn) in
            [("Friday night", true), ("Zoë – Ольга", true), ("Đêm nguyễn", false), ("עדן", false), ("李", false)]
        {
            assert_eq!(is_drawn(name), drawn, "{name}");
        }
    }

    #[test]
    fn a_range_is_never_empty() {
        for (values, expected) in
            [(vec![], (0.0, 0.5)), (vec![(0.0, 0.0)], (0.0, 0.5)), (vec![(0.0, -10.0)], (-10.8, 0.8))]
        {
            assert_eq!(bounds(&values), expected);
        }
    }
}
