//! A scenario's names: users and orders are any strings.

use crate::order::{OrderId, UserId};
use std::collections::BTreeMap;

/// Strings numbered from 1 in order of appearance.
#[derive(Default)]
struct Numbered {
    names: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Numbered {
    fn number(&mut self, name: &str) -> usize {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.names.len());
        self.names.len()
    }

    fn name(&self, number: usize) -> &str {
        number.checked_sub(1).and_then(|index| self.names.get(index)).map_or("", String::as_str)
    }
}

/// The names of users and orders.
#[derive(Default)]
pub(super) struct Names {
    users: Numbered,
    orders: Numbered,
}

impl Names {
    pub(super) fn user_id(&mut self, name: &str) -> UserId {
        UserId(u32::try_from(self.users.number(name)).unwrap_or(u32::MAX))
    }

    pub(super) fn order_id(&mut self, name: &str) -> OrderId {
        OrderId(self.orders.number(name) as u64)
    }

    pub(super) fn user(&self, id: UserId) -> &str {
        self.users.name(id.0 as usize)
    }

    pub(super) fn order(&self, id: OrderId) -> &str {
        self.orders.name(usize::try_from(id.0).unwrap_or(usize::MAX))
    }
}
