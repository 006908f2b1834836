//! From settings to a running server, and to its end: whatever lives longer than the laps is opened
//! and closed here.

use crate::{
    admin::Password,
    app::{Parts, app},
    clock::ServerClock,
    config::{Asked, Settings},
    http::{self, Doors, HttpState, Identity, Throttle, WebFiles},
    live::Shelf,
    mark,
    market::{Opening, Recovered, Session, open_session_of},
    net::{self, Cookies, Crowd, EndpointState, Front, Gate, Grants, LinkEvent, Origins},
    players::DoorLimits,
    record::Health,
    rehearsals::{Rehearsals, on_the_engine},
    shadow,
    stop::{self, Stop, watch_signals},
    store::{self, Place, Store},
    telemetry,
    vault::{SealKey, host_password, made_up_password},
};
use bevy::{app::AppExit, prelude::*};
use outcry_reach::Address;
use outcry_shared::phase::Phase;
use std::{
    io::Write,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, runtime::Runtime, sync::mpsc};

/// Shortest time from one lap's begin to the next one's while the session clock runs, in ms.
const LAP_MS: u64 = 5;
/// The same while it stands: nobody trades, and a join may take a little longer.
const IDLE_LAP_MS: u64 = 25;
/// Time between two looks at whether the last connections are closed, in ms.
const CLOSING_MS: u64 = 5;
/// Threads for sockets and store.
const IO_THREADS: usize = 2;
/// Events of links that wait for the lap; beyond it link tasks wait, and so do their clients.
const LINK_EVENTS_MAX: usize = 8_192;
/// How long a stop waits for sockets and store to close, in ms.
const STOP_MS: u64 = 5_000;

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
    allow_sockets();
    let stop = Stop::default();
    watch_signals(&runtime, &stop);
    let Opened { listener, figures_listener, listening, identity, address, files, store, recovered } =
        runtime.block_on(open(settings, asked))?;
    let join_url: Arc<str> = address.origin().into();
    let secrets = Secrets::open(settings)?;
    let password = Password::new(&secrets.password).map_err(|error| error.to_string())?;
    let clock = ServerClock::monotonic();
    let grants = Grants::new(secrets.key.clone(), &secrets.password, clock.clone());
    let (front, requests) = Front::new();
    let (link_events, links) = mpsc::channel(LINK_EVENTS_MAX);
    let crowd = Arc::new(Crowd::default());
    let session_routes = net::router(endpoint(settings, &address, front, link_events, &crowd, &secrets));
    let health = Health::default();
    let (figures, proxies) = (telemetry::start_figures(runtime.handle()), Arc::new(settings.proxies.clone()));
    let figures_at = figures_listener.as_ref().and_then(|listener| listener.local_addr().ok());
    if let Some(listener) = figures_listener {
        runtime.spawn(http::answer(listener, Doors::new(http::figures(figures.clone())), Arc::clone(&proxies)));
    }
    let shelf = Shelf::new(secrets.key.clone());
    let rehearsals = Rehearsals::by(Box::new(on_the_engine)).unwrap_or_else(|error| {
        tracing::warn!(%error, "the system gives no thread: nothing can be rehearsed");
        Rehearsals::default()
    });
    let http = HttpState {
        files: Arc::new(files),
        grants: grants.clone(),
        health: health.clone(),
        store: Arc::clone(&store),
        join_url: Arc::clone(&join_url),
        figures,
        throttle: Arc::new(Throttle::new(clock.clone())),
        proxies: Arc::clone(&proxies),
        shelf: shelf.clone(),
        rehearsed: rehearsals.newest(),
        figures_open: settings.public_url.is_none() && proxies.is_empty(),
    };
    let mut app = app(Parts {
        clock,
        store: Arc::clone(&store),
        runtime: runtime.handle().clone(),
        recovered,
        gate: Gate { links, requests },
        password,
        grants,
        limits: limits(settings),
        join_url: join_url.to_string(),
        shelf,
    });
    app.insert_resource(health)
        .insert_resource(stop.clone())
        .insert_resource(rehearsals)
        .add_plugins((TaskPoolPlugin::default(), stop::plugin))
        .set_runner(run_laps);
    let beside =
        if settings.shadow { shadow::start(&mut app, Arc::clone(&store), runtime.handle().clone()).ok() } else { None };
    let doors = Doors::new(http::router(http, session_routes)).encrypted(identity, &join_url);
    let answering = runtime.spawn(http::answer(listener, doors, proxies));
    greet(&secrets, &join_url, listening, figures_at);
    app.run();
    answering.abort(); // nobody new; whoever is connected is told first
    beside.map(JoinHandle::join);
    finish(&runtime, &*store, &crowd);
    stop.last_words().map_or(Ok(()), Err)
}

