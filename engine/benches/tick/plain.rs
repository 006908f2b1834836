//! The base of all ratios: a price-time book for every token, without pool or accounts.

use matchcore::{
    CancelCmd, Command, CommandKind, CommandMeta, LimitOrder, MarketOrder, NewOrder, OrderBook, OrderFlags, OrderId,
    Price, Quantity, QuantityPolicy, SequenceNumber, Side, SubmitCmd, TimeInForce, Timestamp,
};
use outcry_engine::{Direction, Input, Order, OrderKind};
use std::collections::VecDeque;

/// Ticks after which an order is taken back, as in the market's work.
const TICKS_KEPT: usize = 20;

pub(crate) struct Plain {
    /// Per outcome and side.
    books: Vec<OrderBook>,
    sequence: u64,
    recent: VecDeque<Vec<(usize, OrderId)>>,
}

impl Plain {
    pub(crate) fn new(outcomes: u8) -> Self {
        let books = (0..2 * outcomes).map(|token| OrderBook::new(&token.to_string())).collect();
        Self { books, sequence: 0, recent: VecDeque::new() }
    }

    fn execute(&mut self, book: usize, kind: CommandKind) -> OrderId {
        let sequence = self.sequence;
        self.sequence += 1;
        let meta = CommandMeta { sequence_number: SequenceNumber(sequence), timestamp: Timestamp(sequence) };
        std::hint::black_box(self.books[book].execute(&Command { meta, kind }));
        OrderId(sequence)
    }

    /// Takes back the limit orders of the tick that is now too old.
    pub(crate) fn age(&mut self) {
        if self.recent.len() >= TICKS_KEPT {
            for (book, order_id) in self.recent.pop_front().unwrap_or_default() {
                self.execute(
                    book,
                    CommandKind::Cancel(CancelCmd { order_id, order_kind: matchcore::OrderKind::Limit }),
                );
            }
        }
    }

    pub(crate) fn tick(&mut self, input: &Input) {
        let Input::Orders { orders, .. } = input else { return };
        let mut rested = Vec::with_capacity(orders.len());
        for order in orders {
            let book = 2 * order.outcome.index() + order.side.index();
            let id = self.execute(book, CommandKind::Submit(SubmitCmd { order: translated(order) }));
            if matches!(order.kind, OrderKind::Limit { .. }) {
                rested.push((book, id));
            }
        }
        self.recent.push_back(rested);
    }
}

fn translated(order: &Order) -> NewOrder {
    let side = if order.direction == Direction::Buy { Side::Buy } else { Side::Sell };
    let quantity = Quantity(order.size.0.unsigned_abs());
    match order.kind {
        OrderKind::Market { .. } => NewOrder::Market(MarketOrder::new(quantity, side, false)),
        OrderKind::Limit { price, .. } => NewOrder::Limit(LimitOrder::new(
            Price(u64::from(price.0)),
            QuantityPolicy::Standard { quantity },
            OrderFlags::new(side, false, TimeInForce::Gtc),
        )),
    }
}
