//! One or more of every message of the server.

use outcry_engine::{
    Cash, CashKind, Direction, Event, Fill, FillType, Level, Metrics, OpenOrder, OrderId, OrderKind, OrderStatus,
    OrderUpdate, OutcomeId, OwnOrder, OwnView, Party, PoolState, Price, PublicMarket, PublicOutcome, Rate,
    RejectReason, Side, Tokens, Usdc, UserId, Warning,
};
use outcry_shared::{
    ServerMessage,
    config::presets,
    ledger::{Position, Statement},
    message::{
        ActRecord, ActionKind, ConnectRefusal, EndReport, FloorAction, HistoryPoint, HostState, LeaderRow, LevelChange,
        Light, NewOrder, OrderAck, Outcome, PastOrder, PrivateState, Progress, PublicTrade, RankingRow, Reading,
        Receipt, RefusalCode, RefusedOrder, Rehearsal, RehearsedSheet, Seat, SeatChange, SeatRow, Snapshot, Spread,
        TickUpdate, Watch, Welcome, You,
    },
    phase::{Clock, Phase},
    secret::{HostGrant, SeatCode},
};

const KINDS_OF_SERVER_MESSAGES: usize = 19;
const ORDER: OrderId = OrderId(300);
const USER: UserId = UserId(70_000);
const OUTCOME: OutcomeId = OutcomeId(2);

/// At least one of every kind the server sends.
pub(crate) fn server_messages() -> Vec<ServerMessage> {
    let sentence = || "one sentence".to_owned();
    let refused = |code| ServerMessage::Refused(ConnectRefusal { code, reason: "one sentence".into() });
    let ack = |result| ServerMessage::OrderAck(OrderAck { client_order_id: 1, result });
    let mut messages = vec![
        ServerMessage::Welcome(Box::new(welcome())),
        ServerMessage::Snapshot(Box::new(snapshot())),
        ServerMessage::Tick(Box::new(tick())),
        ServerMessage::Clock(clock()),
        ServerMessage::Seats(vec![SeatChange::Set(seat()), SeatChange::Gone(USER)]),
        ServerMessage::Private(Box::new(private())),
        ack(Ok((ORDER, u64::MAX))),
        ack(Err(RefusedOrder { reason: sentence() })),
        ServerMessage::CancelAck { order: ORDER, found: true },
        ServerMessage::Pong { sent_ms: 1, server_ms: u64::MAX },
        ServerMessage::HostGranted { grant: HostGrant([1; 24]) },
        ServerMessage::SeatCode { user: USER, code: SeatCode([3; 16]), valid_ms: u64::MAX },
        ServerMessage::HostDenied { reason: sentence(), retry_after_ms: 1_000 },
        ServerMessage::HostReply { request_id: 9, result: Ok(sentence()) },
        ServerMessage::HostReply { request_id: 9, result: Err(sentence()) },
        ServerMessage::HostState(Box::new(host_state())),
        ServerMessage::Announcement(sentence()),
        ServerMessage::End(Box::new(end())),
        ServerMessage::Bye { reason: sentence() },
        ServerMessage::Rank(1_000),
    ];
    let codes = [
        RefusalCode::Version,
        RefusalCode::UnknownSeat,
        RefusalCode::Name,
        RefusalCode::Door,
        RefusalCode::Busy,
        RefusalCode::OtherSeat,
        RefusalCode::Removed,
    ];
    messages.extend(codes.map(refused));
    let kinds: std::collections::BTreeSet<usize> = messages.iter().map(kind).collect();
    assert_eq!(kinds.len(), KINDS_OF_SERVER_MESSAGES, "a kind of message has no sample");
    messages
}

