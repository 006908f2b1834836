-- The session that this one followed: seats came along, the record began anew.
ALTER TABLE sessions ADD COLUMN predecessor BIGINT;
-- When its server last showed a sign of life; nothing once it has let go of the session.
ALTER TABLE sessions ADD COLUMN alive_at TIMESTAMPTZ;
