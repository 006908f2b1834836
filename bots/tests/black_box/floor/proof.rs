//! What must hold of a session, whatever happened to the server meanwhile.

use super::{Journal, Recorded};
use outcry_engine::{Input, Market, Params, Usdc, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// Checks the record of a settled session against a replay of it and against everything the
/// players were told.
pub(crate) fn prove(recorded: &Recorded, params: &Params, journals: &[Journal]) {
    let market = replay(recorded, params);
    assert!(market.is_settled());
    money(recorded, &market, journals);
    effects(recorded);
    let hashes: BTreeMap<_, _> = recorded.hashes.iter().cloned().collect();
    for journal in journals {
        answers(recorded, journal);
        for (tick, hash) in &journal.hashes {
            assert_eq!(hashes.get(tick).map(Vec::as_slice), Some(hash.as_slice()), "tick {tick} was shown otherwise");
        }
    }
}

/// Checks the record of a session that was left for another against what its players were promised.
pub(crate) fn prove_left<'a>(recorded: &Recorded, params: &Params, journals: impl Iterator<Item = &'a Journal>) {
    replay(recorded, params);
    let by_id: BTreeMap<_, _> = recorded.orders.iter().map(|row| (row.order, row)).collect();
    for journal in journals {
        for (number, answers) in &journal.acks {
            assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "order {number}: {answers:?}");
            let Ok(order) = answers[0] else { continue };
            let row = by_id.get(&order.0).unwrap_or_else(|| panic!("order {number} was acknowledged and is lost"));
            assert_eq!(row.client_order_id, *number);
            assert!(row.tick_accepted.is_some(), "{row:?} was in no tick");
        }
    }
}

/// The same inputs again give the recorded hash at every tick.
fn replay(recorded: &Recorded, params: &Params) -> Market {
    let mut market = Market::new(params.clone()).expect("valid parameters");
    let mut inputs = recorded.inputs.iter().peekable();
    for (tick, hash) in &recorded.hashes {
        while let Some((_, input)) = inputs.next_if(|(of, _)| of <= tick) {
            market.apply(input).unwrap_or_else(|refusal| panic!("tick {tick}: {refusal}"));
        }
        assert_eq!(market.state_hash().as_slice(), hash.as_slice(), "tick {tick} gives another state");
    }
    assert_eq!(inputs.next(), None, "an input stands after the last tick");
    let ticks: Vec<_> = recorded.hashes.iter().map(|(tick, _)| *tick).collect();
    assert!(ticks.windows(2).all(|pair| pair[1] == pair[0] + 1), "ticks are consecutive");
    assert_eq!(market.audit(), Ok(()));
    market
}

/// Every balance is that of the replay, and all of them add up to the micro.
fn money(recorded: &Recorded, market: &Market, journals: &[Journal]) {
    let accounts = market.accounts();
    let replayed: Vec<_> = accounts.map(|(user, a)| (user.0, a.deposit.0, a.balance.0, a.gas_paid.0)).collect();
    assert_eq!(recorded.users, replayed);
    let sum = |of: fn(&(u32, i64, i64, i64)) -> i64| replayed.iter().map(of).sum::<i64>();
    let (deposits, balances, gas) = (sum(|user| user.1), sum(|user| user.2), sum(|user| user.3));
    let metrics = market.metrics();
    assert_eq!(metrics.gas, Usdc(gas));
    assert_eq!(balances + gas + metrics.mm_profit.0, deposits, "money is conserved");
    for journal in journals {
        let (user, end) = (journal.user.expect("joined"), journal.end.as_ref().expect("was there at the end"));
        let statement = end.statement.expect("a participant's end has a statement");
        let balance = market.account(user).map(|account| account.balance);
        assert_eq!(statement.balance(), balance.expect("an account"), "statement of {user:?}");
        assert_eq!(statement.escrow, Usdc::ZERO);
        let row = end.rankings.iter().find(|row| row.user == user).expect("is ranked");
        assert_eq!(Some(row.balance), balance);
        assert_eq!(row.net_pnl.0, row.balance.0 - statement.start.0);
        assert_eq!(end.metrics, metrics);
    }
}

/// Every order was in exactly one tick and has exactly one end.
fn effects(recorded: &Recorded) {
    let mut taken = BTreeMap::new();
    for (tick, input) in &recorded.inputs {
        let (Input::Orders { orders, .. } | Input::Frozen { orders, .. }) = input else { continue };
        for order in orders {
            assert_eq!(taken.insert(order.id.0, *tick), None, "order {} is in two ticks", order.id.0);
        }
    }
    let mut traded: BTreeMap<u64, i64> = BTreeMap::new();
    for &(buyer, seller, size) in &recorded.trades {
        buyer.into_iter().chain(seller).for_each(|order| *traded.entry(order).or_default() += size);
    }
    for row in &recorded.orders {
        assert_eq!(taken.remove(&row.order), row.tick_accepted, "{row:?}");
        assert_eq!(traded.remove(&row.order).unwrap_or(0), row.filled, "{row:?}");
        match row.status.as_str() {
            "FILLED" => assert_eq!(row.filled, row.size, "{row:?}"),
            "CANCELED" => assert!(row.filled < row.size, "{row:?}"),
            "REJECTED" => assert_eq!(row.filled, 0, "{row:?}"),
            other => panic!("{other} at the end: {row:?}"),
        }
    }
    assert!(taken.is_empty() && traded.is_empty(), "orders that are not in the record: {taken:?} {traded:?}");
    let numbers: BTreeSet<_> = recorded.orders.iter().map(|row| (row.user, row.client_order_id)).collect();
    assert_eq!(numbers.len(), recorded.orders.len(), "a number of a client has two orders");
}

/// What a player was told about an order is what is recorded.
fn answers(recorded: &Recorded, journal: &Journal) {
    let UserId(user) = journal.user.expect("joined");
    let own: BTreeMap<_, _> =
        recorded.orders.iter().filter(|row| row.user == user).map(|row| (row.client_order_id, row)).collect();
    for (number, answers) in &journal.acks {
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{user}'s order {number}: {answers:?}");
        match (&answers[0], own.get(number)) {
            (Ok(order), Some(row)) => assert_eq!(row.order, order.0),
            (Ok(order), None) => panic!("{user}'s order {number} was acknowledged as {order:?} and is lost"),
            (Err(_), None) => {}
            (Err(refused), Some(row)) => panic!("{user}'s order {number} was refused ({refused:?}) and is {row:?}"),
        }
    }
    for number in own.keys() {
        assert!(journal.acks.contains_key(number), "{user}'s order {number} was never answered");
    }
    for number in &journal.unanswered {
        assert!(!own.contains_key(number), "{user}'s order {number} was taken and not answered");
    }
    for (order, status) in &journal.standings {
        let row = own.values().find(|row| row.order == order.0).expect("a receipt is of a recorded order");
        let ended = format!("{status:?}").to_uppercase();
        let open = matches!(ended.as_str(), "OPEN" | "PARTIAL");
        assert!(open || row.status == ended, "{row:?} was shown as {ended}");
    }
}
