//! What every store must do.

use crate::{
    bench::Bench,
    samples::{change, fill, first_group, first_tick, level, limit, market, new_session, quiet_tick, user},
};
use outcry_engine::{Input, OrderId, OrderStatus, UserId};
use outcry_server::store::{
    ANSWERS_KEPT, AcceptedOrder, Committed, Duplicate, EventRow, Group, NewSession, PAGE_ROWS, Rename, SeatUpdate,
    SessionId, SnapshotRow, Store, StoreError, UserChange, UserRow, Wanted,
};
use std::sync::Arc;

/// A server with a new session.
async fn serving(bench: &Bench) -> (Arc<dyn Store>, SessionId) {
    let store = bench.open().await;
    let id = store.create(&new_session()).await.unwrap();
    (store, id)
}

/// A server with a session in which the sample group was accepted.
pub(crate) async fn started(bench: &Bench) -> (Arc<dyn Store>, SessionId) {
    let (store, id) = serving(bench).await;
    assert_eq!(store.accept(&first_group()).await.unwrap(), []);
    (store, id)
}

/// Everything that can be read of a session, as text to compare.
pub(crate) async fn everything(store: &dyn Store, id: SessionId) -> String {
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        store.load(id).await.unwrap(),
        store.session(id).await.unwrap(),
        store.positions(id).await.unwrap(),
        store.lob_pools(id).await.unwrap(),
        store.orders(id, 0).await.unwrap(),
        store.trades(id, 0).await.unwrap(),
        store.events(id, 0).await.unwrap(),
        store.ticks(id, 0).await.unwrap(),
        store.metrics(id, 0).await.unwrap(),
        store.contents(id, Wanted { cash: true, ..Wanted::default() }).await.unwrap().cash,
    )
}

pub(crate) async fn everything_comes_back_as_it_went_in(bench: Bench) {
    let (store, id) = started(&bench).await;
    let (group, tick) = (first_group(), first_tick());
    assert_eq!(store.commit_tick(&tick).await.unwrap(), Committed::Now);

    let state = store.session(id).await.unwrap();
    let set = group.session.clone().unwrap();
    assert_eq!((state.phase, state.clock_ms, state.tick), (tick.phase, tick.now_ms, 1));
    assert_eq!((state.door_open, &state.config, &state.script), (false, &set.config, &set.script));

    let users = store.users(id).await.unwrap();
    let (first, second) = (&users[0], &users[1]);
    assert_eq!((&first.name, &first.skeleton), (&group.users[0].name, &group.users[0].skeleton));
    assert_eq!((first.token_hash, first.bot, first.open), ([1; 32], false, false));
    assert_eq!(
        (first.deposit, first.balance, first.net_pnl),
        (group.users[0].deposit, tick.users[0].balance, tick.users[0].net_pnl)
    );
    assert_eq!((first.trade_count, first.gas_paid), (1, tick.users[0].gas_paid));
    assert_eq!((second.bot, second.open, second.balance), (true, true, group.users[1].deposit));

    let orders = store.orders(id, 0).await.unwrap();
    assert_eq!(
        orders.iter().map(|row| &row.order).collect::<Vec<_>>(),
        group.orders.iter().map(|new| &new.order).collect::<Vec<_>>()
    );
    assert_eq!((orders[0].client_order_id, orders[1].client_order_id), (Some(u64::MAX), None));
    for (row, change) in orders.iter().zip(&tick.orders) {
        assert_eq!((row.status, row.filled, row.remaining), (change.status, change.filled, change.remaining));
        assert_eq!((&row.reason, row.gas, row.tick_accepted), (&change.reason, change.gas, Some(1)));
    }
    assert_eq!(store.positions(id).await.unwrap(), tick.positions);
    assert_eq!(store.lob_pools(id).await.unwrap(), tick.lob_pools);
    let trades = store.trades(id, 0).await.unwrap();
    assert_eq!(trades.iter().map(|row| (row.tick, row.fill.clone())).collect::<Vec<_>>(), [(1, fill(1))]);
    let events: Vec<_> = store.events(id, 0).await.unwrap();
    assert_eq!(
        events.iter().map(|(number, event)| (*number, event.kind.as_str())).collect::<Vec<_>>(),
        [(1, "HOST_ACT"), (2, "FREEZE")]
    );
    let act: serde_json::Value = serde_json::from_str(&events[0].1.payload).unwrap();
    assert_eq!(act, serde_json::json!({"act": "start \"now\""}));
    let ticks = store.ticks(id, 0).await.unwrap();
    assert_eq!(
        (ticks[0].summary.clone(), ticks[0].state_hash, ticks[0].ts_ms),
        (tick.summary(), tick.state_hash, tick.now_ms)
    );
    let whole = store.load_whole(id).await.unwrap().inputs;
    assert!(whole.len() > 1);
    assert_eq!(store.inputs(id, 0).await.unwrap(), whole);
    assert_eq!(store.inputs(id, whole[0].seq).await.unwrap(), whole[1..]);
    let metrics = store.metrics(id, 0).await.unwrap();
    assert_eq!((metrics[0].tick, metrics[0].metrics), (1, tick.metrics));

    let before = everything(&*store, id).await;
    bench.crash(store).await;
    assert_eq!(everything(&*bench.open().await, id).await, before, "reopened");
}

