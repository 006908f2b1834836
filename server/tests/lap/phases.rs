//! Freezes, eliminations, pauses and the end.

use crate::{
    hall::{Hall, TICK_MS, config},
    host::host_state,
    recovery::now,
};
use outcry_engine::{Event, InterpolationMode, OrderStatus, OutcomeId, RejectReason, Tokens, Usdc};
use outcry_server::store::{SessionId, Store};
use outcry_shared::{
    ClientMessage, ServerMessage,
    config::Choice,
    message::{EndReport, HostAct, NewOrder, Outcome, Resolve, SeatClaim},
    phase::Phase,
    replica::{Applied, Replica},
};

fn end(messages: &[ServerMessage]) -> Option<&EndReport> {
    messages.iter().find_map(|message| if let ServerMessage::End(end) = message { Some(&**end) } else { None })
}

#[test]
fn a_round_freezes_eliminates_and_goes_on_at_its_times() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.pass_ms(19_900);
    ada.hear();
    ada.heard.clear();
    let last_order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(last_order));
    hall.pass_ms(100);
    ada.hear();
    let freeze = ada.ticks()[0].clone();
    assert_eq!(
        (freeze.clock.phase, freeze.clock.now_ms, freeze.clock.resume_ms),
        (Phase::Frozen, 20_000, Some(25_000))
    );
    assert_eq!(freeze.trades.len(), 1, "everything accepted before the freeze is in its tick");
    assert!(freeze.events.contains(&Event::Freeze));
    assert!(freeze.events.iter().any(|event| matches!(event, Event::Elimination { outcome: OutcomeId(3), .. })));
    assert!(!freeze.pools[3].active);

    hall.pass_ms(5_000);
    ada.hear();
    let resume = ada.ticks().last().copied().unwrap().clone();
    assert!(resume.events.contains(&Event::Resume));
    assert_eq!((resume.clock.phase, resume.clock.now_ms), (Phase::Running, 25_000));
    assert_eq!(resume.clock.next_freeze_ms, Some(40_000));
    let spectator = hall.claim(outcry_shared::message::SeatClaim::Spectate);
    assert_eq!(spectator.welcome().snapshot.outcomes[3], Outcome::Eliminated { at_ms: 20_000 });
}

#[test]
fn a_short_stall_changes_no_time_of_a_round() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    for _ in 0..15 {
        hall.clock.advance_ms(4_900);
        for _ in 0..4 {
            hall.lap();
        }
    }
    ada.hear();
    let at = |wanted: fn(&Event) -> bool| {
        let ticks = ada.ticks();
        ticks.iter().filter(|tick| tick.events.iter().any(wanted)).map(|tick| tick.clock.now_ms).collect::<Vec<_>>()
    };
    assert_eq!(at(|event| matches!(event, Event::Freeze)), [20_000, 40_000]);
    assert_eq!(at(|event| matches!(event, Event::Resume)), [25_000, 45_000]);
    assert_eq!(at(|event| matches!(event, Event::Final { .. })), [60_000]);
}

#[test]
fn a_server_that_stood_still_pauses_and_makes_nothing_up() {
    for (before_ms, still_ms) in [(10_000, 70_000), (19_900, 5_100), (21_000, 600_000)] {
        let (mut hall, mut host) = Hall::running();
        let mut ada = hall.join("Ada");
        hall.pass_ms(before_ms);
        let order = ada.bids(1);
        hall.say(&mut ada, ClientMessage::Order(order));
        ada.heard.clear();
        hall.clock.advance_ms(still_ms);
        for _ in 0..20 {
            hall.lap();
        }
        ada.hear();
        let told = |messages: &[ServerMessage]| {
            messages
                .iter()
                .any(|message| matches!(message, ServerMessage::Announcement(text) if text.contains("stood still")))
        };
        assert!(told(&ada.heard), "everyone is told why");
        let clock = ada.ticks().last().unwrap().clock;
        assert_eq!((clock.phase, clock.now_ms), (Phase::Paused, before_ms), "nobody loses a round unseen");
        hall.act(&mut host, HostAct::Resume).unwrap();
        hall.pass_ms(1_000);
        assert_eq!(hall.session().now_ms(), before_ms + 1_000);
        let events = now(hall.store.events(SessionId(1), 0));
        let why = events.iter().rfind(|(_, row)| row.kind == "PHASE" && row.payload.contains("\"to\":\"PAUSED\""));
        assert!(why.is_some_and(|(_, row)| row.payload.contains("stood still") && row.ts_ms >= before_ms));
    }
}

