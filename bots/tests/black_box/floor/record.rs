//! What the server has recorded, read past it.

use super::{
    Database,
    database::{connect, runtime},
};
use outcry_engine::Input;
use outcry_shared::floor::decode_input;
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

/// More than any input holds.
const INPUT_BYTES_MAX: usize = 64 << 20;

/// A session as recorded. Amounts are micros.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// Every input with its tick, in order.
    pub(crate) inputs: Vec<(u64, Input)>,
    /// Every tick's number and hash, in order.
    pub(crate) hashes: Vec<(u64, Vec<u8>)>,
    /// Every order.
    pub(crate) orders: Vec<OrderRow>,
    /// Orders of buyer and seller, and size, of every trade.
    pub(crate) trades: Vec<(Option<u64>, Option<u64>, i64)>,
    /// Number, deposit, balance and gas of every participant.
    pub(crate) users: Vec<(u32, i64, i64, i64)>,
}

/// An order as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OrderRow {
    pub(crate) order: u64,
    pub(crate) user: u32,
    pub(crate) client_order_id: u64,
    pub(crate) status: String,
    pub(crate) size: i64,
    pub(crate) filled: i64,
    pub(crate) tick_accepted: Option<u64>,
}

impl Recorded {
    /// Reads the newest session.
    pub(crate) fn read(database: &Database) -> Self {
        Self::of(database, "(SELECT MAX(session_id) FROM sessions)")
    }

    /// Reads a session.
    pub(crate) fn read_session(database: &Database, session: u64) -> Self {
        Self::of(database, &session.to_string())
    }

    fn of(database: &Database, session: &str) -> Self {
        let reader = Reader { database, session };
        Self {
            inputs: reader.rows("SELECT CAST(tick_id AS BIGINT), payload FROM inputs WHERE {session} ORDER BY seq", |row| {
                let input = decode_input(&row.get::<Vec<u8>, _>(1), INPUT_BYTES_MAX);
                (number(row, 0), input.expect("a recorded input"))
            }),
            hashes: reader.rows(
                "SELECT CAST(tick_id AS BIGINT), state_hash FROM ticks WHERE {session} ORDER BY tick_id",
                |row| (number(row, 0), row.get::<Vec<u8>, _>(1)),
            ),
            orders: reader.rows(
                "SELECT CAST(order_id AS BIGINT), CAST(user_id AS BIGINT), CAST(client_order_id AS BIGINT), status, \
                 {size}, {filled}, CAST(tick_accepted AS BIGINT) FROM orders WHERE {session} ORDER BY order_id",
                |row| OrderRow {
                    order: number(row, 0),
                    user: number(row, 1) as u32,
                    client_order_id: number(row, 2),
                    status: row.get(3),
                    size: row.get(4),
                    filled: row.get(5),
                    tick_accepted: row.get::<Option<i64>, _>(6).map(|tick| tick as u64),
                },
            ),
            trades: reader.rows(
                "SELECT CAST(buy_order_id AS BIGINT), CAST(sell_order_id AS BIGINT), {size} FROM trades WHERE {session}",
                |row| {
                    let party = |place: usize| row.get::<Option<i64>, _>(place).map(|order| order as u64);
                    (party(0), party(1), row.get(2))
                },
            ),
            users: reader.rows(
                "SELECT CAST(user_id AS BIGINT), {deposit}, {balance}, {gas_paid} FROM users WHERE {session} \
                 ORDER BY user_id",
                |row| (number(row, 0) as u32, row.get(1), row.get(2), row.get(3)),
            ),
        }
    }
}

struct Reader<'a> {
    database: &'a Database,
    session: &'a str,
}

impl Reader<'_> {
    fn rows<T>(&self, query: &str, read: impl Fn(&AnyRow) -> T) -> Vec<T> {
        let mut query = query.replace("{session}", &format!("session_id = {}", self.session));
        for column in ["size", "filled", "deposit", "balance", "gas_paid"] {
            query = query.replace(&format!("{{{column}}}"), &self.micros(column));
        }
        runtime().block_on(async {
            let mut connection = connect(self.database.url()).await;
            let rows = sqlx::query(AssertSqlSafe(query.clone())).fetch_all(&mut connection).await;
            rows.unwrap_or_else(|error| panic!("{query}: {error}")).iter().map(read).collect()
        })
    }

    /// An amount's column as micros.
    fn micros(&self, column: &str) -> String {
        let factor = if self.database.is_postgres() { 1_000_000 } else { 1 };
        format!("CAST({column} * {factor} AS BIGINT)")
    }
}

fn number(row: &AnyRow, place: usize) -> u64 {
    row.get::<i64, _>(place) as u64
}
