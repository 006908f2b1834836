//! Everything of a house that inputs change: the rule, the accounts, the book and the maker's cash. Steps change it;
//! each conserves money and tokens.

use super::{book::Book, exact};
use crate::{rivals::Rival, rule::Rule, special::last_good};
use outcry_engine::{
    Account, Cash, CashKind, Direction, Leg, OpenOrder, OrderId, OutcomeId, Params, Report, Side, Tokens, Usdc, UserId,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a house remembers besides its parameters.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// None in the plain book, and where one outcome is left.
    pub(super) rule: Option<Rival>,
    pub(super) active: Vec<bool>,
    pub(super) seats: BTreeMap<UserId, Account>,
    pub(super) book: Book,
    pub(super) ids: BTreeSet<OrderId>,
    /// What the maker took less what it paid out, complete sets included, fees apart; below 0 where it loses.
    pub(super) cash: Usdc,
    pub(super) fees: Usdc,
    pub(super) gas: Usdc,
    /// Where YES was last traded, for a book that has no two sides.
    pub(super) last: Vec<f64>,
    pub(super) last_trade_id: u64,
    pub(super) settled: bool,
}

impl State {
    pub(super) fn new(params: &Params, rule: Option<Rival>) -> Self {
        let n = usize::from(params.n_outcomes);
        Self {
            rule,
            active: vec![true; n],
            seats: BTreeMap::new(),
            book: Book::new(n),
            ids: BTreeSet::new(),
            cash: Usdc::ZERO,
            fees: Usdc::ZERO,
            gas: Usdc::ZERO,
            last: vec![1.0 / n as f64; n],
            last_trade_id: 0,
            settled: false,
        }
    }

    /// A copy of what prices come from, to try something on: it knows nobody and no number of an order.
    pub(super) fn without_accounts(&self) -> Self {
        let (seats, ids) = (BTreeMap::new(), BTreeSet::new());
        let (rule, active, book, last) = (self.rule.clone(), self.active.clone(), self.book.clone(), self.last.clone());
        Self { rule, active, seats, book, ids, last, ..*self }
    }

    pub(super) fn is_active(&self, outcome: OutcomeId) -> bool {
        self.active.get(outcome.index()).copied().unwrap_or(false)
    }

