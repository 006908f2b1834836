//! The state of the naive model (§3) and what follows from it directly.

use super::book::Rest;
use super::curve::Situation;
use super::real::Real;
use super::setting::{Fraction, Setting};
use super::solve::Solve;
use outcry_engine::{
    Direction, FillType, InterpolationMode, OrderId, OrderStatus, OutcomeId, Params, Price, Rate, Side, UserId,
};
use std::{collections::BTreeMap, rc::Rc};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pool {
    pub(crate) v: i128,
    pub(crate) q: [i128; 2],
    pub(crate) virtual_yes: i128,
    pub(crate) pairs: i128,
    pub(crate) seigniorage: i128,
    pub(crate) active: bool,
}

impl Pool {
    /// Supply that carries the price: YES counts its virtual part.
    pub(crate) fn effective(&self, side: Side) -> i128 {
        match side {
            Side::Yes => self.q[0] + self.virtual_yes,
            Side::No => self.q[1],
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) deposit: i128,
    pub(crate) balance: i128,
    pub(crate) free: Vec<[i128; 2]>,
    pub(crate) gas_paid: i128,
    pub(crate) trade_count: u64,
    pub(crate) open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    pub(crate) buyer: Option<UserId>,
    pub(crate) seller: Option<UserId>,
    pub(crate) outcome: usize,
    pub(crate) side: Side,
    pub(crate) value: i128,
    pub(crate) size: i128,
    pub(crate) fee: i128,
    pub(crate) kind: FillType,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) status: OrderStatus,
    pub(crate) filled: i128,
    pub(crate) remaining: i128,
}

#[derive(Clone)]
pub(crate) struct Model {
    pub(crate) params: Params,
    pub(crate) pools: Vec<Pool>,
    pub(crate) users: BTreeMap<UserId, User>,
    pub(crate) book: Vec<Rest>,
    pub(crate) fees: i128,
    pub(crate) gas: i128,
    pub(crate) paid_in: i128,
    pub(crate) volume: i128,
    pub(crate) settled: bool,
    /// Times that a refund took less of a pool than its part, for the sake of its prices.
    pub(crate) refunds_at_cap: u64,
    /// Numbers of the rounds that were held.
    pub(crate) held: Vec<u32>,
    pub(crate) segment_start_ms: u64,
    pub(crate) segment_end_ms: u64,
    pub(crate) now_ms: u64,
    /// Of the step: fills, payouts, and where every order named in it stands.
    pub(crate) fills: Vec<Fill>,
    pub(crate) payouts: BTreeMap<UserId, i128>,
    pub(crate) standings: BTreeMap<OrderId, Standing>,
    /// Every order id ever taken.
    pub(crate) taken: Vec<OrderId>,
    /// D₀ of the tick: who traded how much with which side of which pool in which direction.
    pub(crate) traded: Vec<(UserId, usize, Side, Direction, i128)>,
    pub(crate) solver: Rc<dyn Solve>,
}

pub(crate) fn ceil_div(a: i128, b: i128) -> i128 {
    -(-a).div_euclid(b)
}

/// A rate times an amount, rounded up.
pub(crate) fn rate_up(rate: Rate, amount: i128) -> i128 {
    ceil_div(i128::from(rate.0) * amount, 1_000_000_000)
}

/// A price times a size, rounded up.
pub(crate) fn value_up(price: i128, size: i128) -> i128 {
    ceil_div(price * size, 1_000_000)
}

/// A price times a size, rounded down.
pub(crate) fn value_down(price: i128, size: i128) -> i128 {
    (price * size).div_euclid(1_000_000)
}

impl Model {
    pub(crate) fn new(params: Params, solver: Rc<dyn Solve>) -> Self {
        let q0 = i128::from(params.q0.0);
        let pool = Pool { q: [q0, q0], active: true, ..Pool::default() };
        let pools = vec![pool; usize::from(params.n_outcomes)];
        let mut model = Self {
            pools,
            users: BTreeMap::new(),
            book: Vec::new(),
            fees: 0,
            gas: 0,
            paid_in: 0,
            volume: 0,
            settled: false,
            refunds_at_cap: 0,
            held: Vec::new(),
            segment_start_ms: 0,
            segment_end_ms: 0,
            now_ms: 0,
            fills: Vec::new(),
            payouts: BTreeMap::new(),
            standings: BTreeMap::new(),
            taken: Vec::new(),
            traded: Vec::new(),
            params,
            solver,
        };
        model.start_segment(0);
        model
    }

    /// §8: `continue` is one segment over everything, `reset` one from a resume to the next freeze.
    pub(crate) fn start_segment(&mut self, resume_ms: u64) {
        let end_ms = u64::from(self.params.total_duration) * 1000;
        match self.params.interpolation_mode {
            InterpolationMode::Continue => (self.segment_start_ms, self.segment_end_ms) = (0, end_ms),
            InterpolationMode::Reset => {
                self.segment_start_ms = resume_ms;
                let numbers = (0..self.params.rounds.len()).filter(|&k| self.is_to_come(Some(k as u32)));
                let freezes = numbers.map(|k| u64::from(self.params.rounds[k].at_s) * 1000);
                self.segment_end_ms = freezes.filter(|&ms| ms >= resume_ms).min().unwrap_or(end_ms);
            }
        }
    }

    /// Whether an elimination may hold the round: none later was held, nor itself; by hand always.
    pub(crate) fn is_to_come(&self, round: Option<u32>) -> bool {
        let Some(round) = round else { return true };
        (round as usize) < self.params.rounds.len() && self.held.iter().all(|&held| held < round)
    }

