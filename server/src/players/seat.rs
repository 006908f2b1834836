//! What a participant is made of: a seat, the connection that holds it, and what is due to its
//! owner.

use crate::{
    net::ConnId,
    peer::Network,
    store::{ANSWERS_KEPT, SeatUpdate, UserRow},
};
use bevy::prelude::*;
use outcry_engine::{OrderId, UserId};
use outcry_shared::message::{Receipt, Seat as SeatInfo, SeatChange, Step};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Receipts kept for someone who is away or whose window is hidden. Older ones are dropped:
/// the record has them.
const RECEIPTS_MAX: usize = 400;

/// A participant's place in the session. It outlives connections.
#[derive(Component, Clone, Debug)]
pub struct Seat {
    user: UserId,
    name: String,
    token_hash: [u8; 32],
    bot: bool,
    open: bool,
    /// Where its owner was last, since this server was started.
    network: Option<Network>,
}

impl Seat {
    /// The seat of a row of the record.
    pub(super) fn of(row: &UserRow) -> Self {
        let UserRow { user, name, token_hash, bot, open, .. } = row.clone();
        Self { user, name, token_hash, bot, open, network: None }
    }

    /// The number in the market.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// The name that everyone sees; [`Seat::user`] tells participants apart.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Hash of the key that it belongs to.
    #[must_use]
    pub const fn token_hash(&self) -> [u8; 32] {
        self.token_hash
    }

    /// Tells it from every other seat.
    #[must_use]
    pub fn mark(&self) -> u64 {
        mark(&self.token_hash)
    }

    /// Where its owner was last.
    pub(super) const fn network(&self) -> Option<Network> {
        self.network
    }

    /// Its owner is there.
    pub(super) const fn is_at(&mut self, network: Network) {
        self.network = Some(network);
    }

    /// It belongs to another key.
    pub(super) const fn rebind(&mut self, key: [u8; 32]) {
        self.token_hash = key;
    }

    /// What the record says of it from now on.
    pub(crate) const fn update(&self) -> SeatUpdate {
        SeatUpdate { user: self.user, token_hash: self.token_hash, open: self.open }
    }

    /// Whether it declared itself a bot.
    #[must_use]
    pub const fn bot(&self) -> bool {
        self.bot
    }

    /// False once the host has closed it.
    #[must_use]
    pub const fn open(&self) -> bool {
        self.open
    }

    /// Closes it for good.
    pub(super) const fn close(&mut self) {
        self.open = false;
    }

    /// Gives it another name; returns the one before.
    pub(super) fn rename(&mut self, name: String) -> String {
        std::mem::replace(&mut self.name, name)
    }
}

/// The connection that holds a seat now: the presence of its owner.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connection(Option<ConnId>);

impl Connection {
    pub(super) const fn new(conn: Option<ConnId>) -> Self {
        Self(conn)
    }

    /// Which, if there is one.
    #[must_use]
    pub const fn get(self) -> Option<ConnId> {
        self.0
    }

    /// Lets another one hold the seat; returns the one before.
    pub(super) const fn replace(&mut self, conn: ConnId) -> Option<ConnId> {
        self.0.replace(conn)
    }

    /// Nobody holds the seat any more; returns who did.
    pub(super) const fn take(&mut self) -> Option<ConnId> {
        self.0.take()
    }
}

/// What a participant has practised, and how much was sent in this session.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Tally {
    orders: u64,
    rejected: u64,
    practised: u8,
    reached: [Option<u32>; Step::ALL.len()],
}

/// Missions of the practice market, one bit each.
const MISSIONS: u8 = 0b111;
/// The longest time from a page to a step that is believed, in ms: a day.
const REACHED_MAX_MS: u32 = 86_400_000;

impl Tally {
    /// Missions of the practice market that were done, one bit each. Known since this server was started.
    #[must_use]
    pub const fn practised(&self) -> u8 {
        self.practised
    }

    pub(super) const fn practise(&mut self, missions: u8) {
        self.practised |= missions & MISSIONS;
    }

    /// When each step was reached, in ms since the page opened. Known since this server was started.
    #[must_use]
    pub const fn reached(&self) -> [Option<u32>; Step::ALL.len()] {
        self.reached
    }

    /// Notes when a step was reached; false when that is known already, or cannot be.
    pub(super) fn reach(&mut self, step: Step, after_ms: u32) -> bool {
        let slot = &mut self.reached[step.index()];
        let news = slot.is_none() && after_ms <= REACHED_MAX_MS && (step != Step::Order || self.orders > 0);
        if news {
            *slot = Some(after_ms);
        }
        news
    }

    /// Orders taken in, rejected ones among them.
    #[must_use]
    pub const fn orders(&self) -> u64 {
        self.orders
    }

    /// Orders that the market rejected.
    #[must_use]
    pub const fn rejected(&self) -> u64 {
        self.rejected
    }

    pub(crate) const fn count_order(&mut self) {
        self.orders += 1;
    }

    pub(crate) const fn count_rejected(&mut self) {
        self.rejected += 1;
    }
}

/// The client's own numbers of orders and their answers, so that one sent again has one
/// effect and gets the same answer, whatever the session has come to meanwhile. Of a session's orders the last
/// [`ANSWERS_KEPT`] are known, as after a restart: an older one that is sent again has one effect by the record.
#[derive(Component, Debug, Default)]
pub struct Keys {
    orders: HashMap<u64, OrderId>,
    /// The client's own number, and the time.
    answers: BTreeMap<OrderId, (u64, u64)>,
}