pub(crate) async fn what_was_accepted_survives_a_crash(bench: Bench) {
    let (store, id) = started(&bench).await;
    bench.crash(store).await;

    let store = bench.open().await;
    store.claim(id).await.unwrap();
    let record = store.load(id).await.unwrap();
    let group = first_group();
    assert_eq!(record.waiting_orders, group.orders);
    assert_eq!(record.waiting_cancels, group.cancels);
    let joins: Vec<_> = record.inputs.iter().map(|input| (input.seq, input.tick, input.input.clone())).collect();
    let join = |new: &outcry_server::store::NewUser| Input::Join { user: new.user, deposit: new.deposit };
    assert_eq!(joins, [(1, 1, join(&group.users[0])), (2, 1, join(&group.users[1]))]);
    assert_eq!((record.last_order, record.last_seq, record.last_group), (OrderId(2), 2, 1));

    store.commit_tick(&first_tick()).await.unwrap();
    let record = store.load(id).await.unwrap();
    assert_eq!((record.waiting_orders, record.waiting_cancels), (vec![], vec![]));
    let inputs: Vec<_> = record.inputs.iter().skip(2).map(|input| input.input.clone()).collect();
    assert_eq!(inputs, first_tick().inputs);
    assert_eq!((record.hashes, record.last_seq), (vec![(1, [7; 32])], 4));
}

pub(crate) async fn a_client_id_has_one_effect(bench: Bench) {
    let (store, id) = started(&bench).await;
    let orders = vec![
        market(3, 1, Some(u64::MAX)),
        limit(4, 2, Some(5)),
        limit(5, 2, Some(5)),
        limit(6, 1, None),
        limit(7, 1, None),
        limit(8, 1, Some(5)),
    ];
    let group = Group { number: 2, orders, ..Group::default() };
    let duplicate = |given, stored| Duplicate { given: OrderId(given), stored: OrderId(stored), ts_ms: 1_234 };
    assert_eq!(store.accept(&group).await.unwrap(), [duplicate(3, 1), duplicate(5, 4)]);
    let ids: Vec<_> = store.orders(id, 0).await.unwrap().iter().map(|row| row.order.id.0).collect();
    assert_eq!(ids, [1, 2, 4, 6, 7, 8]);
}

pub(crate) async fn a_group_has_one_effect(bench: Bench) {
    let (store, id) = started(&bench).await;
    let before = everything(&*store, id).await;
    assert_eq!(store.accept(&first_group()).await.unwrap(), []);
    assert_eq!(everything(&*store, id).await, before, "sent again");
    let gap = Group { number: 3, ..Group::default() };
    assert!(matches!(store.accept(&gap).await, Err(StoreError::GroupOrder { given: 3, stored: 1 })));
    let rename = Rename { user: UserId(2), name: "Bo".to_owned(), skeleton: "bo".to_owned() };
    store.accept(&Group { number: 2, renames: vec![rename], ..Group::default() }).await.unwrap();
    assert_eq!(store.users(id).await.unwrap()[1].name, "Bo");
    assert_eq!(store.load(id).await.unwrap().last_group, 2);
}

pub(crate) async fn a_seat_goes_to_another_key(bench: Bench) {
    let (store, id) = started(&bench).await;
    let update = |user, byte, open| SeatUpdate { user: UserId(user), token_hash: [byte; 32], open };
    let seats = vec![update(2, 9, true), update(1, 1, false)];
    store.accept(&Group { number: 2, seats, ..Group::default() }).await.unwrap();
    // A seat of the same group, too.
    let seats = vec![update(3, 7, true)];
    store.accept(&Group { number: 3, users: vec![user(3, 3)], seats, ..Group::default() }).await.unwrap();
    bench.crash(store).await;
    let users = bench.open().await.users(id).await.unwrap();
    let seen: Vec<_> = users.iter().map(|row| (row.user.0, row.token_hash, row.open)).collect();
    assert_eq!(seen, [(1, [1; 32], false), (2, [9; 32], true), (3, [7; 32], true)]);
}

