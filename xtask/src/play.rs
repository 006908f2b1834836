//! `cargo xtask play`: a session in its lobby, with bots, and a link to it.

use crate::{
    background::{self, Background},
    failure::{Context, Failure, Result},
    needs,
    place::Place,
    programs, say,
    web::{self, Profile, WebOptions},
};
use clap::Args;
use fast_qr::QRBuilder;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket},
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    time::Duration,
};

/// How long the server may take to its first answer.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How often the programs are looked after.
const LOOK: Duration = Duration::from_millis(500);

/// How to play.
#[derive(Args)]
pub(crate) struct Options {
    /// Port of pages and players
    #[arg(long, default_value_t = 7777)]
    port: u16,
    /// Lets the local network in: listens on every address and links to this machine's own
    #[arg(long)]
    lan: bool,
    /// Bots on the floor
    #[arg(long, default_value_t = 10)]
    bots: u32,
    /// What a new session starts from
    #[arg(long, default_value = "party")]
    preset: String,
    /// The record's directory: a session in it that is not over goes on
    #[arg(long, default_value = "outcry-data")]
    data_dir: PathBuf,
    /// Serves the web client that is there instead of building it
    #[arg(long)]
    no_web: bool,
    #[command(flatten)]
    web: WebOptions,
}

/// Builds everything, starts it, and waits for Ctrl-C.
///
/// # Errors
/// When a build fails, or a program cannot be started or ends by itself.
pub(crate) fn play(place: &Place, options: &Options) -> Result<()> {
    ensure_free(options.port)?;
    needs::ensure(&[&needs::COMPILER])?;
    let pages = pages(place, options)?;
    say::step("server and bots");
    // Those that are also tested: built in half the time of optimised ones, with an optimised market in them.
    programs::build(place)?;

    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = stop.send(());
    })
    .context("listening for Ctrl-C")?;
    say::step("the session");
    let record = std::path::absolute(&options.data_dir).context("finding the working directory")?;
    say::line(&format!("the record is in {}", record.display()));
    let (mut server, link) = start_server(place, options, &pages, &record)?;
    let mut bots = start_bots(place, options, &record)?;
    say::line(&invitation(&link)?);
    while stopped.recv_timeout(LOOK) == Err(mpsc::RecvTimeoutError::Timeout) {
        server.still_runs()?;
        if let Some(running) = &mut bots
            && running.still_runs().is_err()
        {
            say::line("the bots have left");
            bots = None;
        }
    }
    say::line("stopping");
    Ok(())
}

fn pages(place: &Place, options: &Options) -> Result<PathBuf> {
    if options.no_web {
        return Ok(web::dist_dir(place, options.web.profile.unwrap_or(Profile::Play)));
    }
    web::web(place, &options.web, Profile::Play)
}

fn start_server(place: &Place, options: &Options, pages: &Path, record: &Path) -> Result<(Background, String)> {
    let host = if options.lan { IpAddr::from(Ipv4Addr::UNSPECIFIED) } else { Ipv4Addr::LOCALHOST.into() };
    let link_host = if options.lan { own_address()? } else { Ipv4Addr::LOCALHOST.into() };
    let link = format!("http://{}", SocketAddr::new(link_host, options.port));
    let mut command = Command::new(place.dev_binary("outcry-server"));
    command.args(["serve", "--preset", &options.preset, "--open"]);
    command.args(["--listen", &SocketAddr::new(host, options.port).to_string(), "--public-url", &link]);
    command.arg("--web-dir").arg(pages).arg("--data-dir").arg(record);
    let mut server = Background::start("the server", &mut command)?;
    let local = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), options.port);
    server.wait_until(START_LIMIT, || background::answers(local, "/readyz"))?;
    Ok((server, link))
}

/// They keep their seats beside the record, and come back to them with it.
fn start_bots(place: &Place, options: &Options, record: &Path) -> Result<Option<Background>> {
    if options.bots == 0 {
        return Ok(None);
    }
    let url = format!("http://127.0.0.1:{}", options.port);
    let mut command = Command::new(place.dev_binary("outcry-bots"));
    command.args(["--url", &url, "--count", &options.bots.to_string(), "--seed", "1", "--stay"]);
    command.arg("--seats").arg(record.join("bots"));
    Background::start("the bots", &mut command).map(Some)
}

/// Refuses early, before minutes of building.
fn ensure_free(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(|_| ())
        .map_err(|error| Failure::new(format!("port {port} cannot be had ({error}): choose another with --port")))
}

/// Link and QR code for the terminal.
fn invitation(link: &str) -> Result<String> {
    let code =
        QRBuilder::new(link).build().map_err(|error| Failure::new(format!("no QR code for {link}: {error:?}")))?;
    Ok(format!(
        "\n{}\n\n  join       {link}\n  host       {link}/?host  (the password is above)\n  projector  {link}/?view=floor\n\n  Ctrl-C ends it",
        code.to_str()
    ))
}

/// The address by which the local network knows this machine. Nothing is sent: connecting a
/// datagram socket only asks for the route.
fn own_address() -> Result<IpAddr> {
    let ask = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    };
    Ok(ask().context("this machine has no network for --lan")?.ip())
}
