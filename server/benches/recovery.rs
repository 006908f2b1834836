//! Start of a server that finds a long session: figure P7. With its latest snapshot as old as it
//! gets, and without any, which replays every order.
//!
//! `OUTCRY_BENCH_ORDERS` sets the number of stored orders. SQLite always; PostgreSQL when
//! `TEST_DATABASE_URL` is set.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use outcry_engine::{Direction, Input, Order, OrderId, OrderKind, OutcomeId, Price, Rate, Side, Tokens, Usdc, UserId};
use outcry_server::{
    market::{Opening, open_session},
    store::{self, AcceptedOrder, Group, NewSession, NewUser, Scribe, Sending, SnapshotRow, Step, Store},
};
use outcry_shared::{
    config::{SessionConfig, presets},
    floor::Floor,
    phase::Phase,
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use std::{path::Path, sync::Arc, time::Instant};

const ORDERS: u64 = 1_000_000;
const ORDERS_PER_TICK: u64 = 1_000;
const USERS: u32 = 20;
/// Ticks between two snapshots of the server: so many at most are replayed.
const SNAPSHOT_TICKS: u64 = 100;

/// Writes a session of so many orders as a server would.
struct Writer {
    store: Arc<dyn Store>,
    floor: Floor,
    scribe: Scribe,
    dice: ChaCha8Rng,
    tick: u64,
    orders: u64,
}

fn config() -> SessionConfig {
    let mut config = presets()[0].config.clone();
    config.params.starting_balance = Usdc(1_000_000_000_000);
    config.params.total_duration = 86_400;
    config
}

impl Writer {
    async fn begin(store: Arc<dyn Store>) -> Self {
        let config = config();
        let mut floor = Floor::new(config.params.clone()).unwrap();
        let deposit = config.params.starting_balance;
        store.create(&NewSession::empty(config, Phase::Running)).await.unwrap();
        let mut scribe = Scribe::new(0, floor.market());
        let seats = (1..=USERS).map(|number| NewUser {
            user: UserId(number),
            name: format!("User {number}"),
            skeleton: format!("user {number}"),
            token_hash: [0; 32],
            bot: true,
            deposit,
            seq: scribe.next_seq(),
        });
        let users: Vec<_> = seats.collect();
        for seat in &users {
            floor.apply(&Input::Join { user: seat.user, deposit }).unwrap();
        }
        store.accept(&Group { number: 1, users, ..Group::default() }).await.unwrap();
        Self { store, floor, scribe, dice: ChaCha8Rng::seed_from_u64(7), tick: 0, orders: 0 }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.dice.next_u64() % bound
    }

    /// 60 % market orders, 40 % limits around the middle.
    fn order(&mut self) -> Order {
        self.orders += 1;
        let kind = if self.below(10) < 6 {
            OrderKind::Market { max_slippage: Rate(1_000_000_000) }
        } else {
            OrderKind::Limit { price: Price(10_000 * (5 + self.below(40) as u32)), af_opt_in: self.below(2) == 0 }
        };
        Order {
            id: OrderId(self.orders),
            user: UserId(1 + (self.orders % u64::from(USERS)) as u32),
            outcome: OutcomeId(self.below(5) as u8),
            side: if self.below(2) == 0 { Side::Yes } else { Side::No },
            direction: if self.below(2) == 0 { Direction::Buy } else { Direction::Sell },
            kind,
            size: Tokens(1_000_000 + self.below(19_000_000) as i64),
            ts_ms: self.tick * 1_000,
        }
    }

    async fn tick(&mut self) {
        self.tick += 1;
        let now_ms = self.tick * 1_000;
        let orders: Vec<_> = (0..ORDERS_PER_TICK).map(|_| self.order()).collect();
        let accepted = |order: &Order| AcceptedOrder {
            order: order.clone(),
            client_order_id: Some(order.id.0),
            sending: Sending::default(),
        };
        let group = Group { number: self.tick + 1, orders: orders.iter().map(accepted).collect(), ..Group::default() };
        self.store.accept(&group).await.unwrap();
        // Books do not grow for ever: what rests is taken back now and then.
        let resting = if self.tick.is_multiple_of(10) { self.floor.market().all_open_orders() } else { Vec::new() };
        let cancels = resting.iter().map(|order| Input::Cancel { user: order.user, order: order.id, now_ms });
        let inputs = cancels.chain([Input::Orders { now_ms, orders }]);
        let steps: Vec<_> = inputs.map(|input| Step { report: self.floor.apply(&input).unwrap(), input }).collect();
        let at = (self.tick, now_ms, Phase::Running);
        let batch = self.scribe.batch(at, &steps, self.floor.market(), &[], &[]);
        self.store.commit_tick(&batch).await.unwrap();
        self.floor.close_tick(now_ms);
    }

    async fn snapshot(&mut self) {
        let (bytes, state_hash) = (self.floor.encode(), self.floor.market().state_hash());
        let (session, seq) = (self.store.served().unwrap(), self.scribe.clone().next_seq() - 1);
        let row = SnapshotRow { session, tick: self.tick, seq, state_hash, bytes };
        self.store.snapshot(&row).await.unwrap();
    }
}

async fn start(url: &str) -> f64 {
    let opening = Opening { config: config(), phase: Phase::Lobby, asked: false };
    let began = Instant::now();
    let store = store::open(Some(url), Path::new("")).await.unwrap();
    let recovered = open_session(&*store, &opening).await.unwrap();
    let took = began.elapsed().as_secs_f64();
    assert!(recovered.groups > 0);
    store.close().await.unwrap();
    took
}

async fn measure(url: &str, orders: u64) {
    let store = store::open(Some(url), Path::new("")).await.unwrap();
    let kind = store.kind();
    let mut writer = Writer::begin(Arc::clone(&store)).await;
    let ticks = orders.div_ceil(ORDERS_PER_TICK);
    for _ in 0..ticks {
        writer.tick().await;
    }
    store.close().await.unwrap();
    let replay = start(url).await;

    let store = store::open(Some(url), Path::new("")).await.unwrap();
    let session = store.sessions().await.unwrap()[0].id;
    store.claim(session).await.unwrap();
    writer.store = Arc::clone(&store);
    writer.snapshot().await;
    for _ in 1..SNAPSHOT_TICKS.min(ticks) {
        writer.tick().await;
    }
    store.close().await.unwrap();
    let snapshot = start(url).await;
    println!(
        "P7 {kind:<9} {} stored orders: start {snapshot:.2} s with a snapshot {} orders old (bar 5 s) · replay of {orders} \
         orders: {replay:.2} s, {:.0} a second (bar 100000)",
        writer.orders,
        (SNAPSHOT_TICKS.min(ticks) - 1) * ORDERS_PER_TICK,
        orders as f64 / replay
    );
    let store = store::open(Some(url), Path::new("")).await.unwrap();
    store.purge(session).await.unwrap();
}

fn main() {
    let orders = std::env::var("OUTCRY_BENCH_ORDERS").map_or(ORDERS, |text| text.parse().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let directory = std::env::temp_dir().join(format!("outcry-bench-recovery-{}", std::process::id()));
    runtime.block_on(measure(&format!("sqlite:{}", directory.join("outcry.db").display()), orders));
    std::fs::remove_dir_all(&directory).unwrap();
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => runtime.block_on(measure(&url, orders)),
        Err(_) => println!("P7 postgres: TEST_DATABASE_URL is not set"),
    }
}