pub(crate) async fn a_refused_group_leaves_nothing(bench: Bench) {
    let (store, id) = started(&bench).await;
    let before = everything(&*store, id).await;
    let good = || Group { number: 2, orders: vec![limit(9, 1, Some(9))], ..Group::default() };
    let same_name = outcry_server::store::NewUser { skeleton: "zoe1".to_owned(), ..user(3, 3) };
    let orders = |order: AcceptedOrder| vec![limit(9, 1, Some(9)), order];
    for bad in [
        Group { users: vec![same_name], ..good() },
        Group { users: vec![user(1, 3)], ..good() },
        Group { orders: orders(limit(1, 1, Some(10))), ..good() },
        Group { orders: orders(limit(10, 77, None)), ..good() },
    ] {
        let answer = store.accept(&bad).await;
        assert!(matches!(answer, Err(StoreError::Refused(_))), "{answer:?} to {bad:?}");
        assert_eq!(everything(&*store, id).await, before);
    }
    store.accept(&good()).await.unwrap();
}

pub(crate) async fn a_refused_tick_leaves_nothing(bench: Bench) {
    let (store, id) = started(&bench).await;
    store.commit_tick(&first_tick()).await.unwrap();
    let before = everything(&*store, id).await;
    let mut bad = quiet_tick(2, 5);
    bad.orders = vec![change(1, OrderStatus::Filled, crate::samples::MOST, 0, None)];
    bad.users = first_tick().users;
    bad.users[0].open = true;
    bad.events = vec![EventRow::named("RESUME", &serde_json::json!({}), 3)];
    bad.lob_pools = vec![level(0)];
    bad.trades = vec![fill(2), fill(1)];
    assert!(matches!(store.commit_tick(&bad).await, Err(StoreError::Refused(_))), "a trade's id is taken");
    assert_eq!(everything(&*store, id).await, before);
    bad.trades = vec![fill(2)];
    bad.first_seq = 4;
    assert!(matches!(store.commit_tick(&bad).await, Err(StoreError::Refused(_))), "an input's number is taken");
    assert_eq!(everything(&*store, id).await, before);

    bad.first_seq = 5;
    store.commit_tick(&bad).await.unwrap();
    assert_eq!(store.lob_pools(id).await.unwrap(), []);
    let order = &store.orders(id, 0).await.unwrap()[0];
    assert_eq!((order.status, order.gas.0, order.tick_accepted), (OrderStatus::Filled, 6, Some(1)));
}

pub(crate) async fn a_trade_is_of_accounts_that_are_known(bench: Bench) {
    let (store, id) = started(&bench).await;
    let before = everything(&*store, id).await;
    let mut without = first_tick();
    without.users.clear();
    let mut unknown = first_tick();
    unknown.users.push(UserChange { user: UserId(77), ..unknown.users[0] });
    for bad in [without, unknown] {
        let answer = store.commit_tick(&bad).await;
        assert!(matches!(answer, Err(StoreError::Refused(_))), "{answer:?}");
        assert_eq!(everything(&*store, id).await, before);
    }
    store.commit_tick(&first_tick()).await.unwrap();
}

pub(crate) async fn only_the_last_answers_come_back(bench: Bench) {
    let (store, id) = serving(&bench).await;
    let order = |nth: u64| limit(nth, 1, Some(nth));
    let orders = vec![order(1), order(2), order(ANSWERS_KEPT + 1), order(ANSWERS_KEPT + 2)];
    store.accept(&Group { number: 1, users: vec![user(1, 1)], orders, ..Group::default() }).await.unwrap();
    let answers = store.load(id).await.unwrap().answers;
    assert_eq!(answers.iter().map(|answer| answer.2.0).collect::<Vec<_>>(), [ANSWERS_KEPT + 1, ANSWERS_KEPT + 2]);
    let again = AcceptedOrder { client_order_id: Some(1), ..limit(ANSWERS_KEPT + 3, 1, None) };
    let duplicates = store.accept(&Group { number: 2, orders: vec![again], ..Group::default() }).await.unwrap();
    let expected = Duplicate { given: OrderId(ANSWERS_KEPT + 3), stored: OrderId(1), ts_ms: 1_234 };
    assert_eq!(duplicates, [expected], "an older one has no second effect");
}

