//! The tables that are taken home: every account is built again from them alone, to the micro.

use crate::{
    guest::Guest,
    hall::{Hall, Host, config},
    recovery::{now, wait},
};
use outcry_engine::{Direction, OrderKind, OutcomeId, Price, Rate, Side, Tokens, Usdc};
use outcry_server::{
    export::{Export, make},
    store::{SessionId, Store},
};
use outcry_shared::{
    ClientMessage,
    message::{HostAct, NewOrder, Promise, SeatClaim, Step},
    phase::Phase,
};
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

/// What somebody has who has nothing but the files.
struct Tables(BTreeMap<&'static str, Vec<Row>>);

impl Tables {
    fn of(store: &dyn Store, session: SessionId) -> Self {
        let tables = Export::ALL.into_iter().filter(|export| export.file_name().ends_with(".csv"));
        let read = |export: Export| {
            let bytes = wait(make(store, session, export)).unwrap();
            assert!(bytes.starts_with("\u{feff}".as_bytes()), "a spreadsheet sees that it is UTF-8");
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
            (export.file_name(), rows)
        };
        Self(tables.map(read).collect())
    }

    fn rows(&self, name: &str) -> &[Row] {
        &self.0[name]
    }

    /// The sum of a column per participant, of the lines that pass.
    fn sums(&self, name: &str, (user, amount): (&str, &str), passes: impl Fn(&Row) -> bool) -> BTreeMap<u64, i64> {
        let mut sums = BTreeMap::new();
        for row in self.rows(name).iter().filter(|row| passes(row)) {
            if let Ok(user) = row[user].parse() {
                *sums.entry(user).or_default() += micros(&row[amount]);
            }
        }
        sums
    }

    /// Cash of everyone by the movements alone.
    fn cash(&self) -> BTreeMap<u64, i64> {
        let moved = self.sums("cash.csv", ("user_id", "amount"), |_| true);
        with(self.sums("rankings.csv", ("user_id", "deposit"), |_| true), &moved, 1)
    }

    /// The same by the fills, and what no fill moves.
    fn cash_by_trades(&self) -> BTreeMap<u64, i64> {
        let kinds = |row: &Row| matches!(row["kind"].as_str(), "PAYOUT" | "REFUND" | "ESCROW");
        [
            (self.sums("trades.csv", ("buy_user_id", "buy_cash"), |_| true), 1),
            (self.sums("trades.csv", ("sell_user_id", "sell_cash"), |_| true), 1),
            (self.sums("cash.csv", ("user_id", "amount"), kinds), 1),
            (self.sums("orders.csv", ("user_id", "gas"), |_| true), -1),
        ]
        .into_iter()
        .fold(self.sums("rankings.csv", ("user_id", "deposit"), |_| true), |all, (part, sign)| with(all, &part, sign))
    }

    /// Everything held: what was bought less what was sold, of the outcomes still in the game.
    fn holdings(&self) -> BTreeMap<(u64, u8, String), i64> {
        let mut held = BTreeMap::new();
        for row in self.rows("trades.csv") {
            let pair = matches!(row["fill_type"].as_str(), "MINT" | "MERGE");
            let other = if row["yes_no"] == "YES" { "NO" } else { "YES" };
            let size = micros(&row["size"]);
            let buys = if row["fill_type"] == "MERGE" { -size } else { size };
            let sells = if row["fill_type"] == "MINT" { size } else { -size };
            let sold = if pair { other } else { &row["yes_no"] };
            for (user, token, size) in [("buy_user_id", row["yes_no"].as_str(), buys), ("sell_user_id", sold, sells)] {
                let Ok(user) = row[user].parse() else { continue };
                *held.entry((user, row["outcome_i"].parse().unwrap(), token.to_owned())).or_default() += size;
            }
        }
        for row in self.rows("events.csv") {
            let payload: serde_json::Value = serde_json::from_str(&row["payload"]).unwrap();
            match row["type"].as_str() {
                "ELIMINATION" => held.retain(|(_, outcome, _), _| u64::from(*outcome) != payload["outcome"]),
                "FINAL" => held.clear(),
                _ => {}
            }
        }
        held.retain(|_, tokens| *tokens != 0);
        held
    }
}

fn micros(amount: &str) -> i64 {
    amount.parse::<Usdc>().unwrap_or_else(|error| panic!("{amount:?}: {error}")).0
}

fn with(mut all: BTreeMap<u64, i64>, part: &BTreeMap<u64, i64>, sign: i64) -> BTreeMap<u64, i64> {
    part.iter().for_each(|(user, amount)| *all.entry(*user).or_default() += sign * amount);
    all
}

/// Everything that the tables promise, at any moment of a session.
fn prove(store: &dyn Store, session: SessionId) -> Tables {
    let tables = Tables::of(store, session);
    let users = now(store.users(session));
    let balances: BTreeMap<u64, i64> = users.iter().map(|user| (user.user.0.into(), user.balance.0)).collect();
    assert_eq!(tables.cash(), balances, "by the movements of cash");
    assert_eq!(tables.cash_by_trades(), balances, "by the trades");
    let positions = now(store.positions(session)).into_iter().filter(|row| row.tokens.0 != 0);
    let kept: BTreeMap<_, _> =
        positions.map(|row| ((row.user.0.into(), row.outcome.0, row.side.name().to_owned()), row.tokens.0)).collect();
    assert_eq!(tables.holdings(), kept, "by the trades");
    assert_eq!(tables.rows("holdings.csv").len(), kept.len());
    for row in tables.rows("checks.csv") {
        assert_eq!(row["different"], "0", "{row:?}");
    }
    for (name, rows) in &tables.0 {
        let times: Vec<u64> = rows.iter().filter_map(|row| row.get("ts_ms")?.parse().ok()).collect();
        let back = times.windows(2).position(|pair| pair[1] < pair[0]);
        assert_eq!(back, None, "{name}: time falls back: {:?}", back.map(|at| &rows[at..at + 2]));
    }
    tables
}

/// Numbers that a program rounds, words that it takes for nothing: none in a column of ours.
fn no_cell_is_mistaken(tables: &Tables) {
    for (name, rows) in &tables.0 {
        for (column, cell) in rows.iter().flatten() {
            let digits = cell.bytes().filter(u8::is_ascii_digit).count();
            let is_number = cell.parse::<f64>().is_ok();
            assert!(!is_number || digits <= 15, "{name} {column}: {cell} would be rounded");
            let text = matches!(column.as_str(), "user" | "buy_user" | "sell_user" | "outcome" | "reason");
            assert!(!text || !is_number, "{name} {column}: {cell} would be taken for a number");
        }
    }
}

/// A small generator: the same session every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// An order that a market may take: of what is held, or near the price.
    fn order(&mut self, guest: &mut Guest) -> NewOrder {
        let free = &guest.private().own.free;
        let outcome = usize::try_from(self.below(4)).unwrap();
        let side = Side::BOTH[usize::try_from(self.below(2)).unwrap()];
        let held = free[outcome][side.index()];
        let sells = held.0 > 1_000_000 && self.below(2) == 0;
        let direction = if sells { Direction::Sell } else { Direction::Buy };
        let size = Tokens(if sells { held.0 / 2 } else { 1_000_000 + self.below(40_000_000) as i64 });
        let price = Price(10_000 * (5 + self.below(85) as u32));
        let kind = match self.below(3) {
            0 => OrderKind::Market { max_slippage: Rate(1_000_000_000) },
            _ => OrderKind::Limit { price, af_opt_in: self.below(2) == 0 },
        };
        guest.next_order += 1;
        let outcome = OutcomeId(u8::try_from(outcome).unwrap());
        let promise = Some(Promise { tick: 3, average: Some(price), total: Usdc(size.0) });
        let (session, client_order_id) = (guest.session, u64::MAX - guest.next_order);
        NewOrder { session, client_order_id, outcome, side, direction, kind, size, promise }
    }
}

