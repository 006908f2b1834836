//! A store that answers late, or not for a while: nothing acknowledged is lost, nothing is made up, and
//! the market goes on when the store does.

use crate::{
    faulty::{Fault, Place},
    hall::{Hall, config},
    recovery::{now, wait},
};
use outcry_engine::UserId;
use outcry_server::{
    Health,
    market::{Opening, open_session},
    store::{MemoryStore, SessionId, Store},
};
use outcry_shared::{
    ClientMessage, ServerMessage,
    config::SessionConfig,
    message::{HostAct, HostRequest, SeatClaim},
    phase::Phase,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

/// Longer than anybody waits for a store, in ms.
const LONG_MS: u64 = 6_500;

/// A store of every kind; PostgreSQL is left out where `TEST_DATABASE_URL` is not set.
pub(crate) fn places() -> Vec<Place> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let unique = format!("stalls_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(&unique).join("floor.db");
    let mut places = vec![Place::Memory(MemoryStore::default()), Place::Database(format!("sqlite:{}", file.display()))];
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        assert!(std::env::var_os("CI").is_none(), "TEST_DATABASE_URL is not set: PostgreSQL must be tested");
        return places;
    };
    let (server, _) = url.rsplit_once('/').unwrap();
    wait(async {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {unique}"))).execute(&mut connection).await.unwrap();
    });
    places.push(Place::Database(format!("{server}/{unique}")));
    places
}

pub(crate) fn names(hall: &Hall) -> Vec<String> {
    now(hall.store.users(hall.session().id())).into_iter().map(|user| user.name).collect()
}

#[test]
fn who_joins_during_a_late_answer_is_stored_or_told_to_wait() {
    for place in places() {
        let mut hall = Hall::on(place, config());
        hall.store.fail_next(Fault::Late(LONG_MS));
        let mut ada = hall.join("Ada");
        let mut bob = hall.join("Bob");
        hall.pass_ms(2_000);
        for (guest, name) in [(&mut ada, "Ada"), (&mut bob, "Bob")] {
            guest.hear();
            let welcomed = guest.heard.iter().any(|message| matches!(message, ServerMessage::Welcome(_)));
            assert_eq!(welcomed, names(&hall).contains(&name.to_owned()), "{name} is welcome exactly when stored");
            assert!(welcomed || guest.refusal().is_some(), "{name} has a word");
        }
        assert_eq!(names(&hall)[0], "Ada");
        let hall = hall.crash();
        assert_eq!(hall.fatal(), None);
    }
}

#[test]
fn an_order_during_a_late_answer_is_stored_or_refused() {
    for place in places() {
        let mut hall = Hall::on(place, config());
        let mut host = hall.host();
        hall.act(&mut host, HostAct::Start).unwrap();
        let (mut ada, mut bob) = (hall.join("Ada"), hall.join("Bob"));
        hall.pass_ms(300);
        hall.store.fail_next(Fault::Late(LONG_MS));
        let order = ada.buys(10);
        hall.say(&mut ada, ClientMessage::Order(order));
        let order = bob.buys(10);
        hall.say(&mut bob, ClientMessage::Order(order));
        hall.pass_ms(3_000);
        let stored = now(hall.store.orders(SessionId(1), 0));
        for guest in [&mut ada, &mut bob] {
            guest.hear();
            let ack = guest.acks()[0].clone();
            match ack.result {
                Ok((id, _)) => assert!(stored.iter().any(|row| row.order.id == id), "an acknowledged order is stored"),
                Err(refused) => assert!(refused.reason.contains("try again"), "{}", refused.reason),
            }
        }
        assert!(ada.acks()[0].result.is_ok());
        assert_eq!(hall.fatal(), None);
    }
}

