//! One session of the store in memory: the rules of the tables, in code.

use crate::store::{
    admitted::{AcceptedOrder, Cancel, Duplicate, EventRow, Group, NewUser},
    contents::{Contents, Wanted},
    error::StoreError,
    opening::NewSession,
    record::{
        ANSWERS_KEPT, CashRow, MetricsRow, OrderRow, PieceRow, Record, RecordedInput, SnapshotRow, TickRow, TradeRow,
        UserRow,
    },
    session::{SessionId, SessionInfo, SessionState},
    tick::{Committed, LobPool, PositionRow, TickBatch},
};
use outcry_engine::{Input, Leg, OrderId, OrderStatus, OutcomeId, Side, Tokens, Usdc, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// There is no time of day in memory.
const NO_TIME: &str = "1970-01-01T00:00:00.000Z";

pub(super) struct Session {
    pub(super) state: SessionState,
    pub(super) users: BTreeMap<UserId, UserRow>,
    pub(super) positions: BTreeMap<(UserId, OutcomeId, Side), PositionRow>,
    pub(super) lob_pools: BTreeMap<(Leg, u32), LobPool>,
    pub(super) orders: BTreeMap<u64, OrderRow>,
    pub(super) trades: BTreeMap<u64, TradeRow>,
    pub(super) events: Vec<EventRow>,
    pub(super) ticks: BTreeMap<u64, TickRow>,
    pub(super) metrics: BTreeMap<u64, MetricsRow>,
    pub(super) cash: BTreeMap<u64, CashRow>,
    pub(super) snapshot: Option<SnapshotRow>,
    pub(super) pieces: BTreeMap<u64, PieceRow>,
    /// The server that served it last.
    pub(super) server: Option<String>,
    inputs: BTreeMap<u64, RecordedInput>,
    client_ids: BTreeMap<(UserId, u64), OrderId>,
    cancels: BTreeMap<(u64, OrderId), Cancel>,
    last_group: u64,
    /// Rises with every claim: a store with an old one can no longer write.
    epoch: u64,
}

impl Session {
    pub(super) fn new(session: &NewSession) -> Result<Self, StoreError> {
        let state = SessionState {
            phase: session.phase,
            clock_ms: 0,
            door_open: true,
            config: session.config.clone(),
            script: None,
            tick: 0,
        };
        let mut opened = Self {
            state,
            users: BTreeMap::new(),
            positions: BTreeMap::new(),
            lob_pools: BTreeMap::new(),
            orders: BTreeMap::new(),
            trades: BTreeMap::new(),
            events: Vec::new(),
            ticks: BTreeMap::new(),
            metrics: BTreeMap::new(),
            cash: BTreeMap::new(),
            snapshot: None,
            pieces: BTreeMap::new(),
            server: None,
            inputs: BTreeMap::new(),
            client_ids: BTreeMap::new(),
            cancels: BTreeMap::new(),
            last_group: 0,
            epoch: 0,
        };
        let seats = Group { users: session.users.clone(), ..Group::default() };
        opened.check_group(&seats)?;
        seats.users.iter().for_each(|new| opened.seat(new));
        Ok(opened)
    }

    /// Gives it to whoever claims it, and says since which claim.
    pub(super) const fn claim(&mut self) -> u64 {
        self.epoch += 1;
        self.epoch
    }

    /// Its last claim.
    pub(super) const fn epoch(&self) -> u64 {
        self.epoch
    }

    pub(super) fn info(&self, id: SessionId, served: bool) -> SessionInfo {
        SessionInfo {
            id,
            name: self.state.config.name.clone(),
            phase: self.state.phase,
            users: self.users.len() as u64,
            bots: self.users.values().filter(|user| user.bot).count() as u64,
            ticks: self.state.tick,
            orders: self.orders.len() as u64,
            fills: self.trades.len() as u64,
            created_at: NO_TIME.to_owned(),
            last_sign: NO_TIME.to_owned(),
            served,
            server: self.server.clone(),
        }
    }

    pub(super) fn contents(&self, wanted: Wanted) -> Contents {
        fn whole<T: Clone>(wanted: bool, rows: &BTreeMap<u64, T>) -> Vec<T> {
            if wanted { rows.values().cloned().collect() } else { Vec::new() }
        }
        let dated = |(number, event): (u64, &EventRow)| (number, event.clone(), NO_TIME.to_owned());
        Contents {
            created_at: NO_TIME.to_owned(),
            started_at: self.state.script.as_ref().map(|_| NO_TIME.to_owned()),
            state: self.state.clone(),
            users: self.users.values().cloned().collect(),
            positions: self.positions.values().copied().collect(),
            trades: whole(wanted.trades, &self.trades),
            orders: whole(wanted.orders, &self.orders),
            events: if wanted.events { (1..).zip(&self.events).map(dated).collect() } else { Vec::new() },
            ticks: whole(wanted.ticks, &self.ticks).into_iter().map(|tick| (tick, NO_TIME.to_owned())).collect(),
            metrics: whole(wanted.metrics, &self.metrics),
            cash: whole(wanted.cash, &self.cash),
        }
    }

    pub(super) fn accept(&mut self, group: &Group) -> Result<Vec<Duplicate>, StoreError> {
        if group.number == self.last_group {
            return Ok(self.duplicates(group));
        }
        if group.number != self.last_group + 1 {
            return Err(StoreError::GroupOrder { given: group.number, stored: self.last_group });
        }
        self.check_group(group)?;
        self.last_group = group.number;
        for new in &group.users {
            self.seat(new);
        }
        for rename in &group.renames {
            if let Some(user) = self.users.get_mut(&rename.user) {
                user.name.clone_from(&rename.name);
                user.skeleton.clone_from(&rename.skeleton);
            }
        }
        for update in &group.seats {
            if let Some(user) = self.users.get_mut(&update.user) {
                (user.token_hash, user.open) = (update.token_hash, update.open);
            }
        }
        for accepted in &group.orders {
            self.take(accepted);
        }
        for cancel in &group.cancels {
            self.cancels.insert((cancel.now_ms, cancel.order), *cancel);
        }
        self.events.extend(group.events.iter().cloned());
        if let Some(state) = &group.session {
            self.state = SessionState { tick: self.state.tick, ..state.clone() };
        }
        Ok(self.duplicates(group))
    }

    /// What the tables would refuse.
    fn check_group(&self, group: &Group) -> Result<(), StoreError> {
        let refuse = |what: &str| Err(StoreError::Refused(what.to_owned()));
        let renamed = |user: UserId| group.renames.iter().rfind(|rename| rename.user == user);
        let skeleton = |user: &'_ UserRow| renamed(user.user).map_or(user.skeleton.clone(), |now| now.skeleton.clone());
        let mut skeletons: BTreeSet<String> = self.users.values().map(skeleton).collect();
        if skeletons.len() < self.users.len() {
            return refuse("users: the name is taken");
        }
        let joining: BTreeSet<UserId> = group.users.iter().map(|user| user.user).collect();
        for new in &group.users {
            if self.users.contains_key(&new.user) || self.inputs.contains_key(&new.seq) {
                return refuse("users: the number is taken");
            }
            if !skeletons.insert(new.skeleton.clone()) {
                return refuse("users: the name is taken");
            }
        }
        for accepted in &group.orders {
            let (id, user) = (accepted.order.id, accepted.order.user);
            if self.orders.contains_key(&id.0) {
                return refuse("orders: the id is taken");
            }
            if !self.users.contains_key(&user) && !joining.contains(&user) {
                return refuse("orders: the participant is unknown");
            }
        }
        Ok(())
    }

    fn seat(&mut self, new: &NewUser) {
        self.users.insert(new.user, UserRow::fresh(new));
        let input = Input::Join { user: new.user, deposit: new.deposit };
        self.inputs.insert(new.seq, RecordedInput { seq: new.seq, tick: self.state.tick + 1, input });
    }

    fn take(&mut self, accepted: &AcceptedOrder) {
        if let Some(client) = accepted.client_order_id {
            let key = (accepted.order.user, client);
            if self.client_ids.contains_key(&key) {
                return;
            }
            self.client_ids.insert(key, accepted.order.id);
        }
        let row = OrderRow {
            order: accepted.order.clone(),
            client_order_id: accepted.client_order_id,
            status: OrderStatus::Open,
            filled: Tokens::ZERO,
            remaining: accepted.order.size,
            reason: None,
            gas: Usdc::ZERO,
            tick_accepted: None,
            sending: accepted.sending,
        };
        self.orders.insert(accepted.order.id.0, row);
    }

    fn duplicates(&self, group: &Group) -> Vec<Duplicate> {
        let duplicate = |accepted: &AcceptedOrder| {
            let stored = *self.client_ids.get(&(accepted.order.user, accepted.client_order_id?))?;
            let ts_ms = self.orders.get(&stored.0)?.order.ts_ms;
            (stored != accepted.order.id).then_some(Duplicate { given: accepted.order.id, stored, ts_ms })
        };
        group.orders.iter().filter_map(duplicate).collect()
    }

    pub(super) fn commit(&mut self, batch: &TickBatch) -> Result<Committed, StoreError> {
        if self.ticks.get(&batch.tick).is_some_and(|tick| tick.state_hash == batch.state_hash) {
            return Ok(Committed::Before);
        }
        if batch.tick != self.state.tick + 1 {
            return Err(StoreError::TickOrder { given: batch.tick, stored: self.state.tick });
        }
        self.check_batch(batch)?;
        self.write_rows(batch);
        self.state.tick = batch.tick;
        self.state.phase = batch.phase;
        self.state.clock_ms = batch.now_ms;
        let row =
            TickRow { tick: batch.tick, ts_ms: batch.now_ms, summary: batch.summary(), state_hash: batch.state_hash };
        self.ticks.insert(batch.tick, row);
        let metrics = MetricsRow { tick: batch.tick, ts_ms: batch.now_ms, metrics: batch.metrics };
        self.metrics.insert(batch.tick, metrics);
        let cash = CashRow { tick: batch.tick, ts_ms: batch.now_ms, cash: Some(batch.cash.clone()) };
        self.cash.insert(batch.tick, cash);
        Ok(Committed::Now)
    }

    /// What the tables would refuse.
    fn check_batch(&self, batch: &TickBatch) -> Result<(), StoreError> {
        let refuse = |what: &str| Err(StoreError::Refused(what.to_owned()));
        let last = batch.first_seq + batch.inputs.len() as u64;
        if self.inputs.range(batch.first_seq..last.max(batch.first_seq)).next().is_some() {
            return refuse("inputs: the number is taken");
        }
        if batch.trades.iter().any(|fill| self.trades.contains_key(&fill.trade_id)) {
            return refuse("trades: the id is taken");
        }
        let accounts = batch.users.iter().map(|change| change.user);
        let holders = batch.positions.iter().map(|position| position.user);
        if accounts.chain(holders).any(|user| !self.users.contains_key(&user)) {
            return refuse("users, positions: the participant is unknown");
        }
        batch.check_parties()
    }

    fn write_rows(&mut self, batch: &TickBatch) {
        let tick = batch.tick;
        for (seq, input) in (batch.first_seq..).zip(&batch.inputs) {
            self.inputs.insert(seq, RecordedInput { seq, tick, input: input.clone() });
        }
        for id in batch.taken_orders() {
            if let Some(row) = self.orders.get_mut(&id.0) {
                row.tick_accepted = Some(tick);
            }
        }
        let cancelled: BTreeSet<OrderId> = batch.taken_cancels().collect();
        self.cancels.retain(|(_, order), _| !cancelled.contains(order));
        for change in &batch.orders {
            let Some(row) = self.orders.get_mut(&change.id.0) else { continue };
            row.status = change.status;
            row.filled = change.filled;
            row.remaining = change.remaining;
            row.reason.clone_from(&change.reason);
            row.gas.0 += change.gas.0;
        }
        for change in &batch.users {
            let Some(row) = self.users.get_mut(&change.user) else { continue };
            row.balance = change.balance;
            row.net_pnl = change.net_pnl;
            row.trade_count = change.trade_count;
            row.gas_paid = change.gas_paid;
            row.open = change.open;
        }
        self.trades.extend(batch.trades.iter().map(|fill| (fill.trade_id, TradeRow { tick, fill: fill.clone() })));
        self.events.extend(batch.events.iter().cloned());
        for position in &batch.positions {
            self.positions.insert((position.user, position.outcome, position.side), *position);
        }
        for level in &batch.lob_pools {
            let leg = Leg { outcome: level.outcome, side: level.side, direction: level.direction };
            self.lob_pools.insert((leg, level.tick), level.clone());
        }
        self.lob_pools.retain(|_, level| level.volume.0 != 0);
    }

    pub(super) fn record(&self, id: SessionId, snapshot: Option<SnapshotRow>) -> Record {
        let (seq, tick) = snapshot.as_ref().map_or((0, 0), |snapshot| (snapshot.seq, snapshot.tick));
        let last_order = self.orders.keys().last().copied().unwrap_or_default();
        let waiting = self.orders.values().filter(|row| row.tick_accepted.is_none());
        Record {
            id,
            state: self.state.clone(),
            users: self.users.values().cloned().collect(),
            snapshot,
            inputs: self.inputs.range(seq + 1..).map(|(_, input)| input.clone()).collect(),
            hashes: self.ticks.range(tick + 1..).map(|(tick, row)| (*tick, row.state_hash)).collect(),
            waiting_orders: waiting
                .map(|row| AcceptedOrder {
                    order: row.order.clone(),
                    client_order_id: row.client_order_id,
                    sending: row.sending,
                })
                .collect(),
            waiting_cancels: self.cancels.values().copied().collect(),
            answers: self.orders.range(last_order.saturating_sub(ANSWERS_KEPT) + 1..).filter_map(answer).collect(),
            last_order: OrderId(last_order),
            last_ms: self.events.last().map_or(0, |event| event.ts_ms),
            last_seq: self.inputs.keys().last().copied().unwrap_or_default(),
            last_piece: self.pieces.keys().last().copied().unwrap_or_default(),
            last_group: self.last_group,
        }
    }
}

fn answer((_, row): (&u64, &OrderRow)) -> Option<(UserId, u64, OrderId, u64)> {
    row.client_order_id.map(|client| (row.order.user, client, row.order.id, row.order.ts_ms))
}
