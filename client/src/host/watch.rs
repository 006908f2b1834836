//! The maker's figures, order flow and health.

use super::other_rules;
use crate::kit::{
    explain::Explain,
    table::{self, Column, Row, Table, figures},
    theme, widgets,
};
use egui::{Label, RichText, Ui, Vec2};
use outcry_desk::{
    format::{self, NOTHING, cents, money, tokens_column},
    model::Model,
    text::{self, host as said, maker as words},
};
use outcry_engine::{Direction, OutcomeId, PoolState, Side, Tokens, Usdc};
use outcry_shared::{
    message::{HistoryPoint, HostState, Watch},
    phase::Phase,
    replica::Replica,
};

pub(super) fn panel(ui: &mut Ui, model: &Model, state: &HostState) {
    let watch = &state.watch;
    ui.spacing_mut().interact_size.y = 22.0;
    let history = model.session().map_or(&[][..], |session| session.history());
    let z = state.config.params.z;
    let stands = if watch.phase == Phase::Resolved { words::result } else { words::worst_case };
    maker(ui, watch, &stands(&watch.metrics, z), history);
    ui.add_space(8.0);
    if let Some(session) = model.session() {
        pools(ui, session, watch);
    }
    ui.add_space(8.0);
    other_rules::section(ui, &watch.shadow);
    ui.add_space(8.0);
    flow(ui, watch);
    ui.add_space(8.0);
    health(ui, state);
}

/// How the maker `stands`, in words, and its figures with what they were.
fn maker(ui: &mut Ui, watch: &Watch, stands: &str, history: &[HistoryPoint]) {
    let metrics = &watch.metrics;
    widgets::section(ui, words::TITLE);
    ui.add(Label::new(RichText::new(stands).size(17.0).color(theme::TEXT)).wrap());
    let points = |read: fn(&HistoryPoint) -> Usdc| history.iter().map(|point| read(point).0 as f32).collect::<Vec<_>>();
    let volume = |title| (title, words::HELP_VOLUME, money(metrics.volume), points(|point| point.volume));
    if watch.phase == Phase::Resolved {
        figures_in_pairs(ui, &[volume(words::VOLUME_ALL)]);
        widgets::weak(ui, words::counted_in(metrics));
        return;
    }
    let list = [
        (
            words::WORST,
            words::HELP_WORST,
            money(words::can_lose(metrics.worst_case_loss)),
            points(|point| words::can_lose(point.worst_case_loss)),
        ),
        (words::SO_FAR, words::HELP_SO_FAR, format::money_signed(metrics.mm_profit), points(|point| point.mm_profit)),
        (words::RISK, words::HELP_RISK, money(metrics.mm_risk), points(|point| point.mm_risk)),
        volume(words::VOLUME),
    ];
    figures_in_pairs(ui, &list);
    widgets::weak(ui, words::income(metrics));
}

/// A figure: title, help, value, and what it was.
type Figure = (&'static str, &'static str, String, Vec<f32>);

fn figures_in_pairs(ui: &mut Ui, list: &[Figure]) {
    let width = (ui.available_width() - theme::GAP) / 2.0;
    for pair in list.chunks(2) {
        // What has no history yet keeps no room for one.
        let has_history = pair.iter().any(|(.., points)| points.len() > 1);
        let height = if has_history { FIGURE + TREND } else { FIGURE };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP;
            for (title, help, value, points) in pair {
                let layout = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(Vec2::new(width, height), layout, |ui| {
                    widgets::card(ui, |ui| {
                        widgets::titled(ui, title, value, theme::TEXT).explained(help);
                        if has_history {
                            let size = Vec2::new(ui.available_width(), TREND);
                            widgets::trend(ui, points, size, theme::AMBER);
                        }
                    });
                });
            }
        });
    }
}

/// Height of a figure, and of its history below it, in points.
const FIGURE: f32 = 58.0;
const TREND: f32 = 28.0;

/// Figures in columns: prices, depths, supplies, resting orders.
const POOLS: [Column; 10] = [
    table::words(2.4),
    figures(0.8),
    figures(0.8),
    figures(1.2),
    figures(1.2),
    figures(1.2),
    figures(1.1),
    figures(1.1),
    figures(1.1),
    figures(1.1),
];
/// On a phone the prices stand in columns and the rest below them.
const POOLS_NARROW: [Column; 4] = [table::words(2.4), figures(1.0), figures(1.0), figures(1.4)];
/// A table narrower than this is a phone's, in points.
const NARROW: f32 = 640.0;
const ROW: f32 = 26.0;

fn pools(ui: &mut Ui, session: &Replica, watch: &Watch) {
    widgets::section(ui, said::POOLS);
    let pools: Vec<Pool> =
        (0..).zip(&watch.pools).map(|(id, state)| Pool::new(session, OutcomeId(id), state)).collect();
    if ui.available_width() < NARROW {
        return narrow_pools(ui, &pools);
    }
    let table = Table { id: "pools", columns: &POOLS, titles: &said::POOL_COLUMNS, row: ROW, scrolls: false };
    let key = |row: usize, column: usize| pools[row].keys[column];
    table.show_sorted(ui, pools.len(), key, |shown, index| pools[index].show(shown));
}

