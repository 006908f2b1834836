//! Traders at a market with nothing between: who acts when, and what the market is then asked for. It changes no market.

use crate::{action::Action, pace::Pace, prices::PastPrices, seen::Seen, strategy::Strategy, view::View};
use outcry_engine::{Order, OrderId, OwnView, UserId};
use rand_chacha::ChaCha8Rng;

/// A strategy at work, with its own chances and pace.
pub struct Trader {
    /// Whose account it trades on.
    pub user: UserId,
    /// What it does.
    pub strategy: Box<dyn Strategy + Send>,
    /// Its chances.
    pub rng: ChaCha8Rng,
    /// When it is its turn.
    pub pace: Pace,
}

/// What is asked of a market for a tick; cancels come first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// Orders to be taken back, with their owners.
    pub cancels: Vec<(UserId, OrderId)>,
    /// Orders for the tick.
    pub orders: Vec<Order>,
}

impl Wishes {
    /// Lets everyone act whose turn it is. `own` says what a participant has; `next_order` numbers the orders.
    pub fn of(
        traders: &mut [Trader],
        (market, prices): (&dyn Seen, &PastPrices),
        own: impl Fn(UserId) -> OwnView,
        now_ms: u64,
        next_order: &mut u64,
    ) -> Self {
        let mut wishes = Self::default();
        for Trader { user, strategy, rng, pace } in traders {
            if !pace.is_due(now_ms) {
                continue;
            }
            let (user, own) = (*user, own(*user));
            for action in strategy.act(&View { market, prices, own: &own, now_ms }, rng) {
                match action {
                    Action::Order { outcome, side, direction, kind, size } => {
                        let id = OrderId(*next_order);
                        *next_order += 1;
                        wishes.orders.push(Order { id, user, outcome, side, direction, kind, size, ts_ms: now_ms });
                    }
                    Action::Cancel(order) => wishes.cancels.push((user, order)),
                    Action::CancelAll => wishes.cancels.extend(own.orders.iter().map(|order| (user, order.id))),
                }
            }
        }
        wishes
    }
}