const SESSION: SessionId = SessionId(1);
/// Seconds of the game: a minute, and the extension.
const SECONDS: u64 = 72;

struct Evening {
    hall: Hall,
    host: Host,
    guests: Vec<Guest>,
    chance: Chance,
}

impl Evening {
    /// Where the pool asks less than 1 for YES and NO together, people sell pairs to each other; where it asks
    /// as much, they buy them.
    fn begin(pool_asks_less: bool) -> Self {
        let mut config = config();
        if pool_asks_less {
            config.params.q0 = Tokens(config.params.q0.0 / 10 * 7);
        }
        (config.params.af_enabled, config.params.cm_enabled) = (true, true);
        let mut hall = Hall::with(config);
        let mut host = hall.host();
        let mut guests: Vec<_> = ["007", "NaN", "Zoë", "Łukasz"].into_iter().map(|name| hall.join(name)).collect();
        guests.extend(["Robo", "Mech"].into_iter().map(|name| {
            let name = name.to_owned();
            let guest = hall.connect();
            let token = guest.token;
            hall.greet(guest, SeatClaim::Join { name, bot: true, token })
        }));
        hall.act(&mut host, HostAct::Start).unwrap();
        Self { hall, host, guests, chance: Chance(11) }
    }

    fn second(&mut self, second: u64) {
        for guest in &mut self.guests {
            guest.hear();
            for _ in 0..3 {
                let order = self.chance.order(guest);
                self.hall.send(guest, &ClientMessage::Order(order));
            }
            if self.chance.below(9) == 0 {
                self.hall.send(guest, &ClientMessage::CancelAll);
            }
        }
        match second {
            // As a page tells it, and again after the server was started anew.
            5 | 35 => {
                let after_ms = 1_000 * second as u32;
                for step in [Step::Named, Step::Sight] {
                    self.hall.say(&mut self.guests[2], ClientMessage::Reached { step, after_ms });
                }
                let front = self.hall.front.clone();
                self.hall.asked(async move { front.session(None, true).await }).unwrap();
            }
            // What no market takes.
            9 => {
                let order = NewOrder { outcome: OutcomeId(9), ..self.chance.order(&mut self.guests[0]) };
                self.hall.send(&mut self.guests[0], &ClientMessage::Order(order));
            }
            15 => drop(self.hall.act(&mut self.host, HostAct::Extend { by_s: 10 }).unwrap()),
            31 => self.crash(),
            33 => {
                let gone = self.guests.pop().unwrap();
                let user = gone.welcome().you.as_ref().unwrap().user;
                self.hall.act(&mut self.host, HostAct::Kick { user }).unwrap();
            }
            _ => {}
        }
        self.hall.tick();
    }

