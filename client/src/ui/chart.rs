//! Price history of all outcomes as step lines, freezes shaded, own fills marked; and the
//! maker's figures at the end.

use crate::kit::theme;
use egui::{Color32, Ui};
use egui_plot::{Corner, Legend, Line, LineStyle, MarkerShape, Plot, PlotPoint, PlotPoints, Points, Span, Text};
use outcry_desk::{
    format,
    text::{self, term::Term},
    view::chart::ChartView,
};
use outcry_engine::{OutcomeId, Side};

pub(super) fn prices(ui: &mut Ui, view: &ChartView, selected: OutcomeId) {
    // A minute and some cents at least, so that the first prices do not look like leaps.
    let firsts = view.lines.iter().filter_map(|(_, _, points)| points.first()).map(|point| point[1]);
    let plot =
        firsts.fold(base("price chart", ui.available_height()), |plot, y| plot.include_y(y - 2.0).include_y(y + 2.0));
    let plot = plot
        .include_x(0.0)
        .include_x(1.0)
        .y_axis_formatter(|mark, range| format::cent_mark(mark.value, range.end() - range.start()));
    plot.show(ui, |plot| {
        for [from, to] in &view.freezes {
            plot.span(Span::new(text::ui::FROZEN, *from..=*to).fill(theme::faint(theme::YES, 0.15)).border_width(0.0));
        }
        let mut ends = Vec::new();
        for (id, name, points) in &view.lines {
            let width = if *id == selected { 3.0 } else { 1.5 };
            // The letter in the name and the dashes tell lines apart without their colours.
            let style = if id.0 % 2 == 0 { LineStyle::Solid } else { LineStyle::dashed_dense() };
            let last = points.last().copied();
            let points: PlotPoints<'_> = points.clone().into();
            let label = text::badge_and_name(*id, name);
            ends.extend(last.map(|[x, y]| (*id, x, y)));
            plot.line(Line::new(label, points).color(theme::outcome(*id)).width(width).style(style));
        }
        for (id, side, point) in &view.fills {
            // Round is YES, square is NO.
            let shape = if *side == Side::Yes { MarkerShape::Circle } else { MarkerShape::Square };
            let dots = Points::new(text::ui::OWN_FILLS, vec![*point]).radius(4.0).color(theme::outcome(*id));
            plot.points(dots.filled(true).shape(shape));
        }
        letters(plot, ends);
    });
}

/// The letter of every line at its end, apart from its neighbours': no legend to look up.
fn letters(plot: &mut egui_plot::PlotUi<'_>, mut ends: Vec<(OutcomeId, f64, f64)>) {
    let bounds = plot.plot_bounds();
    let (step, aside) = (bounds.height() * 0.075, bounds.width() * 0.015);
    ends.sort_by(|a, b| a.2.total_cmp(&b.2));
    let mut free_from = f64::NEG_INFINITY;
    for (id, x, y) in ends {
        let y = y.max(free_from);
        free_from = y + step;
        let letter = egui::RichText::new(id.letter().to_string()).font(theme::digits(14.0)).color(theme::outcome(id));
        plot.text(Text::new("", PlotPoint::new(x + aside, y), letter).anchor(egui::Align2::LEFT_CENTER));
    }
}

/// The maker's figures over time.
pub(super) fn maker(ui: &mut Ui, lines: &[(Term, Vec<[f64; 2]>)], height: f32) {
    let colors: [Color32; 4] = [theme::AMBER, theme::YES, theme::NO, theme::GAIN];
    let plot = base("maker chart", height)
        .y_axis_formatter(|mark, _| format!("${:.0}", mark.value))
        .legend(Legend::default().position(Corner::LeftTop).background_alpha(0.6).text_style(egui::TextStyle::Small));
    plot.show(ui, |plot| {
        for ((term, points), color) in lines.iter().zip(colors) {
            let points: PlotPoints<'_> = points.clone().into();
            plot.line(Line::new(term.name(), points).color(color).width(2.0));
        }
    });
}

/// Distance of grid lines, in points: faint at the first, full at the second.
const GRID: egui::Rangef = egui::Rangef { min: 28.0, max: 300.0 };

fn base<'a>(id: &str, height: f32) -> Plot<'a> {
    Plot::new(id)
        .height(height.max(120.0))
        .show_background(false)
        .grid_spacing(GRID)
        .grid_color(theme::LINE)
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
        .x_axis_formatter(|mark, range| format::minute_mark(mark.value, range.end() - range.start()))
}
