//! Rows to store: one of every kind, with awkward values.

use outcry_engine::{
    Cash, CashKind, Direction, Fill, FillType, Input, Metrics, Order, OrderId, OrderKind, OrderStatus, OutcomeId,
    Party, PoolState, Price, Rate, Script, Side, Tokens, Usdc, UserId,
};
use outcry_server::store::{
    AcceptedOrder, Cancel, EventRow, Group, LobPool, NewSession, NewUser, OrderChange, PositionRow, Sending,
    SessionState, TickBatch, UserChange,
};
use outcry_shared::{config::presets, message::Promise, phase::Phase};
use std::collections::BTreeMap;

/// The largest amount there is.
pub(crate) const MOST: i64 = 1_000_000_000_000_000;

pub(crate) fn new_session() -> NewSession {
    NewSession::empty(presets()[0].config.clone(), Phase::Lobby)
}

pub(crate) fn user(number: u32, seq: u64) -> NewUser {
    NewUser {
        user: UserId(number),
        name: format!("Zoë '{number}\" é,\n"),
        skeleton: format!("zoe{number}"),
        token_hash: [u8::try_from(number).unwrap(); 32],
        bot: number == 2,
        deposit: Usdc(MOST),
        seq,
    }
}

pub(crate) fn limit(id: u64, user: u32, client: Option<u64>) -> AcceptedOrder {
    let order = Order {
        id: OrderId(id),
        user: UserId(user),
        outcome: OutcomeId(2),
        side: Side::No,
        direction: Direction::Buy,
        kind: OrderKind::Limit { price: Price(990_000), af_opt_in: true },
        size: Tokens(MOST),
        ts_ms: 1_234,
    };
    let promise = Promise { tick: u32::MAX.into(), average: Some(Price(u32::MAX)), total: Usdc(-MOST) };
    AcceptedOrder {
        order,
        client_order_id: client,
        sending: Sending { promise: Some(promise), lag_ms: Some(u32::MAX) },
    }
}

pub(crate) fn market(id: u64, user: u32, client: Option<u64>) -> AcceptedOrder {
    let order = Order {
        id: OrderId(id),
        user: UserId(user),
        outcome: OutcomeId(0),
        side: Side::Yes,
        direction: Direction::Sell,
        kind: OrderKind::Market { max_slippage: Rate(50_000_001) },
        size: Tokens(10_001),
        ts_ms: 1_235,
    };
    AcceptedOrder { order, client_order_id: client, sending: Sending::default() }
}

/// Two seats, two orders, a cancel, an act and a drawn script.
pub(crate) fn first_group() -> Group {
    let session = new_session();
    Group {
        number: 1,
        users: vec![user(1, 1), user(2, 2)],
        renames: Vec::new(),
        orders: vec![limit(1, 1, Some(u64::MAX)), market(2, 2, None)],
        cancels: vec![Cancel { user: UserId(1), order: OrderId(1), now_ms: 1_300 }],
        events: vec![EventRow::named("HOST_ACT", &serde_json::json!({"act": "start \"now\""}), 7)],
        session: Some(SessionState {
            phase: Phase::Running,
            clock_ms: 900,
            door_open: false,
            config: session.config,
            script: Some(Script { final_winner: OutcomeId(3), eliminate: vec![vec![OutcomeId(1), OutcomeId(2)]] }),
            tick: 0,
        }),
    }
}

