//! Why one ended where one did: the statement and the tokens that were traded, in a sentence or two.

use crate::text::{self, end as words};
use outcry_engine::{OutcomeId, Side, Usdc};
use outcry_shared::{
    ledger::{Position, Statement},
    replica::Replica,
};

/// What went in, what came back of it, and the token on which most was lost.
pub(super) fn reckoning(
    session: &Replica,
    winner: OutcomeId,
    statement: &Statement,
    positions: &[Position],
) -> Vec<String> {
    let extra = statement.fees + statement.gas;
    let paid = statement.costs + extra - statement.rebates - statement.refunds;
    if paid == Usdc::ZERO {
        return vec![words::BOUGHT_NOTHING.to_owned()];
    }
    let mut said = vec![words::flows(paid, extra > Usdc::ZERO, statement.proceeds, statement.payouts)];
    let worst = positions.iter().min_by_key(|position| position.realised);
    said.extend(worst.filter(|position| position.realised < Usdc::ZERO).map(|position| {
        let token = text::token(position.side, &text::apart(session.outcome_name(position.outcome)));
        let pays = (position.outcome == winner) == (position.side == Side::Yes);
        words::worst(&token, pays, position.realised)
    }));
    said
}
