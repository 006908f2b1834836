//! From settings to a running server, and to its end: whatever lives longer than the laps is opened
//! and closed here.

use crate::{
    admin::Password,
    clock::ServerClock,
    config::{Asked, Settings, WantedRooms},
    fleet::{
        Keeper, Reader, Roll,
        agones::{self, Sidecar},
    },
    house::{Common, House},
    http::{self, Doors, HttpState, Sockets, Throttle, Turns},
    laps,
    market::{Opening, open_session_of},
    net::{Grants, Origins},
    peer::Proxies,
    players::DoorLimits,
    premises::{Premises, Secrets, allow_sockets, own_address, own_name},
    record::Health,
    room::{self, Ground, Plan},
    rooms::Rooms,
    stop::{Stop, watch_signals},
    store::{self, Building, Place, Register},
    telemetry,
};
use axum::Router;
use metrics_exporter_prometheus::PrometheusHandle;
use outcry_shared::phase::Phase;
use std::{io::Write, net::SocketAddr, sync::Arc, thread::JoinHandle};
use tokio::{
    runtime::{Handle, Runtime},
    task::AbortHandle,
};

/// Threads for sockets and store.
const IO_THREADS: usize = 2;
/// The variable by which Agones says where its sidecar listens.
const SIDECAR_PORT: &str = "AGONES_SDK_HTTP_PORT";
/// The house of a fleet's rooms.
const FLEET: &str = "fleet";
/// What the operator's right of a house is sealed for.
const HOUSE: &str = "house";

/// Serves until told to stop.
///
/// # Errors
/// One sentence for the operator: why it cannot start, or had to stop.
pub fn serve(settings: &Settings, asked: Asked) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(IO_THREADS)
        .thread_name("outcry-io")
        .enable_all()
        .build()
        .map_err(|error| format!("the system gives no threads: {error}"))?;
    allow_sockets(sockets(settings));
    let stop = Stop::default();
    watch_signals(&runtime, &stop);
    let premises = runtime.block_on(Premises::open(settings))?;
    match &settings.rooms {
        None => serve_one(&runtime, settings, asked, stop, premises),
        Some(wanted) if asked == Asked::Own => serve_many(&runtime, settings, wanted, stop, premises),
        Some(_) => {
            Err("several rooms go on with their own sessions: --session would be right without --rooms".to_owned())
        }
    }
}

/// One room, whose address is the server's.
fn serve_one(
    runtime: &Runtime,
    settings: &Settings,
    asked: Asked,
    stop: Stop,
    premises: Premises,
) -> Result<(), String> {
    let (store, recovered) = runtime.block_on(async {
        let place = Place::from(settings);
        let server = if place.is_shared() { own_name(settings, asked)? } else { String::new() };
        let store = store::open_at(&Place { server: &server, ..place }).await.map_err(|error| error.to_string())?;
        let recovered = open_session_of(&server, asked, &*store, &opening(settings)).await;
        recovered.map(|recovered| (store, recovered)).map_err(|error| error.to_string())
    })?;
    let secrets = Secrets::open(settings)?;
    let link: Arc<str> = premises.address.origin().into();
    let ground = ground(runtime, settings, &secrets, stop, &premises);
    let plan = Plan {
        code: None,
        link: Arc::clone(&link),
        password: secrets.password.as_str().into(),
        master: None,
        store,
        recovered,
    };
    let (outside, inside) = room::furnish(&ground, plan)?;
    let mut front = Front::open(runtime, settings, premises);
    let state = front.state(outside.grants.clone(), outside.health.clone());
    let answering = front.answer(runtime, http::router(state, outside.router.clone()), &secrets, "");
    let (app, beside) = inside.app();
    laps::run(app);
    answering.abort(); // nobody new; whoever is connected is told first
    beside.map(JoinHandle::join);
    runtime.block_on(outside.finish());
    outside.stop.last_words().map_or(Ok(()), Err)
}