/// What only the operator knows, and the server.
struct Secrets {
    password: String,
    /// Whether the password was made up, and the file in which it is kept.
    made_up: Option<Option<PathBuf>>,
    key: SealKey,
}

impl Secrets {
    /// What was said, what the data directory keeps, or else what lasts for as long as this process.
    fn open(settings: &Settings) -> Result<Self, String> {
        let key = SealKey::of(&settings.data_dir).or_else(|error| {
            tracing::warn!(%error, "hosts have to log in again after a restart");
            SealKey::fresh()
        });
        let key = key.map_err(|error| error.to_string())?;
        if let Some(password) = &settings.admin_password {
            return Ok(Self { password: password.clone(), made_up: None, key });
        }
        match host_password(&settings.data_dir) {
            Ok((password, file)) => Ok(Self { password, made_up: Some(Some(file)), key }),
            Err(error) => {
                tracing::warn!(%error, "the host's password is another after a restart");
                let password = made_up_password().map_err(|error| error.to_string())?;
                Ok(Self { password, made_up: Some(None), key })
            }
        }
    }
}

fn limits(settings: &Settings) -> DoorLimits {
    let usual = DoorLimits::default();
    DoorLimits {
        arriving: settings.arriving_per_address.unwrap_or(usual.arriving),
        seats: settings.seats_per_address.unwrap_or(usual.seats),
    }
}

/// What a server stands on.
struct Opened {
    listener: TcpListener,
    figures_listener: Option<TcpListener>,
    /// With port 0 the system has chosen one.
    listening: SocketAddr,
    identity: Option<Arc<Identity>>,
    /// By which people join.
    address: Address,
    files: WebFiles,
    store: Arc<dyn Store>,
    recovered: Recovered,
}

/// Opens certificate, addresses, files, store and session, in this order.
async fn open(settings: &Settings, asked: Asked) -> Result<Opened, String> {
    let identity = settings.tls.as_ref().map(|(cert, key)| Identity::load(cert, key).map(Arc::new)).transpose();
    let identity = identity.map_err(|error| error.to_string())?;
    let listener = listen(settings.listen, "--listen").await?;
    let figures_listener = match settings.metrics_listen {
        Some(address) => Some(listen(address, "--metrics-listen").await?),
        None => None,
    };
    let listening = listener.local_addr().unwrap_or(settings.listen);
    let address = match &settings.public_url {
        Some(said) => said.clone(),
        None => reachable(listening, identity.is_some())?,
    };
    let files = pages(settings.web_dir.as_deref())?;
    let place = Place::from(settings);
    let server = if place.is_shared() { own_name(settings, asked)? } else { String::new() };
    let store = store::open_at(&Place { server: &server, ..place }).await.map_err(|error| error.to_string())?;
    let opening = Opening {
        config: settings.session.0.clone(),
        phase: if settings.draft { Phase::Draft } else { Phase::Lobby },
        asked: settings.session.1,
    };
    let recovered = open_session_of(&server, asked, &*store, &opening).await.map_err(|error| error.to_string())?;
    Ok(Opened { listener, figures_listener, listening, identity, address, files, store, recovered })
}

async fn listen(address: SocketAddr, setting: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|error| format!("{address} cannot be listened on: {error}: choose another address with {setting}"))
}

/// Files that the server opens besides its sockets: the database, the log, what an export is read from.
const OTHER_FILES: u64 = 200;

/// Lets this process open as many sockets as it takes, as far as the system allows; says where it does not.
fn allow_sockets() {
    let wanted = u64::try_from(http::SOCKETS_MAX).unwrap_or(u64::MAX) + OTHER_FILES;
    match rlimit::increase_nofile_limit(wanted) {
        Ok(files) if files < wanted => tracing::warn!(
            "the system allows {files} open files, {wanted} are needed for every place: raise the hard limit \
             (LimitNOFILE= of the unit, or ulimit -Hn)"
        ),
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "how many files may be open cannot be said: {wanted} are needed"),
    }
}

