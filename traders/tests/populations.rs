//! Every kind of trader does what its kind is for, on a bare market.

use outcry_engine::{
    Direction, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Rate, Side, Tokens, Usdc, UserId,
    params::default_names,
};
use outcry_traders::{
    Action, Arbitrageur, Herder, Informed, Manipulator, Noise, PastPrices, Quoter, Strategy, View, card::Card,
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

const TICK_MS: u64 = 1_000;

/// Five outcomes, each with a pool at its own depth.
fn party() -> Params {
    let (thousandth, zeta) = (Rate(100_000), Rate(150_000_000));
    let mut params = Params {
        n_outcomes: 5,
        outcome_names: default_names(5),
        z: Usdc::whole(5_000),
        kappa_start: thousandth,
        kappa_end: thousandth,
        zeta_start: zeta,
        zeta_end: zeta,
        ..Params::default()
    };
    params.q0 = params.q0_default();
    params
}

/// A market with those who trade on it, each with so much money.
struct Table {
    market: Market,
    prices: PastPrices,
    traders: Vec<(Box<dyn Strategy>, ChaCha8Rng)>,
    tick: u64,
    next_order: u64,
}

impl Table {
    fn new(params: Params, money: i64, seed: u64, traders: Vec<Box<dyn Strategy>>) -> Self {
        let mut market = Market::new(params).expect("valid parameters");
        for user in (0..).map(UserId).take(traders.len()) {
            market.apply(&Input::Join { user, deposit: Usdc::whole(money) }).expect("a seat");
        }
        let rng = |stream| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(stream);
            rng
        };
        let traders = (0..).zip(traders).map(|(stream, trader)| (trader, rng(stream))).collect();
        let mut table = Self { market, prices: PastPrices::default(), traders, tick: 0, next_order: 1 };
        table.prices.remember(&table.market.public());
        table
    }

    /// What the trader with this number would do now.
    fn act(&mut self, number: u32) -> Vec<Action> {
        let (public, own) = (self.market.public(), self.market.own_view(UserId(number)));
        let view = View { market: &public, prices: &self.prices, own: &own, now_ms: self.tick * TICK_MS };
        let (trader, rng) = &mut self.traders[number as usize];
        trader.act(&view, rng)
    }

    /// Everybody acts once, and a tick is run; how many orders came.
    fn round(&mut self) -> usize {
        let (mut orders, now_ms) = (Vec::new(), self.tick * TICK_MS);
        for number in 0..self.traders.len() as u32 {
            let user = UserId(number);
            for action in self.act(number) {
                match action {
                    Action::Order { outcome, side, direction, kind, size } => {
                        let id = OrderId(self.next_order);
                        self.next_order += 1;
                        orders.push(Order { id, user, outcome, side, direction, kind, size, ts_ms: now_ms });
                    }
                    Action::Cancel(order) => self.cancel(user, order),
                    Action::CancelAll => {
                        self.market.open_orders(user).iter().for_each(|order| self.cancel(user, order.id));
                    }
                }
            }
        }
        let sent = orders.len();
        self.market.apply(&Input::Orders { now_ms, orders }).expect("a tick");
        self.tick += 1;
        self.prices.remember(&self.market.public());
        sent
    }

    fn play(&mut self) {
        let _ = self.round();
    }

    /// Nothing happens for a while.
    fn wait(&mut self, ticks: u64) {
        self.tick += ticks;
        (0..ticks).for_each(|_| self.prices.remember(&self.market.public()));
    }

    fn cancel(&mut self, user: UserId, order: OrderId) {
        self.market.apply(&Input::Cancel { user, order, now_ms: self.tick * TICK_MS }).expect("a seat");
    }

    fn free(&self, number: u32, outcome: u8, side: Side) -> Tokens {
        self.market.account(UserId(number)).expect("a seat").free[usize::from(outcome)][side.index()]
    }

    /// Somebody without a strategy trades at the market.
    fn trade(&mut self, number: u32, outcome: u8, side: Side, direction: Direction, tokens: i64) {
        let (id, user, outcome) = (OrderId(self.next_order), UserId(number), OutcomeId(outcome));
        self.next_order += 1;
        let (kind, size) = (OrderKind::Market { max_slippage: Rate(i64::MAX) }, Tokens::whole(tokens));
        let now_ms = self.tick * TICK_MS;
        let order = Order { id, user, outcome, side, direction, kind, size, ts_ms: now_ms };
        let report = self.market.apply(&Input::Orders { now_ms, orders: vec![order] }).expect("a tick");
        assert!(!report.fills.is_empty(), "{report:?}");
        self.tick += 1;
        self.prices.remember(&self.market.public());
    }
}

/// Never does anything.
struct Idle;

impl Strategy for Idle {
    fn act(&mut self, _view: &View<'_>, _rng: &mut ChaCha8Rng) -> Vec<Action> {
        Vec::new()
    }
}

