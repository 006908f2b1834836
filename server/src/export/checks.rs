//! What the record says twice is the same: accounts and holdings, built again from every movement and every
//! fill, beside the tables that keep where they stand. A row changed by hand is found here.

use super::{
    csv::{Csv, plain, text},
    gather::Gathered,
    rehearsal,
};
use outcry_engine::{CashKind, Direction, Leg, OrderId, OutcomeId, Party, Side, UserId};
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Display};

/// Two sources for the same figures.
struct Check {
    name: &'static str,
    /// Figures that were compared; none where one source is missing.
    compared: usize,
    /// Each that differs, in a sentence.
    differences: Vec<String>,
}

/// Every figure that the record has twice and that differs, in a sentence each.
pub(super) fn findings(gathered: &Gathered) -> Vec<String> {
    checks(gathered).into_iter().flat_map(|check| check.differences).collect()
}

pub(super) fn table(gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let mut csv = Csv::new(&["check", "compared", "different", "first_difference"])?;
    for Check { name, compared, differences } in checks(gathered) {
        let first = differences.first().map_or("", String::as_str);
        csv.row([plain(name), plain(compared), plain(differences.len()), text(first)])?;
    }
    csv.finish()
}

fn checks(gathered: &Gathered) -> Vec<Check> {
    let cash = cash(gathered);
    let told = |kind: Option<CashKind>| cash.as_ref().map(|cash| sums(cash, kind));
    let users = &gathered.contents.users;
    let deposits = |sums: BTreeMap<UserId, i64>| {
        let balance = |user: &crate::store::UserRow| user.deposit.0 + sums.get(&user.user).copied().unwrap_or_default();
        users.iter().map(|user| (user.user, balance(user))).collect()
    };
    let kept = |value: fn(&crate::store::UserRow) -> i64| users.iter().map(|user| (user.user, value(user))).collect();
    let who = |user: &UserId| format!("participant {}", user.0);
    let paid = |sums: BTreeMap<UserId, i64>| sums.into_iter().map(|(user, sum)| (user, -sum)).collect();
    vec![
        compare("balances", "balance", who, kept(|user| user.balance.0), told(None).map(deposits)),
        compare("gas", "gas", who, kept(|user| user.gas_paid.0), told(Some(CashKind::Gas)).map(paid)),
        compare("holdings", "tokens", holding, kept_holdings(gathered), Some(traded_holdings(gathered))),
        compare("fills of orders", "filled", order, kept_fills(gathered), Some(traded_fills(gathered))),
        rehearsed(gathered),
    ]
}

/// The sheet of the rehearsal with its hash, and its parameters with the session's.
fn rehearsed(gathered: &Gathered) -> Check {
    let noted = rehearsal::sheet(gathered);
    let differences = noted.as_ref().map(|noted| rehearsal::differences(gathered, noted)).unwrap_or_default();
    Check { name: "rehearsal", compared: if noted.is_some() { 2 } else { 0 }, differences }
}

/// Compares what is kept (`of`) with what was built again; what is missing counts as 0.
fn compare<K: Ord + Copy>(
    name: &'static str,
    of: &str,
    who: impl Fn(&K) -> String,
    kept: BTreeMap<K, i64>,
    built: Option<BTreeMap<K, i64>>,
) -> Check {
    let Some(built) = built else { return Check { name, compared: 0, differences: Vec::new() } };
    let keys: std::collections::BTreeSet<K> = kept.keys().chain(built.keys()).copied().collect();
    let figure = |figures: &BTreeMap<K, i64>, key: &K| figures.get(key).copied().unwrap_or_default();
    let differs = |key: &&K| figure(&kept, key) != figure(&built, key);
    let sentence = |key: &K| {
        let (kept, built) = (shown(figure(&kept, key)), shown(figure(&built, key)));
        format!("{of} of {} is {kept} in its table and {built} by the record", who(key))
    };
    let differences = keys.iter().filter(differs).map(sentence).collect();
    Check { name, compared: keys.len(), differences }
}

fn shown(micros: i64) -> impl Display {
    outcry_engine::Usdc(micros)
}

fn holding(&(user, outcome, side): &(UserId, OutcomeId, Side)) -> String {
    format!("participant {}, {} of outcome {}", user.0, side.name(), outcome.0)
}

fn order(order: &OrderId) -> String {
    format!("order {}", order.0)
}

type Moved = (UserId, CashKind, i64);

/// Every movement of cash; nothing where an earlier version has recorded ticks without them.
fn cash(gathered: &Gathered) -> Option<Vec<Moved>> {
    let rows = gathered.contents.cash.iter().map(|row| row.cash.as_ref()).collect::<Option<Vec<_>>>()?;
    Some(rows.into_iter().flatten().map(|cash| (cash.user, cash.kind, cash.amount.0)).collect())
}

/// Per participant, of one kind or of all.
fn sums(cash: &[Moved], of: Option<CashKind>) -> BTreeMap<UserId, i64> {
    let mut sums = BTreeMap::new();
    for (user, _, amount) in cash.iter().filter(|(_, kind, _)| of.is_none_or(|of| of == *kind)) {
        *sums.entry(*user).or_default() += amount;
    }
    sums
}

type Holdings = BTreeMap<(UserId, OutcomeId, Side), i64>;

fn kept_holdings(gathered: &Gathered) -> Holdings {
    let rows = gathered.contents.positions.iter().filter(|row| row.tokens.0 != 0);
    rows.map(|row| ((row.user, row.outcome, row.side), row.tokens.0)).collect()
}

/// What was bought less what was sold, of the outcomes still in the game.
fn traded_holdings(gathered: &Gathered) -> Holdings {
    let mut holdings = Holdings::new();
    for fill in gathered.contents.trades.iter().map(|row| &row.fill) {
        for (party, Leg { outcome, side, direction }) in [(fill.buyer, fill.bought()), (fill.seller, fill.sold())] {
            let Party::User { user, .. } = party else { continue };
            let sign = if direction == Direction::Buy { 1 } else { -1 };
            *holdings.entry((user, outcome, side)).or_default() += sign * fill.size.0;
        }
    }
    for (_, event, _) in &gathered.contents.events {
        match event.kind.as_str() {
            "FINAL" => holdings.clear(),
            "ELIMINATION" => {
                let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
                holdings.retain(|(_, outcome, _), _| payload["outcome"].as_u64() != Some(outcome.0.into()));
            }
            _ => {}
        }
    }
    holdings.retain(|_, tokens| *tokens != 0);
    holdings
}

fn kept_fills(gathered: &Gathered) -> BTreeMap<OrderId, i64> {
    gathered.contents.orders.iter().map(|row| (row.order.id, row.filled.0)).collect()
}

fn traded_fills(gathered: &Gathered) -> BTreeMap<OrderId, i64> {
    let mut fills = BTreeMap::new();
    for fill in gathered.contents.trades.iter().map(|row| &row.fill) {
        for order in [fill.buyer.order(), fill.seller.order()].into_iter().flatten() {
            *fills.entry(order).or_default() += fill.size.0;
        }
    }
    fills
}