pub(crate) async fn a_tick_has_one_effect(bench: Bench) {
    let (store, id) = started(&bench).await;
    store.commit_tick(&first_tick()).await.unwrap();
    let before = everything(&*store, id).await;
    assert_eq!(store.commit_tick(&first_tick()).await.unwrap(), Committed::Before);
    let mut other = first_tick();
    other.state_hash = [8; 32];
    assert!(matches!(store.commit_tick(&other).await, Err(StoreError::TickOrder { given: 1, stored: 1 })));
    assert!(matches!(store.commit_tick(&quiet_tick(3, 5)).await, Err(StoreError::TickOrder { given: 3, stored: 1 })));
    assert_eq!(everything(&*store, id).await, before);
}

pub(crate) async fn a_second_server_is_refused(bench: Bench) {
    let (store, id) = serving(&bench).await;
    let second = bench.open().await;
    let refused = second.claim(id).await.unwrap_err();
    assert!(matches!(refused, StoreError::Locked(_) | StoreError::FileLocked(_)), "{refused:?}");
    assert!(second.accept(&first_group()).await.is_err());
    store.ready().await.unwrap();
    store.accept(&first_group()).await.unwrap();
    bench.crash(store).await;
    second.claim(id).await.unwrap();
    second.ready().await.unwrap();
    second.commit_tick(&first_tick()).await.unwrap();
}

pub(crate) async fn writing_needs_a_claim(bench: Bench) {
    let (store, _) = started(&bench).await;
    bench.crash(store).await;
    let store = bench.open().await;
    assert!(matches!(store.accept(&first_group()).await, Err(StoreError::NotClaimed)));
    assert!(matches!(store.commit_tick(&first_tick()).await, Err(StoreError::NotClaimed)));
}

pub(crate) async fn a_snapshot_shortens_the_record(bench: Bench) {
    let (store, id) = started(&bench).await;
    store.commit_tick(&first_tick()).await.unwrap();
    let snapshot = |tick, seq| {
        let bytes = vec![0, 255, u8::try_from(tick).unwrap()];
        SnapshotRow { session: id, tick, seq, state_hash: [7; 32], bytes }
    };
    store.snapshot(&snapshot(1, 4)).await.unwrap();
    store.commit_tick(&quiet_tick(2, 5)).await.unwrap();
    store.commit_tick(&quiet_tick(3, 6)).await.unwrap();
    let record = store.load(id).await.unwrap();
    assert_eq!(record.snapshot, Some(snapshot(1, 4)));
    assert_eq!(record.inputs.iter().map(|input| (input.seq, input.tick)).collect::<Vec<_>>(), [(5, 2), (6, 3)]);
    assert_eq!(record.hashes, [(2, [2; 32]), (3, [3; 32])]);
    let whole = store.load_whole(id).await.unwrap();
    assert_eq!((whole.snapshot, whole.inputs.len(), whole.hashes.len()), (None, 6, 3));
    assert_eq!((whole.last_seq, whole.last_group, whole.users), (record.last_seq, record.last_group, record.users));
    store.snapshot(&snapshot(3, 6)).await.unwrap();
    let record = store.load(id).await.unwrap();
    assert_eq!((record.snapshot, record.inputs, record.hashes), (Some(snapshot(3, 6)), vec![], vec![]));
}

pub(crate) async fn long_tables_come_in_pages(bench: Bench) {
    let (store, id) = serving(&bench).await;
    let count = PAGE_ROWS + 10;
    let event = |number| EventRow::named("HOST_ACT", &serde_json::json!({"n": number}), 1);
    store.accept(&Group { number: 1, events: (1..=count).map(event).collect(), ..Group::default() }).await.unwrap();
    let first = store.events(id, 0).await.unwrap();
    assert_eq!((first.len(), first[0].0, first.last().unwrap().0), (PAGE_ROWS as usize, 1, PAGE_ROWS.into()));
    let second = store.events(id, PAGE_ROWS.into()).await.unwrap();
    assert_eq!((second.len(), second[9].0), (10, count.into()));
    let payload: serde_json::Value = serde_json::from_str(&second[9].1.payload).unwrap();
    assert_eq!(payload["n"], count);
}

pub(crate) async fn a_purged_session_is_gone(bench: Bench) {
    let (store, id) = started(&bench).await;
    store.commit_tick(&first_tick()).await.unwrap();
    store.snapshot(&SnapshotRow { session: id, tick: 1, seq: 4, state_hash: [7; 32], bytes: vec![1] }).await.unwrap();
    let other = bench.open().await;
    assert!(other.purge(id).await.is_err(), "served by another");
    assert!(store.purge(id).await.is_err(), "served by itself");
    bench.crash(store).await;
    let (kept, kept_id) = started(&bench).await;
    bench.crash(kept).await;
    other.purge(id).await.unwrap();
    assert!(matches!(other.load(id).await, Err(StoreError::UnknownSession(_))));
    let sessions = other.sessions().await.unwrap();
    assert!(sessions.iter().all(|session| session.id != id));
    assert_eq!(sessions.iter().find(|session| session.id == kept_id).unwrap().users, 2);
    assert_eq!(other.orders(kept_id, 0).await.unwrap().len(), 2);
}

