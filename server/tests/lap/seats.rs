//! A seat belongs to a browser or app: who comes back to it, who cannot, and how it changes hands.

use crate::{
    guest::Guest,
    hall::{FRAMES, Hall, Host},
    host::host_state,
};
use outcry_engine::UserId;
use outcry_server::{
    net::{Joined, Shown, Unjoined},
    peer::{Peer, Proxies},
    store::{SessionId, Store, UserRow},
};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{ConnectRefusal, HostAct, RefusalCode, Resolve, SeatClaim, Whom},
    secret::{SeatCode, SeatToken},
};

pub(crate) const HOME: &str = "192.0.2.1";

pub(crate) fn key(number: u8) -> Shown {
    Shown { token: SeatToken([number; 16]), is_ours: true }
}

fn me(guest: &Guest) -> (UserId, &str) {
    let you = guest.welcome().you.as_ref().unwrap();
    (you.user, &you.name)
}

fn mark(guest: &Guest) -> Option<u64> {
    Some(guest.welcome().you.as_ref().unwrap().mark)
}

fn code_of(guest: &Guest) -> Option<RefusalCode> {
    guest.heard.iter().rev().find_map(|message| match message {
        ServerMessage::Refused(ConnectRefusal { code, .. }) => Some(*code),
        _ => None,
    })
}

fn rows(hall: &Hall) -> Vec<UserRow> {
    crate::recovery::wait(hall.store.users(SessionId(hall.session().id().0))).unwrap()
}

/// The code that the host was given for a seat.
pub(crate) fn give_back(hall: &mut Hall, host: &mut Host, user: UserId) -> SeatCode {
    hall.act(host, HostAct::GiveBack { user }).unwrap();
    let given = host.guest.heard.iter().rev().find_map(|message| match message {
        ServerMessage::SeatCode { user: whose, code, .. } if *whose == user => Some(*code),
        _ => None,
    });
    given.unwrap()
}

pub(crate) fn claim(hall: &mut Hall, code: SeatCode, key: Shown) -> Result<Joined, Unjoined> {
    let front = hall.front.clone();
    hall.asked(async move { front.claim(code, key).await })
}

pub(crate) fn leave(hall: &mut Hall, key: Shown) {
    let front = hall.front.clone();
    hall.asked(async move { front.leave(key).await }).unwrap();
}

#[test]
fn whoever_joins_again_with_the_same_key_gets_the_same_seat() {
    let mut hall = Hall::open();
    let first = hall.join("Ada");
    let token = first.token;
    let join = |name: &str| SeatClaim::Join { name: name.to_owned(), bot: false, token };
    // The answer was lost, and the old connection has not noticed yet.
    let again = hall.claim(join("Ada"));
    assert_eq!(me(&again), me(&first));
    assert_eq!(rows(&hall).len(), 1);
    let mut hall = hall.crash();
    let again = hall.claim(join("Somebody else"));
    assert_eq!(me(&again), (UserId(1), "Ada"), "also after a crash, whatever is typed");
    assert_eq!(rows(&hall).len(), 1);
}

#[test]
fn joined_twice_before_it_is_stored_it_is_one_seat() {
    let mut hall = Hall::open();
    let token = SeatToken([9; 16]);
    let join = SeatClaim::Join { name: "Ada".to_owned(), bot: false, token };
    hall.store.set_away(true);
    let mut first = hall.claim(join.clone());
    let mut second = hall.claim(join);
    hall.store.set_away(false);
    hall.pass_ms(500);
    first.hear();
    second.hear();
    assert!(first.closing().is_some());
    assert_eq!(me(&second), (UserId(1), "Ada"));
    assert_eq!(rows(&hall).len(), 1);
}

#[test]
fn the_form_keeps_a_name_for_its_browser_and_a_seat_is_made_on_the_floor() {
    let mut hall = Hall::open();
    let fresh = Ok(Joined { name: "Ada".to_owned(), before: false });
    let again = Ok(Joined { name: "Ada".to_owned(), before: true });
    assert_eq!(hall.form(" Ada ", key(1), HOME), fresh);
    assert_eq!(hall.form("Ada", key(1), HOME), again, "whatever became of the first answer");
    let taken = hall.form("ADA", key(2), HOME).unwrap_err();
    assert!(matches!(&taken, Unjoined::Because(reason) if reason.contains("taken")), "{taken:?}");
    assert!(hall.join("ada").refusal().unwrap().contains("taken"), "nor over a connection");
    assert_eq!(rows(&hall), [], "whoever never comes has no seat");
    let ada = hall.enter(key(1), None, None);
    assert_eq!(me(&ada), (UserId(1), "Ada"));
    assert_eq!(hall.form("Bob", key(1), HOME), again, "the browser has a seat: it is asked first");
    assert_eq!(me(&hall.enter(key(1), Some("Bob"), None)), me(&ada));
    assert_eq!(rows(&hall).len(), 1);
}