#[test]
fn an_order_sent_again_lets_no_time_pass_over_an_unstored_tick() {
    for place in places() {
        let mut hall = Hall::on(place, config());
        let mut host = hall.host();
        hall.act(&mut host, HostAct::Start).unwrap();
        let mut ada = hall.join("Ada");
        let first = ada.buys(1);
        hall.say(&mut ada, ClientMessage::Order(first.clone()));
        hall.pass_ms(900);
        // The tick is not stored for three tries; the first order is sent again at each of them.
        for attempt in 0..3 {
            hall.store.fail_next(Fault::Lost);
            let before = hall.session().now_ms();
            hall.send(&mut ada, &ClientMessage::Order(first.clone()));
            hall.clock.advance_ms(300);
            hall.lap();
            assert!(attempt == 0 || hall.session().now_ms() == before, "time stands still while a tick is not stored");
        }
        ada.hear();
        assert!(ada.acks().len() >= 4, "each of them is answered from what is stored: {}", ada.acks().len());
        hall.pass_ms(1_000);
        assert_eq!(hall.fatal(), None);
        assert_eq!(now(hall.store.trades(SessionId(1), 0)).len(), 1);
    }
}

/// Sends two acts for one lap.
fn both(hall: &mut Hall, host: &mut crate::hall::Host, acts: [HostAct; 2]) {
    for act in acts {
        let request =
            HostRequest { grant: host.grant, request_id: host.next_request, session: hall.session().id().0, act };
        host.next_request += 1;
        hall.send(&mut host.guest, &ClientMessage::Host(Box::new(request)));
    }
    hall.lap();
    hall.lap();
}

fn rename(user: u32, name: &str) -> HostAct {
    HostAct::Rename { user: UserId(user), name: name.to_owned() }
}

fn renames_hold(place: Place) {
    let mut hall = Hall::on(place, config());
    let mut host = hall.host();
    hall.join("Ada");
    hall.join("Bob");
    both(&mut hall, &mut host, [rename(2, "Bert"), rename(1, "Bob")]);
    assert_eq!((hall.fatal(), names(&hall)), (None, vec!["Bob".to_owned(), "Bert".to_owned()]));
    both(&mut hall, &mut host, [rename(1, "Al"), rename(1, "Alma")]);
    assert_eq!((hall.fatal(), &*names(&hall)[0]), (None, "Alma"));
    // Names are exchanged by way of a third.
    both(&mut hall, &mut host, [rename(1, "Zoe"), rename(2, "Alma")]);
    both(&mut hall, &mut host, [rename(1, "Bert"), HostAct::SetDoor { open: true }]);
    assert_eq!((hall.fatal(), names(&hall)), (None, vec!["Bert".to_owned(), "Alma".to_owned()]));
    let hall = hall.crash();
    assert_eq!(names(&hall), ["Bert", "Alma"]);
}

#[test]
fn renames_of_one_lap_hold_under_the_unique_names() {
    for place in places() {
        renames_hold(place);
    }
}

fn reopening_is_whole(place: Place, fault: Fault, act: &HostAct) {
    let mut hall = Hall::on(place, config());
    let mut host = hall.host();
    let mut ada = hall.join("Ada");
    let token = ada.token();
    hall.join("Bob");
    hall.store.fail_next(fault);
    let effect = hall.act(&mut host, act.clone());
    assert_eq!(hall.fatal(), None, "{fault:?}");
    let served = hall.session().id();
    assert_eq!(served != SessionId(1), effect.is_ok(), "{fault:?}");
    assert_eq!(now(hall.store.sessions()).len(), if effect.is_ok() { 2 } else { 1 }, "{fault:?}: none is left over");
    assert_eq!(names(&hall), ["Ada", "Bob"], "{fault:?}: everyone keeps their seat");
    hall.act(&mut host, HostAct::Start).unwrap();
    ada.hear();
    ada.heard.clear();
    let order = ada.buys(3);
    hall.say(&mut ada, ClientMessage::Order(order));
    assert!(ada.acks()[0].result.is_ok(), "{fault:?}: it is played");
    hall.pass_ms(1_500);
    let mut hall = hall.crash();
    assert_eq!(
        (hall.session().id(), hall.session().phase()),
        (served, Phase::Paused),
        "{fault:?}: the one that was played goes on"
    );
    assert_eq!(names(&hall), ["Ada", "Bob"]);
    assert_eq!(hall.resume(token).welcome().you.as_ref().unwrap().name, "Ada");
}

