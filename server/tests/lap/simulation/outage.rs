//! What a restart of PostgreSQL does to a server: all its connections end, and its lock with them.

use super::Play;
use crate::{faulty::Place, recovery::wait};
use outcry_server::store::Store;
use sqlx::{Connection, PgConnection};

const RESTART: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()";
/// More than a store has connections.
const CONNECTIONS: u32 = 12;

impl Play {
    /// Every connection to the database ends, and people go on trading.
    pub(super) fn lose_the_database(&mut self) {
        let Place::Database(url) = &self.hall.place else { return };
        if !url.starts_with("postgres") {
            return;
        }
        let ended: i64 = wait(async {
            let mut connection = PgConnection::connect(url).await.unwrap();
            sqlx::query_scalar(RESTART).fetch_one(&mut connection).await.unwrap()
        });
        assert!(ended > 0, "the server has connections");
        for _ in 0..self.dice.below(8) {
            self.somebody_acts();
            self.hall.pass_ms(100);
        }
        // A proof reads at once: it must not be the one that meets a dead connection.
        for _ in 0..CONNECTIONS {
            let _ = wait(self.hall.store.sessions());
        }
    }
}
