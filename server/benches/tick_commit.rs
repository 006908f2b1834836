//! Time of a tick's transaction (200 orders, 200 trades and all rows they touch) beside one bulk
//! insert of as many rows of a trade's width into a table with a key: figure P4.
//!
//! SQLite always; PostgreSQL when `TEST_DATABASE_URL` is set.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use outcry_engine::{
    Cash, CashKind, Direction, Event, Fill, FillType, Input, Metrics, Order, OrderId, OrderKind, OrderStatus,
    OutcomeId, Party, PoolState, Price, Side, Tokens, Usdc, UserId,
};
use outcry_server::store::{
    self, AcceptedOrder, EventRow, Group, LobPool, NewSession, NewUser, OrderChange, PositionRow, Sending, Store,
    TickBatch, UserChange,
};
use outcry_shared::{config::presets, phase::Phase};
use sqlx::{
    Connection, PgConnection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    path::Path,
    time::{Duration, Instant},
};

const USERS: u32 = 20;
const ORDERS: u64 = 200;
const OUTCOMES: u8 = 5;
const TICKS: u64 = 120;
/// Ticks left out while caches and plans settle.
const WARM_UP: u64 = 20;

fn user(number: u64) -> UserId {
    UserId(u32::try_from(number % u64::from(USERS)).unwrap() + 1)
}

fn outcome(number: u64) -> OutcomeId {
    OutcomeId(u8::try_from(number % u64::from(OUTCOMES)).unwrap())
}

fn order(id: u64) -> Order {
    Order {
        id: OrderId(id),
        user: user(id),
        outcome: outcome(id),
        side: Side::Yes,
        direction: Direction::Buy,
        kind: OrderKind::Limit { price: Price(500_000), af_opt_in: false },
        size: Tokens(10_000_000),
        ts_ms: id,
    }
}

fn fill(id: u64) -> Fill {
    Fill {
        trade_id: id,
        buyer: Party::User { user: user(id), order: OrderId(id) },
        seller: Party::Pool,
        outcome: outcome(id),
        side: Side::Yes,
        price: Price(500_000),
        size: Tokens(5_000_000),
        value: Usdc(2_500_000),
        fee: Usdc(25_000),
        fill_type: FillType::Amm,
        ts_ms: id,
    }
}

fn paid(id: u64) -> [Cash; 2] {
    let cash = |kind, micros| Cash {
        user: user(id),
        kind,
        amount: Usdc(micros),
        order: Some(OrderId(id)),
        trade_id: Some(id),
    };
    [cash(CashKind::Cost, -2_500_000), cash(CashKind::Fee, -25_000)]
}

fn level(tick: u64, step: u32) -> LobPool {
    let shares = (1..=USERS).map(|number| (UserId(number), Tokens(i64::try_from(tick).unwrap() + 1))).collect();
    LobPool {
        outcome: outcome(step.into()),
        side: Side::Yes,
        direction: Direction::Buy,
        tick: step,
        price: Price(step * 10_000),
        volume: Tokens(1_000_000),
        shares,
    }
}

/// A tick of 200 orders with a fill each.
fn batch(tick: u64) -> TickBatch {
    let ids = || (tick - 1) * ORDERS + 1..=tick * ORDERS;
    let change = |id| OrderChange {
        id: OrderId(id),
        status: OrderStatus::Partial,
        filled: Tokens(5_000_000),
        remaining: Tokens(5_000_000),
        reason: None,
        gas: Usdc(0),
    };
    let events = |id| {
        let accepted = EventRow::of(&Event::OrderAccepted { order: OrderId(id), user: user(id) }, id);
        [accepted, EventRow::of(&Event::Fill { trade_id: id }, id)]
    };
    let holding = |number: u32| {
        (0..OUTCOMES).map(move |outcome| PositionRow {
            user: UserId(number),
            outcome: OutcomeId(outcome),
            side: Side::Yes,
            tokens: Tokens(i64::try_from(tick).unwrap()),
        })
    };
    TickBatch {
        tick,
        now_ms: tick * 1_000,
        phase: Phase::Running,
        first_seq: u64::from(USERS) + tick,
        inputs: vec![Input::Orders { now_ms: tick * 1_000, orders: ids().map(order).collect() }],
        orders: ids().map(change).collect(),
        set_aside: Vec::new(),
        trades: ids().map(fill).collect(),
        cash: ids().flat_map(paid).collect(),
        events: ids().flat_map(events).collect(),
        users: (1..=USERS)
            .map(|number| UserChange {
                user: UserId(number),
                balance: Usdc(i64::try_from(tick).unwrap()),
                net_pnl: Usdc(0),
                trade_count: tick,
                gas_paid: Usdc(0),
                open: true,
            })
            .collect(),
        positions: (1..=USERS).flat_map(holding).collect(),
        pools: vec![
            PoolState {
                v: Usdc(0),
                q_yes: Tokens(0),
                q_no: Tokens(0),
                virtual_yes: Tokens(0),
                pairs: Tokens(0),
                seigniorage: Usdc(0),
                active: true,
            };
            OUTCOMES.into()
        ],
        prices: vec![[0.5; 2]; OUTCOMES.into()],
        lob_pools: (1..=50).map(|step| level(tick, step)).collect(),
        metrics: Metrics::default(),
        state_hash: [u8::try_from(tick % 251).unwrap(); 32],
    }
}