    /// The server ends without a word just after the host has said something, and comes back.
    fn crash(&mut self) {
        self.hall.pass_ms(300);
        self.hall.act(&mut self.host, HostAct::Announce { text: "one moment".to_owned() }).unwrap();
        let tokens: Vec<_> = self.guests.iter().map(Guest::token).collect();
        let hall = std::mem::replace(&mut self.hall, Hall::open());
        self.hall = hall.crash();
        self.host = self.hall.host();
        let next = self.guests.iter().map(|guest| guest.next_order).collect::<Vec<_>>();
        self.guests = tokens.into_iter().map(|token| self.hall.resume(token)).collect();
        self.guests.iter_mut().zip(next).for_each(|(guest, next)| guest.next_order = next);
        self.hall.act(&mut self.host, HostAct::Resume).unwrap();
    }
}

/// A whole session, proved again and again; what is taken home at its end.
fn play(pool_asks_less: bool) -> Tables {
    let mut evening = Evening::begin(pool_asks_less);
    for second in 0..SECONDS {
        evening.second(second);
        if second % 24 == 11 {
            prove(&*evening.hall.store, SESSION);
        }
    }
    assert_eq!(evening.hall.session().phase(), Phase::Resolved);
    let tables = prove(&*evening.hall.store, SESSION);
    no_cell_is_mistaken(&tables);
    tables
}

