//! Price history of all outcomes as step lines, freezes shaded, own fills marked; and the
//! maker's figures at the end.

use crate::kit::{theme, widgets};
use egui::{Color32, Ui};
use egui_plot::{Corner, Legend, Line, LineStyle, MarkerShape, Plot, PlotPoint, PlotPoints, Points, Span, Text};
use outcry_desk::{
    format,
    text::{self, term::Term},
    view::chart::{ChartView, spread},
};
use outcry_engine::{OutcomeId, Side};

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

pub(super) fn prices(ui: &mut Ui, view: &ChartView, selected: OutcomeId) {
    // A minute and some cents at least, so that the first prices do not look like leaps.
    let firsts = view.lines.iter().filter_map(|(_, _, points)| points.first()).map(|point| point[1]);
    let plot =
        firsts.fold(base("price chart", ui.available_height()), |plot, y| plot.include_y(y - 2.0).include_y(y + 2.0));
    let now = view.lines.iter().filter_map(|(_, _, points)| points.last()).map(|point| point[0]).fold(0.0, f64::max);
    let ends = Ends::new(ui, view, now);
    let plot = plot
        .include_x(0.0)
        .include_x(1.0)
        .include_x(ends.until(now))
        .y_axis_formatter(|mark, range| format::cent_mark(mark.value, range.end() - range.start()));
    plot.show(ui, |plot| {
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

/// What stands at the end of every line, apart from its neighbours: no legend to look up.
struct Ends {
    /// Whose line, where it ends, and its words.
    all: Vec<(OutcomeId, [f64; 2], String)>,
    /// Share of the width that they take.
    share: f64,
}

impl Ends {
    /// Letter and name of those still drawn, as far as there is room; the letter of those that ended before.
    fn new(ui: &Ui, view: &ChartView, now: f64) -> Self {
        let width = ui.available_width();
        let lines = (width - AXIS).max(1.0);
        // The first minute leaves room that no line needs.
        let free = lines * (1.0 - now) as f32 - 2.0 * ASIDE;
        let room = (width * NAMES_SHARE).max(free);
        let font = theme::words(NAME);
        let words = |id: OutcomeId, name: &str, at: f64| {
            if room < NAME_LEAST || at < now {
                return id.letter().to_string();
            }
            text::badge_and_name(id, &widgets::elided(ui.painter(), name, &font, room))
        };
        let end = |(id, name, points): &(OutcomeId, String, Vec<[f64; 2]>)| {
            let at = *points.last()?;
            Some((*id, at, words(*id, name, at[0])))
        };
        let all: Vec<_> = view.lines.iter().filter_map(end).collect();
        let wide = |words: &String| ui.painter().layout_no_wrap(words.clone(), font.clone(), theme::TEXT).size().x;
        let widest = all.iter().map(|(_, _, words)| wide(words)).fold(0.0, f32::max);
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
        // Where they are level, A stands above B.
        self.all.sort_by(|(a, [_, at], _), (b, [_, beside], _)| at.total_cmp(beside).then(b.cmp(a)));
        let ys: Vec<f64> = self.all.iter().map(|(_, [_, y], _)| *y).collect();
        let range = [bounds.min()[1] + step / 2.0, bounds.max()[1] - step / 2.0];
        for ((id, end, words), y) in self.all.into_iter().zip(spread(&ys, step, range)) {
            let color = theme::outcome(id);
            let lead = vec![end, [end[0] + aside * 0.8, y]];
            plot.line(Line::new("", lead).color(theme::faint(color, 0.7)).width(1.0).allow_hover(false));
            let words = egui::RichText::new(words).font(theme::words(NAME)).color(color);
            plot.text(Text::new("", PlotPoint::new(end[0] + aside, y), words).anchor(egui::Align2::LEFT_CENTER));
        }
    }
}

/// The maker's figures over time.
pub(super) fn maker(ui: &mut Ui, lines: &[(Term, Vec<[f64; 2]>)], height: f32) {
    let colors: [Color32; 4] = [theme::AMBER, theme::YES, theme::NO, theme::GAIN];
    let plot = base("maker chart", height)
        .y_axis_formatter(|mark, _| format::dollar_mark(mark.value))
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
