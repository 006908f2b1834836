//! What people do at the page, and what becomes of it.

use crate::{floor::Floor, support::busy};
use outcry_desk::{action::Action, prefs::Prefs, text::term::Term, view::ticket::Kind};
use outcry_engine::{Direction, OrderKind, OutcomeId, Price, Side, Tokens};
use outcry_lite::{light::Start, state::Tab};
use outcry_shared::{ClientMessage, ServerMessage, message::OrderAck, phase::Phase};

#[test]
fn an_order_goes_from_the_price_to_its_receipt() {
    let mut floor = Floor::busy();
    assert!(floor.act("pick", "1 no"));
    assert!(floor.act("amount", "12,5"));
    assert!(floor.read("act").id("promise").text.starts_with("$12.50 on NO Blaise → $"));
    assert!(floor.act("send", ""));
    assert!(floor.part("dialog").contains("Send this order?"));
    assert_eq!(floor.orders(), vec![], "asked first");
    floor.now_ms += 400;
    assert!(floor.act("confirm", ""));
    let orders = floor.orders();
    let [order] = &orders[..] else { panic!("one order, not {orders:?}") };
    assert_eq!((order.outcome, order.side, order.direction), (OutcomeId(1), Side::No, Direction::Buy));
    assert!(matches!(order.kind, OrderKind::Market { .. }));
    assert_eq!(floor.part("dialog"), "");
    let result = Ok((outcry_engine::OrderId(9_000), 0));
    floor.say(&ServerMessage::OrderAck(OrderAck { client_order_id: order.client_order_id, result }));
    assert!(floor.part("act").contains("accepted, goes to market in a moment"));
}

#[test]
fn a_double_press_confirms_nothing() {
    let mut floor = Floor::full();
    floor.act("amount", "10");
    floor.act("send", "");
    floor.now_ms += 200;
    floor.act("confirm", "");
    assert!(!floor.act("send", ""), "Enter held over the question");
    assert_eq!(floor.orders(), vec![]);
    assert!(floor.act("back", ""));
    assert_eq!((floor.part("dialog"), floor.focus), ("", Some("send")));
    floor.now_ms += 1_000;
    assert!(!floor.act("confirm", ""), "nothing is asked any more");
    assert_eq!(floor.orders(), vec![]);
}

#[test]
fn what_is_in_the_way_is_repaired_by_one_press() {
    let mut floor = Floor::quick();
    floor.act("amount", "900");
    let read = floor.read("act");
    let repairs: Vec<_> = read.classed("repair").map(|button| button.text.clone()).collect();
    assert!(repairs.len() == 2 && repairs[0].starts_with("Spend $"), "{repairs:?}");
    assert_eq!(read.id("send").get("aria-disabled"), Some("true"));
    assert!(!floor.act("send", "") || floor.orders().is_empty(), "a press on it sends nothing");
    assert!(floor.act("repair", "0"));
    assert_eq!(floor.read("act").id("send").get("aria-disabled"), Some("false"));
    floor.act("send", "");
    assert_eq!(floor.orders().len(), 1);
}

#[test]
fn a_level_of_the_book_fills_the_ticket() {
    let mut floor = Floor::busy();
    floor.act("level", "bid 500000");
    let draft = &floor.light.state().draft;
    assert_eq!((draft.kind, draft.direction, draft.limit), (Kind::Limit, Direction::Sell, Some(Price(500_000))));
    floor.act("book", "no");
    floor.act("level", "ask 400000");
    let draft = &floor.light.state().draft;
    assert_eq!((draft.side, draft.direction, draft.limit), (Side::No, Direction::Buy, Some(Price(400_000))));
}

#[test]
fn every_amount_can_be_set_without_a_keyboard() {
    let mut floor = Floor::full();
    let amount = |floor: &Floor| floor.light.state().draft.amount.clone();
    let offered = floor.read("act").classed("quick").next().unwrap().text.clone();
    assert_eq!(offered, "$5$20$50Max");
    floor.act("quick", "1");
    assert_eq!(amount(&floor), "20");
    floor.act("more", "");
    assert_eq!(amount(&floor), "25");
    floor.act("less", "");
    floor.act("less", "");
    assert_eq!(amount(&floor), "15");
    floor.act("share", "200");
    let most = floor.light.state().view().unwrap().most;
    assert_eq!(floor.light.state().draft.units().unwrap() / 1_000_000, most / 1_000_000);
    floor.act("unit", "tokens");
    let size = floor.light.state().view().unwrap().size;
    assert_eq!(floor.light.state().draft.units().map(Tokens), size, "what is typed is carried over");
    floor.act("way", "sell");
    let last = floor.read("act").classed("quick").next().unwrap().text.matches('%').count();
    floor.act("quick", &last.to_string());
    let view = floor.light.state().view().unwrap();
    assert_eq!(floor.light.state().draft.units(), Some(view.most));
    assert!(view.most <= view.free.0 && view.blocked.is_none(), "as much of it as passes");
}