    /// The outcomes in the game.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = OutcomeId> + use<> {
        let ids: Vec<OutcomeId> =
            (0..).map(OutcomeId).zip(&self.active).filter(|(_, active)| **active).map(|(id, _)| id).collect();
        ids.into_iter()
    }

    /// The rule's price, or, where there is none, the middle of the book.
    pub(super) fn price(&self, outcome: OutcomeId, side: Side) -> f64 {
        match (&self.rule, self.is_active(outcome), side) {
            (Some(rule), true, _) => rule.price(outcome.index(), side),
            (None, true, Side::Yes) => self.middle(outcome),
            (None, true, Side::No) => 1.0 - self.middle(outcome),
            (_, false, Side::Yes) => 0.0,
            (_, false, Side::No) => 1.0,
        }
    }

    /// The middle of the best bid and ask of YES, those that a pair with NO implies included; where one side is
    /// empty, the last price within the other.
    fn middle(&self, outcome: OutcomeId) -> f64 {
        let best = |side, direction| self.book.best(outcome, side, direction).map(|level| level.price.as_f64());
        let implied = |direction: Direction| best(Side::No, direction).map(|price| 1.0 - price);
        let bid = [best(Side::Yes, Direction::Buy), implied(Direction::Sell)].into_iter().flatten().reduce(f64::max);
        let ask = [best(Side::Yes, Direction::Sell), implied(Direction::Buy)].into_iter().flatten().reduce(f64::min);
        let last = self.last[outcome.index()];
        match (bid, ask) {
            (Some(bid), Some(ask)) => (bid + ask) / 2.0,
            (bid, ask) => last.max(bid.unwrap_or(0.0)).min(ask.unwrap_or(1.0)),
        }
    }

    /// What the rule asks for tokens, or pays for them; none where it does not trade so many.
    pub(super) fn value(&self, leg: Leg, size: Tokens) -> Option<Usdc> {
        let mut rule = self.rule.clone().filter(|_| size <= self.most(leg))?;
        trade(&mut rule, leg, size)
    }

    /// How many tokens the rule trades at most.
    pub(super) fn most(&self, leg: Leg) -> Tokens {
        let Leg { outcome, side, direction } = leg;
        self.rule.as_ref().map_or(Tokens::ZERO, |rule| exact::tokens_down(rule.most(outcome.index(), side, direction)))
    }

    /// How many tokens, at most `want`, the rule trades until its price has come to `limit`.
    pub(super) fn depth(&self, leg: Leg, limit: f64, want: Tokens) -> Tokens {
        let Some(rule) = &self.rule else { return Tokens::ZERO };
        let want = want.min(self.most(leg));
        let Leg { outcome, side, direction } = leg;
        let by = |price: f64| if direction == Direction::Buy { price - limit } else { limit - price };
        let worse = |size: i64| {
            let mut rule = rule.clone();
            let _ = trade(&mut rule, leg, Tokens(size));
            by(rule.price(outcome.index(), side))
        };
        let at_once = by(rule.price(outcome.index(), side));
        // Of a price that is met to the last digit nothing is asked.
        if want.0 <= 0 || at_once >= 0.0 {
            return Tokens::ZERO;
        }
        let at_most = worse(want.0);
        if at_most <= 0.0 {
            return want;
        }
        Tokens(last_good((0, at_once), (want.0, at_most), worse))
    }

    /// What the maker owes if an outcome wins: every YES of it and every NO of the others.
    pub(super) fn owed(&self, winner: OutcomeId) -> Usdc {
        let pays = |outcome: OutcomeId, side: Side| (outcome == winner) == (side == Side::Yes);
        let mut owed = Usdc::ZERO;
        for outcome in self.outcomes() {
            for side in Side::BOTH.into_iter().filter(|&side| pays(outcome, side)) {
                owed += self.seats.values().map(|account| account.free[outcome.index()][side.index()].at_par()).sum();
                let asks = self.book.ladder(Leg { outcome, side, direction: Direction::Sell });
                owed += asks.iter().map(|order| order.remaining().at_par()).sum();
            }
        }
        owed
    }

    pub(super) fn balance(&mut self, user: UserId) -> Option<&mut Usdc> {
        self.seats.get_mut(&user).map(|account| &mut account.balance)
    }

    /// Changes a balance and notes why.
    pub(super) fn pay(
        &mut self,
        report: &mut Report,
        kind: CashKind,
        amount: Usdc,
        order: &impl Owned,
        trade_id: Option<u64>,
    ) {
        let (user, order) = order.owner();
        if let Some(balance) = self.balance(user).filter(|_| amount.0 != 0) {
            *balance += amount;
            report.cash.push(Cash { user, kind, amount, order: Some(order), trade_id });
        }
    }

    /// Gives tokens, or takes them with a negative size.
    pub(super) fn give(&mut self, user: UserId, outcome: OutcomeId, side: Side, size: Tokens) {
        if let Some(account) = self.seats.get_mut(&user) {
            account.free[outcome.index()][side.index()] += size;
        }
    }

    /// Counts a fill of somebody, and numbers it.
    pub(super) fn count(&mut self, users: &[UserId]) -> u64 {
        for user in users {
            if let Some(account) = self.seats.get_mut(user) {
                account.trade_count += 1;
            }
        }
        self.last_trade_id += 1;
        self.last_trade_id
    }
}

/// Who an order is of, and its number.
pub(super) trait Owned {
    fn owner(&self) -> (UserId, OrderId);
}

impl Owned for OpenOrder {
    fn owner(&self) -> (UserId, OrderId) {
        (self.user, self.id)
    }
}

impl Owned for outcry_engine::Order {
    fn owner(&self) -> (UserId, OrderId) {
        (self.user, self.id)
    }
}

/// Trades with a rule; what it costs or brings.
pub(super) fn trade(rule: &mut Rival, leg: Leg, size: Tokens) -> Option<Usdc> {
    let Leg { outcome, side, direction } = leg;
    let (outcome, size) = (outcome.index(), exact::tokens(size));
    match direction {
        Direction::Buy => exact::cost(rule.buy(outcome, side, size)),
        Direction::Sell => exact::proceeds(rule.sell(outcome, side, size)),
    }
}
