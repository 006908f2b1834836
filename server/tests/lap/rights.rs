//! The host's right: how it is had, how long it lasts, and what each act must still be true of.

use crate::{
    guest::Guest,
    hall::{Hall, PASSWORD},
    host::host_state,
};
use outcry_engine::{OutcomeId, Usdc, UserId};
use outcry_shared::{
    ClientMessage, ServerMessage,
    limits::PASSWORD_CHARS_MAX,
    message::{HostAct, HostRequest, Resolve, SeatClaim},
    phase::Phase,
    secret::{HostGrant, Secret},
};

/// The longest that anybody waits for the right password to be taken, in ms.
const FEW_SECONDS_MS: u64 = 5_000;

fn granted(guest: &Guest) -> Option<HostGrant> {
    guest.heard.iter().rev().find_map(|message| match message {
        ServerMessage::HostGranted { grant } => Some(*grant),
        _ => None,
    })
}

fn denied(guest: &Guest) -> Option<u64> {
    guest.heard.iter().rev().find_map(|message| match message {
        ServerMessage::HostDenied { retry_after_ms, .. } => Some(*retry_after_ms),
        _ => None,
    })
}

fn login(hall: &mut Hall, guest: &mut Guest, password: &str) {
    guest.heard.clear();
    hall.say(guest, ClientMessage::HostLogin { password: Secret::new(password) });
}

#[test]
fn a_wrong_password_makes_its_own_connection_wait() {
    let mut hall = Hall::open();
    let mut guest = hall.claim(SeatClaim::Spectate);
    let mut tried = |hall: &mut Hall, password: &str| {
        login(hall, &mut guest, password);
        (granted(&guest).is_some(), denied(&guest))
    };
    assert_eq!(tried(&mut hall, "guess"), (false, Some(1_000)));
    assert_eq!(tried(&mut hall, PASSWORD), (false, Some(1_000)), "not even looked at");
    hall.pass_ms(1_000);
    assert_eq!(tried(&mut hall, &"x".repeat(PASSWORD_CHARS_MAX + 1)), (false, Some(2_000)));
    hall.pass_ms(2_000);
    assert_eq!(tried(&mut hall, PASSWORD), (true, None));
}

/// Three hundred wrong passwords from six addresses, the host's own among them, by people who try again as soon as they
/// may and over a new connection now and then.
#[test]
fn others_wrong_passwords_never_keep_the_host_out() {
    for home in ["192.0.2.1", "2001:db8::77", "198.51.100.9"] {
        let mut hall = Hall::open();
        let addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"];
        let mut guessers: Vec<Guest> = Vec::new();
        for address in addresses {
            for _ in 0..5 {
                let guest = hall.connect_from(address);
                guessers.push(hall.greet(guest, SeatClaim::Spectate));
            }
        }
        let mut wrong = 0;
        let mut guess = |hall: &mut Hall, guessers: &mut Vec<Guest>| {
            for guesser in guessers {
                guesser.hear();
                hall.send(guesser, &ClientMessage::HostLogin { password: Secret::new(format!("guess {wrong}")) });
                wrong += 1;
            }
        };
        for _ in 0..10 {
            guess(&mut hall, &mut guessers);
            hall.pass_ms(500);
        }
        let host = hall.connect_from(home);
        let mut host = hall.greet(host, SeatClaim::Spectate);
        let mut waited_ms = 0;
        hall.send(&mut host, &ClientMessage::HostLogin { password: Secret::new(PASSWORD) });
        while granted(&host).is_none() {
            assert!(waited_ms <= FEW_SECONDS_MS, "the host at {home} is kept out: {:?}", denied(&host));
            guess(&mut hall, &mut guessers);
            hall.pass_ms(100);
            waited_ms += 100;
            host.hear();
        }
        assert_eq!(denied(&host), None, "nor refused once");
        assert!(wrong >= 300 && guessers.iter().all(|guesser| granted(guesser).is_none()));
    }
}

