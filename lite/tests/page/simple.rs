//! What a newcomer does: few presses, plain words, one hint at a time.

use crate::{
    floor::Floor,
    reader::Read,
    support::{busy, limit, market},
};
use outcry_desk::{action::Action, prefs::Prefs};
use outcry_engine::{Direction, OutcomeId, Side};
use outcry_lite::{light::Start, state::Tab};
use outcry_shared::ServerMessage;

fn phone() -> Floor {
    Floor::of(&busy(), Start { narrow: true, ..Start::default() })
}

fn bets(read: &Read) -> Vec<String> {
    read.classed("bet").map(|button| button.text.clone()).collect()
}

#[test]
fn a_newcomer_trades_by_three_taps() {
    let mut floor = phone();
    floor.act("pick", "1 yes");
    let read = floor.read("act");
    let shown = bets(&read);
    assert!(
        shown.len() == 2
            && shown[0].starts_with("YES ")
            && shown[0].contains("Pays $")
            && shown[0].ends_with("if Blaise wins")
            && shown[1].starts_with("NO ")
            && shown[1].ends_with("if Blaise does not win"),
        "{shown:?}"
    );
    let controls =
        read.0.iter().filter(|element| ["button", "input", "select", "summary"].contains(&element.name.as_str()));
    assert!(controls.count() <= 12, "few things to press");
    floor.act("bet", "no");
    let asked = floor.read("dialog");
    assert!(asked.classed("outcome-of-it").next().unwrap().text.starts_with("Pays $"), "{}", floor.part("dialog"));
    assert!(floor.part("dialog").contains("nothing comes back if Blaise wins"));
    assert_eq!(floor.orders(), vec![], "asked first");
    floor.turn(400);
    floor.act("confirm", "");
    let orders = floor.orders();
    let placed: Vec<_> = orders.iter().map(|order| (order.outcome, order.side, order.direction)).collect();
    assert_eq!(placed, [(OutcomeId(1), Side::No, Direction::Buy)]);
    assert!(floor.light.state().draft.amount.is_empty());
}

#[test]
fn the_question_says_what_is_left_of_an_amount_and_where_nothing_is_no_word() {
    let mut floor = phone();
    floor.act("pick", "1 yes");
    let mut said = [0, 0];
    for cents in 10..40 {
        floor.act("amount", &format!("0.{cents}"));
        floor.act("bet", "yes");
        let (asked, left) = (floor.part("dialog").to_owned(), floor.light.state().view().unwrap().left.clone());
        assert_eq!(asked.contains("stays yours"), left.is_some(), "0.{cents}: {asked}");
        assert!(left.iter().all(|left| asked.contains(left.as_str())), "{left:?}: {asked}");
        said[usize::from(left.is_some())] += 1;
        floor.act("back", "");
    }
    assert!(said[0] > 0 && said[1] > 0, "both are tried: {said:?}");
}

#[test]
fn a_better_price_than_the_buttons_is_explained_wherever_the_order_is_told() {
    let mut host = busy();
    host.run(&[limit(3, 0, Side::No, Direction::Buy, 47, 40)]);
    let mut floor = Floor::of(&host, Start { narrow: true, ..Start::default() });
    let why = "YES Ada Lovelace costs less than 66.0¢: somebody's order meets yours.";
    floor.act("pick", "0 yes");
    assert_eq!(floor.part("act").matches(why).count(), 1, "{}", floor.part("act"));
    floor.act("bet", "yes");
    assert!(floor.part("dialog").contains(why), "{}", floor.part("dialog"));
    floor.act("back", "");
    floor.act("full", "true");
    floor.act("amount", "10");
    assert!(!floor.part("act").contains("bet-yes"), "the whole ticket");
    assert!(floor.part("act").contains(why), "{}", floor.part("act"));
}

#[test]
fn enter_bets_on_the_side_that_the_ticket_stands_on() {
    let mut floor = Floor::busy();
    floor.act("pick", "2 no");
    floor.act("amount", "7");
    assert!(floor.act("bet", ""), "the form is sent");
    assert!(floor.part("dialog").contains("NO Carl"));
    floor.act("back", "");
    assert_eq!(floor.focus, Some("bet-no"));
    assert_eq!(floor.light.state().draft.amount, "7", "what was typed stays");
}

#[test]
fn what_is_refused_is_mended_by_one_press() {
    let mut floor = Floor::busy();
    floor.act("amount", "900");
    let read = floor.read("act");
    let repairs: Vec<_> = read.classed("repair").map(|button| button.text.clone()).collect();
    assert!(repairs.len() == 2 && repairs[0].starts_with("Spend $"), "{repairs:?}");
    assert_eq!(read.id("bet-yes").get("aria-disabled"), Some("true"));
    assert!(!floor.act("bet", "yes"), "nothing is sent");
    assert!(floor.act("mend", "yes 0"));
    assert_eq!(floor.read("act").id("bet-yes").get("aria-disabled"), Some("false"));
}