#[test]
fn every_account_is_built_again_from_the_tables_alone() {
    let (tables, pairs_sold) = (play(false), play(true));
    let words = |name: &str, column: &str| -> BTreeSet<String> {
        let rows = [&tables, &pairs_sold].into_iter().flat_map(|tables| tables.rows(name));
        rows.map(|row| row[column].clone()).collect()
    };
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(words("trades.csv", "fill_type"), all(&["AMM", "LOB", "MINT", "MERGE", "AUTO_FILL"]), "of every kind");
    let kinds = ["COST", "PROCEEDS", "FEE", "GAS", "REBATE", "PAYOUT", "ESCROW"];
    assert!(words("cash.csv", "kind").is_superset(&all(&kinds)), "{:?}", words("cash.csv", "kind"));
    let acts = words("events.csv", "type");
    for act in ["EXTEND", "HOST_ACT", "PHASE", "SERVER", "ORDER_REFUSED", "ELIMINATION", "FINAL", "RESUME"] {
        assert!(acts.contains(act), "{act} is in the record: {acts:?}");
    }
    let refused = &tables.rows("refused.csv")[0];
    assert_eq!(
        (refused["user"].as_str(), refused["why"].as_str(), refused["outcome_i"].as_str()),
        ("'007", "FORM", "9")
    );
    assert!(refused["reason"].contains("outcome 9 does not exist"), "{refused:?}");
    let bots = tables.rows("orders.csv").iter().filter(|row| row["is_bot"] == "true").count();
    assert!(bots > 0 && bots < tables.rows("orders.csv").len());
    let order = &tables.rows("orders.csv")[0];
    assert_eq!((order["promised_tick"].as_str(), &order["promised_total"]), ("3", &order["size"]));
    assert_eq!(order["client_order_id"].len(), 17, "a number of 64 bits is a text");
    let config: BTreeMap<_, _> =
        tables.rows("config.csv").iter().map(|row| (row["field"].as_str(), row["value"].as_str())).collect();
    assert_eq!((config["people"], config["bots"], config["pages_opened"]), ("4", "2", "2"));
    let newcomers = tables.rows("funnel.csv");
    assert_eq!(newcomers.len(), 4, "bots open no page");
    let of = |row: &Row| ["named_ms", "sight_ms", "tap_ms"].map(|column| row[column].clone());
    assert_eq!(of(&newcomers[2]), ["5000", "5000", ""], "the first word counts");
    assert_eq!(of(&newcomers[0]), ["", "", ""]);
    assert!(!config["started_at"].is_empty() && config["exported_by"].starts_with("outcry-server "));
}

/// What a client says of its ticket is recorded or left out; it never stops the record.
#[test]
fn a_promise_that_nobody_could_keep_is_left_out() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let promises = [
        Promise { tick: u64::MAX, average: Some(Price(u32::MAX)), total: Usdc(i64::MAX) },
        Promise { tick: 1, average: None, total: Usdc(i64::MIN) },
        Promise { tick: 1, average: Some(Price(u32::MAX)), total: Usdc(-1) },
    ];
    for promise in promises {
        let order = NewOrder { promise: Some(promise), ..ada.buys(1) };
        hall.say(&mut ada, ClientMessage::Order(order));
    }
    assert!(ada.acks().iter().all(|ack| ack.result.is_ok()));
    let kept: Vec<_> = now(hall.store.orders(SESSION, 0)).into_iter().map(|row| row.sending.promise).collect();
    assert_eq!(kept, [None, None, Some(promises[2])]);
}