#[test]
fn every_phase_and_login_is_an_event_with_its_time() {
    let (mut hall, mut host) = Hall::running();
    hall.pass_ms(20_000);
    hall.pass_ms(5_500);
    hall.act(&mut host, HostAct::Pause).unwrap();
    hall.act(&mut host, HostAct::Resume).unwrap();
    hall.host();
    hall.act(&mut host, HostAct::Resolve(Resolve::Final(OutcomeId(0)))).unwrap();
    hall.lap();
    let events = now(hall.store.events(SessionId(1), 0));
    let of = |kind: &str| events.iter().filter(|(_, row)| row.kind == kind).map(|(_, row)| row).collect::<Vec<_>>();
    let phases: Vec<_> = of("PHASE")
        .into_iter()
        .map(|row| {
            let fields: serde_json::Value = serde_json::from_str(&row.payload).unwrap();
            (fields["to"].as_str().unwrap().to_owned(), row.ts_ms)
        })
        .collect();
    let expected = [("RUNNING", 0), ("FROZEN", 20_000), ("RUNNING", 25_000), ("PAUSED", 25_500), ("RUNNING", 25_500)];
    let expected: Vec<_> = expected.into_iter().map(|(to, at)| (to.to_owned(), at)).collect();
    assert_eq!(phases[..5], expected);
    assert_eq!(phases[5].0, "RESOLVED");
    assert_eq!((of("FREEZE").len(), of("RESUME").len()), (1, 2));
    assert_eq!(of("HOST_LOGIN").iter().map(|row| row.ts_ms >= 25_500).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn an_order_sent_while_frozen_is_rejected_and_pays_gas() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.pass_ms(21_000);
    let before = ada.private().own.balance;
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    let id = ada.only_order();
    hall.tick();
    ada.hear();
    let receipt = ada.private().receipts[0].clone();
    assert_eq!((receipt.order.id, receipt.order.status), (id, OrderStatus::Rejected));
    assert_eq!(receipt.order.reason, Some(RejectReason::Frozen));
    assert_eq!(ada.private().own.balance, Usdc(before.0 - crate::hall::config().params.gas_fee.0));
}

#[test]
fn cancels_work_while_frozen_and_paused() {
    for pause in [false, true] {
        let (mut hall, mut host) = Hall::running();
        let mut ada = hall.join("Ada");
        let bid = ada.bids(10);
        hall.say(&mut ada, ClientMessage::Order(bid));
        hall.pass_ms(if pause { 1_000 } else { 21_000 });
        if pause {
            hall.act(&mut host, HostAct::Pause).unwrap();
        }
        hall.say(&mut ada, ClientMessage::CancelAll);
        hall.tick();
        ada.hear();
        assert!(ada.private().open_orders.is_empty(), "paused: {pause}");
        assert_eq!(ada.private().statement.escrow, Usdc::ZERO);
    }
}

#[test]
fn the_session_clock_stands_still_while_paused() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.pass_ms(10_500);
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order));
    hall.act(&mut host, HostAct::Pause).unwrap();
    ada.hear();
    let paused = ada.ticks().last().copied().unwrap().clone();
    assert_eq!((paused.clock.phase, paused.clock.now_ms), (Phase::Paused, 10_500));
    assert_eq!(paused.trades.len(), 1, "a last tick takes everything accepted");
    hall.pass_ms(100_000);
    let refused = ada.buys(1);
    hall.say(&mut ada, ClientMessage::Order(refused));
    let reason = ada.acks().last().unwrap().result.clone().unwrap_err().reason;
    assert!(reason.contains("paused"), "{reason}");
    hall.act(&mut host, HostAct::Resume).unwrap();
    hall.pass_ms(9_500);
    ada.hear();
    let freeze = ada.ticks().last().copied().unwrap().clone();
    assert_eq!((freeze.clock.phase, freeze.clock.now_ms), (Phase::Frozen, 20_000));
}

#[test]
fn a_freeze_that_was_paused_goes_on() {
    let (mut hall, mut host) = Hall::running();
    hall.pass_ms(22_000);
    hall.act(&mut host, HostAct::Pause).unwrap();
    hall.pass_ms(50_000);
    hall.act(&mut host, HostAct::Resume).unwrap();
    let mut ada = hall.join("Ada");
    let clock = ada.welcome().snapshot.clock;
    assert_eq!((clock.phase, clock.now_ms, clock.resume_ms), (Phase::Frozen, 22_000, Some(25_000)));
    hall.pass_ms(3_000);
    ada.hear();
    assert_eq!(ada.ticks().last().unwrap().clock.phase, Phase::Running);
}

