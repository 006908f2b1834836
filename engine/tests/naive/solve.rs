//! The rounded result of a solve: by 160 bits alone, or the engine's, held against them.

use super::curve::Situation;
use super::model::{Model, outcome};
use super::real::Real;
use super::setting::BEYOND_ANY_BALANCE;
use outcry_engine::{CurveView, Direction, Leg, PoolState, PublicMarket, PublicOutcome, Tokens, Usdc};

/// A floating-point solve is right to one part in so many.
const RELATIVE: i128 = 1_000_000_000_000;

pub(crate) trait Solve {
    fn cost(&self, model: &Model, at: &Situation, d: i128) -> i128;
    fn proceeds(&self, model: &Model, at: &Situation, d: i128) -> i128;
    fn depth(&self, model: &Model, at: &Situation, is_buy: bool, t: &Real, want: i128) -> i128;
}

/// Every solve in 160 bits, rounded exactly.
pub(crate) struct Exact;

impl Solve for Exact {
    fn cost(&self, _: &Model, at: &Situation, d: i128) -> i128 {
        at.cost(d)
    }
    fn proceeds(&self, _: &Model, at: &Situation, d: i128) -> i128 {
        at.proceeds(d)
    }
    fn depth(&self, _: &Model, at: &Situation, is_buy: bool, t: &Real, want: i128) -> i128 {
        at.depth(is_buy, t, want)
    }
}

/// The engine's solves, each within a micro and 10⁻¹² of the exact one.
pub(crate) struct Checked;

/// The model's pools as the engine takes them.
fn public(model: &Model) -> PublicMarket {
    let small = |n: i128| i64::try_from(n).unwrap();
    let outcomes = model.pools.iter().map(|pool| PoolState {
        v: Usdc(small(pool.v)),
        q_yes: Tokens(small(pool.q[0])),
        q_no: Tokens(small(pool.q[1])),
        virtual_yes: Tokens(small(pool.virtual_yes)),
        pairs: Tokens(small(pool.pairs)),
        seigniorage: Usdc(small(pool.seigniorage)),
        active: pool.active,
    });
    PublicMarket {
        params: model.params.clone(),
        segment_start_ms: model.segment_start_ms,
        segment_end_ms: model.segment_end_ms,
        rounds_held: 0,
        outcomes: outcomes.map(|pool| PublicOutcome { pool, levels: Vec::new() }).collect(),
    }
}

fn curve<'m>(market: &'m PublicMarket, model: &Model, at: &Situation, direction: Direction) -> CurveView<'m> {
    let (i, side) = at.place;
    let leg = Leg { outcome: outcome(i), side, direction };
    market.curve(leg, Tokens(at.d0 as i64), model.now_ms).unwrap()
}

impl Solve for Checked {
    fn cost(&self, model: &Model, at: &Situation, d: i128) -> i128 {
        let market = public(model);
        let curve = curve(&market, model, at, Direction::Buy);
        let engine: i128 = curve.value_with_eta(Tokens(d as i64), at.eta.to_f64()).unwrap().0.into();
        let exact = at.cost(d);
        if engine >= BEYOND_ANY_BALANCE && exact >= BEYOND_ANY_BALANCE {
            return engine;
        }
        // At the floor the value is exact; beside it a last digit decides whether it is met.
        let near_floor = at.symbols().is_near_floor(d, at.floor_slack());
        let floor_slack = if near_floor { at.floor_slack() } else { 0 };
        let near = (engine - exact).abs() <= 1 + floor_slack + exact / RELATIVE;
        let solvent = at.setting.bearable(at.v + at.kept_of_buy(engine), at.q + d);
        assert!(near && solvent, "cost of {d}: engine {engine}, exactly {exact}, {at:?}");
        engine
    }

    fn proceeds(&self, model: &Model, at: &Situation, d: i128) -> i128 {
        let market = public(model);
        let curve = curve(&market, model, at, Direction::Sell);
        let engine: i128 = curve.value(Tokens(d as i64)).unwrap().0.into();
        let exact = at.proceeds(d);
        // A last digit beside the cap decides which tooth of ⌊ζX⌋ a value is on.
        let beside_cap = at.rest_of_sell(exact + 1 + exact / RELATIVE) > at.cap();
        let cap_slack = if beside_cap && !at.is_capped(d) { at.floor_slack() } else { 0 };
        let near = (engine - exact).abs() <= 1 + cap_slack + exact / RELATIVE;
        let solvent = at.rest_of_sell(engine) <= at.cap().max(0);
        assert!(near && solvent, "proceeds of {d}: engine {engine}, exactly {exact}, {at:?}");
        engine
    }

    fn depth(&self, model: &Model, at: &Situation, is_buy: bool, t: &Real, want: i128) -> i128 {
        let market = public(model);
        let curve = curve(&market, model, at, if is_buy { Direction::Buy } else { Direction::Sell });
        let want = want.min(1_000_000_000_000_000);
        let engine: i128 = curve.depth(t.to_f64(), Tokens(want as i64)).0.into();
        let symbols = at.symbols();
        let slack = at.depth_slack(t);
        let within = |d: i128| d <= 0 || symbols.is_within(is_buy, &Real::micros(d), t);
        assert!(within(engine - slack), "depth({}) = {engine} is too much: {at:?}", t.to_f64());
        let more = engine + slack;
        assert!(
            more >= want || !within(more),
            "depth({}) of {want} = {engine} is too little: {} {at:?}",
            t.to_f64(),
            at.depth(is_buy, t, want)
        );
        engine
    }
}
