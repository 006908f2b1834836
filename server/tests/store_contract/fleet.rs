//! The table of a fleet: of two processes one has a room, by a term that it has alone; whoever is silent for too long loses
//! what it had, and no lock is in the way.

use crate::{
    bench::Bench,
    samples::{first_group, new_session},
};
use outcry_server::{
    code::Code,
    store::{Building, Claimed, Held, KeptRoom, Place, Register, Sign, Store, StoreError, View},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

/// A fleet of this test's own.
struct Fleet {
    url: String,
    house: String,
    building: Building,
}

impl Fleet {
    async fn new(bench: &Bench) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let url = bench.url().unwrap();
        let house = format!("fleet-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let building = Building::open_in_fleet(&place(&url, &house)).await.unwrap();
        Self { url, house, building }
    }

    /// A process that is reached at a host of this fleet's own.
    async fn process(&self, host: &str) -> Register {
        let address = format!("{host}.{}:7777", self.house);
        Register::open(&place(&self.url, &self.house), &address).await.unwrap()
    }

    async fn member(&self, host: &str) -> Register {
        let process = self.process(host).await;
        assert!(process.enter().await.unwrap());
        process
    }

    async fn room(&self, number: u32) -> Code {
        let code = Code::fresh().unwrap();
        assert!(self.building.add_room(&self.house, (&code, number), &new_session().config, true).await.unwrap());
        code
    }

    /// As if so much time had passed since the last sign of life.
    async fn silence(&self, table: &str, key: &str, seconds: u32) {
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        let column = if table == "rooms" { "code" } else { "address" };
        let silent = format!("UPDATE {table} SET beat = beat - INTERVAL '{seconds} seconds' WHERE {column} = '{key}'");
        connection.execute(AssertSqlSafe(silent)).await.unwrap();
    }
}

fn place<'a>(url: &'a str, house: &'a str) -> Place<'a> {
    Place { server: house, ..Place::of(Some(url), Path::new("")) }
}

fn held(code: &Code, term: u64) -> Held {
    Held { code: code.clone(), term, board: r#"{"seats":3}"#.to_owned() }
}

fn holder(view: &View, code: &Code) -> Option<String> {
    view.rooms.iter().find(|row| row.code == *code).expect("the room is there").holder.clone()
}

fn has(view: &View, process: &Register) -> bool {
    view.members.iter().any(|member| member.address == process.address())
}

pub(crate) async fn a_room_has_one_holder_who_keeps_it_while_it_lives(bench: Bench) {
    let fleet = Fleet::new(&bench).await;
    let (one, two) = (fleet.member("one").await, fleet.member("two").await);
    let (code, other) = (fleet.room(1).await, fleet.room(2).await);
    let view = one.view().await.unwrap();
    assert!(has(&view, &one) && has(&view, &two));
    assert_eq!(
        view.rooms.iter().map(|row| (&row.code, row.number, row.term)).collect::<Vec<_>>(),
        [(&code, 1, 0), (&other, 2, 0)]
    );
    assert_eq!((holder(&view, &code), holder(&view, &other)), (None, None));

    let claimed = one.claim(&code, 0).await.unwrap().expect("nobody has it");
    let room = KeptRoom { code: code.clone(), number: 1, config: Some(new_session().config), is_open: true };
    assert_eq!(claimed, Claimed { room, term: 1, is_warm: false });
    for seen in [0, 1, 2] {
        assert_eq!(two.claim(&code, seen).await.unwrap(), None, "its holder lives");
    }
    assert_eq!(one.claim(&code, 1).await.unwrap(), None, "nor once more");
    let raced = tokio::join!(one.claim(&other, 0), two.claim(&other, 0));
    let won = [raced.0.unwrap(), raced.1.unwrap()].map(|claimed| claimed.is_some());
    assert!(won[0] != won[1], "of two at the same time one has it");

    let kept = one.beat(&[held(&code, 1)], false).await.unwrap();
    assert_eq!(kept, Sign { is_member: true, kept: vec![(code.clone(), true)] });
    let view = two.view().await.unwrap();
    let row = view.rooms.iter().find(|row| row.code == code).unwrap();
    assert_eq!((row.holder.as_deref(), row.board.as_deref()), (Some(one.address()), Some(r#"{"seats":3}"#)));
    fleet.silence("rooms", code.as_str(), 2).await;
    assert_eq!(two.claim(&code, 1).await.unwrap(), None, "two seconds are no silence");

    fleet.silence("rooms", code.as_str(), 2).await;
    assert_eq!(holder(&two.view().await.unwrap(), &code), None);
    assert_eq!(two.claim(&code, 0).await.unwrap(), None, "not by an old term");
    let claimed = two.claim(&code, 1).await.unwrap().expect("its holder is silent");
    assert_eq!((claimed.term, claimed.is_warm), (2, true), "who was in it is on the way");
    assert_eq!(one.beat(&[held(&code, 1)], false).await.unwrap().kept, [], "it is lost");
    one.let_go(&code, 1).await.unwrap();
    assert_eq!(
        holder(&one.view().await.unwrap(), &code).as_deref(),
        Some(two.address()),
        "nothing is let go by an old term"
    );

    two.let_go(&code, 2).await.unwrap();
    fleet.silence("rooms", code.as_str(), 59).await;
    let claimed = one.claim(&code, 2).await.unwrap().expect("it was let go");
    assert_eq!((claimed.term, claimed.is_warm), (3, true));
    fleet.silence("rooms", code.as_str(), 90).await;
    let claimed = one.claim(&code, 3).await.unwrap().expect("it is long ago");
    assert_eq!((claimed.term, claimed.is_warm), (4, false), "all processes were away");
    two.take(&code, 3).await.unwrap();
    assert_eq!(one.beat(&[held(&code, 4)], false).await.unwrap().kept.len(), 1, "not by an old term");
    assert!(fleet.building.close_room(&code).await.unwrap());
    assert_eq!(one.beat(&[held(&code, 4)], false).await.unwrap().kept, [(code.clone(), false)], "it is to end");
    one.let_go(&code, 4).await.unwrap();
    assert_eq!(two.claim(&code, 4).await.unwrap(), None, "what is closed is nobody's");
    assert!(two.view().await.unwrap().rooms.iter().all(|row| row.code != code));
    let raced = one.view().await.unwrap().rooms.remove(0);
    two.take(&other, raced.term).await.unwrap();
    assert_eq!(holder(&one.view().await.unwrap(), &other), None, "taken for another try");
    one.leave().await.unwrap();
    two.leave().await.unwrap();
}

pub(crate) async fn an_address_is_of_one_process_that_lives(bench: Bench) {
    let fleet = Fleet::new(&bench).await;
    let (first, second) = (fleet.member("one").await, fleet.process("one").await);
    assert!(!second.enter().await.unwrap(), "the first lives");
    assert!(!second.beat(&[], false).await.unwrap().is_member);
    assert!(first.enter().await.unwrap(), "it is its own");
    first.beat(&[], true).await.unwrap();
    let view = first.view().await.unwrap();
    assert!(view.members.iter().any(|member| member.address == first.address() && member.is_draining));
    fleet.silence("members", first.address(), 4).await;
    assert!(!has(&first.view().await.unwrap(), &first), "it is silent");
    assert!(second.enter().await.unwrap());
    assert!(!first.beat(&[], false).await.unwrap().is_member, "it learns that it has been replaced");
    first.leave().await.unwrap();
    assert!(has(&second.view().await.unwrap(), &second), "and leaves nothing but its own");
    second.leave().await.unwrap();
}

/// Whoever claims a room goes on with its session at once; the one before writes nothing more. Nobody holds a lock.
pub(crate) async fn a_claim_needs_no_lock(bench: Bench) {
    let fleet = Fleet::new(&bench).await;
    let code = fleet.room(1).await;
    let older: Arc<dyn Store> = fleet.building.room(code.as_str());
    let id = older.create(&new_session()).await.unwrap();
    older.accept(&first_group()).await.unwrap();
    older.ready().await.unwrap();
    let newer_building = Building::open_in_fleet(&place(&fleet.url, &fleet.house)).await.unwrap();
    let newer = newer_building.room(code.as_str());
    assert_eq!(newer.sessions().await.unwrap().iter().map(|session| session.id).collect::<Vec<_>>(), [id]);
    newer.claim(id).await.unwrap();
    assert!(matches!(older.accept(&first_group()).await, Err(StoreError::Superseded(of)) if of == id));
    assert!(matches!(older.ready().await, Err(StoreError::Superseded(_))));
    newer.ready().await.unwrap();
    let mut connection = PgConnection::connect(&fleet.url).await.unwrap();
    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = $1";
    let locked: i64 = sqlx::query_scalar(locks).bind(id.0 as i64).fetch_one(&mut connection).await.unwrap();
    assert_eq!(locked, 0);
    // A command beside it sees by its signs of life that it is served.
    let command = bench.open().await;
    let signs = async {
        loop {
            newer.ready().await.unwrap();
        }
    };
    tokio::select! {
        refused = command.purge(id) => assert!(matches!(refused, Err(StoreError::Locked(_))), "{refused:?}"),
        () = signs => {}
    }
    newer.close().await.unwrap();
    older.close().await.unwrap();
}