#[test]
fn what_is_in_the_way_of_the_other_side_is_named_and_mended_where_one_stands() {
    let mut floor = Floor::busy();
    floor.act("pick", "0 yes");
    let blocked = |floor: &mut Floor, side: &str| {
        floor.read("act").id(&format!("bet-{side}")).get("aria-disabled") == Some("true")
    };
    let amount = (1..=300).find(|amount| {
        floor.act("amount", &amount.to_string());
        blocked(&mut floor, "yes") != blocked(&mut floor, "no")
    });
    assert!(amount.is_some(), "one side passes and the other does not");
    let (stands, other) = if blocked(&mut floor, "no") { ("yes", "no") } else { ("no", "yes") };
    floor.act("token", stands);
    let read = floor.read("act");
    let reason = read.classed("reason").next().unwrap().text.clone();
    assert!(reason.starts_with(&format!("{} Ada Lovelace – Too much at once", other.to_uppercase())), "{reason}");
    assert!(floor.act("mend", &format!("{other} 0")));
    assert_eq!(floor.light.state().draft.side.name().to_lowercase(), stands, "the ticket stands where it stood");
    assert!(!blocked(&mut floor, "yes") && !blocked(&mut floor, "no"));
}

#[test]
fn tapping_a_holding_offers_its_sale() {
    let mut floor = phone();
    floor.act("tab", "portfolio");
    let (value, words) = {
        let read = floor.read("look");
        let held: Vec<_> = read.classed("sell").map(|button| button.get("value").unwrap()).collect();
        assert_eq!(held, ["0 yes", "2 no"]);
        let last = read.classed("sell").last().unwrap();
        (last.get("value").unwrap().to_owned(), last.text.clone())
    };
    assert!(floor.act("sell", &value));
    assert_eq!(floor.light.state().tab, Tab::Trade);
    let read = floor.read("act");
    assert_eq!(words.replace("Sell now, about ", "Sell for "), read.id("send").text, "the same figure on its button");
    floor.act("bet", "no");
    floor.turn(400);
    floor.act("confirm", "");
    let sold = floor.orders();
    let held = floor.light.model().free_tokens(OutcomeId(2), Side::No);
    assert_eq!((sold[0].direction, sold[0].size), (Direction::Sell, held));
    assert_eq!(floor.light.state().draft.direction, Direction::Buy, "the next thing is a purchase again");
    floor.act("sell", &value);
    assert!(floor.act("keep", ""));
    assert_eq!(bets(&floor.read("act")).len(), 2);
}

#[test]
fn the_whole_ticket_is_one_press_away_and_remembered() {
    let mut floor = Floor::busy();
    assert!(floor.read("act").classed("lines").next().is_none());
    floor.act("full", "true");
    assert!(floor.read("act").classed("lines").next().is_some());
    floor.act("kind", "limit");
    floor.act("full", "false");
    assert_eq!(bets(&floor.read("act")).len(), 2, "a limit order is left with the rest");
    let full = Prefs { full_ticket: true, ..Prefs::default() };
    assert_eq!(floor.errands, [Action::SavePrefs(full), Action::SavePrefs(Prefs::default())]);
}

#[test]
fn hints_stand_where_they_are_met_and_go_when_done() {
    let mut floor = phone();
    let hints = |floor: &Floor| -> Vec<String> {
        let parts = ["choose", "act", "look"].map(|part| floor.read(part));
        parts.iter().flat_map(|read| read.classed("hint").map(|hint| hint.text.clone())).collect()
    };
    assert!(hints(&floor)[0].starts_with("Tap a price"));
    floor.act("pick", "0 yes");
    assert!(hints(&floor)[0].starts_with("Choose an amount"));
    floor.act("hint", "");
    assert_eq!(hints(&floor), Vec::<String>::new(), "the next one is met in the portfolio");
    floor.act("tab", "portfolio");
    assert!(hints(&floor)[0].starts_with("You can sell"));
    floor.act("sell", "0 yes");
    floor.act("tab", "portfolio");
    assert_eq!(hints(&floor), Vec::<String>::new(), "gone for good");
    let kept: Vec<u8> = floor
        .errands
        .iter()
        .filter_map(|errand| match errand {
            Action::SavePrefs(prefs) => Some(prefs.hints_done),
            _ => None,
        })
        .collect();
    assert_eq!(kept, [1, 3, 7]);
}

#[test]
fn neither_side_jumps_when_prices_move() {
    let mut host = busy();
    let mut floor = Floor::of(&host, Start::default());
    let before = floor.read("act").id("ticket").text.matches("Pays $").count();
    let (update, own) = host.run(&[market(3, 0, Side::Yes, Direction::Buy, 15)]);
    let skeleton = |floor: &Floor| -> Vec<String> {
        floor
            .read("act")
            .0
            .iter()
            .filter(|element| element.within.iter().any(|name| name == "form"))
            .map(|element| element.name.clone())
            .collect()
    };
    let was = skeleton(&floor);
    floor.say(&ServerMessage::Tick(update));
    floor.say(&ServerMessage::Private(own));
    assert_eq!((before, skeleton(&floor)), (2, was));
}
