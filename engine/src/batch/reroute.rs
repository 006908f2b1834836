//! Resting orders that the pool now betters are served by it (§5.2).

use super::{
    settle::{in_order, note_fill, party, settle_maker, standing},
    tick::Tick,
};
use crate::{
    amount::{Price, Usdc},
    book::{Share, Who, ranked},
    curve::{self, Trade},
    fill::{Fill, FillType, Party},
    order::{Direction, Leg, OutcomeId, Side},
    pro_rata::apportion,
    report::CashKind,
    reroute,
    state::State,
};

/// A tick pool's trade with the maker's pool.
struct ReRoute {
    price: Price,
    trade: Trade,
    fee: Usdc,
    shares: Vec<Share>,
    /// What the price leaves within the limit: the fee, and the rest is the orders'.
    within: Usdc,
}

/// Whether the maker's pool betters a limit.
enum Bettered {
    /// Neither it nor any worse one.
    No,
    /// Not by as much as a micro.
    ByNothing,
    By(ReRoute),
}

impl Tick<'_> {
    /// Outcome by outcome, YES before NO, bids before asks, best first.
    pub(super) fn re_route(&mut self) {
        for outcome in (0..self.terms.params.n_outcomes).map(OutcomeId) {
            for side in Side::BOTH {
                for direction in Direction::BOTH {
                    self.re_route_ladder(Leg { outcome, side, direction });
                }
            }
        }
    }

    fn re_route_ladder(&mut self, leg: Leg) {
        let mut rank = 0;
        loop {
            match self.plan_re_route(leg, rank) {
                Bettered::No => return,
                Bettered::ByNothing => rank += 1,
                Bettered::By(re_route) => {
                    let before = self.state.books.ladder(leg).len();
                    self.commit_re_route(&re_route);
                    // A pool that was filled whole has left: the next one has its rank.
                    let gone = self.state.books.ladder(leg).len() < before;
                    rank += usize::from(!gone);
                }
            }
        }
    }

    /// The trade of the `rank`-th best pool, if the maker's pool betters it.
    fn plan_re_route(&self, leg: Leg, rank: usize) -> Bettered {
        let Some(pool) = ranked(self.state.books.ladder(leg), leg.direction, rank) else { return Bettered::No };
        let Some(trade) = reroute::trade(&self.terms, &self.state.pools, leg, pool.price, pool.total) else {
            return Bettered::No;
        };
        let mut shares = Vec::new();
        pool.split(trade.size, pool.total, Who::Everyone, &mut shares);
        let within = reroute::within(&trade, shares.iter().map(|share| share.cash).sum());
        if within.0 < 0 {
            return Bettered::ByNothing;
        }
        let fee = reroute::fee(&self.terms, &trade, within);
        Bettered::By(ReRoute { price: pool.price, trade, fee, shares, within })
    }

    fn commit_re_route(&mut self, re_route: &ReRoute) {
        let ReRoute { price, trade, fee, ref shares, within } = *re_route;
        let Trade { leg, size, value, .. } = trade;
        let Leg { outcome, side, direction } = leg;
        let mut room = Vec::new();
        let within: Vec<Usdc> = apportion(within, weights_of_within(direction, shares), &mut room).collect();
        let mut fees = apportion(fee, within.iter().map(|part| part.0), &mut room);
        let mut withins = within.iter();
        let average = Price::average(value, size);
        let State { pools, books, seats, volume, last_trade_id, .. } = &mut *self.state;
        curve::apply(&self.terms, pools, &trade);
        books.fill(leg, price, shares, |resting, share| {
            let (within, fee) = (withins.next().copied().unwrap_or(Usdc::ZERO), fees.next().unwrap_or(Usdc::ZERO));
            *last_trade_id += 1;
            let (trade_id, user) = (*last_trade_id, (resting.user, resting.id));
            settle_maker(seats, resting, share, None, &mut self.report);
            seats.update(resting.user, |account| account.balance += within - fee);
            let value = match direction {
                Direction::Buy => share.cash - within,
                Direction::Sell => share.cash + within,
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
                    outcome,
                    side,
                    price: average,
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

/// By what the orders share what the price leaves within the limit. A bid's part is at most what
/// it pays: parts of a micro-token pay nothing, and get nothing back.
fn weights_of_within(direction: Direction, shares: &[Share]) -> impl Iterator<Item = i64> {
    shares.iter().map(move |share| match direction {
        Direction::Buy => share.cash.0,
        Direction::Sell => share.size.0,
    })
}
