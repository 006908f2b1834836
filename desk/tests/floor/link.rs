//! A link against a server's end of the message layer, over wires in memory.
use crate::{
    support::{Host, busy, scenes},
    wires::{Far, Pocket, token},
};
use outcry_desk::{
    action::Action,
    exchange,
    link::{Entry, Link, LinkEvent, Server, WireEvent},
    model::{Connection, Model},
};
use outcry_shared::{
    ClientMessage, ServerMessage,
    message::{ConnectRefusal, HostAct, OrderAck, RefusalCode, RefusedOrder, SeatClaim, Welcome},
    secret::{HostGrant, Secret},
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

/// Welcomes the owner of a seat.
fn welcome_as(host: &Host, mark: u64) -> ServerMessage {
    let mut welcome = host.welcome_me();
    welcome.you.as_mut().unwrap().mark = mark;
    ServerMessage::Welcome(Box::new(welcome))
}

fn welcome(host: &Host) -> ServerMessage {
    welcome_as(host, 1)
}

fn lost(events: &[LinkEvent]) -> Option<u32> {
    events.iter().find_map(|event| if let LinkEvent::Lost(failed, _) = event { Some(*failed) } else { None })
}

#[test]
fn a_seat_is_asked_for_by_the_same_key_however_often() {
    let pocket = Pocket::default();
    let mut link = link(&pocket);
    let join = SeatClaim::Join { name: "Noor".to_owned(), bot: false, token: token() };
    assert!(link.poll(0).is_empty());
    link.poll(1);
    let mut far = Far::of(&pocket);
    assert_eq!(claim(&mut far), join);
    // The answer is lost.
    far.line.borrow_mut().events.push_back(WireEvent::Closed(None));
    assert_eq!(lost(&link.poll(3)), Some(1));
    link.poll(502);
    assert_eq!(pocket.lines.borrow().len(), 1, "half a second is waited");
    link.poll(503);
    link.poll(504);
    let mut far = Far::of(&pocket);
    assert_eq!(claim(&mut far), join);
    far.say(&welcome(&busy()));
    assert!(matches!(&link.poll(505)[..], [LinkEvent::Message(_)]));
}

#[test]
fn a_window_says_which_seat_it_had() {
    let pocket = Pocket { browser: true, ..Pocket::default() };
    let entry = Entry::Cookie { name: Some("Noor".to_owned()) };
    let mut link = Link::new(Server::at("http://floor.example").unwrap(), entry, pocket.clone());
    link.poll(0);
    link.poll(1);
    let mut far = Far::of(&pocket);
    assert_eq!(claim(&mut far), SeatClaim::Cookie { name: Some("Noor".to_owned()), mark: None });
    far.say(&welcome_as(&busy(), 77));
    link.poll(2);
    link.reconnect();
    link.poll(3);
    link.poll(4);
    let mut far = Far::of(&pocket);
    assert_eq!(claim(&mut far), SeatClaim::Cookie { name: Some("Noor".to_owned()), mark: Some(77) });
    let reason = "this browser has the seat of Max by now".to_owned();
    far.say(&ServerMessage::Refused(ConnectRefusal { code: RefusalCode::OtherSeat, reason }));
    link.poll(5);
    far.line.borrow_mut().events.push_back(WireEvent::Closed(None));
    link.poll(6);
    link.poll(60_000);
    assert_eq!(pocket.lines.borrow().len(), 2, "nothing is tried again by itself");
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
fn a_device_that_slept_connects_anew_unless_it_was_sent_away() {
    let check = |last: Option<ServerMessage>, expected: usize| {
        let pocket = Pocket::default();
        let mut link = link(&pocket);
        link.poll(0);
        link.poll(1);
        let mut far = Far::of(&pocket);
        far.say(&welcome(&busy()));
        if let Some(last) = &last {
            far.say(last);
        }
        link.poll(2);
        link.wake();
        link.poll(3);
        assert_eq!(pocket.lines.borrow().len(), expected, "{last:?}");
    };
    check(None, 2);
    // A seat that went to another device would be taken back.
    check(Some(ServerMessage::Bye { reason: "This seat is used elsewhere.".to_owned() }), 1);
}

/// A turn of the desk.
fn turn(link: &mut Link<Pocket>, model: &mut Model, now_ms: u64) {
    let events = link.poll(now_ms);
    exchange::receive(model, link, events, now_ms);
    link.flush();
}

/// Somebody on the floor who has sent an order, and lost the connection before the answer.
fn order_in_the_air(pocket: &Pocket, host: &Host) -> (Link<Pocket>, Model) {
    let (mut link, mut model) = (link(pocket), Model::new(1_000));
    turn(&mut link, &mut model, 0);
    turn(&mut link, &mut model, 1);
    let mut far = Far::of(pocket);
    far.say(&welcome(host));
    turn(&mut link, &mut model, 2);
    let order = Action::PlaceOrder(Box::new(scenes::placement(&model)));
    let errands = exchange::send(&mut model, &mut link, vec![order, Action::Reload], 3);
    assert_eq!(errands, [Action::Reload], "what is the device's comes back");
    let why = "no floor answers at https://floor.example.org: its certificate has expired";
    far.line.borrow_mut().events.push_back(WireEvent::Closed(Some(why.to_owned())));
    turn(&mut link, &mut model, 4);
    assert_eq!(*model.connection(), Connection::Reconnecting { attempt: 1, why: Some(why.to_owned()) });
    (link, model)
}

/// Comes back at a time, is welcomed so, and says this.
fn comes_back(
    pocket: &Pocket,
    (link, model): (&mut Link<Pocket>, &mut Model),
    now_ms: u64,
    welcome: &ServerMessage,
) -> (Far, Vec<ClientMessage>) {
    turn(link, model, now_ms);
    turn(link, model, now_ms + 1);
    let mut far = Far::of(pocket);
    far.say(welcome);
    turn(link, model, now_ms + 2);
    let mut heard = far.heard();
    heard.retain(|message| {
        !matches!(message, ClientMessage::Hello(_) | ClientMessage::Ping { .. } | ClientMessage::Reached { .. })
    });
    (far, heard)
}

#[test]
fn orders_without_an_answer_are_sent_again_and_a_gap_asks_once() {
    let mut host = busy();
    let pocket = Pocket::default();
    let (mut link, mut model) = order_in_the_air(&pocket, &host);
    let (mut far, heard) = comes_back(&pocket, (&mut link, &mut model), 1_000, &welcome(&host));
    assert!(matches!(&heard[..], [ClientMessage::Order(_)]), "{heard:?}");
    let _missed = host.run(&[]);
    for _ in 0..2 {
        far.say(&ServerMessage::Tick(host.run(&[]).0));
        turn(&mut link, &mut model, 1_003);
    }
    assert_eq!(far.heard().iter().filter(|message| **message == ClientMessage::Resync).count(), 1);
}

#[test]
fn after_a_while_an_order_is_asked_about_and_not_sent() {
    let host = busy();
    let pocket = Pocket::default();
    let (mut link, mut model) = order_in_the_air(&pocket, &host);
    let (mut far, heard) = comes_back(&pocket, (&mut link, &mut model), 300_000, &welcome(&host));
    let number = model.orders().unanswered().next().unwrap().order.client_order_id;
    assert_eq!(heard, [ClientMessage::Ask { client_order_id: number }]);
    let result = Err(RefusedOrder { reason: "it never arrived".to_owned() });
    far.say(&ServerMessage::OrderAck(OrderAck { client_order_id: number, result }));
    turn(&mut link, &mut model, 300_004);
    assert_eq!(model.orders().unanswered().count(), 0);
}

#[test]
fn an_order_never_reaches_another_session_or_seat() {
    let check = |what: &str, other: &dyn Fn(&mut Welcome)| {
        let host = busy();
        let pocket = Pocket::default();
        let (mut link, mut model) = order_in_the_air(&pocket, &host);
        let ServerMessage::Welcome(mut welcome) = welcome(&host) else { panic!("a welcome") };
        other(&mut welcome);
        let (_, heard) = comes_back(&pocket, (&mut link, &mut model), 1_000, &ServerMessage::Welcome(welcome));
        assert_eq!(heard, [], "{what}");
        assert_eq!(model.orders().unanswered().count(), 0, "{what}");
        assert!(model.toasts().iter().any(|toast| toast.title == "Not sent again"), "{what}: it is said");
    };
    check("another session", &|welcome| welcome.snapshot.session += 1);
    check("another seat", &|welcome| welcome.you.as_mut().unwrap().mark = 2);
    check("no seat", &|welcome| welcome.you = None);
}

#[test]
fn a_host_who_comes_back_shows_the_right_again_and_is_asked_when_it_has_ended() {
    let host = busy();
    let pocket = Pocket::default();
    let (mut link, mut model) = (link(&pocket), Model::new(1_000));
    turn(&mut link, &mut model, 0);
    turn(&mut link, &mut model, 1);
    let mut far = Far::of(&pocket);
    let grant = HostGrant([7; 24]);
    far.say(&welcome(&host));
    far.say(&ServerMessage::HostGranted { grant });
    turn(&mut link, &mut model, 2);
    exchange::send(&mut model, &mut link, vec![Action::Host(HostAct::Pause)], 3);
    far.line.borrow_mut().events.push_back(WireEvent::Closed(None));
    turn(&mut link, &mut model, 4);
    let result = |model: &Model| model.host().replies.last().unwrap().result.clone();
    assert!(result(&model).unwrap().unwrap_err().contains("lost"), "nobody waits for an answer that will not come");
    exchange::send(&mut model, &mut link, vec![Action::Host(HostAct::Resume)], 5);
    assert!(result(&model).unwrap().unwrap_err().contains("not connected"), "nothing is sent into a dead line");
    exchange::send(&mut model, &mut link, vec![Action::HostLogin(Secret::new("x"))], 6);
    assert!(!model.host().checking, "the button can be pressed again");
    let (mut far, heard) = comes_back(&pocket, (&mut link, &mut model), 1_000, &welcome(&host));
    assert_eq!(heard, [ClientMessage::HostResume { grant }]);
    far.say(&ServerMessage::HostDenied { reason: "your right has ended".to_owned(), retry_after_ms: 0 });
    turn(&mut link, &mut model, 1_004);
    assert_eq!(model.host().grant, None, "the password is asked for by itself");
}
