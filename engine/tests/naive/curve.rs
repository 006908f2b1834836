//! The cost of a trade with the pool (§4), straight from its definition.

use super::real::Real;
use super::setting::{BEYOND_ANY_BALANCE, Fraction, Setting};
use outcry_engine::Side;

/// Everything the cost of a trade with one side of one pool depends on.
#[derive(Clone, Debug)]
pub(crate) struct Situation {
    pub(crate) setting: Setting,
    pub(crate) mu: Fraction,
    pub(crate) nu: Fraction,
    pub(crate) kappa: Fraction,
    pub(crate) zeta: Fraction,
    pub(crate) eta: Real,
    /// Which pool, which side.
    pub(crate) place: (usize, Side),
    /// Collateral of the pool, effective supply of the side traded and of the other.
    pub(crate) v: i128,
    pub(crate) q: i128,
    pub(crate) q_other: i128,
    /// room_j of every other active outcome.
    pub(crate) rooms: Vec<i128>,
    /// D₀.
    pub(crate) d0: i128,
}

/// The symbols of §4 in 160 bits, whole units.
#[derive(Clone, Debug)]
pub(crate) struct Symbols {
    a: Real,
    b: Real,
    /// The share of a trade that stays with its own pool.
    f: Real,
    l: Real,
    p: Real,
    q: Real,
    v: Real,
    kappa: Real,
    zeta: Real,
    eta: Real,
    d0: Real,
    p_max: Real,
    p_min: Real,
    cap: Real,
    rooms: Vec<Real>,
    setting: Setting,
}

impl Situation {
    pub(crate) fn symbols(&self) -> Symbols {
        let (mu, nu) = (self.mu.real(), self.nu.real());
        let a = &mu / (&mu + nu);
        let q = Real::micros(self.q);
        let l = Real::micros(self.setting.liquidity(self.v));
        let zeta = self.zeta.real();
        Symbols {
            b: Real::int(1) - &a,
            a,
            f: Real::int(1) - Real::int(self.rooms.len() as i128) * &zeta,
            p: &q / &l,
            l,
            q,
            v: Real::micros(self.v),
            kappa: self.kappa.real(),
            zeta,
            eta: self.eta.clone(),
            d0: Real::micros(self.d0),
            p_max: Real::micros(self.setting.p_max),
            p_min: Real::micros(self.setting.p_min),
            cap: Real::micros(self.cap()),
            rooms: self.rooms.iter().map(|&room| Real::micros(room)).collect(),
            setting: self.setting.clone(),
        }
    }

    /// What the pool itself gains of a purchase's X, in micros.
    pub(crate) fn kept_of_buy(&self, x: i128) -> i128 {
        x - self.rooms.len() as i128 * self.zeta.floor_of(x)
    }

    /// What the pool itself loses of a sale's X, in micros.
    pub(crate) fn rest_of_sell(&self, x: i128) -> i128 {
        x - self.rooms.iter().map(|&room| room.min(self.zeta.floor_of(x))).sum::<i128>()
    }

    /// Micros that the roundings of ζX to each other pool are worth in X.
    pub(crate) fn floor_slack(&self) -> i128 {
        let roundings = Real::int(self.rooms.len() as i128 + 2) / self.symbols().f;
        1 + roundings.to_f64() as i128
    }

    /// Micro-tokens within which a depth may be cut: micros that rounding shifts in the pool
    /// and the last bits of a price, over how fast price or value move with the size.
    pub(crate) fn depth_slack(&self, t: &Real) -> i128 {
        let symbols = self.symbols();
        let shifted = 2.0 * self.floor_slack() as f64 + self.q.max(self.q_other) as f64 * 1e-15;
        let moves = 1.0 - (symbols.f * t * &symbols.p_max).to_f64();
        2 + (shifted / t.to_f64().min(moves).max(1e-7)) as i128
    }

    /// How much the pool may lose before its other side passes p_max.
    pub(crate) fn cap(&self) -> i128 {
        self.v - self.setting.least_v(self.q_other)
    }