/// Several rooms, each under its code.
fn serve_many(
    runtime: &Runtime,
    settings: &Settings,
    wanted: &WantedRooms,
    stop: Stop,
    premises: Premises,
) -> Result<(), String> {
    let place = Place::from(settings);
    let own = if place.is_shared() { own_name(settings, Asked::Own)? } else { String::new() };
    let (server, alone) = if settings.fleet.is_some() { (FLEET.to_owned(), Some(own)) } else { (own, None) };
    let place = Place { server: &server, ..place };
    let building = runtime.block_on(async {
        if alone.is_some() { Building::open_in_fleet(&place).await } else { Building::open(&place).await }
    });
    let building = Arc::new(building.map_err(|error| error.to_string())?);
    let secrets = Secrets::open(settings)?;
    let password = Password::new(&secrets.password).map_err(|error| error.to_string())?;
    let origin: Arc<str> = premises.address.origin().into();
    let (rooms, asks) = Rooms::new();
    // In a fleet the process stops once its rooms are given away.
    let asked = stop;
    let stop = if alone.is_some() { Stop::default() } else { asked.clone() };
    let (keeper, roll) = match alone {
        Some(_) => runtime.block_on(join(settings, &premises, &place, &secrets))?,
        None => (None, None),
    };
    // Whoever claims a room goes on with what is there.
    let mut opening = opening(settings);
    opening.asked &= alone.is_none();
    let common = Common {
        ground: ground(runtime, settings, &secrets, stop, &premises),
        building: Arc::clone(&building),
        server: server.clone(),
        alone,
        data_dir: settings.data_dir.clone(),
        origin: Arc::clone(&origin),
        master: secrets.password.as_str().into(),
        opening,
    };
    let mut house = House::new(common, rooms.clone(), keeper, asked)?;
    let codes = runtime.block_on(house.open_all(wanted))?;
    let mut front = Front::open(runtime, settings, premises);
    let grants = Grants::of_room(HOUSE, secrets.key.clone(), &secrets.password, ServerClock::monotonic());
    let state = front.state(grants, Health::default());
    let links = codes.iter().map(|code| format!("  {origin}/r/{code}\n"));
    let links = format!("rooms:\n{}", links.collect::<String>());
    let answering = front.answer(runtime, http::house(state, rooms, roll, password), &secrets, &links);
    runtime.block_on(house.run(asks));
    answering.abort();
    runtime.block_on(building.close()).map_err(|error| error.to_string())
}

const fn sockets(settings: &Settings) -> Sockets {
    if settings.rooms.is_some() { Sockets::OF_HOUSE } else { Sockets::OF_ROOM }
}

/// Becomes a member of the fleet.
async fn join(
    settings: &Settings,
    premises: &Premises,
    place: &Place<'_>,
    secrets: &Secrets,
) -> Result<(Option<Keeper>, Option<Roll>), String> {
    let register = Register::open(place, &own_address(settings, premises)?).await.map_err(|error| error.to_string())?;
    let read: Reader = Box::new({
        let register = register.clone();
        move || {
            let register = register.clone();
            Box::pin(async move { register.view().await })
        }
    });
    let roll = Roll::new(register.address(), premises.address.origin().into(), secrets.key.clone(), read);
    let sidecar = match &settings.fleet {
        Some(fleet) if fleet.agones => Some(Sidecar::attend(&Handle::current(), sidecar_port()?)),
        _ => None,
    };
    Ok((Some(Keeper::enter(register, roll.clone(), sidecar).await?), Some(roll)))
}

/// Where Agones says that its sidecar listens.
fn sidecar_port() -> Result<u16, String> {
    let Ok(port) = std::env::var(SIDECAR_PORT) else { return Ok(agones::PORT) };
    port.parse().map_err(|_| format!("{SIDECAR_PORT}: \"{port}\" is no port: {} would be right", agones::PORT))
}

