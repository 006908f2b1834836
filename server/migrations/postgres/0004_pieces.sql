-- The public history as everybody may read it, in pieces, each as it was given out: caches keep them for ever.
CREATE TABLE pieces (
    session_id BIGINT NOT NULL,
    piece_id   BIGINT NOT NULL,
    content    BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, piece_id)
);
