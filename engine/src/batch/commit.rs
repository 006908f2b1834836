//! Carrying out a checked route: nothing here can fail.

use super::{
    settle::{in_order, note_fill, party, settle_maker, signed, standing},
    tick::Tick,
};
use crate::{
    amount::{Price, Tokens, Usdc},
    auto_fill::AutoFill,
    curve::Trade,
    fill::{Fill, FillType, Party},
    levels::{share_fee, share_value},
    order::{Direction, Leg, Order, OrderId, OutcomeId, UserId},
    pro_rata::apportion,
    report::{CashKind, Event, Report},
    route::Part,
    state::State,
};

/// What a taker's parts add up to.
#[derive(Default)]
struct Taken {
    cash: Usdc,
    tokens: Tokens,
    fills: u64,
}

impl Taken {
    /// Adds a fill of the taker; returns by how much its cash changes.
    fn add(&mut self, direction: Direction, size: Tokens, value: Usdc, fee: Usdc) -> Usdc {
        let cash = match direction {
            Direction::Buy => Usdc::ZERO - value - fee,
            Direction::Sell => value - fee,
        };
        self.cash += cash;
        self.tokens += size;
        self.fills += 1;
        cash
    }
}

impl Tick<'_> {
    /// Carries out the planned route of `order`.
    pub(super) fn commit(&mut self, order: &Order) {
        let mut taken = Taken::default();
        for index in 0..self.route.parts.len() {
            self.commit_part(order, index, &mut taken);
        }
        if let Some(trade) = self.route.total.pool {
            self.commit_pool(order, &trade, &mut taken);
        }
        // The route's pools stand after the trade, its impact and its auto-fills.
        self.state.pools.clone_from(&self.route.pools);
        self.commit_pairs(order.outcome);
        for index in 0..self.route.auto_fills.fills.len() {
            self.commit_auto_fill(order.outcome, index);
        }
        self.commit_refund(order);
        self.state.seats.update(order.user, |account| {
            account.balance += taken.cash;
            account.trade_count += taken.fills;
            let free = &mut account.free[order.outcome.index()][order.side.index()];
            match order.direction {
                Direction::Buy => *free += taken.tokens,
                Direction::Sell => *free -= taken.tokens,
            }
        });
    }

    /// Complete sets made or burned by the route's implied levels.
    fn commit_pairs(&mut self, outcome: OutcomeId) {
        let pool = &mut self.state.pools[outcome.index()];
        for part in &self.route.parts {
            match part.fill_type {
                FillType::Mint => pool.pairs += part.size,
                FillType::Merge => pool.pairs -= part.size,
                FillType::Lob | FillType::Amm | FillType::AutoFill => {}
            }
        }
    }

    fn commit_part(&mut self, order: &Order, index: usize, taken: &mut Taken) {
        let State { books, seats, fees, volume, last_trade_id, .. } = &mut *self.state;
        let part = &self.route.parts[index];
        let Part { fill_type, leg, price, .. } = *part;
        books.fill(leg, price, self.route.shares_of(part), |resting, share| {
            let value = share_value(&self.terms, fill_type, order.direction, price, share.size);
            let fee = share_fee(&self.terms, fill_type, value);
            let taker_cash = taken.add(order.direction, share.size, value, fee);
            let (maker_cash, held) = (signed(resting.direction, share.cash), held_for_pairs(fill_type, share.size));
            // What the parties' cash and the pairs do not account for is the maker's: the
            // fee and what rounding leaves over.
            *fees -= taker_cash + maker_cash + held;
            *volume += if fill_type == FillType::Lob { value } else { share.size.at_par() };
            *last_trade_id += 1;
            let taker_id = (order.user, order.id);
            settle_maker(seats, resting, share, Some(*last_trade_id), &mut self.report);
            pay_taker(&mut self.report, order.direction, (value, fee), taker_id, *last_trade_id);
            // A pair's fill is told from the market order's side.
            let told = if fill_type == FillType::Lob { order.direction } else { Direction::Buy };
            let (outcome, side, ts_ms) = (order.outcome, order.side, self.now_ms);
            let (buyer, seller) = in_order(told, as_party(taker_id), party(resting));
            note_fill(
                &mut self.report,
                Fill {
                    trade_id: *last_trade_id,
                    buyer,
                    seller,
                    outcome,
                    side,
                    price: Price::average(value, share.size),
                    size: share.size,
                    value,
                    fee,
                    fill_type,
                    ts_ms,
                },
            );
            self.report.orders.push(standing(resting));
        });
    }

    fn commit_pool(&mut self, order: &Order, trade: &Trade, taken: &mut Taken) {
        let (value, fee) = (trade.value, self.terms.pool_fee(trade.value));
        taken.add(trade.leg.direction, trade.size, value, fee);
        self.state.fees += fee;
        self.state.volume += value;
        self.state.last_trade_id += 1;
        let trade_id = self.state.last_trade_id;
        let taker_id = (order.user, order.id);
        pay_taker(&mut self.report, order.direction, (value, fee), taker_id, trade_id);
        let (buyer, seller) = in_order(order.direction, as_party(taker_id), Party::Pool);
        note_fill(
            &mut self.report,
            Fill {
                trade_id,
                buyer,
                seller,
                outcome: order.outcome,
                side: order.side,
                price: Price::average(value, trade.size),
                size: trade.size,
                value,
                fee,
                fill_type: FillType::Amm,
                ts_ms: self.now_ms,
            },
        );
    }

    fn commit_auto_fill(&mut self, trigger: OutcomeId, index: usize) {
        let fill = &self.route.auto_fills.fills[index];
        let AutoFill { leg, price, size, surplus, seigniorage, .. } = *fill;
        let Leg { outcome, side, direction } = leg;
        let State { books, seats, volume, last_trade_id, .. } = &mut *self.state;
        let shares = self.route.auto_fills.shares_of(fill);
        let event = Event::AutoFill { trigger, outcome, side, direction, price, size, surplus, seigniorage };
        self.report.events.push(event);
        let weights = shares.iter().map(|share| share.size.0);
        let mut rebates = apportion(surplus - seigniorage, weights, &mut self.room);
        books.fill(leg, price, shares, |resting, share| {
            *volume += share.cash;
            *last_trade_id += 1;
            settle_maker(seats, resting, share, Some(*last_trade_id), &mut self.report);
            let (buyer, seller) = in_order(direction, party(resting), Party::Pool);
            note_fill(
                &mut self.report,
                Fill {
                    trade_id: *last_trade_id,
                    buyer,
                    seller,
                    outcome,
                    side,
                    price,
                    size: share.size,
                    value: share.cash,
                    fee: Usdc::ZERO,
                    fill_type: FillType::AutoFill,
                    ts_ms: self.now_ms,
                },
            );
            self.report.orders.push(standing(resting));
            let amount = rebates.next().unwrap_or(Usdc::ZERO);
            if amount.0 > 0 {
                let (order, user) = (resting.id, resting.user);
                seats.update(user, |account| account.balance += amount);
                self.report.pay(CashKind::Rebate, amount, (user, order), Some(*last_trade_id));
                self.report.events.push(Event::Rebate { order, user, amount });
            }
        });
    }

    fn commit_refund(&mut self, order: &Order) {
        let (amount, user, order) = (self.route.refund(), order.user, order.id);
        if amount.0 > 0 {
            self.state.seats.update(user, |account| account.balance += amount);
            self.report.pay(CashKind::Refund, amount, (user, order), None);
            self.report.events.push(Event::Refund { order, user, amount });
        }
    }
}

/// What a fill adds to the USDC held for complete sets.
fn held_for_pairs(fill_type: FillType, size: Tokens) -> Usdc {
    match fill_type {
        FillType::Mint => size.at_par(),
        FillType::Merge => Usdc::ZERO - size.at_par(),
        FillType::Lob | FillType::Amm | FillType::AutoFill => Usdc::ZERO,
    }
}

fn pay_taker(
    report: &mut Report,
    direction: Direction,
    (value, fee): (Usdc, Usdc),
    taker: (UserId, OrderId),
    trade_id: u64,
) {
    let kind = if direction == Direction::Buy { CashKind::Cost } else { CashKind::Proceeds };
    report.pay(kind, signed(direction, value), taker, Some(trade_id));
    report.pay(CashKind::Fee, Usdc::ZERO - fee, taker, Some(trade_id));
}

fn as_party((user, order): (UserId, OrderId)) -> Party {
    Party::User { user, order }
}
