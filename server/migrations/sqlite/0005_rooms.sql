-- The rooms of houses. They are of no session, and few. Times are the database's own.
CREATE TABLE rooms (
    code       TEXT    NOT NULL PRIMARY KEY,
    -- Whose it is: a server's, by its name, or the fleet's. Empty for whoever comes first.
    house      TEXT    NOT NULL,
    number     INTEGER NOT NULL CHECK (number > 0),
    -- What its first session is opened with.
    config     TEXT    NOT NULL CHECK (json_valid(config)),
    is_open    INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
    -- In a fleet: the process that has it, and when it last said so. The term rises with every claim.
    holder     TEXT,
    term       INTEGER NOT NULL DEFAULT 0,
    beat       TEXT,
    -- What its holder shows of it.
    board      TEXT    CHECK (json_valid(board)),
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (house, number)
) STRICT;

-- The processes of a fleet, each by the address that it is reached at.
CREATE TABLE members (
    address     TEXT    NOT NULL PRIMARY KEY,
    -- Drawn anew at every start: two processes that say the same address are two.
    mark        TEXT    NOT NULL,
    beat        TEXT    NOT NULL,
    is_draining INTEGER NOT NULL DEFAULT 0 CHECK (is_draining IN (0, 1))
) STRICT;