impl Keys {
    /// The id and time given to an order before.
    #[must_use]
    pub fn answer(&self, client_order_id: u64) -> Option<(OrderId, u64)> {
        let order = self.orders.get(&client_order_id)?;
        self.answers.get(order).map(|(_, ts_ms)| (*order, *ts_ms))
    }

    /// The client's own number of an order.
    #[must_use]
    pub fn client(&self, order: OrderId) -> Option<u64> {
        self.answers.get(&order).map(|(client_order_id, _)| *client_order_id)
    }

    /// Notes the answer to an order.
    pub(crate) fn note(&mut self, client_order_id: u64, order: OrderId, ts_ms: u64) {
        if let Some(other) = self.orders.insert(client_order_id, order) {
            self.answers.remove(&other);
        }
        self.answers.insert(order, (client_order_id, ts_ms));
    }

    /// Forgets the answers to orders that are so old that a restart would not bring them back.
    pub(super) fn forget_old(&mut self, last: OrderId) {
        let oldest = OrderId((last.0 + 1).saturating_sub(ANSWERS_KEPT));
        while let Some(first) = self.answers.first_entry().filter(|first| *first.key() < oldest) {
            self.orders.remove(&first.remove().0);
        }
    }
}

/// What a participant has not been told yet.
#[derive(Component, Debug)]
pub struct Due {
    /// Sent in this order, oldest first.
    receipts: VecDeque<Receipt>,
    /// Whether the private state is to be sent.
    private: bool,
    /// The rank now.
    rank: u32,
    /// The rank when it was last sent.
    told_rank: u32,
}

impl Default for Due {
    /// Whoever takes a seat is told how it stands.
    fn default() -> Self {
        Self { receipts: VecDeque::new(), private: true, rank: 0, told_rank: 0 }
    }
}

impl Due {
    /// Something has become of an order.
    pub(crate) fn push(&mut self, receipt: Receipt) {
        if self.receipts.len() == RECEIPTS_MAX {
            self.receipts.pop_front();
        }
        self.receipts.push_back(receipt);
        self.private = true;
    }

    /// The private state is to be sent.
    pub(crate) const fn refresh(&mut self) {
        self.private = true;
    }

    /// Where the participant stands now: a new rank is to be told.
    pub(crate) const fn stand(&mut self, rank: u32) {
        self.rank = rank;
    }

    /// Whether a new rank is to be sent.
    pub(crate) const fn is_rank(&self) -> bool {
        self.rank != self.told_rank
    }

    /// The rank is sent now.
    pub(crate) const fn take_rank(&mut self) -> u32 {
        self.told_rank = self.rank;
        self.rank
    }

    /// Whether the private state is to be sent.
    pub(crate) const fn is_private(&self) -> bool {
        self.private
    }

    /// The private state is sent now, with these receipts.
    pub(crate) fn take(&mut self) -> Vec<Receipt> {
        (self.private, self.told_rank) = (false, self.rank);
        self.receipts.drain(..).collect()
    }
}

/// Changes of the seats that nobody has been told yet.
#[derive(Resource, Debug, Default)]
pub struct SeatNews(Vec<SeatChange>);

impl SeatNews {
    /// A seat is there, or is another than before.
    pub(crate) fn set(&mut self, seat: &Seat, connection: Connection) {
        self.0.push(SeatChange::Set(info(seat, connection)));
    }

    /// A seat is closed.
    pub(crate) fn gone(&mut self, user: UserId) {
        self.0.push(SeatChange::Gone(user));
    }

    /// Whether there is nothing to tell.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is to be told, oldest first.
    pub(crate) fn take(&mut self) -> Vec<SeatChange> {
        std::mem::take(&mut self.0)
    }
}

/// Tells the seats of two keys apart, and gives no right to either.
pub(super) fn mark(key: &[u8; 32]) -> u64 {
    key.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// A seat as everyone sees it.
pub(crate) fn info(seat: &Seat, connection: Connection) -> SeatInfo {
    SeatInfo { user: seat.user, name: seat.name.clone(), connected: connection.get().is_some(), bot: seat.bot }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_of_a_session_are_bounded_and_the_last_ones_stay() {
        let (mut ada, mut bob) = (Keys::default(), Keys::default());
        for id in 1..=3 * ANSWERS_KEPT {
            let keys = if id.is_multiple_of(3) { &mut ada } else { &mut bob };
            keys.note(id + 7, OrderId(id), id * 2);
            if id % 1_000 == 0 {
                for keys in [&mut ada, &mut bob] {
                    keys.forget_old(OrderId(id));
                }
            }
        }
        let (last, first) = (3 * ANSWERS_KEPT, 2 * ANSWERS_KEPT + 1);
        assert_eq!((ada.answers.len() + bob.answers.len()) as u64, ANSWERS_KEPT);
        assert_eq!(ada.orders.len() + bob.orders.len(), ada.answers.len() + bob.answers.len());
        let of = |id: u64| if id.is_multiple_of(3) { &ada } else { &bob };
        for id in [last, first] {
            assert_eq!(
                (of(id).answer(id + 7), of(id).client(OrderId(id))),
                (Some((OrderId(id), id * 2)), Some(id + 7))
            );
        }
        assert_eq!((of(first - 1).answer(first + 6), of(first - 1).client(OrderId(first - 1))), (None, None));
    }

    #[test]
    fn an_order_that_was_stored_before_has_one_answer() {
        let mut keys = Keys::default();
        keys.note(1, OrderId(9), 90);
        keys.note(1, OrderId(4), 40);
        assert_eq!((keys.answer(1), keys.client(OrderId(4))), (Some((OrderId(4), 40)), Some(1)));
        assert_eq!((keys.client(OrderId(9)), keys.answers.len()), (None, 1));
    }
}