#[test]
fn the_end_pays_ranks_and_adds_up() {
    let (mut hall, _host) = Hall::running();
    let mut ada = hall.join("Ada");
    let mut bob = hall.join("Bob");
    let order = ada.buys(100);
    hall.say(&mut ada, ClientMessage::Order(order));
    let bid = bob.bids(10);
    hall.say(&mut bob, ClientMessage::Order(bid));
    hall.pass_ms(60_000);
    ada.hear();
    bob.hear();
    let report = end(&ada.heard).expect("an end report");
    assert_eq!(report.winner, OutcomeId(0));
    assert_eq!(report.rankings[0].name, "Ada");
    assert_eq!((report.rankings[0].rank, report.rankings[1].rank), (1, 2));
    let statement = report.statement.unwrap();
    assert_eq!(statement.payouts, Usdc::whole(100));
    assert_eq!(statement.escrow, Usdc::ZERO);
    assert_eq!(statement.balance(), report.rankings[0].balance);
    assert_eq!(end(&bob.heard).unwrap().statement.unwrap().balance(), report.rankings[1].balance);
    let total: i64 = report.rankings.iter().map(|row| row.gas.0).sum();
    assert_eq!(report.gas_total, Usdc(total));
    let late = hall.resume(ada.token());
    assert_eq!(late.welcome().end.as_ref().unwrap().statement, Some(statement));
    let mut newcomer = hall.join("Cyd");
    assert!(newcomer.refusal().unwrap().contains("over"));
    assert!(newcomer.closing().is_some());
}

#[test]
fn the_host_extends_resolves_and_overrides() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    hall.act(&mut host, HostAct::Extend { by_s: 30 }).unwrap();
    ada.hear();
    let clock = ada.ticks().last().unwrap().clock;
    assert_eq!((clock.end_ms, clock.next_freeze_ms), (90_000, Some(50_000)));
    assert!(hall.act(&mut host, HostAct::Extend { by_s: 86_400 }).unwrap_err().len() > 5, "beyond the longest session");
    assert!(
        hall.act(&mut host, HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(0)]))).unwrap_err().contains("winner")
    );
    assert!(hall.act(&mut host, HostAct::SetWinner(Choice::Fixed(OutcomeId(9)))).is_err());
    let set = hall.act(&mut host, HostAct::SetWinner(Choice::Fixed(OutcomeId(3)))).unwrap();
    assert_eq!(set, "the winner is set", "a mirrored screen says nothing of the script");
    host.guest.hear();
    let acts = &host_state(&host.guest.heard).unwrap().acts;
    let secret: Vec<_> = acts.iter().filter(|act| act.secret).map(|act| act.act.as_str()).collect();
    assert_eq!(secret, ["set winner to J", "set winner to Dot"], "and these words are to be covered");
    hall.act(&mut host, HostAct::Resolve(Resolve::Next(0))).unwrap();
    ada.hear();
    let pools: Vec<bool> = ada.ticks().last().unwrap().pools.iter().map(|pool| pool.active).collect();
    assert_eq!(pools, [false, true, true, true], "the old winner has taken the new one's place in the round");
    assert!(
        hall.act(&mut host, HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(1)]))).unwrap_err().contains("frozen")
    );
    let stale = hall.act(&mut host, HostAct::Resolve(Resolve::Final(OutcomeId(0)))).unwrap_err();
    assert!(stale.contains("the winner was changed"), "{stale}");
    hall.act(&mut host, HostAct::Resolve(Resolve::Final(OutcomeId(3)))).unwrap();
    ada.hear();
    assert_eq!(end(&ada.heard).unwrap().winner, OutcomeId(3));
}

