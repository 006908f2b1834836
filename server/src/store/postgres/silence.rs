//! Connections that have fallen silent. A database's host can vanish without a word, and TCP takes a quarter of an hour
//! to notice: what was given up would fill the pool for as long. Here such connections are found out, and they and those
//! that are as old are not used again.

use crate::store::error::StoreError;
use sqlx::{
    Connection, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a connection may take to answer once nobody waits for it any more. Beyond it, it is closed: whatever it is
/// doing, the database gives that up as soon as it looks.
const ANSWER: Duration = Duration::from_secs(1);
/// How long a transaction may take to begin, the wait for a connection included.
const BEGIN: Duration = Duration::from_secs(3);
/// What the database is asked for on every connection, of what it knows, in its units: to notice that we have vanished,
/// and to give up what it does for a connection that is closed. Otherwise it would keep locks and places for hours.
const NOTICE: &str = "SELECT set_config(name, wanted, false) FROM pg_settings JOIN (VALUES
    ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'),
    ('tcp_user_timeout', '25000'), ('client_connection_check_interval', '2000')) AS ours (name, wanted) USING (name)";

/// When a connection fell silent last.
#[derive(Clone, Default)]
pub(super) struct Silence(Arc<Mutex<Option<Instant>>>);

impl Silence {
    /// One has just been found: those that are as old may have gone the same way.
    pub(super) fn found(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether a connection of this age may have gone the same way.
    fn doubts(&self, age: Duration) -> bool {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.is_some_and(|found| found.elapsed() <= age)
    }

    /// Asks a connection that comes back for a sign of life.
    async fn ask(&self, connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
        let Ok(answer) = tokio::time::timeout(ANSWER, connection.ping()).await else {
            self.found();
            return Err(io::Error::new(io::ErrorKind::TimedOut, "a connection has fallen silent").into());
        };
        answer.map(|()| true)
    }

    /// A pool that lets no silent connection in or out.
    pub(super) async fn pool(&self, pool: PgPoolOptions, options: PgConnectOptions) -> Result<PgPool, sqlx::Error> {
        let (at_return, at_use) = (self.clone(), self.clone());
        pool.after_connect(|connection, _| Box::pin(notice(connection)))
            .after_release(move |connection, about| {
                let silence = at_return.clone();
                Box::pin(async move { Ok(!silence.doubts(about.age) && silence.ask(connection).await?) })
            })
            .before_acquire(move |_, about| {
                let fits = !at_use.doubts(about.age);
                Box::pin(async move { Ok(fits) })
            })
            .connect_with(options)
            .await
    }

    /// A transaction, begun beside whoever asks for it. Given up in the middle of its BEGIN, a connection
    /// would go back to the pool with a transaction open, and what is then stored at once on it would
    /// be acknowledged and not last. One that takes too long is among the silent ones before it comes back.
    pub(super) async fn begin(
        &self,
        pool: &PgPool,
        begin: &'static str,
    ) -> Result<Transaction<'static, Postgres>, StoreError> {
        let (silence, pool) = (self.clone(), pool.clone());
        let begun = tokio::spawn(async move {
            let mut begun = std::pin::pin!(pool.begin_with(begin));
            let answer = tokio::time::timeout(BEGIN, &mut begun).await;
            if answer.is_err() {
                silence.found();
            }
            answer
        });
        let late = |_| StoreError::Unavailable(format!("no transaction begun within {} s", BEGIN.as_secs()));
        Ok(begun.await.map_err(|lost| StoreError::Unavailable(lost.to_string()))?.map_err(late)??)
    }
}

/// Asks the database to notice when we vanish. One on a system that cannot does without.
pub(super) async fn notice(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    match sqlx::query(NOTICE).execute(connection).await {
        Err(sqlx::Error::Database(refused)) => tracing::debug!(%refused, "the database will not notice when we vanish"),
        asked => _ = asked?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_are_older_than_a_silence_are_doubted() {
        let silence = Silence::default();
        assert!(!silence.doubts(Duration::MAX));
        silence.found();
        assert!(silence.doubts(Duration::from_secs(3_600)), "opened before");
        assert!(!silence.doubts(Duration::ZERO), "opened since");
    }
}