    pub(crate) fn join(&mut self, user: UserId, deposit: i128) {
        let free = vec![[0, 0]; self.pools.len()];
        let account = User { deposit, balance: deposit, free, open: true, ..User::default() };
        self.users.insert(user, account);
    }

    pub(crate) fn begin_step(&mut self, now_ms: u64) {
        self.now_ms = now_ms;
        self.fills.clear();
        self.payouts.clear();
        self.standings.clear();
        self.traded.clear();
    }

    pub(crate) fn active(&self) -> Vec<usize> {
        (0..self.pools.len()).filter(|&i| self.pools[i].active).collect()
    }

    pub(crate) fn setting(&self) -> Setting {
        Setting {
            s: i128::from(self.params.z.0) / i128::from(self.params.n_outcomes),
            gamma: i128::from(self.params.gamma.0),
            p_max: i128::from(self.params.p_max.0),
            p_min: i128::from(self.params.p_min.0),
        }
    }

    /// §8: linear from start to end, exactly.
    fn at_now(&self, start: Rate, end: Rate) -> Fraction {
        let length = i128::from(self.segment_end_ms) - i128::from(self.segment_start_ms);
        let (start, end) = (i128::from(start.0), i128::from(end.0));
        if length <= 0 {
            return Fraction { num: end, den: 1_000_000_000 };
        }
        let elapsed = (i128::from(self.now_ms) - i128::from(self.segment_start_ms)).clamp(0, length);
        Fraction { num: start * length + (end - start) * elapsed, den: 1_000_000_000 * length }
    }

    pub(crate) fn zeta(&self) -> Fraction {
        self.at_now(self.params.zeta_start, self.params.zeta_end)
    }

    /// room_j: what outcome j can give before a side of it passes p_max.
    fn room(&self, j: usize) -> i128 {
        let pool = &self.pools[j];
        let most = pool.effective(Side::Yes).max(pool.effective(Side::No));
        (pool.v - self.setting().least_v(most)).max(0)
    }

    /// What a trade with one side of pool i depends on now.
    pub(crate) fn situation(&self, i: usize, side: Side, d0: i128) -> Situation {
        let p = &self.params;
        Situation {
            setting: self.setting(),
            mu: self.at_now(p.mu_start, p.mu_end),
            nu: self.at_now(p.nu_start, p.nu_end),
            kappa: self.at_now(p.kappa_start, p.kappa_end),
            zeta: self.zeta(),
            eta: Real::ratio(i128::from(p.eta.0), 1_000_000_000),
            place: (i, side),
            v: self.pools[i].v,
            q: self.pools[i].effective(side),
            q_other: self.pools[i].effective(side.other()),
            rooms: self.active().into_iter().filter(|&j| j != i).map(|j| self.room(j)).collect(),
            d0,
        }
    }

    pub(crate) fn spot(&self, i: usize, side: Side) -> Real {
        let pool = &self.pools[i];
        Real::ratio(pool.effective(side), self.setting().liquidity(pool.v))
    }

    /// Moves `d` tokens and `x` money between a user side and the pool: the impact of §4.
    pub(crate) fn impact(&mut self, i: usize, side: Side, direction: Direction, d: i128, x: i128) {
        let at = self.situation(i, side, 0);
        let others: Vec<usize> = self.active().into_iter().filter(|&j| j != i).collect();
        match direction {
            Direction::Buy => {
                for &j in &others {
                    self.pools[j].v += at.zeta.floor_of(x);
                }
                self.pools[i].v += at.kept_of_buy(x);
                self.pools[i].q[side.index()] += d;
            }
            Direction::Sell => {
                for (&j, &room) in others.iter().zip(&at.rooms) {
                    self.pools[j].v -= room.min(at.zeta.floor_of(x));
                }
                self.pools[i].v -= at.rest_of_sell(x);
                self.pools[i].q[side.index()] -= d;
            }
        }
    }

    pub(crate) fn d0(&self, user: UserId, i: usize, side: Side, direction: Direction) -> i128 {
        let same = self.traded.iter().filter(|t| (t.0, t.1, t.2, t.3) == (user, i, side, direction));
        same.map(|t| t.4).sum()
    }

    pub(crate) fn user(&mut self, id: UserId) -> &mut User {
        self.users.get_mut(&id).unwrap()
    }

    pub(crate) fn note(&mut self, fill: Fill) {
        for user in [fill.buyer, fill.seller].into_iter().flatten() {
            self.user(user).trade_count += 1;
        }
        self.volume += if matches!(fill.kind, FillType::Mint | FillType::Merge) { fill.size } else { fill.value };
        self.fills.push(fill);
    }
}

/// Parts of `amount` in proportion to `weights`: the largest remainder, ties to the earlier.
pub(crate) fn apportion(weights: &[i128], amount: i128) -> Vec<i128> {
    let total: i128 = weights.iter().sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let mut parts: Vec<i128> = weights.iter().map(|w| amount * w / total).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&k| (-(amount * weights[k] % total), k));
    let left = amount - parts.iter().sum::<i128>();
    for &k in order.iter().take(left as usize) {
        parts[k] += 1;
    }
    parts
}

pub(crate) fn outcome(i: usize) -> OutcomeId {
    OutcomeId(i as u8)
}

pub(crate) fn price(p: Price) -> i128 {
    i128::from(p.0)
}
