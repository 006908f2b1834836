//! Where each participant's money went: statements that add up to the micro and
//! positions with their cost, kept from the movements of cash in every report.

use crate::message::Position;
use outcry_engine::{Market, Report, Usdc, UserId};
use serde::{Deserialize, Serialize};

/// start + proceeds − costs + payouts + rebates + refunds − fees − gas − escrow = balance.
/// Every field but the start is the sum of movements so far; at the end the escrow is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The deposit.
    pub start: Usdc,
    /// Received for tokens.
    pub proceeds: Usdc,
    /// Paid for tokens, positive.
    pub costs: Usdc,
    /// Paid by eliminations and the settlement.
    pub payouts: Usdc,
    /// Parts of auto-fill surpluses and improvements on limits.
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
        Usdc(ins.iter().map(|x| x.0).sum::<i64>() - outs.iter().map(|x| x.0).sum::<i64>())
    }
}

/// Statements and positions of everyone, from the reports of every step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    accounts: std::collections::BTreeMap<UserId, ()>,
}

impl Ledger {
    /// A new participant.
    pub fn join(&mut self, user: UserId, deposit: Usdc) {
        let _ = (user, deposit);
        todo!()
    }

    /// Books what a step did. `market` is the state after it.
    pub fn book(&mut self, report: &Report, market: &Market) {
        let _ = (report, market);
        todo!()
    }

    /// A participant's statement.
    #[must_use]
    pub fn statement(&self, user: UserId) -> Statement {
        let _ = user;
        todo!()
    }

    /// A participant's positions that are held or have a realised result.
    #[must_use]
    pub fn positions(&self, user: UserId) -> Vec<Position> {
        let _ = user;
        todo!()
    }
}
