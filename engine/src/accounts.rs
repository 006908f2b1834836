//! Balances, holdings, and which orders a participant has in the book. A seat's list of orders
//! changes with the book, by [`Seats::note_open`] and [`Seats::note_gone`]; money and tokens are moved
//! by the steps of a tick and of a resolution, which conserve them.

use crate::{
    amount::{Tokens, Usdc},
    book::Place,
    order::{Leg, OpenOrder, OrderId, UserId},
};
use serde::{Deserialize, Serialize};

/// A participant's account. Escrow stands with the open orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Cash that no order holds.
    pub balance: Usdc,
    /// All ever deposited: the starting balance.
    pub deposit: Usdc,
    /// Free tokens per outcome: `[YES, NO]`.
    pub free: Vec<[Tokens; 2]>,
    /// Gas of all submissions so far, of rejected orders too.
    pub gas_paid: Usdc,
    /// Fills so far, one each.
    pub trade_count: u64,
    /// False once the seat was closed.
    pub open: bool,
}

impl Account {
    /// Free tokens of what an order trades; none of an outcome that there is not.
    pub(crate) fn held(&self, leg: Leg) -> Tokens {
        self.free.get(leg.outcome.index()).map_or(Tokens::ZERO, |free| free[leg.side.index()])
    }
}

/// A participant: the account and the open orders, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seat {
    pub(crate) user: UserId,
    pub(crate) account: Account,
    pub(crate) orders: Vec<Place>,
}

/// Every participant, by user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seats(Vec<Seat>);

impl Seats {
    pub(crate) fn index(&self, user: UserId) -> Option<usize> {
        // Users are mostly numbered from 0 or 1 without gaps: look there first.
        let guess = user.0 as usize;
        for index in [guess, guess.wrapping_sub(1)] {
            if self.0.get(index).is_some_and(|seat| seat.user == user) {
                return Some(index);
            }
        }
        self.0.binary_search_by_key(&user, |seat| seat.user).ok()
    }

    pub(crate) fn get(&self, user: UserId) -> Option<&Seat> {
        self.index(user).map(|index| &self.0[index])
    }

    pub(crate) fn get_mut(&mut self, user: UserId) -> Option<&mut Seat> {
        self.index(user).map(|index| &mut self.0[index])
    }

    /// The account of a user who is known to exist: one with an order in the market.
    pub(crate) fn update(&mut self, user: UserId, change: impl FnOnce(&mut Account)) {
        debug_assert!(self.index(user).is_some(), "an order's user has a seat");
        if let Some(seat) = self.get_mut(user) {
            change(&mut seat.account);
        }
    }

    pub(crate) fn insert(&mut self, user: UserId, account: Account) {
        let index = self.0.partition_point(|seat| seat.user < user);
        self.0.insert(index, Seat { user, account, orders: Vec::new() });
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Seat> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Seat> {
        self.0.iter_mut()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Notes that an order rests.
    pub(crate) fn note_open(&mut self, order: &OpenOrder) {
        if let Some(seat) = self.get_mut(order.user) {
            let index = seat.orders.partition_point(|place| place.id < order.id);
            seat.orders.insert(index, Place::from(order));
        }
    }

    /// Notes that an order has left the book.
    pub(crate) fn note_gone(&mut self, user: UserId, id: OrderId) {
        if let Some(seat) = self.get_mut(user)
            && let Ok(index) = seat.orders.binary_search_by_key(&id, |place| place.id)
        {
            seat.orders.remove(index);
        }
    }
}
