//! A session played on the real engine, told to a model as a server would tell it.

pub(crate) mod scenes;

use outcry_desk::model::Model;
use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, PublicMarket, Rate, Report, Side,
    Tokens, UserId, amount::RATE_ONE,
};
use outcry_shared::{
    ServerMessage,
    config::{DEFAULT_SLIPPAGE_PERCENT, presets},
    floor::public_trades,
    ledger::Ledger,
    levels,
    message::{
        HistoryPoint, LeaderRow, LevelChange, Outcome, PrivateState, PublicTrade, Receipt, Seat, Snapshot, TickUpdate,
        Welcome, You,
    },
    phase::{Clock, Phase},
};

/// The player whose screen it is.
pub(crate) const ME: UserId = UserId(1);
/// Names of everyone; the last two are bots.
const NAMES: [&str; 8] = ["Noor", "Max", "Lina", "Ole", "Priya", "Tomás", "momo-bot", "quote-bot"];

/// A server without a network.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) market: Market,
    pub(crate) ledger: Ledger,
    pub(crate) now_ms: u64,
    pub(crate) tick: u64,
    pub(crate) phase: Phase,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) history: Vec<HistoryPoint>,
    pub(crate) tape: Vec<PublicTrade>,
    names: Vec<String>,
    next_order: u64,
}

/// The parameters of the party that people play.
pub(crate) fn party() -> Params {
    let mut params = presets()[0].config.params.clone();
    params.outcome_names = ["Ada Lovelace", "Blaise", "Carl", "Dorothy", "Emmy"].map(str::to_owned).into();
    params
}

impl Host {
    pub(crate) fn new(params: Params) -> Self {
        Self::with_names(params, &NAMES)
    }

    /// With these people at its door; a name that ends with "-bot" is a bot's.
    pub(crate) fn with_names(params: Params, names: &[&str]) -> Self {
        let count = usize::from(params.n_outcomes);
        let mut host = Self {
            market: Market::new(params.clone()).unwrap(),
            ledger: Ledger::default(),
            now_ms: 0,
            tick: 0,
            phase: Phase::Lobby,
            outcomes: vec![Outcome::Active; count],
            history: vec![],
            tape: vec![],
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            next_order: 1,
        };
        for index in 0..names.len() {
            let user = UserId(index as u32 + 1);
            let deposit = params.starting_balance;
            host.market.apply(&Input::Join { user, deposit }).unwrap();
            host.ledger.join(user, deposit);
        }
        host.remember();
        host
    }

    pub(crate) fn clock(&self) -> Clock {
        let params = self.market.params();
        let upcoming =
            params.rounds.iter().map(|round| u64::from(round.at_s) * 1_000).find(|at_ms| *at_ms > self.now_ms);
        Clock {
            phase: self.phase,
            now_ms: self.now_ms,
            next_freeze_ms: upcoming,
            resume_ms: (self.phase == Phase::Frozen).then_some(self.now_ms + 9_000),
            end_ms: u64::from(params.total_duration) * 1_000,
            next_tick_ms: self.now_ms + u64::from(params.batch_interval_ms),
            server_ms: 1_000_000 + self.now_ms,
        }
    }

    /// Runs a tick a second later; returns what a client is told.
    pub(crate) fn run(&mut self, orders: &[Wish]) -> (Box<TickUpdate>, Box<PrivateState>) {
        self.now_ms += 1_000;
        let now_ms = self.now_ms;
        let orders: Vec<Order> = orders.iter().map(|wish| self.order(wish)).collect();
        self.step(&Input::Orders { now_ms, orders })
    }

    fn order(&mut self, wish: &Wish) -> Order {
        let id = OrderId(self.next_order);
        self.next_order += 1;
        let Wish { user, outcome, side, direction, kind, size } = *wish;
        Order { id, user, outcome, side, direction, kind, size, ts_ms: self.now_ms - 500 }
    }

