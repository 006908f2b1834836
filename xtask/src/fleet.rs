//! `cargo xtask fleet`: three processes share rooms behind a proxy while processes are killed and hung, connections cut and
//! PostgreSQL restarted, and everything acknowledged is compared with the record.

use crate::{
    failure::Result,
    needs,
    place::Place,
    postgres::{CLUSTER_VARIABLE, Commits, DATABASE_VARIABLE, Postgres},
    programs, run,
};
use clap::Args;

/// How much of it.
#[derive(Args)]
pub(crate) struct Options {
    /// Rooms, each with a host, two bots and somebody who watches
    #[arg(long, default_value_t = 50)]
    rooms: u32,
    /// Kills of processes; as many other troubles come between them
    #[arg(long, default_value_t = 10)]
    kills: u32,
    /// Where processes, moments and the order of troubles are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What stands in front
    #[arg(long, default_value = "nginx", value_parser = ["nginx", "caddy"])]
    proxy: String,
}

/// Lets all of it happen, and says how long rooms took to go on.
///
/// # Errors
/// When something cannot be built or started, a room does not go on, or something acknowledged is lost.
pub(crate) fn fleet(place: &Place, options: &Options) -> Result<()> {
    needs::ensure(&[&needs::COMPILER, &needs::POSTGRES, &needs::NGINX, &needs::CADDY])?;
    programs::build(place)?;
    let cluster = Postgres::start(Commits::Wait)?;
    let mut cargo = place.locked("test", &programs::PACKAGES);
    cargo.args(["--test", "black_box", "fleet::", "--", "--nocapture", "--test-threads=1"]);
    cargo.env(CLUSTER_VARIABLE, cluster.data()).env(DATABASE_VARIABLE, cluster.url());
    cargo.env("OUTCRY_FLEET_PROXY", &options.proxy);
    cargo.env("OUTCRY_FLEET_ROOMS", options.rooms.to_string());
    cargo.env("OUTCRY_FLEET_KILLS", options.kills.to_string()).env("OUTCRY_FLEET_SEED", options.seed.to_string());
    run::run(programs::tell(place, &mut cargo))
}
