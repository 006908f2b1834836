//! Auto-fill (§6): resting orders served by the cross-impact of a trade.

use super::curve::{Situation, largest};
use super::model::Model;
use super::real::Real;
use outcry_engine::{Direction, FillType, Order, OrderId, Rate, Side};

/// A pool of opt-in orders that may be filled.
struct Candidate {
    outcome: usize,
    side: Side,
    limit: i128,
}

impl Model {
    /// Fills what qualifies after a pool trade of value `x` in `i`. Says the maker's parts, in order.
    pub(crate) fn auto_fill(&mut self, i: usize, direction: Direction, x: i128) -> Vec<(usize, i128)> {
        let mut parts = Vec::new();
        if !self.params.af_enabled {
            return parts;
        }
        let mut allowance = share_of(self.params.af_max_surplus, &Real::int(x));
        let most = share_of(self.params.af_cap_frac, &(self.zeta().real() * Real::int(x)));
        for candidate in self.candidates(i, direction) {
            if parts.len() == usize::from(self.params.af_max_pools) {
                break;
            }
            let Some((d, surplus)) = self.auto_fill_size(&candidate, direction, most, allowance) else { continue };
            parts.push((candidate.outcome, self.carry_out(&candidate, direction, d, surplus)));
            allowance -= surplus;
        }
        parts
    }

    /// Highest bids or lowest asks first, ties to the lower outcome, then YES.
    fn candidates(&self, i: usize, direction: Direction) -> Vec<Candidate> {
        let mut list = Vec::new();
        for outcome in self.active().into_iter().filter(|&j| j != i) {
            for side in Side::BOTH {
                for limit in self.ticks(outcome, side, direction) {
                    list.push(Candidate { outcome, side, limit });
                }
            }
        }
        let sign = if direction == Direction::Buy { -1 } else { 1 };
        list.sort_by_key(|c| (sign * c.limit, c.outcome, c.side.index()));
        list
    }

    fn opted_in(&self, at: &Candidate, direction: Direction) -> Vec<OrderId> {
        let all = self.resting(at.outcome, at.side, direction, at.limit);
        all.into_iter().filter(|&id| self.rest(id).opt_in).collect()
    }

    /// Limit value of `d` less the pool's cost, or the pool's proceeds less it.
    fn surplus(&self, at: &Candidate, direction: Direction, d: i128) -> i128 {
        let parts = self.pro_rata(&self.opted_in(at, direction), d);
        let situation = self.situation(at.outcome, at.side, 0);
        match direction {
            Direction::Buy => self.at_limit(&parts) - self.solver.cost(self, &situation, d),
            Direction::Sell => self.solver.proceeds(self, &situation, d) - self.at_limit(&parts),
        }
    }

    fn auto_fill_size(
        &self,
        at: &Candidate,
        direction: Direction,
        most: i128,
        allowance: i128,
    ) -> Option<(i128, i128)> {
        let is_buy = direction == Direction::Buy;
        let (limit, spot) = (Real::micros(at.limit), self.spot(at.outcome, at.side));
        if if is_buy { limit <= spot } else { limit >= spot } {
            return None;
        }
        let volume = self.volume_of(&self.opted_in(at, direction));
        let situation = self.situation(at.outcome, at.side, 0);
        let want = self.solver.depth(self, &situation, is_buy, &limit, volume.min(most));
        let d = largest(want, |d| self.surplus(at, direction, d) <= allowance);
        if d == 0 {
            return None;
        }
        let surplus = self.surplus(at, direction, d);
        (surplus > 0).then_some((d, surplus))
    }

    /// Fills `d`; says the maker's part of the surplus.
    fn carry_out(&mut self, at: &Candidate, direction: Direction, d: i128, surplus: i128) -> i128 {
        let (j, side) = (at.outcome, at.side);
        let situation = self.situation(j, side, 0);
        let parts = self.pro_rata(&self.opted_in(at, direction), d);
        let x = match direction {
            Direction::Buy => self.solver.cost(self, &situation, d),
            Direction::Sell => self.solver.proceeds(self, &situation, d),
        };
        self.impact(j, side, direction, d, x);
        self.hand_over(j, side, direction, &parts);
        let makers = share_of(self.params.sigma, &Real::int(surplus));
        self.pools[j].v += makers;
        self.pools[j].seigniorage += makers;
        self.share(&parts, surplus - makers);
        let at_limit = if direction == Direction::Buy { x + surplus } else { x - surplus };
        self.note_pool_fills(j, side, direction, &parts, at_limit, 0, FillType::AutoFill);
        makers
    }

    /// Whether both prices of a pool are at most p_max with so much less in it.
    fn bears_without(&self, j: usize, less: i128) -> bool {
        let (pool, setting) = (&self.pools[j], self.setting());
        Side::BOTH.into_iter().all(|side| setting.bearable(pool.v - less, pool.effective(side)))
    }

    /// Gives a buyer who paid the penalty part of it back, out of the maker's parts.
    /// `before` is the market that the trade met.
    pub(crate) fn refund(
        &mut self,
        order: &Order,
        before: &Model,
        at: &Situation,
        (d, x): (i128, i128),
        parts: Vec<(usize, i128)>,
    ) -> i128 {
        let (real_d, curve) = (Real::micros(d), at.symbols());
        let penalised = curve.price_after_buy(&real_d, &curve.raw_cost(&real_d)) > Real::micros(at.setting.p_max);
        let s: i128 = parts.iter().map(|part| part.1).sum();
        if !penalised || s == 0 {
            return 0;
        }
        let eta = (&at.eta - &Real::ratio(s, x)).max(Real::int(1));
        let saved = x - self.solver.cost(before, &Situation { eta, ..at.clone() }, d);
        let most = saved.min(s).max(0);
        let mut refund = 0;
        for (j, part) in parts.into_iter().rev() {
            // As much as both prices bear.
            let wanted = part.min(most - refund);
            let back = largest(wanted, |back| self.bears_without(j, back));
            self.refunds_at_cap += u64::from(back < wanted);
            self.pools[j].v -= back;
            self.pools[j].seigniorage -= back;
            refund += back;
        }
        self.user(order.user).balance += refund;
        refund
    }
}

/// ⌊rate · amount⌋, exactly: 160 bits hold every product of these ranges.
fn share_of(rate: Rate, micros: &Real) -> i128 {
    (Real::ratio(i128::from(rate.0), 1) * micros / Real::int(1_000_000_000 * 1_000_000)).micros_down()
}
