-- The rooms of houses. They are of no session, and few: every process of a fleet reads them all. Times are the
-- database's own.
CREATE TABLE rooms (
    code       TEXT PRIMARY KEY,
    -- Whose it is: a server's, by its name, or the fleet's. Empty for whoever comes first.
    house      TEXT NOT NULL,
    number     BIGINT NOT NULL CHECK (number > 0),
    -- What its first session is opened with.
    config     JSON NOT NULL,
    is_open    BOOLEAN NOT NULL DEFAULT TRUE,
    -- In a fleet: the process that has it, and when it last said so. The term rises with every claim.
    holder     TEXT,
    term       BIGINT NOT NULL DEFAULT 0,
    beat       TIMESTAMPTZ,
    -- What its holder shows of it.
    board      JSON,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (house, number)
) WITH (fillfactor = 50);

-- The processes of a fleet, each by the address that it is reached at.
CREATE TABLE members (
    address     TEXT PRIMARY KEY,
    -- Drawn anew at every start: two processes that say the same address are two.
    mark        TEXT NOT NULL,
    beat        TIMESTAMPTZ NOT NULL,
    is_draining BOOLEAN NOT NULL DEFAULT FALSE
) WITH (fillfactor = 50);
