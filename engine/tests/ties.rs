//! Levels that come to the same price, whatever the last bits of a floating-point number say.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use outcry_engine::{
    Direction, FillType, Input, Market, Order, OrderId, OrderKind, OutcomeId, Params, Price, Rate, Side, Tokens, Usdc,
    UserId,
};

const CENT: u32 = 10_000;
const WIN: OutcomeId = OutcomeId(0);

/// A market without fees in which users 1 to 3 have money and every token.
fn without_fees() -> Market {
    let none = Rate(0);
    let free = Params { f: none, f_match: none, kappa_start: none, kappa_end: none, ..Params::default() };
    let mut market = Market::new(free).unwrap();
    for user in [1, 2, 3].map(UserId) {
        market.apply(&Input::Join { user, deposit: Usdc::whole(1_000_000) }).unwrap();
        market.endow(user, WIN, Tokens::whole(20_000)).unwrap();
    }
    market
}

fn order(user: u32, side: Side, direction: Direction, kind: OrderKind, tokens: i64) -> Order {
    let (id, ts_ms) = (OrderId(user.into()), 0);
    Order { id, user: UserId(user), outcome: WIN, side, direction, kind, size: Tokens::whole(tokens), ts_ms }
}

/// The kinds of fill of a market order for YES that meets YES at `cents` and NO at what is left of 1.
fn met(direction: Direction, cents: u32) -> Vec<FillType> {
    let at = |cents| OrderKind::Limit { price: Price(cents * CENT), af_opt_in: false };
    let resting = vec![
        order(1, Side::No, direction, at(100 - cents), 1),
        order(2, Side::Yes, direction.opposite(), at(cents), 1),
    ];
    let taker = order(3, Side::Yes, direction, OrderKind::Market { max_slippage: Rate(1_000_000_000_000) }, 1_200);
    let mut market = without_fees();
    market.apply(&Input::Orders { now_ms: 1_000, orders: resting }).unwrap();
    let report = market.apply(&Input::Orders { now_ms: 2_000, orders: vec![taker] }).unwrap();
    assert_eq!(report.orders[0].reason, None);
    report.fills.iter().map(|fill| fill.fill_type).collect()
}

#[test]
fn an_order_of_the_same_token_comes_before_a_pair_at_the_same_price() {
    for cents in 55..70 {
        assert_eq!(met(Direction::Buy, cents)[..2], [FillType::Lob, FillType::Mint], "bought at {cents} ¢");
    }
    for cents in 30..45 {
        assert_eq!(met(Direction::Sell, cents)[..2], [FillType::Lob, FillType::Merge], "sold at {cents} ¢");
    }
}