fn narrow_pools(ui: &mut Ui, pools: &[Pool]) {
    let count = POOLS_NARROW.len();
    let line = |ui: &mut Ui, index: usize, pool: &Pool| {
        let titles = if index == 0 { &said::POOL_COLUMNS[..count] } else { &[] };
        let table = Table { id: "pools", columns: &POOLS_NARROW, titles, row: ROW, scrolls: false };
        ui.push_id(index, |ui| table.show(ui, 1, |shown, _| pool.show(shown)));
        let rest = said::POOL_COLUMNS.iter().zip(&pool.cells).skip(count);
        let line: Vec<String> = rest.map(|((title, _), cell)| format!("{title} {cell}")).collect();
        ui.horizontal_top(|ui| {
            ui.add_space(20.0);
            ui.add(Label::new(RichText::new(line.join(" · ")).size(12.0).color(theme::WEAK)).wrap());
        });
        ui.add_space(4.0);
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        pools.iter().enumerate().for_each(|(index, pool)| line(ui, index, pool));
    });
}

/// A pool with its figures, and what its columns are ordered by.
struct Pool {
    id: OutcomeId,
    active: bool,
    cells: [String; POOLS.len()],
    keys: [i64; POOLS.len()],
}

impl Pool {
    fn new(session: &Replica, id: OutcomeId, pool: &PoolState) -> Self {
        let subsidy = if pool.active { session.market().params.subsidy(pool.v) } else { Usdc::ZERO };
        let depth = |direction| {
            let levels = session.market().outcomes.get(id.index()).map_or(&[][..], |outcome| &outcome.levels);
            Tokens(levels.iter().filter(|level| level.direction == direction).map(|level| level.total.0).sum())
        };
        let prices = Side::BOTH.map(|side| session.price(id, side));
        let shown = prices.map(|price| if pool.active { cents(price) } else { NOTHING.to_owned() });
        let [yes, no] = shown;
        let liquidity = Usdc(pool.v.0 + subsidy.0);
        let supply = Tokens(pool.q_yes.0 + pool.virtual_yes.0);
        let (bids, asks) = (depth(Direction::Buy), depth(Direction::Sell));
        let cells = [
            text::apart(session.outcome_name(id)),
            yes,
            no,
            money(liquidity),
            money(pool.v),
            money(subsidy),
            tokens_column(supply),
            tokens_column(pool.q_no),
            tokens_column(bids),
            tokens_column(asks),
        ];
        let [yes, no] = prices.map(|price| if pool.active { i64::from(price.0) } else { -1 });
        // Names are in the order of their letters: A is the largest.
        let name = -i64::from(id.0);
        let keys = [name, yes, no, liquidity.0, pool.v.0, subsidy.0, supply.0, pool.q_no.0, bids.0, asks.0];
        Self { id, active: pool.active, cells, keys }
    }

    fn show(&self, shown: &mut Row<'_, '_, '_>) {
        let color = if self.active { theme::TEXT } else { theme::WEAK };
        let cells = self.cells.each_ref().map(|cell| (cell.as_str(), color));
        shown.cells(&cells, 24.0, |painter, place| {
            let badge = egui::Rect::from_min_size(place.min + Vec2::new(4.0, 4.0), Vec2::splat(18.0));
            widgets::paint_badge(painter, badge, self.id, self.active);
        });
    }
}

fn flow(ui: &mut Ui, watch: &Watch) {
    widgets::section(ui, said::FLOW);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        for (label, value) in said::flow(watch.ticks, watch.orders, watch.fills) {
            widgets::titled(ui, label, value, theme::TEXT);
        }
        bars(ui, &watch.flow);
    });
    if watch.rejections.is_empty() {
        widgets::weak(ui, said::NO_REJECTIONS);
    }
    if !watch.rejections.is_empty() {
        widgets::weak(ui, said::REJECTIONS);
    }
    for (reason, number) in &watch.rejections {
        ui.horizontal(|ui| {
            widgets::figure(ui, format!("{:>6}", format::count(*number)), 12.5, theme::AMBER);
            ui.label(reason);
        });
    }
}

/// Orders per tick of the last ticks.
fn bars(ui: &mut Ui, flow: &[u32]) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(260.0, 36.0), egui::Sense::hover());
    response.explained(said::FLOW_HELP);
    let most = flow.iter().copied().max().unwrap_or(0).max(1) as f32;
    let width = rect.width() / flow.len().max(30) as f32;
    for (index, orders) in flow.iter().enumerate() {
        let height = rect.height() * *orders as f32 / most;
        let left = rect.left() + index as f32 * width;
        let bar = egui::Rect::from_min_max(
            egui::pos2(left, rect.bottom() - height),
            egui::pos2(left + width - 1.0, rect.bottom()),
        );
        ui.painter().rect_filled(bar, egui::CornerRadius::ZERO, theme::AMBER);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme::LINE));
}

fn health(ui: &mut Ui, state: &HostState) {
    widgets::section(ui, said::HEALTH);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        for (label, value) in said::health(state) {
            widgets::titled(ui, label, value, theme::TEXT);
        }
    });
}
