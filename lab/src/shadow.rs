//! Rivals on the inputs of a session that others play (instrument.md §3, rung A: the same orders under another rule).
//! It follows what it is given and changes nothing but itself. What people would have done under another rule it does
//! not know: *these* orders would have cost so much.

use crate::{
    mechanism::Mechanism,
    setup::{Maker, Setup},
};
use outcry_engine::{CashKind, Direction, Input, OrderId, OrderKind, Party, Report, Tokens, Usdc, Violation};
use outcry_shared::{config::SessionConfig, message::ShadowRow};
use std::collections::{BTreeMap, BTreeSet};

/// A fill that differs by more than this part of the session's own is another one (instrument.md §3).
const CHANGED: f64 = 0.05;

/// The session's own market, and the rivals beside it.
#[derive(Debug)]
pub struct Shadow {
    own: Box<dyn Mechanism>,
    /// Of the session's own orders, those of which something was filled.
    executed: BTreeSet<OrderId>,
    shades: Vec<Shade>,
    ticks: u64,
}

/// One rival.
#[derive(Debug)]
struct Shade {
    maker: Maker,
    market: Box<dyn Mechanism>,
    executed: BTreeSet<OrderId>,
    first_changed: Option<u64>,
    /// Market buys that both filled whole: cash here, and in the session.
    cash: [Usdc; 2],
    stopped: Option<String>,
}

/// What a tick did to an order.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    filled: Tokens,
    /// Received for it, less what was paid, fees included; gas apart.
    cash: Usdc,
}

impl Shadow {
    /// A session before its first input beside every other rule, each opened so that it can lose `loss` at most, and
    /// beside the plain book.
    ///
    /// # Errors
    /// Every violation of the parameters.
    pub fn open(config: &SessionConfig, loss: Usdc) -> Result<Self, Vec<Violation>> {
        let open = |maker| Setup { maker, loss: Some(loss), ..Setup::new(config.clone()) }.open();
        let others = Maker::all().into_iter().filter(|maker| *maker != Maker::Engine);
        let rivals = others.map(|maker| Ok((maker, open(maker)?))).collect::<Result<_, Vec<Violation>>>()?;
        Ok(Self::new(open(Maker::Engine)?, rivals))
    }

    /// A session before its first input, beside mechanisms that have taken none either.
    #[must_use]
    pub fn new(own: Box<dyn Mechanism>, rivals: Vec<(Maker, Box<dyn Mechanism>)>) -> Self {
        let shade = |(maker, market)| Shade {
            maker,
            market,
            executed: BTreeSet::new(),
            first_changed: None,
            cash: [Usdc::ZERO; 2],
            stopped: None,
        };
        Self { own, executed: BTreeSet::new(), shades: rivals.into_iter().map(shade).collect(), ticks: 0 }
    }

    /// Takes an input that the session took. One that its market does not take changes nothing here either.
    pub fn follow(&mut self, input: &Input) {
        let Ok(report) = self.own.apply(input) else { return };
        self.ticks += u64::from(matches!(input, Input::Orders { .. }));
        let own = done(&report);
        self.executed.extend(own.keys());
        for shade in self.shades.iter_mut().filter(|shade| shade.stopped.is_none()) {
            match shade.market.apply(input) {
                Ok(report) => shade.compare(input, &own, &done(&report), self.ticks),
                Err(refusal) => shade.stopped = Some(refusal.to_string()),
            }
        }
    }

    /// Ticks taken so far.
    #[must_use]
    pub const fn ticks(&self) -> u64 {
        self.ticks
    }

    /// How every rival stands.
    #[must_use]
    pub fn rows(&self) -> Vec<ShadowRow> {
        self.shades.iter().map(|shade| shade.row(&self.executed)).collect()
    }
}

impl Shade {
    fn compare(&mut self, input: &Input, own: &BTreeMap<OrderId, Done>, here: &BTreeMap<OrderId, Done>, tick: u64) {
        self.executed.extend(here.keys());
        let touched = own.keys().chain(here.keys());
        let get = |of: &BTreeMap<OrderId, Done>, id| of.get(id).copied().unwrap_or_default();
        if touched.into_iter().any(|id| differ(get(own, id), get(here, id))) {
            self.first_changed = self.first_changed.or(Some(tick));
        }
        let Input::Orders { orders, .. } = input else { return };
        for order in orders {
            let buys = order.direction == Direction::Buy && matches!(order.kind, OrderKind::Market { .. });
            let (here, own) = (get(here, &order.id), get(own, &order.id));
            if buys && here.filled == order.size && own.filled == order.size {
                self.cash[0] += here.cash;
                self.cash[1] += own.cash;
            }
        }
    }

    fn row(&self, of: &BTreeSet<OrderId>) -> ShadowRow {
        let both = of.intersection(&self.executed).count();
        let [here, own] = self.cash.map(Usdc::as_f64);
        ShadowRow {
            rule: self.maker.to_string(),
            executed: (!of.is_empty()).then(|| both as f64 / of.len() as f64),
            first_changed: self.first_changed,
            dearer: (own != 0.0).then(|| here / own - 1.0),
            worst_case_loss: self.market.worst_case_loss(),
            stopped: self.stopped.clone(),
        }
    }
}

/// What a step did to every order that it filled.
fn done(report: &Report) -> BTreeMap<OrderId, Done> {
    let mut orders: BTreeMap<OrderId, Done> = BTreeMap::new();
    for fill in &report.fills {
        for id in [fill.buyer, fill.seller].into_iter().filter_map(Party::order) {
            let done = orders.entry(id).or_default();
            done.filled += fill.size;
        }
    }
    for cash in &report.cash {
        // What is locked or released is no price.
        let traded = !matches!(cash.kind, CashKind::Escrow | CashKind::Gas | CashKind::Payout);
        if let Some(done) = cash.order.filter(|_| traded).and_then(|id| orders.get_mut(&id)) {
            done.cash += cash.amount;
        }
    }
    orders
}

/// Whether a fill is another one: by its size or by its money.
fn differ(own: Done, here: Done) -> bool {
    let apart = |a: i64, b: i64| (a - b).abs() as f64 > CHANGED * a.abs() as f64;
    apart(own.filled.0, here.filled.0) || apart(own.cash.0, here.cash.0)
}
