//! From steps of the market to the rows of a tick.

use super::{
    admitted::EventRow,
    tick::{LobPool, OrderChange, PositionRow, TickBatch, UserChange},
};
use outcry_engine::{
    CashKind, Direction, Input, Leg, Market, OpenOrder, OrderId, OrderUpdate, OutcomeId, Price, Report, Side, Tokens,
    Usdc, UserId,
};
use outcry_shared::{phase::Phase, standing::Valuation};
use std::collections::{BTreeMap, BTreeSet};

/// An input that the market took, and what it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The input, which the record keeps for the replay.
    pub input: Input,
    /// What came of it.
    pub report: Report,
}

/// Where a level stands.
type LevelKey = (Leg, Price);

/// What is held: participant, outcome, side.
type HoldingKey = (UserId, OutcomeId, Side);

/// Turns steps into rows. It knows the numbers of the record, and book and holdings as they
/// were stored last, so that only what changed is written.
#[derive(Clone, Debug)]
pub struct Scribe {
    next_seq: u64,
    book: BTreeMap<LevelKey, LobPool>,
    held: BTreeMap<HoldingKey, Tokens>,
}

impl Scribe {
    /// A scribe that goes on after the input numbered `last_seq`, with the market as stored.
    #[must_use]
    pub fn new(last_seq: u64, market: &Market) -> Self {
        let open = market.all_open_orders();
        Self { next_seq: last_seq + 1, book: book_of(&open, market), held: holdings_of(&open, market) }
    }

    /// The number of a join that is stored with its seat.
    pub fn next_seq(&mut self) -> u64 {
        let seq = self.next_seq;
        self.next_seq += 1;
        seq
    }

    /// The number of the last input that has one.
    #[must_use]
    pub const fn last_seq(&self) -> u64 {
        self.next_seq - 1
    }

    /// The rows of a tick made of `steps`, with `market` as it is after them. `refused` are orders
    /// that it could not be carried out with; `events` of the session itself follow those of the
    /// market.
    pub fn batch(
        &mut self,
        (tick, now_ms, phase): (u64, u64, Phase),
        steps: &[Step],
        market: &Market,
        refused: &[OrderUpdate],
        events: &[EventRow],
    ) -> TickBatch {
        let first_seq = self.next_seq;
        self.next_seq += steps.len() as u64;
        let open = market.all_open_orders();
        let touched = touched_users(steps, market);
        let valuation = Valuation::of(market, open.iter().filter(|order| touched.contains(&order.user)));
        TickBatch {
            tick,
            now_ms,
            phase,
            first_seq,
            inputs: steps.iter().map(|step| step.input.clone()).collect(),
            orders: order_changes(steps, refused),
            set_aside: refused.iter().map(|order| order.id).collect(),
            trades: steps.iter().flat_map(|step| step.report.fills.iter().cloned()).collect(),
            cash: steps.iter().flat_map(|step| step.report.cash.iter().copied()).collect(),
            events: steps
                .iter()
                .flat_map(|step| step.report.events.iter().map(|event| EventRow::of(event, now_ms)))
                .chain(events.iter().cloned())
                .collect(),
            users: user_changes(&touched, market, &valuation),
            positions: self.held_changes(holdings_of(&open, market)),
            pools: market.public().outcomes.iter().map(|outcome| outcome.pool).collect(),
            prices: valuation.spots().to_vec(),
            lob_pools: self.book_changes(book_of(&open, market)),
            metrics: market.metrics(),
            state_hash: market.state_hash(),
        }
    }

    /// The levels that differ from those stored last; those gone come without volume.
    fn book_changes(&mut self, now: BTreeMap<LevelKey, LobPool>) -> Vec<LobPool> {
        let before = std::mem::take(&mut self.book);
        let changed = now.iter().filter(|(key, level)| before.get(key) != Some(level)).map(|(_, level)| level.clone());
        let gone = before.iter().filter(|(key, _)| !now.contains_key(key)).map(|(_, level)| LobPool {
            volume: Tokens::ZERO,
            shares: BTreeMap::new(),
            ..level.clone()
        });
        let changes = changed.chain(gone).collect();
        self.book = now;
        changes
    }

