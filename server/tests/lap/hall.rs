//! A server without sockets: the same app, a clock moved by hand, a store in memory, and
//! guests on links in memory who speak the real protocol.

use crate::{
    faulty::{Fault, FaultyStore, Place},
    guest::Guest,
    trap::{Trap, set_traps},
};
use bevy::prelude::App;
use outcry_engine::{OutcomeId, Round, Tokens, Usdc};
use outcry_server::{
    Lap, ManualClock, Parts, Recorder, ServerClock,
    admin::Password,
    app,
    live::Shelf,
    market::{Opening, Recovered, Session, open_session},
    net::{ConnId, Front, Gate, Grants, LinkEvent, Opened, Outbox, Shown},
    peer::Peer,
    players::DoorLimits,
    store::{MemoryStore, Store},
    vault::SealKey,
};
use outcry_shared::{
    ClientMessage, ServerMessage,
    config::{Choice, Elimination, SessionConfig, presets},
    limits::PROTOCOL_VERSION,
    link::ClientLink,
    message::{Hello, HostAct, HostRequest, SeatClaim},
    phase::Phase,
    secret::{HostGrant, SeatToken, Secret},
};
use std::{
    net::IpAddr,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::{
    runtime::Runtime,
    sync::{mpsc, oneshot},
};

pub(crate) const PASSWORD: &str = "corn and barley";
pub(crate) const TICK_MS: u64 = 1_000;
/// Frames that wait for a guest who listens only now and then.
pub(crate) const FRAMES: usize = 4_096;

pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap())
}

/// Four outcomes, a minute, rounds at 20 and 40 s that take D and C, A wins.
pub(crate) fn config() -> SessionConfig {
    let mut config = presets()[0].config.clone();
    let params = &mut config.params;
    params.n_outcomes = 4;
    params.outcome_names = ["Ada", "Bob", "Cyd", "Dot"].map(str::to_owned).to_vec();
    params.q0 = Tokens(params.subsidy_start().0 / 2);
    params.total_duration = 60;
    params.batch_interval_ms = 1_000;
    params.gas_fee = Usdc(10_000);
    params.mr_enabled = true;
    params.rounds = vec![Round { at_s: 20, freeze_s: 5 }, Round { at_s: 40, freeze_s: 5 }];
    config.script.winner = Choice::Fixed(OutcomeId(0));
    config.script.eliminate = vec![Elimination::Fixed(vec![OutcomeId(3)]), Elimination::Fixed(vec![OutcomeId(2)])];
    config
}

/// The server and its surroundings.
pub(crate) struct Hall {
    pub(crate) app: App,
    pub(crate) clock: ManualClock,
    pub(crate) front: Front,
    pub(crate) store: Arc<FaultyStore>,
    pub(crate) place: Place,
    pub(crate) shelf: Shelf,
    config: SessionConfig,
    /// Of the machine, so to say: it outlives the server.
    key: SealKey,
    password: String,
    links: mpsc::Sender<LinkEvent>,
    next: u64,
}

impl Hall {
    pub(crate) fn open() -> Self {
        Self::with(config())
    }

    pub(crate) fn with(config: SessionConfig) -> Self {
        Self::on(Place::Memory(MemoryStore::default()), config)
    }

    /// A server on a store that may have a session already.
    pub(crate) fn on(place: Place, config: SessionConfig) -> Self {
        Self::on_faulty(place, config, None)
    }

    /// The same, and something goes wrong with the first claim: the start is tried again.
    pub(crate) fn on_faulty(place: Place, config: SessionConfig, fault: Option<Fault>) -> Self {
        Self::start(place, config, fault, (SealKey::fresh().unwrap(), PASSWORD), |_| {})
    }

    /// The same, with the secrets of its machine and operator, and something done about what was recovered.
    fn start(
        place: Place,
        config: SessionConfig,
        fault: Option<Fault>,
        (key, password): (SealKey, &str),
        prepare: fn(&mut Recovered),
    ) -> Self {
        let store = Arc::new(FaultyStore::new(runtime().block_on(place.open())));
        if let Some(fault) = fault {
            store.fail_next(fault);
        }
        let opening = Opening { config: config.clone(), phase: Phase::Lobby, asked: false };
        let mut recovered = runtime().block_on(open_session(&*store, &opening));
        if fault.is_some() && recovered.is_err() {
            recovered = runtime().block_on(open_session(&*store, &opening));
        }
        let mut recovered = recovered.unwrap();
        prepare(&mut recovered);
        let (clock, manual) = ServerClock::manual();
        let (front, requests) = Front::new();
        let (sender, links) = mpsc::channel(10_000);
        let grants = Grants::new(key.clone(), password, clock.clone());
        let shelf = Shelf::new(key.clone());
        let mut app = app(Parts {
            clock,
            store: Arc::clone(&store) as Arc<dyn Store>,
            runtime: runtime().handle().clone(),
            recovered,
            gate: Gate { links, requests },
            password: Password::new(password).unwrap(),
            grants,
            limits: DoorLimits::default(),
            join_url: "http://floor.test".to_owned(),
            shelf: shelf.clone(),
        });
        set_traps(&mut app);
        store.on_clock(&manual);
        let password = password.to_owned();
        let mut hall =
            Self { app, clock: manual, front, store, place, shelf, config, key, password, links: sender, next: 0 };
        hall.lap();
        hall
    }

