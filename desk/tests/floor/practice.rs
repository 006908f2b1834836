//! The practice market: the real engine with four bots, and three things to try.
use outcry_desk::{
    action::{Action, Placement},
    model::Model,
    practice::{Mission, Practice},
    view::ticket::{Draft, Kind, SimpleView, TicketView},
};
use outcry_engine::{Direction, OutcomeId, Side};

const SECOND: u64 = 1_000;

fn open(seed: u64) -> Practice {
    Practice::open("Noor", seed, 0).unwrap()
}

/// Lets so many seconds pass; the time then.
fn pass(practice: &mut Practice, from_ms: u64, seconds: u64) -> u64 {
    for second in 1..=seconds {
        assert!(practice.turn(from_ms + second * SECOND), "a tick a second");
        assert!(!practice.turn(from_ms + second * SECOND + 1));
    }
    from_ms + seconds * SECOND
}

fn place(practice: &mut Practice, draft: &Draft, now_ms: u64) {
    let view = TicketView::new(practice.model(), draft).unwrap();
    assert_eq!(view.blocked, None);
    let placement = Placement { order: view.order.unwrap(), preview: view.preview.map(|preview| preview.quote) };
    assert_eq!(practice.act(vec![Action::PlaceOrder(Box::new(placement))], now_ms), vec![]);
}

fn prices(model: &Model) -> Vec<[f64; 2]> {
    model.session().unwrap().spots()
}

#[test]
fn it_moves_by_itself_and_the_same_chances_give_the_same_market() {
    let (mut one, mut other, mut third) = (open(7), open(7), open(8));
    let before = prices(one.model());
    for practice in [&mut one, &mut other, &mut third] {
        pass(practice, 0, 30);
    }
    assert!(prices(one.model()) != before, "the bots trade");
    assert_eq!(prices(one.model()), prices(other.model()));
    assert!(prices(one.model()) != prices(third.model()));
    let session = one.model().session().unwrap();
    assert_eq!(session.seats().values().filter(|seat| seat.bot).count(), 4);
    assert!(session.tape().len() > 5 && session.history().len() > 40, "there is something to see at once");
    assert!(!one.model().needs_resync(), "every change was told");
}

#[test]
fn three_things_are_tried() {
    let mut practice = open(3);
    assert_eq!(practice.missions().next(), Some(Mission::Buy));
    let token = Draft { outcome: OutcomeId(1), side: Side::No, ..Draft::default() };
    let offered = SimpleView::new(practice.model(), &token).unwrap();
    place(&mut practice, &offered.offer(Side::No).unwrap().draft.clone(), 10);
    assert!(!practice.missions().has(Mission::Buy), "not before its tick");
    let now_ms = pass(&mut practice, 0, 1);
    assert_eq!(practice.missions().next(), Some(Mission::Sell));
    let mut sale = token.clone();
    sale.offer(OutcomeId(1), Side::No);
    let sale = SimpleView::new(practice.model(), &sale).unwrap().offers.remove(0).draft;
    place(&mut practice, &sale, now_ms + 10);
    let now_ms = pass(&mut practice, now_ms, 1);
    assert_eq!(practice.missions().next(), Some(Mission::TakeBack));
    let limit =
        Draft { kind: Kind::Limit, limit: Some(outcry_engine::Price(100_000)), amount: "5".to_owned(), ..token };
    place(&mut practice, &limit, now_ms + 10);
    let now_ms = pass(&mut practice, now_ms, 1);
    let waiting = practice.model().own().unwrap().open_orders[0];
    assert_eq!((waiting.direction, waiting.side), (Direction::Buy, Side::No));
    practice.act(vec![Action::Cancel(waiting.id)], now_ms + 10);
    assert!(practice.model().own().unwrap().open_orders.is_empty(), "at once");
    assert_eq!((practice.missions().next(), practice.missions().bits()), (None, 0b111));
}

#[test]
fn what_is_not_the_markets_is_left_to_others() {
    let mut practice = open(1);
    let others = vec![Action::Reload, Action::Copy("link".to_owned())];
    assert_eq!(practice.act(others.clone(), 0), others);
}