/// Rows that a batch writes.
fn rows(batch: &TickBatch) -> usize {
    let lists = [
        batch.inputs.len(),
        batch.orders.len(),
        batch.trades.len(),
        batch.events.len(),
        batch.users.len(),
        batch.positions.len(),
        batch.lob_pools.len(),
    ];
    // Tick, metrics, configuration, session.
    lists.iter().sum::<usize>() + 4
}

/// The plain bulk insert to compare with.
enum Plain {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Plain {
    async fn insert(&mut self, tick: u64, rows: usize) -> Duration {
        let key = |row: usize| i64::try_from(tick).unwrap() * 1_000_000 + i64::try_from(row).unwrap();
        let keys: Vec<_> = (0..rows).map(key).collect();
        let start = Instant::now();
        match self {
            Self::Sqlite(connection) => {
                let line = |key: &i64| format!("[{key},1,2,3,4,5,6,7,8,9,10,11,\"AMM\",\"YES\"]");
                let json = format!("[{}]", keys.iter().map(line).collect::<Vec<_>>().join(","));
                let sql = "INSERT INTO plain SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
                    value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11,
                    value ->> 12, value ->> 13 FROM json_each(?1)";
                sqlx::query(sql).bind(json).execute(connection).await.unwrap();
            }
            Self::Postgres(connection) => {
                let sql = "INSERT INTO plain SELECT k, a, a, a, a, a, a, a, a, a, a, a, t, t
                    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS new (k, a, t)";
                let (numbers, words) = (keys.clone(), vec!["AMM"; rows]);
                sqlx::query(sql).bind(keys).bind(numbers).bind(words).execute(connection).await.unwrap();
            }
        }
        start.elapsed()
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

async fn measure(store: &dyn Store, mut plain: Plain) {
    let config = presets()[0].config.clone();
    store.create(&NewSession::empty(config, Phase::Lobby)).await.unwrap();
    let seat = |number: u32| NewUser {
        user: UserId(number),
        name: format!("user {number}"),
        skeleton: format!("user{number}"),
        token_hash: [0; 32],
        bot: true,
        deposit: Usdc(1_000_000_000),
        seq: number.into(),
    };
    store.accept(&Group { number: 1, users: (1..=USERS).map(seat).collect(), ..Group::default() }).await.unwrap();
    let (mut accepts, mut commits, mut inserts) = (Vec::new(), Vec::new(), Vec::new());
    let mut written = 0;
    for tick in 1..=TICKS {
        let batch = batch(tick);
        written = rows(&batch);
        let Input::Orders { orders, .. } = &batch.inputs[0] else { continue };
        let accepted = |order: &Order| AcceptedOrder {
            order: order.clone(),
            client_order_id: Some(order.id.0),
            sending: Sending::default(),
        };
        let group = Group { number: tick + 1, orders: orders.iter().map(accepted).collect(), ..Group::default() };
        let start = Instant::now();
        store.accept(&group).await.unwrap();
        let accept = start.elapsed();
        let start = Instant::now();
        store.commit_tick(&batch).await.unwrap();
        let commit = start.elapsed();
        let insert = plain.insert(tick, written).await;
        if tick > WARM_UP {
            accepts.push(accept);
            commits.push(commit);
            inserts.push(insert);
        }
    }
    let (accept, commit, insert) = (median(accepts), median(commits), median(inserts));
    let ratio = commit / insert;
    println!(
        "P4 {:<9} tick of {ORDERS} orders, {written} rows: {commit:.2} ms · bulk insert of {written} rows: {insert:.2} ms · \
         ratio {ratio:.2} (bar 2) · accepting {ORDERS} orders: {accept:.2} ms",
        store.kind()
    );
}

const PLAIN: &str = "CREATE TABLE plain (k BIGINT PRIMARY KEY, a1 BIGINT, a2 BIGINT, a3 BIGINT, a4 BIGINT, a5 BIGINT,
    a6 BIGINT, a7 BIGINT, a8 BIGINT, a9 BIGINT, a10 BIGINT, a11 BIGINT, t1 TEXT, t2 TEXT)";

async fn sqlite(directory: &Path) {
    std::fs::create_dir_all(directory).unwrap();
    let options = SqliteConnectOptions::new()
        .filename(directory.join("plain.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut plain = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query(PLAIN).execute(&mut plain).await.unwrap();
    let store = store::open(None, directory).await.unwrap();
    measure(&*store, Plain::Sqlite(plain)).await;
    store.close().await.unwrap();
    std::fs::remove_dir_all(directory).unwrap();
}

async fn postgres(url: &str) {
    let mut plain = PgConnection::connect(url).await.unwrap();
    sqlx::query("DROP TABLE IF EXISTS plain").execute(&mut plain).await.unwrap();
    sqlx::query(PLAIN).execute(&mut plain).await.unwrap();
    let store = store::open(Some(url), Path::new("")).await.unwrap();
    measure(&*store, Plain::Postgres(plain)).await;
    let session = store.served().unwrap();
    store.close().await.unwrap();
    store::open(Some(url), Path::new("")).await.unwrap().purge(session).await.unwrap();
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let directory = std::env::temp_dir().join(format!("outcry-bench-{}", std::process::id()));
    runtime.block_on(sqlite(&directory));
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => runtime.block_on(postgres(&url)),
        Err(_) => println!("P4 postgres: TEST_DATABASE_URL is not set"),
    }
}
