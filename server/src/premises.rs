//! What a server stands on before there is a room: its secrets, its addresses and sockets, its pages. Opened once at the
//! start; nothing here knows of sessions.

use crate::{
    config::{Asked, Settings},
    http::{Identity, Sockets, WebFiles},
    mark,
    vault::{SealKey, host_password, made_up_password},
};
use outcry_reach::Address;
use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    path::Path,
    sync::Arc,
};
use tokio::net::TcpListener;

/// Whose password of a fleet follows from its key.
const ORGANISER: &str = "the organiser";

/// What only the operator knows, and the server.
pub(crate) struct Secrets {
    pub(crate) password: String,
    /// How the password was made up, if it was.
    pub(crate) made_up: Option<String>,
    pub(crate) key: SealKey,
}

impl Secrets {
    /// What was said, what the data directory keeps, or else what lasts for as long as this process.
    pub(crate) fn open(settings: &Settings) -> Result<Self, String> {
        let key = match &settings.seal_key_file {
            Some(file) => SealKey::read(file),
            None => SealKey::of(&settings.data_dir).or_else(|error| {
                tracing::warn!(%error, "hosts have to log in again after a restart");
                SealKey::fresh()
            }),
        };
        let key = key.map_err(|error| error.to_string())?;
        if let Some(password) = &settings.admin_password {
            return Ok(Self { password: password.clone(), made_up: None, key });
        }
        if settings.fleet.is_some() {
            // The same for every process of it.
            return Ok(Self { password: key.password(ORGANISER), made_up: Some("from the seal key".to_owned()), key });
        }
        match host_password(&settings.data_dir) {
            Ok((password, file)) => {
                Ok(Self { password, made_up: Some(format!("and kept in {}", file.display())), key })
            }
            Err(error) => {
                tracing::warn!(%error, "the host's password is another after a restart");
                let password = made_up_password().map_err(|error| error.to_string())?;
                Ok(Self { password, made_up: Some("for this start".to_owned()), key })
            }
        }
    }
}

/// Where a server is reached, and the pages it has.
pub(crate) struct Premises {
    pub(crate) listener: TcpListener,
    pub(crate) figures_listener: Option<TcpListener>,
    /// With port 0 the system has chosen one.
    pub(crate) listening: SocketAddr,
    pub(crate) identity: Option<Arc<Identity>>,
    /// By which people join.
    pub(crate) address: Address,
    pub(crate) files: WebFiles,
}

impl Premises {
    /// Opens certificate, addresses and files, in this order.
    ///
    /// # Errors
    /// One sentence: which cannot be opened, and what would be right.
    pub(crate) async fn open(settings: &Settings) -> Result<Self, String> {
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
        Ok(Self { listener, figures_listener, listening, identity, address, files })
    }
}

async fn listen(address: SocketAddr, setting: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|error| format!("{address} cannot be listened on: {error}: choose another address with {setting}"))
}

/// Files that the server opens besides its sockets: the database, the log, what an export is read from.
const OTHER_FILES: u64 = 200;

/// Lets this process open as many sockets as it takes, as far as the system allows; says where it does not.
pub(crate) fn allow_sockets(sockets: Sockets) {
    let wanted = u64::try_from(sockets.all()).unwrap_or(u64::MAX) + OTHER_FILES;
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
pub(crate) fn own_name(settings: &Settings, asked: Asked) -> Result<String, String> {
    match mark::name(&settings.data_dir, settings.listen.port()) {
        Err(why) if asked != Asked::Own => {
            tracing::warn!(why, "another start will not know this session as its own");
            Ok(String::new())
        }
        name => name,
    }
}

/// Where the others of a fleet reach this process.
pub(crate) fn own_address(settings: &Settings, premises: &Premises) -> Result<String, String> {
    match settings.fleet.as_ref().and_then(|fleet| fleet.address.clone()) {
        Some(said) => Ok(said),
        None => reachable(premises.listening, false).map(|address| address.authority().to_owned()),
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
