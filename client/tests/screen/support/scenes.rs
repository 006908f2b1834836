//! Screens in every state that people see.

use super::{Host, ME, busy, limit, market, moments, party, stage::Screen};
use outcry_desk::{
    model::{Model, REVEAL_MS},
    page::Tab,
    prefs::Prefs,
};
use outcry_engine::{Direction, Input, OutcomeId, Rate, Side, Usdc};
use outcry_shared::{
    ServerMessage,
    config::{SessionConfig, presets},
    message::{
        ActRecord, HostState, Light, Reading, Rehearsal, RehearsedSheet, SeatRow, Shadow, ShadowRow, Spread, Watch,
    },
    phase::{Clock, Phase},
    secret::HostGrant,
};

pub(crate) fn trading() -> Screen {
    Screen::new(busy().model())
}

/// As a newcomer has it: the simple ticket, and hints.
pub(crate) fn newcomer() -> Screen {
    let mut screen = trading();
    screen.ui.prefs = Prefs::default();
    screen
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
    Screen::new(busy().spectator())
}

/// Ten outcomes with names as long as they may be.
pub(crate) fn crowded() -> Screen {
    let mut params = party();
    params.n_outcomes = 10;
    params.q0 = params.q0_default();
    params.zeta_start = Rate(10_000_000);
    params.zeta_end = params.zeta_start;
    params.outcome_names = (0..10).map(|index| format!("Outcome with a long {}", 1_000 + index * 111)).collect();
    let mut host = Host::new(params);
    host.phase = Phase::Running;
    for outcome in 0..10 {
        let size = 10 + i64::from(outcome) * 9;
        host.run(&[
            market(ME.0, outcome, Side::Yes, Direction::Buy, size),
            market(2, outcome, Side::No, Direction::Buy, size / 2),
            limit(3, outcome, Side::Yes, Direction::Buy, 30, 500),
        ]);
    }
    Screen::new(host.model())
}

/// People and outcomes with names in many scripts.
pub(crate) fn scripts() -> Host {
    let names = [
        "Noor",
        "Nguyễn",
        "Ольга",
        "Ελένη",
        "עדן",
        "محمد",
        "李雷",
        "さくら",
        "김민준",
        "สมชาย",
        "अनिल",
        "ဖြိုး",
        "שרה לוי-כהן",
    ];
    let mut params = party();
    params.outcome_names = ["Hà Nội", "القاهرة 2030", "東京", "תל אביב", "서울"].map(str::to_owned).into();
    let mut host = Host::with_names(params, &names);
    host.phase = Phase::Running;
    for round in 0..40_u32 {
        let user = 1 + round * 5 % 13;
        host.run(&[market(user, (round % 5) as u8, Side::Yes, Direction::Buy, 5 + i64::from(round % 7))]);
    }
    host
}

/// A round has passed: trading was frozen for a while, and an outcome is gone.
pub(crate) fn thawed() -> Screen {
    let mut host = busy();
    host.phase = Phase::Frozen;
    let now_ms = host.now_ms + 1_000;
    host.now_ms = now_ms;
    host.step(&Input::Eliminate { outcomes: vec![OutcomeId(2)], round: Some(0), now_ms, resume_ms: now_ms + 15_000 });
    host.phase = Phase::Running;
    host.now_ms += 14_000;
    for round in 0..30 {
        host.run(&[market(1 + round % 5, (round % 2) as u8, Side::No, Direction::Buy, 6)]);
    }
    Screen::new(host.model())
}

/// An order waits for its tick.
pub(crate) fn pending() -> Screen {
    Screen::new(moments::pending())
}

/// An order that went through the ticket, and its receipt.
pub(crate) fn filled() -> Screen {
    Screen::new(moments::filled())
}

/// An order that the tick refused: others came first.
pub(crate) fn rejected() -> Screen {
    Screen::new(moments::rejected())
}

/// An outcome has just left, and it is told which.
pub(crate) fn eliminated() -> Screen {
    Screen { now_ms: 5_300 + REVEAL_MS, ..Screen::new(moments::eliminated()) }
}

/// The moment before.
pub(crate) fn breathless() -> Screen {
    Screen::new(moments::breathless())
}

/// The same outcome is still gone once trading goes on.
pub(crate) fn without_an_outcome() -> Screen {
    let mut screen = eliminated();
    let clock = *screen.model.session().unwrap().clock();
    screen.model.apply(ServerMessage::Clock(Clock { phase: Phase::Running, ..clock }), 5_260);
    screen
}

/// Paid and ranked.
pub(crate) fn resolved() -> Screen {
    Screen::new(moments::resolved())
}

/// Paid and ranked, for someone without a seat.
pub(crate) fn resolved_watching() -> Screen {
    let mut host = busy();
    let mut model = host.spectator();
    host.phase = Phase::Resolved;
    host.now_ms += 1_000;
    let (update, _) = host.step(&Input::Final { winner: OutcomeId(0), now_ms: host.now_ms });
    model.apply(ServerMessage::Tick(update), 5_250);
    model.apply(ServerMessage::End(Box::new(moments::end_report(&host, None))), 5_270);
    Screen::new(model)
}