fn opening(settings: &Settings) -> Opening {
    Opening {
        config: settings.session.0.clone(),
        phase: if settings.draft { Phase::Draft } else { Phase::Lobby },
        asked: settings.session.1,
    }
}

fn ground(runtime: &Runtime, settings: &Settings, secrets: &Secrets, stop: Stop, premises: &Premises) -> Ground {
    let mut allowed = settings.allowed_origins.clone();
    allowed.push(premises.address.clone());
    let usual = DoorLimits::default();
    Ground {
        runtime: runtime.handle().clone(),
        stop,
        key: secrets.key.clone(),
        limits: DoorLimits {
            arriving: settings.arriving_per_address.unwrap_or(usual.arriving),
            seats: settings.seats_per_address.unwrap_or(usual.seats),
        },
        origins: Arc::new(Origins { allowed, https: premises.address.is_secure() }),
        turns: Turns::default(),
        shadow: settings.shadow,
        rehearsing: Arc::default(),
    }
}

/// What is open to the network, besides the rooms.
struct Front {
    premises: Premises,
    sockets: Sockets,
    link: Arc<str>,
    figures: Option<PrometheusHandle>,
    figures_at: Option<SocketAddr>,
    proxies: Arc<Proxies>,
    figures_open: bool,
}

impl Front {
    /// Collects figures, and answers at their own address if they have one.
    fn open(runtime: &Runtime, settings: &Settings, mut premises: Premises) -> Self {
        let (figures, proxies) = (telemetry::start_figures(runtime.handle()), Arc::new(settings.proxies.clone()));
        let (sockets, listener) = (sockets(settings), premises.figures_listener.take());
        let figures_at = listener.as_ref().and_then(|listener| listener.local_addr().ok());
        if let Some(listener) = listener {
            runtime.spawn(http::answer(
                listener,
                Doors::new(http::figures(figures.clone()), sockets),
                Arc::clone(&proxies),
            ));
        }
        let figures_open = settings.public_url.is_none() && proxies.is_empty();
        let link = premises.address.origin().into();
        Self { premises, sockets, link, figures, figures_at, proxies, figures_open }
    }

    /// What routes work with that belong to no room.
    fn state(&mut self, grants: Grants, health: Health) -> HttpState {
        HttpState {
            files: Arc::new(std::mem::take(&mut self.premises.files)),
            grants,
            health,
            join_url: Arc::clone(&self.link),
            figures: self.figures.clone(),
            throttle: Arc::new(Throttle::new(ServerClock::monotonic())),
            proxies: Arc::clone(&self.proxies),
            figures_open: self.figures_open,
        }
    }

    /// Answers everybody until aborted, and says so.
    fn answer(self, runtime: &Runtime, router: Router, secrets: &Secrets, rooms: &str) -> AbortHandle {
        let Self { premises, sockets, link, figures_at, proxies, .. } = self;
        let doors = Doors::new(router, sockets).encrypted(premises.identity, &link);
        let answering = runtime.spawn(http::answer(premises.listener, doors, proxies));
        greet(secrets, &link, premises.listening, figures_at, rooms);
        answering.abort_handle()
    }
}

fn greet(secrets: &Secrets, link: &str, listening: SocketAddr, figures_at: Option<SocketAddr>, rooms: &str) {
    let mut text = format!("Outcry is open: {link}\nlistening on {listening}\n{rooms}");
    if let Some(address) = figures_at {
        text += &format!("figures at http://{address}/metrics\n");
    }
    if let Some(how) = &secrets.made_up {
        let whose = if rooms.is_empty() { "Host's" } else { "Organiser's" };
        text += &format!("{whose} password, made up {how}: {}\n", secrets.password);
    }
    // Nobody reads it: nothing to do about that.
    let _ = std::io::stdout().write_all(text.as_bytes());
    tracing::info!(%listening, "serving");
}