/// Server, market and whoever follows it know the same rounds still to come.
#[test]
fn an_elimination_by_hand_holds_no_round_and_an_extension_moves_those_to_come() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    let mut screen = Replica::from(ada.welcome().snapshot.clone());
    hall.pass_ms(5_000);
    hall.act(&mut host, HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(1)]))).unwrap();
    hall.act(&mut host, HostAct::Extend { by_s: 30 }).unwrap();
    ada.hear();
    for update in ada.ticks() {
        assert_ne!(screen.apply(update), Applied::Gap);
    }
    let market = hall.claim(SeatClaim::Spectate).welcome().snapshot.market.clone();
    assert_eq!((market.rounds_held, market.params.rounds[0].at_s), (0, 50));
    assert_eq!((screen.market(), screen.clock().next_freeze_ms), (&market, Some(50_000)));
    // It is held at its time, and then moved no more.
    hall.pass_ms(50_000);
    hall.act(&mut host, HostAct::Extend { by_s: 30 }).unwrap();
    let market = hall.claim(SeatClaim::Spectate).welcome().snapshot.market.clone();
    assert_eq!((market.rounds_held, market.params.rounds[0].at_s), (1, 50));
    let left: Vec<bool> = market.outcomes.iter().map(|outcome| outcome.pool.active).collect();
    assert_eq!(left.iter().filter(|active| **active).count(), 2, "{left:?}");
}

/// A round whose outcomes have all left by hand finds nothing to eliminate and never freezes: it is over for the
/// market's segments, for extensions and for every countdown.
#[test]
fn a_round_that_would_find_nothing_left_is_over_for_everybody() {
    for (by_hand, over, segment_ends_s) in [(3, 1, [40, 40]), (2, 0, [20, 60])] {
        let mut config = config();
        config.params.interpolation_mode = InterpolationMode::Reset;
        let mut hall = Hall::with(config);
        let mut host = hall.host();
        hall.act(&mut host, HostAct::Start).unwrap();
        let mut ada = hall.join("Ada");
        let mut screen = Replica::from(ada.welcome().snapshot.clone());
        hall.pass_ms(5_000);
        hall.act(&mut host, HostAct::Resolve(Resolve::Eliminate(vec![OutcomeId(by_hand)]))).unwrap();
        let market = hall.claim(SeatClaim::Spectate).welcome().snapshot.market.clone();
        assert_eq!((market.rounds_held, market.segment_end_ms), (over, segment_ends_s[0] * 1_000));
        // At 20 s only a round that has something left to eliminate freezes.
        hall.pass_ms(25_000);
        let snapshot = hall.claim(SeatClaim::Spectate).welcome().snapshot.clone();
        assert_eq!((snapshot.clock.phase, snapshot.clock.now_ms), (Phase::Running, 30_000));
        let rounds_over = if by_hand == 3 { 1 } else { 2 };
        assert_eq!(
            (snapshot.market.rounds_held, snapshot.market.segment_end_ms),
            (rounds_over, segment_ends_s[1] * 1_000)
        );
        let end_s = snapshot.clock.next_freeze_ms.unwrap_or(snapshot.clock.end_ms) / 1_000;
        assert_eq!(end_s, segment_ends_s[1], "the countdown goes where the segment does");
        hall.act(&mut host, HostAct::Extend { by_s: 30 }).unwrap();
        ada.hear();
        for update in ada.ticks() {
            assert_ne!(screen.apply(update), Applied::Gap);
        }
        let market = hall.claim(SeatClaim::Spectate).welcome().snapshot.market.clone();
        assert_eq!(screen.market(), &market);
        let moved: Vec<u32> = market.params.rounds.iter().map(|round| round.at_s).collect();
        assert_eq!(moved, if by_hand == 3 { [20, 70] } else { [20, 40] });
        assert_eq!(market.segment_end_ms, (segment_ends_s[1] + 30) * 1_000);
    }
}

#[test]
fn a_reset_opens_a_new_session_and_keeps_the_seats() {
    let (mut hall, mut host) = Hall::running();
    let mut ada = hall.join("Ada");
    let token = ada.token();
    let order = ada.buys(10);
    hall.say(&mut ada, ClientMessage::Order(order.clone()));
    hall.pass_ms(5 * TICK_MS);
    hall.act(&mut host, HostAct::Reset).unwrap();
    ada.hear();
    let snapshot = ada.snapshot().expect("a snapshot of the new session");
    assert_eq!((snapshot.session, snapshot.tick, snapshot.clock.phase), (2, 0, Phase::Lobby));
    assert_eq!(snapshot.seats.len(), 1);
    assert_eq!(ada.private().own.free[0][0], Tokens::ZERO);
    hall.act(&mut host, HostAct::Start).unwrap();
    ada.heard.clear();
    // A number that was used in the session before is a new one here.
    hall.say(&mut ada, ClientMessage::Order(NewOrder { session: 2, ..order }));
    hall.tick();
    ada.hear();
    assert_eq!(ada.ticks()[0].tick, 1);
    assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000));
    let again = hall.resume(token);
    assert_eq!(again.welcome().snapshot.session, 2);
}