/// All NO of five at one half cost 2.5 and pay 4: when the arbitrageur rests, no basket pays more than it costs.
#[test]
fn the_arbitrageur_leaves_no_basket_above_the_fees() {
    for seed in 0..5 {
        let noise = (0..6).map(|_| Box::new(Noise::default()) as Box<dyn Strategy>);
        let mut table = Table::new(party(), 100_000, seed, noise.chain([Box::new(Arbitrageur) as _]).collect());
        (0..10).for_each(|_| table.play());
        // The others leave; it goes on until it finds nothing.
        table.traders.iter_mut().take(6).for_each(|trader| trader.0 = Box::new(Idle));
        let rounds = (0..200).take_while(|_| table.round() > 0).count();
        assert!(rounds < 200, "seed {seed}: it never rests");
        let sum = |side| (0..5).map(|outcome| table.market.spot(OutcomeId(outcome), side)).sum::<f64>();
        let (fee, slack) = (1.01, 0.02);
        assert!(sum(Side::No) * fee >= 4.0 - slack, "seed {seed}: all NO for {}", sum(Side::No));
        assert!(sum(Side::Yes) * fee >= 1.0 - slack, "seed {seed}: all YES for {}", sum(Side::Yes));
        for outcome in (0..5).map(OutcomeId) {
            let pair: f64 = Side::BOTH.iter().map(|&side| table.market.spot(outcome, side)).sum();
            assert!(pair * fee >= 1.0 - slack, "seed {seed}: a set of {outcome:?} for {pair}");
        }
        // Whoever wins, it has gained.
        let account = table.market.account(UserId(6)).expect("a seat");
        let holds = |winner: usize| {
            let pays = |(outcome, pair): (usize, &[Tokens; 2])| pair[usize::from(outcome != winner)].as_f64();
            account.free.iter().enumerate().map(pays).sum::<f64>()
        };
        let worst = (0..5).map(holds).fold(f64::INFINITY, f64::min) + account.balance.as_f64();
        assert!(worst > 100_000.0, "seed {seed}: {worst}");
    }
}

/// Who knows that A does not win buys no YES of A, and with others who know of B and C moves the price of the rest.
#[test]
fn the_informed_trade_on_their_clues() {
    for seed in 0..5 {
        let know = |outcome| Box::new(Informed::with(Card::Not(OutcomeId(outcome)))) as Box<dyn Strategy>;
        let mut table = Table::new(party(), 1_000, seed, vec![know(0), know(1), know(2)]);
        (0..120).for_each(|_| table.play());
        let market = &table.market;
        let forecast = |outcome| {
            (market.spot(OutcomeId(outcome), Side::Yes) + 1.0 - market.spot(OutcomeId(outcome), Side::No)) / 2.0
        };
        let (out, left) = ((0..3).map(forecast).sum::<f64>() / 3.0, (3..5).map(forecast).sum::<f64>() / 2.0);
        assert!(left > out + 0.1, "seed {seed}: {out} and {left}");
        for known in 0..3 {
            assert_eq!(table.free(u32::from(known), known, Side::Yes), Tokens::ZERO, "seed {seed}");
        }
    }
}

#[test]
fn the_herder_buys_what_rises_and_sells_what_falls() {
    let mut table = Table::new(party(), 1_000, 1, vec![Box::new(Herder), Box::new(Idle)]);
    (0..30).for_each(|_| assert_eq!(table.round(), 0, "there is no trend"));
    (0..15).for_each(|_| table.trade(1, 2, Side::Yes, Direction::Buy, 20));
    let [Action::Order { outcome, side, direction, .. }] = table.act(0)[..] else { panic!("one order") };
    assert_eq!((outcome, side, direction), (OutcomeId(2), Side::Yes, Direction::Buy));
    table.round();
    assert!(table.free(0, 2, Side::Yes).0 > 0);
    table.trade(1, 2, Side::Yes, Direction::Sell, 300);
    table.wait(25);
    let sells = |action: &Action| matches!(action, Action::Order { direction: Direction::Sell, .. });
    assert!(table.act(0).iter().any(sells), "{:?}", table.act(0));
}

/// Bids for one token over many turns: the highest.
fn highest_bid(table: &mut Table, wanted: (u8, Side)) -> f64 {
    let mut best = 0.0_f64;
    for _ in 0..60 {
        for action in table.act(0) {
            if let Action::Order {
                outcome, side, direction: Direction::Buy, kind: OrderKind::Limit { price, .. }, ..
            } = action
                && (outcome.0, side) == wanted
            {
                best = best.max(price.as_f64());
            }
        }
    }
    best
}

#[test]
fn the_quoter_widens_with_the_moves_and_leans_against_what_it_holds() {
    let table = || Table::new(party(), 1_000, 1, vec![Box::new(Quoter), Box::new(Idle)]);
    let distance = |table: &mut Table| table.market.spot(OutcomeId(3), Side::Yes) - highest_bid(table, (3, Side::Yes));
    let calm = distance(&mut table());
    let mut moved = table();
    for _ in 0..10 {
        moved.trade(1, 3, Side::Yes, Direction::Buy, 40);
        moved.trade(1, 3, Side::Yes, Direction::Sell, 40);
    }
    let wild = distance(&mut moved);
    assert!(wild > calm + 0.01, "{calm} and {wild}");
    let mut long = table();
    long.trade(0, 3, Side::Yes, Direction::Buy, 200);
    long.wait(30);
    let (mut short, leaning) = (table(), distance(&mut long));
    short.trade(1, 3, Side::Yes, Direction::Buy, 200);
    short.wait(30);
    let straight = distance(&mut short);
    assert!(leaning > straight + 0.01, "{straight} and {leaning}");
}

/// With the same noise, a price ends nearer to the manipulator's target than without one.
#[test]
fn the_manipulator_pulls_the_price_to_its_target() {
    for seed in 0..5 {
        let end = |last: Box<dyn Strategy>| {
            let noise = (0..6).map(|_| Box::new(Noise::default()) as Box<dyn Strategy>);
            let mut table = Table::new(party(), 1_000, seed, noise.chain([last]).collect());
            (0..100).for_each(|_| table.play());
            table.market.spot(OutcomeId(4), Side::Yes)
        };
        let (with, without) = (end(Box::new(Manipulator::of(OutcomeId(4)))), end(Box::new(Idle)));
        assert!((0.8 - with).abs() < (0.8 - without).abs() - 0.02, "seed {seed}: {without} and {with}");
    }
}
