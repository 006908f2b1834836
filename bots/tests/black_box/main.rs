//! The real server as a program, seen from outside: people play on it, it is killed, it is
//! started wrongly. `cargo xtask test` names it in `OUTCRY_SERVER_BIN`, and a PostgreSQL in
//! `TEST_DATABASE_URL`.

mod crowd;
mod evening;
mod figures;
mod fleet;
mod floor;
mod fronts;
mod kills;
mod proxy;
mod rooms;
mod cache;
mod seats;
mod session;
mod sessions;
mod starts;
mod tls;
mod wire;