/// A tick that takes the orders of [`first_group`] and touches a row of every kind.
pub(crate) fn first_tick() -> TickBatch {
    let group = first_group();
    let orders = group.orders.iter().map(|accepted| accepted.order.clone()).collect();
    TickBatch {
        tick: 1,
        now_ms: 2_000,
        phase: Phase::Running,
        first_seq: 3,
        inputs: vec![
            Input::Cancel { user: UserId(1), order: OrderId(1), now_ms: 1_300 },
            Input::Orders { now_ms: 2_000, orders },
        ],
        orders: vec![
            change(1, OrderStatus::Partial, MOST / 2, MOST / 2, None),
            change(2, OrderStatus::Rejected, 0, 10_001, Some("it's 6.2 % > 5 %: size ≤ 412")),
        ],
        set_aside: Vec::new(),
        trades: vec![fill(1)],
        cash: vec![
            moved(CashKind::Cost, -MOST, Some(1), Some(1)),
            moved(CashKind::Refund, 1, Some(1), None),
            moved(CashKind::Payout, MOST, None, None),
        ],
        events: vec![EventRow::named("FREEZE", &serde_json::json!({}), 2_000)],
        users: vec![UserChange {
            user: UserId(1),
            balance: Usdc(1),
            net_pnl: Usdc(-MOST + 1),
            trade_count: 1,
            gas_paid: Usdc(3),
            open: false,
        }],
        positions: vec![
            PositionRow { user: UserId(1), outcome: OutcomeId(2), side: Side::No, tokens: Tokens(MOST / 2) },
            PositionRow { user: UserId(2), outcome: OutcomeId(0), side: Side::Yes, tokens: Tokens(1) },
        ],
        pools: vec![PoolState {
            v: Usdc(-5),
            q_yes: Tokens(1),
            q_no: Tokens(2),
            virtual_yes: Tokens(3),
            pairs: Tokens(-4),
            seigniorage: Usdc(6),
            active: true,
        }],
        prices: vec![[0.1 + 0.2, 1.0 / 3.0]],
        lob_pools: vec![level(MOST / 2)],
        metrics: figures(),
        state_hash: [7; 32],
    }
}

pub(crate) fn change(id: u64, status: OrderStatus, filled: i64, remaining: i64, reason: Option<&str>) -> OrderChange {
    OrderChange {
        id: OrderId(id),
        status,
        filled: Tokens(filled),
        remaining: Tokens(remaining),
        reason: reason.map(str::to_owned),
        gas: Usdc(3),
    }
}

pub(crate) fn fill(trade_id: u64) -> Fill {
    Fill {
        trade_id,
        buyer: Party::User { user: UserId(1), order: OrderId(1) },
        seller: Party::Pool,
        outcome: OutcomeId(2),
        side: Side::No,
        price: Price(990_000),
        size: Tokens(MOST / 2),
        value: Usdc(MOST / 2 - 1),
        fee: Usdc(1),
        fill_type: FillType::AutoFill,
        ts_ms: 2_000,
    }
}

fn moved(kind: CashKind, micros: i64, order: Option<u64>, trade_id: Option<u64>) -> Cash {
    Cash { user: UserId(1), kind, amount: Usdc(micros), order: order.map(OrderId), trade_id }
}

/// A level of the book; without tokens it is gone.
pub(crate) fn level(tokens: i64) -> LobPool {
    let shares = if tokens == 0 { BTreeMap::new() } else { BTreeMap::from([(UserId(1), Tokens(tokens))]) };
    LobPool {
        outcome: OutcomeId(2),
        side: Side::No,
        direction: Direction::Buy,
        tick: 99,
        price: Price(990_000),
        volume: Tokens(tokens),
        shares,
    }
}

fn figures() -> Metrics {
    Metrics {
        volume: Usdc(MOST),
        mm_risk: Usdc(1),
        worst_case_loss: Usdc(-2),
        mm_profit: Usdc(-3),
        fees: Usdc(4),
        gas: Usdc(5),
        paid_in: Usdc(6),
        seigniorage: Usdc(7),
    }
}

/// A tick in which nothing happened.
pub(crate) fn quiet_tick(tick: u64, first_seq: u64) -> TickBatch {
    TickBatch {
        tick,
        now_ms: tick * 1_000,
        first_seq,
        inputs: vec![Input::Orders { now_ms: tick * 1_000, orders: Vec::new() }],
        orders: Vec::new(),
        set_aside: Vec::new(),
        trades: Vec::new(),
        cash: Vec::new(),
        events: Vec::new(),
        users: Vec::new(),
        positions: Vec::new(),
        lob_pools: Vec::new(),
        state_hash: [u8::try_from(tick % 251).unwrap(); 32],
        ..first_tick()
    }
}
