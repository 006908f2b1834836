//! Price history of all outcomes as step lines, freezes shaded, own fills marked; and the
//! maker's figures at the end.

use super::axes;
use crate::kit::{theme, widgets};
use egui::{Color32, Ui};
use egui_plot::{GridMark, Line, LineStyle, MarkerShape, Plot, PlotPoint, PlotPoints, Points, Span, Text};
use outcry_desk::{
    format,
    text::{self, term::Term},
    view::chart::{ChartView, spread},
};
use outcry_engine::{OutcomeId, Side};
use std::ops::RangeInclusive;

/// Size of what stands at a line's end, and the height that it takes, in points.
const NAME: f32 = 13.0;
const NAME_HEIGHT: f32 = 17.0;
/// Between a line and its name, where a stroke leads from one to the other, and the width of the axis beside the lines, in points.
const ASIDE: f32 = 12.0;
const AXIS: f32 = 48.0;
/// Share of the chart's width that names may take.
const NAMES_SHARE: f32 = 0.26;
/// Narrower names than this say nothing, in points: letters do.
const NAME_LEAST: f32 = 48.0;
/// Prices are told no finer than this, in ¢.
const TENTH_CENT: f64 = 0.1;

pub(super) fn prices(ui: &mut Ui, view: &ChartView, selected: OutcomeId) {
    // A minute and some cents at least, so that the first prices do not look like leaps.
    let firsts = view.lines.iter().filter_map(|(_, _, points)| points.first()).map(|point| point[1]);
    let plot =
        firsts.fold(base("price chart", ui.available_height()), |plot, y| plot.include_y(y - 2.0).include_y(y + 2.0));
    let now = view.lines.iter().filter_map(|(_, _, points)| points.last()).map(|point| point[0]).fold(0.0, f64::max);
    let ends = Ends::new(ui, named(ui, view, now));
    let plot = plot.include_x(0.0).include_x(1.0).include_x(ends.until(now));
    let cents =
        |mark: GridMark, range: &RangeInclusive<f64>| format::cent_mark(mark.value, range.end() - range.start());
    axes::marked(plot, TENTH_CENT, cents).show(ui, |plot| {
        for [from, to] in &view.freezes {
            plot.span(Span::new("", *from..=*to).fill(theme::faint(theme::YES, 0.15)).border_width(0.0));
        }
        for (id, name, points) in &view.lines {
            let width = if *id == selected { 3.0 } else { 1.5 };
            // The letter in the name and the dashes tell lines apart without their colours.
            let style = if id.0 % 2 == 0 { LineStyle::Solid } else { LineStyle::dashed_dense() };
            let points: PlotPoints<'_> = points.clone().into();
            let label = text::badge_and_name(*id, name);
            plot.line(Line::new(label, points).color(theme::outcome(*id)).width(width).style(style));
        }
        for (id, side, point) in &view.fills {
            // Round is YES, square is NO.
            let shape = if *side == Side::Yes { MarkerShape::Circle } else { MarkerShape::Square };
            let dots = Points::new(text::ui::OWN_FILLS, vec![*point]).radius(4.0).color(theme::outcome(*id));
            plot.points(dots.filled(true).shape(shape));
        }
        ends.draw(plot);
    });
}

/// Letter and name of the lines still drawn, as far as there is room; the letter of those that ended before.
fn named(ui: &Ui, view: &ChartView, now: f64) -> Vec<End> {
    let width = ui.available_width();
    // The first minute leaves room that no line needs.
    let free = (width - AXIS).max(1.0) * (1.0 - now) as f32 - 2.0 * ASIDE;
    let room = (width * NAMES_SHARE).max(free);
    let words = |id: OutcomeId, name: &str, at: f64| {
        if room < NAME_LEAST || at < now {
            return id.letter().to_string();
        }
        text::badge_and_name(id, &widgets::elided(ui.painter(), name, &theme::words(NAME), room))
    };
    let end = |(id, name, points): &(OutcomeId, String, Vec<[f64; 2]>)| {
        let at = *points.last()?;
        Some(End { at, words: words(*id, name, at[0]), color: theme::outcome(*id) })
    };
    view.lines.iter().filter_map(end).collect()
}

/// Where a line ends, and what stands there.
struct End {
    at: [f64; 2],
    words: String,
    color: Color32,
}

/// What stands at the end of every line, apart from its neighbours: no legend to look up.
struct Ends {
    all: Vec<End>,
    /// Share of the width that they take.
    share: f64,
}

impl Ends {
    fn new(ui: &Ui, all: Vec<End>) -> Self {
        let lines = (ui.available_width() - AXIS).max(1.0);
        let wide = |end: &End| ui.painter().layout_no_wrap(end.words.clone(), theme::words(NAME), end.color).size().x;
        let widest = all.iter().map(wide).fold(0.0, f32::max);
        Self { all, share: f64::from(((widest + ASIDE) / lines).min(0.5)) }
    }

    /// The end of the axis that leaves room for them after the present.
    fn until(&self, now: f64) -> f64 {
        now / (1.0 - self.share)
    }

    fn draw(mut self, plot: &mut egui_plot::PlotUi<'_>) {
        let bounds = plot.plot_bounds();
        let size = plot.response().rect.size();
        let [step, aside] = [
            bounds.height() * f64::from(NAME_HEIGHT / size.y.max(1.0)),
            bounds.width() * f64::from(ASIDE / size.x.max(1.0)),
        ];
        // Where they are level, the first stands above the second.
        self.all.reverse();
        self.all.sort_by(|one, other| one.at[1].total_cmp(&other.at[1]));
        let ys: Vec<f64> = self.all.iter().map(|end| end.at[1]).collect();
        let range = [bounds.min()[1] + step / 2.0, bounds.max()[1] - step / 2.0];
        for (End { at, words, color }, y) in self.all.into_iter().zip(spread(&ys, step, range)) {
            let lead = vec![at, [at[0] + aside * 0.8, y]];
            plot.line(Line::new("", lead).color(theme::faint(color, 0.7)).width(1.0).allow_hover(false));
            let words = egui::RichText::new(words).font(theme::words(NAME)).color(color);
            plot.text(Text::new("", PlotPoint::new(at[0] + aside, y), words).anchor(egui::Align2::LEFT_CENTER));
        }
    }
}

/// The maker's figures over time.
pub(super) fn maker(ui: &mut Ui, lines: &[(Term, Vec<[f64; 2]>)], height: f32) {
    let colors: [Color32; 4] = [theme::AMBER, theme::YES, theme::NO, theme::GAIN];
    let end = |((term, points), color): (&(Term, Vec<[f64; 2]>), Color32)| {
        Some(End { at: *points.last()?, words: term.name().to_owned(), color })
    };
    let ends = Ends::new(ui, lines.iter().zip(colors).filter_map(end).collect());
    let now = ends.all.iter().map(|end| end.at[0]).fold(0.0, f64::max);
    let plot = base("maker chart", height).include_x(ends.until(now));
    let plot = axes::marked(plot, 1.0, |mark, _| format::dollar_mark(mark.value));
    plot.show(ui, |plot| {
        for ((term, points), color) in lines.iter().zip(colors) {
            let points: PlotPoints<'_> = points.clone().into();
            plot.line(Line::new(term.name(), points).color(color).width(2.0));
        }
        ends.draw(plot);
    });
}

fn base<'a>(id: &str, height: f32) -> Plot<'a> {
    Plot::new(id)
        .height(height.max(120.0))
        .show_background(false)
        .grid_color(theme::LINE)
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
}
