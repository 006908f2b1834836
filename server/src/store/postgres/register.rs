//! The table of a fleet: which rooms there are and which process has each, which processes live. Nobody is locked out: a
//! claim compares the room's term and raises it. Its connections are its own, so that a process whose rooms wait for theirs
//! is not taken for dead.

use super::{
    connect::{options, own_name},
    silence::Silence,
};
use crate::{
    chance::random_bytes,
    code::Code,
    store::{
        error::StoreError,
        place::Place,
        register::{ALIVE_MS, Claimed, Held, KeptRoom, Member, Row, Sign, View},
        sql::int,
    },
};
use sqlx::{
    PgPool, Row as _,
    postgres::{PgPoolOptions, PgRow},
};
use std::time::Duration;

/// Connections: one for signs of life, and one for whoever looks.
const CONNECTIONS: u32 = 2;
/// How long work waits for one, in s.
const ACQUIRE_TIMEOUT_S: u64 = 1;

/// ($1 the address, $2 the mark, $3 in ms: how long signs of life count). Whoever is long gone is forgotten.
const ENTER: &str =
    "WITH gone AS (DELETE FROM members WHERE beat < clock_timestamp() - INTERVAL '1 minute' AND address <> $1)
    INSERT INTO members (address, mark, beat) VALUES ($1, $2, clock_timestamp())
    ON CONFLICT (address) DO UPDATE SET mark = $2, beat = clock_timestamp(), is_draining = FALSE
        WHERE members.mark = $2 OR members.beat < clock_timestamp() - $3 * INTERVAL '1 millisecond'";

/// ($1 the address, $2 the mark, $3 whether it drains, codes, terms, boards) → code, whether it is open; and an empty code,
/// whether this is a member.
const BEAT: &str = "WITH here AS (
        INSERT INTO members (address, mark, beat, is_draining) VALUES ($1, $2, clock_timestamp(), $3)
        ON CONFLICT (address) DO UPDATE SET beat = clock_timestamp(), is_draining = $3 WHERE members.mark = $2
        RETURNING 1
    ), kept AS (
        UPDATE rooms SET beat = clock_timestamp(), board = new.board::json
        FROM unnest($4::text[], $5::bigint[], $6::text[]) AS new (code, term, board)
        WHERE rooms.code = new.code AND rooms.term = new.term AND rooms.holder = $1
        RETURNING rooms.code, rooms.is_open
    )
    SELECT '', EXISTS (SELECT FROM here) UNION ALL SELECT code, is_open FROM kept";

/// ($1 the house, $2 in ms) → code, number, term, holder while its signs of life count, board.
const ROOMS: &str = "SELECT code, number, term,
        CASE WHEN beat >= clock_timestamp() - $2 * INTERVAL '1 millisecond' THEN holder END, board::text
    FROM rooms WHERE house = $1 AND is_open ORDER BY number";

/// ($1 in ms) → address, whether it drains.
const MEMBERS: &str = "SELECT address, is_draining FROM members
    WHERE beat >= clock_timestamp() - $1 * INTERVAL '1 millisecond' ORDER BY address";

/// ($1 the house, $2 the address, $3 code, $4 term, $5 in ms) → term, number, configuration, whether somebody had it within
/// the last minute.
const CLAIM: &str = "UPDATE rooms SET holder = $2, term = rooms.term + 1, beat = clock_timestamp(), board = NULL
    FROM (SELECT beat FROM rooms WHERE code = $3) AS before
    WHERE house = $1 AND code = $3 AND term = $4 AND is_open
        AND (holder IS NULL OR rooms.beat IS NULL OR rooms.beat < clock_timestamp() - $5 * INTERVAL '1 millisecond')
    RETURNING term, number, config::text, coalesce(before.beat > clock_timestamp() - INTERVAL '1 minute', FALSE)";

/// ($1 the address, $2 code, $3 term)
const LET_GO: &str = "UPDATE rooms SET holder = NULL, beat = clock_timestamp(), board = NULL
    WHERE code = $2 AND term = $3 AND holder = $1";

/// ($1 the house, $2 code, $3 term)
const TAKE: &str = "UPDATE rooms SET holder = NULL, beat = clock_timestamp(), board = NULL
    WHERE house = $1 AND code = $2 AND term = $3";

/// ($1 the address, $2 the mark)
const LEAVE: &str = "DELETE FROM members WHERE address = $1 AND mark = $2";

/// The table of a fleet, as one of its processes uses it.
#[derive(Clone)]
pub struct Register {
    pool: PgPool,
    house: String,
    address: String,
    mark: String,
}

