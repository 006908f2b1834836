//! Rehearsals beside the session: begun, watched and given up by the host, in nobody's way, and noted in the record of
//! the session that was rehearsed.

use crate::{
    hall::{Hall, Host, config, runtime},
    host::host_state,
};
use outcry_lab::{
    rehearsal::{Means, Rehearsal as Wanted, rehearse},
    setup::Setup,
};
use outcry_server::{
    export::{Export, ExportError, make},
    rehearsals::Rehearsals,
    store::{SessionId, Store},
};
use outcry_shared::{
    ServerMessage,
    config::SessionConfig,
    message::{HostAct, Progress, Rehearsal},
    phase::Phase,
};
use std::sync::{Mutex, mpsc};

/// Parts of a rehearsal here: six kinds of attacks, a session.
const PARTS: u32 = 7;

/// Lets the hall rehearse a session at a time, a part for each permit.
fn permits(hall: &mut Hall) -> mpsc::Sender<()> {
    let (permits, taken) = mpsc::channel::<()>();
    let taken = Mutex::new(taken);
    let rehearsals = Rehearsals::by(Box::new(move |config, goes_on| {
        let goes_on = |done, of| goes_on(done, of) && taken.lock().unwrap().recv().is_ok() && goes_on(done, of);
        let wanted = Wanted { sessions: 1, attack_plans: 1, ..Wanted::new(Setup::new(config.clone())) };
        rehearse(&wanted, Means { threads: 1, clock: None, goes_on: &goes_on }).map_err(|error| error.to_string())
    }));
    hall.app.insert_resource(rehearsals.unwrap());
    permits
}

/// A session that no wait comes to the end of.
fn endless() -> SessionConfig {
    let mut config = config();
    (config.params.total_duration, config.params.mr_enabled) = (86_400, false);
    config.params.rounds.clear();
    config.script.eliminate.clear();
    config
}

/// Lets time pass until the host sees what is waited for.
fn seen(hall: &mut Hall, host: &mut Host, is: impl Fn(&Rehearsal) -> bool) -> Rehearsal {
    loop {
        hall.pass_ms(1_000);
        host.guest.hear();
        let shown = host_state(&host.guest.heard).map(|state| state.rehearsal.clone());
        match shown.filter(|rehearsal| is(rehearsal)) {
            Some(rehearsal) => return rehearsal,
            None => std::thread::yield_now(),
        }
    }
}

fn rehearsed(hall: &mut Hall, host: &mut Host, permits: &mpsc::Sender<()>, config: &SessionConfig) -> Rehearsal {
    hall.act(host, HostAct::Rehearse(Box::new(config.clone()))).unwrap();
    (0..=PARTS).for_each(|_| permits.send(()).unwrap());
    seen(hall, host, |rehearsal| rehearsal.sheet.as_ref().is_some_and(|sheet| sheet.config == *config))
}

fn exported(hall: &Hall, session: u64, export: Export) -> Result<String, ExportError> {
    let store = &*hall.store as &dyn Store;
    let made = runtime().block_on(make(store, SessionId(session), export));
    made.map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn a_rehearsal_is_begun_watched_and_given_up_while_the_session_goes_on() {
    let mut hall = Hall::with(endless());
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Start).unwrap();
    let permits = permits(&mut hall);
    let mut ada = hall.join("Ada");
    assert!(hall.act(&mut host, HostAct::StopRehearsal).unwrap_err().contains("no rehearsal"));
    let mut none = config();
    none.params.n_outcomes = 2;
    assert!(hall.act(&mut host, HostAct::Rehearse(Box::new(none))).unwrap_err().contains("n_outcomes"));
    let asked = HostAct::Rehearse(Box::new(config()));
    hall.act(&mut host, asked.clone()).unwrap();
    assert!(hall.act(&mut host, asked.clone()).unwrap_err().contains("under way"));
    permits.send(()).unwrap();
    let under_way = seen(&mut hall, &mut host, |rehearsal| rehearsal.progress.is_some_and(|steps| steps.done == 1));
    assert_eq!(under_way.progress, Some(Progress { done: 1, of: PARTS }));
    // The thread stands still, and the session does not.
    let tick = hall.session().tick();
    hall.pass_ms(3_000);
    assert_eq!(hall.session().tick(), tick + 3);
    hall.act(&mut host, HostAct::StopRehearsal).unwrap();
    let given_up = seen(&mut hall, &mut host, |rehearsal| rehearsal.progress.is_none());
    assert_eq!((given_up.sheet, given_up.failed), (None, None));
    // What was given up takes nothing from the next one but what it has in hand.
    permits.send(()).unwrap();
    let done = rehearsed(&mut hall, &mut host, &permits, &config());
    let sheet = done.sheet.unwrap();
    assert_eq!((done.progress, sheet.sessions, sheet.lights.len()), (None, 1, 8));
    assert!(!sheet.figures.is_empty() && sheet.hash.len() == 64);
    ada.hear();
    assert!(ada.heard.iter().all(|message| !matches!(message, ServerMessage::HostState(_))));
}

#[test]
fn the_record_of_a_session_has_the_sheet_of_its_very_configuration() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    let permits = permits(&mut hall);
    let mut other = config();
    other.params.gas_fee.0 += 1;
    let sheet = rehearsed(&mut hall, &mut host, &permits, &config()).sheet.unwrap();
    rehearsed(&mut hall, &mut host, &permits, &other);
    hall.act(&mut host, HostAct::Start).unwrap();
    let table = exported(&hall, 1, Export::Config).unwrap();
    assert!(table.contains(&format!("rehearsal,{}\r\n", sheet.hash)), "not that of the other one: {table}");
    let [json, page] = [Export::Rehearsal, Export::RehearsalPage].map(|export| exported(&hall, 1, export).unwrap());
    assert!(json.contains(&sheet.hash) && page.contains(&sheet.hash) && page.starts_with("<!doctype html>"));
    assert!(exported(&hall, 1, Export::Checks).unwrap().contains("rehearsal,2,0,\r\n"));
    // Another session with the same configuration was rehearsed as well; one with another was not.
    for (edit, expected) in [(false, true), (true, false)] {
        hall.act(&mut host, HostAct::Reset).unwrap();
        if edit {
            let renamed = SessionConfig { name: "Another night".to_owned(), ..config() };
            hall.act(&mut host, HostAct::Configure(Box::new(renamed))).unwrap();
        }
        hall.act(&mut host, HostAct::Start).unwrap();
        let session = hall.session().id().0;
        assert_eq!(hall.session().phase(), Phase::Running);
        let table = exported(&hall, session, Export::Config).unwrap();
        assert_eq!(table.contains(&sheet.hash), expected, "{table}");
        assert_eq!(exported(&hall, session, Export::Rehearsal).is_ok(), expected);
        let checked = if expected { "rehearsal,2,0,\r\n" } else { "rehearsal,0,0,\r\n" };
        assert!(exported(&hall, session, Export::Checks).unwrap().contains(checked));
    }
}