    /// Applies an input; returns what a client is told.
    pub(crate) fn step(&mut self, input: &Input) -> (Box<TickUpdate>, Box<PrivateState>) {
        let before = self.market.public();
        let report = self.market.apply(input).unwrap();
        self.ledger.book(&report, &self.market);
        self.tick += 1;
        self.fates(&report);
        self.remember();
        let trades = match input {
            Input::Orders { orders, .. } => public_trades(&report, orders),
            _ => Vec::new(),
        };
        self.tape.extend(&trades);
        let after = self.market.public();
        let update = TickUpdate {
            tick: self.tick,
            clock: self.clock(),
            pools: after.outcomes.iter().map(|outcome| outcome.pool).collect(),
            segment_ms: (after.segment_start_ms, after.segment_end_ms),
            levels: changes(&before, &after),
            trades,
            actions: vec![],
            events: report.events.clone(),
            leaders: self.leaders(),
            metrics: self.market.metrics(),
            orders: report.orders.len() as u32,
            state_hash: self.market.state_hash(),
        };
        (Box::new(update), Box::new(self.private(&report)))
    }

    fn fates(&mut self, report: &Report) {
        for event in &report.events {
            match event {
                outcry_engine::Event::Elimination { outcome, .. } => {
                    self.outcomes[outcome.index()] = Outcome::Eliminated { at_ms: self.now_ms };
                }
                outcry_engine::Event::Final { winner, .. } => {
                    for (index, fate) in self.outcomes.iter_mut().enumerate() {
                        if *fate == Outcome::Active {
                            *fate = if index == winner.index() { Outcome::Won } else { Outcome::Lost };
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn remember(&mut self) {
        let frozen = self.phase == Phase::Frozen;
        let spots = (0..self.outcomes.len()).map(|index| self.market.spot(OutcomeId(index as u8), Side::Yes));
        self.history.push(HistoryPoint::new(self.now_ms, spots, &self.market.metrics(), frozen));
    }

    pub(crate) fn leaders(&self) -> Vec<LeaderRow> {
        let spot = |outcome: usize, side: usize| self.market.spot(OutcomeId(outcome as u8), Side::BOTH[side]);
        let mut rows: Vec<LeaderRow> = self
            .market
            .accounts()
            .map(|(user, account)| {
                let orders = self.market.open_orders(user);
                let escrow = outcry_engine::Usdc(orders.iter().map(|order| order.escrow.0).sum());
                let free = account.free.iter().enumerate();
                let free = free.flat_map(|(outcome, pair)| [(pair[0], spot(outcome, 0)), (pair[1], spot(outcome, 1))]);
                let value = outcry_shared::formulas::value(account.balance, escrow, free);
                let gain_bp = outcry_shared::formulas::gain_bp(value, account.deposit);
                LeaderRow { rank: 0, user, value, gain_bp, trades: account.trade_count }
            })
            .collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.value), row.user));
        for (index, row) in rows.iter_mut().enumerate() {
            row.rank = index as u32 + 1;
        }
        rows
    }

    pub(crate) fn private(&self, report: &Report) -> PrivateState {
        let mine = report.orders.iter().filter(|order| order.user == ME);
        let receipts = mine.map(|order| Receipt {
            order: order.clone(),
            client_order_id: None,
            fills: report
                .fills
                .iter()
                .filter(|fill| fill.buyer.order() == Some(order.id) || fill.seller.order() == Some(order.id))
                .cloned()
                .collect(),
            cash: report.cash.iter().filter(|cash| cash.user == ME && cash.order == Some(order.id)).copied().collect(),
        });
        PrivateState {
            tick: self.tick,
            own: self.market.own_view(ME),
            open_orders: self.market.open_orders(ME),
            positions: self.ledger.positions(ME),
            statement: self.ledger.statement(ME),
            rank: self.leaders().iter().find(|row| row.user == ME).map_or(0, |row| row.rank),
            trade_count: self.market.account(ME).map_or(0, |account| account.trade_count),
            receipts: receipts.collect(),
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            session: 7,
            session_name: "Friday night".to_owned(),
            question: "Who wins the final?".to_owned(),
            tick: self.tick,
            clock: self.clock(),
            market: self.market.public(),
            seats: self.seats(),
            leaders: self.leaders(),
            tape: self.tape.clone(),
            history: self.history.clone(),
            metrics: self.market.metrics(),
            outcomes: self.outcomes.clone(),
            state_hash: self.market.state_hash(),
            default_slippage_percent: DEFAULT_SLIPPAGE_PERCENT,
        }
    }

    /// A model that has just been welcomed.
    pub(crate) fn model(&self) -> Model {
        welcomed(self.welcome_me())
    }

    /// A model of someone who only watches.
    pub(crate) fn spectator(&self) -> Model {
        welcomed(self.welcome(None, None))
    }

    pub(crate) fn welcome_me(&self) -> Welcome {
        let you = You { user: ME, name: self.names[0].clone(), mark: 1 };
        self.welcome(Some(you), Some(self.private(&Report::default())))
    }

    fn seats(&self) -> Vec<Seat> {
        let seat = |(index, name): (usize, &String)| Seat {
            user: UserId(index as u32 + 1),
            name: name.clone(),
            connected: index != 3,
            bot: name.ends_with("-bot"),
        };
        self.names.iter().enumerate().map(seat).collect()
    }

    fn welcome(&self, you: Option<You>, private: Option<PrivateState>) -> Welcome {
        let join_url = "https://floor.example.org/".to_owned();
        Welcome { build: "test".to_owned(), you, snapshot: self.snapshot(), private, end: None, join_url, past: vec![] }
    }
}

fn welcomed(welcome: Welcome) -> Model {
    let mut model = Model::new(1_000);
    model.apply(ServerMessage::Welcome(Box::new(welcome)), 5_000);
    model
}

fn changes(before: &PublicMarket, after: &PublicMarket) -> Vec<LevelChange> {
    let pairs = before.outcomes.iter().zip(&after.outcomes).enumerate();
    pairs.flat_map(|(index, (old, new))| levels::changes(OutcomeId(index as u8), &old.levels, &new.levels)).collect()
}

/// An order as a test wants it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) user: UserId,
    pub(crate) outcome: OutcomeId,
    pub(crate) side: Side,
    pub(crate) direction: Direction,
    pub(crate) kind: OrderKind,
    pub(crate) size: Tokens,
}

/// A market order.
pub(crate) fn market(user: u32, outcome: u8, side: Side, direction: Direction, size: i64) -> Wish {
    let kind = OrderKind::Market { max_slippage: Rate(RATE_ONE) };
    Wish { user: UserId(user), outcome: OutcomeId(outcome), side, direction, kind, size: Tokens::whole(size) }
}

/// A limit order at so many cents.
pub(crate) fn limit(user: u32, outcome: u8, side: Side, direction: Direction, cents: u32, size: i64) -> Wish {
    let kind = OrderKind::Limit { price: Price(cents * 10_000), af_opt_in: false };
    Wish { user: UserId(user), outcome: OutcomeId(outcome), side, direction, kind, size: Tokens::whole(size) }
}

/// A session in full swing, some three minutes in. Played once for all tests.
pub(crate) fn busy() -> Host {
    static PLAYED: std::sync::OnceLock<Host> = std::sync::OnceLock::new();
    PLAYED.get_or_init(play).clone()
}

fn play() -> Host {
    use Direction::{Buy, Sell};
    use Side::{No, Yes};
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    host.run(&[market(1, 0, Yes, Buy, 120), market(2, 1, Yes, Buy, 60), market(3, 2, No, Buy, 40)]);
    host.run(&[
        limit(1, 1, Yes, Buy, 34, 50),
        limit(2, 0, Yes, Buy, 50, 120),
        limit(3, 0, Yes, Buy, 47, 60),
        limit(4, 0, Yes, Buy, 45, 200),
        limit(1, 0, Yes, Sell, 72, 30),
        limit(5, 0, No, Buy, 40, 90),
    ]);
    for round in 0..160 {
        let user = 2 + round % 6;
        let outcome = (round * 3 % 5) as u8;
        let side = if round % 3 == 0 { No } else { Yes };
        let size = 4 + i64::from(round * 7 % 23);
        let mut wishes = vec![market(user, outcome, side, Buy, size)];
        if round % 4 == 3 {
            wishes.push(market(user, outcome, side, Sell, size / 2));
        }
        host.run(&wishes);
    }
    host.run(&[limit(2, 0, Yes, Sell, 80, 10), limit(3, 0, No, Buy, 33, 40), market(1, 2, No, Buy, 35)]);
    host
}
