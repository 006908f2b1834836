//! A link against a server's end of the message layer, over wires in memory.
use crate::{
    support::{Host, busy, scenes},
    wires::{Far, Pocket},
};
use outcry_desk::{
    action::Action,
    exchange,
    link::{Entry, Link, LinkEvent, Server, WireEvent},
    model::{Connection, Model},
};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{ConnectRefusal, RefusalCode, SeatClaim},
    secret::SeatToken,
};

fn claim(far: &mut Far) -> SeatClaim {
    match far.heard().into_iter().next() {
        Some(ClientMessage::Hello(hello)) => hello.seat,
        other => panic!("a hello comes first, not {other:?}"),
    }
}

fn link(pocket: &Pocket) -> Link<Pocket> {
    Link::new(Server::at("http://floor.example").unwrap(), Entry::Named("Noor".to_owned()), pocket.clone())
}

fn token() -> SeatToken {
    SeatToken([7; 16])
}

/// Welcomes with a token, as after a join.
fn welcome(host: &Host) -> ServerMessage {
    let mut welcome = host.welcome_me();
    welcome.you.as_mut().unwrap().token = Some(token());
    ServerMessage::Welcome(Box::new(welcome))
}

fn lost(events: &[LinkEvent]) -> Option<u32> {
    events.iter().find_map(|event| if let LinkEvent::Lost(failed, _) = event { Some(*failed) } else { None })
}

#[test]
fn a_seat_is_joined_kept_and_resumed() {
    let pocket = Pocket::default();
    let mut link = link(&pocket);
    assert!(link.poll(0).is_empty());
    link.poll(1);
    let mut far = Far::of(&pocket);
    assert_eq!(claim(&mut far), SeatClaim::Join { name: "Noor".to_owned(), bot: false });
    far.say(&welcome(&busy()));
    assert!(matches!(&link.poll(2)[..], [LinkEvent::Message(_)]));
    assert_eq!(*pocket.seat.borrow(), Some(token()), "kept for the next start");
    far.line.borrow_mut().events.push_back(WireEvent::Closed(None));
    assert_eq!(lost(&link.poll(3)), Some(1));
    link.poll(502);
    assert_eq!(pocket.lines.borrow().len(), 1, "half a second is waited");
    link.poll(503);
    link.poll(504);
    assert_eq!(claim(&mut Far::of(&pocket)), SeatClaim::Resume(token()));
}

#[test]
fn a_seat_that_is_not_known_is_joined_anew_at_once() {
    let pocket = Pocket::default();
    *pocket.seat.borrow_mut() = Some(token());
    let mut link = link(&pocket);
    link.poll(0);
    link.poll(1);
    let mut far = Far::of(&pocket);
    assert_eq!(claim(&mut far), SeatClaim::Resume(token()));
    let refusal = ConnectRefusal { code: RefusalCode::UnknownSeat, reason: "another session".to_owned() };
    far.say(&ServerMessage::Refused(refusal));
    assert!(link.poll(2).is_empty(), "nobody needs to hear of it");
    link.poll(3);
    assert!(matches!(claim(&mut Far::of(&pocket)), SeatClaim::Join { .. }));
}

#[test]
fn silence_counts_as_lost_unless_the_window_is_hidden() {
    let check = |hidden: bool, expected: Option<u32>| {
        let pocket = Pocket::default();
        let mut link = link(&pocket);
        link.poll(0);
        link.poll(1);
        let mut far = Far::of(&pocket);
        far.say(&welcome(&busy()));
        link.poll(2);
        link.set_hidden(hidden, 3);
        assert_eq!(lost(&link.poll(60_000)), expected, "hidden: {hidden}");
        let hid = far.heard().contains(&ClientMessage::Hidden);
        assert_eq!(hid, hidden, "the server is told");
    };
    check(false, Some(1));
    check(true, None);
}

#[test]
fn orders_without_an_answer_are_sent_again_and_a_gap_asks_once() {
    let mut host = busy();
    let pocket = Pocket::default();
    let (mut link, mut model) = (link(&pocket), Model::new(1_000));
    let turn = |link: &mut Link<Pocket>, model: &mut Model, now_ms: u64| {
        let events = link.poll(now_ms);
        exchange::receive(model, link, events, now_ms);
        link.flush();
    };
    turn(&mut link, &mut model, 0);
    turn(&mut link, &mut model, 1);
    let mut far = Far::of(&pocket);
    far.say(&welcome(&host));
    turn(&mut link, &mut model, 2);
    let order = Action::PlaceOrder(Box::new(scenes::placement(&model)));
    let errands = exchange::send(&mut model, &mut link, vec![order, Action::Reload], 3);
    assert_eq!(errands, [Action::Reload], "what is the device's comes back");
    let why = "no floor answers at https://floor.example.org: its certificate has expired";
    far.line.borrow_mut().events.push_back(WireEvent::Closed(Some(why.to_owned())));
    turn(&mut link, &mut model, 4);
    assert_eq!(*model.connection(), Connection::Reconnecting { attempt: 1, why: Some(why.to_owned()) });
    turn(&mut link, &mut model, 1_000);
    turn(&mut link, &mut model, 1_001);
    let mut far = Far::of(&pocket);
    far.say(&welcome(&host));
    turn(&mut link, &mut model, 1_002);
    assert_eq!(far.heard().iter().filter(|message| matches!(message, ClientMessage::Order(_))).count(), 1);
    let _missed = host.run(&[]);
    for _ in 0..2 {
        far.say(&ServerMessage::Tick(host.run(&[]).0));
        turn(&mut link, &mut model, 1_003);
    }
    assert_eq!(far.heard().iter().filter(|message| **message == ClientMessage::Resync).count(), 1);
}