/// Fails to compile when a kind is added: then it needs a sample above.
fn kind(message: &ServerMessage) -> usize {
    match message {
        ServerMessage::Welcome(_) => 0,
        ServerMessage::Refused(_) => 1,
        ServerMessage::Snapshot(_) => 2,
        ServerMessage::Tick(_) => 3,
        ServerMessage::Clock(_) => 4,
        ServerMessage::Seats(_) => 5,
        ServerMessage::Private(_) => 6,
        ServerMessage::OrderAck(_) => 7,
        ServerMessage::CancelAck { .. } => 8,
        ServerMessage::Pong { .. } => 9,
        ServerMessage::HostGranted { .. } => 10,
        ServerMessage::HostDenied { .. } => 11,
        ServerMessage::HostReply { .. } => 12,
        ServerMessage::HostState(_) => 13,
        ServerMessage::Announcement(_) => 14,
        ServerMessage::End(_) => 15,
        ServerMessage::Bye { .. } => 16,
        ServerMessage::Rank(_) => 17,
        ServerMessage::SeatCode { .. } => 18,
    }
}

fn clock() -> Clock {
    Clock {
        phase: Phase::Frozen,
        now_ms: 1_000,
        next_freeze_ms: Some(2_000),
        resume_ms: Some(3_000),
        end_ms: 900_000,
        next_tick_ms: 1_500,
        server_ms: u64::MAX,
    }
}

fn pool() -> PoolState {
    PoolState {
        v: Usdc(-5),
        q_yes: Tokens::whole(500),
        q_no: Tokens(1),
        virtual_yes: Tokens(0),
        pairs: Tokens(-7),
        seigniorage: Usdc(3),
        active: true,
    }
}

fn level() -> Level {
    Level { side: Side::Yes, direction: Direction::Buy, price: Price(470_000), total: Tokens(9), opt_in: Tokens(4) }
}

fn statement() -> Statement {
    Statement { start: Usdc::whole(1_000), escrow: Usdc(5), ..Statement::default() }
}

fn leader() -> LeaderRow {
    LeaderRow { rank: 1, user: USER, value: Usdc(1), gain_bp: -10_000, trades: 3 }
}

fn seat() -> Seat {
    Seat { user: USER, name: "Zoë".into(), connected: true, bot: false }
}

fn trade() -> PublicTrade {
    PublicTrade {
        trade_id: 1,
        ts_ms: 2,
        outcome: OUTCOME,
        side: Side::No,
        price: Price(1),
        size: Tokens(2),
        fill_type: FillType::AutoFill,
        buyer: Some(USER),
        seller: None,
        taker: Direction::Sell,
    }
}

fn snapshot() -> Snapshot {
    let outcome = PublicOutcome { pool: pool(), levels: vec![level(); 3] };
    let params = presets().swap_remove(0).config.params;
    let point = HistoryPoint {
        now_ms: 1,
        yes: vec![Price(2); 5],
        volume: Usdc(3),
        mm_risk: Usdc(4),
        worst_case_loss: Usdc(5),
        mm_profit: Usdc(-6),
        frozen: true,
    };
    Snapshot {
        session: 1,
        session_name: "Party".into(),
        question: "Who wins the final?".to_owned(),
        tick: 2,
        clock: clock(),
        market: PublicMarket {
            params,
            segment_start_ms: 0,
            segment_end_ms: 300_000,
            rounds_held: 0,
            outcomes: vec![outcome; 5],
        },
        seats: vec![seat(); 2],
        leaders: vec![leader()],
        tape: vec![trade()],
        history: vec![point],
        metrics: Metrics { mm_profit: Usdc(-1), ..Metrics::default() },
        outcomes: vec![Outcome::Active, Outcome::Eliminated { at_ms: 300_000 }, Outcome::Won, Outcome::Lost],
        state_hash: [255; 32],
        default_slippage_percent: 5,
    }
}

