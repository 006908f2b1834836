-- Rows of tables with a fillfactor are written again: their pages keep room for that, so that no
-- index has to be touched. JSON, not JSONB, is what is read back whole.
--
-- The record of sessions. Times are session clock in ms unless they are called created_at,
-- updated_at or start_ts.

CREATE TABLE sessions (
    session_id  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        TEXT NOT NULL,
    door_open   BOOLEAN NOT NULL DEFAULT TRUE,
    -- Rises with every claim: a server with an old one can no longer write.
    epoch       BIGINT NOT NULL DEFAULT 0,
    last_group  BIGINT NOT NULL DEFAULT 0,
    event_count BIGINT NOT NULL DEFAULT 0,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE config (
    session_id   BIGINT PRIMARY KEY REFERENCES sessions,
    params       JSONB NOT NULL,
    -- Winner and eliminations as drawn; nothing before the start.
    script       JSONB,
    status       TEXT NOT NULL CHECK (status IN ('DRAFT', 'LOBBY', 'RUNNING', 'FROZEN', 'PAUSED', 'RESOLVED')),
    start_ts     TIMESTAMPTZ,
    clock_ms     BIGINT NOT NULL DEFAULT 0 CHECK (clock_ms >= 0),
    current_tick BIGINT NOT NULL DEFAULT 0 CHECK (current_tick >= 0),
    -- The last order that a tick has taken: those after it wait.
    last_order   BIGINT NOT NULL DEFAULT 0 CHECK (last_order >= 0),
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at   TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE users (
    session_id   BIGINT NOT NULL REFERENCES sessions,
    user_id      BIGINT NOT NULL,
    display_name TEXT NOT NULL,
    -- What looks the same has the same skeleton.
    skeleton     TEXT NOT NULL,
    token_hash   BYTEA NOT NULL CHECK (length(token_hash) = 32),
    is_admin     BOOLEAN NOT NULL DEFAULT FALSE,
    is_bot       BOOLEAN NOT NULL,
    is_open      BOOLEAN NOT NULL DEFAULT TRUE,
    deposit      NUMERIC(18,6) NOT NULL CHECK (deposit >= 0),
    balance      NUMERIC(18,6) NOT NULL CHECK (balance >= 0),
    net_pnl      NUMERIC(18,6) NOT NULL DEFAULT 0,
    trade_count  BIGINT NOT NULL DEFAULT 0,
    gas_paid     NUMERIC(18,6) NOT NULL DEFAULT 0,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, user_id),
    UNIQUE (session_id, skeleton)
) WITH (fillfactor = 50);

CREATE TABLE positions (
    session_id BIGINT NOT NULL,
    user_id    BIGINT NOT NULL,
    outcome_i  BIGINT NOT NULL,
    yes_no     TEXT NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    -- Free and escrowed.
    tokens     NUMERIC(18,6) NOT NULL DEFAULT 0 CHECK (tokens >= 0),
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, user_id, outcome_i, yes_no),
    FOREIGN KEY (session_id, user_id) REFERENCES users
) WITH (fillfactor = 50);

CREATE TABLE orders (
    session_id      BIGINT NOT NULL,
    order_id        BIGINT NOT NULL,
    user_id         BIGINT NOT NULL,
    client_order_id BIGINT,
    outcome_i       BIGINT NOT NULL,
    yes_no          TEXT NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    is_buy          BOOLEAN NOT NULL,
    type            TEXT NOT NULL CHECK (type IN ('MARKET', 'LIMIT')),
    size            NUMERIC(18,6) NOT NULL,
    limit_price     NUMERIC(18,6),
    max_slippage    NUMERIC(18,9),
    af_opt_in       BOOLEAN NOT NULL,
    status          TEXT NOT NULL DEFAULT 'OPEN'
                    CHECK (status IN ('OPEN', 'PARTIAL', 'FILLED', 'CANCELED', 'REJECTED')),
    filled          NUMERIC(18,6) NOT NULL DEFAULT 0,
    remaining       NUMERIC(18,6) NOT NULL,
    reason          TEXT,
    gas             NUMERIC(18,6) NOT NULL DEFAULT 0,
    -- The tick that took it; none while it waits.
    tick_accepted   BIGINT,
    -- When its owner asked to have it back, and the tick that did so.
    cancel_ms       BIGINT,
    tick_cancelled  BIGINT,
    ts_ms           BIGINT NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, order_id),
    UNIQUE (session_id, user_id, client_order_id),
    FOREIGN KEY (session_id, user_id) REFERENCES users,
    CHECK ((type = 'LIMIT') = (limit_price IS NOT NULL) AND (type = 'MARKET') = (max_slippage IS NOT NULL)),
    CHECK (filled >= 0 AND filled + remaining = size)
) WITH (fillfactor = 50);