    /// The holdings that differ from those stored last; those gone come as 0.
    fn held_changes(&mut self, now: BTreeMap<HoldingKey, Tokens>) -> Vec<PositionRow> {
        let before = std::mem::take(&mut self.held);
        let changed =
            now.iter().filter(|(key, tokens)| before.get(key) != Some(tokens)).map(|(key, tokens)| (*key, *tokens));
        let gone = before.keys().filter(|key| !now.contains_key(key)).map(|key| (*key, Tokens::ZERO));
        let row = |((user, outcome, side), tokens)| PositionRow { user, outcome, side, tokens };
        let changes = changed.chain(gone).map(row).collect();
        self.held = now;
        changes
    }
}

fn book_of(open: &[OpenOrder], market: &Market) -> BTreeMap<LevelKey, LobPool> {
    let grid = market.params().grid();
    let mut book = BTreeMap::new();
    for order in open {
        let level = book.entry((order.leg(), order.price)).or_insert_with(|| LobPool {
            outcome: order.outcome,
            side: order.side,
            direction: order.direction,
            tick: grid.ticks(order.price),
            price: order.price,
            volume: Tokens::ZERO,
            shares: BTreeMap::new(),
        });
        level.volume += order.remaining();
        *level.shares.entry(order.user).or_default() += order.remaining();
    }
    book
}

fn order_changes(steps: &[Step], refused: &[OrderUpdate]) -> Vec<OrderChange> {
    let mut gas: BTreeMap<OrderId, i64> = BTreeMap::new();
    let mut changes = BTreeMap::new();
    for report in steps.iter().map(|step| &step.report) {
        for cash in report.cash.iter().filter(|cash| cash.kind == CashKind::Gas) {
            let Some(order) = cash.order else { continue };
            *gas.entry(order).or_default() -= cash.amount.0;
        }
    }
    for update in steps.iter().flat_map(|step| &step.report.orders).chain(refused) {
        let change = OrderChange {
            id: update.id,
            status: update.status,
            filled: update.filled,
            remaining: update.remaining,
            reason: update.reason.as_ref().map(ToString::to_string),
            gas: Usdc::ZERO,
        };
        changes.insert(update.id, change);
    }
    let with_gas = |mut change: OrderChange| {
        change.gas = Usdc(gas.get(&change.id).copied().unwrap_or_default());
        change
    };
    changes.into_values().map(with_gas).collect()
}

fn settles(steps: &[Step]) -> bool {
    steps.iter().any(|step| matches!(step.input, Input::Final { .. }))
}

fn touched_users(steps: &[Step], market: &Market) -> BTreeSet<UserId> {
    if settles(steps) {
        return market.accounts().map(|(user, _)| user).collect();
    }
    let mut touched = BTreeSet::new();
    for Step { input, report } in steps {
        if let Input::Close { user, .. } = input {
            touched.insert(*user);
        }
        touched.extend(report.cash.iter().map(|cash| cash.user));
        touched.extend(report.orders.iter().map(|order| order.user));
        touched.extend(report.payouts.iter().map(|(user, _)| *user));
        touched.extend(report.fills.iter().flat_map(|fill| [fill.buyer.user(), fill.seller.user()]).flatten());
    }
    touched
}

fn user_changes(touched: &BTreeSet<UserId>, market: &Market, valuation: &Valuation) -> Vec<UserChange> {
    let change = |user: &UserId| {
        let account = market.account(*user)?;
        let value = valuation.value(*user, account);
        Some(UserChange {
            user: *user,
            balance: account.balance,
            net_pnl: Usdc(value.0 - account.deposit.0),
            trade_count: account.trade_count,
            gas_paid: account.gas_paid,
            open: account.open,
        })
    };
    touched.iter().filter_map(change).collect()
}

/// Everything held, free and escrowed.
fn holdings_of(open: &[OpenOrder], market: &Market) -> BTreeMap<HoldingKey, Tokens> {
    let mut held = BTreeMap::new();
    for (user, account) in market.accounts() {
        for (outcome, free) in (0_u8..).map(OutcomeId).zip(&account.free) {
            held.extend(Side::BOTH.map(|side| ((user, outcome, side), free[side.index()])));
        }
    }
    for order in open.iter().filter(|order| order.direction == Direction::Sell) {
        let tokens: &mut Tokens = held.entry((order.user, order.outcome, order.side)).or_default();
        *tokens += order.remaining();
    }
    held.retain(|_, tokens| tokens.0 != 0);
    held
}