#[test]
fn a_host_who_comes_back_sees_everything_at_once() {
    let (mut hall, host) = Hall::running();
    let grant = host.grant;
    hall.hang_up(host.guest);
    let mut back = hall.claim(SeatClaim::Spectate);
    hall.say(&mut back, ClientMessage::HostResume { grant });
    assert!(host_state(&back.heard).is_some(), "without a press, and not a second later");
    let renewed = granted(&back).unwrap();
    assert_ne!(renewed, grant, "for another day");
    // A restart of the server is no reason to ask for the password.
    let mut hall = hall.crash();
    let mut back = hall.claim(SeatClaim::Spectate);
    hall.say(&mut back, ClientMessage::HostResume { grant: renewed });
    assert!(host_state(&back.heard).is_some());
    hall.request(&mut back, renewed, 1, HostAct::Resume).unwrap();
    // Another password is.
    let mut hall = hall.with_password("barley and corn");
    let mut back = hall.claim(SeatClaim::Spectate);
    hall.say(&mut back, ClientMessage::HostResume { grant: renewed });
    assert_eq!((granted(&back), denied(&back)), (None, Some(0)), "asked for by itself");
    back.heard.clear();
    let refused = hall.request(&mut back, renewed, 2, HostAct::Pause).unwrap_err();
    assert!(refused.contains("log in"), "{refused}");
    assert_eq!(denied(&back), Some(0), "so that the screen asks for the password");
    assert!(host_state(&back.heard).is_none());
}

#[test]
fn a_right_ends_after_a_day() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    hall.clock.advance_ms(86_400_000 + 2_000);
    assert!(hall.act(&mut host, HostAct::SetDoor { open: false }).is_err());
    host.guest.hear();
    host.guest.heard.clear();
    hall.pass_ms(3_000);
    host.guest.hear();
    assert!(host_state(&host.guest.heard).is_none(), "nor is anything shown any more");
}

#[test]
fn the_next_round_is_run_once_however_often_it_is_pressed() {
    let mut config = crate::hall::config();
    config.params.rounds.truncate(1);
    config.script.eliminate.truncate(1);
    let mut hall = Hall::with(config);
    let mut host = hall.host();
    hall.act(&mut host, HostAct::Start).unwrap();
    hall.pass_ms(100);
    host.guest.hear();
    assert_eq!(host_state(&host.guest.heard).unwrap().next_round, Some(0));
    hall.pass_ms(20_050);
    assert_eq!(hall.session().phase(), Phase::Frozen, "the clock was faster");
    let stale = hall.act(&mut host, HostAct::Resolve(Resolve::Next(0))).unwrap_err();
    assert!(stale.contains("round 1") && stale.contains("none is left"), "{stale}");
    hall.pass_ms(6_000);
    assert_eq!(hall.session().phase(), Phase::Running, "and nothing was settled");
    host.guest.hear();
    assert_eq!(host_state(&host.guest.heard).unwrap().next_round, None);
    // Two hosts press it within a second.
    let (mut hall, mut host) = Hall::running();
    let mut other = hall.host();
    hall.act(&mut host, HostAct::Resolve(Resolve::Next(0))).unwrap();
    let stale = hall.act(&mut other, HostAct::Resolve(Resolve::Next(0))).unwrap_err();
    assert!(stale.contains("the next is round 2"), "{stale}");
}

#[test]
fn an_act_is_for_the_session_that_the_host_saw() {
    let (mut hall, mut host) = Hall::running();
    let ada = hall.join("Ada");
    let mut other = hall.host();
    hall.act(&mut host, HostAct::Reset).unwrap();
    let user = ada.welcome().you.as_ref().unwrap().user;
    for (request_id, act) in (50..).zip([HostAct::Start, HostAct::Kick { user }, HostAct::Reset]) {
        let request = HostRequest { grant: other.grant, request_id, session: 1, act };
        let refused = hall.ask(&mut other.guest, request).unwrap_err();
        assert!(refused.contains("session 2 has begun"), "{refused}");
    }
    assert_eq!((hall.session().id().0, hall.session().phase()), (2, Phase::Lobby));
}

#[test]
fn what_was_played_is_the_first_that_can_be_exported() {
    let mut hall = Hall::open();
    let mut host = hall.host();
    hall.join("Ada");
    let mut config = crate::hall::config();
    config.params.starting_balance = Usdc::whole(250);
    config.name = "Friday".to_owned();
    hall.act(&mut host, HostAct::Configure(Box::new(config.clone()))).unwrap();
    let listed = |host: &mut crate::hall::Host| {
        host.guest.hear();
        host_state(&host.guest.heard).unwrap().sessions.clone()
    };
    assert_eq!(listed(&mut host)[0], (2, "Friday".to_owned()));
    config.name = "Saturday".to_owned();
    hall.act(&mut host, HostAct::Configure(Box::new(config))).unwrap();
    hall.act(&mut host, HostAct::Start).unwrap();
    hall.act(&mut host, HostAct::Resolve(Resolve::Final(OutcomeId(0)))).unwrap();
    let sessions = listed(&mut host);
    assert_eq!(sessions[0], (hall.session().id().0, "Saturday".to_owned()));
    assert_eq!(sessions.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 1]);
    assert!(hall.act(&mut host, HostAct::Kick { user: UserId(9) }).is_err());
}
