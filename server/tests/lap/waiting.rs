//! Whoever asks for something that the store does not take has a word within a second or two, and what is right in the
//! end.

use crate::{
    hall::{Hall, TICK_MS, config},
    seats::{HOME, claim, give_back, key, leave},
    stalls::{names, places},
};
use outcry_server::net::{Joined, Unjoined};
use outcry_shared::{
    ClientMessage, ServerMessage,
    limits::PROTOCOL_VERSION,
    message::{Hello, HostAct, SeatClaim},
};

/// Whoever comes in the very lap in which the store stops answering has a word within a second or two,
/// and comes back when it answers.
#[test]
fn who_is_seated_in_the_lap_that_stalls_has_a_word() {
    for place in places() {
        let mut hall = Hall::on(place, config());
        let mut host = hall.host();
        hall.act(&mut host, HostAct::Start).unwrap();
        let token = hall.join("Ada").token();
        // The tick of the next lap is the first thing that is not stored: they are seated before it.
        hall.clock.advance_ms(TICK_MS - hall.session().now_ms() % TICK_MS);
        let mut again = hall.connect();
        let hello = Hello { protocol: PROTOCOL_VERSION, build: String::new(), seat: SeatClaim::Resume(token) };
        hall.send(&mut again, &ClientMessage::Hello(hello));
        hall.store.set_away(true);
        hall.lap();
        again.hear();
        assert!(again.heard.is_empty(), "nothing is shown before it is stored");
        hall.pass_ms(2_000);
        again.hear();
        assert!(again.refusal().unwrap().contains("try again"), "a word");
        assert!(again.closing().is_some());
        hall.hang_up(again);
        hall.store.set_away(false);
        hall.pass_ms(2_000);
        assert_eq!(hall.resume(token).welcome().you.as_ref().unwrap().name, "Ada");
    }
}

/// Whoever asks for a seat when the store stops answering has a word within a second or two, and one seat in the end.
#[test]
fn who_is_on_the_way_when_the_store_stalls_has_a_word() {
    for place in places() {
        let mut hall = Hall::on(place, config());
        hall.store.set_away(true);
        let mut ada = hall.join("Ada");
        let token = ada.token();
        assert!(ada.heard.is_empty(), "nothing is shown before it is stored");
        hall.pass_ms(2_000);
        ada.hear();
        assert!(ada.refusal().unwrap().contains("try again"), "a word");
        assert!(ada.closing().is_some());
        let mut again = hall.claim(SeatClaim::Join { name: "Ada".to_owned(), bot: false, token });
        assert!(again.refusal().unwrap().contains("try again"), "a word at once");
        hall.store.set_away(false);
        hall.pass_ms(1_000);
        for guest in [&mut ada, &mut again] {
            guest.hear();
            assert!(!guest.heard.iter().any(|message| matches!(message, ServerMessage::Welcome(_))), "one answer each");
        }
        let back = hall.claim(SeatClaim::Join { name: "Ada".to_owned(), bot: false, token });
        assert_eq!(back.welcome().you.as_ref().unwrap().name, "Ada");
        assert_eq!((hall.fatal(), names(&hall)), (None, vec!["Ada".to_owned()]), "one seat");
    }
}

/// The same for a seat that is on its way to another browser, or to nobody.
#[test]
fn whose_seat_is_on_the_way_when_the_store_stalls_has_a_word() {
    for place in places() {
        let mut hall = Hall::on(place, config());
        let mut host = hall.host();
        let (old, new) = (key(1), key(2));
        hall.form("Ada", old, HOME).unwrap();
        let mut ada = hall.enter(old, None, None);
        let user = ada.welcome().you.as_ref().unwrap().user;
        let code = give_back(&mut hall, &mut host, user);
        hall.store.set_away(true);
        let front = hall.front.clone();
        let said = hall.asked_for(2_000, async move { front.claim(code, new).await });
        let told = matches!(&said, Some(Err(Unjoined::Because(why))) if why.contains("try again"));
        assert!(told, "a word: {said:?}");
        ada.hear();
        assert!(ada.closing().is_none(), "the old one holds it until it is stored");
        hall.store.set_away(false);
        hall.pass_ms(1_000);
        assert!(ada.closing().is_some());
        assert_eq!(claim(&mut hall, code, new), Ok(Joined { name: "Ada".to_owned(), before: true }), "it went on");
        let ada = hall.enter(new, None, None);
        assert_eq!(ada.welcome().you.as_ref().unwrap().name, "Ada");
        hall.store.set_away(true);
        let front = hall.front.clone();
        let said = hall.asked_for(2_000, async move { front.leave(new).await });
        assert!(said.expect("a word").unwrap_err().contains("try again"));
        hall.store.set_away(false);
        hall.pass_ms(1_000);
        leave(&mut hall, new);
        assert_eq!((hall.fatal(), names(&hall)), (None, vec!["Ada".to_owned()]), "the seat stays");
    }
}