/// The pages of a directory when one is named, else those inside this program.
fn pages(directory: Option<&Path>) -> Result<WebFiles, String> {
    if let Some(directory) = directory {
        return WebFiles::load(directory).map_err(|error| {
            format!(
                "the pages in {} cannot be read: {error}: name a directory that `cargo xtask web` made with --web-dir",
                directory.display()
            )
        });
    }
    std::env::current_exe().and_then(|program| WebFiles::inside(&program)).map_err(|error| {
        format!("the pages inside this program cannot be read: {error}: name a directory of pages with --web-dir")
    })
}

/// By which name the server knows its sessions among those of others. One that is told its session can do
/// without.
fn own_name(settings: &Settings, asked: Asked) -> Result<String, String> {
    match mark::name(&settings.data_dir, settings.listen.port()) {
        Err(why) if asked != Asked::Own => {
            tracing::warn!(why, "another start will not know this session as its own");
            Ok(String::new())
        }
        name => name,
    }
}

/// The address people can reach the server by. Where it listens on every address, it is the
/// one that this machine would use to talk to others.
fn reachable(listening: SocketAddr, encrypted: bool) -> Result<Address, String> {
    let mut address = listening;
    if listening.ip().is_unspecified() {
        // No packet is sent: the system only chooses a way to an address kept for documents.
        let way = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
            socket.connect("192.0.2.1:9")?;
            socket.local_addr()
        });
        address.set_ip(way.map_or(Ipv4Addr::LOCALHOST.into(), |way| way.ip()));
    }
    let scheme = if encrypted { "https" } else { "http" };
    format!("{scheme}://{address}").parse::<Address>().map_err(|error| error.to_string())
}

fn endpoint(
    settings: &Settings,
    address: &Address,
    front: Front,
    links: mpsc::Sender<LinkEvent>,
    crowd: &Arc<Crowd>,
    secrets: &Secrets,
) -> EndpointState {
    let mut allowed = settings.allowed_origins.clone();
    allowed.push(address.clone());
    EndpointState {
        front,
        links,
        origins: Arc::new(Origins { allowed, https: address.is_secure() }),
        cookies: Arc::new(Cookies::new(address.origin(), secrets.key.clone())),
        crowd: Arc::clone(crowd),
    }
}

fn greet(secrets: &Secrets, join_url: &str, listening: SocketAddr, figures_at: Option<SocketAddr>) {
    let mut text = format!("Outcry is open: {join_url}\nlistening on {listening}\n");
    if let Some(address) = figures_at {
        text += &format!("figures at http://{address}/metrics\n");
    }
    if let Some(file) = &secrets.made_up {
        let kept = file.as_ref().map_or("for this start".to_owned(), |file| format!("and kept in {}", file.display()));
        text += &format!("Host's password, made up {kept}: {}\n", secrets.password);
    }
    // Nobody reads it: nothing to do about that.
    let _ = std::io::stdout().write_all(text.as_bytes());
    tracing::info!(%listening, "serving");
}

/// Runs laps until one of them ends it.
fn run_laps(mut app: App) -> AppExit {
    app.finish();
    app.cleanup();
    loop {
        let began = Instant::now();
        app.update();
        if let Some(exit) = app.should_exit() {
            return exit;
        }
        let runs = app.world().resource::<Session>().phase().clock_runs();
        let lap = Duration::from_millis(if runs { LAP_MS } else { IDLE_LAP_MS });
        std::thread::sleep(lap.saturating_sub(began.elapsed()));
    }
}

/// Lets sockets close and the store finish.
fn finish(runtime: &Runtime, store: &dyn Store, crowd: &Crowd) {
    runtime.block_on(async {
        let closed = async {
            while !crowd.is_empty() {
                tokio::time::sleep(Duration::from_millis(CLOSING_MS)).await;
            }
            store.close().await
        };
        match tokio::time::timeout(Duration::from_millis(STOP_MS), closed).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the store was not closed"),
            Err(_) => tracing::warn!("connections or store did not close in time"),
        }
    });
}