#[test]
fn a_reset_during_a_hiccup_loses_no_seat() {
    let richer = || {
        let mut richer: SessionConfig = config();
        richer.params.starting_balance.0 *= 2;
        HostAct::Configure(Box::new(richer))
    };
    for fault in [Fault::Lost, Fault::ReplyLost, Fault::Late(LONG_MS), Fault::Abandoned(0), Fault::Abandoned(3)] {
        for place in places() {
            reopening_is_whole(place, fault, &HostAct::Reset);
        }
        for place in places() {
            reopening_is_whole(place, fault, &richer());
        }
    }
}

#[test]
fn a_store_that_is_away_for_a_while_costs_nobody_anything() {
    for place in places() {
        let mut hall = Hall::on(place, config());
        let mut host = hall.host();
        hall.act(&mut host, HostAct::Start).unwrap();
        let mut ada = hall.join("Ada");
        hall.pass_ms(500);
        let order = ada.buys(1);
        hall.say(&mut ada, ClientMessage::Order(order));
        assert!(ada.acks()[0].result.is_ok());
        hall.store.set_away(true);
        host.guest.hear();
        host.guest.heard.clear();
        hall.pass_ms(30_000);
        let refused = ada.buys(1);
        hall.say(&mut ada, ClientMessage::Order(refused));
        let reason = ada.acks().last().unwrap().result.clone().unwrap_err().reason;
        assert!(reason.contains("cannot be written"), "{reason}");
        let newcomer = hall.claim(SeatClaim::Spectate);
        assert!(newcomer.refusal().unwrap().contains("cannot be written"), "whoever comes has a word");
        let health = hall.app.world().resource::<Health>().clone();
        assert!(health.trouble().is_some(), "the server says that it is not ready");
        host.guest.hear();
        let told = |message: &ServerMessage| matches!(message, ServerMessage::HostState(state) if state.watch.trouble.as_ref().is_some_and(|why| why.contains("nothing is stored")));
        assert!(host.guest.heard.iter().filter(|message| told(message)).count() >= 20, "the host sees it");
        hall.store.set_away(false);
        hall.pass_ms(2_000);
        assert_eq!((hall.fatal(), health.trouble()), (None, None));
        assert_eq!(hall.session().phase(), Phase::Running, "play goes on by itself");
        assert!(hall.session().now_ms() < 4_000, "and no time was lost: {}", hall.session().now_ms());
        assert_eq!(now(hall.store.trades(SessionId(1), 0)).len(), 1);
        assert!(hall.claim(SeatClaim::Spectate).refusal().is_none());
    }
}

/// What a restart of the database does to a server: every connection ends, and the lock with them.
#[test]
fn a_restarted_database_is_played_on_and_its_lock_taken_again() {
    let Some(place) =
        places().pop().filter(|place| matches!(place, Place::Database(url) if url.starts_with("postgres")))
    else {
        return;
    };
    let Place::Database(url) = &place else { return };
    let url = url.clone();
    let count = |sql: &'static str| {
        wait(async {
            let mut connection = PgConnection::connect(&url).await.unwrap();
            sqlx::query_scalar::<_, i64>(sql).fetch_one(&mut connection).await.unwrap()
        })
    };
    let locks = "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE locktype = 'advisory' AND datname = current_database() AND objid = 1";
    let restart = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut hall = Hall::on(place, config());
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Start).unwrap();
    let mut ada = hall.join("Ada");
    hall.pass_ms(700);
    assert_eq!(count(locks), 1);
    assert!(count(restart) > 0);
    let opening = Opening { config: config(), phase: Phase::Lobby, asked: false };
    let mut taken = 0;
    for lap in 0..400 {
        let order = ada.buys(1);
        hall.say(&mut ada, ClientMessage::Order(order));
        hall.pass_ms(100);
        if count(locks) == 1 {
            taken = lap + 1;
            break;
        }
    }
    assert!(taken > 0, "the lap takes the lock again");
    hall.pass_ms(2_000);
    assert_eq!(hall.fatal(), None);
    let second = wait(async { open_session(&*hall.place.open().await, &opening).await });
    assert!(second.unwrap_err().to_string().contains("another server"));
    ada.hear();
    let stored = now(hall.store.orders(SessionId(1), 0));
    for ack in ada.acks() {
        if let Ok((id, _)) = &ack.result {
            assert!(stored.iter().any(|row| row.order.id == *id), "an acknowledged order is stored");
        }
    }
}
