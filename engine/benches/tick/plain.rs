//! The base of all ratios: a price-time book for every token, without pool or accounts.

use matchcore::{
    CancelCmd, Command, CommandKind, CommandMeta, LimitOrder, MarketOrder, NewOrder, OrderBook, OrderFlags, OrderId,
    Price, Quantity, QuantityPolicy, SequenceNumber, Side, SubmitCmd, TimeInForce, Timestamp,
};
use outcry_engine::{Direction, Input, Order, OrderKind};
use std::collections::VecDeque;

/// Ticks after which an order is taken back, as in the market's work.
const TICKS_KEPT: usize = 20;

#[derive(Clone)]
pub(crate) struct Plain {
    /// Per outcome and side.
    books: Vec<OrderBook>,
    sequence: u64,
    /// The limit orders of the last ticks.
    recent: VecDeque<Vec<Place>>,
}

/// A book and an order's number: that of the command that brought it.
type Place = (usize, OrderId);

impl Plain {
    pub(crate) fn new(outcomes: u8) -> Self {
        let books = (0..2 * outcomes).map(|token| OrderBook::new(&token.to_string())).collect();
        // Numbered from 1, as the market's orders are.
        Self { books, sequence: 1, recent: VecDeque::new() }
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
            for place in self.recent.pop_front().unwrap_or_default() {
                self.cancel(place);
            }
        }
    }

    fn cancel(&mut self, (book, order_id): Place) {
        let order_kind = matchcore::OrderKind::Limit;
        self.execute(book, CommandKind::Cancel(CancelCmd { order_id, order_kind }));
    }

    pub(crate) fn apply(&mut self, input: &Input) {
        match input {
            Input::Orders { orders, .. } => self.tick(orders),
            // Where single orders are taken back, all of them are in the first book.
            Input::Cancel { order, .. } => self.cancel((0, OrderId(order.0))),
            _ => {}
        }
    }

    fn tick(&mut self, orders: &[Order]) {
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
