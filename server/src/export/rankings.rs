//! Participants, best first, as the record has them.

use super::{
    csv::{Csv, maybe, plain, text},
    gather::Gathered,
};
use crate::store::UserRow;
use outcry_engine::Usdc;
use outcry_shared::{formulas, standing};

/// What a participant is ranked by: deposit and net result; after the settlement that is the
/// balance.
fn value(user: &UserRow) -> Usdc {
    Usdc(user.deposit.0 + user.net_pnl.0)
}

/// Participants best first with their ranks: equal values share one, closed seats have none
/// and come last.
fn ranked(users: &[UserRow]) -> Vec<(Option<u32>, &UserRow)> {
    let open = standing::ranked(users.iter().filter(|user| user.open), |user| (value(user), user.user));
    let mut ranked: Vec<_> = open.into_iter().map(|(rank, user)| (Some(rank), user)).collect();
    ranked.extend(users.iter().filter(|user| !user.open).map(|user| (None, user)));
    ranked
}

pub(super) fn table(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&[
        "rank",
        "user_id",
        "user",
        "is_bot",
        "deposit",
        "balance",
        "value",
        "net_pnl",
        "gain_percent",
        "trades",
        "gas",
        "is_open",
    ])?;
    for (rank, user) in ranked(&gathered.contents.users) {
        let gain = formulas::gain_bp(value(user), user.deposit);
        csv.row([
            maybe(rank),
            plain(user.user.0),
            text(&user.name),
            plain(user.bot),
            plain(user.deposit),
            plain(user.balance),
            plain(value(user)),
            plain(user.net_pnl),
            plain(percent(gain)),
            plain(user.trade_count),
            plain(user.gas_paid),
            plain(user.open),
        ])?;
    }
    csv.finish()
}

/// Hundredths of a percent as percent with two places.
fn percent(bp: i64) -> String {
    let sign = if bp < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", bp.unsigned_abs() / 100, bp.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcry_engine::UserId;

    fn user(number: u32, net_pnl: i64, open: bool) -> UserRow {
        UserRow {
            user: UserId(number),
            name: String::new(),
            skeleton: String::new(),
            token_hash: [0; 32],
            bot: false,
            open,
            deposit: Usdc(1_000),
            balance: Usdc(1_000 + net_pnl),
            net_pnl: Usdc(net_pnl),
            trade_count: 0,
            gas_paid: Usdc(0),
        }
    }

    #[test]
    fn equal_results_share_a_rank_and_closed_seats_have_none() {
        let users = [user(1, -5, true), user(2, 7, true), user(3, 7, true), user(4, 99, false), user(5, 0, true)];
        let ranks: Vec<_> = ranked(&users).into_iter().map(|(rank, user)| (rank, user.user.0)).collect();
        assert_eq!(ranks, [(Some(1), 2), (Some(1), 3), (Some(3), 5), (Some(4), 1), (None, 4)]);
    }

    #[test]
    fn percents_keep_their_sign_below_one() {
        for (bp, expected) in [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (12_345, "123.45"), (-10_000, "-100.00")] {
            assert_eq!(percent(bp), expected);
        }
    }
}