#[test]
fn another_name_of_the_same_browser_takes_the_place_of_the_first() {
    let mut hall = Hall::open();
    hall.form("Ada", key(1), HOME).unwrap();
    assert_eq!(hall.form("Adele", key(1), HOME), Ok(Joined { name: "Adele".to_owned(), before: false }));
    assert!(hall.form("Ada", key(2), HOME).is_ok(), "the first is free again");
    assert_eq!(me(&hall.enter(key(1), None, None)).1, "Adele");
}

#[test]
fn a_restart_between_form_and_floor_is_not_noticed() {
    let mut hall = Hall::open();
    hall.form("Ada", key(1), HOME).unwrap();
    let mut hall = hall.crash();
    assert_eq!(me(&hall.enter(key(1), Some("Ada"), None)), (UserId(1), "Ada"));
}

#[test]
fn only_a_key_of_our_own_making_gets_a_new_seat() {
    let mut hall = Hall::open();
    let foreign = Shown { is_ours: false, ..key(1) };
    assert_eq!(hall.form("Ada", foreign, HOME), Err(Unjoined::Key));
    assert_eq!(code_of(&hall.enter(foreign, Some("Ada"), None)), Some(RefusalCode::UnknownSeat));
    let blocked = hall.browse(None);
    let blocked = hall.greet(blocked, SeatClaim::Cookie { name: Some("Ada".to_owned()), mark: None });
    assert_eq!(code_of(&blocked), Some(RefusalCode::UnknownSeat), "cookies are blocked");
    // The server's own key was lost: whoever has a seat keeps it.
    hall.form("Ada", key(1), HOME).unwrap();
    let ada = hall.enter(key(1), None, None);
    assert_eq!(me(&hall.enter(foreign, None, mark(&ada))).1, "Ada");
}

#[test]
fn a_window_never_becomes_somebody_else() {
    let (mut hall, _host) = Hall::running();
    hall.form("Ada", key(1), HOME).unwrap();
    let ada = hall.enter(key(1), None, None);
    let (was, number) = (mark(&ada), me(&ada).0);
    // Another tab of the browser leaves, and joins as Bob; this one finds the network again.
    leave(&mut hall, key(1));
    hall.form("Bob", key(2), HOME).unwrap();
    let bob = hall.enter(key(2), None, None);
    let mut back = hall.enter(key(2), Some("Ada"), was);
    assert_eq!(code_of(&back), Some(RefusalCode::OtherSeat));
    assert!(back.refusal().unwrap().contains("the seat of Bob"), "{:?}", back.refusal());
    assert!(back.closing().is_some());
    assert_ne!(me(&bob).0, number);
    let mut order = back.buys(5);
    order.session = 1;
    hall.say(&mut back, ClientMessage::Order(order));
    hall.tick();
    assert_eq!(hall.session().floor().counts().orders, 0, "nothing of the old tab is traded");
    assert_eq!(code_of(&hall.enter(key(3), Some("Ada"), was)), Some(RefusalCode::OtherSeat), "nor without a seat");
}

#[test]
fn a_seat_that_was_left_is_held_by_its_old_cookie_no_more() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    hall.form("Ada", key(1), HOME).unwrap();
    let mut ada = hall.enter(key(1), None, None);
    let user = me(&ada).0;
    leave(&mut hall, key(1));
    ada.hear();
    assert!(ada.refusal().unwrap().contains("left"), "{:?}", ada.refusal());
    assert!(ada.closing().is_some());
    let gone = |hall: &mut Hall| {
        assert_eq!(code_of(&hall.enter(key(1), None, mark(&ada))), Some(RefusalCode::UnknownSeat));
        assert_eq!(code_of(&hall.resume(key(1).token)), Some(RefusalCode::UnknownSeat));
    };
    gone(&mut hall);
    let code = give_back(&mut hall, &mut host, user);
    let mut hall = hall.crash();
    gone(&mut hall);
    assert!(claim(&mut hall, code, key(1)).is_err(), "codes do not outlive a restart");
    let mut host = hall.host();
    let code = give_back(&mut hall, &mut host, user);
    claim(&mut hall, code, key(1)).unwrap();
    assert_eq!(me(&hall.enter(key(1), None, None)), (user, "Ada"), "the host can give it back");
    // Of somebody who was not on the floor yet nothing stays.
    hall.form("Bob", key(2), HOME).unwrap();
    leave(&mut hall, key(2));
    assert!(hall.form("Bob", key(3), HOME).is_ok());
}

