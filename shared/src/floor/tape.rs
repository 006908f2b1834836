//! Fills as everyone sees them: who traded with whom at which price, and who came for it.

use crate::message::PublicTrade;
use outcry_engine::{Direction, Fill, Order, OrderId, OrderKind, Report};

/// The trades of a tick as everyone sees them.
#[must_use]
pub fn public_trades(report: &Report, orders: &[Order]) -> Vec<PublicTrade> {
    let is_market =
        |id: OrderId| orders.iter().any(|order| order.id == id && matches!(order.kind, OrderKind::Market { .. }));
    report.fills.iter().map(|fill| public_trade(fill, &is_market)).collect()
}

fn public_trade(fill: &Fill, is_market: &impl Fn(OrderId) -> bool) -> PublicTrade {
    PublicTrade {
        trade_id: fill.trade_id,
        ts_ms: fill.ts_ms,
        outcome: fill.outcome,
        side: fill.side,
        price: fill.price,
        size: fill.size,
        fill_type: fill.fill_type,
        buyer: fill.buyer.user(),
        seller: fill.seller.user(),
        taker: taker(fill, is_market),
    }
}

/// Who came for it: the user against the pool; of two users the one with a market order, else
/// the one whose order is younger.
fn taker(fill: &Fill, is_market: &impl Fn(OrderId) -> bool) -> Direction {
    match (fill.buyer.order(), fill.seller.order()) {
        (Some(_), None) => Direction::Buy,
        (None, _) => Direction::Sell,
        (Some(buyer), Some(seller)) => match (is_market(buyer), is_market(seller)) {
            (true, false) => Direction::Buy,
            (false, true) => Direction::Sell,
            _ if buyer > seller => Direction::Buy,
            _ => Direction::Sell,
        },
    }
}