    /// Runs a lap that ends at a point in its middle, as the server with it, and starts again on
    /// what was stored.
    pub(crate) fn killed_after(self, point: Lap) -> Self {
        self.killed(point, None)
    }

    /// The same, with a fault at the start.
    pub(crate) fn killed(mut self, point: Lap, fault: Option<Fault>) -> Self {
        self.app.insert_resource(Trap(Some(point)));
        catch_unwind(AssertUnwindSafe(|| self.app.update())).unwrap_err();
        self.start_again(fault, None, |_| {})
    }

    /// Stops without warning and starts again on what was stored.
    pub(crate) fn crash(self) -> Self {
        self.start_again(None, None, |_| {})
    }

    /// Stops without warning, and another server takes over what was stored.
    pub(crate) fn taken_over(self) -> Self {
        self.start_again(None, None, Recovered::take_over)
    }

    /// Stops and starts again with another password.
    pub(crate) fn with_password(self, password: &str) -> Self {
        self.start_again(None, Some(password), |_| {})
    }

    fn start_again(self, fault: Option<Fault>, another: Option<&str>, prepare: fn(&mut Recovered)) -> Self {
        let Self { app, store, place, config, key, password, .. } = self;
        drop(app);
        // The end of a process frees what it held; here, closing does.
        runtime().block_on(store.close()).unwrap();
        Self::start(place, config, fault, (key, another.unwrap_or(&password)), prepare)
    }

    pub(crate) fn lap(&mut self) {
        self.app.update();
    }

    /// Why the server would have to stop.
    pub(crate) fn fatal(&self) -> Option<&str> {
        self.app.world().resource::<Recorder>().fatal()
    }

    /// The session as the server has it.
    pub(crate) fn session(&self) -> &Session {
        self.app.world().resource::<Session>()
    }

    /// Lets time pass in laps of 100 ms.
    pub(crate) fn pass_ms(&mut self, ms: u64) {
        for _ in 0..ms.div_ceil(100) {
            self.clock.advance_ms(100);
            self.lap();
        }
    }

    pub(crate) fn tick(&mut self) {
        self.pass_ms(TICK_MS);
    }

    pub(crate) fn connect(&mut self) -> Guest {
        self.connect_with(FRAMES)
    }

    /// Someone who watches from somewhere else.
    pub(crate) fn watch_from(&mut self, address: IpAddr) -> Guest {
        let guest = self.connect_as(FRAMES, Peer::direct(address), None);
        self.greet(guest, SeatClaim::Spectate)
    }

    /// A connection whose queue holds so many laps.
    pub(crate) fn connect_with(&mut self, queue: usize) -> Guest {
        self.connect_as(queue, Peer::direct([127, 0, 0, 1].into()), None)
    }

    /// A connection from an address.
    pub(crate) fn connect_from(&mut self, address: &str) -> Guest {
        self.connect_as(FRAMES, Peer::direct(address.parse().unwrap()), None)
    }

    /// A connection from somewhere, with a cookie if it is a browser's.
    pub(crate) fn connect_as(&mut self, queue: usize, peer: Peer, cookie: Option<Shown>) -> Guest {
        let conn = ConnId(self.next);
        self.next += 1;
        let (out, frames) = Outbox::of(queue);
        let (close, closed) = oneshot::channel();
        let opened = Opened { conn, peer, cookie, out, close };
        self.links.try_send(LinkEvent::Opened(opened)).unwrap();
        let (heard, wire) = (Vec::new(), Vec::new());
        let token = self.next_token();
        Guest { conn, link: ClientLink::new(), frames, closed, heard, session: 0, token, next_order: 1, wire }
    }

    pub(crate) fn claim(&mut self, seat: SeatClaim) -> Guest {
        let guest = self.connect();
        self.greet(guest, seat)
    }

