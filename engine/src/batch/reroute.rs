//! Resting orders that the pool now betters are served by it (§5.2).

use super::{
    Tick,
    commit::{apportion, average, in_order, note_fill, party, settle_maker, standing},
};
use crate::{
    amount::{Price, Usdc},
    book::{Share, Who},
    curve::{self, Trade},
    order::{Direction, OutcomeId, Side},
    report::{CashKind, Fill, FillType, Party},
    route::position,
    state::State,
};

/// A tick pool's trade with the maker's pool.
struct ReRoute {
    price: Price,
    trade: Trade,
    fee: Usdc,
    shares: Vec<Share>,
    /// What price and fee together leave within the limit: the orders'.
    better: Usdc,
}

/// What became of a tick pool's turn.
enum Turn {
    /// The pool does not better it, nor any worse limit.
    Over,
    /// Too little to be worth a micro.
    Nothing,
    Trade(ReRoute),
}

impl Tick<'_> {
    /// Outcome by outcome, YES before NO, bids before asks, best first.
    pub(super) fn re_route(&mut self) {
        for outcome in 0..self.state.pools.len() {
            for side in Side::BOTH {
                for direction in Direction::BOTH {
                    self.re_route_ladder(outcome, side, direction);
                }
            }
        }
    }

    fn re_route_ladder(&mut self, outcome: usize, side: Side, direction: Direction) {
        let mut rank = 0;
        loop {
            match self.plan_re_route((outcome, side, direction), rank) {
                Turn::Over => return,
                Turn::Nothing => rank += 1,
                Turn::Trade(re_route) => {
                    let before = self.state.books[outcome].ladder(side, direction).len();
                    self.commit_re_route(&re_route);
                    // A pool that was filled whole has left: the next one has its rank.
                    let gone = self.state.books[outcome].ladder(side, direction).len() < before;
                    rank += usize::from(!gone);
                }
            }
        }
    }

    /// The trade of the `rank`-th best pool, if the maker's pool betters it.
    fn plan_re_route(&self, place: (usize, Side, Direction), rank: usize) -> Turn {
        let (outcome, side, direction) = place;
        let ladder = self.state.books[outcome].ladder(side, direction);
        let Some(position) = position(direction, ladder.len(), rank) else { return Turn::Over };
        let pool = &ladder[position];
        let with_fee = match direction {
            Direction::Buy => pool.price.as_f64() / (1.0 + self.terms.fee),
            Direction::Sell => pool.price.as_f64() / (1.0 - self.terms.fee),
        };
        let pools = &self.state.pools;
        let none = crate::amount::Tokens::ZERO;
        let size = curve::depth(&self.terms, pools, place, none, with_fee, pool.total);
        if size <= none {
            return Turn::Over;
        }
        let trade = curve::solve(&self.terms, pools, place, size, none);
        let mut shares = Vec::new();
        pool.split(size, pool.total, Who::Everyone, &mut shares);
        let at_limit: Usdc = shares.iter().map(|share| share.cash).sum();
        let within = match direction {
            Direction::Buy => at_limit - trade.value,
            Direction::Sell => trade.value - at_limit,
        };
        if within.0 < 0 {
            return Turn::Nothing;
        }
        // Price and fee together keep the limit: what rounding adds is not charged.
        let fee = self.terms.params.f.of_up(trade.value).min(within);
        Turn::Trade(ReRoute { price: pool.price, trade, fee, shares, better: within - fee })
    }

    fn commit_re_route(&mut self, re_route: &ReRoute) {
        let ReRoute { price, trade, fee, ref shares, better } = *re_route;
        let Trade { outcome, side, direction, size, value, .. } = trade;
        let mut room = [Vec::new(), Vec::new()];
        let [for_betters, for_fees] = &mut room;
        let mut betters = apportion(shares, better, size, for_betters);
        let mut fees = apportion(shares, fee, size, for_fees);
        let State { pools, books, seats, volume, last_trade_id, .. } = &mut *self.state;
        curve::apply(&self.terms, pools, &trade);
        books[outcome].fill((side, direction, price), shares, |resting, share| {
            let (better, fee) = (betters.next().unwrap_or(Usdc::ZERO), fees.next().unwrap_or(Usdc::ZERO));
            *last_trade_id += 1;
            let (trade_id, user) = (*last_trade_id, (resting.user, resting.id));
            settle_maker(seats, resting, share, None, &mut self.report);
            seats.update(resting.user, |account| account.balance += better);
            let value = match direction {
                Direction::Buy => share.cash - better - fee,
                Direction::Sell => share.cash + better + fee,
            };
            match direction {
                Direction::Buy => {
                    self.report.pay(CashKind::Escrow, share.cash, user, Some(trade_id));
                    self.report.pay(CashKind::Cost, Usdc::ZERO - value, user, Some(trade_id));
                }
                Direction::Sell => self.report.pay(CashKind::Proceeds, value, user, Some(trade_id)),
            }
            self.report.pay(CashKind::Fee, Usdc::ZERO - fee, user, Some(trade_id));
            let (buyer, seller) = in_order(direction, party(resting), Party::Pool);
            note_fill(
                &mut self.report,
                Fill {
                    trade_id,
                    buyer,
                    seller,
                    outcome: OutcomeId(outcome as u8),
                    side,
                    price: average(trade.value, size),
                    size: share.size,
                    value,
                    fee,
                    fill_type: FillType::Amm,
                    ts_ms: self.now_ms,
                },
            );
            self.report.orders.push(standing(resting));
        });
        *volume += value;
        self.state.fees += fee;
    }
}