impl Register {
    /// Opens it for the process that is reached at an address. The tables are there.
    ///
    /// # Errors
    /// When the place is no PostgreSQL, or cannot be reached.
    pub async fn open(place: &Place<'_>, address: &str) -> Result<Self, StoreError> {
        let Some(url) = place.url.filter(|_| place.is_shared()) else { return Err(StoreError::UnknownKind) };
        let options = options(url, place.schema)?.application_name(&own_name()?);
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(Duration::from_secs(ACQUIRE_TIMEOUT_S))
            .test_before_acquire(false);
        let pool = Silence::default().pool(pool, options).await?;
        let mark = random_bytes::<8>().map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let mark = format!("{:016x}", u64::from_le_bytes(mark));
        Ok(Self { pool, house: place.server.to_owned(), address: address.to_owned(), mark })
    }

    /// The address of this process.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Becomes a member. False while another process that lives has said the same address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enter(&self) -> Result<bool, StoreError> {
        let enter = sqlx::query(ENTER).bind(&self.address).bind(&self.mark).bind(alive());
        Ok(enter.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// Gives a sign of life, for this process and all that it has, in one statement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn beat(&self, held: &[Held], is_draining: bool) -> Result<Sign, StoreError> {
        let codes: Vec<&str> = held.iter().map(|held| held.code.as_str()).collect();
        let terms: Vec<i64> = held.iter().map(|held| int(held.term)).collect();
        let boards: Vec<&str> = held.iter().map(|held| held.board.as_str()).collect();
        let beat = sqlx::query(BEAT).bind(&self.address).bind(&self.mark).bind(is_draining);
        let mut sign = Sign::default();
        for row in beat.bind(codes).bind(terms).bind(boards).fetch_all(&self.pool).await? {
            let (code, is_so) = (row.try_get::<String, _>(0)?, row.try_get(1)?);
            match Code::meant(&code) {
                Some(code) => sign.kept.push((code, is_so)),
                None => sign.is_member = is_so,
            }
        }
        Ok(sign)
    }

    /// All of the fleet as it is now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn view(&self) -> Result<View, StoreError> {
        let rooms = sqlx::query(ROOMS).bind(&self.house).bind(alive()).fetch_all(&self.pool).await?;
        let members = sqlx::query(MEMBERS).bind(alive()).fetch_all(&self.pool).await?;
        let member = |row: PgRow| Ok(Member { address: row.try_get(0)?, is_draining: row.try_get(1)? });
        Ok(View {
            rooms: rooms.iter().filter_map(|row| room(row).transpose()).collect::<Result<_, sqlx::Error>>()?,
            members: members.into_iter().map(member).collect::<Result<_, sqlx::Error>>()?,
        })
    }

    /// Claims a room that nobody has, unless somebody has claimed it since the term that was seen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, code: &Code, term: u64) -> Result<Option<Claimed>, StoreError> {
        let claim = sqlx::query(CLAIM).bind(&self.house).bind(&self.address).bind(code.as_str());
        let Some(row) = claim.bind(int(term)).bind(alive()).fetch_optional(&self.pool).await? else { return Ok(None) };
        let config: String = row.try_get(2)?;
        let room = KeptRoom {
            code: code.clone(),
            number: number(&row, 1)?,
            config: serde_json::from_str(&config).ok(),
            is_open: true,
        };
        Ok(Some(Claimed { room, term: uint(row.try_get(0)?), is_warm: row.try_get(3)? }))
    }

    /// Lets a room go, if it is still this process's by that term: others may claim it at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn let_go(&self, code: &Code, term: u64) -> Result<(), StoreError> {
        let let_go = sqlx::query(LET_GO).bind(&self.address).bind(code.as_str()).bind(int(term));
        let_go.execute(&self.pool).await?;
        Ok(())
    }

    /// Takes a room from whoever has it by that term: its holder learns of it by the next sign of life, and others may claim
    /// it at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take(&self, code: &Code, term: u64) -> Result<(), StoreError> {
        let take = sqlx::query(TAKE).bind(&self.house).bind(code.as_str()).bind(int(term));
        take.execute(&self.pool).await?;
        Ok(())
    }

    /// Is a member no longer, and closes the connections.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave(&self) -> Result<(), StoreError> {
        sqlx::query(LEAVE).bind(&self.address).bind(&self.mark).execute(&self.pool).await?;
        self.pool.close().await;
        Ok(())
    }
}

fn alive() -> i64 {
    int(ALIVE_MS)
}

fn room(row: &PgRow) -> Result<Option<Row>, sqlx::Error> {
    let Some(code) = Code::meant(row.try_get(0)?) else { return Ok(None) };
    let (number, term) = (number(row, 1)?, uint(row.try_get(2)?));
    Ok(Some(Row { code, number, term, holder: row.try_get(3)?, board: row.try_get(4)? }))
}

fn number(row: &PgRow, column: usize) -> Result<u32, sqlx::Error> {
    Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
}

/// A number that the tables count up from 0.
fn uint(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
