use super::*;
use outcry_engine::{Fill, FillType, Price};

const ANN: UserId = UserId(1);
const BEN: UserId = UserId(2);
const A: OutcomeId = OutcomeId(0);
const B: OutcomeId = OutcomeId(1);

fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    ledger.join(ANN, Usdc::whole(1_000));
    ledger.join(BEN, Usdc::whole(500));
    ledger
}

fn party(user: UserId, order: u64) -> Party {
    Party::User { user, order: OrderId(order) }
}

fn fill(trade_id: u64, buyer: Party, seller: Party, side: Side, size: i64, fill_type: FillType) -> Fill {
    Fill {
        trade_id,
        buyer,
        seller,
        outcome: A,
        side,
        price: Price(500_000),
        size: Tokens::whole(size),
        value: Usdc::whole(size / 2),
        fee: Usdc::ZERO,
        fill_type,
        ts_ms: 0,
    }
}

fn cash(user: UserId, kind: CashKind, amount: i64, order: u64, trade: Option<u64>) -> Cash {
    Cash { user, kind, amount: Usdc(amount), order: Some(OrderId(order)), trade_id: trade }
}

fn buy_of_ann(size: i64, cost: i64, fee: i64) -> Report {
    Report {
        fills: vec![fill(1, party(ANN, 1), Party::Pool, Side::Yes, size, FillType::Amm)],
        cash: vec![
            cash(ANN, CashKind::Gas, -1, 1, None),
            cash(ANN, CashKind::Cost, -cost, 1, Some(1)),
            cash(ANN, CashKind::Fee, -fee, 1, Some(1)),
        ],
        ..Report::default()
    }
}

fn position(ledger: &Ledger, user: UserId, outcome: OutcomeId, side: Side) -> (i64, i64, i64) {
    let found = ledger.positions(user).into_iter().find(|p| (p.outcome, p.side) == (outcome, side));
    found.map_or((0, 0, 0), |p| (p.tokens.0, p.cost.0, p.realised.0))
}

#[test]
fn a_purchase_costs_its_price_and_fee() {
    let mut ledger = ledger();
    ledger.book_report(&buy_of_ann(10, 5_000_000, 50_000));
    assert_eq!(position(&ledger, ANN, A, Side::Yes), (10_000_000, 5_050_000, 0));
    assert_eq!(ledger.statement(ANN).balance(), Usdc(1_000_000_000 - 5_050_001));
    assert_eq!(ledger.statement(ANN).gas, Usdc(1));
    assert_eq!(ledger.statement(BEN).balance(), Usdc::whole(500));
    assert_eq!(ledger.positions(BEN), []);
}

#[test]
fn a_sale_realises_against_the_average_cost() {
    let mut ledger = ledger();
    ledger.book_report(&buy_of_ann(10, 4_000_000, 0));
    ledger.book_report(&buy_of_ann(10, 6_000_000, 0));
    let sale = Report {
        fills: vec![fill(2, Party::Pool, party(ANN, 2), Side::Yes, 5, FillType::Amm)],
        cash: vec![cash(ANN, CashKind::Proceeds, 3_000_000, 2, Some(2)), cash(ANN, CashKind::Fee, -30_000, 2, Some(2))],
        ..Report::default()
    };
    ledger.book_report(&sale);
    assert_eq!(position(&ledger, ANN, A, Side::Yes), (15_000_000, 7_500_000, 470_000));
    assert_eq!(ledger.statement(ANN).proceeds, Usdc(3_000_000));
}

#[test]
fn escrow_is_locked_pays_and_returns() {
    let mut ledger = ledger();
    let rests = Report { cash: vec![cash(BEN, CashKind::Escrow, -8_000_000, 3, None)], ..Report::default() };
    ledger.book_report(&rests);
    assert_eq!(ledger.statement(BEN).escrow, Usdc::whole(8));
    assert_eq!(ledger.statement(BEN).balance(), Usdc::whole(492));

    let filled = Report {
        fills: vec![fill(4, party(BEN, 3), party(ANN, 9), Side::No, 10, FillType::Lob)],
        cash: vec![
            cash(BEN, CashKind::Escrow, 5_000_000, 3, Some(4)),
            cash(BEN, CashKind::Cost, -5_000_000, 3, Some(4)),
            cash(BEN, CashKind::Rebate, 10_000, 3, Some(4)),
            cash(ANN, CashKind::Proceeds, 5_000_000, 9, Some(4)),
        ],
        ..Report::default()
    };
    ledger.book_report(&filled);
    assert_eq!(position(&ledger, BEN, A, Side::No), (10_000_000, 4_990_000, 0));

    let cancelled = Report { cash: vec![cash(BEN, CashKind::Escrow, 3_000_000, 3, None)], ..Report::default() };
    ledger.book_report(&cancelled);
    let statement = ledger.statement(BEN);
    assert_eq!((statement.escrow, statement.returned), (Usdc::ZERO, Usdc::whole(3)));
    assert_eq!(statement.balance(), Usdc(495_010_000));
}

