-- The public history as everybody may read it, in pieces, each as it was given out: caches keep them for ever.
CREATE TABLE pieces (
    session_id INTEGER NOT NULL,
    piece_id   INTEGER NOT NULL,
    content    BLOB    NOT NULL,
    created_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (session_id, piece_id)
) STRICT;
