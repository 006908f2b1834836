//! Every table of sessions can be spread over machines: what is of one session lies together, and nothing leads from one
//! to another. What is of no session, the rooms of houses and the members of a fleet, is small and stays in one piece.

use crate::bench::Bench;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// What would bind rows of several sessions together, in a schema's tables: keys that do not begin with the session,
/// unique ones without it, references that leave it.
const BINDING: &str = "
    WITH tables AS (
        SELECT oid, relname FROM pg_class
        WHERE relnamespace = $1::text::regnamespace AND relkind IN ('r', 'p') AND relname NOT IN ('_sqlx_migrations', 'rooms', 'members')
    ), keys AS (
        SELECT tables.oid, relname, indisprimary,
            ARRAY(SELECT attname::text FROM unnest(indkey::int2[]) WITH ORDINALITY AS key (number, nth)
                JOIN pg_attribute ON attrelid = tables.oid AND attnum = number ORDER BY nth) AS names
        FROM tables JOIN pg_index ON indrelid = tables.oid AND indisunique
    )
    SELECT relname || ' has no primary key' FROM tables
        WHERE NOT EXISTS (SELECT FROM keys WHERE keys.oid = tables.oid AND indisprimary)
    UNION ALL SELECT relname || ' has the key ' || names::text FROM keys
        WHERE CASE WHEN indisprimary THEN names[1] IS DISTINCT FROM 'session_id' ELSE NOT names @> '{session_id}' END
    UNION ALL SELECT relname || ' refers by ' || conname FROM tables JOIN pg_constraint ON conrelid = tables.oid
        WHERE contype = 'f' AND NOT EXISTS (
            SELECT FROM unnest(conkey, confkey) AS pair (here, there)
            JOIN pg_attribute AS own ON own.attrelid = conrelid AND own.attnum = here
            JOIN pg_attribute AS far ON far.attrelid = confrelid AND far.attnum = there
            WHERE own.attname = 'session_id' AND far.attname = 'session_id')
    ORDER BY 1";

/// Tables as they must not be.
const ASKEW: &str = "
    CREATE SCHEMA askew;
    CREATE TABLE askew.sessions (session_id BIGINT PRIMARY KEY, before BIGINT REFERENCES askew.sessions, code TEXT UNIQUE);
    CREATE TABLE askew.notes (note_id BIGINT, session_id BIGINT REFERENCES askew.sessions, PRIMARY KEY (note_id, session_id));
    CREATE TABLE askew.pages (session_id BIGINT)";

pub(crate) async fn every_table_can_be_spread_by_session(bench: Bench) {
    let Bench::Postgres(url) = &bench else { return };
    bench.open().await.close().await.unwrap();
    let mut connection = PgConnection::connect(url).await.unwrap();
    let mut found = async |schema: &str| -> Vec<String> {
        sqlx::query_scalar(BINDING).bind(schema.to_owned()).fetch_all(&mut connection).await.unwrap()
    };
    assert_eq!(found("public").await, Vec::<String>::new());
    let mut other = PgConnection::connect(url).await.unwrap();
    other.execute(AssertSqlSafe(format!("DROP SCHEMA IF EXISTS askew CASCADE; {ASKEW}"))).await.unwrap();
    let expected = [
        "notes has the key {note_id,session_id}",
        "pages has no primary key",
        "sessions has the key {code}",
        "sessions refers by sessions_before_fkey",
    ];
    assert_eq!(found("askew").await, expected, "what must not be is found");
    other.execute("DROP SCHEMA askew CASCADE").await.unwrap();
}
