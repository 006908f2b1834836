//! Where the money went and what everyone holds: every movement of cash, and the holdings.

use super::{
    csv::{Csv, maybe, plain, text},
    gather::Gathered,
    words::word,
};

pub(super) fn table(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&[
        "cash_id",
        "tick",
        "ts_ms",
        "user_id",
        "user",
        "is_bot",
        "kind",
        "amount",
        "order_id",
        "trade_id",
        "created_at",
    ])?;
    let moved = gathered.contents.cash.iter().flat_map(|row| row.cash.iter().flatten().map(move |cash| (row, cash)));
    for (number, (row, cash)) in (1_u64..).zip(moved) {
        csv.row([
            plain(number),
            plain(row.tick),
            plain(row.ts_ms),
            plain(cash.user.0),
            text(gathered.user(cash.user)),
            plain(gathered.is_bot(cash.user)),
            plain(format!("{:?}", cash.kind).to_uppercase()),
            plain(cash.amount),
            maybe(cash.order.map(|order| order.0)),
            maybe(cash.trade_id),
            plain(gathered.tick_at(row.tick)),
        ])?;
    }
    csv.finish()
}

pub(super) fn holdings(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&["user_id", "user", "is_bot", "outcome_i", "outcome", "yes_no", "tokens"])?;
    for row in gathered.contents.positions.iter().filter(|row| row.tokens.0 != 0) {
        csv.row([
            plain(row.user.0),
            text(gathered.user(row.user)),
            plain(gathered.is_bot(row.user)),
            plain(row.outcome.0),
            text(gathered.outcome(row.outcome)),
            word(&row.side),
            plain(row.tokens),
        ])?;
    }
    csv.finish()
}
