//! The market maker's figures in words. Nothing is lost below zero: what it cannot lose, it keeps.

use crate::format;
use outcry_engine::{Metrics, Usdc};

words! {
    TITLE = "The market maker";
    SO_FAR = "Profit so far";
    RISK = "Its money in the game";
    WORST = "Most it can lose";
    VOLUME = "Traded so far";
    VOLUME_ALL = "Traded in all";
    HELP_SO_FAR = "Fees and its share of surpluses.";
    HELP_RISK = "The subsidy that is still behind the outcomes in the game.";
    HELP_WORST = "Over every winner that is still possible, with what people hold now; 0 when it loses nothing.";
    HELP_VOLUME = "Size times price of every trade.";
}

/// "With what people hold now it can lose at most $1,234.00 of the $5,000.00 that it put in.": the next trade changes it.
#[must_use]
pub fn worst_case(metrics: &Metrics, z: Usdc) -> String {
    let worst = metrics.worst_case_loss;
    if worst.0 > 0 {
        let (worst, z) = (format::money(worst), format::money(z));
        return format!("With what people hold now it can lose at most {worst} of the {z} that it put in.");
    }
    if worst.0 == 0 {
        return "With what people hold now it loses nothing, whoever wins.".to_owned();
    }
    format!("With what people hold now it keeps at least {}, whoever wins.", format::money(Usdc(-worst.0)))
}

/// "It lost $199.12 of the $5,000.00 that it put in.": after the end.
#[must_use]
pub fn result(metrics: &Metrics, z: Usdc) -> String {
    let (profit, z) = (metrics.mm_profit, format::money(z));
    if profit.0 < 0 {
        return format!("It lost {} of the {z} that it put in.", format::money(Usdc(-profit.0)));
    }
    format!("It got back the {z} that it put in, and {}.", format::money(profit))
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

/// What it has taken, after the end: its result has it.
#[must_use]
pub fn counted_in(metrics: &Metrics) -> String {
    format!("That counts in what it took: {}", income(metrics))
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
        assert_eq!(
            said(1_234_000_000),
            "With what people hold now it can lose at most $1,234.00 of the $5,000.00 that it put in."
        );
        assert_eq!(said(0), "With what people hold now it loses nothing, whoever wins.");
        assert_eq!(said(-12_340_000), "With what people hold now it keeps at least $12.34, whoever wins.");
        assert_eq!(can_lose(Usdc(-1)), Usdc::ZERO);
        let over = |micros| result(&Metrics { mm_profit: Usdc(micros), ..Metrics::default() }, Usdc::whole(5_000));
        assert_eq!(over(-199_120_000), "It lost $199.12 of the $5,000.00 that it put in.");
        let took = counted_in(&Metrics { fees: Usdc(1_200_000), ..Metrics::default() });
        assert_eq!(took, "That counts in what it took: $1.20 in fees, $0.00 in charges per order, $0.00 of surpluses.");
        assert_eq!(over(12_340_000), "It got back the $5,000.00 that it put in, and $12.34.");
    }
}