pub(crate) async fn unknown_sessions_are_named(bench: Bench) {
    let store = bench.open().await;
    let unknown = SessionId(999_999_999);
    for error in [
        store.claim(unknown).await.unwrap_err(),
        store.load(unknown).await.unwrap_err(),
        store.orders(unknown, 0).await.unwrap_err(),
        store.purge(unknown).await.unwrap_err(),
    ] {
        assert_eq!(error.to_string(), "session 999999999 is not in this database");
    }
}

pub(crate) async fn names_go_from_hand_to_hand(bench: Bench) {
    let (store, id) = started(&bench).await;
    let users = store.users(id).await.unwrap();
    let (first, second) = (&users[0], &users[1]);
    let rename = |user, of: &UserRow| Rename { user, name: of.name.clone(), skeleton: of.skeleton.clone() };
    let renames = vec![rename(first.user, second), rename(second.user, first)];
    store.accept(&Group { number: 2, renames, ..Group::default() }).await.unwrap();
    let after = store.users(id).await.unwrap();
    assert_eq!((&after[0].skeleton, &after[1].skeleton), (&second.skeleton, &first.skeleton));
    let taken = Group { number: 3, renames: vec![rename(first.user, first)], ..Group::default() };
    assert!(matches!(store.accept(&taken).await, Err(StoreError::Refused(_))), "one name, one seat");
}

pub(crate) async fn a_session_follows_another_once(bench: Bench) {
    let (store, id) = started(&bench).await;
    let last =
        Group { number: 2, events: vec![EventRow::named("LAST", &serde_json::json!({}), 7)], ..Group::default() };
    let next = NewSession { users: vec![user(1, 1), user(2, 2)], ..new_session() };
    let gap = Group { number: 9, ..Group::default() };
    assert!(matches!(store.reopen(id, &gap, &next).await, Err(StoreError::GroupOrder { .. })));
    assert_eq!(store.served(), Some(id), "nothing has changed");
    let opened = store.reopen(id, &last, &next).await.unwrap();
    assert_eq!(store.reopen(id, &last, &next).await.unwrap(), opened, "asked again");
    assert_eq!(store.served(), Some(opened));
    assert_eq!(store.events(id, 0).await.unwrap().last().unwrap().1.kind, "LAST");
    let record = store.load(opened).await.unwrap();
    assert_eq!((record.users.len(), record.inputs.len(), record.last_seq, record.last_group), (2, 2, 2, 0));
    let group = Group { number: 1, orders: vec![limit(1, 1, Some(1))], ..Group::default() };
    assert_eq!(store.accept(&group).await.unwrap(), []);
    let clash = NewSession { users: vec![user(1, 1), user(1, 2)], ..new_session() };
    assert!(store.reopen(opened, &Group { number: 2, ..Group::default() }, &clash).await.is_err());
    assert_eq!(store.load(opened).await.unwrap().last_group, 1, "all of it or nothing");
}

/// A reset may come between a snapshot and its way into the store: it is of the session before.
pub(crate) async fn a_snapshot_stays_with_its_session(bench: Bench) {
    let (store, id) = started(&bench).await;
    let late = SnapshotRow { session: id, tick: 100, seq: 100, state_hash: [7; 32], bytes: vec![7] };
    let next = store.reopen(id, &Group { number: 2, ..Group::default() }, &new_session()).await.unwrap();
    assert!(matches!(store.snapshot(&late).await, Err(StoreError::NotClaimed)));
    assert_eq!(store.load(next).await.unwrap().snapshot, None);
}

pub(crate) async fn the_list_of_sessions_says_how_they_stand(bench: Bench) {
    let (store, id) = started(&bench).await;
    store.commit_tick(&first_tick()).await.unwrap();
    let other = bench.open().await;
    let line =
        async |store: &dyn Store| store.sessions().await.unwrap().into_iter().find(|info| info.id == id).unwrap();
    let info = line(&*other).await;
    assert_eq!((info.users, info.bots, info.ticks, info.orders, info.fills), (2, 1, 1, 2, 1));
    assert!(info.served && info.last_sign >= info.created_at, "{info:?}");
    assert!(store.size().await.unwrap() > 0 || store.kind() == "memory");
    store.close().await.unwrap();
    assert!(!line(&*other).await.served, "nobody serves it any more");
}
