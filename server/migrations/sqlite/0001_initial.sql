-- The record of sessions. Money, tokens and prices are micro-units, rates are units of 10⁻⁹:
-- integers, exact. Times are session clock in ms unless they are called created_at, updated_at
-- or start_ts, which are UTC. Booleans are 0 and 1.

CREATE TABLE sessions (
    session_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL,
    door_open   INTEGER NOT NULL DEFAULT 1 CHECK (door_open IN (0, 1)),
    -- Rises with every claim: a server with an old one can no longer write.
    epoch       INTEGER NOT NULL DEFAULT 0,
    last_group  INTEGER NOT NULL DEFAULT 0,
    event_count INTEGER NOT NULL DEFAULT 0,
    created_at  TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at  TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE config (
    session_id   INTEGER PRIMARY KEY REFERENCES sessions,
    params       TEXT    NOT NULL CHECK (json_valid(params)),
    -- Winner and eliminations as drawn; nothing before the start.
    script       TEXT    CHECK (json_valid(script)),
    status       TEXT    NOT NULL CHECK (status IN ('DRAFT', 'LOBBY', 'RUNNING', 'FROZEN', 'PAUSED', 'RESOLVED')),
    start_ts     TEXT,
    clock_ms     INTEGER NOT NULL DEFAULT 0 CHECK (clock_ms >= 0),
    current_tick INTEGER NOT NULL DEFAULT 0 CHECK (current_tick >= 0),
    -- The last order that a tick has taken: those after it wait.
    last_order   INTEGER NOT NULL DEFAULT 0 CHECK (last_order >= 0),
    created_at   TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at   TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE users (
    session_id   INTEGER NOT NULL REFERENCES sessions,
    user_id      INTEGER NOT NULL,
    display_name TEXT    NOT NULL,
    -- What looks the same has the same skeleton.
    skeleton     TEXT    NOT NULL,
    token_hash   BLOB    NOT NULL CHECK (length(token_hash) = 32),
    is_admin     INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    is_bot       INTEGER NOT NULL CHECK (is_bot IN (0, 1)),
    is_open      INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
    deposit      INTEGER NOT NULL CHECK (deposit >= 0),
    balance      INTEGER NOT NULL CHECK (balance >= 0),
    net_pnl      INTEGER NOT NULL DEFAULT 0,
    trade_count  INTEGER NOT NULL DEFAULT 0,
    gas_paid     INTEGER NOT NULL DEFAULT 0,
    created_at   TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at   TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, user_id),
    UNIQUE (session_id, skeleton)
) STRICT, WITHOUT ROWID;

CREATE TABLE positions (
    session_id INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    outcome_i  INTEGER NOT NULL,
    yes_no     TEXT    NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    -- Free and escrowed.
    tokens     INTEGER NOT NULL DEFAULT 0 CHECK (tokens >= 0),
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, user_id, outcome_i, yes_no),
    FOREIGN KEY (session_id, user_id) REFERENCES users
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
    session_id      INTEGER NOT NULL,
    order_id        INTEGER NOT NULL,
    user_id         INTEGER NOT NULL,
    client_order_id INTEGER,
    outcome_i       INTEGER NOT NULL,
    yes_no          TEXT    NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    is_buy          INTEGER NOT NULL CHECK (is_buy IN (0, 1)),
    type            TEXT    NOT NULL CHECK (type IN ('MARKET', 'LIMIT')),
    size            INTEGER NOT NULL,
    limit_price     INTEGER,
    max_slippage    INTEGER,
    af_opt_in       INTEGER NOT NULL CHECK (af_opt_in IN (0, 1)),
    status          TEXT    NOT NULL DEFAULT 'OPEN'
                    CHECK (status IN ('OPEN', 'PARTIAL', 'FILLED', 'CANCELED', 'REJECTED')),
    filled          INTEGER NOT NULL DEFAULT 0,
    remaining       INTEGER NOT NULL,
    reason          TEXT,
    gas             INTEGER NOT NULL DEFAULT 0,
    -- The tick that took it; none while it waits.
    tick_accepted   INTEGER,
    -- When its owner asked to have it back, and the tick that did so.
    cancel_ms       INTEGER,
    tick_cancelled  INTEGER,
    ts_ms           INTEGER NOT NULL,
    created_at      TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at      TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, order_id),
    UNIQUE (session_id, user_id, client_order_id),
    FOREIGN KEY (session_id, user_id) REFERENCES users,
    CHECK ((type = 'LIMIT') = (limit_price IS NOT NULL) AND (type = 'MARKET') = (max_slippage IS NOT NULL)),
    CHECK (filled >= 0 AND filled + remaining = size)
) STRICT, WITHOUT ROWID;

