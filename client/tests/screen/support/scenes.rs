//! Screens in every state that people see.

use super::{Host, ME, busy, market, party, stage::Screen};
use outcry_client::{
    action::{Action, Placement},
    model::{Connection, Model},
    ui::Tab,
};
use outcry_engine::{Direction, Input, OutcomeId, Side, Usdc};
use outcry_shared::{
    ServerMessage,
    config::presets,
    message::{ActRecord, EndReport, HostState, OrderAck, RankingRow, SeatRow, Watch},
    phase::Phase,
    secret::HostGrant,
};

pub(crate) fn trading() -> Screen {
    Screen::new(busy().model())
}

pub(crate) fn tab(tab: Tab) -> Screen {
    let mut screen = trading();
    screen.ui.tab = tab;
    screen
}

pub(crate) fn in_phase(phase: Phase) -> Screen {
    let mut host = busy();
    host.phase = phase;
    Screen::new(host.model())
}

/// Trading has just been opened: nothing was traded.
pub(crate) fn opened() -> Screen {
    let mut host = Host::new(party());
    host.phase = Phase::Running;
    Screen::new(host.model())
}

/// Nothing was said yet.
pub(crate) fn loading() -> Screen {
    Screen::new(Model::new(1_000))
}

/// Without a seat.
pub(crate) fn spectator() -> Screen {
    let mut screen = trading();
    screen.model.you = None;
    screen.model.own = None;
    screen
}

/// Ten outcomes with names as long as they may be.
pub(crate) fn crowded() -> Screen {
    let mut params = party();
    params.n_outcomes = 10;
    params.q0 = params.q0_default();
    params.zeta_start = outcry_engine::Rate(10_000_000);
    params.zeta_end = params.zeta_start;
    params.outcome_names = (0..10).map(|index| format!("Outcome with a long {}", 1_000 + index * 111)).collect();
    let mut host = Host::new(params);
    host.phase = Phase::Running;
    for outcome in 0..10 {
        let size = 10 + i64::from(outcome) * 9;
        host.run(&[
            market(ME.0, outcome, Side::Yes, Direction::Buy, size),
            market(2, outcome, Side::No, Direction::Buy, size / 2),
            super::limit(3, outcome, Side::Yes, Direction::Buy, 30, 500),
        ]);
    }
    Screen::new(host.model())
}

/// A round has passed: trading was frozen for a while, and an outcome is gone.
pub(crate) fn thawed() -> Screen {
    let mut host = busy();
    host.phase = Phase::Frozen;
    let now_ms = host.now_ms + 1_000;
    host.now_ms = now_ms;
    host.step(&Input::Eliminate { outcomes: vec![OutcomeId(2)], now_ms, resume_ms: now_ms + 15_000 });
    host.phase = Phase::Running;
    host.now_ms += 14_000;
    for round in 0..30 {
        host.run(&[market(1 + round % 5, (round % 2) as u8, Side::No, Direction::Buy, 6)]);
    }
    Screen::new(host.model())
}

/// An order that was sent and accepted; what it is is returned as well.
fn sent(host: &mut Host) -> (Screen, outcry_shared::message::NewOrder) {
    let mut screen = Screen::new(host.model());
    let model = &mut screen.model;
    let view = {
        let draft = outcry_client::view::ticket::Draft { amount: "20".to_owned(), ..Default::default() };
        outcry_client::view::ticket::TicketView::new(model, &draft).unwrap()
    };
    let order = view.order.unwrap();
    let preview = view.preview.map(|preview| preview.quote);
    model.outgoing(&Action::PlaceOrder(Box::new(Placement { order: order.clone(), preview })), 5_100);
    let result = Ok((outcry_engine::OrderId(9_000), host.now_ms));
    model.apply(ServerMessage::OrderAck(OrderAck { client_order_id: order.client_order_id, result }), 5_200);
    (screen, order)
}

/// An order waits for its tick.
pub(crate) fn pending() -> Screen {
    sent(&mut busy()).0
}

/// An order that went through the ticket, and its receipt.
pub(crate) fn filled() -> Screen {
    let mut host = busy();
    let (mut screen, order) = sent(&mut host);
    let wish = super::Wish { size: order.size, ..market(ME.0, 0, Side::Yes, Direction::Buy, 1) };
    receive(&mut screen, &mut host, wish, order.client_order_id);
    screen
}

/// An order that the tick refused: others came first.
pub(crate) fn rejected() -> Screen {
    let mut host = busy();
    let (mut screen, order) = sent(&mut host);
    let kind = outcry_engine::OrderKind::Market { max_slippage: outcry_engine::Rate(1_000_000) };
    let wish = super::Wish { kind, ..market(ME.0, 0, Side::Yes, Direction::Buy, 60) };
    receive(&mut screen, &mut host, wish, order.client_order_id);
    screen
}

