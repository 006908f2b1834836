//! What one order of each kind costs, in a tick of a hundred such orders, beside what a
//! plain book does for an order of its nearest kind.

use crate::{plain::Plain, step::Steps};
use outcry_engine::{
    Direction, FillType, Input, Leg, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Report, Side,
    Tokens, Usdc, UserId, params::default_names,
};

/// Orders of a kind in a tick.
pub(crate) const ORDERS: u64 = 100;
/// The number of the first of them; what is there before has lower ones.
const FIRST_ID: u64 = 10;

/// How a kind is brought about, by YES buys of the first outcome.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// What rests before, at ½, where the pool is.
    rests: Option<Leg>,
    /// Tokens bought from the pool before, which lowers the other prices.
    bought: i64,
    /// What is measured.
    sent: Sent,
    /// What every order sent ends in.
    fills: Option<FillType>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Market,
    /// Limit orders that nothing meets.
    Limit,
    /// Such orders taken back.
    Cancel,
}

const BID: Option<Leg> = Some(leg(1, Side::Yes, Direction::Buy));
const ASK: Option<Leg> = Some(leg(0, Side::Yes, Direction::Sell));
const NO_BID: Option<Leg> = Some(leg(0, Side::No, Direction::Buy));

#[rustfmt::skip]
pub(crate) const KINDS: [Kind; 6] = [
    Kind { name: "pool trade", rests: None, bought: 0, sent: Sent::Market, fills: Some(FillType::Amm) },
    Kind { name: "resting match", rests: ASK, bought: 0, sent: Sent::Market, fills: Some(FillType::Lob) },
    Kind { name: "implied match", rests: NO_BID, bought: 0, sent: Sent::Market, fills: Some(FillType::Mint) },
    Kind { name: "auto-fill trigger", rests: BID, bought: 400, sent: Sent::Market, fills: Some(FillType::AutoFill) },
    Kind { name: "limit order placed", rests: None, bought: 0, sent: Sent::Limit, fills: None },
    Kind { name: "cancel", rests: None, bought: 0, sent: Sent::Cancel, fills: None },
];

impl Kind {
    /// Measures the kind so many times, each in a market of its own.
    pub(crate) fn run(&self, outcomes: u8, repeats: usize) -> Steps {
        let mut steps = Steps::default();
        let (market, plain) = (self.market(outcomes), self.plain(outcomes));
        let inputs = self.inputs();
        for _ in 0..repeats {
            let report = steps.market(&mut market.clone(), &inputs);
            self.must_be_met(&report);
            steps.plain(&mut plain.clone(), &inputs);
        }
        steps
    }

    fn inputs(&self) -> Vec<Input> {
        let ids = FIRST_ID..FIRST_ID + ORDERS;
        match self.sent {
            Sent::Cancel => {
                let cancel = |id| Input::Cancel { user: buyer(id), order: OrderId(id), now_ms: 1_000 };
                ids.map(cancel).collect()
            }
            Sent::Market | Sent::Limit => vec![self.orders()],
        }
    }

    fn orders(&self) -> Input {
        let market = OrderKind::Market { max_slippage: Rate(i64::MAX) };
        let kind = if self.sent == Sent::Market { market } else { limit(300_000) };
        let buy = |id| order(id, buyer(id), leg(0, Side::Yes, Direction::Buy), kind, 1);
        Input::Orders { now_ms: 1_000, orders: (FIRST_ID..FIRST_ID + ORDERS).map(buy).collect() }
    }

    fn market(&self, outcomes: u8) -> Market {
        let outcome_names = default_names(outcomes);
        let mut params = Params { n_outcomes: outcomes, outcome_names, ..Params::default() };
        params.q0 = params.q0_default();
        let mut market = Market::new(params).unwrap();
        for user in 0..3 {
            market.apply(&Input::Join { user: UserId(user), deposit: Usdc::whole(10_000_000) }).unwrap();
            market.endow(UserId(user), OutcomeId(0), Tokens::whole(1_000_000)).unwrap();
        }
        if let Some(leg) = self.rests {
            market.apply(&tick(vec![order(1, UserId(0), leg, limit(500_000), 100_000)])).unwrap();
        }
        if self.bought > 0 {
            let kind = OrderKind::Market { max_slippage: Rate(i64::MAX) };
            let buy = order(2, UserId(1), leg(0, Side::Yes, Direction::Buy), kind, self.bought);
            market.apply(&tick(vec![buy])).unwrap();
        }
        if self.sent == Sent::Cancel {
            market.apply(&self.orders()).unwrap();
        }
        market
    }

    /// A book with enough to meet every order sent, or with the orders to take back.
    fn plain(&self, outcomes: u8) -> Plain {
        let mut plain = Plain::new(outcomes);
        for id in 1..FIRST_ID {
            let ask = order(id, UserId(0), leg(0, Side::Yes, Direction::Sell), limit(500_000), 1_000);
            plain.apply(&tick(vec![ask]));
        }
        if self.sent == Sent::Cancel {
            plain.apply(&self.orders());
        }
        plain
    }

    /// Stops where the orders did not end in what the kind says.
    fn must_be_met(&self, report: &Report) {
        let Some(fill_type) = self.fills else { return };
        let met = report.fills.iter().filter(|fill| fill.fill_type == fill_type).count();
        assert_eq!(met as u64, ORDERS, "{}", self.name);
    }
}

/// One of two takers.
fn buyer(id: u64) -> UserId {
    UserId(1 + (id % 2) as u32)
}

fn limit(price: u32) -> OrderKind {
    OrderKind::Limit { price: Price(price), af_opt_in: true }
}

fn tick(orders: Vec<Order>) -> Input {
    Input::Orders { now_ms: 0, orders }
}

const fn leg(outcome: u8, side: Side, direction: Direction) -> Leg {
    Leg { outcome: OutcomeId(outcome), side, direction }
}

fn order(id: u64, user: UserId, leg: Leg, kind: OrderKind, tokens: i64) -> Order {
    let Leg { outcome, side, direction } = leg;
    Order { id: OrderId(id), user, outcome, side, direction, kind, size: Tokens::whole(tokens), ts_ms: 0 }
}
