//! Why the store could not do what was asked, in words for an operator.

use super::session::SessionId;

/// What PostgreSQL and its kin say of a transaction that is to be done again: it could not be put in order with another,
/// or would have waited for ever.
const CONFLICTS: [&str; 2] = ["40001", "40P01"];

/// Why a store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A URL that is neither of PostgreSQL nor of SQLite. The URL may hold a password: it is
    /// not repeated.
    #[error("the database URL is of an unknown kind: postgres://… or sqlite:FILE would be right")]
    UnknownKind,
    /// The database could not be opened.
    #[error("the database {database} cannot be opened: {reason}")]
    Open {
        /// File, or host and name, without a password.
        database: String,
        /// What the system says.
        reason: String,
    },
    /// The tables could not be brought up to date.
    #[error("the tables of the database {database} cannot be brought up to date: {reason}")]
    Version {
        /// File, or host and name, without a password.
        database: String,
        /// What the database says.
        reason: String,
    },
    /// Tables of a newer version of this program.
    #[error(
        "the database {database} has tables of version {found}, and this program knows {known}: start the newer \
         program, or put back a backup from before the upgrade"
    )]
    Newer {
        /// File, or host and name, without a password.
        database: String,
        /// The version of its tables.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// Tables that were not made by the migration of their version.
    #[error(
        "the database {database} was changed: its version {version} is not this program's: put back a backup from \
         before the change"
    )]
    Changed {
        /// File, or host and name, without a password.
        database: String,
        /// The version that differs.
        version: i64,
    },
    /// Tables of another program where ours should be.
    #[error(
        "the database {0} has tables of another program: give this one a schema of its own with --database-schema \
         (PostgreSQL), or another database"
    )]
    Foreign(String),
    /// Older tables on which a server plays.
    #[error(
        "the tables of the database {database} are of an older version, and a server serves session {session} on \
         them: stop it first"
    )]
    Served {
        /// Host and name, without a password.
        database: String,
        /// The session that is being served.
        session: i64,
    },
    /// A file that is not overwritten.
    #[error("{0} exists already: another file would be right")]
    Exists(String),
    /// A file that is not there.
    #[error("{0} is not a file: the path of a database's file would be right")]
    NoFile(String),
    /// A database into which nothing can be restored.
    #[error("the database has {0} sessions already: one without any would be right")]
    NotEmpty(usize),
    /// Not a schema's name.
    #[error("the schema \"{0}\" is not one: a name of small letters, digits and _ would be right, \"outcry\" for one")]
    Schema(String),
    /// Another server holds the session.
    #[error(
        "session {0} is being served by another server: stop that one, or open another with \
             --session new"
    )]
    Locked(SessionId),
    /// Another server holds the whole file.
    #[error("the database file {0} is in use by another server: stop that one, or use another --data-dir")]
    FileLocked(String),
    /// Another server has taken the session over; this one must not go on.
    #[error("session {0} was taken over by another server: this one cannot go on with it")]
    Superseded(SessionId),
    /// The database has no session of this number.
    #[error("session {0} is not in this database")]
    UnknownSession(SessionId),
    /// A write before a session was created or claimed.
    #[error("no session is being served yet")]
    NotClaimed,
    /// A group that does not follow the last one.
    #[error("group {given} cannot be stored: the last one is {stored}")]
    GroupOrder {
        /// The group's number.
        given: u64,
        /// The last one stored.
        stored: u64,
    },
    /// A tick that does not follow the last one.
    #[error("tick {given} cannot be stored: the last one is {stored}")]
    TickOrder {
        /// The batch's number.
        given: u64,
        /// The last one stored.
        stored: u64,
    },
    /// A record that only an earlier version of the program can play on.
    #[error(
        "session {0} was recorded by an earlier version of this program, which alone can go on with it: export it, \
         and open another with serve --session new"
    )]
    Earlier(SessionId),
    /// What was read is not what was written.
    #[error("the stored {what} of session {session} is damaged: {reason}")]
    Damaged {
        /// The session that it belongs to.
        session: SessionId,
        /// The part of the record that cannot be read.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A row breaks a rule of the tables; nothing of its group was stored.
    #[error("the database refused a row: {0}")]
    Refused(String),
    /// The database gave a transaction up for the sake of another one, as if it had never begun.
    #[error("the database gave way to another transaction: {0}")]
    Conflict(String),
    /// The database does not answer; what was asked may be tried again.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
}

impl StoreError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Conflict(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(database) if is_about_a_row(database.kind()) => Self::Refused(database.to_string()),
            sqlx::Error::Database(database) if database.code().is_some_and(|code| CONFLICTS.contains(&&*code)) => {
                Self::Conflict(database.to_string())
            }
            other => Self::Unavailable(other.to_string()),
        }
    }
}

fn is_about_a_row(kind: sqlx::error::ErrorKind) -> bool {
    use sqlx::error::ErrorKind::{
        CheckViolation, ExclusionViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation,
    };
    matches!(kind, UniqueViolation | ForeignKeyViolation | NotNullViolation | CheckViolation | ExclusionViolation)
}
