//! Carrying out a checked route: nothing here can fail.

use super::Tick;
use crate::{
    accounts::Seats,
    amount::{Price, Tokens, Usdc},
    auto_fill::AutoFill,
    book::{Share, largest_remainder},
    check::to_price,
    curve::Trade,
    market::OpenOrder,
    order::{Direction, Order, OrderId, OutcomeId, UserId},
    report::{CashKind, Event, Fill, FillType, OrderStatus, OrderUpdate, Party, Report},
    route::{Part, Route, share_fee, share_value},
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
        if let Some(trade) = self.route.pool {
            self.commit_pool(order, &trade, &mut taken);
        }
        // The route's pools stand after the trade, its impact and its auto-fills.
        self.state.pools.clone_from(&self.route.pools);
        self.commit_pairs(order.outcome);
        for index in 0..self.route.auto_fills.len() {
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
        let Part { fill_type, ladder, price, shares, .. } = self.route.parts[index];
        let shares = &self.route.shares[shares.0..shares.1];
        books[ladder.outcome].fill((ladder.side, ladder.direction, price), shares, |resting, share| {
            let value = share_value(&self.terms, fill_type, order.direction, price, share.size);
            let fee = share_fee(&self.terms, fill_type, value);
            let taker_cash = taken.add(order.direction, share.size, value, fee);
            let (maker_cash, held) = (signed(resting.direction, share.cash), held_for_pairs(fill_type, share.size));
            // What the parties' cash and the pairs do not account for is the maker's: the
            // fee and what rounding leaves over.
            *fees -= taker_cash + maker_cash + held;
            *volume += if fill_type == FillType::Lob { value } else { Usdc(share.size.0) };
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
                    price: average(value, share.size),
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
        let (value, fee) = (trade.value, self.route.pool_fee);
        taken.add(trade.direction, trade.size, value, fee);
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
                price: average(value, trade.size),
                size: trade.size,
                value,
                fee,
                fill_type: FillType::Amm,
                ts_ms: self.now_ms,
            },
        );
    }

    fn commit_auto_fill(&mut self, trigger: OutcomeId, index: usize) {
        let AutoFill { ladder, price, size, surplus, seigniorage, shares } = self.route.auto_fills[index];
        let outcome = OutcomeId(ladder.outcome as u8);
        let State { books, seats, volume, last_trade_id, .. } = &mut *self.state;
        let Route { shares: all, apportioned: room, .. } = &mut self.route;
        let shares = &all[shares.0..shares.1];
        let (side, direction) = (ladder.side, ladder.direction);
        let event = Event::AutoFill { trigger, outcome, side, direction, price, size, surplus, seigniorage };
        self.report.events.push(event);
        let mut rebates = apportion(shares, surplus - seigniorage, size, room);
        books[ladder.outcome].fill((side, direction, price), shares, |resting, share| {
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
        let (amount, user, order) = (self.route.refund, order.user, order.id);
        if amount.0 > 0 {
            self.state.seats.update(user, |account| account.balance += amount);
            self.report.pay(CashKind::Refund, amount, (user, order), None);
            self.report.events.push(Event::Refund { order, user, amount });
        }
    }
}

/// Money as it changes the cash of whoever trades in a direction.
pub(super) fn signed(direction: Direction, amount: Usdc) -> Usdc {
    match direction {
        Direction::Buy => Usdc::ZERO - amount,
        Direction::Sell => amount,
    }
}

/// What a fill adds to the USDC held for complete sets.
fn held_for_pairs(fill_type: FillType, size: Tokens) -> Usdc {
    match fill_type {
        FillType::Mint => Usdc(size.0),
        FillType::Merge => Usdc(-size.0),
        FillType::Lob | FillType::Amm | FillType::AutoFill => Usdc::ZERO,
    }
}

/// Shares an amount among filled orders in proportion to what was filled; `parts` is room
/// for it.
pub(super) fn apportion<'p>(
    shares: &[Share],
    amount: Usdc,
    filled: Tokens,
    parts: &'p mut Vec<Share>,
) -> impl Iterator<Item = Usdc> + use<'p> {
    parts.clear();
    parts.extend_from_slice(shares);
    largest_remainder(parts, amount.0, filled.0);
    parts.iter().map(|part| Usdc(part.size.0))
}

/// Buyer and seller of a fill that one side asked for.
pub(super) fn in_order(direction: Direction, taker: Party, maker: Party) -> (Party, Party) {
    match direction {
        Direction::Buy => (taker, maker),
        Direction::Sell => (maker, taker),
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

/// What a resting order's user gets for a fill at its limit: tokens for a bid, which pays
/// out of its escrow; cash for an ask. Without a trade id the fills are noted apart.
pub(super) fn settle_maker(
    seats: &mut Seats,
    resting: &OpenOrder,
    share: &Share,
    trade_id: Option<u64>,
    report: &mut Report,
) {
    seats.update(resting.user, |account| {
        account.trade_count += 1;
        match resting.direction {
            Direction::Buy => account.free[resting.outcome.index()][resting.side.index()] += share.size,
            Direction::Sell => account.balance += share.cash,
        }
    });
    if trade_id.is_some() {
        pay_maker(report, resting.direction, share.cash, (resting.user, resting.id), trade_id);
    }
    if resting.remaining().0 == 0 {
        seats.note_gone(resting.user, resting.id);
    }
}

/// The movements of a resting order's cash when it is filled for `cash` at its limit.
pub(super) fn pay_maker(
    report: &mut Report,
    direction: Direction,
    cash: Usdc,
    maker: (UserId, OrderId),
    trade_id: Option<u64>,
) {
    match direction {
        Direction::Buy => {
            report.pay(CashKind::Escrow, cash, maker, trade_id);
            report.pay(CashKind::Cost, Usdc::ZERO - cash, maker, trade_id);
        }
        Direction::Sell => report.pay(CashKind::Proceeds, cash, maker, trade_id),
    }
}

fn as_party((user, order): (UserId, OrderId)) -> Party {
    Party::User { user, order }
}

pub(super) fn party(order: &OpenOrder) -> Party {
    as_party((order.user, order.id))
}

/// How a resting order stands after a fill.
pub(super) fn standing(order: &OpenOrder) -> OrderUpdate {
    let status = if order.remaining().0 == 0 { OrderStatus::Filled } else { OrderStatus::Partial };
    let (id, user, filled, remaining) = (order.id, order.user, order.filled, order.remaining());
    OrderUpdate { id, user, status, filled, remaining, reason: None }
}

pub(super) fn note_fill(report: &mut Report, fill: Fill) {
    report.events.push(Event::Fill { trade_id: fill.trade_id });
    report.fills.push(fill);
}

/// Value per token, to the nearest micro.
pub(super) fn average(value: Usdc, size: Tokens) -> Price {
    to_price(value.0 as f64 / size.0 as f64).unwrap_or(Price(u32::MAX))
}
