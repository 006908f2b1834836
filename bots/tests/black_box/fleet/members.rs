//! The processes of a fleet.

use crate::floor::{Database, PASSWORD, Server, deadline, post};
use outcry_bots::{Address, Dice};
use outcry_shared::{config::SessionConfig, secret::HostGrant};
use rand_chacha::ChaCha8Rng;
use std::{collections::BTreeMap, fs, path::Path, thread, time::Instant};

/// How many there are.
pub(super) const MEMBERS: usize = 3;

/// The processes, each at its place.
pub(super) struct Members<'a> {
    program: &'a Path,
    database: &'a Database,
    places: Vec<String>,
    /// What each is started with besides its place.
    arguments: Vec<String>,
    servers: Vec<Option<Server>>,
}

impl<'a> Members<'a> {
    /// Starts all of them, for so many rooms together.
    pub(super) fn start(
        program: &'a Path,
        database: &'a Database,
        places: Vec<String>,
        front: &Address,
        rooms: usize,
        config: &SessionConfig,
    ) -> Self {
        let directory = database.directory();
        let (key, session) = (directory.join("seal-key"), directory.join("session.json"));
        fs::write(&key, "5ea1".repeat(16)).expect("a file");
        fs::write(&session, config.to_json()).expect("a file");
        let public = format!("http://{}", front.authority());
        let arguments = [
            "--fleet",
            "table",
            "--rooms",
            &rooms.to_string(),
            "--public-url",
            &public,
            "--trusted-proxy",
            "127.0.0.1",
            "--seal-key-file",
            &key.display().to_string(),
            "--session-config",
            &session.display().to_string(),
        ];
        let arguments = arguments.map(ToOwned::to_owned).to_vec();
        let mut members = Self { program, database, servers: places.iter().map(|_| None).collect(), places, arguments };
        (0..MEMBERS).for_each(|index| members.begin(index));
        members
    }

    fn begin(&mut self, index: usize) {
        let (data, place) = (format!("member-{index}"), &self.places[index]);
        let own = ["--listen", place, "--fleet-address", place, "--data-dir", &data];
        let arguments: Vec<_> = self.arguments.iter().map(String::as_str).chain(own).collect();
        self.servers[index] = Some(Server::start_with(self.program, self.database, &arguments));
    }

    /// The codes of all rooms, as the organiser sees them at any process, as soon as there are so many.
    pub(super) fn codes(&self, count: usize) -> Vec<String> {
        let deadline = deadline();
        let address = self.first().address();
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        let (status, said) = post(address, "/rooms/login", None, &format!(r#"{{"password":"{PASSWORD}"}}"#));
        assert_eq!(status, 200, "{said}");
        let grant = json(&said)["grant"].as_str().and_then(HostGrant::from_hex);
        loop {
            let (_, listed) = crate::floor::get(address, "/rooms/list", grant);
            let rows = json(&String::from_utf8_lossy(&listed));
            let codes = rows["rooms"].as_array().into_iter().flatten().filter_map(|row| row["code"].as_str());
            let codes: Vec<_> = codes.map(ToOwned::to_owned).collect();
            if codes.len() == count && self.holders().len() == count {
                return codes;
            }
            assert!(Instant::now() < deadline, "{count} rooms: {rows}");
            thread::yield_now();
        }
    }

    /// Who holds which room, as the table has it.
    pub(super) fn holders(&self) -> BTreeMap<String, String> {
        self.database.pairs("SELECT code, holder FROM rooms WHERE holder IS NOT NULL").into_iter().collect()
    }

    pub(super) fn authority(&self, index: usize) -> &String {
        &self.places[index]
    }

    /// One that runs.
    pub(super) fn first(&self) -> &Server {
        self.servers.iter().flatten().next().expect("one runs")
    }

    /// One that holds rooms.
    fn any(&self, holders: &BTreeMap<String, String>, rng: &mut ChaCha8Rng) -> usize {
        let holding: Vec<_> =
            (0..MEMBERS).filter(|index| holders.values().any(|holder| *holder == self.places[*index])).collect();
        *rng.pick(&holding).expect("somebody holds rooms")
    }

    /// Kills one that holds rooms; which.
    pub(super) fn kill_any(&mut self, holders: &BTreeMap<String, String>, rng: &mut ChaCha8Rng) -> usize {
        let index = self.any(holders, rng);
        self.servers[index].take().expect("it runs").kill();
        index
    }

    /// Sends a signal to one that holds rooms; which.
    pub(super) fn signal_any(&self, signal: &str, holders: &BTreeMap<String, String>, rng: &mut ChaCha8Rng) -> usize {
        let index = self.any(holders, rng);
        self.servers[index].as_ref().expect("it runs").signal(signal);
        index
    }

    /// One that stood still goes on; any other begins anew.
    pub(super) fn mend(&mut self, index: usize, has_stood_still: bool) {
        match self.servers[index].take() {
            Some(server) if has_stood_still => {
                server.signal("-CONT");
                self.servers[index] = Some(server);
            }
            Some(server) => {
                assert!(server.stop().success(), "a stop is no failure");
                self.begin(index);
            }
            None => self.begin(index),
        }
    }

    /// All of them end as they are told to.
    pub(super) fn stop(self) {
        for server in self.servers.into_iter().flatten() {
            assert!(server.stop().success(), "a stop is no failure");
        }
    }
}
