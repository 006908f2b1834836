//! Random places of a trade: a pool in any state that §9 allows.

use crate::chance;
use crate::curve::Situation;
use crate::dice::Dice;
use crate::real::Real;
use crate::setting::{Fraction, Setting};
use outcry_engine::{
    CurveView, Direction, Leg, OutcomeId, Params, PoolState, PublicMarket, PublicOutcome, Rate, Side, Tokens, Usdc,
};

pub(super) struct Place {
    pub(super) market: PublicMarket,
    pub(super) side: Side,
    pub(super) direction: Direction,
    pub(super) done: i64,
    now_ms: u64,
}

/// Supplies and collateral that no invariant forbids.
fn pool(dice: &mut Dice, params: &Params) -> PoolState {
    let s = params.subsidy_start().0;
    let any = dice.between(-s / 2, 3 * s);
    let v = Usdc(dice.pick(&[0, 0, any, any, -s / 4, 1]));
    let l = v.0 + params.subsidy(v).0;
    let most = (i128::from(l) * i128::from(params.p_max.0) / 1_000_000) as i64;
    let q = |dice: &mut Dice| {
        let any = dice.log_between(1, most.max(1));
        dice.pick(&[l / 2, l / 2, any, most, most - 1, most / 3, 1]).clamp(1, most.max(1))
    };
    let (q_yes, q_no) = (q(dice), q(dice));
    let virtual_yes = if dice.once_in(4) { dice.between(0, q_yes - 1) } else { 0 };
    PoolState {
        v,
        q_yes: Tokens(q_yes - virtual_yes),
        q_no: Tokens(q_no),
        virtual_yes: Tokens(virtual_yes),
        pairs: Tokens(0),
        seigniorage: Usdc(0),
        active: true,
    }
}

impl Place {
    pub(super) fn random(dice: &mut Dice) -> Self {
        let mut params = chance::any_params(dice);
        // One moment of the parameters' path is as good as another.
        (params.mu_end, params.nu_end) = (params.mu_start, params.nu_start);
        (params.kappa_end, params.zeta_end) = (params.kappa_start, params.zeta_start);
        let count = usize::from(params.n_outcomes);
        let mut outcomes: Vec<PublicOutcome> =
            (0..count).map(|_| PublicOutcome { pool: pool(dice, &params), levels: Vec::new() }).collect();
        for outcome in outcomes.iter_mut().skip(1) {
            outcome.pool.active = !dice.once_in(5);
        }
        let most = params.z.0;
        let market = PublicMarket { params, segment_start_ms: 0, segment_end_ms: 1, rounds_held: 0, outcomes };
        let done = if dice.once_in(2) { 0 } else { dice.log_between(1, most) };
        Self { market, side: dice.pick(&Side::BOTH), direction: dice.pick(&Direction::BOTH), done, now_ms: 0 }
    }

    pub(super) fn curve(&self) -> CurveView<'_> {
        let leg = Leg { outcome: OutcomeId(0), side: self.side, direction: self.direction };
        self.market.curve(leg, Tokens(self.done), self.now_ms).unwrap()
    }

    pub(super) fn pool(&self) -> &PoolState {
        &self.market.outcomes[0].pool
    }

    fn supply(pool: &PoolState, side: Side) -> i64 {
        match side {
            Side::Yes => pool.q_yes.0 + pool.virtual_yes.0,
            Side::No => pool.q_no.0,
        }
    }

    pub(super) fn q(&self) -> i64 {
        Self::supply(self.pool(), self.side)
    }

    pub(super) fn l(&self) -> i64 {
        self.pool().v.0 + self.market.params.subsidy(self.pool().v).0
    }

    /// A size that can be traded: a sale stays below the supply.
    pub(super) fn size(&self, dice: &mut Dice) -> i64 {
        let most = match self.direction {
            Direction::Buy => dice.pick(&[self.l().max(1), 1_000_000_000_000_000]),
            Direction::Sell => (self.q() - 1).max(1),
        };
        let any = dice.log_between(1, most);
        dice.pick(&[any, any, any, 1, most, most / 2 + 1]).clamp(1, most)
    }

    /// The same place for the exact curve.
    pub(super) fn situation(&self) -> Situation {
        let p = &self.market.params;
        let setting = Setting {
            s: p.subsidy_start().0.into(),
            gamma: p.gamma.0.into(),
            p_max: p.p_max.0.into(),
            p_min: p.p_min.0.into(),
        };
        let fraction = |rate: Rate| Fraction { num: rate.0.into(), den: 1_000_000_000 };
        let others = self.market.outcomes.iter().skip(1).filter(|outcome| outcome.pool.active);
        let room = |pool: &PoolState| {
            let most = Self::supply(pool, Side::Yes).max(Self::supply(pool, Side::No));
            (i128::from(pool.v.0) - setting.least_v(most.into())).max(0)
        };
        Situation {
            rooms: others.map(|outcome| room(&outcome.pool)).collect(),
            mu: fraction(p.mu_start),
            nu: fraction(p.nu_start),
            kappa: fraction(p.kappa_start),
            zeta: fraction(p.zeta_start),
            eta: Real::ratio(p.eta.0.into(), 1_000_000_000),
            place: (0, self.side),
            v: self.pool().v.0.into(),
            q: self.q().into(),
            q_other: Self::supply(self.pool(), self.side.other()).into(),
            d0: self.done.into(),
            setting,
        }
    }
}
