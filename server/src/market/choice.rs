//! Which session a server goes on with. Nothing is opened or changed here.

use crate::{
    config::Asked,
    store::{SessionId, SessionInfo},
};
use outcry_shared::phase::Phase;

/// What a server begins with, and why, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    GoOn(SessionId, &'static str),
    Open(String),
}

/// The session of a server called `server`, of all there are, newest first. `config_asked` is whether a
/// configuration was asked for: then a session that is over, or that nobody has joined, makes way.
pub(super) fn choose(sessions: &[SessionInfo], asked: Asked, server: &str, config_asked: bool) -> Choice {
    match asked {
        Asked::Session(session) => return Choice::GoOn(SessionId(session), "it was asked for"),
        Asked::New => return Choice::Open("it was asked for".to_owned()),
        Asked::Own => {}
    }
    let Some(newest) = sessions.first() else { return Choice::Open("there was none".to_owned()) };
    let mine = sessions.iter().find(|info| info.server.as_deref().is_some_and(|name| name == server));
    let nobodys = Some(newest).filter(|info| info.server.is_none());
    let (own, why) = match (mine, nobodys) {
        (Some(own), _) => (own, "it is this server's last"),
        (None, Some(own)) => (own, "it is the newest"),
        (None, None) => return Choice::Open(of_others(newest)),
    };
    let unused = matches!(own.phase, Phase::Draft | Phase::Lobby) && own.users == 0;
    if config_asked && (unused || own.phase == Phase::Resolved) {
        return Choice::Open(format!("session {} is {}", own.id, if unused { "empty" } else { "over" }));
    }
    Choice::GoOn(own.id, why)
}

fn of_others(newest: &SessionInfo) -> String {
    let SessionInfo { id, name, .. } = newest;
    format!("session {id}, \"{name}\", is another server's; to go on with it, start with --session {id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(id: u64, phase: Phase, users: u64, server: Option<&str>) -> SessionInfo {
        SessionInfo {
            id: SessionId(id),
            name: "Friday".to_owned(),
            phase,
            users,
            bots: 0,
            ticks: 0,
            orders: 0,
            fills: 0,
            created_at: String::new(),
            last_sign: String::new(),
            served: false,
            server: server.map(str::to_owned),
        }
    }

    #[test]
    fn a_server_goes_on_with_its_own_session() {
        use Phase::{Lobby, Resolved, Running};
        let go_on = |choice: &Choice| match choice {
            Choice::GoOn(id, _) => Some(id.0),
            Choice::Open(_) => None,
        };
        let check = |sessions: &[SessionInfo], asked: Asked, config_asked: bool, expected: Option<u64>| {
            let choice = choose(sessions, asked, "a:7777", config_asked);
            assert_eq!(go_on(&choice), expected, "{sessions:?} {asked:?}");
        };
        let (own, config) = (Asked::Own, true);
        check(&[], own, false, None);
        // One server: the newest, whatever has become of it.
        check(&[info(2, Running, 1, None), info(1, Resolved, 9, None)], own, false, Some(2));
        check(&[info(2, Resolved, 1, None)], own, false, Some(2));
        check(&[info(2, Resolved, 1, None)], own, config, None);
        check(&[info(2, Lobby, 0, None)], own, config, None);
        check(&[info(2, Lobby, 1, None)], own, config, Some(2));
        // Several: its own, also behind another's; nobody's only when it is the newest.
        let shared =
            [info(3, Running, 5, Some("b:7778")), info(2, Running, 9, Some("a:7777")), info(1, Lobby, 1, None)];
        check(&shared, own, false, Some(2));
        check(&[info(3, Running, 5, Some("b:7778")), info(1, Lobby, 1, None)], own, false, None);
        check(&[info(3, Running, 5, Some("a:7778"))], own, false, None);
        // What is asked for.
        check(&shared, Asked::Session(3), config, Some(3));
        check(&shared, Asked::New, false, None);
    }

    #[test]
    fn a_session_of_another_server_is_named() {
        let Choice::Open(why) = choose(&[info(3, Phase::Running, 5, Some("b:7778"))], Asked::Own, "a:7777", false)
        else {
            panic!("another server's");
        };
        assert!(why.contains("--session 3"), "{why}");
    }
}
