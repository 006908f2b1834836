//! Where each participant's money went: statements that add up to the micro and
//! positions with their cost, kept from the movements of cash in every report.

use outcry_engine::{
    Cash, CashKind, Direction, Event, Leg, Market, OrderId, OutcomeId, Party, Report, Side, Tokens, Usdc, UserId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// start + proceeds − costs + payouts + rebates + refunds − fees − gas − escrow = balance.
/// Every field but the start is the sum of movements so far; at the end the escrow is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The deposit, before any trade.
    pub start: Usdc,
    /// Received for tokens sold.
    pub proceeds: Usdc,
    /// Paid for tokens, positive.
    pub costs: Usdc,
    /// Paid by eliminations and the settlement.
    pub payouts: Usdc,
    /// Parts of auto-fill surpluses. What is better than a limit is a lower cost, or more proceeds.
    pub rebates: Usdc,
    /// Parts of penalties back.
    pub refunds: Usdc,
    /// Fees, positive.
    pub fees: Usdc,
    /// Gas, positive.
    pub gas: Usdc,
    /// Locked in open bids now.
    pub escrow: Usdc,
    /// Returned from escrow by cancels, eliminations and the end, so far. Not part of the
    /// sum: it is what left the escrow without buying.
    pub returned: Usdc,
}

impl Statement {
    /// The balance these figures give.
    #[must_use]
    pub fn balance(&self) -> Usdc {
        let ins = [self.start, self.proceeds, self.payouts, self.rebates, self.refunds];
        let outs = [self.costs, self.fees, self.gas, self.escrow];
        ins.into_iter().sum::<Usdc>() - outs.into_iter().sum()
    }

    fn book(&mut self, cash: &Cash) {
        let amount = cash.amount;
        match cash.kind {
            CashKind::Cost => self.costs -= amount,
            CashKind::Proceeds => self.proceeds += amount,
            CashKind::Fee => self.fees -= amount,
            CashKind::Gas => self.gas -= amount,
            CashKind::Rebate => self.rebates += amount,
            CashKind::Refund => self.refunds += amount,
            CashKind::Payout => self.payouts += amount,
            CashKind::Escrow => {
                self.escrow -= amount;
                if amount > Usdc::ZERO && cash.trade_id.is_none() {
                    self.returned += amount;
                }
            }
        }
    }
}

/// A holding with its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The outcome whose tokens are held.
    pub outcome: OutcomeId,
    /// YES or NO of that outcome.
    pub side: Side,
    /// Tokens, free and escrowed.
    pub tokens: Tokens,
    /// What the tokens held cost, fees included (average cost).
    pub cost: Usdc,
    /// Realised by sales and payouts so far, less the cost of what was given.
    pub realised: Usdc,
}

/// A holding of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Holding {
    tokens: Tokens,
    cost: Usdc,
    realised: Usdc,
}

impl Holding {
    fn acquire(&mut self, size: Tokens, paid: Usdc) {
        self.tokens += size;
        self.cost += paid;
    }

    /// Gives `size` tokens for `got`: their part of the cost leaves with them.
    fn give(&mut self, size: Tokens, got: Usdc) {
        let basis = match self.tokens {
            held if held <= size => self.cost,
            // At most the cost, since less than all is given.
            held => Usdc((i128::from(self.cost.0) * i128::from(size.0) / i128::from(held.0)) as i64),
        };
        self.tokens -= size;
        self.cost -= basis;
        self.realised += got - basis;
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Account {
    statement: Statement,
    holdings: BTreeMap<(OutcomeId, Side), Holding>,
}

/// Statements and positions of everyone, from the reports of every step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    accounts: BTreeMap<UserId, Account>,
}

impl Ledger {
    /// Opens the books of a new participant, with the deposit as the start.
    pub fn join(&mut self, user: UserId, deposit: Usdc) {
        self.accounts.entry(user).or_default().statement.start = deposit;
    }

    /// Books what a step did. `market` is the state after it, against which a debug build
    /// checks the books.
    pub fn book(&mut self, report: &Report, market: &Market) {
        self.book_report(report);
        debug_assert_eq!(self.audit(market), Ok(()));
    }

