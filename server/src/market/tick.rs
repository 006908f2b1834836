//! One tick: everything accepted so far goes into the market at once.

use super::{beat::Beat, session::Session, waiting::Waiting};
use outcry_engine::Input;
use outcry_shared::phase::Phase;

/// Takes everything accepted so far into the market: cancels first, then the orders.
///
/// A cancel of an order that is itself only now taken in waits for the next tick. A tick that cannot be
/// carried out is run without its new orders; they are refused, and the session pauses.
pub(crate) fn run_tick(session: &mut Session, waiting: &mut Waiting, beat: &mut Beat) {
    if beat.is_broken() {
        return;
    }
    let now_ms = session.now_ms();
    for cancel in waiting.take_cancels() {
        let input = Input::Cancel { user: cancel.user, order: cancel.order, now_ms };
        if let Err(detail) = beat.attempt(session, input) {
            beat.fault(session, detail);
        }
    }
    let orders = waiting.take_orders();
    let frozen = session.phase() == Phase::Frozen || session.pauses_a_freeze();
    if orders.is_empty() && session.phase() != Phase::Running {
        return beat.close(session);
    }
    let input = |orders| if frozen { Input::Frozen { now_ms, orders } } else { Input::Orders { now_ms, orders } };
    match beat.attempt(session, input(orders.clone())) {
        Ok(()) => beat.note_orders(orders),
        Err(detail) => {
            beat.fault(session, detail);
            beat.set_aside(session, &orders);
            if let Err(detail) = beat.attempt(session, input(Vec::new())) {
                beat.fault(session, detail);
            }
            if session.phase().clock_runs() {
                beat.enter(session, Phase::Paused, "a tick could not be carried out with its new orders");
            }
        }
    }
    beat.close(session);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        market::{Opening, eliminate_now, finish, open_session, proceed},
        store::{AcceptedOrder, Group, MemoryStore, NewUser, Scribe, Sending, Store},
    };
    use outcry_engine::{
        Direction, Event, Order, OrderId, OrderKind, OrderStatus, OutcomeId, Rate, Side, Tokens, Usdc, UserId,
    };
    use outcry_shared::config::presets;

    const ADA: UserId = UserId(1);

    fn buys(id: u64) -> AcceptedOrder {
        let kind = OrderKind::Market { max_slippage: Rate(1_000_000_000) };
        let order = Order {
            id: OrderId(id),
            user: ADA,
            outcome: OutcomeId(0),
            side: Side::Yes,
            direction: Direction::Buy,
            kind,
            size: Tokens(1_000_000),
            ts_ms: 0,
        };
        AcceptedOrder { order, client_order_id: Some(id), sending: Sending::default() }
    }

    /// A running session in which order 2 of three that wait is one no tick can be carried out with.
    async fn poisoned() -> (MemoryStore, Session, Waiting, Scribe) {
        let store = MemoryStore::default();
        let opening = Opening { config: presets()[0].config.clone(), phase: Phase::Running, asked: false };
        let mut recovered = open_session(&store, &opening).await.unwrap();
        let ada = NewUser {
            user: ADA,
            name: "Ada".to_owned(),
            skeleton: "ada".to_owned(),
            token_hash: [1; 32],
            bot: false,
            deposit: Usdc::whole(1_000),
            seq: recovered.scribe.next_seq(),
        };
        let orders: Vec<_> = (1..=3).map(buys).collect();
        let group = Group { number: 1, users: vec![ada], orders: orders.clone(), ..Group::default() };
        store.accept(&group).await.unwrap();
        recovered.session.seat(ADA, Usdc::whole(1_000));
        recovered.session.poison = Some(OrderId(2));
        let orders = orders.into_iter().map(|accepted| accepted.order).collect();
        (store, recovered.session, Waiting::new(orders, Vec::new()), recovered.scribe)
    }

    /// Does a step, stores it, and starts again on what was stored.
    async fn after(step: impl FnOnce(&mut Session, &mut Waiting, &mut Beat)) -> Phase {
        let (store, mut session, mut waiting, mut scribe) = poisoned().await;
        let mut beat = Beat::default();
        step(&mut session, &mut waiting, &mut beat);
        assert!(waiting.is_empty() && beat.is_closed() && !beat.is_broken());
        assert!(beat.report().events.iter().any(|event| matches!(event, Event::Invariant { .. })), "it is told");
        let at = (session.tick(), session.now_ms(), session.phase());
        let batch = scribe.batch(at, beat.steps(), session.market(), beat.refused(), beat.notes());
        store.commit_tick(&batch).await.unwrap();
        assert!(batch.events.iter().any(|event| event.kind == "INVARIANT"), "it is recorded");
        let rows = store.orders(session.id(), 0).await.unwrap();
        assert!(
            rows.iter().all(|row| row.status == OrderStatus::Rejected && row.gas == Usdc::ZERO),
            "each is answered"
        );
        let opening = Opening { config: session.config().clone(), phase: Phase::Lobby, asked: false };
        let server = store.another();
        drop(store);
        let again = open_session(&server, &opening).await.unwrap();
        assert!(again.waiting.is_empty(), "and none of them comes back");
        assert_eq!(again.session.market().state_hash(), session.market().state_hash());
        session.phase()
    }

    #[tokio::test]
    async fn a_tick_that_cannot_be_carried_out_is_run_without_its_orders() {
        assert_eq!(after(run_tick).await, Phase::Paused);
    }

    #[tokio::test]
    async fn the_host_can_go_on_and_end_whatever_waits() {
        assert_eq!(after(finish).await, Phase::Resolved, "it pays");
        let round = |session: &mut Session, waiting: &mut Waiting, beat: &mut Beat| {
            eliminate_now(session, waiting, beat, vec![OutcomeId(1)], None, 5_000);
        };
        assert_eq!(after(round).await, Phase::Paused);
        let paused = |session: &mut Session, waiting: &mut Waiting, beat: &mut Beat| {
            session.enter(Phase::Paused);
            proceed(session, waiting, beat);
        };
        assert_eq!(after(paused).await, Phase::Running, "it goes on");
    }
}