fn tick() -> TickUpdate {
    let place = |kind| FloorAction {
        user: USER,
        outcome: OUTCOME,
        side: Side::Yes,
        direction: Direction::Buy,
        price: Price(1),
        kind,
    };
    TickUpdate {
        tick: 3,
        clock: clock(),
        pools: vec![pool(); 5],
        segment_ms: (0, 1),
        levels: vec![LevelChange { outcome: OUTCOME, level: level() }],
        trades: vec![trade()],
        actions: vec![place(ActionKind::Placed), place(ActionKind::Pulled)],
        events: events(),
        leaders: vec![leader()],
        metrics: Metrics::default(),
        orders: 7,
        state_hash: [1; 32],
    }
}

fn events() -> Vec<Event> {
    vec![
        Event::OrderAccepted { order: ORDER, user: USER },
        Event::OrderRejected { order: ORDER, user: USER, reason: reasons().remove(0) },
        Event::OrderCanceled { order: ORDER, user: USER, found: false, reason: RejectReason::ByOwner },
        Event::Fill { trade_id: 1 },
        Event::AutoFill {
            trigger: OUTCOME,
            outcome: OutcomeId(0),
            side: Side::No,
            direction: Direction::Sell,
            price: Price(1),
            size: Tokens(2),
            surplus: Usdc(3),
            seigniorage: Usdc(1),
        },
        Event::Rebate { order: ORDER, user: USER, amount: Usdc(1) },
        Event::Refund { order: ORDER, user: USER, amount: Usdc(1) },
        Event::Tick { orders: 1, fills: 2 },
        Event::Freeze,
        Event::Elimination {
            outcome: OUTCOME,
            round: Some(1),
            paid: Usdc(1),
            freed: Usdc(-2),
            flows: vec![(OUTCOME, Usdc(3))],
        },
        Event::Renormalisation { factor: 1.25, prices: vec![(OUTCOME, 0.5, 0.625)] },
        Event::Resume,
        Event::Extend { by_ms: 60_000 },
        Event::Final { winner: OUTCOME, paid: Usdc(1) },
        Event::Invariant { detail: "§9".into() },
    ]
}

fn reasons() -> Vec<RejectReason> {
    let percent = || "6.20".to_owned();
    vec![
        RejectReason::Slippage { slippage_percent: percent(), limit_percent: percent(), size: Tokens(1) },
        RejectReason::Funds { needed: Usdc(2), balance: Usdc(1), size: Tokens(0) },
        RejectReason::Frozen,
    ]
}

fn private() -> PrivateState {
    let fill = Fill {
        trade_id: 1,
        buyer: Party::User { user: USER, order: ORDER },
        seller: Party::Pool,
        outcome: OUTCOME,
        side: Side::Yes,
        price: Price(1),
        size: Tokens(2),
        value: Usdc(3),
        fee: Usdc(4),
        fill_type: FillType::Mint,
        ts_ms: 5,
    };
    let open = OpenOrder {
        id: ORDER,
        user: USER,
        outcome: OUTCOME,
        side: Side::No,
        direction: Direction::Sell,
        price: Price(1),
        size: Tokens(2),
        filled: Tokens(1),
        af_opt_in: true,
        ts_ms: 3,
        rested: Tokens(2),
        escrow: Usdc(0),
    };
    let own = OwnOrder {
        id: ORDER,
        outcome: OUTCOME,
        side: Side::No,
        direction: Direction::Sell,
        price: Price(1),
        remaining: Tokens(1),
        af_opt_in: true,
    };
    let receipt = |reason| Receipt {
        order: OrderUpdate {
            id: ORDER,
            user: USER,
            status: OrderStatus::Rejected,
            filled: Tokens(0),
            remaining: Tokens(1),
            reason: Some(reason),
        },
        client_order_id: Some(u64::MAX),
        fills: vec![fill.clone()],
        cash: vec![Cash { user: USER, kind: CashKind::Gas, amount: Usdc(-1), order: Some(ORDER), trade_id: None }],
    };
    PrivateState {
        tick: 1,
        own: OwnView { balance: Usdc(1), free: vec![[Tokens(1), Tokens(2)]; 5], orders: vec![own] },
        open_orders: vec![open],
        positions: vec![Position {
            outcome: OUTCOME,
            side: Side::Yes,
            tokens: Tokens(1),
            cost: Usdc(2),
            realised: Usdc(-3),
        }],
        statement: statement(),
        rank: 4,
        trade_count: 5,
        receipts: reasons().into_iter().map(receipt).collect(),
    }
}

