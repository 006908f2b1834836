//! What a fill means to those who trade: accounts, cash and standings.

use crate::{
    accounts::Seats,
    amount::Usdc,
    book::Share,
    fill::{Fill, Party},
    order::{Direction, OpenOrder, OrderId, UserId},
    report::{CashKind, Event, OrderStatus, OrderUpdate, Report},
};

/// Money as it changes the cash of whoever trades in a direction.
pub(super) fn signed(direction: Direction, amount: Usdc) -> Usdc {
    match direction {
        Direction::Buy => Usdc::ZERO - amount,
        Direction::Sell => amount,
    }
}

/// Buyer and seller of a fill that one side asked for.
pub(super) fn in_order(direction: Direction, taker: Party, maker: Party) -> (Party, Party) {
    match direction {
        Direction::Buy => (taker, maker),
        Direction::Sell => (maker, taker),
    }
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

pub(super) fn party(order: &OpenOrder) -> Party {
    Party::User { user: order.user, order: order.id }
}

/// How a resting order stands after a fill.
pub(super) fn standing(order: &OpenOrder) -> OrderUpdate {
    let status = if order.remaining().0 == 0 { OrderStatus::Filled } else { OrderStatus::Partial };
    let (id, user, filled, remaining) = (order.id, order.user, order.filled, order.remaining());
    OrderUpdate { id, user, status, filled, remaining, reason: None }
}

/// Notes a fill, and that it happened.
pub(super) fn note_fill(report: &mut Report, fill: Fill) {
    report.events.push(Event::Fill { trade_id: fill.trade_id });
    report.fills.push(fill);
}