    /// A participant's statement.
    #[must_use]
    pub fn statement(&self, user: UserId) -> Statement {
        self.accounts.get(&user).map(|account| account.statement).unwrap_or_default()
    }

    /// A participant's positions that are held or have a realised result.
    #[must_use]
    pub fn positions(&self, user: UserId) -> Vec<Position> {
        let holdings = self.accounts.get(&user).into_iter().flat_map(|account| &account.holdings);
        holdings
            .filter(|(_, holding)| **holding != Holding::default())
            .map(|(&(outcome, side), holding)| Position {
                outcome,
                side,
                tokens: holding.tokens,
                cost: holding.cost,
                realised: holding.realised,
            })
            .collect()
    }

    /// Compares statements and positions with the market's own accounts.
    ///
    /// # Errors
    /// The first figure that differs, in words.
    pub fn audit(&self, market: &Market) -> Result<(), String> {
        for (user, account) in market.accounts() {
            let statement = self.statement(user);
            if statement.balance() != account.balance {
                let (kept, actual) = (statement.balance(), account.balance);
                return Err(format!("statement of participant {} gives {kept}, the balance is {actual}", user.0));
            }
            let open = market.open_orders(user);
            let escrow: Usdc = open.iter().map(|order| order.escrow).sum();
            if statement.escrow != escrow {
                let (kept, actual) = (statement.escrow, escrow);
                return Err(format!("statement of participant {} locks {kept}, open orders hold {actual}", user.0));
            }
        }
        Ok(())
    }

    fn book_report(&mut self, report: &Report) {
        for cash in &report.cash {
            self.accounts.entry(cash.user).or_default().statement.book(cash);
        }
        for turnover in turnovers(report) {
            let holdings = &mut self.accounts.entry(turnover.user).or_default().holdings;
            let holding = holdings.entry((turnover.leg.outcome, turnover.leg.side)).or_default();
            match turnover.leg.direction {
                Direction::Buy => holding.acquire(turnover.size, Usdc::ZERO - turnover.net),
                Direction::Sell => holding.give(turnover.size, turnover.net),
            }
        }
        for event in &report.events {
            match event {
                Event::Elimination { outcome, .. } => {
                    self.pay_out(|held, side| (held == *outcome).then_some(side == Side::No));
                }
                Event::Final { winner, .. } => {
                    self.pay_out(|held, side| Some((held == *winner) == (side == Side::Yes)));
                }
                _ => {}
            }
        }
    }

    /// Closes holdings: `pays` says whether a holding is closed at all, and if so whether it
    /// pays 1 per token.
    fn pay_out(&mut self, pays: impl Fn(OutcomeId, Side) -> Option<bool>) {
        for account in self.accounts.values_mut() {
            for (&(outcome, side), holding) in &mut account.holdings {
                let Some(pays) = pays(outcome, side) else { continue };
                let tokens = holding.tokens;
                holding.give(tokens, if pays { tokens.at_par() } else { Usdc::ZERO });
            }
        }
    }
}

/// What one order traded in a step.
struct Turnover {
    user: UserId,
    leg: Leg,
    size: Tokens,
    /// All cash of the order's fills, escrow and gas apart.
    net: Usdc,
}

/// The turnover of every order filled in a step, in the order of their first fills.
fn turnovers(report: &Report) -> Vec<Turnover> {
    let mut places: BTreeMap<OrderId, usize> = BTreeMap::new();
    let mut turnovers: Vec<Turnover> = Vec::new();
    for fill in &report.fills {
        for (party, leg) in [(fill.buyer, fill.bought()), (fill.seller, fill.sold())] {
            let Party::User { user, order } = party else { continue };
            let place = *places.entry(order).or_insert_with(|| {
                turnovers.push(Turnover { user, leg, size: Tokens::ZERO, net: Usdc::ZERO });
                turnovers.len() - 1
            });
            turnovers[place].size += fill.size;
        }
    }
    for cash in &report.cash {
        let apart = matches!(cash.kind, CashKind::Escrow | CashKind::Gas | CashKind::Payout);
        let Some(place) = cash.order.filter(|_| !apart).and_then(|order| places.get(&order)) else { continue };
        turnovers[*place].net += cash.amount;
    }
    turnovers
}

#[cfg(test)]
mod tests;