/// A name is asked for.
pub(crate) fn nameless() -> Screen {
    let mut screen = trading();
    screen.model.ask_name();
    screen
}

/// The connection was lost; so many attempts failed.
pub(crate) fn lost(attempt: u32) -> Screen {
    let mut screen = trading();
    screen.model.lose(attempt, None);
    screen
}

/// The server has the last word.
pub(crate) fn told(message: ServerMessage) -> Screen {
    let mut screen = trading();
    screen.model.apply(message, 5_000);
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
    model.apply(ServerMessage::HostGranted { grant: HostGrant([7; 24]) }, 5_100);
    model.apply(ServerMessage::HostState(Box::new(host_state(host))), 5_110);
}

fn shadow(ticks: u64) -> Shadow {
    let row = |rule: &str, filled, dearer, loss| ShadowRow {
        rule: rule.to_owned(),
        executed: Some(filled),
        first_changed: Some(2),
        dearer,
        worst_case_loss: Usdc::whole(loss),
        stopped: None,
    };
    let rows = vec![
        row("lmsr", 0.982, Some(-0.031), 412),
        row("fpmm", 0.771, Some(0.124), 380),
        row("pm_amm", 0.943, Some(-0.012), -25),
        row("book", 0.214, None, 0),
    ];
    Shadow { ticks, loss: Usdc::whole(1_940), rows }
}

/// How far a newcomer came: the first all the way, the next ones not.
fn came(user: u32) -> [Option<u32>; 4] {
    let steps = [4_200, 5_600, 9_100, 21_500].map(|ms| ms + 700 * user);
    let mut left = 4 - user % 3;
    steps.map(|ms| {
        left = left.saturating_sub(1);
        (left > 0 || user.is_multiple_of(3)).then_some(ms)
    })
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
        practised: if seat.bot { 0 } else { (1 << (seat.user.0 % 4)) - 1 },
        reached: if seat.bot { [None; 4] } else { came(seat.user.0) },
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
        trouble: None,
        shadow: shadow(host.tick),
    };
    let done = |at_ms, act: &str, effect: Result<&str, &str>| ActRecord {
        at_ms,
        act: act.to_owned(),
        secret: act.starts_with("set winner"),
        effect: effect.map(str::to_owned).map_err(str::to_owned),
    };
    HostState {
        config,
        winner: Some(OutcomeId(3)),
        eliminate: vec![vec![OutcomeId(2)], vec![OutcomeId(4)]],
        warnings: vec![],
        door_open: true,
        seats: seats.collect(),
        arriving: 0,
        opened: 14,
        turned_away: None,
        next_round: host.phase.is_live().then_some(1),
        watch,
        acts: vec![
            done(0, "start", Ok("")),
            done(40_000, "set winner to Dorothy", Ok("")),
            done(61_000, "extend by 60 s", Ok("")),
            done(95_000, "rename Max to Noor", Err("\"Noor\" is taken")),
        ],
        sessions: vec![(7, "Friday night".to_owned()), (6, "Rehearsal".to_owned())],
        rehearsal: Rehearsal::default(),
    }
}

/// The newest sheet, as a server tells it.
pub(crate) fn sheet(config: SessionConfig) -> RehearsedSheet {
    use Light::{Amber, Green, Red};
    let lights = [
        ("solvency", Green, 0.299, [0.9, 1.0], Some(16)),
        ("attack", Green, 0.001, [0.001, 0.01], None),
        ("opening", Amber, 0.035, [0.01, 0.1], None),
        ("rejections", Green, 0.005, [0.01, 0.04], Some(811)),
        ("late depth", Green, 0.069, [0.1, 0.3], Some(404)),
        ("incoherence", Red, 0.038, [0.005, 0.02], Some(77)),
        ("information", Amber, 0.18, [0.3, 0.0], Some(913)),
        ("pace", Green, 0.004, [0.1, 0.5], Some(5)),
    ];
    let reading = |(id, light, value, [amber, red], worst_seed): (&str, Light, f64, [f64; 2], Option<u64>)| Reading {
        id: id.to_owned(),
        about: "What is looked at, in one sentence that says of which sessions and by how much, as the sheet has it."
            .to_owned(),
        light,
        value: Some(value),
        amber,
        red,
        worst_seed,
    };
    let figures = [
        ("maker_loss", "of Z", [-0.21, -0.09, 0.04]),
        ("worst_case_loss", "of Z", [0.16, 0.2, 0.26]),
        ("efficiency", "1", [-0.4, 0.18, 0.7]),
        ("volume", "USDC", [4_210.5, 6_933.25, 9_120.0]),
        ("orders", "1", [3_100.0, 3_300.0, 3_512.0]),
        ("gain_informed", "USDC a seat", [-31.0, 12.5, 60.75]),
    ];
    let spread = |(id, unit, [p5, median, p95]): (&str, &str, [f64; 3])| {
        let (id, unit, count) = (id.to_owned(), unit.to_owned(), 1_000);
        Spread { id, unit, count, least: p5, p5, median, p95, most: p95, mean: median }
    };
    let (hash, lights, figures) = ("7e5a90b1".repeat(8), lights.map(reading).to_vec(), figures.map(spread).to_vec());
    RehearsedSheet { hash, config, sessions: 1_000, seats: 20, lights, figures }
}