fn welcome() -> Welcome {
    Welcome {
        build: "0.1.0".into(),
        you: Some(You { user: USER, name: "Zoë".into(), mark: u64::MAX }),
        snapshot: snapshot(),
        private: Some(private()),
        end: Some(end()),
        join_url: "http://127.0.0.1:7777/".into(),
        past: vec![past()],
    }
}

fn past() -> PastOrder {
    let Receipt { order: update, fills, cash, .. } = private().receipts[0].clone();
    let kind = OrderKind::Market { max_slippage: Rate(5_000_000_000) };
    let (outcome, side, direction, size) = (OUTCOME, Side::No, Direction::Sell, Tokens(7));
    let order = NewOrder { session: 3, client_order_id: 9, outcome, side, direction, kind, size, promise: None };
    PastOrder { order, update, fills, cash }
}

fn end() -> EndReport {
    let row = RankingRow {
        rank: 1,
        user: USER,
        name: "Zoë".into(),
        balance: Usdc(1),
        net_pnl: Usdc(-2),
        gain_bp: -3,
        trades: 4,
        gas: Usdc(5),
        bot: true,
    };
    EndReport {
        winner: OUTCOME,
        rankings: vec![row],
        gas_total: Usdc(5),
        metrics: Metrics::default(),
        statement: Some(statement()),
    }
}

fn host_state() -> HostState {
    HostState {
        config: presets().swap_remove(0).config,
        winner: Some(OUTCOME),
        eliminate: vec![vec![OutcomeId(0)], vec![]],
        warnings: vec![Warning { field: "kappa_start".into(), text: "costs".into() }],
        door_open: true,
        seats: vec![SeatRow {
            user: USER,
            name: "Zoë".into(),
            connected: true,
            bot: false,
            lag_ms: Some(42),
            orders: 1,
            rejected: 2,
            practised: 5,
            reached: [Some(900), None, Some(u32::MAX), None],
        }],
        arriving: 3,
        opened: 9,
        turned_away: Some("40 seats are taken from 192.0.2.1".into()),
        next_round: Some(1),
        watch: Watch {
            pools: vec![pool()],
            rejections: vec![("Funds".into(), 2)],
            flow: vec![1, 2],
            ..Watch::default()
        },
        acts: vec![ActRecord { at_ms: 1, act: "start".into(), secret: true, effect: Err("not yet".into()) }],
        sessions: vec![(1, "Party".into())],
        rehearsal: rehearsal(),
    }
}

fn rehearsal() -> Rehearsal {
    let reading = Reading {
        id: "information".into(),
        about: "what prices know".into(),
        light: Light::Amber,
        value: Some(0.2),
        amber: 0.3,
        red: 0.0,
        worst_seed: Some(u64::MAX),
    };
    let (unit, count) = ("USDC".into(), 1_000);
    let volume =
        Spread { id: "volume".into(), unit, count, least: 0.0, p5: 1.0, median: 2.0, p95: 3.0, most: 4.0, mean: 2.5 };
    let sheet = RehearsedSheet {
        hash: "5e".repeat(32),
        config: presets().swap_remove(0).config,
        sessions: 1_000,
        seats: 20,
        lights: vec![reading],
        figures: vec![volume],
    };
    Rehearsal {
        progress: Some(Progress { done: 1, of: 1_006 }),
        failed: Some("it did not end".into()),
        sheet: Some(Box::new(sheet)),
    }
}
