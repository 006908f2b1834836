//! The order being typed: its own methods keep it consistent when one thing of it changes.

use crate::number;
use outcry_engine::{
    Direction, OrderKind, OutcomeId, Price, Rate, Side, Tokens,
    amount::{MICRO, RATE_ONE},
};
use outcry_shared::{message::NewOrder, replica::Replica};
use serde::Serialize;

/// Market or limit, before its figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// At once, whole or not at all.
    #[default]
    Market,
    /// At a price or better.
    Limit,
}

/// What the amount counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// Money to spend, of a purchase.
    #[default]
    Money,
    /// Tokens of the side.
    Tokens,
}

/// Maximum slippages to step through, in tenths of a percent.
const SLIPPAGES: [i64; 12] = [5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1_000];

/// The order being typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draft {
    /// The outcome it is for.
    pub outcome: OutcomeId,
    /// Which of the outcome's two tokens.
    pub side: Side,
    /// Whether tokens are bought or sold; set by [`Draft::turn_direction`].
    pub direction: Direction,
    /// At the market, or at a limit.
    pub kind: Kind,
    /// What the amount counts, of a purchase; sales count tokens.
    pub unit: Unit,
    /// The amount as typed; [`parse`] understands it.
    pub amount: String,
    /// The limit price, on the grid; `None` until one is chosen: then the pool's price.
    pub limit: Option<Price>,
    /// The largest slippage allowed; `None` is the session's suggestion.
    pub max_slippage: Option<Rate>,
    /// Whether what rests may be auto-filled.
    pub af_opt_in: bool,
    /// The confirmation is shown.
    pub confirming: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            outcome: OutcomeId(0),
            side: Side::Yes,
            direction: Direction::Buy,
            kind: Kind::Market,
            unit: Unit::Money,
            amount: String::new(),
            limit: None,
            max_slippage: None,
            af_opt_in: false,
            confirming: false,
        }
    }
}

impl Draft {
    /// What the amount counts now.
    #[must_use]
    pub fn counts(&self) -> Unit {
        if self.direction == Direction::Sell { Unit::Tokens } else { self.unit }
    }

    /// Turns to another outcome or side; the limit belongs to the old price, and an amount to the outcome that it was
    /// meant for.
    pub fn turn_to(&mut self, outcome: OutcomeId, side: Side) {
        if (self.outcome, self.side) != (outcome, side) {
            self.limit = None;
        }
        let other_tokens = self.direction == Direction::Sell && self.side != side;
        if self.outcome != outcome || other_tokens {
            self.amount.clear();
        }
        (self.outcome, self.side) = (outcome, side);
        self.confirming = false;
    }

    /// Leaves an outcome that is out of the game for the one that most is paid for; whether it did. What was typed was
    /// meant for the one that is gone.
    pub fn leave_gone(&mut self, session: &Replica) -> bool {
        if session.is_active(self.outcome) {
            return false;
        }
        let price = |outcome: &OutcomeId| session.spot(*outcome, Side::Yes);
        let active = session.ids().filter(|outcome| session.is_active(*outcome));
        let Some(next) = active.max_by(|a, b| price(a).total_cmp(&price(b)).then(b.cmp(a))) else { return false };
        self.turn_to(next, self.side);
        self.turn_direction(Direction::Buy);
        self.amount.clear();
        true
    }

    /// Turns to buying or selling; the amount counted something else.
    pub fn turn_direction(&mut self, direction: Direction) {
        if self.direction != direction {
            self.amount.clear();
        }
        self.direction = direction;
        self.confirming = false;
    }

    /// Offers all of a holding for sale.
    pub fn offer(&mut self, outcome: OutcomeId, side: Side) {
        self.turn_to(outcome, side);
        self.turn_direction(Direction::Sell);
        self.kind = Kind::Market;
        self.amount.clear();
    }

    /// Sets the amount as money or tokens.
    pub fn set(&mut self, unit: Unit, units: i64) {
        if self.direction == Direction::Buy {
            self.unit = unit;
        }
        self.amount = number::typed(units.max(0));
        self.confirming = false;
    }

    /// The amount in micro-units, when it is a number above 0.
    #[must_use]
    pub fn units(&self) -> Option<i64> {
        number::units(&self.amount).ok().filter(|units| *units > 0)
    }

    /// The next larger (`up`) or smaller slippage to allow.
    #[must_use]
    pub fn slippage_step(current: Rate, up: bool) -> Rate {
        let tenths = current.0 / (RATE_ONE / 1_000);
        let next = if up {
            SLIPPAGES.iter().copied().find(|step| *step > tenths)
        } else {
            SLIPPAGES.iter().rev().copied().find(|step| *step < tenths)
        };
        next.map_or(current, |tenths| Rate(tenths * (RATE_ONE / 1_000)))
    }

    /// The order to send in a session, of this size, with the client's own number.
    #[must_use]
    pub fn order(
        &self,
        (session, client_order_id): (u64, u64),
        size: Tokens,
        limit: Price,
        slippage: Rate,
    ) -> NewOrder {
        let kind = match self.kind {
            Kind::Market => OrderKind::Market { max_slippage: slippage },
            Kind::Limit => OrderKind::Limit { price: limit, af_opt_in: self.af_opt_in },
        };
        let (outcome, side, direction) = (self.outcome, self.side, self.direction);
        NewOrder { session, client_order_id, outcome, side, direction, kind, size, promise: None }
    }
}

/// Whole tokens or dollars in micro-units.
#[must_use]
pub const fn whole(units: i64) -> i64 {
    units * MICRO
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slippage_steps_through_its_list() {
        let percent = |tenths: i64| Rate(tenths * (RATE_ONE / 1_000));
        assert_eq!(Draft::slippage_step(percent(50), true), percent(75));
        assert_eq!(Draft::slippage_step(percent(62), true), percent(75));
        assert_eq!(Draft::slippage_step(percent(62), false), percent(50));
        assert_eq!(Draft::slippage_step(percent(1_000), true), percent(1_000));
    }
}