#[test]
fn whoever_opts_in_to_auto_fill_reads_what_it_does() {
    let mut floor = Floor::full();
    floor.act("kind", "limit");
    let says = |floor: &Floor| floor.part("act").contains(Term::AutoFill.help());
    assert!(!says(&floor));
    assert!(floor.act("fill", "true") && says(&floor));
}

#[test]
fn keys_are_those_of_the_other_floor() {
    let mut floor = Floor::busy();
    for key in ["2", "n", "s", "l"] {
        assert!(floor.act("key", key), "{key}");
    }
    let draft = floor.light.state().draft.clone();
    assert_eq!((draft.outcome, draft.side), (OutcomeId(1), Side::No));
    assert_eq!((draft.direction, draft.kind), (Direction::Sell, Kind::Limit));
    let limit = floor.light.state().view().unwrap().limit;
    floor.act("key", "Shift+ArrowUp");
    assert!(floor.light.state().view().unwrap().limit > limit);
    floor.act("key", "m");
    assert!(!floor.act("key", "ArrowUp"), "a market order has no limit: the page scrolls");
    assert!(!floor.act("key", "9"), "there is no ninth outcome");
    floor.act("amount", "5");
    assert!(floor.act("key", "Escape") && floor.light.state().draft.amount.is_empty());
    floor.far.heard();
    floor.act("key", "x");
    floor.act("key", "Shift+X");
    let newest = floor.light.model().own().unwrap().open_orders.iter().map(|order| order.id).max().unwrap();
    let heard = floor.far.heard();
    assert!(
        matches!(&heard[..], [ClientMessage::Cancel { order }, ClientMessage::CancelAll] if *order == newest),
        "{heard:?}"
    );
}

#[test]
fn a_narrow_page_shows_one_thing_at_a_time() {
    let mut floor = Floor::of(&busy(), Start { narrow: true, ..Start::default() });
    assert!(floor.part("act").is_empty() && floor.part("choose").contains("outcomes"));
    floor.act("pick", "2 yes");
    assert_eq!((floor.light.state().tab, floor.focus), (Tab::Trade, Some("act")));
    assert!(floor.part("choose").is_empty() && floor.part("act").contains("YES Carl"));
    floor.act("tab", "portfolio");
    assert!(floor.part("look").contains("If … wins"));
    floor.act("narrow", "false");
    assert!(floor.part("tabs").is_empty());
    assert!(["choose", "act", "look"].iter().all(|part| !floor.part(part).is_empty()), "side by side");
}

#[test]
fn preferences_and_the_link_are_the_devices() {
    let mut floor = Floor::of(&crate::support::Host::new(crate::support::party()), Start::default());
    floor.act("copy", "");
    floor.act("copied", "false");
    assert!(floor.part("look").contains("copy it by hand"));
    floor.act("ask", "false");
    floor.act("contrast", "true");
    assert!(floor.part("look").contains(r#"id="contrast" checked"#));
    floor.act("full", "true");
    let asked = Prefs { confirm_orders: false, ..Prefs::default() };
    let stretched = Prefs { more_contrast: true, ..asked };
    let full = Prefs { full_ticket: true, ..stretched };
    let link = "https://floor.example.org/".to_owned();
    let saved = [asked, stretched, full].map(Action::SavePrefs);
    assert_eq!((&floor.errands[0], &floor.errands[1..]), (&Action::Copy(link), &saved[..]));
}

#[test]
fn a_draft_is_taken_to_the_other_floor_and_back() {
    let mut floor = Floor::busy();
    for (what, value) in [("pick", "3 no"), ("kind", "limit"), ("limit", "5"), ("amount", "7.5")] {
        floor.act(what, value);
    }
    let left = floor.light.leave();
    let back = Floor::of(&busy(), Start { draft: left, ..Start::default() });
    assert_eq!(back.light.state().draft, floor.light.state().draft);
    floor.turn(60_000);
    assert_eq!(floor.pocket.lines.borrow().len(), 1, "who has left does not come back by itself");
}

#[test]
fn nothing_is_sent_while_nobody_trades() {
    let mut host = busy();
    host.phase = Phase::Paused;
    let mut floor =
        Floor::of(&host, Start { prefs: Prefs { confirm_orders: false, ..Prefs::default() }, ..Start::default() });
    floor.act("amount", "10");
    floor.act("send", "");
    assert_eq!(floor.orders(), vec![]);
    assert!(floor.read("act").id("why").text.contains("The host paused the session"));
}
