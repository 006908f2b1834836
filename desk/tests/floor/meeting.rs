//! Orders that meet somebody's, at another price than the pool's.

use crate::support::{Host, busy, limit, market};
use outcry_desk::view::ticket::{Draft, SimpleView, TicketView, Unit};
use outcry_engine::{Direction, OutcomeId, Side};

/// Somebody bids for NO: whoever buys YES for the rest of a dollar makes a pair with them.
fn bid(cents: u32) -> Host {
    let mut host = busy();
    host.run(&[limit(3, 0, Side::No, Direction::Buy, cents, 40)]);
    host
}

fn ticket(host: &Host, side: Side, amount: &str) -> TicketView {
    let draft = Draft { outcome: OutcomeId(0), side, amount: amount.to_owned(), ..Draft::default() };
    TicketView::new(&host.model(), &draft).unwrap()
}

#[test]
fn a_price_that_somebody_makes_better_is_explained() {
    let host = bid(47);
    let view = ticket(&host, Side::Yes, "10");
    let (price, average) = (view.prices[0], view.preview.unwrap().quote.average.unwrap());
    assert!(average.0 * 10 < price.0 * 9, "{average:?} is not far below {price:?}");
    let price = outcry_desk::format::cents(price);
    let said = format!("YES Ada Lovelace costs less than {price}: somebody's order meets yours.");
    assert_eq!(view.better.as_deref(), Some(said.as_str()));
    let draft = Draft { side: Side::No, amount: "10".to_owned(), ..Draft::default() };
    let simple = SimpleView::new(&host.model(), &draft).unwrap();
    assert_eq!(simple.better().collect::<Vec<_>>(), [said.as_str()], "whichever side the ticket stands on");
}

#[test]
fn a_price_as_it_is_told_needs_no_explanation() {
    for host in [busy(), bid(30), bid(33)] {
        for side in Side::BOTH {
            for amount in ["1", "10", "30", "100000", "x", ""] {
                assert_eq!(ticket(&host, side, amount).better, None, "{side:?} {amount}");
            }
        }
    }
    // Nor where it is refused, or only part of it meets somebody.
    let host = bid(47);
    assert_eq!(ticket(&host, Side::Yes, "100000").better, None);
    let mut host = busy();
    host.run(&[market(1, 0, Side::Yes, Direction::Buy, 1)]);
    let draft = Draft { direction: Direction::Sell, unit: Unit::Tokens, amount: "1".to_owned(), ..Draft::default() };
    assert_eq!(TicketView::new(&host.model(), &draft).unwrap().better, None, "a sale");
}