#[test]
fn a_pair_told_from_the_no_side_gives_the_buyer_no() {
    let mut ledger = ledger();
    ledger.book_report(&Report {
        fills: vec![fill(1, party(ANN, 1), party(BEN, 2), Side::No, 10, FillType::Mint)],
        cash: vec![
            cash(ANN, CashKind::Cost, -6_000_000, 1, Some(1)),
            cash(BEN, CashKind::Cost, -4_000_000, 2, Some(1)),
        ],
        ..Report::default()
    });
    assert_eq!(position(&ledger, ANN, A, Side::No), (10_000_000, 6_000_000, 0));
    assert_eq!(position(&ledger, BEN, A, Side::Yes), (10_000_000, 4_000_000, 0));
}

#[test]
fn matched_pairs_give_each_user_the_own_token() {
    let mut ledger = ledger();
    let pair = |fill_type, kind, amount: i64| Report {
        fills: vec![fill(1, party(ANN, 1), party(BEN, 2), Side::Yes, 10, fill_type)],
        cash: vec![cash(ANN, kind, 6 * amount, 1, Some(1)), cash(BEN, kind, 4 * amount, 2, Some(1))],
        ..Report::default()
    };
    ledger.book_report(&pair(FillType::Mint, CashKind::Cost, -1_000_000));
    assert_eq!(position(&ledger, ANN, A, Side::Yes), (10_000_000, 6_000_000, 0));
    assert_eq!(position(&ledger, BEN, A, Side::No), (10_000_000, 4_000_000, 0));
    ledger.book_report(&pair(FillType::Merge, CashKind::Proceeds, 900_000));
    assert_eq!(position(&ledger, ANN, A, Side::Yes), (0, 0, -600_000));
    assert_eq!(position(&ledger, BEN, A, Side::No), (0, 0, -400_000));
}

#[test]
fn eliminations_pay_no_and_the_end_pays_the_rest() {
    let mut ledger = ledger();
    ledger.book_report(&Report {
        fills: vec![fill(1, party(ANN, 1), party(BEN, 2), Side::Yes, 10, FillType::Mint)],
        cash: vec![
            cash(ANN, CashKind::Cost, -6_000_000, 1, Some(1)),
            cash(BEN, CashKind::Cost, -4_000_000, 2, Some(1)),
        ],
        ..Report::default()
    });
    let gone = Event::Elimination { outcome: A, round: None, paid: Usdc::whole(10), freed: Usdc::ZERO, flows: vec![] };
    let payout = Cash { user: BEN, kind: CashKind::Payout, amount: Usdc::whole(10), order: None, trade_id: None };
    let mut eliminated = ledger.clone();
    eliminated.book_report(&Report { events: vec![gone], cash: vec![payout], ..Report::default() });
    assert_eq!(position(&eliminated, ANN, A, Side::Yes), (0, 0, -6_000_000));
    assert_eq!(position(&eliminated, BEN, A, Side::No), (0, 0, 6_000_000));
    assert_eq!(eliminated.statement(BEN).balance(), Usdc::whole(506));

    for (winner, ann, ben) in [(A, 4_000_000, -4_000_000), (B, -6_000_000, 6_000_000)] {
        let mut settled = ledger.clone();
        let events = vec![Event::Final { winner, paid: Usdc::whole(10) }];
        settled.book_report(&Report { events, ..Report::default() });
        assert_eq!(position(&settled, ANN, A, Side::Yes).2, ann);
        assert_eq!(position(&settled, BEN, A, Side::No).2, ben);
    }
}

#[test]
fn strangers_have_empty_books() {
    assert_eq!(ledger().statement(UserId(99)), Statement::default());
    assert_eq!(ledger().positions(UserId(99)), []);
}