CREATE INDEX orders_to_cancel ON orders (session_id, cancel_ms)
    WHERE cancel_ms IS NOT NULL AND tick_cancelled IS NULL;

-- Written only behind the session's fence (`epoch`), so it needs no reference that is checked row
-- by row; the same holds for events.
CREATE TABLE lob_pools (
    session_id BIGINT NOT NULL,
    outcome_i  BIGINT NOT NULL,
    yes_no     TEXT NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    is_buy     BOOLEAN NOT NULL,
    -- The price in steps of the session's grid.
    tick       BIGINT NOT NULL,
    price      NUMERIC(18,6) NOT NULL,
    -- Tokens that rest.
    volume     NUMERIC(18,6) NOT NULL CHECK (volume >= 0),
    -- {user_id: tokens}
    shares     JSON NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, outcome_i, yes_no, is_buy, tick)
) WITH (fillfactor = 50);

CREATE TABLE ticks (
    session_id BIGINT NOT NULL REFERENCES sessions,
    tick_id    BIGINT NOT NULL,
    ts_ms      BIGINT NOT NULL,
    summary    JSONB NOT NULL,
    state_hash BYTEA NOT NULL CHECK (length(state_hash) = 32),
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, tick_id)
);

-- A user id of NULL is the maker's pool. Any other is of a user whose row the same transaction
-- writes: the writer sees to that once a tick, and no reference is checked row by row. Where a pair
-- is made or burned (MINT, MERGE), side, price and value are the buyer's, and the seller trades the
-- other token in the same direction.
CREATE TABLE trades (
    session_id    BIGINT NOT NULL,
    trade_id      BIGINT NOT NULL,
    outcome_i     BIGINT NOT NULL,
    yes_no        TEXT NOT NULL CHECK (yes_no IN ('YES', 'NO')),
    buy_user_id   BIGINT,
    buy_order_id  BIGINT,
    sell_user_id  BIGINT,
    sell_order_id BIGINT,
    price         NUMERIC(18,6) NOT NULL,
    size          NUMERIC(18,6) NOT NULL,
    value         NUMERIC(18,6) NOT NULL,
    fee           NUMERIC(18,6) NOT NULL,
    fill_type     TEXT NOT NULL CHECK (fill_type IN ('AMM', 'LOB', 'MINT', 'MERGE', 'AUTO_FILL')),
    tick_id       BIGINT NOT NULL,
    ts_ms         BIGINT NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, trade_id)
);

CREATE TABLE events (
    session_id BIGINT NOT NULL,
    event_id   BIGINT NOT NULL,
    type       TEXT NOT NULL,
    payload    JSON NOT NULL,
    ts_ms      BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, event_id)
);

CREATE TABLE metrics (
    session_id      BIGINT NOT NULL,
    tick_id         BIGINT NOT NULL,
    ts_ms           BIGINT NOT NULL,
    volume          NUMERIC(18,6) NOT NULL,
    mm_risk         NUMERIC(18,6) NOT NULL,
    worst_case_loss NUMERIC(18,6) NOT NULL,
    mm_profit       NUMERIC(18,6) NOT NULL,
    fees            NUMERIC(18,6) NOT NULL,
    gas             NUMERIC(18,6) NOT NULL,
    paid_in         NUMERIC(18,6) NOT NULL,
    seigniorage     NUMERIC(18,6) NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, tick_id),
    FOREIGN KEY (session_id, tick_id) REFERENCES ticks
);

-- Every input of the market in order: a replay is the same inputs again.
CREATE TABLE inputs (
    session_id BIGINT NOT NULL REFERENCES sessions,
    seq        BIGINT NOT NULL,
    -- The tick that it belongs to: a join belongs to the tick that follows it.
    tick_id    BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    payload    BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, seq)
);

CREATE TABLE snapshots (
    session_id BIGINT NOT NULL REFERENCES sessions,
    tick_id    BIGINT NOT NULL,
    seq        BIGINT NOT NULL,
    state_hash BYTEA NOT NULL CHECK (length(state_hash) = 32),
    checksum   BYTEA NOT NULL CHECK (length(checksum) = 32),
    state      BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, tick_id)
);