fn receive(screen: &mut Screen, host: &mut Host, wish: super::Wish, number: u64) {
    let (update, mut own) = host.run(&[wish]);
    own.receipts[0].client_order_id = Some(number);
    screen.model.apply(ServerMessage::Tick(update), 5_250);
    screen.model.apply(ServerMessage::Private(own), 5_260);
}

/// An outcome has just left.
pub(crate) fn eliminated() -> Screen {
    let mut host = busy();
    let mut model = host.model();
    host.phase = Phase::Frozen;
    let now_ms = host.now_ms + 1_000;
    host.now_ms = now_ms;
    let input = Input::Eliminate { outcomes: vec![OutcomeId(2)], now_ms, resume_ms: now_ms + 9_000 };
    let (update, own) = host.step(&input);
    model.apply(ServerMessage::Tick(update), 5_250);
    model.apply(ServerMessage::Private(own), 5_260);
    Screen::new(model)
}

/// Paid and ranked.
pub(crate) fn resolved() -> Screen {
    let mut host = busy();
    let mut model = host.model();
    host.phase = Phase::Resolved;
    host.now_ms += 1_000;
    let (update, own) = host.step(&Input::Final { winner: OutcomeId(0), now_ms: host.now_ms });
    model.apply(ServerMessage::Tick(update), 5_250);
    let statement = own.statement;
    model.apply(ServerMessage::Private(own), 5_260);
    let end = end_report(&host, Some(statement));
    model.apply(ServerMessage::End(Box::new(end)), 5_270);
    Screen::new(model)
}

pub(crate) fn end_report(host: &Host, statement: Option<outcry_shared::ledger::Statement>) -> EndReport {
    let names = host.snapshot().seats;
    let rankings = host.leaders().into_iter().map(|row| {
        let account = host.market.account(row.user).unwrap();
        let seat = names.iter().find(|seat| seat.user == row.user).unwrap();
        RankingRow {
            rank: row.rank,
            user: row.user,
            name: seat.name.clone(),
            balance: account.balance,
            net_pnl: Usdc(account.balance.0 - account.deposit.0),
            gain_bp: row.gain_bp,
            trades: row.trades,
            gas: account.gas_paid,
            bot: seat.bot,
        }
    });
    let metrics = host.market.metrics();
    EndReport { winner: OutcomeId(0), rankings: rankings.collect(), gas_total: metrics.gas, metrics, statement }
}

pub(crate) fn connection(connection: Connection) -> Screen {
    let mut screen = trading();
    screen.model.connection = connection;
    screen
}

/// The host's overlay, logged in.
pub(crate) fn hosting(phase: Phase) -> Screen {
    let mut host = busy();
    host.phase = phase;
    let mut screen = Screen::new(host.model());
    log_in(&mut screen.model, &host);
    screen.ui.open_host();
    screen
}

pub(crate) fn log_in(model: &mut Model, host: &Host) {
    model.apply(ServerMessage::HostGranted { grant: HostGrant([7; 16]) }, 5_100);
    model.apply(ServerMessage::HostState(Box::new(host_state(host))), 5_110);
}

pub(crate) fn host_state(host: &Host) -> HostState {
    let mut config = presets()[0].config.clone();
    config.params.outcome_names = party().outcome_names;
    let seats = host.snapshot().seats;
    let seats = seats.into_iter().map(|seat| SeatRow {
        user: seat.user,
        name: seat.name,
        connected: seat.connected,
        bot: seat.bot,
        lag_ms: seat.connected.then_some(30 + seat.user.0 * 7),
        orders: u64::from(seat.user.0) * 5,
        rejected: u64::from(seat.user.0 % 3),
    });
    let watch = Watch {
        phase: host.phase,
        pools: host.market.public().outcomes.iter().map(|outcome| outcome.pool).collect(),
        metrics: host.market.metrics(),
        ticks: host.tick,
        orders: 412,
        fills: 431,
        rejections: vec![("slippage".to_owned(), 9), ("funds".to_owned(), 3)],
        flow: (0..60).map(|tick| 3 + tick * 7 % 11).collect(),
        match_us: 212,
        commit_us: 3_480,
        connected: 7,
        store: "sqlite".to_owned(),
        resyncs: 0,
    };
    let done = |at_ms, act: &str, effect: Result<&str, &str>| ActRecord {
        at_ms,
        act: act.to_owned(),
        effect: effect.map(str::to_owned).map_err(str::to_owned),
    };
    HostState {
        config,
        winner: Some(OutcomeId(3)),
        eliminate: vec![vec![OutcomeId(2)], vec![OutcomeId(4)]],
        warnings: vec![],
        door_open: true,
        seats: seats.collect(),
        watch,
        acts: vec![
            done(0, "start", Ok("trading began")),
            done(61_000, "extend by 60 s", Ok("the end moved to 16:00")),
            done(95_000, "rename Max to Noor", Err("\"Noor\" is taken")),
        ],
        sessions: vec![(7, "Friday night".to_owned()), (6, "Rehearsal".to_owned())],
    }
}