CREATE INDEX orders_to_cancel ON orders (session_id, cancel_ms)
    WHERE cancel_ms IS NOT NULL AND tick_cancelled IS NULL;

-- Written only behind the session's fence (`epoch`), so it needs no reference that is checked row
-- by row; the same holds for events.
CREATE TABLE lob_pools (
    session_id INTEGER NOT NULL,
    outcome_i  INTEGER NOT NULL,
    yes_no     TEXT    NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    is_buy     INTEGER NOT NULL CHECK (is_buy IN (0, 1)),
    -- The price in steps of the session's grid.
    tick       INTEGER NOT NULL,
    price      INTEGER NOT NULL,
    -- Tokens that rest.
    volume     INTEGER NOT NULL CHECK (volume >= 0),
    -- {user_id: tokens}
    shares     TEXT    NOT NULL CHECK (json_valid(shares)),
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, outcome_i, yes_no, is_buy, tick)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticks (
    session_id INTEGER NOT NULL REFERENCES sessions,
    tick_id    INTEGER NOT NULL,
    ts_ms      INTEGER NOT NULL,
    summary    TEXT    NOT NULL CHECK (json_valid(summary)),
    state_hash BLOB    NOT NULL CHECK (length(state_hash) = 32),
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, tick_id)
) STRICT, WITHOUT ROWID;

-- A user id of NULL is the maker's pool. Any other is of a user whose row the same transaction
-- writes: the writer sees to that once a tick, and no reference is checked row by row. Where a pair
-- is made or burned (MINT, MERGE), side, price and value are the buyer's, and the seller trades the
-- other token in the same direction.
CREATE TABLE trades (
    session_id    INTEGER NOT NULL,
    trade_id      INTEGER NOT NULL,
    outcome_i     INTEGER NOT NULL,
    yes_no        TEXT    NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    buy_user_id   INTEGER,
    buy_order_id  INTEGER,
    sell_user_id  INTEGER,
    sell_order_id INTEGER,
    price         INTEGER NOT NULL,
    size          INTEGER NOT NULL,
    value         INTEGER NOT NULL,
    fee           INTEGER NOT NULL,
    fill_type     TEXT    NOT NULL CHECK (fill_type IN ('AMM', 'LOB', 'MINT', 'MERGE', 'AUTO_FILL')),
    tick_id       INTEGER NOT NULL,
    ts_ms         INTEGER NOT NULL,
    created_at    TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, trade_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    session_id INTEGER NOT NULL,
    event_id   INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    payload    TEXT    NOT NULL CHECK (json_valid(payload)),
    ts_ms      INTEGER NOT NULL,
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE metrics (
    session_id      INTEGER NOT NULL,
    tick_id         INTEGER NOT NULL,
    ts_ms           INTEGER NOT NULL,
    volume          INTEGER NOT NULL,
    mm_risk         INTEGER NOT NULL,
    worst_case_loss INTEGER NOT NULL,
    mm_profit       INTEGER NOT NULL,
    fees            INTEGER NOT NULL,
    gas             INTEGER NOT NULL,
    paid_in         INTEGER NOT NULL,
    seigniorage     INTEGER NOT NULL,
    created_at      TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, tick_id),
    FOREIGN KEY (session_id, tick_id) REFERENCES ticks
) STRICT, WITHOUT ROWID;

-- Every input of the market in order: a replay is the same inputs again.
CREATE TABLE inputs (
    session_id INTEGER NOT NULL REFERENCES sessions,
    seq        INTEGER NOT NULL,
    -- The tick that it belongs to: a join belongs to the tick that follows it.
    tick_id    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    payload    BLOB    NOT NULL,
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
    session_id INTEGER NOT NULL REFERENCES sessions,
    tick_id    INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    state_hash BLOB    NOT NULL CHECK (length(state_hash) = 32),
    checksum   BLOB    NOT NULL CHECK (length(checksum) = 32),
    state      BLOB    NOT NULL,
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, tick_id)
) STRICT;