    /// What a buyer of `d` pays.
    pub(crate) fn cost(&self, d: i128) -> i128 {
        let x = self.symbols().real_cost(&Real::micros(d));
        if x >= Real::micros(BEYOND_ANY_BALANCE) {
            return BEYOND_ANY_BALANCE;
        }
        let bearable = |x: i128| self.setting.bearable(self.v + self.kept_of_buy(x), self.q + d);
        let penalised = self.symbols().penalised_cost(&Real::micros(d)).micros_up();
        if bearable(penalised) {
            return penalised;
        }
        // Roundings of ζX leave more in the pool than its share: the least X is below the real floor.
        let mut x = penalised.max(x.micros_up() - self.floor_slack());
        while !bearable(x) {
            x += 1;
        }
        x
    }

    /// What a seller of `d` < q gets.
    pub(crate) fn proceeds(&self, d: i128) -> i128 {
        let symbols = self.symbols();
        let mut x = symbols.real_proceeds(&Real::micros(d)).micros_down();
        if self.rest_of_sell(x) > self.cap() {
            // ζ is no binary fraction: where the real bound is a whole number it may come out below.
            x = x.min(largest(x, |x| symbols.rest(&Real::micros(x)) <= symbols.cap) + 1);
        }
        while x > 0 && self.rest_of_sell(x) > self.cap() {
            x -= 1;
        }
        x
    }

    /// Whether the cap decides what a seller of `d` gets, beyond what a solve's last digits do.
    pub(crate) fn is_capped(&self, d: i128) -> bool {
        let x = self.symbols().real_proceeds(&Real::micros(d)).micros_down();
        self.rest_of_sell(x - 1 - x / 1_000_000_000_000) > self.cap() + self.floor_slack()
    }

    /// depth(t), as far as `want`.
    pub(crate) fn depth(&self, is_buy: bool, t: &Real, want: i128) -> i128 {
        let symbols = self.symbols();
        let mut depth = largest(want, |d| symbols.is_within(is_buy, &Real::micros(d), t));
        while depth > 0 && !self.keeps_price(is_buy, t, depth) {
            depth -= 1;
        }
        depth
    }

    /// Whether what `d` costs is never above ⌈t·d⌉, or what it brings never below ⌊t·d⌋.
    pub(crate) fn keeps_price(&self, is_buy: bool, t: &Real, d: i128) -> bool {
        let value = t * &Real::micros(d);
        if is_buy { self.cost(d) <= value.micros_up() } else { self.proceeds(d) >= value.micros_down() }
    }
}

impl Symbols {
    fn convex(&self, d: &Real) -> Real {
        &self.kappa * (d * d + Real::int(2) * &self.d0 * d)
    }

    /// X of a purchase by the quadratic, before penalty and floor.
    pub(crate) fn raw_cost(&self, d: &Real) -> Real {
        let k = &self.a * &self.p * d + self.convex(d);
        let m = &self.b * d * (&self.q + d);
        let linear = &self.l - &self.f * &k;
        let constant = &k * &self.l + m;
        // The positive root of f·X² + linear·X − constant.
        let root = (&linear * &linear + Real::int(4) * &self.f * &constant).sqrt();
        if linear > Real::int(0) {
            Real::int(2) * constant / (linear + root)
        } else {
            (root - linear) / (Real::int(2) * &self.f)
        }
    }

    /// X of a sale by the quadratic, before penalty and cap; may be negative.
    pub(crate) fn raw_proceeds(&self, d: &Real) -> Real {
        let k = &self.b * &self.p * d - self.convex(d);
        let m = &self.a * d * (&self.q - d);
        let linear = &self.l + &self.f * &k;
        let constant = &k * &self.l + m;
        // The smaller root of f·X² − linear·X + constant.
        let root = (&linear * &linear - Real::int(4) * &self.f * &constant).sqrt();
        if linear > Real::int(0) {
            Real::int(2) * constant / (linear + root)
        } else {
            (linear - root) / (Real::int(2) * &self.f)
        }
    }

    /// p′ = (q + Δ)/(L + f·X).
    pub(crate) fn price_after_buy(&self, d: &Real, x: &Real) -> Real {
        (&self.q + d) / (&self.l + &self.f * x)
    }

    /// p′ = (q − Δ)/(L − f·X).
    pub(crate) fn price_after_sell(&self, d: &Real, x: &Real) -> Real {
        (&self.q - d) / (&self.l - &self.f * x)
    }

    /// m(Δ) of the raw purchase whose X is `x`.
    pub(crate) fn marginal_cost(&self, d: &Real, x: &Real) -> Real {
        let l = &self.l + &self.f * x;
        let after = (&self.q + d) / &l;
        let step = &self.b * d / &l;
        let convex = Real::int(2) * &self.kappa * (&self.d0 + d);
        let top = &self.a * &self.p + &self.b * &after + &step + convex;
        top / (Real::int(1) + step * &self.f * after)
    }

