//! Two servers on one session, where every lock is granted: the older is told nothing it could tell, and stops.

use crate::{
    faulty::Place,
    granted::granted,
    hall::{Hall, config},
    recovery::{hashes, wait},
    stalls::places,
};
use outcry_engine::Tokens;
use outcry_shared::{ClientMessage, message::HostAct, phase::Phase};

impl Place {
    /// The same for a server whose every lock is granted.
    fn granted(&self) -> Self {
        match self {
            Self::Memory(data) => Self::Memory(data.granted()),
            Self::Database(url) => Self::Database(wait(granted(url))),
        }
    }
}

#[test]
fn of_two_servers_the_older_tells_nothing_more() {
    for place in places() {
        let intruders = |hall: &Hall| hall.place.granted();
        let mut older = Hall::on(place, config());
        let mut host = older.host();
        older.act(&mut host, HostAct::Start).unwrap();
        let mut ada = older.join("Ada");
        let order = ada.buys(10);
        older.say(&mut ada, ClientMessage::Order(order.clone()));
        older.tick();
        ada.hear();
        let shown = ada.ticks().len();
        assert!(shown > 0 && ada.acks().len() == 1);

        let mut newer = Hall::on(intruders(&older), config());
        let late = ada.buys(20);
        older.say(&mut ada, ClientMessage::Order(late.clone()));
        assert!(older.fatal().is_some_and(|why| why.contains("taken over by another server")), "{:?}", older.fatal());
        older.tick();
        ada.hear();
        assert_eq!((ada.acks().len(), ada.ticks().len()), (1, shown), "nothing more is acknowledged, nothing shown");

        let mut ada = newer.resume(ada.token());
        assert_eq!(ada.welcome().snapshot.clock.phase, Phase::Paused);
        assert_eq!(ada.private().own.free[0][0], Tokens(10_000_000));
        let mut host = newer.host();
        newer.act(&mut host, HostAct::Resume).unwrap();
        newer.say(&mut ada, ClientMessage::Order(order));
        newer.say(&mut ada, ClientMessage::Order(late));
        newer.tick();
        ada.hear();
        assert_eq!(ada.private().own.free[0][0], Tokens(30_000_000), "each has one effect, on the server that goes on");
        assert_eq!(newer.fatal(), None);
        assert_eq!(&hashes(&*newer.store, newer.session().id()), newer.session().market());
    }
}
