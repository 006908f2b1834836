//! The market maker's figures in words. Nothing is lost below zero: what it cannot lose, it keeps.

use crate::format;
use outcry_engine::{Metrics, Usdc};

words! {
    TITLE = "The market maker";
    SO_FAR = "Profit so far";
    RISK = "Its money in the game";
    WORST = "Most it can still lose";
    VOLUME = "Traded so far";
    HELP_SO_FAR = "Fees and its share of surpluses; at the end its exact result.";
    HELP_RISK = "The subsidy that is still behind the outcomes in the game.";
    HELP_WORST = "Over every winner that is still possible; 0 when it cannot lose any more.";
    HELP_VOLUME = "Size times price of every trade.";
}

/// "It can lose at most $1,234.00 of the $5,000.00 that it put in."
#[must_use]
pub fn worst_case(metrics: &Metrics, z: Usdc) -> String {
    let worst = metrics.worst_case_loss;
    if worst.0 > 0 {
        return format!("It can lose at most {} of the {} that it put in.", format::money(worst), format::money(z));
    }
    if worst.0 == 0 {
        return "It cannot lose any more, whoever wins.".to_owned();
    }
    format!("It cannot lose any more: whoever wins, it keeps at least {}.", format::money(Usdc(-worst.0)))
}

/// What it has taken, by where it came from.
#[must_use]
pub fn income(metrics: &Metrics) -> String {
    format!(
        "{} in fees, {} in charges per order, {} of surpluses.",
        format::money(metrics.fees),
        format::money(metrics.gas),
        format::money(metrics.seigniorage)
    )
}

/// The most that can still be lost, as it is shown: never below zero.
#[must_use]
pub fn can_lose(worst_case: Usdc) -> Usdc {
    worst_case.max(Usdc::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_never_negative() {
        let said =
            |micros| worst_case(&Metrics { worst_case_loss: Usdc(micros), ..Metrics::default() }, Usdc::whole(5_000));
        assert_eq!(said(1_234_000_000), "It can lose at most $1,234.00 of the $5,000.00 that it put in.");
        assert_eq!(said(0), "It cannot lose any more, whoever wins.");
        assert_eq!(said(-12_340_000), "It cannot lose any more: whoever wins, it keeps at least $12.34.");
        assert_eq!(can_lose(Usdc(-1)), Usdc::ZERO);
    }
}
