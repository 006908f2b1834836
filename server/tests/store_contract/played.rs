//! A session played with the real market: what is stored adds up and replays.

use crate::{bench::Bench, samples::user};
use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Price, Rate, Side, Tokens, UserId,
};
use outcry_server::store::{AcceptedOrder, Group, NewSession, NewUser, Scribe, Sending, SessionId, Step, Store};
use outcry_shared::{config::presets, phase::Phase};

const USERS: u32 = 6;
const TICKS: u64 = 24;
const ORDERS_PER_TICK: u64 = 12;
const ELIMINATION_TICK: u64 = 9;

/// A small generator: the same session every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn order(&mut self, id: u64, ts_ms: u64) -> Order {
        let kind = if self.below(2) == 0 {
            OrderKind::Market { max_slippage: Rate(1_000_000_000) }
        } else {
            OrderKind::Limit {
                price: Price(u32::try_from(self.below(70) + 15).unwrap() * 10_000),
                af_opt_in: self.below(2) == 0,
            }
        };
        Order {
            id: OrderId(id),
            user: UserId(u32::try_from(self.below(USERS.into())).unwrap() + 1),
            outcome: OutcomeId(u8::try_from(self.below(5)).unwrap()),
            side: Side::BOTH[usize::try_from(self.below(2)).unwrap()],
            direction: if self.below(3) == 0 { Direction::Sell } else { Direction::Buy },
            kind,
            size: Tokens(i64::try_from(self.below(30_000_000)).unwrap() + 10_000),
            ts_ms,
        }
    }
}

/// Plays a session to its end on a store, as the server's lap does.
struct Game<'s> {
    store: &'s dyn Store,
    market: Market,
    scribe: Scribe,
    chance: Chance,
    groups: u64,
    orders: u64,
}

impl Game<'_> {
    fn apply(&mut self, input: Input) -> Step {
        let report = self.market.apply(&input).unwrap();
        Step { input, report }
    }

    async fn accept(&mut self, mut group: Group) {
        self.groups += 1;
        group.number = self.groups;
        self.store.accept(&group).await.unwrap();
    }

    async fn join(&mut self) {
        let deposit = self.market.params().starting_balance;
        let mut users = Vec::new();
        for number in 1..=USERS {
            let seq = self.scribe.next_seq();
            users.push(NewUser { deposit, ..user(number, seq) });
            self.apply(Input::Join { user: UserId(number), deposit });
        }
        self.accept(Group { users, ..Group::default() }).await;
    }

    async fn tick(&mut self, tick: u64) {
        let now_ms = tick * 1_000;
        let orders: Vec<_> = (0..ORDERS_PER_TICK)
            .map(|_| {
                self.orders += 1;
                self.chance.order(self.orders, now_ms - 1)
            })
            .collect();
        let accepted = orders.iter().map(|order| AcceptedOrder {
            order: order.clone(),
            client_order_id: Some(order.id.0),
            sending: Sending::default(),
        });
        self.accept(Group { orders: accepted.collect(), ..Group::default() }).await;
        let mut steps = Vec::new();
        if let Some(order) = self.market.all_open_orders().first().copied() {
            steps.push(self.apply(Input::Cancel { user: order.user, order: order.id, now_ms }));
        }
        steps.push(self.apply(Input::Orders { now_ms, orders }));
        let phase = match tick {
            ELIMINATION_TICK => {
                let outcomes = vec![OutcomeId(4)];
                steps.push(self.apply(Input::Eliminate { outcomes, round: None, now_ms, resume_ms: now_ms }));
                Phase::Frozen
            }
            TICKS => {
                steps.push(self.apply(Input::Final { winner: OutcomeId(1), now_ms }));
                Phase::Resolved
            }
            _ => Phase::Running,
        };
        let batch = self.scribe.batch((tick, now_ms, phase), &steps, &self.market, &[], &[]);
        self.store.commit_tick(&batch).await.unwrap();
    }
}

/// A whole session; returns the market as it ended.
pub(crate) async fn play(store: &dyn Store) -> (SessionId, Market) {
    let mut config = presets()[0].config.clone();
    config.params.gas_fee = outcry_engine::Usdc(1_000);
    config.params.rounds = vec![outcry_engine::Round { at_s: 9, freeze_s: 1 }];
    config.params.total_duration = 24;
    let market = Market::new(config.params.clone()).unwrap();
    let id = store.create(&NewSession::empty(config, Phase::Lobby)).await.unwrap();
    let scribe = Scribe::new(0, &market);
    let mut game = Game { store, market, scribe, chance: Chance(7), groups: 0, orders: 0 };
    game.join().await;
    for tick in 1..=TICKS {
        game.tick(tick).await;
    }
    (id, game.market)
}

pub(crate) async fn a_played_session_adds_up(bench: Bench) {
    let store = bench.open().await;
    let (id, market) = play(&*store).await;
    let users = store.users(id).await.unwrap();
    let trades = store.trades(id, 0).await.unwrap();
    let orders = store.orders(id, 0).await.unwrap();
    let last = *store.metrics(id, 0).await.unwrap().last().unwrap();
    assert!(trades.len() > 50, "{} trades: too few to show anything", trades.len());

    let deposits: i64 = users.iter().map(|user| user.deposit.0).sum();
    let balances: i64 = users.iter().map(|user| user.balance.0).sum();
    assert_eq!(balances + last.metrics.mm_profit.0 + last.metrics.gas.0, deposits, "money is conserved to the micro");
    assert_eq!(users.iter().map(|user| user.gas_paid.0).sum::<i64>(), last.metrics.gas.0);
    assert_eq!(orders.iter().map(|order| order.gas.0).sum::<i64>(), last.metrics.gas.0);
    let fees: i64 = trades.iter().map(|trade| trade.fill.fee.0).sum();
    assert!(fees <= last.metrics.fees.0, "what rounding and matching leave over is the maker's as well");
    for user in &users {
        let account = market.account(user.user).unwrap();
        assert_eq!((user.balance, user.trade_count), (account.balance, account.trade_count));
        assert_eq!(user.net_pnl.0, user.balance.0 - user.deposit.0);
        let named = |party: outcry_engine::Party| party.user() == Some(user.user);
        let fills = trades.iter().filter(|trade| named(trade.fill.buyer) || named(trade.fill.seller)).count();
        assert_eq!(fills as u64, user.trade_count);
    }
    for row in &orders {
        assert_eq!(row.filled.0 + row.remaining.0, row.order.size.0);
        assert!(!matches!(row.status, OrderStatus::Open | OrderStatus::Partial), "{row:?} is open after the end");
    }
    assert_eq!(store.lob_pools(id).await.unwrap(), []);
    assert_eq!(store.session(id).await.unwrap().phase, Phase::Resolved);
}

pub(crate) async fn a_replay_gives_every_hash(bench: Bench) {
    let store = bench.open().await;
    let (id, ended) = play(&*store).await;
    bench.crash(store).await;
    let record = bench.open().await.load(id).await.unwrap();
    let mut market = Market::new(record.state.config.params.clone()).unwrap();
    let mut inputs = record.inputs.iter().peekable();
    for (tick, hash) in &record.hashes {
        while let Some(input) = inputs.next_if(|input| input.tick <= *tick) {
            market.apply(&input.input).unwrap();
        }
        assert_eq!(market.state_hash(), *hash, "tick {tick}");
    }
    assert_eq!((record.hashes.len() as u64, inputs.next()), (TICKS, None));
    assert_eq!(market, ended);
}