    pub(crate) fn greet(&mut self, mut guest: Guest, seat: SeatClaim) -> Guest {
        let hello = Hello { protocol: PROTOCOL_VERSION, build: "test".to_owned(), seat };
        self.say(&mut guest, ClientMessage::Hello(hello));
        guest
    }

    pub(crate) fn join(&mut self, name: &str) -> Guest {
        let guest = self.connect();
        self.join_on(guest, name)
    }

    /// Joins over a connection, with the guest's own key.
    pub(crate) fn join_on(&mut self, guest: Guest, name: &str) -> Guest {
        let token = guest.token;
        self.greet(guest, SeatClaim::Join { name: name.to_owned(), bot: false, token })
    }

    /// A key that nobody has yet.
    pub(crate) fn next_token(&self) -> SeatToken {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        SeatToken(blake3::hash(&number).as_bytes()[..16].try_into().unwrap())
    }

    /// Someone whose connection takes only four frames before it is full.
    pub(crate) fn join_slowly(&mut self, name: &str) -> Guest {
        let guest = self.connect_with(4);
        self.join_on(guest, name)
    }

    pub(crate) fn resume(&mut self, token: SeatToken) -> Guest {
        let guest = Guest { token, ..self.connect() };
        self.greet(guest, SeatClaim::Resume(token))
    }

    /// Sends a message for the next lap.
    pub(crate) fn send(&mut self, guest: &mut Guest, message: &ClientMessage) {
        guest.link.send(message);
        if let Some(frame) = guest.link.take_frame() {
            self.links.try_send(LinkEvent::Frame(guest.conn, frame.into())).unwrap();
        }
    }

    /// Sends a message, runs a lap, and hears what comes back.
    pub(crate) fn say(&mut self, guest: &mut Guest, message: ClientMessage) {
        self.send(guest, &message);
        self.lap();
        guest.hear();
    }

    /// Sends raw bytes, runs a lap, and hears what comes back.
    pub(crate) fn frame(&mut self, guest: &mut Guest, frame: Vec<u8>) {
        self.links.try_send(LinkEvent::Frame(guest.conn, frame.into())).unwrap();
        self.lap();
        guest.hear();
    }

    pub(crate) fn hang_up(&mut self, guest: Guest) {
        self.links.try_send(LinkEvent::Closed(guest.conn)).unwrap();
        drop(guest);
        self.lap();
    }

    /// A host that has logged in.
    pub(crate) fn host(&mut self) -> Host {
        let mut guest = self.claim(SeatClaim::Spectate);
        let password = Secret::new(self.password.clone());
        self.say(&mut guest, ClientMessage::HostLogin { password });
        let grant = loop {
            self.lap();
            guest.hear();
            let granted = guest.heard.iter().find_map(|message| match message {
                ServerMessage::HostGranted { grant } => Some(*grant),
                _ => None,
            });
            match granted {
                Some(grant) => break grant,
                None => std::thread::yield_now(),
            }
        };
        Host { guest, grant, next_request: 1 }
    }

    pub(crate) fn act(&mut self, host: &mut Host, act: HostAct) -> Result<String, String> {
        let request_id = host.next_request;
        host.next_request += 1;
        self.request(&mut host.guest, host.grant, request_id, act)
    }

    pub(crate) fn request(
        &mut self,
        guest: &mut Guest,
        grant: HostGrant,
        request_id: u32,
        act: HostAct,
    ) -> Result<String, String> {
        let request = HostRequest { grant, request_id, session: self.session().id().0, act };
        self.ask(guest, request)
    }

    /// Sends an act as it is, and waits for its answer.
    pub(crate) fn ask(&mut self, guest: &mut Guest, request: HostRequest) -> Result<String, String> {
        let request_id = request.request_id;
        guest.heard.clear();
        self.say(guest, ClientMessage::Host(Box::new(request)));
        self.lap();
        loop {
            guest.hear();
            let reply = guest.heard.iter().find_map(|message| match message {
                ServerMessage::HostReply { request_id: id, result } if *id == request_id => Some(result.clone()),
                _ => None,
            });
            if let Some(reply) = reply {
                return reply;
            }
            // The store did not answer: it is asked again.
            assert_eq!(self.fatal(), None);
            assert!(guest.closing().is_none(), "every act is answered");
            self.pass_ms(100);
        }
    }

    /// A hall in which trading has begun.
    pub(crate) fn running() -> (Self, Host) {
        let mut hall = Self::open();
        let mut host = hall.host();
        hall.act(&mut host, HostAct::Start).unwrap();
        (hall, host)
    }
}

/// A host on a connection without a seat.
pub(crate) struct Host {
    pub(crate) guest: Guest,
    pub(crate) grant: HostGrant,
    pub(crate) next_request: u32,
}
