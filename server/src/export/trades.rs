//! Every fill, with what it cost or brought each of its two parties.

use super::{
    csv::{Cell, Csv, maybe, plain, text},
    gather::{Gathered, Money},
    words::word,
};
use outcry_engine::{Fill, Party, Price, Usdc};

/// The name of the maker's pool as a party.
const POOL: &str = "AMM";
const HEADING: [&str; 26] = [
    "trade_id",
    "tick",
    "ts_ms",
    "outcome_i",
    "outcome",
    "yes_no",
    "buy_user_id",
    "buy_user",
    "buy_order_id",
    "sell_user_id",
    "sell_user",
    "sell_order_id",
    "price",
    "size",
    "value",
    "fee",
    "fill_type",
    "buy_is_bot",
    "sell_is_bot",
    "created_at",
    "buy_price",
    "buy_fee",
    "buy_cash",
    "sell_price",
    "sell_fee",
    "sell_cash",
];

pub(super) fn table(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&HEADING)?;
    for row in &gathered.contents.trades {
        let fill = &row.fill;
        let what = [plain(fill.trade_id), plain(row.tick), plain(fill.ts_ms), plain(fill.outcome.0)];
        let which = [text(gathered.outcome(fill.outcome)), word(&fill.side)];
        let money = [plain(fill.price), plain(fill.size), plain(fill.value), plain(fill.fee), word(&fill.fill_type)];
        let parties = [fill.buyer, fill.seller];
        let bots = parties.map(|party| is_bot(gathered, party));
        let paid = parties.into_iter().flat_map(|party| paid(gathered, fill, party));
        let cells = what.into_iter().chain(which).chain(parties.into_iter().flat_map(|party| named(gathered, party)));
        csv.row(cells.chain(money).chain(bots).chain([plain(gathered.tick_at(row.tick))]).chain(paid))?;
    }
    csv.finish()
}

/// A party: participant, name, order. The pool has a name only.
fn named(gathered: &Gathered, party: Party) -> [Cell; 3] {
    match party {
        Party::User { user, order } => [plain(user.0), text(gathered.user(user)), plain(order.0)],
        Party::Pool => [plain(""), plain(POOL), plain("")],
    }
}

/// Whether a party is a bot; the pool is neither.
fn is_bot(gathered: &Gathered, party: Party) -> Cell {
    maybe(party.user().map(|user| gathered.is_bot(user)))
}

/// A party's price and fee, and all cash that the fill moved for it. Empty for the pool, and where the
/// movements of cash were not recorded.
fn paid(gathered: &Gathered, fill: &Fill, party: Party) -> [Cell; 3] {
    let money = party.order().and_then(|order| gathered.money(fill.trade_id, order));
    let Some(Money { tokens, fee, other }) = money else { return [plain(""), plain(""), plain("")] };
    let price = Price::nearest(tokens.0.unsigned_abs() as f64 / fill.size.0 as f64);
    [maybe(price), plain(Usdc::ZERO - fee), plain(tokens + fee + other)]
}