#[test]
fn a_seat_goes_to_another_device_by_a_code_that_works_once() {
    let (mut hall, mut host) = Hall::running();
    hall.form("Ada", key(1), HOME).unwrap();
    let mut ada = hall.enter(key(1), None, None);
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.tick();
    let user = me(&ada).0;
    let code = give_back(&mut hall, &mut host, user);
    let Host { guest, .. } = &host;
    assert!(ada.wire.windows(16).all(|window| window != code.0), "only the host is told");
    assert!(format!("{:?}", guest.heard).contains("SeatCode(…)"), "and nothing prints it");
    let taken = Joined { name: "Ada".to_owned(), before: false };
    assert_eq!(claim(&mut hall, code, key(2)), Ok(taken.clone()));
    assert_eq!(claim(&mut hall, code, key(2)).unwrap().name, "Ada", "the answer was lost");
    assert!(claim(&mut hall, code, key(3)).is_err(), "used up");
    ada.hear();
    assert!(ada.refusal().unwrap().contains("another device"));
    assert!(ada.closing().is_some());
    let new = hall.enter(key(2), None, None);
    assert_eq!(me(&new), (user, "Ada"));
    assert_eq!(new.private().trade_count, 1, "with everything that it had");
    assert_eq!(code_of(&hall.enter(key(1), None, mark(&ada))), Some(RefusalCode::UnknownSeat), "the old one");
    let mut hall = hall.crash();
    assert_eq!(me(&hall.enter(key(2), None, mark(&new))), (user, "Ada"), "also after a crash");
    // A browser that has a seat does not lose it by a link.
    hall.form("Bob", key(4), HOME).unwrap();
    hall.enter(key(4), None, None);
    let mut host = hall.host();
    let code = give_back(&mut hall, &mut host, user);
    let refused = claim(&mut hall, code, key(4)).unwrap_err();
    assert!(matches!(&refused, Unjoined::Because(reason) if reason.contains("the seat of Bob")), "{refused:?}");
    hall.pass_ms(600_000);
    assert!(claim(&mut hall, code, key(5)).is_err(), "too late");
    assert!(hall.act(&mut host, HostAct::GiveBack { user: UserId(99) }).is_err());
}

#[test]
fn one_address_has_so_many_seats_and_so_many_on_their_way() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    for number in 0..8 {
        hall.form(&format!("Guest {number}"), key(number), HOME).unwrap();
    }
    let Unjoined::Because(reason) = hall.form("One more", key(8), HOME).unwrap_err() else { panic!("a reason") };
    assert!(reason.contains('8') && reason.contains(HOME), "{reason}");
    assert!(hall.form("Neighbour", key(9), "192.0.2.2").is_ok());
    hall.pass_ms(1_000);
    host.guest.hear();
    let state = host_state(&host.guest.heard).unwrap();
    assert!(state.turned_away.as_ref().unwrap().contains(HOME), "{:?}", state.turned_away);
    assert_eq!((state.arriving, state.seats.len()), (9, 0));
    assert!(hall.form("Guest 0", key(8), HOME).is_err(), "the name is kept");
    hall.pass_ms(120_000);
    assert!(hall.form("Guest 0", key(8), HOME).is_ok(), "those who never came make way");
    assert_eq!(hall.session().market().accounts().count(), 0);

    let mut hall = Hall::open();
    for number in 0..40 {
        let guest = hall.connect_from(HOME);
        assert!(hall.join_on(guest, &format!("Guest {number}")).refusal().is_none(), "{number}");
    }
    let guest = hall.connect_from(HOME);
    let guest = hall.join_on(guest, "One more");
    assert!(guest.refusal().unwrap().contains("40 seats"), "{:?}", guest.refusal());
    let guest = hall.connect_from("192.0.2.2");
    let neighbour = hall.join_on(guest, "Neighbour");
    assert!(neighbour.refusal().is_none());
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Kick { user: UserId(1) }).unwrap();
    let guest = hall.connect_from(HOME);
    assert!(hall.join_on(guest, "One more").refusal().is_none(), "a closed seat is a free one");
}

/// Somebody who comes through a proxy on this machine.
fn through(trusted: &[&str], from: &str) -> Peer {
    let proxies = Proxies::new(trusted.iter().map(|proxy| proxy.parse().unwrap()).collect());
    let headers = [("x-forwarded-for".parse().unwrap(), from.parse().unwrap())];
    proxies.peer(([127, 0, 0, 1], 40_000).into(), &headers.into_iter().collect())
}

#[test]
fn a_room_behind_a_proxy_that_is_not_named_is_not_kept_out() {
    let come = |trusted: &[&str], count: u8| {
        let mut hall = Hall::open();
        let came = (0..count).filter(|number| {
            let (front, key) = (hall.front.clone(), key(*number));
            let peer = through(trusted, "198.51.100.7");
            let name = format!("Guest {number}");
            if hall.asked(async move { front.join(name, key, peer).await }).is_err() {
                return false;
            }
            let guest = hall.connect_as(FRAMES, peer, Some(key));
            hall.greet(guest, SeatClaim::Cookie { name: None, mark: None }).refusal().is_none()
        });
        came.count()
    };
    assert_eq!(come(&["127.0.0.1"], 60), 40, "one address that is told apart has a bound");
    assert_eq!(come(&[], 60), 60, "nobody can be told apart, so nobody is turned away");
}

