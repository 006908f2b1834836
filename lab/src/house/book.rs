//! Resting orders in order of price and time: per outcome, side and direction one ladder, best first. Changes by
//! [`Book::insert`], [`Book::remove`] and [`Book::fill`] alone; knows no accounts.

use outcry_engine::{Direction, Leg, Level, OpenOrder, OrderId, OutcomeId, Side, Tokens, Usdc, UserId};

/// All resting orders.
#[derive(Clone, Debug)]
pub(super) struct Book(Vec<[[Vec<OpenOrder>; 2]; 2]>);

impl Book {
    pub(super) fn new(outcomes: usize) -> Self {
        Self(vec![Default::default(); outcomes])
    }

    /// The orders of a leg, best first.
    pub(super) fn ladder(&self, leg: Leg) -> &[OpenOrder] {
        self.0.get(leg.outcome.index()).map_or(&[], |sides| &sides[leg.side.index()][leg.direction as usize])
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &OpenOrder> {
        self.0.iter().flatten().flatten().flatten()
    }

    /// The best order of every ladder.
    pub(super) fn tops(&self) -> impl Iterator<Item = &OpenOrder> {
        self.0.iter().flatten().flatten().filter_map(|ladder| ladder.first())
    }

    pub(super) fn of(&self, user: UserId) -> Vec<OpenOrder> {
        let mut own: Vec<OpenOrder> = self.all().filter(|order| order.user == user).copied().collect();
        own.sort_unstable_by_key(|order| order.id);
        own
    }

    pub(super) fn insert(&mut self, order: OpenOrder) {
        let ladder = self.ladder_mut(order.leg());
        // Bids fall, asks rise; of one price the older is first.
        let key = |order: &OpenOrder| {
            let price = i64::from(order.price.0);
            (if order.direction == Direction::Buy { -price } else { price }, order.ts_ms, order.id)
        };
        let at = ladder.partition_point(|resting| key(resting) < key(&order));
        ladder.insert(at, order);
    }

    pub(super) fn remove(&mut self, leg: Leg, id: OrderId) -> Option<OpenOrder> {
        let ladder = self.ladder_mut(leg);
        let at = ladder.iter().position(|order| order.id == id)?;
        Some(ladder.remove(at))
    }

    /// Fills a part of an order and returns how it stands then; a bid's escrow pays for it.
    pub(super) fn fill(&mut self, leg: Leg, id: OrderId, size: Tokens) -> Option<OpenOrder> {
        let ladder = self.ladder_mut(leg);
        let at = ladder.iter().position(|order| order.id == id)?;
        let order = &mut ladder[at];
        if leg.direction == Direction::Buy {
            order.escrow -= cash(order, size);
        }
        order.filled += size;
        let after = *order;
        if after.remaining() == Tokens::ZERO {
            ladder.remove(at);
        }
        Some(after)
    }

    /// The best level of a ladder: its price and all that rests there.
    pub(super) fn best(&self, outcome: OutcomeId, side: Side, direction: Direction) -> Option<Level> {
        let ladder = self.ladder(Leg { outcome, side, direction });
        let price = ladder.first()?.price;
        let here = || ladder.iter().take_while(|order| order.price == price);
        let total = here().map(OpenOrder::remaining).sum();
        let opt_in = here().filter(|order| order.af_opt_in).map(OpenOrder::remaining).sum();
        Some(Level { side, direction, price, total, opt_in })
    }

    fn ladder_mut(&mut self, leg: Leg) -> &mut Vec<OpenOrder> {
        &mut self.0[leg.outcome.index()][leg.side.index()][leg.direction as usize]
    }
}

/// What an order pays (a bid, out of its escrow) or gets (an ask) for so much more, at its limit: a bid has paid
/// ⌈filled·limit⌉ since it rests.
pub(super) fn cash(order: &OpenOrder, size: Tokens) -> Usdc {
    match order.direction {
        Direction::Sell => order.price.proceeds(size),
        Direction::Buy => {
            order.escrow - (order.price.cost(order.rested) - order.price.cost(order.rested - order.remaining() + size))
        }
    }
}
