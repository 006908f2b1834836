//! One or more of every message of a client.

use outcry_engine::{Direction, OrderId, OrderKind, OutcomeId, Price, Rate, Side, Tokens, Usdc, UserId};
use outcry_shared::{
    ClientMessage,
    config::{Choice, presets},
    message::{Hello, HostAct, HostRequest, NewOrder, Promise, Resolve, SeatClaim, Step, Whom},
    secret::{HostGrant, SeatToken, Secret},
};

const KINDS_OF_CLIENT_MESSAGES: usize = 14;

/// At least one of every kind a client sends.
pub(crate) fn client_messages() -> Vec<ClientMessage> {
    let mut messages: Vec<ClientMessage> = claims().into_iter().map(hello).collect();
    messages.extend(orders().into_iter().map(ClientMessage::Order));
    messages.extend(acts().into_iter().map(|act| {
        let (grant, request_id, session) = (HostGrant([7; 24]), u32::MAX, u64::MAX);
        ClientMessage::Host(Box::new(HostRequest { grant, request_id, session, act }))
    }));
    messages.extend([
        ClientMessage::Ping { sent_ms: u64::MAX },
        ClientMessage::Cancel { order: OrderId(u64::MAX) },
        ClientMessage::CancelAll,
        ClientMessage::Resync,
        ClientMessage::Hidden,
        ClientMessage::Visible,
        ClientMessage::HostLogin { password: Secret::new("pässword".repeat(16)) },
        ClientMessage::HostResume { grant: HostGrant([7; 24]) },
        ClientMessage::Ask { client_order_id: u64::MAX },
        ClientMessage::Practised { missions: u8::MAX },
        ClientMessage::Reached { step: Step::Order, after_ms: u32::MAX },
    ]);
    let kinds: std::collections::BTreeSet<usize> = messages.iter().map(kind).collect();
    assert_eq!(kinds.len(), KINDS_OF_CLIENT_MESSAGES, "a kind of message has no sample");
    messages
}

/// Fails to compile when a kind is added: then it needs a sample above.
fn kind(message: &ClientMessage) -> usize {
    match message {
        ClientMessage::Hello(_) => 0,
        ClientMessage::Ping { .. } => 1,
        ClientMessage::Order(_) => 2,
        ClientMessage::Cancel { .. } => 3,
        ClientMessage::CancelAll => 4,
        ClientMessage::Resync => 5,
        ClientMessage::Hidden => 6,
        ClientMessage::Visible => 7,
        ClientMessage::HostLogin { .. } => 8,
        ClientMessage::Host(_) => 9,
        ClientMessage::HostResume { .. } => 10,
        ClientMessage::Ask { .. } => 11,
        ClientMessage::Practised { .. } => 12,
        ClientMessage::Reached { .. } => 13,
    }
}

fn claims() -> Vec<SeatClaim> {
    vec![
        SeatClaim::Join { name: "Zoë".into(), bot: true, token: SeatToken([254; 16]) },
        SeatClaim::Resume(SeatToken([255; 16])),
        SeatClaim::Cookie { name: None, mark: Some(u64::MAX) },
        SeatClaim::Cookie { name: Some("Zoë".into()), mark: None },
        SeatClaim::Spectate,
    ]
}

fn hello(seat: SeatClaim) -> ClientMessage {
    ClientMessage::Hello(Hello { protocol: 1, build: "0.1.0".into(), seat })
}

fn orders() -> Vec<NewOrder> {
    let kinds = [
        OrderKind::Market { max_slippage: Rate(50_000_000) },
        OrderKind::Limit { price: Price(470_000), af_opt_in: true },
    ];
    let order = |kind| NewOrder {
        session: u64::MAX,
        client_order_id: u64::MAX,
        outcome: OutcomeId(9),
        side: Side::No,
        direction: Direction::Sell,
        kind,
        size: Tokens(i64::MAX),
        promise: Some(Promise { tick: u64::MAX, average: Some(Price(u32::MAX)), total: Usdc(i64::MIN) }),
    };
    kinds.map(order).into()
}

fn acts() -> Vec<HostAct> {
    let mut acts = vec![
        HostAct::OpenLobby,
        HostAct::Start,
        HostAct::Pause,
        HostAct::Resume,
        HostAct::EndFreeze { resume_ms: u64::MAX },
        HostAct::Extend { by_s: 60 },
        HostAct::Resolve(Resolve::Next(8)),
        HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(1), OutcomeId(2)])),
        HostAct::Resolve(Resolve::Final(OutcomeId(9))),
        HostAct::SetWinner(Choice::Random),
        HostAct::SetWinner(Choice::Fixed(OutcomeId(3))),
        HostAct::Reset,
        HostAct::Kick { user: UserId(u32::MAX) },
        HostAct::Rename { user: UserId(1), name: "Ada".into() },
        HostAct::SetDoor { open: false },
        HostAct::Announce { text: "Zwei Minuten noch".into() },
        HostAct::GiveBack { user: UserId(u32::MAX) },
        HostAct::Empty { whom: Whom::Away, last: UserId(7) },
        HostAct::Empty { whom: Whom::Everyone, last: UserId(u32::MAX) },
        HostAct::Rehearse(Box::new(presets().swap_remove(0).config)),
        HostAct::StopRehearsal,
    ];
    acts.extend(presets().into_iter().map(|preset| HostAct::Configure(Box::new(preset.config))));
    acts
}