#[test]
fn whoever_was_removed_stays_out_of_the_session() {
    let (mut hall, mut host) = Hall::running();
    hall.form("Mallory", key(1), HOME).unwrap();
    let mallory = hall.enter(key(1), None, None);
    let app = hall.join("Bot");
    let (user, bot) = (me(&mallory).0, me(&app).0);
    hall.act(&mut host, HostAct::Kick { user }).unwrap();
    hall.act(&mut host, HostAct::Kick { user: bot }).unwrap();
    let token = app.token;
    let stays_out = |hall: &mut Hall| {
        let again = hall.form("Mallory 2", key(1), HOME).unwrap_err();
        assert!(matches!(&again, Unjoined::Because(reason) if reason.contains("closed")), "{again:?}");
        assert_eq!(code_of(&hall.enter(key(1), Some("Mallory 2"), None)), Some(RefusalCode::Removed));
        let join = SeatClaim::Join { name: "Bot 2".to_owned(), bot: true, token };
        assert_eq!(code_of(&hall.claim(join)), Some(RefusalCode::Removed));
    };
    stays_out(&mut hall);
    let mut hall = hall.crash();
    stays_out(&mut hall);
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Reset).unwrap();
    assert!(hall.form("Mallory", key(1), HOME).is_ok(), "another session, another try");
}

#[test]
fn a_seat_closed_after_the_end_stays_closed() {
    let (mut hall, mut host) = Hall::running();
    let ada = hall.join("Ada");
    hall.act(&mut host, HostAct::Resolve(Resolve::Final(outcry_engine::OutcomeId(0)))).unwrap();
    hall.act(&mut host, HostAct::Kick { user: me(&ada).0 }).unwrap();
    let token = ada.token;
    let mut hall = hall.crash();
    assert_eq!(code_of(&hall.resume(token)), Some(RefusalCode::Removed));
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Reset).unwrap();
    assert_eq!(rows(&hall), []);
}

#[test]
fn a_room_is_emptied_in_one_act() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    let mut stay = hall.join("Stay");
    for number in 0..130 {
        let guest = hall.join(&format!("Ghost {number}"));
        hall.hang_up(guest);
    }
    let last = UserId(131);
    let late = hall.join("Late");
    hall.hang_up(late);
    hall.act(&mut host, HostAct::Empty { whom: Whom::Away, last }).unwrap();
    let open = |hall: &Hall| rows(hall).iter().filter(|row| row.open).map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(open(&hall), ["Stay", "Late"], "who is here stays, and whoever the host had not seen");
    hall.act(&mut host, HostAct::Reset).unwrap();
    assert_eq!(open(&hall), ["Stay", "Late"], "ghosts are not carried along");
    hall.act(&mut host, HostAct::Empty { whom: Whom::Everyone, last: UserId(999) }).unwrap();
    assert_eq!(open(&hall), <[&str; 0]>::default());
    stay.hear();
    assert!(stay.refusal().unwrap().contains("closed"));
}

#[test]
fn an_order_is_for_the_session_it_was_meant_for() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    let old = ada.buys(10);
    hall.act(&mut host, HostAct::Reset).unwrap();
    hall.act(&mut host, HostAct::Start).unwrap();
    hall.say(&mut ada, ClientMessage::Order(old.clone()));
    let refused = ada.acks()[0].result.clone().unwrap_err().reason;
    assert!(refused.contains("session 1") && refused.contains("session 2"), "{refused}");
    hall.say(&mut ada, ClientMessage::Ask { client_order_id: old.client_order_id });
    assert!(ada.acks()[1].result.clone().unwrap_err().reason.contains("never arrived"));
    let order = ada.buys(10);
    assert_eq!(order.session, 2);
    hall.say(&mut ada, ClientMessage::Order(order.clone()));
    let answer = ada.acks()[2].result.clone();
    assert!(answer.is_ok());
    let mut back = hall.resume(ada.token());
    hall.say(&mut back, ClientMessage::Ask { client_order_id: order.client_order_id });
    assert_eq!(back.acks()[0].result, answer, "what became of it, and nothing more");
    hall.tick();
    assert_eq!(hall.session().floor().counts().orders, 1);
    let mut nobody = hall.claim(SeatClaim::Spectate);
    hall.say(&mut nobody, ClientMessage::Ask { client_order_id: order.client_order_id });
    assert!(nobody.acks()[0].result.is_err());
}
