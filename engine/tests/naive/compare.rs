//! The engine's state and report against the naive model's, exactly.

use super::book::Rest;
use super::model::{Fill, Model};
use outcry_engine::{Market, OpenOrder, Report};

/// What differs between engine and model after a step.
pub(crate) fn differences(engine: &Market, report: &Report, model: &Model) -> Vec<String> {
    let mut found = Found(Vec::new());
    fills(report, model, &mut found);
    standings(report, model, &mut found);
    pools(engine, model, &mut found);
    accounts(engine, model, &mut found);
    book(engine, model, &mut found);
    figures(engine, model, &mut found);
    let paid: Vec<(u32, i128)> = report.payouts.iter().map(|(user, paid)| (user.0, paid.0.into())).collect();
    let ours: Vec<(u32, i128)> = model.payouts.iter().map(|(user, &paid)| (user.0, paid)).collect();
    found.same("payouts", &nonzero(paid), &nonzero(ours));
    found.0
}

fn nonzero(mut payouts: Vec<(u32, i128)>) -> Vec<(u32, i128)> {
    payouts.retain(|paid| paid.1 != 0);
    payouts.sort_unstable();
    payouts
}

struct Found(Vec<String>);

impl Found {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, engine: &T, model: &T) {
        if engine != model {
            self.0.push(format!("{what}: engine {engine:?}, model {model:?}"));
        }
    }
}

fn fills(report: &Report, model: &Model, found: &mut Found) {
    let theirs: Vec<Fill> = report
        .fills
        .iter()
        .map(|fill| Fill {
            buyer: fill.buyer.user(),
            seller: fill.seller.user(),
            outcome: fill.outcome.index(),
            side: fill.side,
            value: fill.value.0.into(),
            size: fill.size.0.into(),
            fee: fill.fee.0.into(),
            kind: fill.fill_type,
        })
        .collect();
    found.same("number of fills", &theirs.len(), &model.fills.len());
    for (k, (theirs, ours)) in theirs.iter().zip(&model.fills).enumerate() {
        // How a trade's money is laid on the fills that share it is free to some micros.
        let free = report.fills.len() as i128;
        let near = (theirs.value - ours.value).abs() <= free && (theirs.fee - ours.fee).abs() <= free;
        let ours = if near { &Fill { value: theirs.value, fee: theirs.fee, ..ours.clone() } } else { ours };
        found.same(&format!("fill {k}"), theirs, ours);
    }
}

fn standings(report: &Report, model: &Model, found: &mut Found) {
    for order in &report.orders {
        let Some(ours) = model.standings.get(&order.id) else {
            found.0.push(format!("order {}: engine {:?}, model did not touch it", order.id.0, order.status));
            continue;
        };
        let theirs = (order.status, i128::from(order.filled.0), i128::from(order.remaining.0));
        found.same(&format!("order {}", order.id.0), &theirs, &(ours.status, ours.filled, ours.remaining));
    }
    for (id, ours) in &model.standings {
        if !report.orders.iter().any(|order| order.id == *id) {
            found.0.push(format!("order {}: model {ours:?}, not in the report", id.0));
        }
    }
}

fn pools(engine: &Market, model: &Model, found: &mut Found) {
    for (i, (outcome, ours)) in engine.public().outcomes.iter().zip(&model.pools).enumerate() {
        let pool = outcome.pool;
        let theirs = [pool.v.0, pool.q_yes.0, pool.q_no.0, pool.virtual_yes.0, pool.pairs.0, pool.seigniorage.0];
        let ours_all = [ours.v, ours.q[0], ours.q[1], ours.virtual_yes, ours.pairs, ours.seigniorage];
        let names = ["v", "q_yes", "q_no", "virtual_yes", "pairs", "seigniorage"];
        for ((name, theirs), ours) in names.iter().zip(theirs).zip(ours_all) {
            found.same(&format!("outcome {i} {name}"), &i128::from(theirs), &ours);
        }
        found.same(&format!("outcome {i} active"), &pool.active, &ours.active);
    }
}

fn accounts(engine: &Market, model: &Model, found: &mut Found) {
    found.same("participants", &engine.accounts().count(), &model.users.len());
    for (id, theirs) in engine.accounts() {
        let Some(ours) = model.users.get(&id) else { continue };
        let user = id.0;
        found.same(&format!("user {user} balance"), &i128::from(theirs.balance.0), &ours.balance);
        found.same(&format!("user {user} gas"), &i128::from(theirs.gas_paid.0), &ours.gas_paid);
        found.same(&format!("user {user} trades"), &theirs.trade_count, &ours.trade_count);
        found.same(&format!("user {user} open"), &theirs.open, &ours.open);
        let free: Vec<[i128; 2]> = theirs.free.iter().map(|free| free.map(|tokens| tokens.0.into())).collect();
        found.same(&format!("user {user} tokens"), &free, &ours.free);
    }
}

fn resting(order: &OpenOrder) -> (u64, u32, usize, &'static str, bool, i128, [i128; 3], bool) {
    (
        order.id.0,
        order.user.0,
        order.outcome.index(),
        order.side.name(),
        order.direction == outcry_engine::Direction::Buy,
        order.price.0.into(),
        [order.size.0.into(), order.filled.0.into(), order.escrow.0.into()],
        order.af_opt_in,
    )
}

fn naive(order: &Rest) -> (u64, u32, usize, &'static str, bool, i128, [i128; 3], bool) {
    (
        order.id.0,
        order.user.0,
        order.outcome,
        order.side.name(),
        order.direction == outcry_engine::Direction::Buy,
        order.price,
        [order.size, order.entered + order.filled, order.escrow()],
        order.opt_in,
    )
}

fn book(engine: &Market, model: &Model, found: &mut Found) {
    let theirs = engine.all_open_orders();
    let mut ours: Vec<&Rest> = model.book.iter().collect();
    ours.sort_by_key(|order| order.id);
    let theirs: Vec<_> = theirs.iter().map(resting).collect();
    let ours: Vec<_> = ours.into_iter().map(naive).collect();
    for order in theirs.iter().filter(|order| !ours.contains(order)) {
        found.0.push(format!("book: engine alone has {order:?}"));
    }
    for order in ours.iter().filter(|order| !theirs.contains(order)) {
        found.0.push(format!("book: model alone has {order:?}"));
    }
}

fn figures(engine: &Market, model: &Model, found: &mut Found) {
    let theirs = engine.metrics();
    let pairs = [
        ("mm_risk", theirs.mm_risk, model.mm_risk()),
        ("worst_case_loss", theirs.worst_case_loss, model.worst_case_loss()),
        ("mm_profit", theirs.mm_profit, model.mm_profit()),
        ("volume", theirs.volume, model.volume),
        ("fees", theirs.fees, model.fees),
        ("gas", theirs.gas, model.gas),
        ("paid_in", theirs.paid_in, model.paid_in),
        ("seigniorage", theirs.seigniorage, model.seigniorage()),
    ];
    for (name, theirs, ours) in pairs {
        found.same(name, &i128::from(theirs.0), &ours);
    }
}