    /// m(Δ) of the raw sale whose X is `x`.
    pub(crate) fn marginal_proceeds(&self, d: &Real, x: &Real) -> Real {
        let l = &self.l - &self.f * x;
        let after = (&self.q - d) / &l;
        let step = &self.a * d / &l;
        let convex = Real::int(2) * &self.kappa * (&self.d0 + d);
        let top = &self.a * &after + &self.b * &self.p - &step - convex;
        top / (Real::int(1) - step * &self.f * after)
    }

    /// X of a purchase with penalty, not yet raised to the floor or rounded.
    fn penalised_cost(&self, d: &Real) -> Real {
        let raw = self.raw_cost(d);
        let after = self.price_after_buy(d, &raw);
        if after > self.p_max { raw * (after / &self.p_max).pow(&self.eta) } else { raw }
    }

    /// The solvency floor: what brings the price at the true L down to p_max.
    fn floor(&self, d: &Real) -> Real {
        let l = (&self.q + d) / &self.p_max;
        (self.setting.v_real(&l) - &self.v) / &self.f
    }

    /// X of a purchase with penalty and solvency floor, not yet rounded.
    pub(crate) fn real_cost(&self, d: &Real) -> Real {
        self.penalised_cost(d).max(self.floor(d))
    }

    /// Whether the penalised cost is so near to the floor, within `slack` micros and a solve's last
    /// digits, that one of them may be above it and the other below.
    pub(crate) fn is_near_floor(&self, d: i128, slack: i128) -> bool {
        let d = Real::micros(d);
        let (floor, cost) = (self.floor(&d), self.penalised_cost(&d));
        let slack = Real::micros(slack) + &floor.clone().max(cost.clone()) / Real::int(1_000_000_000_000);
        &floor - &slack <= cost && cost <= floor + slack
    }

    /// X of a sale with penalty, not yet capped or rounded.
    pub(crate) fn real_proceeds(&self, d: &Real) -> Real {
        let raw = self.raw_proceeds(d);
        if raw <= Real::int(0) {
            return Real::int(0);
        }
        let after = self.price_after_sell(d, &raw);
        if after < self.p_min { raw * (after / &self.p_min).pow(&self.eta) } else { raw }
    }

    /// What the pool itself loses of a sale's X.
    fn rest(&self, x: &Real) -> Real {
        let diverted = &self.zeta * x;
        self.rooms.iter().fold(x.clone(), |rest, room| rest - room.clone().min(diverted.clone()))
    }

    /// Whether trading `d` is no worse than `t` all along, with no penalty, floor or cap.
    pub(crate) fn is_within(&self, is_buy: bool, d: &Real, t: &Real) -> bool {
        if is_buy { self.buy_is_within(d, t) } else { self.sell_is_within(d, t) }
    }

    fn buy_is_within(&self, d: &Real, t: &Real) -> bool {
        let x = self.raw_cost(d);
        if self.marginal_cost(d, &x) > *t || self.price_after_buy(d, &x) > self.p_max {
            return false;
        }
        let at_true_l = (&self.q + d) / self.setting.liquidity_real(&(&self.v + &self.f * x));
        at_true_l <= *t && at_true_l <= self.p_max
    }

    fn sell_is_within(&self, d: &Real, t: &Real) -> bool {
        if *d >= self.q {
            return false;
        }
        let x = self.raw_proceeds(d);
        if x < Real::int(0) || self.marginal_proceeds(d, &x) < *t || self.price_after_sell(d, &x) < self.p_min {
            return false;
        }
        let rest = self.rest(&x);
        let at_true_l = (&self.q - d) / self.setting.liquidity_real(&(&self.v - &rest));
        at_true_l >= *t && rest <= self.cap
    }
}

/// The largest of 0..=`most` for which `good` holds, which it does up to some point.
pub(crate) fn largest(most: i128, good: impl Fn(i128) -> bool) -> i128 {
    if most <= 0 {
        return 0;
    }
    if good(most) {
        return most;
    }
    let (mut yes, mut no) = (0, most);
    while no - yes > 1 {
        let mid = yes + (no - yes) / 2;
        if good(mid) { yes = mid } else { no = mid }
    }
    yes
}
